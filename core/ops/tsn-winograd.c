#include "core/ops/tsn-winograd.h"

#include <string.h>

/* Tiles per product.  Their transforms, 36 x 32 x (C + 32) floats, fit the second-level cache up
 * to C = 128. */
#define BLOCK_TILES 32

/* G of F(4x4, 3x3) on three rows of 32 output channels, giving six. */
static void
transform_weights (const float *a, const float *b, const float *c, float *out, size_t stride)
{
  for (size_t i = 0; i < TSN_PANEL; i++)
    {
      float outer = a[i] + c[i], quarter = a[i] * 0.25f + c[i];

      out[i] = a[i] * 0.25f;
      out[stride + i] = (outer + b[i]) * (-1.0f / 6);
      out[2 * stride + i] = (outer - b[i]) * (-1.0f / 6);
      out[3 * stride + i] = (quarter + b[i] * 0.5f) * (1.0f / 6);
      out[4 * stride + i] = (quarter - b[i] * 0.5f) * (1.0f / 6);
      out[5 * stride + i] = c[i];
    }
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
  float g[9][TSN_PANEL], half[6][3][TSN_PANEL], u[6][6][TSN_PANEL];

  for (size_t t = 0; t < 9; t++)
    tsn_conv_weights_gather (packing->weights, panel, channel, t, g[t]);
  for (size_t j = 0; j < 3; j++)
    transform_weights (g[j], g[3 + j], g[6 + j], half[0][j], 3 * TSN_PANEL);
  for (size_t i = 0; i < 6; i++)
    transform_weights (half[i][0], half[i][1], half[i][2], u[i][0], TSN_PANEL);
  for (size_t p = 0; p < TSN_WINOGRAD_POINTS; p++)
    {
      TsnPacked *point = &packing->conv->points[p];

      memcpy (point->data + (panel * point->k + channel) * TSN_PANEL, u[p / 6][p % 6],
              TSN_PANEL * sizeof (float));
    }
}

static void
pack_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Packing *packing = data;

  for (size_t panel = first; panel < last; panel++)
    for (size_t c = 0; c < packing->weights->in_channels; c++)
      pack_kernels (packing, panel, c);
}

/**
 * tsn_winograd_init:
 * @weights: 3x3 kernels
 *
 * Transforms and packs weights.
 */
void
tsn_winograd_init (TsnWinograd *conv, const TsnConvWeights *weights, TsnPool *pool)
{
  Packing packing = { conv, weights };

  for (int p = 0; p < TSN_WINOGRAD_POINTS; p++)
    tsn_packed_init (&conv->points[p], TSN_PADDED (weights->in_channels), weights->out_channels);
  tsn_pool_for (pool, conv->points[0].panels, 1, pack_cb, &packing);
}

void
tsn_winograd_clear (TsnWinograd *conv)
{
  for (int p = 0; p < TSN_WINOGRAD_POINTS; p++)
    tsn_packed_clear (&conv->points[p]);
}

static size_t
thread_scratch (const TsnWinograd *conv)
{
  return TSN_WINOGRAD_POINTS * (BLOCK_TILES * (conv->points[0].k + TSN_PANEL) + 2 * TSN_SKEW);
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

static void
run_panel (const Job *job, size_t panel, size_t first, size_t n, const float *v, float *m)
{
  size_t channels = job->conv->points[0].k;
  size_t v_plane = n * channels + TSN_SKEW, m_plane = n * TSN_PANEL + TSN_SKEW;

  for (int p = 0; p < TSN_WINOGRAD_POINTS; p++)
    tsn_gemm (job->kernels, &job->conv->points[p], panel, n, v + p * v_plane, channels,
              m + p * m_plane, TSN_PANEL);
  for (size_t i = 0; i < n; i++)
    {
      const TsnWinogradItem *item = &job->items[(first + i) / job->item_tiles];
      size_t tile = (first + i) % job->item_tiles;
      TsnEpilogue epilogue = *job->epilogue;

      epilogue.residual = item->residual;
      job->kernels->winograd_output (m + i * TSN_PANEL, m_plane, TSN_PANEL, &epilogue, item->y,
                                     tile / job->tile_columns, tile % job->tile_columns,
                                     panel * TSN_PANEL);
    }
}

static void
run_block (const Job *job, size_t block, size_t group, float *scratch)
{
  size_t first = block * job->block_tiles, n = MIN (job->block_tiles, job->tiles - first);
  size_t panels = job->conv->points[0].panels, channels = job->conv->points[0].k;
  size_t plane = n * channels + TSN_SKEW;
  float *v = scratch, *m = scratch + TSN_WINOGRAD_POINTS * plane;

  for (size_t i = 0; i < n; i++)
    {
      const TsnWinogradItem *item = &job->items[(first + i) / job->item_tiles];
      size_t tile = (first + i) % job->item_tiles;

      job->kernels->winograd_input (item->x, tile / job->tile_columns, tile % job->tile_columns,
                                    &item->activation, v + i * channels, plane);
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
  size_t columns = (y->width + 3) / 4, tiles = (y->height + 3) / 4 * columns;
  size_t wanted = 4 * tsn_pool_get_threads (pool), blocks;
  Job job = { .conv = conv,
              .kernels = kernels,
              .items = items,
              .epilogue = epilogue,
              .scratch = scratch,
              .tile_columns = columns,
              .item_tiles = tiles,
              .tiles = n_items * tiles,
              .groups = 1 };

  blocks = (job.tiles - 1) / BLOCK_TILES + 1;
  job.block_tiles = (job.tiles - 1) / blocks + 1;
  /* With several groups the input transform is done once a group. */
  if (blocks < tsn_pool_get_threads (pool))
    job.groups = CLAMP ((wanted - 1) / blocks + 1, 1, conv->points[0].panels);
  tsn_pool_for (pool, blocks * job.groups, 1, blocks_cb, &job);
}
