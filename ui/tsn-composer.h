/* A window in which figures for papers are made of what another window shows. */
#pragma once

#include "ui/tsn-export-window.h"
#include "ui/tsn-view.h"

G_BEGIN_DECLS

#define TSN_TYPE_COMPOSER (tsn_composer_get_type ())
G_DECLARE_FINAL_TYPE (TsnComposer, tsn_composer, TSN, COMPOSER, TsnExportWindow)

/**
 * TsnComposer:
 *
 * Shows the figure as it will be, next to all that can be chosen about it, and writes and copies
 * it.
 *
 * Signals: `copied` () when the figure is in the clipboard.
 */

GtkWindow *tsn_composer_new (TsnDocument *document, TsnView *view);

G_END_DECLS
