/* Matrices from MATLAB files, through libmatio. */
#pragma once

#include "core/data/tsn-matio.h"

G_BEGIN_DECLS

/**
 * TsnMatrix:
 * @width: columns, at least 1
 * @height: rows, at least 1
 * @values: @height rows of @width values
 *
 * A matrix of any numeric class, turned from MATLAB's order of columns into rows.
 */
typedef struct
{
  guint width;
  guint height;
  float *values;
} TsnMatrix;

TsnMatrix *tsn_matrix_load (const char *path, const char *variable, GError **error);
TsnMatrix *tsn_matrix_from_variable (const matvar_t *variable, const char *path, GError **error);
void tsn_matrix_free (TsnMatrix *matrix);

/**
 * TsnMatFunc:
 * @variable: the variable that was asked for
 * @path: of its file, for messages
 *
 * Reads what it needs from @variable, which is freed afterwards.
 *
 * Returns: (transfer full): what it made, or %NULL with @error set.
 */
typedef gpointer (*TsnMatFunc) (const matvar_t *variable, const char *path, GError **error);

gpointer tsn_mat_read (const char *path, const char *variable, TsnMatFunc func, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnMatrix, tsn_matrix_free)

G_END_DECLS
