/* Frames of films: pictures at their places, whatever their number and shape. */
#include "core/figure/tsn-film-page.h"

#include <math.h>
#include <string.h>

/* How many pixels of a frame have a colour. */
static guint
count_colour (const TsnImage *frame, const guint8 rgb[3])
{
  guint n = 0;

  for (size_t i = 0; i < (size_t) frame->width * frame->height; i++)
    n += memcmp (frame->pixels + 3 * i, rgb, 3) == 0;
  return n;
}

/* Every picture is there whole: none lies over another or leaves the frame. */
static void
check (const TsnFilmLayout *layout, guint width, guint height)
{
  g_autoptr (TsnFilmPage) page = tsn_film_page_new (layout, width, height);
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (g_free);
  TsnFilmCell cells[TSN_FILM_MAX_CELLS];
  TsnFilmMeter meters[8];
  g_autoptr (TsnImage) frame = NULL;
  guint w, h;

  tsn_film_page_get_cell_size (page, &w, &h);
  g_assert_cmpfloat (fabs (w / layout->aspect - h), <=, 1);
  for (guint i = 0; i < layout->n_cells; i++)
    {
      guint8 *rgb = g_malloc_n (3, (size_t) w * h);

      for (size_t p = 0; p < 3 * (size_t) w * h; p++)
        rgb[p] = p % 3 == 0 ? 200 : p % 3 == 1 ? 7 * i : 3;
      g_ptr_array_add (pictures, rgb);
      cells[i] = (TsnFilmCell){ rgb, "A caption that is longer than there is room for it" };
    }
  for (guint i = 0; i < layout->n_meters; i++)
    meters[i] = (TsnFilmMeter){ "Task", i - 1.5 };
  frame = tsn_film_page_draw (page, cells, meters);
  g_assert_cmpuint (frame->width, ==, width);
  g_assert_cmpuint (frame->height, ==, height);
  for (guint i = 0; i < layout->n_cells; i++)
    g_assert_cmpuint (count_colour (frame, (const guint8[]){ 200, 7 * i, 3 }), ==, w * h);
}

static void
test_layouts (void)
{
  static const double aspects[] = { 0.3, 0.75, 4.0 / 3, 5 };

  for (guint n = 1; n <= TSN_FILM_MAX_CELLS; n += n < 8 ? 1 : 8)
    for (guint a = 0; a < G_N_ELEMENTS (aspects); a++)
      for (guint captions = 0; captions < 2; captions++)
        {
          const TsnFilmLayout layout = { n, captions * 4, captions, aspects[a] };
          guint width, height;

          tsn_film_page_choose_size (&layout, 640, &width, &height);
          g_assert_cmpuint (MAX (width, height), ==, 640);
          g_assert_cmpuint (width % 2 + height % 2, ==, 0);
          check (&layout, width, height);
          /* Nor need they fit the frame. */
          check (&layout, 500, 400);
        }
}

/* What is mixed is to be read off: a full bar, half of one, none, and one in another colour. */
static void
test_meters (void)
{
  const TsnFilmLayout layout = { 1, 1, TRUE, 2 };
  static const double values[] = { 1, 0.5, 0, -0.5 };
  g_autoptr (TsnFilmPage) page = tsn_film_page_new (&layout, 640, 400);
  g_autofree guint8 *rgb = NULL;
  guint w, h, n[4], orange[4];

  tsn_film_page_get_cell_size (page, &w, &h);
  rgb = g_malloc0_n (3, (size_t) w * h);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      const TsnFilmCell cell = { rgb, NULL };
      const TsnFilmMeter meter = { "Depth", values[i] };
      g_autoptr (TsnImage) frame = tsn_film_page_draw (page, &cell, &meter);

      n[i] = count_colour (frame, (const guint8[]){ 0x4b, 0xa3, 0xdd });
      orange[i] = count_colour (frame, (const guint8[]){ 0xe8, 0x79, 0x2f });
    }
  g_assert_cmpuint (n[0], >, 500);
  g_assert_cmpint (ABS ((int) n[0] - 2 * (int) n[1]), <, 20);
  g_assert_cmpuint (n[2] + orange[2] + orange[0] + n[3], ==, 0);
  g_assert_cmpint (ABS ((int) orange[3] - (int) n[1]), <, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/film-page/layouts", test_layouts);
  g_test_add_func ("/film-page/meters", test_meters);
  return g_test_run ();
}
