#include "ui/tsn-plot-area.h"

#include <adwaita.h>

/* Logical pixels per point, so that the smallest text is as large as a caption's. */
#define SCALE 1.3

#define DEFAULT_PLOT_HEIGHT 150
#define NARROWEST 160
#define LEGEND_GAP 4.0

struct _TsnPlotArea
{
  GtkWidget parent_instance;

  GPtrArray *plots; /* of TsnPlot */
  guint plot_height;
  gboolean legend;
};

G_DEFINE_FINAL_TYPE (TsnPlotArea, tsn_plot_area, GTK_TYPE_WIDGET)

static const TsnPlot *
get_plot (TsnPlotArea *self, guint index)
{
  return self->plots->pdata[index];
}

/* Labels of plots are written like those around them. */
static void
use_font (TsnPlotArea *self, cairo_t *cr)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const char *family
      = pango_font_description_get_family (pango_context_get_font_description (context));

  if (family != NULL)
    tsn_ink_set_font (cr, family);
}

/* The legend's height depends on the fonts: it is drawn on nothing to find it. */
static double
measure_legend (TsnPlotArea *self, double width)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  double height = 0;

  use_font (self, cr);
  if (self->plots->len > 0 && self->legend)
    height = tsn_plot_draw_legend (get_plot (self, 0), cr, 0, 0, width);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return height > 0 ? height + LEGEND_GAP : 0;
}

static void
tsn_plot_area_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  TsnPlotArea *self = TSN_PLOT_AREA (widget);

  *minimum = *natural = NARROWEST;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = self->plots->len * self->plot_height
                          + SCALE * measure_legend (self, MAX (for_size, NARROWEST) / SCALE);
}

static GtkSizeRequestMode
tsn_plot_area_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
tsn_plot_area_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TsnPlotArea *self = TSN_PLOT_AREA (widget);
  int pixels_wide = gtk_widget_get_width (widget), pixels_high = gtk_widget_get_height (widget);
  double width = pixels_wide / SCALE, height = pixels_high / SCALE, legend;
  cairo_t *cr;

  if (self->plots->len == 0 || pixels_wide < NARROWEST / 2)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, pixels_wide, pixels_high));
  cairo_scale (cr, SCALE, SCALE);
  use_font (self, cr);
  tsn_ink_set_dark (cr, adw_style_manager_get_dark (adw_style_manager_get_default ()));
  legend = measure_legend (self, width);
  if (self->legend)
    tsn_plot_draw_legend (get_plot (self, 0), cr, 0, 0, width);
  height = (height - legend) / self->plots->len;
  for (guint i = 0; i < self->plots->len; i++)
    tsn_plot_draw (get_plot (self, i), cr, &(TsnBox){ 0, legend + i * height, width, height });
  cairo_destroy (cr);
}

static void
tsn_plot_area_finalize (GObject *object)
{
  g_ptr_array_unref (TSN_PLOT_AREA (object)->plots);
  G_OBJECT_CLASS (tsn_plot_area_parent_class)->finalize (object);
}

static void
tsn_plot_area_class_init (TsnPlotAreaClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tsn_plot_area_finalize;
  widget_class->measure = tsn_plot_area_measure;
  widget_class->snapshot = tsn_plot_area_snapshot;
  widget_class->get_request_mode = tsn_plot_area_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "plotarea");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tsn_plot_area_init (TsnPlotArea *self)
{
  self->plots = g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_plot_free);
  self->plot_height = DEFAULT_PLOT_HEIGHT;
  self->legend = TRUE;
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

TsnPlotArea *
tsn_plot_area_new (void)
{
  return g_object_new (TSN_TYPE_PLOT_AREA, NULL);
}

void
tsn_plot_area_clear (TsnPlotArea *self)
{
  g_ptr_array_set_size (self->plots, 0);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * tsn_plot_area_add:
 * @plot: (transfer full): goes below those before it; the legend is the first one's
 */
void
tsn_plot_area_add (TsnPlotArea *self, TsnPlot *plot)
{
  g_ptr_array_add (self->plots, plot);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * tsn_plot_area_set_plot_height:
 * @height: of each plot in logical pixels, at least
 */
void
tsn_plot_area_set_plot_height (TsnPlotArea *self, guint height)
{
  self->plot_height = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * tsn_plot_area_set_legend:
 * @legend: whether there is a legend; plots beside each other can do with one
 */
void
tsn_plot_area_set_legend (TsnPlotArea *self, gboolean legend)
{
  self->legend = legend;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * tsn_plot_area_describe:
 * @label: what is plotted
 * @summary: what is to be seen, for people who cannot see it
 */
void
tsn_plot_area_describe (TsnPlotArea *self, const char *label, const char *summary)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
}

guint
tsn_plot_area_get_n_plots (TsnPlotArea *self)
{
  return self->plots->len;
}
