/* What menus and keys do to the blend. */
#pragma once

#include <gtk/gtk.h>

#include "ui/tsn-document.h"

G_BEGIN_DECLS

void tsn_blend_actions_add (GActionMap *map, TsnDocument *document);
void tsn_blend_actions_remove (GActionMap *map, TsnDocument *document);
void tsn_blend_actions_install_keys (GtkApplication *application);

G_END_DECLS
