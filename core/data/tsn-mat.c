#include "core/data/tsn-mat.h"

#include "core/base/tsn-error.h"

#include <glib/gi18n-lib.h>

/* The largest matrix that is taken: 1 GB of values. */
#define MAX_VALUES (256u * 1024 * 1024)

/* Version 7.3 of the format goes through HDF5, which is not made for several threads. */
static GMutex matio_lock;

/* The variable of that name; without a name the first one that holds numbers. */
static matvar_t *
read_variable (const TsnMatio *matio, mat_t *mat, const char *name)
{
  matvar_t *var;

  if (name != NULL)
    return matio->read (mat, name);
  while ((var = matio->read_next (mat)) != NULL)
    {
      if (var->class_type >= MAT_C_DOUBLE && var->class_type <= MAT_C_UINT64)
        return var;
      matio->free (var);
    }
  return NULL;
}

/**
 * tsn_mat_read:
 * @path: of a MATLAB file
 * @variable: (nullable): name of a variable in it; %NULL for the first that holds numbers
 * @func: reads the variable
 * @error: set to %TSN_ERROR_IO when there is no such file or no libmatio, to %TSN_ERROR_FORMAT when
 *   it is no MATLAB file or has no such variable, and by @func
 *
 * Returns: what @func returned, or %NULL.
 */
gpointer
tsn_mat_read (const char *path, const char *variable, TsnMatFunc func, GError **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  gpointer result = NULL;
  const TsnMatio *matio;
  mat_t *mat;
  matvar_t *var;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_IO, _ ("There is no file “%s”."), path);
      return NULL;
    }
  matio = tsn_matio_get (error);
  if (matio == NULL)
    return NULL;
  locker = g_mutex_locker_new (&matio_lock);
  mat = matio->open (path, MAT_ACC_RDONLY);
  if (mat == NULL)
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                   _ ("“%s” should be a MATLAB file, but it is not."), path);
      return NULL;
    }
  var = read_variable (matio, mat, variable);
  if (var != NULL)
    result = func (var, path, error);
  else if (variable != NULL)
    g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                 /* Translators: a path, and the name of a variable. */
                 _ ("“%s” should hold a variable “%s”, but it does not."), path, variable);
  else
    g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                 _ ("“%s” should hold a variable of numbers, but it does not."), path);
  if (var != NULL)
    matio->free (var);
  matio->close (mat);
  return result;
}

#define COPY(type)                                                                                 \
  for (size_t x = 0; x < matrix->width; x++)                                                       \
    for (size_t y = 0; y < matrix->height; y++)                                                    \
      matrix->values[y * matrix->width + x] = ((const type *)var->data)[x * matrix->height + y];   \
  return TRUE

/* MATLAB stores columns one after the other. */
static gboolean
copy_values (TsnMatrix *matrix, const matvar_t *var)
{
  switch (var->class_type)
    {
    case MAT_C_DOUBLE:
      COPY (double);
    case MAT_C_SINGLE:
      COPY (float);
    case MAT_C_INT8:
      COPY (gint8);
    case MAT_C_UINT8:
      COPY (guint8);
    case MAT_C_INT16:
      COPY (gint16);
    case MAT_C_UINT16:
      COPY (guint16);
    case MAT_C_INT32:
      COPY (gint32);
    case MAT_C_UINT32:
      COPY (guint32);
    default:
      return FALSE;
    }
}

static gboolean
is_matrix (const matvar_t *var)
{
  size_t n;

  return var->rank == 2 && !var->isComplex && var->data != NULL && var->data_size > 0
         && var->dims[0] > 0 && var->dims[1] > 0 && var->dims[0] <= G_MAXINT
         && var->dims[1] <= G_MAXINT && g_size_checked_mul (&n, var->dims[0], var->dims[1])
         && n <= MAX_VALUES && var->nbytes / (guint)var->data_size >= n;
}

/**
 * tsn_matrix_from_variable:
 * @path: of the file, for messages
 * @error: set to %TSN_ERROR_FORMAT when @var is no real, full, numeric matrix
 *
 * Returns: (transfer full): its values, or %NULL.
 */
TsnMatrix *
tsn_matrix_from_variable (const matvar_t *var, const char *path, GError **error)
{
  g_autoptr (TsnMatrix) matrix = g_new0 (TsnMatrix, 1);

  if (is_matrix (var))
    {
      matrix->height = var->dims[0];
      matrix->width = var->dims[1];
      matrix->values = g_new (float, (size_t)matrix->width * matrix->height);
      if (copy_values (matrix, var))
        return g_steal_pointer (&matrix);
    }
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
               _ ("The variable “%s” of “%s” should be a matrix of numbers, but it is not."),
               var->name != NULL ? var->name : "?", path);
  return NULL;
}

static gpointer
read_matrix (const matvar_t *var, const char *path, GError **error)
{
  return tsn_matrix_from_variable (var, path, error);
}

/**
 * tsn_matrix_load:
 * @path: of a MATLAB file
 * @variable: name of a matrix in it
 * @error: as by tsn_mat_read() and tsn_matrix_from_variable()
 *
 * Returns: (transfer full): the matrix, or %NULL.
 */
TsnMatrix *
tsn_matrix_load (const char *path, const char *variable, GError **error)
{
  return tsn_mat_read (path, variable, read_matrix, error);
}

void
tsn_matrix_free (TsnMatrix *matrix)
{
  g_free (matrix->values);
  g_free (matrix);
}
