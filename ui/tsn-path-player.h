/* A way through mixes of tasks, to be made and played. */
#pragma once

#include <gtk/gtk.h>

#include "ui/tsn-blend.h"

G_BEGIN_DECLS

#define TSN_TYPE_PATH_PLAYER (tsn_path_player_get_type ())
G_DECLARE_FINAL_TYPE (TsnPathPlayer, tsn_path_player, TSN, PATH_PLAYER, GtkBox)

/**
 * TsnPathPlayer:
 *
 * The way-points of the blend's path, its time, and what starts and stops it.
 */

void tsn_path_player_set_blend (TsnPathPlayer *self, TsnBlend *blend);

G_END_DECLS
