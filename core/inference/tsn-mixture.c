#include "core/inference/tsn-mixture.h"

#include "core/inference/tsn-conditioner.h"

#include <string.h>

/**
 * tsn_mixture_list_modules:
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of the decoder modules ("O5",
 *   "S4", "O4" ...), in the order of a mixture's weights.
 */
char **
tsn_mixture_list_modules (TsnModel *model)
{
  g_autoptr (TsnConditioner) conditioner = tsn_conditioner_new (model, NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < tsn_conditioner_get_n_modules (conditioner); i++)
    g_strv_builder_add (names, tsn_conditioner_get_module_name (conditioner, i));
  return g_strv_builder_end (names);
}

static size_t
weights_bytes (const TsnMixture *mixture)
{
  return sizeof (float) * mixture->n_modules * mixture->n_tasks;
}

/**
 * tsn_mixture_new:
 * @task: the task that every module gets, and whose read-out is wanted
 *
 * Returns: (transfer full): a task by itself, to be mixed with others.
 */
TsnMixture *
tsn_mixture_new (TsnModel *model, guint task)
{
  g_auto (GStrv) modules = tsn_mixture_list_modules (model);
  TsnMixture *mixture = g_new (TsnMixture, 1);

  *mixture = (TsnMixture){ .space = TSN_MIX_EMBEDDINGS,
                           .readout = task,
                           .n_tasks = tsn_model_get_n_tasks (model),
                           .n_modules = g_strv_length (modules) };
  mixture->weights = g_malloc0 (weights_bytes (mixture));
  for (guint i = 0; i < mixture->n_modules; i++)
    mixture->weights[i * mixture->n_tasks + task] = 1;
  return mixture;
}

TsnMixture *
tsn_mixture_copy (const TsnMixture *mixture)
{
  TsnMixture *copy = g_memdup2 (mixture, sizeof *mixture);

  copy->weights = g_memdup2 (mixture->weights, weights_bytes (mixture));
  return copy;
}

void
tsn_mixture_free (TsnMixture *mixture)
{
  g_free (mixture->weights);
  g_free (mixture);
}

gboolean
tsn_mixture_equal (const TsnMixture *a, const TsnMixture *b)
{
  return a->space == b->space && a->readout == b->readout && a->n_tasks == b->n_tasks
         && a->n_modules == b->n_modules && memcmp (a->weights, b->weights, weights_bytes (a)) == 0;
}

/**
 * tsn_mixture_set_weights:
 * @weights: (array): one for each task
 *
 * Gives all modules the same weights.
 */
void
tsn_mixture_set_weights (TsnMixture *mixture, const float *weights)
{
  for (guint i = 0; i < mixture->n_modules; i++)
    tsn_mixture_set_module (mixture, i, weights);
}

/**
 * tsn_mixture_set_module:
 * @weights: (array): one for each task
 *
 * Gives one module weights of its own.
 */
void
tsn_mixture_set_module (TsnMixture *mixture, guint module, const float *weights)
{
  g_return_if_fail (module < mixture->n_modules);

  memcpy (mixture->weights + module * mixture->n_tasks, weights, mixture->n_tasks * sizeof (float));
}

/**
 * tsn_mixture_is_possible:
 *
 * Returns: whether a model's tasks differ in their coefficients alone, so that they can be mixed.
 */
gboolean
tsn_mixture_is_possible (const TsnModel *model)
{
  if (tsn_model_get_n_tasks (model) < 2)
    return FALSE;
  switch (model->spec.conditioning)
    {
    case TSN_CONDITIONING_TSN:
    case TSN_CONDITIONING_TE_BN:
    case TSN_CONDITIONING_TS_IN:
    case TSN_CONDITIONING_TS_BN:
      return TRUE;
    default:
      return FALSE;
    }
}
