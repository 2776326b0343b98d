/* The gradient of the weight: dW = G^T (sum over tiles of (B^T d B) (A dY A^T)^T) G. */
#include "core/ops/tsn-conv-winograd.h"

#include "core/ops/tsn-tiles.h"

#include <string.h>

#define POINTS TSN_WINOGRAD_POINTS

/* Panels of tiles that are transformed at a time. */
#define ROUND_PANELS 4

/* Tiles are summed in chunks of about as many panels, but all chunks together keep at most as many
 * floats of sums. */
#define CHUNK_PANELS 8
#define MAX_CHUNKS 16
#define SUMS_FLOATS (5 * 1024 * 1024)

/* Where there is but one chunk, input channels are split into blocks, for threads to share. */
#define BLOCK_CHANNELS 64
#define MAX_BLOCKS 6
#define WIDEST_BLOCK 160

typedef struct
{
  size_t in;
  size_t out;
  TsnTiles tiles;
  const TsnKernels *kernels;
  const TsnTrainKernels *train;
  const float *x;
  const float *dy;
  float *dweight;

  size_t padded;  /* output channels in whole panels */
  size_t block;   /* input channels at a time */
  size_t blocks;  /* of input channels */
  size_t panels;  /* of tiles, in all */
  size_t chunks;  /* of panels */
  float *sums;    /* [chunks, blocks or threads, 36, block, padded] */
  float *threads; /* buffers of each */
} Job;

/* Depends on the shapes alone: the numbers must not depend on the number of threads. */
static void
plan (Job *job)
{
  size_t most;

  job->padded = TSN_PADDED (job->out);
  job->panels = (tsn_tiles_count (&job->tiles) - 1) / TSN_PANEL + 1;
  most = CLAMP (SUMS_FLOATS / (POINTS * job->in * job->padded), 1, MAX_CHUNKS);
  job->chunks = CLAMP (job->panels / CHUNK_PANELS, 1, most);
  job->blocks = (job->in - 1) / WIDEST_BLOCK + 1;
  if (job->chunks == 1)
    job->blocks = MAX (job->blocks, CLAMP (job->in / BLOCK_CHANNELS, 1, MAX_BLOCKS));
  job->block = (job->in - 1) / job->blocks + 1;
  job->blocks = (job->in - 1) / job->block + 1;
}

/* Floats from row to row of the transformed input. */
static size_t
lda (void)
{
  return ROUND_PANELS * TSN_PANEL + TSN_SKEW;
}

/* Of the transformed input: [36, block, lda]. */
static size_t
v_plane (const Job *job)
{
  return job->block * lda () + TSN_SKEW;
}

/* Of the transformed gradient of the output: [36, padded / 32, ROUND_PANELS 32, 32]. */
static size_t
w_plane (const Job *job)
{
  return job->padded * ROUND_PANELS * TSN_PANEL + TSN_SKEW;
}

static size_t
sums_plane (const Job *job)
{
  return job->block * job->padded;
}

static size_t
sums_length (const Job *job)
{
  return POINTS * sums_plane (job);
}

static size_t
thread_length (const Job *job)
{
  return POINTS * (v_plane (job) + w_plane (job));
}

/* Where there is but one chunk, its sums are used as soon as they are there. */
static size_t
count_sums (const Job *job, guint threads)
{
  return job->chunks > 1 ? job->chunks * job->blocks : threads;
}

/* Floats of scratch memory. */
size_t
tsn_conv_winograd_weight_scratch (const TsnConv *conv, size_t n, guint threads)
{
  Job job = { .in = conv->in_channels,
              .out = conv->out_channels,
              .tiles = { n, conv->height, conv->width } };

  plan (&job);
  return count_sums (&job, threads) * sums_length (&job) + threads * thread_length (&job);
}

/* One panel of one block of input channels. */
static void
transform_input (const Job *job, const TsnTilePanel *panel, size_t channel, size_t n, float *v)
{
  size_t pixels = job->tiles.height * job->tiles.width;

  for (size_t c = 0; c < n; c++)
    {
      TsnTileBuffer buffer;
      TsnTileLines lines;

      tsn_tile_panel_read_patches (panel, job->x + (channel + c) * pixels, job->in * pixels,
                                   &buffer, &lines);
      job->train->tile_input (&lines, v + c * lda (), v_plane (job));
    }
}

/* 32 output channels of one panel of tiles, turned: products run along tiles. */
static void
turn_gradient (const Job *job, const TsnTilePanel *panel, size_t channel, float *w)
{
  size_t pixels = job->tiles.height * job->tiles.width, n = MIN (TSN_PANEL, job->out - channel);
  float planes[POINTS][TSN_PANEL * TSN_PANEL + TSN_SKEW] __attribute__ ((aligned (64)));
  TsnTileBuffer buffer;
  const float *rows[TSN_TILE];

  if (n < TSN_PANEL)
    memset (planes, 0, sizeof planes);
  for (size_t c = 0; c < n; c++)
    {
      tsn_tile_panel_read (panel, job->dy + (channel + c) * pixels, job->out * pixels, &buffer,
                           rows);
      job->train->tile_gradient (rows, planes[0] + c * TSN_PANEL, TSN_PANEL * TSN_PANEL + TSN_SKEW);
    }
  for (int i = 0; i < POINTS; i++)
    job->train->turn (planes[i], TSN_PANEL, w + i * w_plane (job), TSN_PANEL);
}

