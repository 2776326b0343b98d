#include "ui/tsn-blend-pad-draw.h"

#include "ui/tsn-pad-shape.h"
#include "ui/tsn-task-text.h"

#include <adwaita.h>
#include <math.h>
#include <string.h>

/* Weights of the blend and of the handle's place that differ by less are the same. */
#define SAME_WEIGHT 0.004

/* Width of the spoke of a task that has all the weight, in logical pixels. */
#define THICKEST_SPOKE 7.0

struct _TsnPadTitles
{
  guint n;
  PangoLayout **single;
  PangoLayout **broken;
  TsnPadLabel *labels;
};

/* What drawing needs to know everywhere. */
typedef struct
{
  TsnBlend *blend;
  const TsnPadLayout *layout;
  const TsnPadTitles *titles;
  GtkWidget *widget;
  cairo_t *cr;
  GdkRGBA ink;
  GdkRGBA paper;
  GdkRGBA accent;
  GdkRGBA on_accent;
  double faint; /* opacity of what stays in the background */
} Pen;

/* The title with a line break at the space that makes the lines most alike. */
static char *
break_title (const char *title)
{
  size_t length = strlen (title), best = 0;
  char *text = g_strdup (title);

  for (size_t i = 1; i + 1 < length; i++)
    if (title[i] == ' ' && (best == 0 || MAX (i, length - i) < MAX (best, length - best)))
      best = i;
  if (best > 0)
    text[best] = '\n';
  return text;
}

static graphene_size_t
measure (PangoLayout *layout)
{
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  return GRAPHENE_SIZE_INIT (width, height);
}

static PangoLayout *
new_title (GtkWidget *widget, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);

  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  return layout;
}

/**
 * tsn_pad_titles_new:
 *
 * Returns: (transfer full): titles that are right until the style of the widget changes.
 */
TsnPadTitles *
tsn_pad_titles_new (GtkWidget *widget, TsnBlend *blend)
{
  TsnPadTitles *titles = g_new0 (TsnPadTitles, 1);
  guint n = tsn_blend_get_n_tasks (blend);

  titles->n = n;
  titles->single = g_new (PangoLayout *, n);
  titles->broken = g_new (PangoLayout *, n);
  titles->labels = g_new (TsnPadLabel, n);
  for (guint i = 0; i < n; i++)
    {
      const char *title = tsn_task_text_title (tsn_blend_get_task (blend, i));
      g_autofree char *broken = break_title (title);

      titles->single[i] = new_title (widget, title);
      titles->broken[i] = new_title (widget, broken);
      titles->labels[i] = (TsnPadLabel){ measure (titles->single[i]), measure (titles->broken[i]) };
    }
  return titles;
}

void
tsn_pad_titles_free (TsnPadTitles *titles)
{
  for (guint i = 0; i < titles->n; i++)
    {
      g_object_unref (titles->single[i]);
      g_object_unref (titles->broken[i]);
    }
  g_free (titles->single);
  g_free (titles->broken);
  g_free (titles->labels);
  g_free (titles);
}

/**
 * tsn_pad_titles_get_labels:
 *
 * Returns: (transfer none) (array): the sizes of the titles.
 */
const TsnPadLabel *
tsn_pad_titles_get_labels (const TsnPadTitles *titles)
{
  return titles->labels;
}

static void
look_up (GtkWidget *widget, const char *name, GdkRGBA *colour)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  if (!gtk_style_context_lookup_color (context, name, colour))
    gtk_style_context_get_color (context, colour);
}

static void
set_colour (const Pen *pen, const GdkRGBA *colour, double opacity)
{
  cairo_set_source_rgba (pen->cr, colour->red, colour->green, colour->blue,
                         colour->alpha * opacity);
}

static void
corner_on_pad (const Pen *pen, guint corner, double *x, double *y)
{
  tsn_pad_shape_get_corner (pen->layout->n, corner, x, y);
  tsn_pad_layout_to_pad (pen->layout, *x, *y, x, y);
}

static void
handle_on_pad (const Pen *pen, double *x, double *y)
{
  tsn_pad_shape_get_place (pen->layout->n, tsn_blend_get_weights (pen->blend), x, y);
  tsn_pad_layout_to_pad (pen->layout, *x, *y, x, y);
}

static void
draw_shape (const Pen *pen)
{
  for (guint i = 0; i < pen->layout->n; i++)
    {
      double x, y;

      corner_on_pad (pen, i, &x, &y);
      cairo_line_to (pen->cr, x, y);
    }
  cairo_close_path (pen->cr);
  set_colour (pen, &pen->ink, 0.05);
  cairo_fill_preserve (pen->cr);
  set_colour (pen, &pen->ink, pen->faint);
  cairo_set_line_width (pen->cr, 1);
  cairo_stroke (pen->cr);
}

