/* The inner loops of the fast path, in the best version that the processor can run. */
#pragma once

#include "core/base/tsn-cpu.h"

G_BEGIN_DECLS

/**
 * TSN_PANEL:
 *
 * The fast path keeps maps channels-last, [H, W, C'], with C' the channels rounded up to this
 * multiple and the extra channels zero: then every inner loop runs over whole vectors and an
 * instance norm, an upsampling or a Winograd transform works on many channels at a time.  Packed
 * weights come in panels of as many output channels.
 */
#define TSN_PANEL 32

/** Channels rounded up to whole panels. */
#define TSN_PADDED(channels) (((size_t) (channels) + TSN_PANEL - 1) / TSN_PANEL * TSN_PANEL)

/**
 * TSN_SKEW:
 *
 * Floats added to the distance between rows that are walked in parallel.  Without them many such
 * distances are multiples of 4 KiB, and all rows compete for one set of the first-level cache.
 */
#define TSN_SKEW 16

/** Points of a Winograd tile of @size x @size outputs of a 3x3 kernel in the transformed domain. */
#define TSN_TILE_POINTS(size) (((size) + 2) * ((size) + 2))

/** The same for F(4x4, 3x3). */
#define TSN_WINOGRAD_POINTS TSN_TILE_POINTS (4)

/**
 * TsnActivation:
 * @scale: (nullable) (array): per channel; %NULL for no change at all
 * @shift: (array): per channel
 * @slope: for values below zero, in [0, 1]
 *
 * y = leaky(scale x + shift): a conditional norm whose statistics are known, and its activation.
 */
typedef struct
{
  const float *scale;
  const float *shift;
  float slope;
} TsnActivation;

/**
 * TsnMap:
 * @data: [height, width, channels], channels-last
 * @height, @width: in pixels
 * @channels: padded
 */
typedef struct
{
  float *data;
  size_t height;
  size_t width;
  size_t channels;
} TsnMap;

/**
 * TsnTile:
 * @map: the map that it is a part of
 * @size: pixels a side: 4 or 6
 * @row, @column: its place among the map's tiles; those at the map's end may reach beyond it
 *
 * What Winograd's algorithm works on at a time.
 */
typedef struct
{
  const TsnMap *map;
  size_t size;
  size_t row;
  size_t column;
} TsnTile;

/**
 * TsnEpilogue:
 * @bias: (nullable): per channel, added
 * @residual: (nullable): a map of the output's shape, added
 * @relu: whether negative results become zero
 *
 * What happens to a convolution's result as it is written.
 */
typedef struct
{
  const float *bias;
  const float *residual;
  gboolean relu;
} TsnEpilogue;

/**
 * TsnProjection:
 * @outputs: k
 * @weights: [k, channels]
 * @bias: [k]
 *
 * A 1x1 convolution to few channels.
 */
typedef struct
{
  size_t outputs;
  const float *weights;
  const float *bias;
} TsnProjection;

/** Weights with which one upsampled position reads the small positions around it, for three taps.
 */
#define TSN_UPSAMPLE_WEIGHTS 7

/**
 * TsnUpsampleRows:
 * @rows: (array fixed-size=3): products of the small rows above, at and below small row k:
 *   [9, width, %TSN_PANEL] each, tap ky 3 + kx; their weights are zero where there is no such row
 * @tap_stride: floats between taps
 * @width: of the small map
 * @row_weights: [2, 7] for output rows 2 k and 2 k + 1, see tsn_upsample_weights()
 * @column_weights: [width, 2, 7] for output columns 2 i and 2 i + 1 of every small column i
 * @y: (inout) (array fixed-size=2): first of the two rows' pixels, %TSN_PANEL channels each
 * @stride: floats between the pixels of @y
 * @add: whether to add to @y; otherwise it is overwritten
 * @sums: (inout): [2, %TSN_PANEL] sums and sums of squares of the result, added to
 *
 * Two output rows of an upsampling folded into a 3x3 convolution.
 */
typedef struct
{
  const float *rows[3];
  size_t tap_stride;
  size_t width;
  const float *row_weights;
  const float *column_weights;
  float *y[2];
  size_t stride;
  gboolean add;
  float *sums;
} TsnUpsampleRows;

/**
 * TsnKernels:
 * @isa: what they are written for
 * @gemm_panel: c[m, 32] (+)= a[m, k] b[k, 32], b packed; rows of a and c @lda and @ldc apart
 * @affine: y[pixels, channels] = activation of x; y may be x
 * @statistics: adds the sums [0, channels) and sums of squares [channels, 2 channels)
 * @finish: applies an epilogue in place to @pixels pixels of @channels channels, @stride apart;
 *   the residual has the same stride
 * @winograd_input: transforms a tile and the pixels around it after an activation, zero outside the
 *   map, to a row of channels for each of its points, @plane floats apart
 * @winograd_output: transforms a row of %TSN_PANEL channels for each point, @plane floats apart, to
 *   the pixels of a tile inside the map, from channel @channel on, with the epilogue
 * @project: y[k], planes @plane floats apart, = weights[k, channels] activation(x) + bias[k] for
 *   @pixels pixels: a head with few outputs
 * @upsample_rows: see #TsnUpsampleRows
 * @max_pool_row: one output row of a 3x3 stride-2 padding-1 max pool
 *
 * One struct of function pointers per instruction set; see tsn-kernels-body.h.
 */
typedef struct
{
  TsnIsa isa;
  void (*gemm_panel) (size_t m,
                      size_t k,
                      const float *a,
                      size_t lda,
                      const float *b,
                      float *c,
                      size_t ldc,
                      gboolean accumulate);
  void (*affine) (
      size_t pixels, size_t channels, const float *x, const TsnActivation *activation, float *y);
  void (*statistics) (size_t pixels, size_t channels, const float *x, float *sums);
  void (*finish) (
      size_t pixels, size_t channels, size_t stride, const TsnEpilogue *epilogue, float *y);
  void (*winograd_input) (const TsnTile *tile,
                          const TsnActivation *activation,
                          float *v,
                          size_t plane);
  void (*winograd_output) (const float *m,
                           size_t plane,
                           const TsnEpilogue *epilogue,
                           const TsnTile *tile,
                           size_t channel);
  void (*project) (size_t pixels,
                   size_t channels,
                   const float *x,
                   const TsnActivation *activation,
                   const TsnProjection *projection,
                   float *y,
                   size_t plane);
  void (*upsample_rows) (const TsnUpsampleRows *rows);
  void (*max_pool_row) (const TsnMap *x, size_t row, float *y);
} TsnKernels;

const TsnKernels *tsn_kernels_get (TsnIsa isa);

/*< private >*/
extern const TsnKernels tsn_kernels_c;
#if defined(__x86_64__)
extern const TsnKernels tsn_kernels_avx2;
extern const TsnKernels tsn_kernels_avx512;
#endif

G_END_DECLS
