#include "core/figure/tsn-film-page.h"

#include "core/figure/tsn-ink.h"

#include <math.h>
#include <string.h>

/* Sizes in a frame whose longer side is this, in pixels; others are in proportion. */
#define REFERENCE 1280.0
#define GAP 12.0
#define FONT 20.0
#define CAPTION 34.0
#define METERS 52.0
#define BAR 8.0

/* Text that is smaller cannot be read, pixels being what they are. */
#define SMALLEST_FONT 8.0

/* The shape that a frame is to have where its pictures leave the choice. */
#define WIDE (16.0 / 9)

struct _TsnFilmPage
{
  TsnFilmLayout layout;
  guint width;
  guint height;
  guint columns;
  guint cell_width;
  guint cell_height;
  double unit; /* pixels of the frame per pixel of REFERENCE */
  double left; /* of the first cell */
  double top;
};

/* What is not pictures: gaps and captions, in pixels of REFERENCE. */
static void
measure_rest (const TsnFilmLayout *layout, guint columns, double *across, double *down)
{
  guint rows = (layout->n_cells + columns - 1) / columns;
  double below = layout->captions ? CAPTION : GAP;

  *across = (columns + 1) * GAP;
  *down = GAP + rows * below + (layout->n_meters > 0 ? METERS : 0);
}

/* The height of a frame in which so many columns fill the width, per width. */
static double
shape_of (const TsnFilmLayout *layout, guint columns, double *cell)
{
  guint rows = (layout->n_cells + columns - 1) / columns;
  double across, down;

  measure_rest (layout, columns, &across, &down);
  *cell = (REFERENCE - across) / columns;
  return (rows * *cell / layout->aspect + down) / REFERENCE;
}

/**
 * tsn_film_page_choose_size:
 * @side: longest side that the frame may have, in pixels
 * @width: (out): even, as encoders want it
 * @height: (out): even
 *
 * Says how large frames are into which the pictures fit without a rest, as near to 16:9 as their
 * number allows.
 */
void
tsn_film_page_choose_size (const TsnFilmLayout *layout, guint side, guint *width, guint *height)
{
  double best = G_MAXDOUBLE, shape = 1;

  for (guint columns = 1; columns <= layout->n_cells; columns++)
    {
      double cell, found = shape_of (layout, columns, &cell);
      double distance = fabs (log (found * WIDE));

      if (cell < 1 || distance >= best)
        continue;
      best = distance;
      shape = found;
    }
  *width = MAX (shape > 1 ? side / shape : side, 2);
  *height = MAX (shape > 1 ? side : side * shape, 2);
  *width += *width & 1;
  *height += *height & 1;
}

/* The width of cells in so many columns, as large as the frame allows; 0 if there is no room. */
static double
fit_cells (const TsnFilmPage *page, guint columns)
{
  const TsnFilmLayout *layout = &page->layout;
  guint rows = (layout->n_cells + columns - 1) / columns;
  double across, down;

  measure_rest (layout, columns, &across, &down);
  across = (page->width - across * page->unit) / columns;
  down = (page->height - down * page->unit) / rows;
  return MAX (MIN (across, down * layout->aspect), 0);
}

static void
place_cells (TsnFilmPage *page)
{
  guint rows = (page->layout.n_cells + page->columns - 1) / page->columns;
  double across, down;

  measure_rest (&page->layout, page->columns, &across, &down);
  page->left = (page->width - across * page->unit - (double) page->columns * page->cell_width) / 2
               + GAP * page->unit;
  page->top = (page->height - down * page->unit - (double) rows * page->cell_height) / 2
              + GAP * page->unit;
}

/**
 * tsn_film_page_new:
 * @layout: copied
 * @width: of the frames in pixels
 * @height: of the frames in pixels
 *
 * Returns: (transfer full): the places of everything.
 */
TsnFilmPage *
tsn_film_page_new (const TsnFilmLayout *layout, guint width, guint height)
{
  TsnFilmPage *page = g_new0 (TsnFilmPage, 1);
  double widest = 0;

  page->layout = *layout;
  page->width = width;
  page->height = height;
  page->unit = MAX (width, height) / REFERENCE;
  page->columns = 1;
  for (guint columns = 1; columns <= layout->n_cells; columns++)
    if (fit_cells (page, columns) > widest)
      {
        widest = fit_cells (page, columns);
        page->columns = columns;
      }
  page->cell_width = MAX (floor (widest), 1);
  page->cell_height = MAX (floor (page->cell_width / layout->aspect), 1);
  place_cells (page);
  return page;
}

void
tsn_film_page_free (TsnFilmPage *page)
{
  g_free (page);
}

/**
 * tsn_film_page_get_cell_size:
 *
 * Says how large the pictures in a frame are, in pixels.
 */
