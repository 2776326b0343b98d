#include "core/ops/tsn-winograd.h"

/* Tiles per product.  Their transforms are to stay in the second-level cache: 36 x 32 x (C + 32)
 * floats for F(4x4, 3x3).  F(6x6, 3x3) has more points and larger weights, which pass by for every
 * product; it was fastest with as few tiles as fill the registers. */
#define BLOCK_TILES(size) ((size_t) ((size) == 4 ? 32 : 12))

/* The most points a side. */
#define MAX_SIDE 8

/* Rows of G, for each point of the transformed domain; see the kernels for the points. */
static const float points_4[6][3] = {
  { 1.0f / 4, 0, 0 },
  { -1.0f / 6, -1.0f / 6, -1.0f / 6 },
  { -1.0f / 6, 1.0f / 6, -1.0f / 6 },
  { 1.0f / 24, 1.0f / 12, 1.0f / 6 },
  { 1.0f / 24, -1.0f / 12, 1.0f / 6 },
  { 0, 0, 1 },
};
static const float points_6[8][3] = {
  { 1, 0, 0 },
  { -2.0f / 9, -2.0f / 9, -2.0f / 9 },
  { -2.0f / 9, 2.0f / 9, -2.0f / 9 },
  { 1.0f / 90, 1.0f / 45, 2.0f / 45 },
  { 1.0f / 90, -1.0f / 45, 2.0f / 45 },
  { 32.0f / 45, 16.0f / 45, 8.0f / 45 },
  { 32.0f / 45, -16.0f / 45, 8.0f / 45 },
  { 0, 0, 1 },
};

/* Output channels, four at a time, which every processor has vectors for. */
typedef float Lanes __attribute__ ((vector_size (16), may_alias));

#define ROW (TSN_PANEL / 4)

/* G on three rows of 32 output channels. */
static void
transform_weights (
    size_t tile, const Lanes *a, const Lanes *b, const Lanes *c, Lanes *out, size_t stride)
{
  const float (*rows)[3] = tile == 4 ? points_4 : points_6;

  for (size_t i = 0; i < ROW; i++)
    for (size_t p = 0; p < tile + 2; p++)
      out[p * stride + i] = rows[p][0] * a[i] + rows[p][1] * b[i] + rows[p][2] * c[i];
}

typedef struct
{
  TsnWinograd *conv;
  const TsnConvWeights *weights;
} Packing;

/* G g G^T for the kernels of one input channel and 32 output channels. */
static void
pack_kernels (const Packing *packing, size_t panel, size_t channel)
{
  TsnWinograd *conv = packing->conv;
  size_t side = conv->tile + 2, point = conv->panels * conv->weights.k * ROW;
  Lanes g[9][ROW], half[MAX_SIDE][3][ROW];
  Lanes *out = (Lanes *) conv->weights.data + (panel * conv->weights.k + channel) * ROW;

  for (size_t t = 0; t < 9; t++)
    tsn_conv_weights_gather (packing->weights, panel, channel, t, (float *) g[t]);
  for (size_t j = 0; j < 3; j++)
    transform_weights (conv->tile, g[j], g[3 + j], g[6 + j], half[0][j], 3 * ROW);
  for (size_t i = 0; i < side; i++)
    transform_weights (conv->tile, half[i][0], half[i][1], half[i][2], out + side * i * point,
                       point);
}

static void
pack_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Packing *packing = data;

  for (size_t panel = first; panel < last; panel++)
    {
      for (size_t p = 0; p < TSN_TILE_POINTS (packing->conv->tile); p++)
        tsn_packed_clear_panel (&packing->conv->weights, p * packing->conv->panels + panel);
      for (size_t c = 0; c < packing->weights->in_channels; c++)
        pack_kernels (packing, panel, c);
    }
}

/**
 * tsn_winograd_init:
 * @weights: 3x3 kernels
 * @tile: 4 or 6
 *
 * Transforms and packs weights.
 */
void
tsn_winograd_init (TsnWinograd *conv, const TsnConvWeights *weights, size_t tile, TsnPool *pool)
{
  Packing packing = { conv, weights };

  conv->tile = tile;
  conv->panels = TSN_PADDED (weights->out_channels) / TSN_PANEL;
  tsn_packed_init (&conv->weights, TSN_PADDED (weights->in_channels),
                   TSN_TILE_POINTS (tile) * TSN_PADDED (weights->out_channels));
  tsn_pool_for (pool, conv->panels, 1, pack_cb, &packing);
}

void
tsn_winograd_clear (TsnWinograd *conv)
{
  tsn_packed_clear (&conv->weights);
}

static size_t
thread_scratch (const TsnWinograd *conv)
{
  return TSN_TILE_POINTS (conv->tile)
         * (BLOCK_TILES (conv->tile) * (conv->weights.k + TSN_PANEL) + 2 * TSN_SKEW);
}

