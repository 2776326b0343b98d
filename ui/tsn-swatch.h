/* A small field of one colour. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TSN_TYPE_SWATCH (tsn_swatch_get_type ())
G_DECLARE_FINAL_TYPE (TsnSwatch, tsn_swatch, TSN, SWATCH, GtkWidget)

GtkWidget *tsn_swatch_new (guint32 colour);
void tsn_swatch_set_hatched (TsnSwatch *self, guint class_index);

G_END_DECLS