void
tsn_film_page_get_cell_size (const TsnFilmPage *page, guint *width, guint *height)
{
  *width = page->cell_width;
  *height = page->cell_height;
}

static void
place_cell (const TsnFilmPage *page, guint cell, int *x, int *y)
{
  guint column = cell % page->columns, row = cell / page->columns;
  double below = page->layout.captions ? CAPTION : GAP;

  *x = floor (page->left + column * (page->cell_width + GAP * page->unit));
  *y = floor (page->top + row * (page->cell_height + below * page->unit));
}

/* Writes a text in the middle of a place, smaller where it would be wider than that. */
static void
write_fitted (
    cairo_t *cr, const TsnFilmPage *page, double x, double y, double room, const char *text)
{
  TsnText style
      = { .size = MAX (FONT * page->unit, SMALLEST_FONT), .align_x = 0.5, .align_y = 0.5 };
  double width, height;

  tsn_ink_measure (cr, &style, text, &width, &height);
  if (width > room)
    style.size *= room / width;
  tsn_ink_write (cr, &style, x, y, text);
}

/* A name, and below it a bar that grows to the right, or in another colour if it is negative. */
static void
draw_meter (cairo_t *cr, const TsnFilmPage *page, guint index, const TsnFilmMeter *meter)
{
  double unit = page->unit, gap = GAP * unit;
  double width = (page->width - gap) / page->layout.n_meters - gap;
  double x = gap + index * (width + gap), y = page->height - METERS * unit;
  double value = CLAMP (meter->value, -1, 1);

  tsn_ink_set_grey (cr, fabs (value) > 0.005 ? 0 : 0.45);
  write_fitted (cr, page, x + width / 2, y + 14 * unit, width, meter->title);
  tsn_ink_set_grey (cr, 0.8);
  cairo_rectangle (cr, x, y + 32 * unit, width, BAR * unit);
  cairo_fill (cr);
  tsn_ink_set (cr, value < 0 ? 1 : 0);
  cairo_rectangle (cr, x, y + 32 * unit, width * fabs (value), BAR * unit);
  cairo_fill (cr);
}

static void
draw_texts (cairo_t *cr,
            const TsnFilmPage *page,
            const TsnFilmCell *cells,
            const TsnFilmMeter *meters)
{
  int x, y;

  tsn_ink_set_dark (cr, TRUE);
  tsn_ink_set_grey (cr, 1);
  cairo_paint (cr);
  tsn_ink_set_grey (cr, 0);
  for (guint i = 0; page->layout.captions && i < page->layout.n_cells; i++)
    if (cells[i].caption != NULL)
      {
        place_cell (page, i, &x, &y);
        write_fitted (cr, page, x + page->cell_width / 2.0,
                      y + page->cell_height + CAPTION * page->unit / 2, page->cell_width,
                      cells[i].caption);
      }
  for (guint i = 0; i < page->layout.n_meters; i++)
    draw_meter (cr, page, i, &meters[i]);
}

/* Cairo's pixels, blue first in memory on little-endian machines, as bytes of red, green, blue. */
static void
take_surface (cairo_surface_t *surface, TsnImage *image)
{
  const guint8 *pixels = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (guint y = 0; y < image->height; y++)
    for (guint x = 0; x < image->width; x++)
      {
        guint8 *to = image->pixels + 3 * ((size_t) y * image->width + x);
        guint32 pixel;

        memcpy (&pixel, pixels + (size_t) y * stride + 4 * x, sizeof pixel);
        to[0] = pixel >> 16;
        to[1] = pixel >> 8;
        to[2] = pixel;
      }
}

static void
put_cell (const TsnFilmPage *page, guint index, const guint8 *rgb, TsnImage *image)
{
  int left, top;

  place_cell (page, index, &left, &top);
  for (guint y = 0; y < page->cell_height && top + y < image->height; y++)
    memcpy (image->pixels + 3 * ((size_t) (top + y) * image->width + left),
            rgb + 3 * (size_t) y * page->cell_width,
            3 * MIN (page->cell_width, image->width - left));
}

/**
 * tsn_film_page_draw:
 * @cells: (array): as many as the layout has
 * @meters: (array) (nullable): likewise
 *
 * Returns: (transfer full): a frame.
 */
TsnImage *
tsn_film_page_draw (const TsnFilmPage *page, const TsnFilmCell *cells, const TsnFilmMeter *meters)
{
  TsnImage *image = tsn_image_new (page->width, page->height);
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, page->width, page->height);
  cairo_t *cr = cairo_create (surface);

  draw_texts (cr, page, cells, meters);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  take_surface (surface, image);
  cairo_surface_destroy (surface);
  for (guint i = 0; i < page->layout.n_cells; i++)
    put_cell (page, i, cells[i].rgb, image);
  return image;
}
