#include "core/ops/tsn-conv-winograd.h"

#include "core/ops/tsn-tiles.h"

#define POINTS TSN_WINOGRAD_POINTS

/* Output channels at a time, at most. */
#define BLOCK_CHANNELS 64

/* Panels of tiles that one thread works on at a time, and about as many floats of transformed
 * input: more read the weights less often, fewer fit the caches. */
#define MAX_PANELS 4
#define MIN_PANELS 2
#define INPUT_FLOATS (512 * 1024)

/* Rows of a panel per product: it stays in the first-level cache. */
#define DEPTH 320

/* Below these the plain product is as fast: transforms cost more per product, and there are four
 * times as many weights to be read. */
#define MIN_CHANNELS 16
#define MIN_PIXELS 64

/* A convolution without its direction: backward data is one, too. */
typedef struct
{
  size_t in;
  size_t out;
  TsnTiles tiles;
  const TsnKernels *kernels;
  const TsnTrainKernels *train;
  const float *weight;
  size_t row_step;  /* floats from the kernel of one output channel to that of the next */
  size_t lane_step; /* likewise of input channels */
  gboolean turned;
  const float *x;
  const float *bias;
  float *y;

  size_t block;   /* output channels at a time */
  size_t blocks;  /* of output channels */
  size_t lda;     /* floats from row to row of the transformed weight */
  size_t group;   /* panels at a time */
  size_t groups;  /* of panels */
  size_t splits;  /* into which the blocks of a group are split */
  float *u;       /* [blocks or threads, 36, block, lda] */
  float *threads; /* buffers of each */
} Job;

static void
plan (Job *job)
{
  job->blocks = (job->out - 1) / BLOCK_CHANNELS + 1;
  job->block = (job->out - 1) / job->blocks + 1;
  job->lda = TSN_PADDED (job->in) + TSN_SKEW;
  job->group = CLAMP (INPUT_FLOATS / (POINTS * TSN_PANEL * job->in), MIN_PANELS, MAX_PANELS);
}

/* Floats between the points of a panel of the transformed input. */
static size_t
v_plane (const Job *job)
{
  return job->in * TSN_PANEL + TSN_SKEW;
}

static size_t
m_plane (const Job *job)
{
  return job->block * TSN_PANEL + TSN_SKEW;
}

/* Floats of one block of the transformed weight. */
static size_t
u_length (const Job *job)
{
  return POINTS * job->block * job->lda;
}

static size_t
v_length (const Job *job)
{
  return job->group * POINTS * v_plane (job);
}

static size_t
thread_length (const Job *job)
{
  return v_length (job) + job->group * POINTS * m_plane (job);
}

static size_t
count_scratch (const Job *job, guint threads)
{
  return u_length (job) * MAX (job->blocks, threads) + thread_length (job) * threads;
}

/* The kernels of output channel @row and the 32 input channels from @first on. */
static void
gather_kernels (const Job *job, size_t row, size_t first, float *g)
{
  const float *from = job->weight + row * job->row_step + first * job->lane_step;
  size_t n = MIN (TSN_PANEL, job->in - first);

  for (int t = 0; t < 9; t++)
    {
      const float *tap = from + (job->turned ? 8 - t : t);

      for (size_t i = 0; i < n; i++)
        g[t * TSN_PANEL + i] = tap[i * job->lane_step];
      for (size_t i = n; i < TSN_PANEL; i++)
        g[t * TSN_PANEL + i] = 0;
    }
}

/* One block of output channels of 32 input channels. */
static void
transform_kernels (const Job *job, size_t block, size_t lane, float *u)
{
  for (size_t i = 0; i < MIN (job->block, job->out - block * job->block); i++)
    {
      float g[9 * TSN_PANEL] __attribute__ ((aligned (64)));

      gather_kernels (job, block * job->block + i, lane, g);
      job->train->tile_weight (g, u + i * job->lda + lane, job->block * job->lda);
    }
}

