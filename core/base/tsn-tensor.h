/* Dense float32 arrays. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TSN_MAX_RANK 4

/** Alignment in bytes of every block of numbers: one cache line, one AVX-512 register. */
#define TSN_ALIGNMENT 64

/**
 * TsnTensor:
 * @data: the numbers, row-major, aligned to %TSN_ALIGNMENT
 * @rank: number of dimensions, 0 (a scalar) to %TSN_MAX_RANK
 * @dim: the dimensions, outermost first; images and feature maps are NCHW; 1 beyond @rank
 *
 * A reference-counted float32 array.  The fields are read-only to everyone; the numbers may be
 * written by whoever made the tensor until it is shared.
 */
typedef struct _TsnTensor TsnTensor;

struct _TsnTensor
{
  float *data;
  guint rank;
  size_t dim[TSN_MAX_RANK];

  /*< private >*/
  gatomicrefcount ref_count;
};

TsnTensor *tsn_tensor_new (guint rank, const size_t *dim);
TsnTensor *tsn_tensor_new_nchw (size_t n, size_t c, size_t h, size_t w);
TsnTensor *tsn_tensor_new_vector (size_t length);
TsnTensor *tsn_tensor_ref (TsnTensor *tensor);
void tsn_tensor_unref (TsnTensor *tensor);
TsnTensor *tsn_tensor_copy (const TsnTensor *tensor);

size_t tsn_tensor_length (const TsnTensor *tensor);
gboolean tsn_tensor_has_shape (const TsnTensor *tensor, guint rank, const size_t *dim);

gboolean tsn_shape_length (guint rank, const size_t *dim, size_t *length);
char *tsn_shape_to_string (guint rank, const size_t *dim);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnTensor, tsn_tensor_unref)

G_END_DECLS
