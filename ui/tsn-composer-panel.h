/* What can be chosen about a figure. */
#pragma once

#include <adwaita.h>

#include "ui/tsn-document.h"
#include "ui/tsn-figure-wish.h"
#include "ui/tsn-view.h"

G_BEGIN_DECLS

#define TSN_TYPE_COMPOSER_PANEL (tsn_composer_panel_get_type ())
G_DECLARE_FINAL_TYPE (TsnComposerPanel, tsn_composer_panel, TSN, COMPOSER_PANEL, GtkBox)

/** Photos of one figure: a page has no room for more. */
#define TSN_COMPOSER_MAX_PHOTOS 24

/**
 * TsnComposerPanel:
 *
 * Controls for everything that can be chosen about the figure of what a document shows.
 *
 * Signals: `changed` () when another figure is wanted.
 */

void tsn_composer_panel_set_document (TsnComposerPanel *self, TsnDocument *document, TsnView *view);
TsnFigureWish *tsn_composer_panel_make_wish (TsnComposerPanel *self);
TsnFigureOrder *tsn_composer_panel_make_order (TsnComposerPanel *self);
const char *tsn_composer_panel_get_suffix (TsnComposerPanel *self);

G_END_DECLS
