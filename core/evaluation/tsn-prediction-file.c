#include "core/evaluation/tsn-prediction-file.h"

#include "core/base/tsn-error.h"
#include "core/data/tsn-label.h"
#include "core/evaluation/tsn-prediction-mat.h"
#include "core/io/tsn-image.h"

#include <math.h>
#include <string.h>

#define MILLIMETRES 1000.0f

/**
 * tsn_prediction_find:
 * @folder: where the predictions are
 * @id: of the photo
 * @task: name of the task
 *
 * Looks for ID.png, ID.npy, ID.mat and for what `tsn run --raw` writes, ID.TASK.npy and
 * ID.TASK.raw.png, in that order.
 *
 * Returns: (transfer full) (nullable): the path of the prediction, or %NULL if there is none.
 */
char *
tsn_prediction_find (const char *folder, const char *id, const char *task)
{
  static const struct
  {
    gboolean names_task;
    const char *suffix;
  } forms[] = {
    { FALSE, ".png" }, { FALSE, ".npy" }, { FALSE, ".mat" }, { TRUE, ".npy" }, { TRUE, ".raw.png" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *name = g_strconcat (id, forms[i].names_task ? "." : "",
                                           forms[i].names_task ? task : "", forms[i].suffix, NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static gboolean
check_class (
    double class, const TsnTask *task, const char *path, size_t at, guint width, GError **error)
{
  if (class >= 0 && class < task->channels && class == floor (class))
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
               "'%s' should hold classes 0 to %u, but pixel (%zu, %zu) has %g", path,
               task->channels - 1, at % width, at / width, class);
  return FALSE;
}

/* A depth of 8 bits cannot be told from a picture for people. */
static gboolean
check_bits (const TsnTask *task, const TsnLabel *label, const char *path, GError **error)
{
  if (task->kind != TSN_TASK_DEPTH || label->bits == 16)
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
               "'%s' should hold depth in millimetres in 16 bits, but it has %u bits", path,
               label->bits);
  return FALSE;
}

static TsnEstimate *
load_grey (const TsnTask *task, const char *path, GError **error)
{
  g_autoptr (TsnLabel) label = tsn_label_load (path, error);
  g_autoptr (TsnEstimate) prediction = NULL;
  double max;
  size_t n;

  if (label == NULL || !check_bits (task, label, path, error))
    return NULL;
  prediction = tsn_estimate_new (task->kind, label->width, label->height);
  n = (size_t) label->width * label->height;
  max = tsn_label_get_max (label);
  for (size_t i = 0; i < n; i++)
    if (task->kind == TSN_TASK_DEPTH)
      prediction->planes[i] = label->values[i] / MILLIMETRES;
    else if (task->kind == TSN_TASK_SALIENCY)
      prediction->planes[i] = label->values[i] / max;
    else if (task->kind == TSN_TASK_EDGE)
      prediction->shares[i] = label->values[i] / max;
    else if (check_class (label->values[i], task, path, i, label->width, error))
      prediction->classes[i] = label->values[i];
    else
      return NULL;
  return g_steal_pointer (&prediction);
}

static TsnEstimate *
load_normals (const char *path, GError **error)
{
  g_autoptr (TsnImage) image = tsn_image_load (path, error);
  TsnEstimate *prediction;
  size_t n;

  if (image == NULL)
    return NULL;
  prediction = tsn_estimate_new (TSN_TASK_NORMALS, image->width, image->height);
  n = (size_t) image->width * image->height;
  for (size_t i = 0; i < n; i++)
    for (guint c = 0; c < 3; c++)
      prediction->planes[c * n + i] = image->pixels[3 * i + c] / 127.5f - 1;
  return prediction;
}

/* How the numbers of an array lie: channel c of pixel i is at c * plane + i * step. */
typedef struct
{
  guint width;
  guint height;
  size_t channels;
  size_t plane;
  size_t step;
} Shape;

/* Takes [H, W], [H, W, C], [C, H, W] and any of them behind dimensions of 1. */
static gboolean
understand (const TsnArray *array, size_t channels, Shape *shape)
{
  const size_t *dim = array->dim;
  guint rank = array->rank;

  for (; rank > 3 && dim[0] == 1; rank--)
    dim++;
  if (rank == 3 && dim[2] == channels)
    *shape = (Shape){ dim[1], dim[0], channels, 1, channels };
  else if (rank == 3 && dim[0] == channels)
    *shape = (Shape){ dim[2], dim[1], channels, dim[1] * dim[2], 1 };
  else if (rank == 2)
    *shape = (Shape){ dim[1], dim[0], 1, 0, 1 };
  else if (rank == 3 && dim[0] == 1)
    *shape = (Shape){ dim[2], dim[1], 1, 0, 1 };
  else
    return FALSE;
  return TRUE;
}

static gboolean
is_number (double value, const char *path, size_t at, guint width, GError **error)
{
  if (isfinite (value))
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
               "'%s' should hold finite numbers, but pixel (%zu, %zu) is %g", path, at % width,
               at / width, value);
  return FALSE;
}

static gboolean
take_classes (TsnEstimate *prediction,
              const TsnTask *task,
              const double *values,
              const Shape *shape,
              const char *path,
              GError **error)
{
  size_t n = (size_t) shape->width * shape->height;

  for (size_t i = 0; i < n; i++)
    {
      const double *scores = values + i * shape->step;
      guint best = 0;

      for (size_t c = 0; c < shape->channels; c++)
        {
          if (!is_number (scores[c * shape->plane], path, i, shape->width, error))
            return FALSE;
          best = scores[c * shape->plane] > scores[best * shape->plane] ? c : best;
        }
      if (shape->channels == 1 && !check_class (scores[0], task, path, i, shape->width, error))
        return FALSE;
      prediction->classes[i] = shape->channels == 1 ? (guint) scores[0] : best;
    }
  return TRUE;
}

static gboolean
take_numbers (TsnEstimate *prediction,
              const double *values,
              const Shape *shape,
              const char *path,
              GError **error)
{
  size_t n = (size_t) shape->width * shape->height;

  for (size_t c = 0; c < shape->channels; c++)
    for (size_t i = 0; i < n; i++)
      {
        double value = values[c * shape->plane + i * shape->step];

        if (!is_number (value, path, i, shape->width, error))
          return FALSE;
        if (prediction->kind == TSN_TASK_EDGE)
          prediction->shares[i] = value;
        else
          prediction->planes[c * n + i] = value;
      }
  return TRUE;
}

static gboolean
check_range (const TsnEstimate *prediction, const char *path, GError **error)
{
  size_t n = (size_t) prediction->width * prediction->height;

  if (prediction->kind != TSN_TASK_EDGE && prediction->kind != TSN_TASK_SALIENCY)
    return TRUE;
  for (size_t i = 0; i < n; i++)
    {
      double value = prediction->shares != NULL ? prediction->shares[i] : prediction->planes[i];

      if (value >= 0 && value <= 1)
        continue;
      g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                   "'%s' should hold probabilities from 0 to 1, but pixel (%zu, %zu) is %g", path,
                   i % prediction->width, i / prediction->width, value);
      return FALSE;
    }
  return TRUE;
}

