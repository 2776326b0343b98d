#include "ui/tsn-feature-scale.h"

#include "core/figure/tsn-colour-map.h"
#include "core/figure/tsn-ink.h"
#include "ui/tsn-task-text.h"
#include "ui/tsn-tip.h"

#include <glib/gi18n.h>

#define BAR_WIDTH 110
#define BAR_HEIGHT 12

struct _TsnFeatureScale
{
  GtkBox parent_instance;

  GtkWidget *low;
  GtkWidget *bar;
  GtkWidget *high;
  GtkWidget *components;
};

G_DEFINE_FINAL_TYPE (TsnFeatureScale, tsn_feature_scale, GTK_TYPE_BOX)

static void
draw_bar_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  for (int x = 0; x < width; x++)
    {
      guint8 rgb[3];

      tsn_colour_map_look_up (TSN_COLOUR_MAP_VIRIDIS, x / (float) MAX (width - 1, 1), rgb);
      tsn_ink_set_rgb (cr, rgb);
      cairo_rectangle (cr, x, 0, 1, height);
      cairo_fill (cr);
    }
}

static GtkWidget *
add_label (TsnFeatureScale *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (self), label);
  return label;
}

static void
tsn_feature_scale_class_init (TsnFeatureScaleClass *klass)
{
}

static void
tsn_feature_scale_init (TsnFeatureScale *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->low = add_label (self);
  self->bar = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->bar), BAR_WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->bar), BAR_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->bar), draw_bar_cb, NULL, NULL);
  gtk_widget_set_valign (self->bar, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->bar, "scale-bar");
  gtk_box_append (GTK_BOX (self), self->bar);
  self->high = add_label (self);
  self->components = add_label (self);
  gtk_label_set_ellipsize (GTK_LABEL (self->components), PANGO_ELLIPSIZE_END);
  tsn_feature_scale_set_result (self, NULL);
}

/* Each share stands in its colour and beside its letter, so that colour is not the only cue. */
static void
show_components (TsnFeatureScale *self, const TsnPca *basis)
{
  static const char *const colours[TSN_PCA_COMPONENTS] = { "#e0402f", "#2f9e44", "#4c7df0" };
  static const char *const names[TSN_PCA_COMPONENTS] = { "R", "G", "B" };
  g_autoptr (GString) markup = g_string_new (NULL);

  for (guint k = 0; k < TSN_PCA_COMPONENTS; k++)
    {
      g_autofree char *share = tsn_task_text_percent (basis->share[k]);

      g_string_append_printf (markup, "%s<span foreground=\"%s\">■</span> %s %s", k > 0 ? "  " : "",
                              colours[k], names[k], share);
    }
  gtk_label_set_markup (GTK_LABEL (self->components), markup->str);
  tsn_tip_set (
      self->components,
      _ ("Red, green and blue are each one direction among the channels, those in which the "
         "features "
         "vary most. The numbers are their shares of all variation. Where two panes have the same "
         "colour, their features are alike."));
}

static void
set_number (GtkWidget *label, float value)
{
  g_autofree char *text = g_strdup_printf ("%.3g", value);

  gtk_label_set_text (GTK_LABEL (label), text);
}

/**
 * tsn_feature_scale_set_result:
 * @result: (nullable): whose colours to explain
 */
void
tsn_feature_scale_set_result (TsnFeatureScale *self, const TsnInspectionResult *result)
{
  gboolean scale = result != NULL && result->planes != NULL;
  gboolean components = result != NULL && result->basis != NULL;

  gtk_widget_set_visible (self->low, scale);
  gtk_widget_set_visible (self->bar, scale);
  gtk_widget_set_visible (self->high, scale);
  gtk_widget_set_visible (self->components, components);
  gtk_widget_set_visible (GTK_WIDGET (self), scale || components);
  if (scale)
    {
      set_number (self->low, result->range.low);
      set_number (self->high, result->range.high);
      tsn_tip_set (self->bar, _ ("All panes share this scale; the one per cent of pixels "
                                 "beyond each end have the colour of the end."));
    }
  if (components)
    show_components (self, result->basis);
}
