#include "core/figure/tsn-ink.h"

#include <math.h>
#include <pango/pangocairo.h>

#define FONT "Sans"

/* Colours that people with any kind of colour vision tell apart (Okabe and Ito, "Color universal
 * design", 2008), without its yellow, which is too pale for lines on white. */
static const guint32 colours[TSN_INK_COLOURS]
    = { 0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x000000, 0x888888 };

/* The same on a dark ground: blue is lighter, black is white. */
static const guint32 light_colours[TSN_INK_COLOURS]
    = { 0x4ba3dd, 0xe8792f, 0x2fbf91, 0xd98fb9, 0xe69f00, 0x8accf5, 0xffffff, 0xa0a0a0 };

/* Lightness of the ground that dark drawings lie on. */
#define DARK_GROUND 0.14

/* Their addresses name what a canvas remembers of tsn_ink_set_dark() and tsn_ink_set_font(). */
static const cairo_user_data_key_t dark_key;
static const cairo_user_data_key_t font_key;

/* Lengths of dashes and gaps in line widths, so that colour is never the only cue. */
static const double dashes[][4]
    = { { 0 }, { 4, 1.6, 4, 1.6 }, { 1.2, 1.4, 1.2, 1.4 }, { 5, 1.5, 1.2, 1.5 } };

static PangoLayout *
make_layout (cairo_t *cr, const TsnText *style, const char *text)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  const char *family = cairo_get_user_data (cr, &font_key);
  PangoFontDescription *font = pango_font_description_new ();
  cairo_font_options_t *options = cairo_font_options_create ();

  /* The same shapes at every resolution: a unit is a point, nothing is fitted to pixels. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (pango_layout_get_context (layout), options);
  /* Nor to whole units, which are points here: letters would stand unevenly. */
  pango_context_set_round_glyph_positions (pango_layout_get_context (layout), FALSE);
  cairo_font_options_destroy (options);
  pango_font_description_set_family (font, family != NULL ? family : FONT);
  pango_font_description_set_absolute_size (font, style->size * PANGO_SCALE);
  if (style->bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  /* Of several lines each is aligned as the whole is. */
  pango_layout_set_alignment (layout, style->align_x < 0.25   ? PANGO_ALIGN_LEFT
                                      : style->align_x > 0.75 ? PANGO_ALIGN_RIGHT
                                                              : PANGO_ALIGN_CENTER);
  if (style->breaks)
    pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (style->wrap > 0)
    pango_layout_set_width (layout, (int) ceil (style->wrap * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/* Returns: how far right of the layout's own edge its text begins, which is more than nothing where
 * lines were broken at a width that none of them fills. */
static double
get_size (PangoLayout *layout, double *width, double *height)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  *width = logical.width / (double) PANGO_SCALE;
  *height = logical.height / (double) PANGO_SCALE;
  return logical.x / (double) PANGO_SCALE;
}

/**
 * tsn_ink_measure:
 * @width: (out): of the text as it is not turned
 * @height: (out): of its lines
 */
void
tsn_ink_measure (cairo_t *cr, const TsnText *style, const char *text, double *width, double *height)
{
  PangoLayout *layout = make_layout (cr, style, text);

  get_size (layout, width, height);
  g_object_unref (layout);
}

/**
 * tsn_ink_write:
 * @x: of the place that @style aligns to
 * @y: of the same
 *
 * Writes a text in the current colour.
 */
void
tsn_ink_write (cairo_t *cr, const TsnText *style, double x, double y, const char *text)
{
  PangoLayout *layout = make_layout (cr, style, text);
  double width, height;
  double left = get_size (layout, &width, &height);

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_rotate (cr, -style->turn * G_PI / 180);
  cairo_move_to (cr, -style->align_x * width - left, -style->align_y * height);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
  cairo_new_path (cr);
  g_object_unref (layout);
}

/**
 * tsn_ink_set_dark:
 * @dark: whether the ground is dark
 *
 * Says what a canvas draws on: from now on the colours of tsn_ink_set() and tsn_ink_set_grey() are
 * those that stand out from it as they would from white.  Heat maps bring their own ground and are
 * for light ones only.
 */
void
tsn_ink_set_dark (cairo_t *cr, gboolean dark)
{
  cairo_set_user_data (cr, &dark_key, GINT_TO_POINTER (dark), NULL);
}

/**
 * tsn_ink_set_font:
 * @family: name of a family of fonts
 *
 * Says what texts are written in from now on, for drawings that stand among other text.  What is
 * exported keeps to the font that all figures have.
 */
void
tsn_ink_set_font (cairo_t *cr, const char *family)
{
  cairo_set_user_data (cr, &font_key, g_strdup (family), g_free);
}

static gboolean
is_dark (cairo_t *cr)
{
  return cairo_get_user_data (cr, &dark_key) != NULL;
}

/**
 * tsn_ink_set:
 * @colour: number of a colour; they repeat after %TSN_INK_COLOURS
 */
void
tsn_ink_set (cairo_t *cr, guint colour)
{
  guint32 rgb = (is_dark (cr) ? light_colours : colours)[colour % TSN_INK_COLOURS];

  cairo_set_source_rgb (cr, (rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

/**
 * tsn_ink_set_grey:
 * @lightness: 0 for what stands out most from the ground, 1 for the ground
 */
void
tsn_ink_set_grey (cairo_t *cr, double lightness)
{
  if (is_dark (cr))
    lightness = 1 - (1 - DARK_GROUND) * lightness;
  cairo_set_source_rgb (cr, lightness, lightness, lightness);
}

void
tsn_ink_set_rgb (cairo_t *cr, const guint8 rgb[3])
{
  cairo_set_source_rgb (cr, rgb[0] / 255.0, rgb[1] / 255.0, rgb[2] / 255.0);
}

/**
 * tsn_ink_set_dash:
 * @style: number of a pattern: 0 is a full line
 *
 * Sets how lines of the current width are broken.
 */
void
tsn_ink_set_dash (cairo_t *cr, guint style)
{
  double lengths[4];

  style %= G_N_ELEMENTS (dashes);
  for (guint i = 0; i < 4; i++)
    lengths[i] = dashes[style][i] * cairo_get_line_width (cr);
  cairo_set_dash (cr, lengths, style == 0 ? 0 : 4, 0);
}

/**
 * tsn_ink_mark:
 * @shape: number of a shape: circle, square, triangle, diamond, turned triangle, and again
 * @size: about its diameter
 *
 * Fills a mark in the current colour, with a rim of the ground to set it apart from what it lies
 * on.
 */
void
tsn_ink_mark (cairo_t *cr, guint shape, double x, double y, double size)
{
  static const guint corners[] = { 0, 4, 3, 4, 3 };
  static const double starts[] = { 0, 45, 90, 0, 270 };
  guint n = corners[shape % G_N_ELEMENTS (corners)];
  double start = starts[shape % G_N_ELEMENTS (corners)] * G_PI / 180;
  double radius = n == 0 ? size / 2 : n == 4 ? 0.62 * size : 0.68 * size;

  cairo_new_path (cr);
  if (n == 0)
    cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, x + radius * cos (start + 2 * G_PI * i / n),
                   y - radius * sin (start + 2 * G_PI * i / n));
  cairo_close_path (cr);
  cairo_fill_preserve (cr);
  cairo_save (cr);
  tsn_ink_set_grey (cr, 1);
  cairo_set_line_width (cr, TSN_INK_HAIR);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_stroke (cr);
  cairo_restore (cr);
}
