/* The gradient of the weight: dW = G^T (sum over tiles of (B^T d B) (A dY A^T)^T) G. */
#include "core/ops/tsn-conv-winograd.h"

#include "core/ops/tsn-tiles.h"

#include <string.h>

#define POINTS TSN_WINOGRAD_POINTS

/* Rows of sums at a time. */
#define BLOCK_CHANNELS 64

/* Into as many parts the points are split, so that threads have work where there are few
 * channels. */
#define POINT_PARTS 6

/* About as many floats of transformed maps at a time: they stay in the third-level cache. */
#define ROUND_FLOATS (1024 * 1024)

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

  size_t padded; /* output channels in whole panels */
  size_t round;  /* panels of tiles at a time */
  size_t first;  /* the first panel of this round */
  size_t panels; /* of this round */
  float *v;      /* [36, in, round 32]: the transformed input */
  float *w;      /* [36, padded / 32, round 32, 32]: the transformed gradient of the output */
  float *sums;   /* [36, in, padded] */
} Job;

static void
plan (Job *job)
{
  size_t tile = POINTS * (job->in + job->out);

  job->padded = TSN_PADDED (job->out);
  job->round = CLAMP (ROUND_FLOATS / (tile * TSN_PANEL), 4, 16);
}

/* Floats from row to row of the transformed input. */
static size_t
lda (const Job *job)
{
  return job->round * TSN_PANEL + TSN_SKEW;
}

static size_t
v_plane (const Job *job)
{
  return job->in * lda (job) + TSN_SKEW;
}

static size_t
w_plane (const Job *job)
{
  return job->padded * job->round * TSN_PANEL + TSN_SKEW;
}

static size_t
sums_plane (const Job *job)
{
  return job->in * job->padded;
}

/* Floats of scratch memory. */
size_t
tsn_conv_winograd_weight_scratch (const TsnConv *conv)
{
  Job job = { .in = conv->in_channels, .out = conv->out_channels };

  plan (&job);
  return POINTS * (v_plane (&job) + w_plane (&job) + sums_plane (&job));
}

static void
input_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;
  size_t pixels = job->tiles.height * job->tiles.width;

  for (size_t p = 0; p < job->panels; p++)
    {
      TsnTilePanel panel;

      tsn_tile_panel_init (&panel, &job->tiles, (job->first + p) * TSN_PANEL);
      for (size_t c = first; c < last; c++)
        {
          TsnTileBuffer buffer;
          TsnTileLines lines;

          tsn_tile_panel_read_patches (&panel, job->x + c * pixels, job->in * pixels, &buffer,
                                       &lines);
          job->train->tile_input (&lines, job->v + c * lda (job) + p * TSN_PANEL, v_plane (job));
        }
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

static void
gradient_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;

  for (size_t i = first; i < last; i++)
    {
      size_t p = i % job->panels, group = i / job->panels;
      TsnTilePanel panel;

      tsn_tile_panel_init (&panel, &job->tiles, (job->first + p) * TSN_PANEL);
      turn_gradient (job, &panel, group * TSN_PANEL,
                     job->w + (group * job->round + p) * TSN_PANEL * TSN_PANEL);
    }
}

static size_t
count_blocks (const Job *job)
{
  return (job->in - 1) / BLOCK_CHANNELS + 1;
}

/* Adds this round's products to a block of rows of the sums of some points. */
static void
product_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;
  size_t blocks = count_blocks (job), points = POINTS / POINT_PARTS;
  size_t depth = job->panels * TSN_PANEL;

  for (size_t i = first; i < last; i++)
    {
      size_t row = i % blocks * BLOCK_CHANNELS, rows = MIN (BLOCK_CHANNELS, job->in - row);

      for (size_t p = i / blocks * points; p < (i / blocks + 1) * points; p++)
        for (size_t c = 0; c < job->padded; c += TSN_PANEL)
          job->kernels->gemm_panel (rows, depth, job->v + p * v_plane (job) + row * lda (job),
                                    lda (job),
                                    job->w + p * w_plane (job) + c * job->round * TSN_PANEL,
                                    job->sums + p * sums_plane (job) + row * job->padded + c,
                                    job->padded, job->first > 0);
    }
}

/* The kernels of 32 output channels of one input channel. */
static void
write_kernels (const Job *job, size_t channel, size_t first)
{
  float g[9 * TSN_PANEL] __attribute__ ((aligned (64)));

  job->train->tile_weight_gradient (job->sums + channel * job->padded + first, sums_plane (job), g);
  for (size_t i = 0; i < MIN (TSN_PANEL, job->out - first); i++)
    for (int t = 0; t < 9; t++)
      job->dweight[((first + i) * job->in + channel) * 9 + t] = g[t * TSN_PANEL + i];
}

static void
weight_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;

  for (size_t o = 0; o < job->out; o += TSN_PANEL)
    for (size_t c = first; c < last; c++)
      write_kernels (job, c, o);
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
  size_t all = (tsn_tiles_count (&job.tiles) - 1) / TSN_PANEL + 1;

  plan (&job);
  job.v = scratch;
  job.w = job.v + POINTS * v_plane (&job);
  job.sums = job.w + POINTS * w_plane (&job);
  for (job.first = 0; job.first < all; job.first += job.round)
    {
      job.panels = MIN (job.round, all - job.first);
      tsn_pool_for (pool, job.in, 4, input_cb, &job);
      tsn_pool_for (pool, job.padded / TSN_PANEL * job.panels, 1, gradient_cb, &job);
      tsn_pool_for (pool, count_blocks (&job) * POINT_PARTS, 1, product_cb, &job);
    }
  tsn_pool_for (pool, job.in, 8, weight_cb, &job);
}