static TsnEstimate *
load_array (const TsnTask *task, const char *path, const TsnArray *array, GError **error)
{
  size_t channels = task->kind == TSN_TASK_CLASSES   ? task->channels
                    : task->kind == TSN_TASK_NORMALS ? 3
                                                     : 1;
  g_autoptr (TsnEstimate) prediction = NULL;
  Shape shape;
  gboolean done;

  if (!understand (array, channels, &shape)
      || (task->kind == TSN_TASK_NORMALS && shape.channels != 3))
    {
      g_autofree char *found = tsn_shape_to_string (array->rank, array->dim);

      g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                   "'%s' should be height x width%s%zu numbers for the task %s, but it is %s", path,
                   task->kind == TSN_TASK_CLASSES ? " classes, or height x width x " : " x ",
                   channels, task->name, found);
      return NULL;
    }
  prediction = tsn_estimate_new (task->kind, shape.width, shape.height);
  if (task->kind == TSN_TASK_CLASSES)
    done = take_classes (prediction, task, array->values, &shape, path, error);
  else
    done = take_numbers (prediction, array->values, &shape, path, error)
           && check_range (prediction, path, error);
  return done ? g_steal_pointer (&prediction) : NULL;
}

/**
 * tsn_prediction_load:
 * @task: says how to read the numbers
 * @path: of a .png, .npy or .mat file
 * @error: %TSN_ERROR_IO; %TSN_ERROR_FORMAT when the file is broken or does not fit the task: a
 *   class that does not exist, a number that is not finite, a probability outside 0..1
 *
 * A PNG file holds class indices; probabilities as shares of the largest value that its 8 or 16
 * bits can hold; depth in millimetres in 16 bits; or normals as (v + 1) x 127.5 in red, green and
 * blue.  A .npy file and the first array of a .mat file hold the numbers themselves, [H, W],
 * [H, W, C] or [C, H, W]: class indices or scores of all classes, of which the largest wins;
 * probabilities; metres; vectors.
 *
 * Returns: (transfer full) (nullable): the prediction at the size it has in the file.
 */
TsnEstimate *
tsn_prediction_load (const TsnTask *task, const char *path, GError **error)
{
  g_autoptr (TsnArray) array = NULL;

  if (g_str_has_suffix (path, ".png"))
    return task->kind == TSN_TASK_NORMALS ? load_normals (path, error)
                                          : load_grey (task, path, error);
  array = g_str_has_suffix (path, ".mat") ? tsn_array_load_mat (path, error)
                                          : tsn_array_load_npy (path, error);
  return array != NULL ? load_array (task, path, array, error) : NULL;
}