static void
weight_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;

  for (size_t i = first; i < last; i++)
    transform_kernels (job, i % job->blocks, i / job->blocks * TSN_PANEL,
                       job->u + i % job->blocks * u_length (job));
}

static void
transform_input (const Job *job, const TsnTilePanel *panel, float *v)
{
  size_t pixels = job->tiles.height * job->tiles.width;

  for (size_t c = 0; c < job->in; c++)
    {
      TsnTileBuffer buffer;
      TsnTileLines lines;

      tsn_tile_panel_read_patches (panel, job->x + c * pixels, job->in * pixels, &buffer, &lines);
      job->train->tile_input (&lines, v + c * TSN_PANEL, v_plane (job));
    }
}

/* M = U V of one point. */
static void
multiply (const Job *job, size_t rows, const float *u, const float *v, float *m)
{
  size_t pieces = (job->in - 1) / DEPTH + 1, depth = (job->in - 1) / pieces + 1;

  for (size_t k = 0; k < job->in; k += depth)
    job->kernels->gemm_panel (rows, MIN (depth, job->in - k), u + k, job->lda, v + k * TSN_PANEL, m,
                              TSN_PANEL, k > 0);
}

static void
write_panel (const Job *job, const TsnTilePanel *panel, size_t channel, size_t rows, const float *m)
{
  size_t pixels = job->tiles.height * job->tiles.width, step = job->out * pixels;

  for (size_t i = 0; i < rows; i++)
    {
      float *plane = job->y + (channel + i) * pixels, *lines[TSN_TILE];
      TsnTileBuffer buffer;

      tsn_tile_panel_begin_write (panel, plane, step, &buffer, lines);
      job->train->tile_output (m + i * TSN_PANEL, m_plane (job),
                               job->bias != NULL ? job->bias[channel + i] : 0, lines);
      tsn_tile_panel_end_write (panel, plane, step, &buffer);
    }
}

static void
run_block (
    const Job *job, size_t block, const TsnTilePanel *panels, size_t n, const float *u, float *v)
{
  float *m = v + v_length (job);
  size_t rows = MIN (job->block, job->out - block * job->block);

  for (size_t point = 0; point < POINTS; point++)
    for (size_t p = 0; p < n; p++)
      multiply (job, rows, u + point * job->block * job->lda,
                v + (p * POINTS + point) * v_plane (job), m + (p * POINTS + point) * m_plane (job));
  for (size_t p = 0; p < n; p++)
    write_panel (job, &panels[p], block * job->block, rows, m + p * POINTS * m_plane (job));
}

/* Some blocks of output channels of one group of panels. */
static void
run_split (const Job *job, size_t group, size_t split, guint thread)
{
  size_t tiles = tsn_tiles_count (&job->tiles), n = 0;
  float *v = job->threads + thread * thread_length (job);
  TsnTilePanel panels[MAX_PANELS];

  for (size_t first = group * job->group * TSN_PANEL; n < job->group && first < tiles;
       first += TSN_PANEL, n++)
    {
      tsn_tile_panel_init (&panels[n], &job->tiles, first);
      transform_input (job, &panels[n], v + n * POINTS * v_plane (job));
    }
  for (size_t b = split * job->blocks / job->splits; b < (split + 1) * job->blocks / job->splits;
       b++)
    {
      gboolean shared = job->groups > 1;
      float *u = job->u + (shared ? b : thread) * u_length (job);

      for (size_t lane = 0; !shared && lane < job->in; lane += TSN_PANEL)
        transform_kernels (job, b, lane, u);
      run_block (job, b, panels, n, u, v);
    }
}

static void
splits_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;

  for (size_t i = first; i < last; i++)
    run_split (job, i / job->splits, i % job->splits, thread);
}

/* A map of a single group needs each transformed weight once: it is made where it is used, and does
 * not go by way of the memory. */
