#include "core/evaluation/tsn-prediction-mat.h"

#include "core/base/tsn-error.h"
#include "core/data/tsn-mat.h"

/* The largest array that is taken: 2 GB of doubles. */
#define MAX_VALUES (256u * 1024 * 1024)

static gboolean
has_numbers (const matvar_t *var, size_t *length)
{
  *length = 1;
  if (var->rank < 2 || var->rank > TSN_MAX_RANK || var->isComplex || var->data == NULL
      || var->data_size <= 0)
    return FALSE;
  for (int i = 0; i < var->rank; i++)
    if (var->dims[i] == 0 || !g_size_checked_mul (length, *length, var->dims[i])
        || *length > MAX_VALUES)
      return FALSE;
  return var->nbytes / (guint) var->data_size >= *length;
}

#define READ(type) ((const type *) var->data)[i]

static double
read_number (const matvar_t *var, size_t i)
{
  switch (var->class_type)
    {
    case MAT_C_DOUBLE:
      return READ (double);
    case MAT_C_SINGLE:
      return READ (float);
    case MAT_C_INT8:
      return READ (gint8);
    case MAT_C_UINT8:
      return READ (guint8);
    case MAT_C_INT16:
      return READ (gint16);
    case MAT_C_UINT16:
      return READ (guint16);
    case MAT_C_INT32:
      return READ (gint32);
    case MAT_C_UINT32:
      return READ (guint32);
    case MAT_C_INT64:
      return READ (gint64);
    default:
      return READ (guint64);
    }
}

/* Where the i-th number in rows lies in a file that stores the first dimension innermost. */
static size_t
place_in_columns (const matvar_t *var, size_t i)
{
  size_t place = 0;

  for (int d = var->rank - 1; d >= 0; i /= var->dims[d], d--)
    {
      size_t stride = 1;

      for (int e = 0; e < d; e++)
        stride *= var->dims[e];
      place += i % var->dims[d] * stride;
    }
  return place;
}

static gpointer
read_array (const matvar_t *var, const char *path, GError **error)
{
  size_t dim[TSN_MAX_RANK];
  TsnArray *array;
  size_t length;

  if (!has_numbers (var, &length))
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                   "The variable '%s' of '%s' should be a full array of real numbers in up to %u "
                   "dimensions, but it is not",
                   var->name != NULL ? var->name : "?", path, TSN_MAX_RANK);
      return NULL;
    }
  for (int i = 0; i < var->rank; i++)
    dim[i] = var->dims[i];
  array = tsn_array_new (var->rank, dim);
  for (size_t i = 0; i < length; i++)
    array->values[i] = read_number (var, place_in_columns (var, i));
  return array;
}

/**
 * tsn_array_load_mat:
 * @path: of a MATLAB file
 * @error: as by tsn_mat_read(); %TSN_ERROR_FORMAT when the array is complex, sparse, empty, too
 *   large or has more than four dimensions
 *
 * Returns: (transfer full) (nullable): the first array of numbers in it.
 */
TsnArray *
tsn_array_load_mat (const char *path, GError **error)
{
  return tsn_mat_read (path, NULL, read_array, error);
}
