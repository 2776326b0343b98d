#include "core/ops/tsn-tiles.h"

#include <string.h>

static size_t
count_rows (const TsnTiles *tiles)
{
  return (tiles->height - 1) / TSN_TILE + 1;
}

static size_t
count_columns (const TsnTiles *tiles)
{
  return (tiles->width - 1) / TSN_TILE + 1;
}

size_t
tsn_tiles_count (const TsnTiles *tiles)
{
  return tiles->n * count_rows (tiles) * count_columns (tiles);
}

/**
 * tsn_tile_panel_init:
 * @panel: (out): the 32 tiles from @first on, or those that are left
 * @first: below tsn_tiles_count()
 */
void
tsn_tile_panel_init (TsnTilePanel *panel, const TsnTiles *tiles, size_t first)
{
  size_t columns = count_columns (tiles), rows = count_rows (tiles);
  size_t last = MIN (first + TSN_PANEL, tsn_tiles_count (tiles));

  panel->tiles = tiles;
  panel->n_runs = 0;
  memset (panel->starts, 0xff, sizeof panel->starts);
  memset (panel->ends, 0xff, sizeof panel->ends);
  for (size_t at = first; at < last;)
    {
      TsnTileRun *run = &panel->runs[panel->n_runs++];

      run->image = at / (rows * columns);
      run->row = at / columns % rows;
      run->column = at % columns;
      run->count = MIN (columns - run->column, last - at);
      if (run->column == 0)
        panel->starts[at - first] = 0;
      at += run->count;
      if (run->column + run->count == columns)
        panel->ends[at - first - 1] = 0;
    }
  panel->whole = panel->runs[0].count == TSN_PANEL && tiles->width % TSN_TILE == 0;
}

/* Copies the pixels of all runs' lines, @from lines below their tiles' first; zero outside. */
static void
gather_line (const TsnTilePanel *panel, const float *x, size_t image_step, int from, float *line)
{
  const TsnTiles *tiles = panel->tiles;
  float *end = line + TSN_LINE;

  for (guint i = 0; i < panel->n_runs; i++)
    {
      const TsnTileRun *run = &panel->runs[i];
      gssize y = (gssize) (TSN_TILE * run->row) + from;
      size_t column = TSN_TILE * run->column, length = TSN_TILE * run->count;
      size_t inside
          = y >= 0 && y < (gssize) tiles->height ? MIN (length, tiles->width - column) : 0;

      memcpy (line, x + run->image * image_step + (inside > 0 ? y : 0) * tiles->width + column,
              inside * sizeof (float));
      memset (line + inside, 0, (length - inside) * sizeof (float));
      line += length;
    }
  memset (line, 0, (end - line) * sizeof (float));
}

/* The line that lies in the map as it is. */
static const float *
find_line (const TsnTilePanel *panel, const float *x, size_t image_step, int from, float *zeros)
{
  const TsnTileRun *run = panel->runs;
  gssize y = (gssize) (TSN_TILE * run->row) + from;

  if (y >= 0 && y < (gssize) panel->tiles->height)
    return x + run->image * image_step + y * panel->tiles->width + TSN_TILE * run->column;
  return memset (zeros, 0, TSN_LINE * sizeof (float));
}

static const float *
read_line (const TsnTilePanel *panel, const float *x, size_t image_step, int from, float *buffer)
{
  if (panel->whole)
    return find_line (panel, x, image_step, from, buffer);
  gather_line (panel, x, image_step, from, buffer);
  return buffer;
}

/* The pixel @column of the line that run @run is in; zero outside. */
static float
find_side (const TsnTilePanel *panel,
           const TsnTileRun *run,
           const float *x,
           size_t image_step,
           int from,
           gssize column)
{
  const TsnTiles *tiles = panel->tiles;
  gssize y = (gssize) (TSN_TILE * run->row) + from;

  if (y < 0 || y >= (gssize) tiles->height || column < 0 || column >= (gssize) tiles->width)
    return 0;
  return x[run->image * image_step + y * tiles->width + column];
}

/**
 * tsn_tile_panel_read_patches:
 * @x: a plane of the first image
 * @image_step: floats from an image's plane to the next one's
 * @buffer: memory for lines
 * @lines: (out): the patches of 6 x 6 pixels around the tiles
 */
void
tsn_tile_panel_read_patches (const TsnTilePanel *panel,
                             const float *x,
                             size_t image_step,
                             TsnTileBuffer *buffer,
                             TsnTileLines *lines)
{
  const TsnTileRun *first = panel->runs, *last = &panel->runs[panel->n_runs - 1];

  for (int i = 0; i < 6; i++)
    {
      lines->rows[i] = read_line (panel, x, image_step, i - 1, buffer->lines[i]);
      lines->left[i]
          = find_side (panel, first, x, image_step, i - 1, (gssize) (TSN_TILE * first->column) - 1);
      lines->right[i]
          = find_side (panel, last, x, image_step, i - 1, TSN_TILE * (last->column + last->count));
    }
  lines->starts = panel->starts;
  lines->ends = panel->ends;
}

/**
 * tsn_tile_panel_read:
 * @rows: (out) (array fixed-size=4): the lines of the tiles, without what is around them
 */
void
tsn_tile_panel_read (const TsnTilePanel *panel,
                     const float *x,
                     size_t image_step,
                     TsnTileBuffer *buffer,
                     const float **rows)
{
  for (int i = 0; i < TSN_TILE; i++)
    rows[i] = read_line (panel, x, image_step, i, buffer->lines[i]);
}

/**
 * tsn_tile_panel_begin_write:
 * @rows: (out) (array fixed-size=4): where to put the lines of the tiles
 *
 * To be followed by tsn_tile_panel_end_write() with the same arguments.
 */
void
tsn_tile_panel_begin_write (
    const TsnTilePanel *panel, float *y, size_t image_step, TsnTileBuffer *buffer, float **rows)
{
  const TsnTileRun *run = panel->runs;

  for (size_t i = 0; i < TSN_TILE; i++)
    {
      size_t line = TSN_TILE * run->row + i;

      rows[i]
          = panel->whole && line < panel->tiles->height
                ? y + run->image * image_step + line * panel->tiles->width + TSN_TILE * run->column
                : buffer->lines[i];
    }
}

void
tsn_tile_panel_end_write (const TsnTilePanel *panel,
                          float *y,
                          size_t image_step,
                          const TsnTileBuffer *buffer)
{
  const TsnTiles *tiles = panel->tiles;
  size_t at = 0;

  if (panel->whole)
    return;
  for (guint i = 0; i < panel->n_runs; i++)
    {
      const TsnTileRun *run = &panel->runs[i];
      size_t column = TSN_TILE * run->column, row = TSN_TILE * run->row;
      size_t length = MIN (TSN_TILE * run->count, tiles->width - column);

      for (size_t j = 0; j < MIN (TSN_TILE, tiles->height - row); j++)
        memcpy (y + run->image * image_step + (row + j) * tiles->width + column,
                buffer->lines[j] + at, length * sizeof (float));
      at += TSN_TILE * run->count;
    }
}
