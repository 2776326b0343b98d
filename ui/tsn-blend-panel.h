/* Everything that a blend can be told. */
#pragma once

#include <gtk/gtk.h>

#include "ui/tsn-document.h"

G_BEGIN_DECLS

#define TSN_TYPE_BLEND_PANEL (tsn_blend_panel_get_type ())
G_DECLARE_FINAL_TYPE (TsnBlendPanel, tsn_blend_panel, TSN, BLEND_PANEL, GtkBox)

/**
 * TsnBlendPanel:
 *
 * The pad, the weights, the space of the mix, the read-out, the decoder modules and the path; or,
 * for a model whose tasks cannot be mixed, a word about that.  While the path is played it goes on,
 * with every frame of the window, by the time that passed; a network that is slower than the frames
 * leaves some out.
 */

void tsn_blend_panel_set_document (TsnBlendPanel *self, TsnDocument *document);

G_END_DECLS
