#include "core/model/tsn-model.h"

#include "core/model/tsn-code.h"

#include <math.h>

/* Seed of the Gaussian codes of a network that is made, not loaded: the same for every run, so
 * that TSN networks of one shape can be compared. */
#define CODE_SEED 20210

static TsnTaskList *
copy_tasks (const TsnTaskList *tasks)
{
  TsnTaskList *copy = tsn_task_list_new ();

  for (guint i = 0; i < tasks->len; i++)
    g_ptr_array_add (copy, tsn_task_copy (tsn_task_list_get (tasks, i)));
  return copy;
}

static TsnTensor *
make_codes (const TsnNetworkSpec *spec)
{
  TsnRandom random;

  switch (spec->conditioning)
    {
    case TSN_CONDITIONING_TSN:
    case TSN_CONDITIONING_TE_BN:
      tsn_random_init (&random, CODE_SEED);
      return spec->code == TSN_CODE_GAUSSIAN
                 ? tsn_code_gaussian (spec->tasks->len, spec->code_length, &random)
                 : tsn_code_orthogonal (spec->tasks->len, spec->code_length);
    case TSN_CONDITIONING_TS_IN:
    case TSN_CONDITIONING_TS_BN:
      return tsn_code_one_hot (spec->tasks->len);
    case TSN_CONDITIONING_NONE:
    case TSN_CONDITIONING_MULTI_HEAD:
    case TSN_CONDITIONING_MULTI_DECODER:
      {
        TsnTensor *codes = tsn_tensor_new (2, (const size_t[]){ spec->tasks->len, 1 });

        for (guint t = 0; t < spec->tasks->len; t++)
          codes->data[t] = 1;
        return codes;
      }
    }
  g_return_val_if_reached (NULL);
}

/**
 * tsn_model_new:
 * @spec: copied, its task list too
 *
 * Returns: (transfer full): a model whose parameters are all zero, normalising by the ImageNet
 *   statistics, with codes of the kind that @spec names; or %NULL if @spec is out of range.
 */
TsnModel *
tsn_model_new (const TsnNetworkSpec *spec, GError **error)
{
  TsnGraph *graph = tsn_network_build (spec, error);
  TsnModel *model;

  if (graph == NULL)
    return NULL;
  model = g_new0 (TsnModel, 1);
  model->spec = *spec;
  model->spec.tasks = copy_tasks (spec->tasks);
  model->graph = graph;
  model->params = g_new (TsnTensor *, graph->params->len);
  for (guint i = 0; i < graph->params->len; i++)
    {
      const TsnParam *param = tsn_graph_param (graph, i);

      model->params[i] = tsn_tensor_new (param->rank, param->dim);
    }
  model->codes = make_codes (spec);
  for (int i = 0; i < 3; i++)
    {
      model->mean[i] = (const float[]){ 0.485f, 0.456f, 0.406f }[i];
      model->std[i] = (const float[]){ 0.229f, 0.224f, 0.225f }[i];
    }
  model->size = TSN_DEFAULT_SIZE;
  g_atomic_ref_count_init (&model->ref_count);
  return model;
}

TsnModel *
tsn_model_ref (TsnModel *model)
{
  g_atomic_ref_count_inc (&model->ref_count);
  return model;
}

void
tsn_model_unref (TsnModel *model)
{
  if (!g_atomic_ref_count_dec (&model->ref_count))
    return;
  for (guint i = 0; i < model->graph->params->len; i++)
    tsn_tensor_unref (model->params[i]);
  g_free (model->params);
  tsn_tensor_unref (model->codes);
  tsn_graph_free (model->graph);
  g_ptr_array_unref (model->spec.tasks);
  g_free (model->provenance);
  g_free (model->name);
  g_free (model);
}

static double
initial_value (const TsnParam *param, size_t i, TsnRandom *random)
{
  double fan_out = (double) param->dim[0] * param->dim[2] * param->dim[3];

  switch (param->init)
    {
    case TSN_INIT_ZERO:
      return 0;
    case TSN_INIT_ONE:
      return 1;
    case TSN_INIT_NORMAL:
      return tsn_random_normal (random);
    case TSN_INIT_STYLE:
      return i < param->dim[0] / 2;
    case TSN_INIT_KAIMING_NORMAL:
      return tsn_random_normal (random) * sqrt (2 / fan_out);
    case TSN_INIT_UNIFORM:
      return (2 * tsn_random_uniform (random) - 1) / sqrt (param->fan_in);
    }
  g_return_val_if_reached (0);
}

/**
 * tsn_model_initialise:
 *
 * Sets all parameters to what training starts from.  Only for a model nobody else uses yet.
 */
void
tsn_model_initialise (TsnModel *model, TsnRandom *random)
{
  for (guint i = 0; i < model->graph->params->len; i++)
    for (size_t j = 0; j < tsn_tensor_length (model->params[i]); j++)
      model->params[i]->data[j] = initial_value (tsn_graph_param (model->graph, i), j, random);
}

guint
tsn_model_get_n_tasks (const TsnModel *model)
{
  return model->spec.tasks->len;
}

const TsnTask *
tsn_model_get_task (const TsnModel *model, guint index)
{
  return tsn_task_list_get (model->spec.tasks, index);
}

/**
 * tsn_model_find_task:
 *
 * Returns: the index of the task called @name, or -1.
 */
int
tsn_model_find_task (const TsnModel *model, const char *name)
{
  return tsn_task_list_find (model->spec.tasks, name);
}

/**
 * tsn_model_get_code_length:
 *
 * Returns: D, the length of a whole code: the columns of the codes.
 */
guint
tsn_model_get_code_length (const TsnModel *model)
{
  return model->codes->dim[1];
}