/* The legs between the way-points. */
static void
draw_path (const Pen *pen)
{
  TsnBlendPath *path = tsn_blend_get_path (pen->blend);
  const double dashes[] = { 2, 4 };
  guint n = tsn_blend_path_get_n_points (path);

  for (guint i = 0; i < n; i++)
    {
      double x, y;

      tsn_pad_shape_get_place (pen->layout->n, tsn_blend_path_get_point (path, i), &x, &y);
      tsn_pad_layout_to_pad (pen->layout, x, y, &x, &y);
      cairo_line_to (pen->cr, x, y);
    }
  if (n > 2 && tsn_blend_path_get_loop (path))
    cairo_close_path (pen->cr);
  set_colour (pen, &pen->ink, 2 * pen->faint);
  cairo_set_line_width (pen->cr, 2);
  cairo_set_line_cap (pen->cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_dash (pen->cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (pen->cr);
  cairo_set_dash (pen->cr, NULL, 0, 0);
}

static void
draw_spoke (const Pen *pen, guint corner, double weight)
{
  const double dashes[] = { 5, 4 };
  double x, y;

  if (fabs (weight) < SAME_WEIGHT)
    return;
  handle_on_pad (pen, &x, &y);
  cairo_move_to (pen->cr, x, y);
  corner_on_pad (pen, corner, &x, &y);
  cairo_line_to (pen->cr, x, y);
  set_colour (pen, &pen->accent, 0.75);
  cairo_set_line_cap (pen->cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (pen->cr, 1 + (THICKEST_SPOKE - 1) * MIN (fabs (weight), 1));
  cairo_set_dash (pen->cr, dashes, weight < 0 ? G_N_ELEMENTS (dashes) : 0, 0);
  cairo_stroke (pen->cr);
  cairo_set_dash (pen->cr, NULL, 0, 0);
}

static void
draw_disc (const Pen *pen, double x, double y, const GdkRGBA *fill, const GdkRGBA *line)
{
  cairo_new_path (pen->cr);
  cairo_arc (pen->cr, x, y, TSN_PAD_MARK - 1, 0, 2 * G_PI);
  set_colour (pen, fill, 1);
  cairo_fill_preserve (pen->cr);
  set_colour (pen, line, 1);
  cairo_set_line_width (pen->cr, 1.5);
  cairo_stroke (pen->cr);
}

/* A disc with the task's key; filled if the blend is read as this task. */
static void
draw_mark (const Pen *pen, guint corner)
{
  gboolean read = tsn_blend_get_readout (pen->blend) == corner;
  g_autofree char *number = g_strdup_printf ("%u", corner + 1);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (pen->widget, number);
  graphene_size_t size = measure (layout);
  double x, y;

  corner_on_pad (pen, corner, &x, &y);
  draw_disc (pen, x, y, read ? &pen->accent : &pen->paper, read ? &pen->accent : &pen->ink);
  set_colour (pen, read ? &pen->on_accent : &pen->ink, 1);
  cairo_move_to (pen->cr, x - size.width / 2, y - size.height / 2);
  pango_cairo_show_layout (pen->cr, layout);
}

static void
draw_title (const Pen *pen, guint corner)
{
  const graphene_rect_t *box = &pen->layout->boxes[corner];
  gboolean broken = pen->layout->broken[corner];

  set_colour (pen, &pen->ink, 1);
  cairo_move_to (pen->cr, box->origin.x, box->origin.y);
  pango_cairo_show_layout (pen->cr,
                           broken ? pen->titles->broken[corner] : pen->titles->single[corner]);
}

/* Whether the weights are those of the place where the handle is. */
static gboolean
is_made_here (const Pen *pen)
{
  guint n = pen->layout->n;
  const double *weights = tsn_blend_get_weights (pen->blend);
  g_autofree double *here = g_new (double, n);
  double x, y;

  tsn_pad_shape_get_place (n, weights, &x, &y);
  tsn_pad_shape_get_weights (n, x, y, here);
  for (guint i = 0; i < n; i++)
    if (fabs (here[i] - weights[i]) > SAME_WEIGHT)
      return FALSE;
  return TRUE;
}

static void
draw_handle (const Pen *pen)
{
  gboolean solid = is_made_here (pen);
  double x, y;

  handle_on_pad (pen, &x, &y);
  cairo_new_path (pen->cr);
  cairo_arc (pen->cr, x, y, TSN_PAD_MARK + 1, 0, 2 * G_PI);
  set_colour (pen, &pen->paper, 1);
  cairo_fill (pen->cr);
  draw_disc (pen, x, y, solid ? &pen->accent : &pen->paper, &pen->accent);
  cairo_arc (pen->cr, x, y, 3, 0, 2 * G_PI);
  set_colour (pen, solid ? &pen->on_accent : &pen->accent, 1);
  cairo_fill (pen->cr);
}

/**
 * tsn_blend_pad_draw:
 *
 * Draws shape, path, spokes, corners, titles and handle in the colours of the widget's theme.
 */
void
tsn_blend_pad_draw (GtkWidget *widget,
                    GtkSnapshot *snapshot,
                    TsnBlend *blend,
                    const TsnPadLayout *layout,
                    const TsnPadTitles *titles)
{
  const double *weights = tsn_blend_get_weights (blend);
  gboolean contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  Pen pen = { .blend = blend, .layout = layout, .titles = titles, .widget = widget };

  look_up (widget, "window_bg_color", &pen.paper);
  look_up (widget, "accent_bg_color", &pen.accent);
  look_up (widget, "accent_fg_color", &pen.on_accent);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &pen.ink);
  pen.faint = contrast ? 1 : 0.35;
  pen.cr = gtk_snapshot_append_cairo (
      snapshot,
      &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget)));
  draw_shape (&pen);
  draw_path (&pen);
  for (guint i = 0; i < layout->n; i++)
    draw_spoke (&pen, i, weights[i]);
  for (guint i = 0; i < layout->n; i++)
    draw_mark (&pen, i);
  for (guint i = 0; layout->titled && i < layout->n; i++)
    draw_title (&pen, i);
  draw_handle (&pen);
  cairo_destroy (pen.cr);
}
