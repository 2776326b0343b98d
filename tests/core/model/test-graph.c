#include "core/base/tsn-error.h"
#include "core/model/tsn-count.h"
#include "core/model/tsn-network.h"

static TsnGraph *
build (TsnConditioning conditioning, guint depth, double width)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_everyday ();
  TsnNetworkSpec spec = { depth, width, conditioning, TSN_CODE_ORTHOGONAL, 20, tasks };
  g_autoptr (GError) error = NULL;
  TsnGraph *graph = tsn_network_build (&spec, &error);

  g_assert_no_error (error);
  return graph;
}

static void
test_inputs_come_first (void)
{
  for (TsnConditioning c = TSN_CONDITIONING_TSN; c < TSN_N_CONDITIONINGS; c++)
    for (guint depth = 18; depth <= 34; depth += 16)
      {
        g_autoptr (TsnGraph) graph = build (c, depth, 0.5);

        for (guint i = 0; i < graph->nodes->len; i++)
          {
            const TsnNode *node = tsn_graph_node (graph, i);

            g_assert_cmpuint (tsn_graph_find (graph, node->name), ==, i);
            for (guint j = 0; j < node->n_inputs; j++)
              g_assert_cmpuint (node->inputs[j], <, i);
          }
        for (guint i = 0; i < graph->params->len; i++)
          g_assert_cmpuint (tsn_graph_find_param (graph, tsn_graph_param (graph, i)->name), ==, i);
      }
}

static void
test_shapes (void)
{
  static const struct
  {
    const char *name;
    guint channels;
    int level;
  } expected[] = {
    { "image", 3, 0 }, { "F1", 64, 1 },  { "F2", 64, 2 },  { "F3", 128, 3 }, { "F4", 256, 4 },
    { "F5", 512, 5 },  { "O5", 512, 5 }, { "S4", 256, 4 }, { "S1", 64, 1 },  { "O4", 512, 4 },
    { "O3", 256, 3 },  { "O2", 256, 2 }, { "O1", 128, 1 }, { "O0", 64, 0 },  { "head", 21, 0 },
    { "O4.concat", 768, 4 },             { "O1.concat", 320, 1 },            { "embedding", 120, -1 },
  };
  g_autoptr (TsnGraph) graph = build (TSN_CONDITIONING_TSN, 18, 1);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      guint index = tsn_graph_find (graph, expected[i].name);

      g_assert_cmpuint (index, !=, TSN_NONE);
      g_assert_cmpuint (tsn_graph_node (graph, index)->channels, ==, expected[i].channels);
      g_assert_cmpint (tsn_graph_node (graph, index)->level, ==, expected[i].level);
    }
}

static void
test_stages_depend_downward (void)
{
  for (TsnConditioning c = TSN_CONDITIONING_TSN; c < TSN_N_CONDITIONINGS; c++)
    {
      g_autoptr (TsnGraph) graph = build (c, 18, 0.25);

      for (guint i = 0; i < graph->nodes->len; i++)
        {
          const TsnNode *node = tsn_graph_node (graph, i);
          /* The second input of a batch norm row matters to training alone. */
          guint n = node->op == TSN_OP_BATCH_NORM_ROWS ? 1 : node->n_inputs;

          for (guint j = 0; j < n; j++)
            if (node->stage != TSN_STAGE_DECODER)
              g_assert_cmpint (tsn_graph_node (graph, node->inputs[j])->stage, ==, node->stage);
        }
    }
}

static void
test_outputs (void)
{
  g_autoptr (TsnGraph) graph = build (TSN_CONDITIONING_TSN, 18, 0.5);
  static const guint channels[] = { 21, 7, 1, 1, 3, 1 };

  for (guint t = 0; t < G_N_ELEMENTS (channels); t++)
    g_assert_cmpuint (tsn_graph_node (graph, tsn_graph_output (graph, t))->channels, ==,
                      channels[t]);
  g_assert_cmpuint (tsn_graph_output (graph, 0), ==, tsn_graph_find (graph, "head"));
}

static void
test_ancestors (void)
{
  g_autoptr (TsnGraph) graph = build (TSN_CONDITIONING_TSN, 18, 0.5);
  g_autofree gboolean *needed = g_new0 (gboolean, graph->nodes->len);

  tsn_graph_mark_ancestors (graph, tsn_graph_find (graph, "S4"), needed);
  g_assert_true (needed[graph->image]);
  g_assert_true (needed[tsn_graph_find (graph, "F4")]);
  g_assert_true (needed[tsn_graph_find (graph, "embedding")]);
  g_assert_false (needed[tsn_graph_find (graph, "F5")]);
  g_assert_false (needed[tsn_graph_find (graph, "O5")]);
  g_assert_false (needed[tsn_graph_find (graph, "S3.coefficients")]);
}

static void
expect_refusal (TsnNetworkSpec spec)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (tsn_network_build (&spec, &error));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
}

static void
test_bad_specs (void)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_pascal (), none = tsn_task_list_new ();

  expect_refusal ((TsnNetworkSpec){ 50, 1, TSN_CONDITIONING_TSN, TSN_CODE_ORTHOGONAL, 20, tasks });
  expect_refusal ((TsnNetworkSpec){ 18, 0, TSN_CONDITIONING_TSN, TSN_CODE_ORTHOGONAL, 20, tasks });
  expect_refusal (
      (TsnNetworkSpec){ 18, 0.0 / 0.0, TSN_CONDITIONING_TSN, TSN_CODE_ORTHOGONAL, 20, tasks });
  expect_refusal ((TsnNetworkSpec){ 18, 1e9, TSN_CONDITIONING_TSN, TSN_CODE_ORTHOGONAL, 20, tasks });
  expect_refusal ((TsnNetworkSpec){ 18, 1, TSN_CONDITIONING_TSN, TSN_CODE_ORTHOGONAL, 0, tasks });
  expect_refusal ((TsnNetworkSpec){ 18, 1, TSN_CONDITIONING_TSN, TSN_CODE_ORTHOGONAL, 20, none });
}

static void
test_names (void)
{
  for (TsnConditioning c = TSN_CONDITIONING_TSN; c < TSN_N_CONDITIONINGS; c++)
    {
      TsnConditioning back;

      g_assert_true (tsn_conditioning_from_name (tsn_conditioning_get_name (c), &back));
      g_assert_cmpint (back, ==, c);
    }
  g_assert_cmpstr (tsn_stage_get_name (TSN_STAGE_DECODER), ==, "decoder");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/graph/inputs-come-first", test_inputs_come_first);
  g_test_add_func ("/model/graph/shapes", test_shapes);
  g_test_add_func ("/model/graph/stages-depend-downward", test_stages_depend_downward);
  g_test_add_func ("/model/graph/outputs", test_outputs);
  g_test_add_func ("/model/graph/ancestors", test_ancestors);
  g_test_add_func ("/model/graph/bad-specs", test_bad_specs);
  g_test_add_func ("/model/graph/names", test_names);
  return g_test_run ();
}
