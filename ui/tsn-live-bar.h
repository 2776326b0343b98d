/* The controls of a camera or a video, below the panes. */
#pragma once

#include <gtk/gtk.h>

#include "ui/tsn-live.h"

G_BEGIN_DECLS

#define TSN_TYPE_LIVE_BAR (tsn_live_bar_get_type ())
G_DECLARE_FINAL_TYPE (TsnLiveBar, tsn_live_bar, TSN, LIVE_BAR, GtkBox)

/**
 * TsnLiveBar:
 *
 * Is visible while something plays.  A video can be stopped, sought and repeated; a camera can be
 * frozen and changed for another.  What went wrong while frames came is said here, so that the last
 * one stays in sight.
 */

void tsn_live_bar_set_live (TsnLiveBar *self, TsnLive *live);
void tsn_live_bar_set_recording (TsnLiveBar *self, gboolean recording, double seconds);

G_END_DECLS
