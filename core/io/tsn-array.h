/* Arrays of numbers from files that other programs wrote. */
#pragma once

#include "core/base/tsn-tensor.h"

G_BEGIN_DECLS

/**
 * TsnArray:
 * @rank: number of dimensions, 1 to %TSN_MAX_RANK
 * @dim: the dimensions, outermost first; 1 beyond @rank
 * @values: the numbers, row-major, whatever order and type the file has
 *
 * An array in double precision, which holds every number of up to 53 bits exactly.
 */
typedef struct
{
  guint rank;
  size_t dim[TSN_MAX_RANK];
  double *values;
} TsnArray;

TsnArray *tsn_array_new (guint rank, const size_t *dim);
TsnArray *tsn_array_load_npy (const char *path, GError **error);
void tsn_array_free (TsnArray *array);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnArray, tsn_array_free)

G_END_DECLS
