#include "ui/tsn-scale-legend.h"

#include "ui/tsn-resources.h"

#include <glib/gi18n.h>

/* Colours of the bar. */
#define STEPS 256

struct _TsnScaleLegend
{
  GtkBox parent_instance;

  GtkPicture *bar;
  GtkLabel *low;
  GtkLabel *middle;
  GtkLabel *high;
  GtkLabel *low_meaning;
  GtkLabel *high_meaning;
  GtkLabel *summary;
};

G_DEFINE_FINAL_TYPE (TsnScaleLegend, tsn_scale_legend, GTK_TYPE_BOX)

static void
tsn_scale_legend_class_init (TsnScaleLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               TSN_UI_RESOURCES "tsn-scale-legend.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnScaleLegend, bar);
  gtk_widget_class_bind_template_child (widget_class, TsnScaleLegend, low);
  gtk_widget_class_bind_template_child (widget_class, TsnScaleLegend, middle);
  gtk_widget_class_bind_template_child (widget_class, TsnScaleLegend, high);
  gtk_widget_class_bind_template_child (widget_class, TsnScaleLegend, low_meaning);
  gtk_widget_class_bind_template_child (widget_class, TsnScaleLegend, high_meaning);
  gtk_widget_class_bind_template_child (widget_class, TsnScaleLegend, summary);
}

static void
tsn_scale_legend_init (TsnScaleLegend *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Shows STEPS colours and frees them. */
static void
show_bar (TsnScaleLegend *self, guint8 *rgb)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (rgb, 3 * STEPS);
  g_autoptr (GdkTexture) texture
      = gdk_memory_texture_new (STEPS, 1, GDK_MEMORY_R8G8B8, bytes, 3 * STEPS);

  gtk_picture_set_paintable (self->bar, GDK_PAINTABLE (texture));
}

static void
draw_bar (TsnScaleLegend *self, const TsnLegend *legend)
{
  guint8 *rgb = g_malloc (3 * STEPS);

  for (guint i = 0; i < STEPS; i++)
    tsn_legend_get_colour (legend, legend->low + (legend->high - legend->low) * i / (STEPS - 1),
                           rgb + 3 * i);
  show_bar (self, rgb);
}

static void
set_number (GtkLabel *label, TsnTaskKind kind, float value)
{
  g_autofree char *text = kind == TSN_TASK_DEPTH ? g_strdup_printf (_ ("%.1f m"), value)
                                                 : g_strdup_printf ("%.0f %%", 100 * value);

  gtk_label_set_text (label, text);
}

static void
set_meaning (TsnScaleLegend *self, TsnTaskKind kind)
{
  const char *low = _ ("near"), *high = _ ("far");

  if (kind == TSN_TASK_EDGE)
    {
      low = _ ("inside");
      high = _ ("edge");
    }
  else if (kind == TSN_TASK_SALIENCY)
    {
      low = _ ("background");
      high = _ ("salient");
    }
  gtk_label_set_text (self->low_meaning, low);
  gtk_label_set_text (self->high_meaning, high);
}

/**
 * tsn_scale_legend_set_prediction:
 * @prediction: of a task of kind %TSN_TASK_DEPTH, %TSN_TASK_EDGE or %TSN_TASK_SALIENCY
 */
void
tsn_scale_legend_set_prediction (TsnScaleLegend *self, const TsnPrediction *prediction)
{
  const TsnLegend *legend = prediction->legend;
  TsnTaskKind kind = prediction->result->task->kind;
  g_autofree char *summary = tsn_prediction_describe (prediction);

  draw_bar (self, legend);
  set_number (self->low, kind, legend->low);
  set_number (self->middle, kind, (legend->low + legend->high) / 2);
  set_number (self->high, kind, legend->high);
  set_meaning (self, kind);
  gtk_label_set_text (self->summary, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), kind != TSN_TASK_DEPTH);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  summary, -1);
}

static void
set_meaning_of_difference (TsnScaleLegend *self, TsnTaskKind kind)
{
  /* Translators: at the ends of a scale of differences between two models, A and B. */
  const char *low = _ ("B lower"), *high = _ ("B higher");

  if (kind == TSN_TASK_DEPTH)
    {
      low = _ ("B nearer");
      high = _ ("B farther");
    }
  else if (kind == TSN_TASK_NORMALS)
    {
      low = _ ("the same direction");
      high = _ ("turned");
    }
  gtk_label_set_text (self->low_meaning, low);
  gtk_label_set_text (self->high_meaning, high);
}

static void
set_difference (GtkLabel *label, const TsnDisagreement *disagreement, const char *sign, float value)
{
  g_autofree char *number
      = value == 0 ? g_strdup ("0") : tsn_disagreement_format (disagreement, value);
  g_autofree char *text = g_strconcat (sign, number, NULL);

  gtk_label_set_text (label, text);
}

/**
 * tsn_scale_legend_set_disagreement:
 * @disagreement: about a task with numbers, not classes
 */
void
tsn_scale_legend_set_disagreement (TsnScaleLegend *self, const TsnDisagreement *disagreement)
{
  const TsnDifference *difference = disagreement->difference;
  float high = difference->limit, low = tsn_difference_is_signed (difference) ? -high : 0;
  g_autofree char *summary = tsn_disagreement_describe (disagreement);
  guint8 *rgb = g_malloc (3 * STEPS);

  for (guint i = 0; i < STEPS; i++)
    tsn_difference_get_colour (difference, low + (high - low) * i / (STEPS - 1), rgb + 3 * i);
  show_bar (self, rgb);
  set_difference (self->low, disagreement, low < 0 ? "≤ " : "", low);
  set_difference (self->middle, disagreement, "", (low + high) / 2);
  set_difference (self->high, disagreement, "≥ ", high);
  set_meaning_of_difference (self, difference->first->task->kind);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  summary, -1);
}

const char *
tsn_scale_legend_get_low (TsnScaleLegend *self)
{
  return gtk_label_get_text (self->low);
}

const char *
tsn_scale_legend_get_high (TsnScaleLegend *self)
{
  return gtk_label_get_text (self->high);
}
