#include "core/ops/tsn-winograd.h"

/* Tiles per product.  Their transforms, 36 x 32 x (C + 32) floats, fit the second-level cache up
 * to C = 128. */
#define BLOCK_TILES 32

/* G of F(4x4, 3x3). */
static const double transform[6][3] = {
  { 1.0 / 4, 0, 0 },
  { -1.0 / 6, -1.0 / 6, -1.0 / 6 },
  { -1.0 / 6, 1.0 / 6, -1.0 / 6 },
  { 1.0 / 24, 1.0 / 12, 1.0 / 6 },
  { 1.0 / 24, -1.0 / 12, 1.0 / 6 },
  { 0, 0, 1 },
};

/* G g G^T for one 3x3 kernel. */
static void
transform_kernel (const float *g, double out[6][6])
{
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++)
      {
        out[i][j] = 0;
        for (int k = 0; k < 3; k++)
          for (int l = 0; l < 3; l++)
            out[i][j] += transform[i][k] * g[3 * k + l] * transform[j][l];
      }
}

/**
 * tsn_winograd_init:
 * @in_channels: how many input channels the convolution takes
 * @stride: floats between the kernels of consecutive output channels: 9 times the input channels
 *   of the whole weight, of which @weight may be a part
 * @weight: first kernel, [out_channels, in_channels, 3, 3]
 * @scale: (nullable): [out_channels] factor on the weights: a batch norm that follows
 *
 * Transforms and packs weights.
 */
void
tsn_winograd_init (TsnWinograd *conv,
                   size_t out_channels,
                   size_t in_channels,
                   size_t stride,
                   const float *weight,
                   const float *scale)
{
  for (int p = 0; p < TSN_WINOGRAD_POINTS; p++)
    tsn_packed_init (&conv->points[p], TSN_PADDED (in_channels), out_channels);
  for (size_t o = 0; o < out_channels; o++)
    for (size_t c = 0; c < in_channels; c++)
      {
        double u[6][6];

        transform_kernel (weight + o * stride + c * 9, u);
        for (int p = 0; p < TSN_WINOGRAD_POINTS; p++)
          tsn_packed_set (&conv->points[p], c, o,
                          u[p / 6][p % 6] * (scale != NULL ? scale[o] : 1.0f));
      }
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
  return TSN_WINOGRAD_POINTS * BLOCK_TILES * (conv->points[0].k + TSN_PANEL);
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
  const TsnMap *x;
  const TsnActivation *activation;
  const TsnEpilogue *epilogue;
  const TsnMap *y;
  float *scratch;
  size_t tile_columns;
  size_t tiles;
  size_t block_tiles;
  size_t groups; /* into which the panels are split */
} Job;

static void
run_panel (const Job *job, size_t panel, size_t first, size_t n, const float *v, float *m)
{
  size_t channels = job->x->channels;

  for (int p = 0; p < TSN_WINOGRAD_POINTS; p++)
    tsn_gemm (job->kernels, &job->conv->points[p], panel, n, v + p * n * channels, channels,
              m + p * n * TSN_PANEL, TSN_PANEL);
  for (size_t i = 0; i < n; i++)
    job->kernels->winograd_output (m + i * TSN_PANEL, n * TSN_PANEL, TSN_PANEL, job->epilogue,
                                   job->y, (first + i) / job->tile_columns,
                                   (first + i) % job->tile_columns, panel * TSN_PANEL);
}

static void
run_block (const Job *job, size_t block, size_t group, float *scratch)
{
  size_t first = block * job->block_tiles, n = MIN (job->block_tiles, job->tiles - first);
  size_t panels = job->conv->points[0].panels, channels = job->x->channels;
  float *v = scratch, *m = scratch + TSN_WINOGRAD_POINTS * n * channels;

  for (size_t i = 0; i < n; i++)
    job->kernels->winograd_input (job->x, (first + i) / job->tile_columns,
                                  (first + i) % job->tile_columns, job->activation,
                                  v + i * channels, n * channels);
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
 * @x: input map
 * @activation: applied to the input; zero padding comes after it
 * @epilogue: what to do with the result
 * @y: (out): output map of the same size
 * @scratch: tsn_winograd_scratch() floats
 */
void
tsn_winograd_forward (const TsnWinograd *conv,
                      const TsnKernels *kernels,
                      const TsnMap *x,
                      const TsnActivation *activation,
                      const TsnEpilogue *epilogue,
                      const TsnMap *y,
                      float *scratch,
                      TsnPool *pool)
{
  size_t columns = (y->width + 3) / 4, tiles = (y->height + 3) / 4 * columns;
  size_t wanted = 4 * tsn_pool_get_threads (pool), blocks;
  Job job = { conv, kernels, x, activation, epilogue, y, scratch, columns, tiles, BLOCK_TILES, 1 };

  blocks = (tiles - 1) / BLOCK_TILES + 1;
  job.block_tiles = (tiles - 1) / blocks + 1;
  job.groups = CLAMP ((wanted - 1) / blocks + 1, 1, conv->points[0].panels);
  if (blocks >= tsn_pool_get_threads (pool))
    job.groups = 1; /* the input transform would be done once a group */
  tsn_pool_for (pool, blocks * job.groups, 1, blocks_cb, &job);
}
