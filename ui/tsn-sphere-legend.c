#include "ui/tsn-sphere-legend.h"

#include "core/figure/tsn-legend.h"
#include "ui/tsn-resources.h"

/* Twice the logical size, for screens of high resolution. */
#define SIDE 240

struct _TsnSphereLegend
{
  GtkBox parent_instance;

  GtkPicture *sphere;
};

G_DEFINE_FINAL_TYPE (TsnSphereLegend, tsn_sphere_legend, GTK_TYPE_BOX)

static void
tsn_sphere_legend_class_init (TsnSphereLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               TSN_UI_RESOURCES "tsn-sphere-legend.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnSphereLegend, sphere);
}

static void
tsn_sphere_legend_init (TsnSphereLegend *self)
{
  g_autoptr (GBytes) bytes
      = g_bytes_new_take (tsn_legend_draw_sphere (SIDE), 4 * (size_t) SIDE * SIDE);
  g_autoptr (GdkTexture) texture
      = gdk_memory_texture_new (SIDE, SIDE, GDK_MEMORY_R8G8B8A8, bytes, 4 * SIDE);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_picture_set_paintable (self->sphere, GDK_PAINTABLE (texture));
}
