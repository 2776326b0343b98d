#include "core/model/tsn-scheme.h"

static const TsnScheme schemes[] = {
  { "tsn", TSN_CONDITIONING_TSN, FALSE, FALSE },
  { "ts-in", TSN_CONDITIONING_TS_IN, FALSE, FALSE },
  { "ts-bn", TSN_CONDITIONING_TS_BN, FALSE, FALSE },
  { "none", TSN_CONDITIONING_NONE, FALSE, FALSE },
  { "te-bn", TSN_CONDITIONING_TE_BN, FALSE, FALSE },
  { "multi-head", TSN_CONDITIONING_MULTI_HEAD, FALSE, FALSE },
  { "multi-decoder", TSN_CONDITIONING_MULTI_DECODER, FALSE, FALSE },
  { "single-task", TSN_CONDITIONING_NONE, TRUE, FALSE },
  { "rcm", TSN_CONDITIONING_MULTI_DECODER, FALSE, TRUE },
};

guint
tsn_scheme_get_n (void)
{
  return G_N_ELEMENTS (schemes);
}

/**
 * tsn_scheme_get:
 * @index: below tsn_scheme_get_n()
 *
 * Returns: a scheme.
 */
const TsnScheme *
tsn_scheme_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (schemes), NULL);

  return &schemes[index];
}

static gboolean
count_network (const TsnScheme *scheme,
               const TsnNetworkSpec *network,
               TsnTaskList *tasks,
               TsnCount *count,
               GError **error)
{
  TsnNetworkSpec spec = *network;
  g_autoptr (TsnGraph) graph = NULL;

  spec.conditioning = scheme->conditioning;
  spec.tasks = tasks;
  graph = tsn_network_build (&spec, error);
  if (graph == NULL)
    return FALSE;
  if (scheme->rcm)
    tsn_count_rcm (graph, tasks->len, count);
  else
    tsn_count_params (graph, count);
  return TRUE;
}

/**
 * tsn_scheme_count:
 * @network: depth, width, code length and tasks; its conditioning does not matter
 * @count: (out): parameters of all that the scheme needs for these tasks
 * @error: as by tsn_network_build()
 */
gboolean
tsn_scheme_count (const TsnScheme *scheme,
                  const TsnNetworkSpec *network,
                  TsnCount *count,
                  GError **error)
{
  if (!scheme->per_task)
    return count_network (scheme, network, network->tasks, count, error);
  *count = (TsnCount){ 0 };
  for (guint t = 0; t < network->tasks->len; t++)
    {
      g_autoptr (GPtrArray) one = tsn_task_list_new ();
      TsnCount own;

      g_ptr_array_add (one, tsn_task_copy (tsn_task_list_get (network->tasks, t)));
      if (!count_network (scheme, network, one, &own, error))
        return FALSE;
      for (guint stage = 0; stage < TSN_N_STAGES; stage++)
        count->params[stage] += own.params[stage];
      count->total_params += own.total_params;
    }
  return TRUE;
}

/**
 * tsn_task_list_repeat:
 *
 * Returns: (transfer full): the first @n of @tasks, which are repeated under new names where they
 *   end.
 */
TsnTaskList *
tsn_task_list_repeat (const TsnTaskList *tasks, guint n)
{
  TsnTaskList *repeated = tsn_task_list_new ();

  for (guint i = 0; i < n; i++)
    {
      TsnTask *task = tsn_task_copy (tsn_task_list_get (tasks, i % tasks->len));

      if (i >= tasks->len)
        {
          char *name = g_strdup_printf ("%s_%u", task->name, i / tasks->len + 1);

          g_free (task->name);
          task->name = name;
        }
      g_ptr_array_add (repeated, task);
    }
  return repeated;
}
