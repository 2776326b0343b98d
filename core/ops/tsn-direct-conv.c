#include "core/ops/tsn-direct-conv.h"

#include <string.h>

/* Patches are gathered for about this many floats of output rows at a time. */
#define STRIP_FLOATS (1024 * 1024)

/* Pixels per product: with a depth of 256 their part of a stays in the second-level cache. */
#define BLOCK_PIXELS 96

typedef struct
{
  TsnDirectConv *conv;
  const TsnConvWeights *weights;
} Packing;

static void
pack_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Packing *packing = data;
  const TsnConvWeights *weights = packing->weights;
  TsnPacked *packed = &packing->conv->weights;
  size_t taps = weights->kernel * weights->kernel, channels = packed->k / taps;

  for (size_t panel = first; panel < last; panel++)
    {
      tsn_packed_clear_panel (packed, panel);
      for (size_t c = 0; c < weights->in_channels; c++)
        for (size_t t = 0; t < taps; t++)
          tsn_conv_weights_gather (weights, panel, c, t,
                                   packed->data
                                       + (panel * packed->k + t * channels + c) * TSN_PANEL);
    }
}

/**
 * tsn_direct_conv_init:
 * @stride: of the convolution, 1 or 2
 *
 * Packs weights for maps whose channels are padded to whole panels, or are exactly 3: an image.
 */
void
tsn_direct_conv_init (TsnDirectConv *conv,
                      const TsnConvWeights *weights,
                      size_t stride,
                      TsnPool *pool)
{
  size_t channels = weights->in_channels == 3 ? 3 : TSN_PADDED (weights->in_channels);
  Packing packing = { conv, weights };

  conv->kernel = weights->kernel;
  conv->stride = stride;
  tsn_packed_init (&conv->weights, weights->kernel * weights->kernel * channels,
                   weights->out_channels);
  tsn_pool_for (pool, conv->weights.panels, 1, pack_cb, &packing);
}

static gboolean
is_pointwise (const TsnDirectConv *conv)
{
  return conv->kernel == 1 && conv->stride == 1;
}

static size_t
strip_rows (const TsnDirectConv *conv, const TsnMap *y)
{
  return CLAMP (STRIP_FLOATS / (conv->weights.k * y->width), 1, y->height);
}

/**
 * tsn_direct_conv_scratch:
 *
 * Returns: how many floats of scratch memory the forward pass needs.
 */
size_t
tsn_direct_conv_scratch (const TsnDirectConv *conv, const TsnMap *y)
{
  return is_pointwise (conv) ? 0 : strip_rows (conv, y) * y->width * conv->weights.k;
}

typedef struct
{
  const TsnDirectConv *conv;
  const TsnKernels *kernels;
  const TsnMap *x;
  const TsnEpilogue *epilogue;
  const TsnMap *y;
  float *patches;
  size_t first_pixel; /* of the strip, in y */
  size_t pixels;
  size_t groups; /* into which the panels are split */
} Job;

/* One row of a patch: the part inside the map is contiguous. */
static void
gather_row (const Job *job, gssize row, gssize left, float *patch)
{
  const TsnMap *x = job->x;
  gssize k = job->conv->kernel, width = x->width;
  gssize first = CLAMP (-left, 0, k), last = CLAMP (width - left, first, k);
  size_t channels = x->channels;

  if (row < 0 || row >= (gssize) x->height)
    first = last = k;
  memset (patch, 0, first * channels * sizeof (float));
  if (last > first)
    memcpy (patch + first * channels, x->data + (row * width + left + first) * channels,
            (last - first) * channels * sizeof (float));
  memset (patch + last * channels, 0, (k - last) * channels * sizeof (float));
}

static void
gather_patch (const Job *job, size_t pixel, float *patch)
{
  size_t k = job->conv->kernel;
  gssize top = pixel / job->y->width * job->conv->stride - k / 2;
  gssize left = pixel % job->y->width * job->conv->stride - k / 2;

  for (size_t i = 0; i < k; i++)
    gather_row (job, top + i, left, patch + i * k * job->x->channels);
}

static void
gather_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;

  for (size_t i = first; i < last; i++)
    gather_patch (job, job->first_pixel + i, job->patches + i * job->conv->weights.k);
}

static void
multiply_block (const Job *job, size_t block, size_t group)
{
  size_t k = job->conv->weights.k, panels = job->conv->weights.panels;
  size_t first = block * BLOCK_PIXELS, n = MIN (BLOCK_PIXELS, job->pixels - first);
  size_t first_panel = group * panels / job->groups;
  size_t last_panel = (group + 1) * panels / job->groups, channel = first_panel * TSN_PANEL;
  size_t at = (job->first_pixel + first) * job->y->channels;
  TsnEpilogue epilogue = *job->epilogue;

  for (size_t p = first_panel; p < last_panel; p++)
    tsn_gemm (job->kernels, &job->conv->weights, p, n, job->patches + first * k, k,
              job->y->data + at + p * TSN_PANEL, job->y->channels);
  if (epilogue.bias != NULL)
    epilogue.bias += channel;
  if (epilogue.residual != NULL)
    epilogue.residual += at + channel;
  job->kernels->finish (n, (last_panel - first_panel) * TSN_PANEL, job->y->channels, &epilogue,
                        job->y->data + at + channel);
}

static void
multiply_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;

  for (size_t i = first; i < last; i++)
    multiply_block (job, i / job->groups, i % job->groups);
}

static void
multiply_strip (Job *job, TsnPool *pool)
{
  size_t blocks = (job->pixels - 1) / BLOCK_PIXELS + 1;
  size_t wanted = 4 * tsn_pool_get_threads (pool);

  job->groups = CLAMP ((wanted - 1) / blocks + 1, 1, job->conv->weights.panels);
  tsn_pool_for (pool, blocks * job->groups, 1, multiply_cb, job);
}

/**
 * tsn_direct_conv_forward:
 * @x: input map
 * @epilogue: what to do with the result
 * @y: (out): output map, ceil(size of @x / stride)
 * @scratch: tsn_direct_conv_scratch() floats
 */
void
tsn_direct_conv_forward (const TsnDirectConv *conv,
                         const TsnKernels *kernels,
                         const TsnMap *x,
                         const TsnEpilogue *epilogue,
                         const TsnMap *y,
                         float *scratch,
                         TsnPool *pool)
{
  Job job = { .conv = conv, .kernels = kernels, .x = x, .epilogue = epilogue, .y = y };
  size_t pixels = y->height * y->width, strip = strip_rows (conv, y) * y->width;

  if (is_pointwise (conv))
    {
      job.patches = x->data;
      job.pixels = pixels;
      multiply_strip (&job, pool);
      return;
    }
  job.patches = scratch;
  for (size_t first = 0; first < pixels; first += strip)
    {
      job.first_pixel = first;
      job.pixels = MIN (strip, pixels - first);
      tsn_pool_for (pool, job.pixels, 64, gather_cb, &job);
      multiply_strip (&job, pool);
    }
}
