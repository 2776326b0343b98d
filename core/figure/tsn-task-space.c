#include "core/figure/tsn-task-space.h"

#include "core/inference/tsn-conditioner.h"

#include <math.h>
#include <string.h>

static TsnTensor *
embed_task (TsnConditioner *conditioner, const TsnModel *model, guint task)
{
  size_t length = tsn_model_get_code_length (model);
  g_autoptr (TsnTensor) code = tsn_tensor_new_vector (length);

  memcpy (code->data, model->codes->data + task * length, length * sizeof (float));
  return tsn_conditioner_embed (conditioner, code);
}

static void
measure (const float *values, size_t n, double *mean, double *deviation)
{
  double sum = 0, squares = 0;

  for (size_t i = 0; i < n; i++)
    sum += values[i];
  *mean = sum / n;
  for (size_t i = 0; i < n; i++)
    squares += (values[i] - *mean) * (values[i] - *mean);
  *deviation = sqrt (squares / n);
}

static void
append (GArray *vector, const TsnTensor *tensor)
{
  size_t n = tsn_tensor_length (tensor);

  for (size_t i = 0; i < n; i++)
    {
      double value = tensor->data[i];

      g_array_append_val (vector, value);
    }
}

/* One task: its vector, and its column of coefficients. */
static void
read_task (TsnTaskSpace *space,
           TsnConditioner *conditioner,
           const TsnModel *model,
           guint task,
           GArray *vector)
{
  g_autoptr (TsnTensor) embedding = embed_task (conditioner, model, task);

  if (space->embedded)
    append (vector, embedding);
  for (guint m = 0; m < space->n_modules; m++)
    {
      TsnCoefficients *out = &space->coefficients[m * space->n_tasks + task];
      guint64 key;
      g_autoptr (TsnTensor) both
          = tsn_conditioner_get_coefficients (conditioner, embedding, m, &key);
      size_t channels = tsn_tensor_length (both) / 2;

      measure (both->data, channels, &out->gamma_mean, &out->gamma_deviation);
      measure (both->data + channels, channels, &out->beta_mean, &out->beta_deviation);
      if (!space->embedded)
        append (vector, both);
      space->scales_shifts[m * space->n_tasks + task] = g_steal_pointer (&both);
    }
}

/**
 * tsn_task_space_new:
 *
 * Returns: (transfer full): the model's tasks as vectors.
 */
TsnTaskSpace *
tsn_task_space_new (TsnModel *model, TsnPool *pool)
{
  TsnTaskSpace *space = g_new0 (TsnTaskSpace, 1);
  g_autoptr (TsnConditioner) conditioner = tsn_conditioner_new (model, pool);
  g_autoptr (GArray) vectors = g_array_new (FALSE, FALSE, sizeof (double));

  space->n_tasks = tsn_model_get_n_tasks (model);
  space->embedded = tsn_conditioning_has_embedding (model->spec.conditioning);
  space->n_modules = tsn_conditioner_get_n_modules (conditioner);
  space->module_names = g_new0 (char *, space->n_modules + 1);
  space->norms = g_new (guint, space->n_modules);
  for (guint m = 0; m < space->n_modules; m++)
    {
      space->module_names[m] = g_strdup (tsn_conditioner_get_module_name (conditioner, m));
      space->norms[m] = tsn_conditioner_get_module_node (conditioner, m);
    }
  space->coefficients = g_new (TsnCoefficients, space->n_modules * (size_t) space->n_tasks);
  space->scales_shifts = g_new0 (TsnTensor *, space->n_modules * (size_t) space->n_tasks);
  for (guint t = 0; t < space->n_tasks; t++)
    read_task (space, conditioner, model, t, vectors);
  space->length = vectors->len / space->n_tasks;
  space->vectors = g_memdup2 (vectors->data, vectors->len * sizeof (double));
  return space;
}

void
tsn_task_space_free (TsnTaskSpace *space)
{
  for (guint i = 0; i < space->n_modules * space->n_tasks; i++)
    tsn_tensor_unref (space->scales_shifts[i]);
  g_free (space->scales_shifts);
  g_free (space->norms);
  g_free (space->vectors);
  g_strfreev (space->module_names);
  g_free (space->coefficients);
  g_free (space);
}

static double
get_product (const TsnTaskSpace *space, guint i, guint j)
{
  const double *a = space->vectors + (size_t) i * space->length;
  const double *b = space->vectors + (size_t) j * space->length;
  double sum = 0;

  for (guint d = 0; d < space->length; d++)
    sum += a[d] * b[d];
  return sum;
}

/**
 * tsn_task_space_distances:
 *
 * Returns: (transfer full) (array): n_tasks x n_tasks Euclidean distances.
 */
double *
tsn_task_space_distances (const TsnTaskSpace *space)
{
  guint n = space->n_tasks;
  double *distances = g_new0 (double, (size_t) n * n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        const double *a = space->vectors + (size_t) i * space->length;
        const double *b = space->vectors + (size_t) j * space->length;
        double sum = 0;

        for (guint d = 0; d < space->length; d++)
          sum += (a[d] - b[d]) * (a[d] - b[d]);
        distances[i * n + j] = sqrt (sum);
      }
  return distances;
}

/**
 * tsn_task_space_cosines:
 *
 * Returns: (transfer full) (array): n_tasks x n_tasks cosines of the angles between vectors; NaN
 *   for a vector without length.
 */
double *
tsn_task_space_cosines (const TsnTaskSpace *space)
{
  guint n = space->n_tasks;
  double *cosines = g_new0 (double, (size_t) n * n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        double lengths = sqrt (get_product (space, i, i) * get_product (space, j, j));

        cosines[i * n + j] = lengths > 0 ? get_product (space, i, j) / lengths : NAN;
      }
  return cosines;
}
