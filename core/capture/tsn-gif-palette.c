#include "core/capture/tsn-gif-palette.h"

#include <string.h>

#define MAX_COLOURS 256

/* A power of two, so large that probing for one of 256 colours is short. */
#define TABLE_SIZE 1024

/* How finely colours are told apart when there are many: 5 bits a channel. */
#define N_BINS 32768

/* All pixels of one bin. */
typedef struct
{
  guint16 bin;
  guint8 axis[3]; /* its coordinates, 0 to 31 */
  guint64 n;
  guint64 sum[3];
} Cell;

/* A run of cells that become one colour. */
typedef struct
{
  guint begin;
  guint end;
  guint longest; /* axis */
  guint64 n;
  guint64 cost; /* pixels times length: the dearest box is divided next */
} Box;

static guint32
pack (const guint8 *rgb)
{
  return (guint32) rgb[0] << 16 | rgb[1] << 8 | rgb[2];
}

/* Gives every colour an index of its own; FALSE if there are too many. */
static gboolean
find_exact (TsnGifPalette *palette, const guint8 *rgb, size_t n_pixels, guint8 *indices)
{
  guint32 colours[TABLE_SIZE] = { 0 }; /* 1 + colour, 0 where empty */
  guint8 index[TABLE_SIZE];

  palette->n_colours = 0;
  for (size_t i = 0; i < n_pixels; i++)
    {
      guint32 colour = 1 + pack (rgb + 3 * i);
      guint at = colour * 2654435761u >> 22;

      while (colours[at] != 0 && colours[at] != colour)
        at = (at + 1) % TABLE_SIZE;
      if (colours[at] == 0)
        {
          if (palette->n_colours == MAX_COLOURS)
            return FALSE;
          colours[at] = colour;
          index[at] = palette->n_colours;
          memcpy (palette->colours[palette->n_colours++], rgb + 3 * i, 3);
        }
      indices[i] = index[at];
    }
  return TRUE;
}

static guint
bin_of (const guint8 *rgb)
{
  return (rgb[0] >> 3) << 10 | (rgb[1] >> 3) << 5 | rgb[2] >> 3;
}

/* The bins that have pixels, in order. */
static GArray *
count_cells (const guint8 *rgb, size_t n_pixels)
{
  g_autofree Cell *all = g_new0 (Cell, N_BINS);
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (Cell));

  for (size_t i = 0; i < n_pixels; i++)
    {
      Cell *cell = &all[bin_of (rgb + 3 * i)];

      cell->n++;
      for (guint c = 0; c < 3; c++)
        cell->sum[c] += rgb[3 * i + c];
    }
  for (guint bin = 0; bin < N_BINS; bin++)
    if (all[bin].n > 0)
      {
        all[bin].bin = bin;
        all[bin].axis[0] = bin >> 10;
        all[bin].axis[1] = bin >> 5 & 31;
        all[bin].axis[2] = bin & 31;
        g_array_append_val (cells, all[bin]);
      }
  return cells;
}

static void
measure (Box *box, const Cell *cells)
{
  guint longest = 0;

  box->n = 0;
  box->longest = 0;
  for (guint i = box->begin; i < box->end; i++)
    box->n += cells[i].n;
  for (guint c = 0; c < 3; c++)
    {
      guint low = 31, high = 0;

      for (guint i = box->begin; i < box->end; i++)
        {
          low = MIN (low, cells[i].axis[c]);
          high = MAX (high, cells[i].axis[c]);
        }
      if (high - low > longest)
        {
          longest = high - low;
          box->longest = c;
        }
    }
  box->cost = box->n * longest;
}

static int
compare_cells (gconstpointer a, gconstpointer b, gpointer data)
{
  const Cell *one = a, *other = b;
  guint axis = GPOINTER_TO_UINT (data);

  if (one->axis[axis] != other->axis[axis])
    return one->axis[axis] < other->axis[axis] ? -1 : 1;
  return one->bin < other->bin ? -1 : one->bin > other->bin;
}

/* Divides a box of at least two cells where half of its pixels lie on either side. */
static void
divide (Box *box, Box *upper, Cell *cells)
{
  guint64 n = 0;
  guint at = box->begin;

  g_qsort_with_data (cells + box->begin, box->end - box->begin, sizeof *cells, compare_cells,
                     GUINT_TO_POINTER (box->longest));
  while (at < box->end - 1 && (at == box->begin || n + cells[at].n / 2 < box->n / 2))
    n += cells[at++].n;
  upper->begin = at;
  upper->end = box->end;
  box->end = at;
  measure (box, cells);
  measure (upper, cells);
}

static guint
cut (GArray *cells, Box *boxes)
{
  Cell *cell = (Cell *) cells->data;
  guint n_boxes = 1;

  boxes[0].begin = 0;
  boxes[0].end = cells->len;
  measure (&boxes[0], cell);
  while (n_boxes < MAX_COLOURS)
    {
      Box *dearest = &boxes[0];

      for (guint i = 1; i < n_boxes; i++)
        if (boxes[i].cost > dearest->cost)
          dearest = &boxes[i];
      if (dearest->cost == 0)
        break;
      divide (dearest, &boxes[n_boxes++], cell);
    }
  return n_boxes;
}

/* The mean of a box's pixels; its bins all get its index. */
static void
colour_box (const Box *box, const Cell *cells, guint8 colour[3], guint8 index, guint8 *index_of_bin)
{
  guint64 sum[3] = { 0 };

  for (guint i = box->begin; i < box->end; i++)
    {
      index_of_bin[cells[i].bin] = index;
      for (guint c = 0; c < 3; c++)
        sum[c] += cells[i].sum[c];
    }
  for (guint c = 0; c < 3; c++)
    colour[c] = (sum[c] + box->n / 2) / box->n;
}

/**
 * tsn_gif_palette_find:
 * @palette: (out caller-allocates):
 * @rgb: 3 x @n_pixels bytes
 * @n_pixels: at least 1
 * @indices: (out caller-allocates): @n_pixels bytes
 *
 * Finds the colours of a picture and which of them every pixel is.  At most 256 different colours
 * are kept as they are.  More are told apart by 5 bits a channel and divided by median cut
 * (P. Heckbert, "Color image quantization for frame buffer display", SIGGRAPH 1982).
 */
void
tsn_gif_palette_find (TsnGifPalette *palette, const guint8 *rgb, size_t n_pixels, guint8 *indices)
{
  g_autoptr (GArray) cells = NULL;
  g_autofree guint8 *index_of_bin = NULL;
  Box boxes[MAX_COLOURS];

  g_return_if_fail (n_pixels > 0);

  if (find_exact (palette, rgb, n_pixels, indices))
    return;
  cells = count_cells (rgb, n_pixels);
  index_of_bin = g_malloc (N_BINS);
  palette->n_colours = cut (cells, boxes);
  for (guint i = 0; i < palette->n_colours; i++)
    colour_box (&boxes[i], (const Cell *) cells->data, palette->colours[i], i, index_of_bin);
  for (size_t i = 0; i < n_pixels; i++)
    indices[i] = index_of_bin[bin_of (rgb + 3 * i)];
}