/* Transforms up to ROUND_PANELS panels of tiles, and returns how many tiles to sum over. */
static size_t
transform_round (
    const Job *job, size_t first, size_t last, size_t channel, size_t rows, float *v, float *w)
{
  for (size_t p = 0; p < last - first; p++)
    {
      TsnTilePanel panel;

      tsn_tile_panel_init (&panel, &job->tiles, (first + p) * TSN_PANEL);
      transform_input (job, &panel, channel, rows, v + p * TSN_PANEL);
      for (size_t c = 0; c < job->padded; c += TSN_PANEL)
        turn_gradient (job, &panel, c, w + (c * ROUND_PANELS + p * TSN_PANEL) * TSN_PANEL);
    }
  return (last - first) * TSN_PANEL;
}

/* The sums of one block of input channels over one chunk of tiles. */
static void
sum_chunk (const Job *job, size_t chunk, size_t block, float *v, float *sums)
{
  float *w = v + POINTS * v_plane (job);
  size_t begin = chunk * job->panels / job->chunks;
  size_t end = (chunk + 1) * job->panels / job->chunks;
  size_t channel = block * job->block, rows = MIN (job->block, job->in - channel);

  for (size_t first = begin; first < end; first += ROUND_PANELS)
    {
      size_t depth
          = transform_round (job, first, MIN (first + ROUND_PANELS, end), channel, rows, v, w);

      for (size_t p = 0; p < POINTS; p++)
        for (size_t c = 0; c < job->padded; c += TSN_PANEL)
          job->kernels->gemm_panel (rows, depth, v + p * v_plane (job), lda (),
                                    w + p * w_plane (job) + c * ROUND_PANELS * TSN_PANEL,
                                    sums + p * sums_plane (job) + c, job->padded, first > begin);
    }
}

/* Adds the chunks up in their order: 36 points of 32 output channels of one input channel. */
static void
add_chunks (const Job *job, const float *sums, float *u)
{
  for (size_t p = 0; p < POINTS; p++)
    memcpy (u + p * TSN_PANEL, sums + p * sums_plane (job), TSN_PANEL * sizeof (float));
  for (size_t chunk = 1; chunk < job->chunks; chunk++)
    for (size_t p = 0; p < POINTS; p++)
      {
        const float *more = sums + chunk * job->blocks * sums_length (job) + p * sums_plane (job);

        for (size_t i = 0; i < TSN_PANEL; i++)
          u[p * TSN_PANEL + i] += more[i];
      }
}

/* The kernels of input channels [first, last) of a block. */
static void
write_kernels (const Job *job, size_t block, size_t first, size_t last, const float *sums)
{
  float u[POINTS * TSN_PANEL] __attribute__ ((aligned (64)));
  float g[9 * TSN_PANEL] __attribute__ ((aligned (64)));

  for (size_t o = 0; o < job->out; o += TSN_PANEL)
    for (size_t c = first; c < last; c++)
      {
        float *dweight = job->dweight + (o * job->in + block * job->block + c) * 9;

        add_chunks (job, sums + c * job->padded + o, u);
        job->train->tile_weight_gradient (u, TSN_PANEL, g);
        for (size_t i = 0; i < MIN (TSN_PANEL, job->out - o); i++)
          for (int t = 0; t < 9; t++)
            dweight[i * job->in * 9 + t] = g[t * TSN_PANEL + i];
      }
}

static void
sum_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;

  for (size_t i = first; i < last; i++)
    {
      size_t block = i % job->blocks;
      float *sums = job->sums + (job->chunks > 1 ? i : thread) * sums_length (job);

      sum_chunk (job, i / job->blocks, block, job->threads + thread * thread_length (job), sums);
      if (job->chunks == 1)
        write_kernels (job, block, 0, MIN (job->block, job->in - block * job->block), sums);
    }
}

static void
write_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;

  for (size_t c = first; c < last; c++)
    {
      size_t block = c / job->block, row = c % job->block;

      write_kernels (job, block, row, row + 1, job->sums + block * sums_length (job));
    }
}

/**
 * tsn_conv_winograd_backward_weight:
 * @x: [N, Ci, H, W]
 * @dy: [N, Co, H, W]
 * @dweight: (out): [Co, Ci, 3, 3]
 * @scratch: tsn_conv_winograd_scratch() floats, aligned to %TSN_ALIGNMENT
 *
 * The gradient of the weight, summed over images.  Tiles are summed in one order, whatever the
 * number of threads.
 */
void
tsn_conv_winograd_backward_weight (const TsnConv *conv,
                                   size_t n,
                                   const float *x,
                                   const float *dy,
                                   float *dweight,
                                   float *scratch,
                                   TsnPool *pool)
{
  Job job = { .in = conv->in_channels,
              .out = conv->out_channels,
              .tiles = { n, conv->height, conv->width },
              .kernels = tsn_kernels_get (tsn_cpu_get_isa ()),
              .train = tsn_train_kernels_get (tsn_cpu_get_isa ()),
              .x = x,
              .dy = dy,
              .dweight = dweight };

  plan (&job);
  job.sums = scratch;
  job.threads = job.sums + count_sums (&job, tsn_pool_get_threads (pool)) * sums_length (&job);
  tsn_pool_for (pool, job.chunks * job.blocks, 1, sum_cb, &job);
  if (job.chunks > 1)
    tsn_pool_for (pool, job.in, 8, write_cb, &job);
}
