/* The legends of a figure, in lines below it. */
#include "core/figure/tsn-figure-layout.h"
#include "core/figure/tsn-hatch.h"
#include "core/figure/tsn-legend.h"

#include <math.h>

/* Lengths in heights of the font. */
#define LINE 1.45
#define SWATCH 0.75
#define SWATCH_GAP 0.35
#define ITEM_GAP 0.9
#define BLOCK_GAP 2.0
#define BAR_WIDTH 7.0
#define BAR_HEIGHT 0.7
#define SPHERE 2.4
#define BAR_STEPS 64
#define SPHERE_PIXELS 128
#define SWATCH_PIXELS 24

/* A place that moves on as legends are drawn. */
typedef struct
{
  cairo_t *cr;
  TsnBox box;
  double font_size;
  double x;
  double y;
  double line; /* height of the current line */
  gboolean hatching;
  gboolean visible;
} Pen;

static double
text_width (const Pen *pen, const char *text, gboolean bold)
{
  const TsnText style = { .size = pen->font_size, .bold = bold };
  double width, height;

  tsn_ink_measure (pen->cr, &style, text, &width, &height);
  return width;
}

static void
write_text (const Pen *pen, double x, double y, const char *text, gboolean bold)
{
  const TsnText style = { .size = pen->font_size, .bold = bold, .align_y = 0.5 };

  if (!pen->visible)
    return;
  cairo_set_source_rgb (pen->cr, 0, 0, 0);
  tsn_ink_write (pen->cr, &style, x, y, text);
}

static void
break_line (Pen *pen)
{
  if (pen->x > pen->box.x)
    pen->y += pen->line;
  pen->x = pen->box.x;
  pen->line = LINE * pen->font_size;
}

/* Goes on in the next line if what follows does not fit into this one. */
static void
make_room (Pen *pen, double width)
{
  if (pen->x > pen->box.x && pen->x + width > pen->box.x + pen->box.width + 0.01)
    break_line (pen);
}

static void
outline (cairo_t *cr, double x, double y, double width, double height)
{
  cairo_rectangle (cr, x, y, width, height);
  cairo_set_line_width (cr, 0.35);
  tsn_ink_set_grey (cr, 0.35);
  cairo_stroke (cr);
}

/* The class's own pattern upon its colour, in pixels as in the pictures. */
static void
draw_hatches (const Pen *pen, const TsnLegendEntry *entry, double x, double y, double size)
{
  cairo_surface_t *swatch
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SWATCH_PIXELS, SWATCH_PIXELS);
  guint8 *data = cairo_image_surface_get_data (swatch);
  int stride = cairo_image_surface_get_stride (swatch);
  guint32 shade = tsn_hatch_shade (entry->colour);

  for (guint v = 0; v < SWATCH_PIXELS; v++)
    for (guint u = 0; u < SWATCH_PIXELS; u++)
      ((guint32 *) (void *) (data + (size_t) v * stride))[u]
          = tsn_hatch_covers (entry->class_index, SWATCH_PIXELS / 3, u, v) ? shade : entry->colour;
  cairo_surface_mark_dirty (swatch);
  cairo_save (pen->cr);
  cairo_translate (pen->cr, x, y);
  cairo_scale (pen->cr, size / SWATCH_PIXELS, size / SWATCH_PIXELS);
  cairo_set_source_surface (pen->cr, swatch, 0, 0);
  cairo_paint (pen->cr);
  cairo_restore (pen->cr);
  cairo_surface_destroy (swatch);
}

static void
draw_entry (Pen *pen, const TsnLegendEntry *entry)
{
  double em = pen->font_size;
  double width = (SWATCH + SWATCH_GAP) * em + text_width (pen, entry->label, FALSE);
  double middle;

  make_room (pen, width);
  middle = pen->y + pen->line / 2;
  if (pen->visible)
    {
      const guint8 rgb[] = { entry->colour >> 16, entry->colour >> 8 & 255, entry->colour & 255 };

      cairo_rectangle (pen->cr, pen->x, middle - SWATCH * em / 2, SWATCH * em, SWATCH * em);
      tsn_ink_set_rgb (pen->cr, rgb);
      cairo_fill (pen->cr);
      if (pen->hatching)
        draw_hatches (pen, entry, pen->x, middle - SWATCH * em / 2, SWATCH * em);
      outline (pen->cr, pen->x, middle - SWATCH * em / 2, SWATCH * em, SWATCH * em);
    }
  write_text (pen, pen->x + (SWATCH + SWATCH_GAP) * em, middle, entry->label, FALSE);
  pen->x += width + ITEM_GAP * em;
}

static void
draw_classes (Pen *pen, const TsnLegend *legend)
{
  if (legend->entries->len == 0)
    return;
  break_line (pen);
  write_text (pen, pen->x, pen->y + pen->line / 2, legend->title, TRUE);
  pen->x += text_width (pen, legend->title, TRUE) + ITEM_GAP * pen->font_size;
  for (guint i = 0; i < legend->entries->len; i++)
    draw_entry (pen, &g_array_index (legend->entries, TsnLegendEntry, i));
  break_line (pen);
}

