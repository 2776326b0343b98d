/* The inner loops of training, in the best version that the processor can run; private to core/ops.
 */
#pragma once

#include "core/ops/tsn-adam.h"
#include "core/ops/tsn-kernels.h"

G_BEGIN_DECLS

/**
 * TSN_TILE:
 *
 * Pixels of a Winograd tile's side; a row of %TSN_PANEL tiles is a line of %TSN_LINE pixels.
 */
#define TSN_TILE 4
#define TSN_LINE (TSN_TILE * TSN_PANEL)

/**
 * TsnTileLines:
 * @rows: (array fixed-size=6): the lines around a row of tiles, from one above to one below, each
 *   %TSN_LINE pixels; need not be aligned
 * @left, @right: (array fixed-size=6): the pixels before and after each line
 * @starts, @ends: (array fixed-size=32): zero where a tile begins or ends its row of the map, so
 *   that what lies beyond it is padding; all bits set elsewhere
 *
 * One channel of 32 tiles that follow each other in a map's order.
 */
typedef struct
{
  const float *rows[6];
  float left[6];
  float right[6];
  const gint32 *starts;
  const gint32 *ends;
} TsnTileLines;

/**
 * TsnRowNorm:
 * @mean, @scale, @shift: of the norm, scale (x - mean) + shift
 * @slope: of the activation where the norm is negative; 1 for no activation
 * @factor, @offset: what the gradient has besides, factor x + offset, by way of the statistics
 *
 * A norm of one channel, and the activation that follows it.
 */
typedef struct
{
  float mean;
  float scale;
  float shift;
  float slope;
  float factor;
  float offset;
} TsnRowNorm;

/**
 * TsnTrainKernels:
 * @isa: what they are written for
 * @tile_input: B^T d B of 32 patches of 6 x 6 pixels: 36 rows of 32, @plane floats apart
 * @tile_gradient: A d A^T of 32 tiles of 4 x 4 pixels, @rows being their four lines: likewise
 * @tile_output: A^T m A + @bias: 36 rows of 32 to four lines of 4 x 32 pixels
 * @tile_weight: G g G^T of 32 kernels, @g being [9, 32]: 36 rows of 32, @plane floats apart
 * @tile_weight_gradient: G^T u G: 36 rows of 32 to [9, 32]
 * @turn: y[32, 32] = the transpose of x[32, 32]; rows @ldx and @ldy floats apart
 *
 * @row_sum: the sum of @n numbers
 * @row_squares: the sum of squared differences from @mean
 * @row_activate: y = leaky(norm of x); y may be x
 * @row_slopes: sums over g (x - mean) and g, where g is dy times the slope of leaky(norm of x)
 * @row_gradient: dx = scale g + factor x + offset; dx may be dy
 * @upsample_row: one row of @width pixels to one of twice as many: pixel 2 k lies between k - 1 and
 *   k, pixel 2 k + 1 between k and k + 1, @even and @odd of the way; @x has a pixel more on either
 *   side
 * @downsample_row: its adjoint, of the sum of four rows times @weights; @buffer has 2 @width + 64
 *   floats
 * @adam: see tsn_adam_move()
 *
 * Transforms of Winograd's F(4x4, 3x3) (Lavin and Gray, CVPR 2016) on maps in NCHW, 32 tiles at a
 * time, whose panels of 32 are aligned; and norms with their activations, on rows of any length
 * and place.  Long sums are kept in double.
 */
typedef struct
{
  TsnIsa isa;
  void (*tile_input) (const TsnTileLines *lines, float *v, size_t plane);
  void (*tile_gradient) (const float *const *rows, float *v, size_t plane);
  void (*tile_output) (const float *m, size_t plane, float bias, float *const *rows);
  void (*tile_weight) (const float *g, float *u, size_t plane);
  void (*tile_weight_gradient) (const float *u, size_t plane, float *g);
  void (*turn) (const float *x, size_t ldx, float *y, size_t ldy);
  double (*row_sum) (const float *x, size_t n);
  double (*row_squares) (const float *x, size_t n, float mean);
  void (*row_activate) (const TsnRowNorm *norm, const float *x, size_t n, float *y);
  void (*row_slopes) (
      const TsnRowNorm *norm, const float *x, const float *dy, size_t n, double *sums);
  void (*upsample_row) (
      const float *x, size_t width, const float *even, const float *odd, float *y);
  void (*downsample_row) (const float *const *rows,
                          const float *weights,
                          size_t width,
                          const float *even,
                          const float *odd,
                          float *buffer,
                          float *dx);
  void (*row_gradient) (
      const TsnRowNorm *norm, const float *x, const float *dy, size_t n, float *dx);
  void (*adam) (
      const TsnAdam *adam, const float *grad, size_t n, float *value, float *first, float *second);
} TsnTrainKernels;

const TsnTrainKernels *tsn_train_kernels_get (TsnIsa isa);

/*< private >*/
extern const TsnTrainKernels tsn_train_kernels_c;
#if defined(__x86_64__)
extern const TsnTrainKernels tsn_train_kernels_avx2;
extern const TsnTrainKernels tsn_train_kernels_avx512;
#endif

G_END_DECLS
