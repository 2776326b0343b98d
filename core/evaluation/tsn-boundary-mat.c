#include "core/evaluation/tsn-boundary-truth.h"

#include "core/base/tsn-error.h"
#include "core/data/tsn-mat.h"

#include <glib/gi18n-lib.h>

/* The largest map that is taken, in pixels. */
#define MAX_PIXELS (256u * 1024 * 1024)

static gboolean
is_set (const matvar_t *var, size_t i)
{
  switch (var->class_type)
    {
    case MAT_C_DOUBLE:
      return ((const double *)var->data)[i] != 0;
    case MAT_C_SINGLE:
      return ((const float *)var->data)[i] != 0;
    default:
      return ((const guint8 *)var->data)[i] != 0;
    }
}

/* Whether @var is a plain full matrix that is_set() understands, all of it read. */
static gboolean
is_matrix (const matvar_t *var)
{
  gboolean known = var != NULL
                   && (var->class_type == MAT_C_DOUBLE || var->class_type == MAT_C_SINGLE
                       || var->class_type == MAT_C_UINT8 || var->class_type == MAT_C_INT8);
  size_t n;

  if (!known || var->rank != 2 || var->isComplex || var->data == NULL)
    return FALSE;
  return var->dims[0] > 0 && var->dims[1] > 0 && var->dims[0] <= MAX_PIXELS
         && g_size_checked_mul (&n, var->dims[0], var->dims[1]) && n <= MAX_PIXELS
         && var->nbytes / (guint)MAX (var->data_size, 1) >= n;
}

/* MATLAB stores columns; a bitmap stores rows. */
static TsnBitmap *
matrix_to_bitmap (const matvar_t *var)
{
  size_t height = var->dims[0], width = var->dims[1];
  TsnBitmap *bitmap = tsn_bitmap_new (width, height);

  for (size_t x = 0; x < width; x++)
    for (size_t y = 0; y < height; y++)
      if (is_set (var, x * height + y))
        tsn_bitmap_set (bitmap, x, y);
  return bitmap;
}

/* A field of the first element of a struct, or NULL.  libmatio has a function for this, but it
 * stumbles over structs of damaged files, which lack names or fields. */
static const matvar_t *
find_field (matvar_t *cell, const char *name)
{
  char *const *names;
  guint n;

  if (cell == NULL || cell->class_type != MAT_C_STRUCT || cell->data == NULL)
    return NULL;
  n = tsn_matio_get (NULL)->count_fields (cell);
  names = tsn_matio_get (NULL)->get_field_names (cell);
  if (names == NULL || cell->nbytes / sizeof (matvar_t *) < n)
    return NULL;
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return ((matvar_t **)cell->data)[i];
  return NULL;
}

static TsnBitmap *
read_annotator (const char *path, matvar_t *cell, guint annotator, GError **error)
{
  const matvar_t *field = find_field (cell, "Boundaries");

  if (!is_matrix (field))
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                   _ ("'%s' should hold cells with a field 'Boundaries', a full real matrix, but "
                      "annotator %u of it does not."),
                   path, annotator);
      return NULL;
    }
  return matrix_to_bitmap (field);
}

static TsnBoundaryTruth *
read_cells (const char *path, const matvar_t *cells, guint n, GError **error)
{
  g_autoptr (GPtrArray) maps = g_ptr_array_new_with_free_func ((GDestroyNotify)tsn_bitmap_free);

  for (guint i = 0; i < n; i++)
    {
      TsnBitmap *map = read_annotator (path, tsn_matio_get (NULL)->get_cell ((matvar_t *) cells, i), i + 1, error);
      const TsnBitmap *first;

      if (map == NULL)
        return NULL;
      g_ptr_array_add (maps, map);
      first = g_ptr_array_index (maps, 0);
      if (map->width != first->width || map->height != first->height)
        {
          g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                       _ ("'%s' should hold maps of one size, but annotator %u of it does not."),
                       path, i + 1);
          return NULL;
        }
    }
  return tsn_boundary_truth_new ((TsnBitmap **)g_ptr_array_steal (maps, NULL), n);
}

static guint
count_cells (const matvar_t *var)
{
  guint n = 1;

  if (var == NULL || var->class_type != MAT_C_CELL || var->data == NULL)
    return 0;
  for (int i = 0; i < var->rank; i++)
    if (var->dims[i] > 1000 || (n *= var->dims[i]) > 1000)
      return 0;
  return var->nbytes / sizeof (matvar_t *) >= n ? n : 0;
}

static gpointer
read_truth (const matvar_t *var, const char *path, GError **error)
{
  guint n = count_cells (var);

  if (n > 0)
    return read_cells (path, var, n, error);
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
               _ ("'%s' should hold a cell array 'groundTruth', but it does not."), path);
  return NULL;
}

/**
 * tsn_boundary_truth_load_mat:
 * @path: of a file of BSDS500: a cell array groundTruth whose structs have a matrix Boundaries
 * @error: set to %TSN_ERROR_IO when it cannot be read, to %TSN_ERROR_FORMAT when it holds
 *   something else
 *
 * Returns: (transfer full): the ground truth, or %NULL.
 */
TsnBoundaryTruth *
tsn_boundary_truth_load_mat (const char *path, GError **error)
{
  return tsn_mat_read (path, "groundTruth", read_truth, error);
}
