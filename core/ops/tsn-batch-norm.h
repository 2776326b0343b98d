/* Batch normalisation with running statistics (Ioffe and Szegedy, 2015). */
#pragma once

#include "core/base/tsn-pool.h"

G_BEGIN_DECLS

/** Epsilon of every batch norm and instance norm. */
#define TSN_NORM_EPS 1e-5f

/** How far a batch moves the running statistics, as in PyTorch. */
#define TSN_NORM_MOMENTUM 0.1f

/**
 * TsnPlaneShape:
 * @n: N
 * @channels: C
 * @pixels: of one plane
 *
 * Shape of maps [N, C, pixels] whose planes are looked at as rows of numbers.
 */
typedef struct
{
  size_t n;
  size_t channels;
  size_t pixels;
} TsnPlaneShape;

void tsn_batch_norm_fold (size_t channels,
                          const float *weight,
                          const float *bias,
                          const float *mean,
                          const float *variance,
                          float *scale,
                          float *shift);
void tsn_affine_forward (size_t n,
                         size_t channels,
                         size_t pixels,
                         const float *x,
                         const float *scale,
                         const float *shift,
                         float *y,
                         TsnPool *pool);

/**
 * TsnAffine:
 * @shape: of the maps
 * @x: [N, C, pixels]
 * @scale, @shift: [C]
 * @slope: of the activation for values below zero, in [0, 1]; 1 for no activation
 * @y: (out): [N, C, pixels]; may be @x
 */
typedef struct
{
  TsnPlaneShape shape;
  const float *x;
  const float *scale;
  const float *shift;
  float slope;
  float *y;
} TsnAffine;

void tsn_affine_activate (const TsnAffine *affine, TsnPool *pool);

void tsn_batch_norm_measure (
    const TsnPlaneShape *shape, const float *x, float *mean, float *variance, TsnPool *pool);
void tsn_batch_norm_track (const TsnPlaneShape *shape,
                           const float *mean,
                           const float *variance,
                           float *running_mean,
                           float *running_variance);

/**
 * TsnNormSlope:
 * @dweight: of the weight
 * @dbias: of the bias
 * @factor, @offset: the gradient of x, by way of its mean and variance, is factor x + offset
 *
 * Gradients of scale = weight / sqrt(variance + eps) and shift = bias - mean scale, where mean and
 * variance are those of x.
 */
typedef struct
{
  double dweight;
  double dbias;
  double factor;
  double offset;
} TsnNormSlope;

TsnNormSlope tsn_norm_slope (
    double dscale, double dshift, double weight, double mean, double variance, size_t count);

/**
 * TsnBatchNormBackward:
 * @shape: of the maps
 * @x: [N, C, pixels]
 * @mean, @variance: [C], of @x as tsn_batch_norm_measure() found them
 * @weight: [C]
 * @dy: [N, C, pixels]
 * @dx: (out): [N, C, pixels]; may be @dy
 * @dweight, @dbias: (out): [C]
 * @bias: (nullable): [C]; where @dy is the gradient after an activation, whose kink it tells
 * @slope: of that activation
 */
typedef struct
{
  TsnPlaneShape shape;
  const float *x;
  const float *mean;
  const float *variance;
  const float *weight;
  const float *dy;
  float *dx;
  float *dweight;
  float *dbias;
  const float *bias;
  float slope;
} TsnBatchNormBackward;

void tsn_batch_norm_backward (const TsnBatchNormBackward *backward, TsnPool *pool);

/**
 * TsnAffineBackward:
 * @shape: of the maps
 * @x: [N, C, pixels]
 * @scale: [C]
 * @dy: [N, C, pixels]
 * @dx: (out): [N, C, pixels], scale dy; may be @dy
 * @dscale, @dshift: (out): [C]
 */
typedef struct
{
  TsnPlaneShape shape;
  const float *x;
  const float *scale;
  const float *dy;
  float *dx;
  float *dscale;
  float *dshift;
} TsnAffineBackward;

void tsn_affine_backward (const TsnAffineBackward *backward, TsnPool *pool);

G_END_DECLS
