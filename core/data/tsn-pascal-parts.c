#include "core/data/tsn-pascal-parts.h"

#include "core/base/tsn-error.h"
#include "core/data/tsn-batch.h"
#include "core/data/tsn-mat.h"

#include <glib/gi18n-lib.h>

/* The class index of people in PASCAL VOC. */
#define PERSON 15

/* Most objects and parts that an annotation may have, against sizes that are nonsense. */
#define MAX_ELEMENTS 10000

/* The 24 parts of a person in PASCAL-Part, folded to six; 0 is the background. */
static const struct
{
  const char *name;
  guint8 part;
} folding[] = {
  { "head", 1 },   { "leye", 1 },  { "reye", 1 },  { "lear", 1 },  { "rear", 1 },  { "lebrow", 1 },
  { "rebrow", 1 }, { "nose", 1 },  { "mouth", 1 }, { "hair", 1 },  { "torso", 2 }, { "neck", 2 },
  { "luarm", 3 },  { "ruarm", 3 }, { "llarm", 4 }, { "rlarm", 4 }, { "lhand", 4 }, { "rhand", 4 },
  { "luleg", 5 },  { "ruleg", 5 }, { "llleg", 6 }, { "rlleg", 6 }, { "lfoot", 6 }, { "rfoot", 6 },
};

/* The parts of the people met so far; @values is %NULL until the first mask tells the size. */
typedef struct
{
  const char *path;
  TsnLabel label;
} Parts;

static gboolean
fail (const char *path, const char *what, GError **error)
{
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
               /* Translators: a path, and what is wrong, as "it has no objects". */
               _ ("The annotation “anno” of “%s” should be as PASCAL-Part has it, but %s."), path,
               what);
  return FALSE;
}

static guint
count_elements (const matvar_t *var)
{
  guint n = 1;

  if (var == NULL || var->class_type != MAT_C_STRUCT || var->data == NULL)
    return 0;
  for (int i = 0; i < var->rank; i++)
    if (var->dims[i] > MAX_ELEMENTS || (n *= var->dims[i]) > MAX_ELEMENTS)
      return 0;
  return n;
}

static matvar_t *
get_field (const matvar_t *var, const char *name, guint index)
{
  return tsn_matio_get (NULL)->get_field (var, name, index);
}

/* Characters come in one or two bytes each, as the file has them. */
static char *
read_text (const matvar_t *var)
{
  size_t size, n;
  char *text;

  if (var == NULL || var->class_type != MAT_C_CHAR || var->data == NULL || var->data_size <= 0)
    return NULL;
  size = var->data_size;
  n = MIN (var->nbytes / size, 64);
  text = g_malloc0 (n + 1);
  for (size_t i = 0; i < n; i++)
    text[i] =
        ((const char *)var->data)[G_BYTE_ORDER == G_LITTLE_ENDIAN ? i * size : (i + 1) * size - 1];
  return text;
}

static guint8
fold_part (const matvar_t *var)
{
  g_autofree char *name = read_text (var);

  for (guint i = 0; i < G_N_ELEMENTS (folding); i++)
    if (g_strcmp0 (name, folding[i].name) == 0)
      return folding[i].part;
  return 0;
}

static gboolean
paint_part (Parts *parts, const matvar_t *list, guint index, GError **error)
{
  const matvar_t *mask = get_field (list, "mask", index);
  guint8 part = fold_part (get_field (list, "part_name", index));
  g_autoptr (TsnMatrix) matrix = NULL;
  TsnLabel *label = &parts->label;
  size_t n;

  if (part == 0 || mask == NULL)
    return fail (parts->path, _ ("a part of a person has no mask or an unknown name"), error);
  matrix = tsn_matrix_from_variable (mask, parts->path, error);
  if (matrix == NULL)
    return FALSE;
  n = (size_t)matrix->width * matrix->height;
  if (label->values == NULL)
    *label = (TsnLabel){ matrix->width, matrix->height, 8, g_new0 (guint16, n) };
  if (matrix->width != label->width || matrix->height != label->height)
    return fail (parts->path, _ ("its masks differ in size"), error);
  for (size_t i = 0; i < n; i++)
    if (matrix->values[i] != 0)
      label->values[i] = part;
  return TRUE;
}

static gboolean
is_person (const matvar_t *objects, guint index, const char *path)
{
  const matvar_t *class = get_field (objects, "class_ind", index);
  g_autoptr (TsnMatrix) value = NULL;

  if (class == NULL)
    return FALSE;
  value = tsn_matrix_from_variable (class, path, NULL);
  return value != NULL && value->values[0] == PERSON;
}

static gboolean
paint_people (Parts *parts, const matvar_t *objects, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      const matvar_t *list = get_field (objects, "parts", i);
      guint n_parts = count_elements (list);

      if (!is_person (objects, i, parts->path))
        continue;
      for (guint j = 0; j < n_parts; j++)
        if (!paint_part (parts, list, j, error))
          return FALSE;
    }
  return TRUE;
}

/* The size of a picture without people: that of any object's mask. */
static gboolean
ignore_all (Parts *parts, const matvar_t *objects, GError **error)
{
  const matvar_t *mask = get_field (objects, "mask", 0);
  g_autoptr (TsnMatrix) matrix = NULL;
  size_t n;

  if (mask == NULL)
    return fail (parts->path, _ ("its first object has no mask"), error);
  matrix = tsn_matrix_from_variable (mask, parts->path, error);
  if (matrix == NULL)
    return FALSE;
  n = (size_t)matrix->width * matrix->height;
  parts->label = (TsnLabel){ matrix->width, matrix->height, 8, g_new (guint16, n) };
  for (size_t i = 0; i < n; i++)
    parts->label.values[i] = TSN_IGNORED_CLASS;
  return TRUE;
}

static gpointer
read_annotation (const matvar_t *var, const char *path, GError **error)
{
  Parts parts = { .path = path };
  matvar_t *objects = count_elements (var) > 0 ? get_field (var, "objects", 0) : NULL;
  guint n = count_elements (objects);
  gboolean done;

  if (n == 0)
    {
      fail (path, _ ("it has no objects"), error);
      return NULL;
    }
  done = paint_people (&parts, objects, n, error)
         && (parts.label.values != NULL || ignore_all (&parts, objects, error));
  if (done)
    return g_memdup2 (&parts.label, sizeof parts.label);
  g_free (parts.label.values);
  return NULL;
}

/**
 * tsn_pascal_parts_load:
 * @path: of a MATLAB file with a struct “anno”: objects with class_ind, mask and parts, which have
 *   part_name and mask (Chen et al., "Detect what you can", CVPR 2014)
 * @n_classes: classes of the task, for the check of the range
 * @error: set to %TSN_ERROR_IO or %TSN_ERROR_FORMAT
 *
 * Folds the parts of all people to head 1, torso and neck 2, upper arms 3, lower arms and hands 4,
 * upper legs 5, lower legs and feet 6; later parts lie over earlier ones.  A photo without parts of
 * a person is ignored as a whole.
 *
 * Returns: (transfer full): the label, or %NULL.
 */
TsnTruth *
tsn_pascal_parts_load (const char *path, guint n_classes, GError **error)
{
  g_autoptr (TsnLabel) label = tsn_mat_read (path, "anno", read_annotation, error);

  return label != NULL ? tsn_truth_from_classes (label, n_classes, path, error) : NULL;
}
