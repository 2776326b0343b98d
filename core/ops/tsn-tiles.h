/* The 4 x 4 tiles of maps in NCHW, in panels of 32; private to core/ops. */
#pragma once

#include "core/ops/tsn-train-kernels.h"

G_BEGIN_DECLS

/**
 * TsnTiles:
 * @n: N, images
 * @height, @width: of one plane
 *
 * The tiles of N planes of one channel, counted along rows, then down, then image by image.
 */
typedef struct
{
  size_t n;
  size_t height;
  size_t width;
} TsnTiles;

/**
 * TsnTileRun:
 * @image: which image
 * @row, @column: its first tile
 * @count: tiles, all in one row
 */
typedef struct
{
  size_t image;
  size_t row;
  size_t column;
  size_t count;
} TsnTileRun;

/**
 * TsnTilePanel:
 * @tiles: borrowed
 * @runs: (array length=n_runs): its tiles, 32 or, at the end, fewer
 * @whole: whether it is a single run of 32 whole tiles: its lines lie in the map as they are
 * @starts, @ends: see #TsnTileLines
 */
typedef struct
{
  const TsnTiles *tiles;
  TsnTileRun runs[TSN_PANEL];
  guint n_runs;
  gboolean whole;
  gint32 starts[TSN_PANEL];
  gint32 ends[TSN_PANEL];
} TsnTilePanel;

/**
 * TsnTileBuffer:
 *
 * Lines of a panel that do not lie in the map as they are.
 */
typedef struct
{
  float lines[6][TSN_LINE];
} TsnTileBuffer;

size_t tsn_tiles_count (const TsnTiles *tiles);
void tsn_tile_panel_init (TsnTilePanel *panel, const TsnTiles *tiles, size_t first);
void tsn_tile_panel_read_patches (const TsnTilePanel *panel,
                                  const float *x,
                                  size_t image_step,
                                  TsnTileBuffer *buffer,
                                  TsnTileLines *lines);
void tsn_tile_panel_read (const TsnTilePanel *panel,
                          const float *x,
                          size_t image_step,
                          TsnTileBuffer *buffer,
                          const float **rows);
void tsn_tile_panel_begin_write (
    const TsnTilePanel *panel, float *y, size_t image_step, TsnTileBuffer *buffer, float **rows);
void tsn_tile_panel_end_write (const TsnTilePanel *panel,
                               float *y,
                               size_t image_step,
                               const TsnTileBuffer *buffer);

G_END_DECLS
