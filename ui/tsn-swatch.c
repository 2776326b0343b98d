#include "ui/tsn-swatch.h"

#include "core/figure/tsn-hatch.h"

#define SIDE 16

/* Distance of the lines of a pattern in logical pixels. */
#define PITCH 6

struct _TsnSwatch
{
  GtkWidget parent_instance;

  guint32 colour; /* 0xRRGGBB */
  guint hatched;  /* the class whose pattern it shows, 0 for none */
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

static GdkRGBA
to_rgba (guint32 colour)
{
  return (GdkRGBA){ (colour >> 16 & 0xff) / 255.0f, (colour >> 8 & 0xff) / 255.0f,
                    (colour & 0xff) / 255.0f, 1 };
}

static void
draw_pattern (TsnSwatch *self, GtkSnapshot *snapshot, int width, int height)
{
  GdkRGBA shade = to_rgba (tsn_hatch_shade (self->colour));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (tsn_hatch_covers (self->hatched, PITCH, x, y))
        cairo_rectangle (cr, x, y, 1, 1);
  gdk_cairo_set_source_rgba (cr, &shade);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
tsn_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TsnSwatch *self = TSN_SWATCH (widget);
  GdkRGBA rgba = to_rgba (self->colour);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);

  gtk_snapshot_append_color (snapshot, &rgba, &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (self->hatched > 0)
    draw_pattern (self, snapshot, width, height);
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

/**
 * tsn_swatch_set_hatched:
 * @class_index: the class whose pattern lies on the colour; 0 for none
 */
void
tsn_swatch_set_hatched (TsnSwatch *self, guint class_index)
{
  self->hatched = class_index;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
