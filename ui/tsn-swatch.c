#include "ui/tsn-swatch.h"

#define SIDE 16

struct _TsnSwatch
{
  GtkWidget parent_instance;

  guint32 colour; /* 0xRRGGBB */
};

G_DEFINE_FINAL_TYPE (TsnSwatch, tsn_swatch, GTK_TYPE_WIDGET)

static void
tsn_swatch_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  *minimum = *natural = SIDE;
}

static void
tsn_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  guint32 colour = TSN_SWATCH (widget)->colour;
  GdkRGBA rgba = { (colour >> 16 & 0xff) / 255.0f, (colour >> 8 & 0xff) / 255.0f,
                   (colour & 0xff) / 255.0f, 1 };
  graphene_rect_t bounds
      = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  gtk_snapshot_append_color (snapshot, &rgba, &bounds);
}

static void
tsn_swatch_class_init (TsnSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = tsn_swatch_measure;
  widget_class->snapshot = tsn_swatch_snapshot;
  gtk_widget_class_set_css_name (widget_class, "swatch");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
tsn_swatch_init (TsnSwatch *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * tsn_swatch_new:
 * @colour: 0xRRGGBB
 */
GtkWidget *
tsn_swatch_new (guint32 colour)
{
  TsnSwatch *self = g_object_new (TSN_TYPE_SWATCH, NULL);

  self->colour = colour;
  return GTK_WIDGET (self);
}