/* A bar of the scale's colours, as a gradient, so that it stays one at any resolution. */
static void
draw_bar (const Pen *pen, const TsnLegend *legend, double x, double middle)
{
  double width = BAR_WIDTH * pen->font_size, height = BAR_HEIGHT * pen->font_size;
  cairo_pattern_t *colours = cairo_pattern_create_linear (x, 0, x + width, 0);

  for (guint i = 0; i <= BAR_STEPS; i++)
    {
      double t = i / (double) BAR_STEPS;
      guint8 rgb[3];

      tsn_legend_get_colour (legend, legend->low + t * (legend->high - legend->low), rgb);
      cairo_pattern_add_color_stop_rgb (colours, t, rgb[0] / 255.0, rgb[1] / 255.0, rgb[2] / 255.0);
    }
  cairo_rectangle (pen->cr, x, middle - height / 2, width, height);
  cairo_set_source (pen->cr, colours);
  cairo_fill (pen->cr);
  cairo_pattern_destroy (colours);
  outline (pen->cr, x, middle - height / 2, width, height);
}

/* Digits behind the point that a number needs, within reason. */
static int
count_decimals (float number)
{
  double scaled = number;

  for (int decimals = 0; decimals < 3; decimals++, scaled *= 10)
    if (fabs (scaled - round (scaled)) < 1e-3)
      return decimals;
  return 3;
}

static void
draw_scale (Pen *pen, const TsnLegend *legend)
{
  double em = pen->font_size, gap = 0.5 * em, x, middle;
  int decimals = MAX (count_decimals (legend->low), count_decimals (legend->high));
  g_autofree char *low = g_strdup_printf ("%s%.*f", legend->low < 0 ? "\xe2\x88\x92" : "", decimals,
                                          fabs (legend->low)); /* a true minus sign */
  g_autofree char *high
      = g_strdup_printf ("%.*f%s%s", decimals, legend->high, legend->unit != NULL ? "\xc2\xa0" : "",
                         legend->unit != NULL ? legend->unit : "");
  double title = text_width (pen, legend->title, TRUE);
  double width = title + 3 * gap + text_width (pen, low, FALSE) + BAR_WIDTH * em
                 + text_width (pen, high, FALSE);

  make_room (pen, width);
  middle = pen->y + pen->line / 2;
  x = pen->x;
  write_text (pen, x, middle, legend->title, TRUE);
  x += title + gap;
  write_text (pen, x, middle, low, FALSE);
  x += text_width (pen, low, FALSE) + gap;
  if (pen->visible)
    draw_bar (pen, legend, x, middle);
  write_text (pen, x + BAR_WIDTH * em + gap, middle, high, FALSE);
  pen->x += width + BLOCK_GAP * em;
}

static cairo_surface_t *
make_sphere (void)
{
  g_autofree guint8 *rgba = tsn_legend_draw_sphere (SPHERE_PIXELS);
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SPHERE_PIXELS, SPHERE_PIXELS);
  guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (guint y = 0; y < SPHERE_PIXELS; y++)
    for (guint x = 0; x < SPHERE_PIXELS; x++)
      {
        const guint8 *from = rgba + 4 * (y * SPHERE_PIXELS + x);
        guint32 *to = (guint32 *) (void *) (data + (size_t) y * stride) + x;
        guint32 alpha = from[3];

        *to = alpha << 24 | (from[0] * alpha / 255) << 16 | (from[1] * alpha / 255) << 8
              | from[2] * alpha / 255;
      }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
draw_sphere (Pen *pen, const TsnLegend *legend)
{
  double em = pen->font_size, size = SPHERE * em, gap = 0.5 * em;
  double title = text_width (pen, legend->title, TRUE);
  double middle;

  make_room (pen, title + gap + size);
  pen->line = MAX (pen->line, size + 0.2 * em);
  middle = pen->y + pen->line / 2;
  write_text (pen, pen->x, middle, legend->title, TRUE);
  if (pen->visible)
    {
      cairo_surface_t *sphere = make_sphere ();

      cairo_save (pen->cr);
      cairo_translate (pen->cr, pen->x + title + gap, middle - size / 2);
      cairo_scale (pen->cr, size / SPHERE_PIXELS, size / SPHERE_PIXELS);
      cairo_set_source_surface (pen->cr, sphere, 0, 0);
      cairo_paint (pen->cr);
      cairo_restore (pen->cr);
      cairo_surface_destroy (sphere);
    }
  pen->x += title + gap + size + BLOCK_GAP * em;
}

static void
draw_kind (Pen *pen, const GPtrArray *legends, TsnLegendKind kind)
{
  for (guint i = 0; i < legends->len; i++)
    {
      const TsnLegend *legend = g_ptr_array_index (legends, i);

      if (legend->kind != kind)
        continue;
      if (kind == TSN_LEGEND_CLASSES)
        draw_classes (pen, legend);
      else if (kind == TSN_LEGEND_SCALE)
        draw_scale (pen, legend);
      else
        draw_sphere (pen, legend);
    }
}

/* Draws the legends into a box of which only the height is not given: lists of classes first, then
 * spheres and scales beside one another.
 *
 * Returns: the height. */
double
tsn_figure_key_draw (
    const TsnFigureGrid *grid, double font_size, cairo_t *cr, const TsnBox *box, gboolean visible)
{
  Pen pen = { .cr = cr,
              .box = *box,
              .font_size = font_size,
              .x = box->x,
              .y = box->y,
              .line = LINE * font_size,
              .hatching = grid->hatching,
              .visible = visible };

  draw_kind (&pen, grid->legends, TSN_LEGEND_CLASSES);
  /* The sphere comes first: it makes its line as high as the scales beside it have to be told. */
  draw_kind (&pen, grid->legends, TSN_LEGEND_SPHERE);
  draw_kind (&pen, grid->legends, TSN_LEGEND_SCALE);
  break_line (&pen);
  return pen.y - box->y;
}