/**
 * tsn_winograd_scratch:
 *
 * Returns: how many floats of scratch memory the forward pass needs with @threads threads.
 */
size_t
tsn_winograd_scratch (const TsnWinograd *conv, guint threads)
{
  return thread_scratch (conv) * threads;
}

typedef struct
{
  const TsnWinograd *conv;
  const TsnKernels *kernels;
  const TsnWinogradItem *items;
  const TsnEpilogue *epilogue;
  float *scratch;
  size_t tile_columns;
  size_t item_tiles; /* per item */
  size_t tiles;      /* of all items */
  size_t block_tiles;
  size_t groups; /* into which the panels are split */
} Job;

/* Tile @index of all; the map is that of its item's input or output. */
static const TsnWinogradItem *
find_tile (const Job *job, size_t index, TsnTile *tile)
{
  size_t at = index % job->item_tiles;

  *tile = (TsnTile){ .size = job->conv->tile,
                     .row = at / job->tile_columns,
                     .column = at % job->tile_columns };
  return &job->items[index / job->item_tiles];
}

static void
run_panel (const Job *job, size_t panel, size_t first, size_t n, const float *v, float *m)
{
  const TsnWinograd *conv = job->conv;
  size_t channels = conv->weights.k;
  size_t v_plane = n * channels + TSN_SKEW, m_plane = n * TSN_PANEL + TSN_SKEW;

  for (size_t p = 0; p < TSN_TILE_POINTS (conv->tile); p++)
    tsn_gemm (job->kernels, &conv->weights, p * conv->panels + panel, n, v + p * v_plane, channels,
              m + p * m_plane, TSN_PANEL);
  for (size_t i = 0; i < n; i++)
    {
      TsnTile tile;
      const TsnWinogradItem *item = find_tile (job, first + i, &tile);
      TsnEpilogue epilogue = *job->epilogue;

      tile.map = item->y;
      epilogue.residual = item->residual;
      job->kernels->winograd_output (m + i * TSN_PANEL, m_plane, &epilogue, &tile,
                                     panel * TSN_PANEL);
    }
}

static void
run_block (const Job *job, size_t block, size_t group, float *scratch)
{
  size_t first = block * job->block_tiles, n = MIN (job->block_tiles, job->tiles - first);
  size_t panels = job->conv->panels, channels = job->conv->weights.k;
  size_t plane = n * channels + TSN_SKEW;
  float *v = scratch, *m = scratch + TSN_TILE_POINTS (job->conv->tile) * plane;

  for (size_t i = 0; i < n; i++)
    {
      TsnTile tile;
      const TsnWinogradItem *item = find_tile (job, first + i, &tile);

      tile.map = item->x;
      job->kernels->winograd_input (&tile, &item->activation, v + i * channels, plane);
    }
  for (size_t p = group * panels / job->groups; p < (group + 1) * panels / job->groups; p++)
    run_panel (job, p, first, n, v, m);
}

static void
blocks_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;

  for (size_t i = first; i < last; i++)
    run_block (job, i / job->groups, i % job->groups,
               job->scratch + thread * thread_scratch (job->conv));
}

/**
 * tsn_winograd_forward:
 * @items: (array length=n_items): maps of one size
 * @epilogue: what to do with the results; its residual is that of each item instead
 * @scratch: tsn_winograd_scratch() floats
 */
void
tsn_winograd_forward (const TsnWinograd *conv,
                      const TsnKernels *kernels,
                      const TsnWinogradItem *items,
                      size_t n_items,
                      const TsnEpilogue *epilogue,
                      float *scratch,
                      TsnPool *pool)
{
  const TsnMap *y = items[0].y;
  size_t columns = (y->width - 1) / conv->tile + 1;
  size_t tiles = ((y->height - 1) / conv->tile + 1) * columns;
  size_t threads = tsn_pool_get_threads (pool), blocks;
  Job job = { .conv = conv,
              .kernels = kernels,
              .items = items,
              .epilogue = epilogue,
              .scratch = scratch,
              .tile_columns = columns,
              .item_tiles = tiles,
              .tiles = n_items * tiles,
              .groups = 1 };

  blocks = (job.tiles - 1) / BLOCK_TILES (conv->tile) + 1;
  /* Blocks are even and as many for each thread.  If there are too few for that, the panels are
   * shared out too; no further than needed, as each group transforms the input again. */
  if (blocks >= threads)
    blocks = MIN ((blocks + threads - 1) / threads * threads, job.tiles);
  else
    job.groups = MIN ((threads - 1) / blocks + 1, conv->panels);
  job.block_tiles = (job.tiles - 1) / blocks + 1;
  blocks = (job.tiles - 1) / job.block_tiles + 1;
  tsn_pool_for (pool, blocks * job.groups, 1, blocks_cb, &job);
}
