#include "core/model/tsn-graph.h"

static void
clear_node_cb (gpointer data)
{
  g_free (((TsnNode *) data)->name);
}

static void
clear_param_cb (gpointer data)
{
  g_free (((TsnParam *) data)->name);
}

/**
 * tsn_graph_new:
 *
 * Returns: (transfer full): a graph without nodes, to be filled by the functions of
 *   tsn-graph-ops.c.
 */
TsnGraph *
tsn_graph_new (void)
{
  TsnGraph *graph = g_new0 (TsnGraph, 1);

  graph->nodes = g_array_new (FALSE, TRUE, sizeof (TsnNode));
  graph->params = g_array_new (FALSE, TRUE, sizeof (TsnParam));
  graph->outputs = g_array_new (FALSE, TRUE, sizeof (guint));
  g_array_set_clear_func (graph->nodes, clear_node_cb);
  g_array_set_clear_func (graph->params, clear_param_cb);
  graph->image = TSN_NONE;
  graph->code = TSN_NONE;
  return graph;
}

void
tsn_graph_free (TsnGraph *graph)
{
  g_array_unref (graph->nodes);
  g_array_unref (graph->params);
  g_array_unref (graph->outputs);
  g_free (graph);
}

const TsnNode *
tsn_graph_node (const TsnGraph *graph, guint index)
{
  g_return_val_if_fail (index < graph->nodes->len, NULL);

  return &g_array_index (graph->nodes, TsnNode, index);
}

const TsnParam *
tsn_graph_param (const TsnGraph *graph, guint index)
{
  g_return_val_if_fail (index < graph->params->len, NULL);

  return &g_array_index (graph->params, TsnParam, index);
}

/**
 * tsn_graph_output:
 *
 * Returns: the node that is the read-out of task @task.
 */
guint
tsn_graph_output (const TsnGraph *graph, guint task)
{
  g_return_val_if_fail (task < graph->outputs->len, TSN_NONE);

  return g_array_index (graph->outputs, guint, task);
}

/**
 * tsn_graph_find:
 *
 * Returns: the node called @name, or %TSN_NONE.
 */
guint
tsn_graph_find (const TsnGraph *graph, const char *name)
{
  for (guint i = 0; i < graph->nodes->len; i++)
    if (g_strcmp0 (tsn_graph_node (graph, i)->name, name) == 0)
      return i;
  return TSN_NONE;
}

/**
 * tsn_graph_find_param:
 *
 * Returns: the parameter called @name, or %TSN_NONE.
 */
guint
tsn_graph_find_param (const TsnGraph *graph, const char *name)
{
  for (guint i = 0; i < graph->params->len; i++)
    if (g_strcmp0 (tsn_graph_param (graph, i)->name, name) == 0)
      return i;
  return TSN_NONE;
}

/**
 * tsn_graph_mark_ancestors:
 * @node: a node
 * @needed: (inout) (array): one flag per node; set for @node and all it depends on
 */
void
tsn_graph_mark_ancestors (const TsnGraph *graph, guint node, gboolean *needed)
{
  needed[node] = TRUE;
  for (guint i = node + 1; i-- > 0;)
    if (needed[i])
      for (guint j = 0; j < tsn_graph_node (graph, i)->n_inputs; j++)
        needed[tsn_graph_node (graph, i)->inputs[j]] = TRUE;
}
