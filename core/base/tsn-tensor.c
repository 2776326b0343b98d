#include "core/base/tsn-tensor.h"

#include "core/base/tsn-arena.h"

#include <string.h>

/**
 * tsn_shape_length:
 * @length: (out): the product of the dimensions
 *
 * Multiplies dimensions that may come from a file.
 *
 * Returns: %FALSE if the number of elements, or of their bytes as float32, overflows.
 */
gboolean
tsn_shape_length (guint rank, const size_t *dim, size_t *length)
{
  size_t n = 1, bytes;

  for (guint i = 0; i < rank; i++)
    if (__builtin_mul_overflow (n, dim[i], &n))
      return FALSE;
  if (__builtin_mul_overflow (n, sizeof (float), &bytes) || bytes > G_MAXSSIZE)
    return FALSE;
  *length = n;
  return TRUE;
}

/**
 * tsn_shape_to_string:
 *
 * Returns: (transfer full): the shape as people write it, "64 x 3 x 7 x 7"; "scalar" for rank 0.
 */
char *
tsn_shape_to_string (guint rank, const size_t *dim)
{
  GString *text = g_string_new (rank == 0 ? "scalar" : NULL);

  for (guint i = 0; i < rank; i++)
    g_string_append_printf (text, "%s%zu", i == 0 ? "" : " x ", dim[i]);
  return g_string_free (text, FALSE);
}

/**
 * tsn_tensor_new:
 *
 * Returns: (transfer full): a tensor of zeros.
 */
TsnTensor *
tsn_tensor_new (guint rank, const size_t *dim)
{
  TsnTensor *tensor;
  size_t length = 0;

  g_return_val_if_fail (rank <= TSN_MAX_RANK, NULL);
  g_return_val_if_fail (tsn_shape_length (rank, dim, &length), NULL);

  tensor = g_new (TsnTensor, 1);
  tensor->rank = rank;
  for (guint i = 0; i < TSN_MAX_RANK; i++)
    tensor->dim[i] = i < rank ? dim[i] : 1;
  tensor->data = tsn_aligned_alloc0 (length * sizeof (float));
  g_atomic_ref_count_init (&tensor->ref_count);
  return tensor;
}

TsnTensor *
tsn_tensor_new_nchw (size_t n, size_t c, size_t h, size_t w)
{
  return tsn_tensor_new (4, (const size_t[]){ n, c, h, w });
}

TsnTensor *
tsn_tensor_new_vector (size_t length)
{
  return tsn_tensor_new (1, &length);
}

TsnTensor *
tsn_tensor_ref (TsnTensor *tensor)
{
  g_atomic_ref_count_inc (&tensor->ref_count);
  return tensor;
}

void
tsn_tensor_unref (TsnTensor *tensor)
{
  if (g_atomic_ref_count_dec (&tensor->ref_count))
    {
      tsn_aligned_free (tensor->data);
      g_free (tensor);
    }
}

/**
 * tsn_tensor_copy:
 *
 * Returns: (transfer full): a tensor of the same shape with numbers of its own.
 */
TsnTensor *
tsn_tensor_copy (const TsnTensor *tensor)
{
  TsnTensor *copy = tsn_tensor_new (tensor->rank, tensor->dim);

  memcpy (copy->data, tensor->data, tsn_tensor_length (tensor) * sizeof (float));
  return copy;
}

size_t
tsn_tensor_length (const TsnTensor *tensor)
{
  size_t length = 1;

  for (guint i = 0; i < tensor->rank; i++)
    length *= tensor->dim[i];
  return length;
}

gboolean
tsn_tensor_has_shape (const TsnTensor *tensor, guint rank, const size_t *dim)
{
  if (tensor->rank != rank)
    return FALSE;
  for (guint i = 0; i < rank; i++)
    if (tensor->dim[i] != dim[i])
      return FALSE;
  return TRUE;
}
