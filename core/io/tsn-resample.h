/* Resampling of pictures with a triangle filter. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnResampleAxis:
 * @n_out: number of output positions
 * @taps: room for weights per output position
 * @first: (array length=n_out): the first input that an output draws on
 * @count: (array length=n_out): how many inputs it draws on, at most @taps
 * @weights: (array): @n_out rows of @taps weights; those of one output sum to 1
 *
 * How one axis of a picture is resampled.
 */
typedef struct
{
  guint n_out;
  guint taps;
  guint *first;
  guint *count;
  float *weights;
} TsnResampleAxis;

TsnResampleAxis *tsn_resample_axis_new (guint n_in, guint n_out);
void tsn_resample_axis_free (TsnResampleAxis *axis);

void tsn_resample_rgb (
    const guint8 *pixels, guint width, guint height, guint out_width, guint out_height, float *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnResampleAxis, tsn_resample_axis_free)

G_END_DECLS