static void
run (Job *job, float *scratch, TsnPool *pool)
{
  guint threads = tsn_pool_get_threads (pool);
  size_t panels = (tsn_tiles_count (&job->tiles) - 1) / TSN_PANEL + 1;

  job->kernels = tsn_kernels_get (tsn_cpu_get_isa ());
  job->train = tsn_train_kernels_get (tsn_cpu_get_isa ());
  plan (job);
  job->groups = (panels - 1) / job->group + 1;
  job->splits = CLAMP (2 * threads / job->groups, 1, job->blocks);
  job->u = scratch;
  job->threads = job->u + u_length (job) * MAX (job->blocks, threads);
  if (job->groups > 1)
    tsn_pool_for (pool, job->blocks * (TSN_PADDED (job->in) / TSN_PANEL), 1, weight_cb, job);
  tsn_pool_for (pool, job->groups * job->splits, 1, splits_cb, job);
}

/**
 * tsn_conv_winograd_suits:
 *
 * Returns: whether it is a 3x3 convolution of stride 1 that is faster this way.
 */
gboolean
tsn_conv_winograd_suits (const TsnConv *conv)
{
  return conv->kernel == 3 && conv->stride == 1
         && MIN (conv->in_channels, conv->out_channels) >= MIN_CHANNELS
         && conv->height * conv->width >= MIN_PIXELS;
}

/**
 * tsn_conv_winograd_scratch:
 * @n: N, number of images
 *
 * Returns: how many floats of scratch memory each of the passes needs with @threads threads.
 */
size_t
tsn_conv_winograd_scratch (const TsnConv *conv, size_t n, guint threads)
{
  Job forward = { .in = conv->in_channels, .out = conv->out_channels };
  Job backward = { .in = conv->out_channels, .out = conv->in_channels };

  plan (&forward);
  plan (&backward);
  return MAX (MAX (count_scratch (&forward, threads), count_scratch (&backward, threads)),
              tsn_conv_winograd_weight_scratch (conv, n, threads));
}

/**
 * tsn_conv_winograd_forward:
 * @conv: of kernel 3 and stride 1
 * @n: N, number of images
 * @x: [N, Ci, H, W]
 * @weight: [Co, Ci, 3, 3]
 * @bias: (nullable): [Co]
 * @y: (out): [N, Co, H, W]; must not overlap @x
 * @scratch: tsn_conv_winograd_scratch() floats, aligned to %TSN_ALIGNMENT
 *
 * What tsn_conv_forward() computes, but for rounding.  The numbers do not depend on the number of
 * threads.
 */
void
tsn_conv_winograd_forward (const TsnConv *conv,
                           size_t n,
                           const float *x,
                           const float *weight,
                           const float *bias,
                           float *y,
                           float *scratch,
                           TsnPool *pool)
{
  Job job = { .in = conv->in_channels,
              .out = conv->out_channels,
              .tiles = { n, conv->height, conv->width },
              .weight = weight,
              .row_step = 9 * conv->in_channels,
              .lane_step = 9,
              .x = x,
              .bias = bias,
              .y = y };

  run (&job, scratch, pool);
}

/**
 * tsn_conv_winograd_backward_data:
 * @weight: [Co, Ci, 3, 3]
 * @dy: [N, Co, H, W]
 * @dx: (out): [N, Ci, H, W]; must not overlap @dy
 * @scratch: tsn_conv_winograd_scratch() floats, aligned to %TSN_ALIGNMENT
 *
 * The gradient of the input: the convolution of @dy with the kernels turned by 180 degrees and
 * their channels exchanged.
 */
void
tsn_conv_winograd_backward_data (const TsnConv *conv,
                                 size_t n,
                                 const float *weight,
                                 const float *dy,
                                 float *dx,
                                 float *scratch,
                                 TsnPool *pool)
{
  Job job = { .in = conv->out_channels,
              .out = conv->in_channels,
              .tiles = { n, conv->height, conv->width },
              .weight = weight,
              .row_step = 9,
              .lane_step = 9 * conv->in_channels,
              .turned = TRUE,
              .x = dy,
              .y = dx };

  run (&job, scratch, pool);
}
