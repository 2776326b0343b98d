/* The parameter counts that the paper's networks have. */
#include "core/model/tsn-count.h"
#include "core/model/tsn-network.h"
#include "core/model/tsn-scheme.h"

static TsnCount
count (TsnConditioning conditioning, TsnTaskList *tasks, guint depth, double width)
{
  TsnNetworkSpec spec = { depth, width, conditioning, TSN_CODE_ORTHOGONAL, 20, tasks };
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnGraph) graph = tsn_network_build (&spec, &error);
  TsnCount result;

  g_assert_no_error (error);
  tsn_count_params (graph, &result);
  return result;
}

static void
test_pascal (void)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_pascal ();

  g_assert_cmpuint (count (TSN_CONDITIONING_TSN, tasks, 18, 1).total_params, ==, 18258805);
  g_assert_cmpuint (count (TSN_CONDITIONING_TS_IN, tasks, 18, 1).total_params, ==, 17747925);
  g_assert_cmpuint (count (TSN_CONDITIONING_TS_BN, tasks, 18, 1).total_params, ==, 17747925);
  g_assert_cmpuint (count (TSN_CONDITIONING_NONE, tasks, 18, 1).total_params, ==, 17730005);
}

static void
test_encoders (void)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_pascal ();

  g_assert_cmpuint (count (TSN_CONDITIONING_TSN, tasks, 18, 1).params[TSN_STAGE_ENCODER], ==,
                    11176512);
  /* torchvision's resnet34 has 21,797,672 parameters, 513,000 of them in its classifier. */
  g_assert_cmpuint (count (TSN_CONDITIONING_TSN, tasks, 34, 1).params[TSN_STAGE_ENCODER], ==,
                    21797672 - 513000);
}

static void
test_tasks_cost_only_codes (void)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_pascal ();
  guint64 before = count (TSN_CONDITIONING_TSN, tasks, 18, 1).params[TSN_STAGE_DECODER];

  g_ptr_array_add (tasks, tsn_task_new ("depth", TSN_TASK_DEPTH, 1));
  g_assert_cmpuint (count (TSN_CONDITIONING_TSN, tasks, 18, 1).params[TSN_STAGE_DECODER], ==,
                    before);
}

static void
test_baselines (void)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_pascal ();
  guint64 single = count (TSN_CONDITIONING_NONE, tasks, 18, 1).total_params;
  guint64 heads = 64 * 33 + 33, widest = 64 * 21 + 21;

  /* A task embedding costs the same whatever it conditions. */
  g_assert_cmpuint (count (TSN_CONDITIONING_TE_BN, tasks, 18, 1).total_params, ==, 18258805);
  g_assert_cmpuint (count (TSN_CONDITIONING_MULTI_HEAD, tasks, 18, 1).total_params, ==,
                    single - widest + heads);
  g_assert_cmpuint (count (TSN_CONDITIONING_MULTI_DECODER, tasks, 18, 1).total_params, ==,
                    11176512 + 5 * (single - 11176512 - widest) + heads);
}

/* What data/models/README.md and the help say of the models that are shipped. */
static void
test_growth (void)
{
  g_autoptr (GPtrArray) everyday = tsn_task_list_new_everyday ();
  g_autoptr (GPtrArray) seven = tsn_task_list_repeat (everyday, 7);
  TsnCount tsn = count (TSN_CONDITIONING_TSN, everyday, 18, 0.5);
  TsnCount more = count (TSN_CONDITIONING_TSN, seven, 18, 0.5);

  g_assert_cmpuint (tsn.total_params, ==, 4824245);
  g_assert_cmpuint (more.total_params - tsn.total_params, ==, 86560);
  g_assert_cmpuint (more.params[TSN_STAGE_EMBEDDING] - tsn.params[TSN_STAGE_EMBEDDING], ==, 86560);
  g_assert_cmpuint (count (TSN_CONDITIONING_TS_IN, seven, 18, 0.5).total_params
                        - count (TSN_CONDITIONING_TS_IN, everyday, 18, 0.5).total_params,
                    ==, 2240);
}

/* TSN is larger than TS-IN even with the shortest of codes. */
static void
test_ts_in_is_smaller (void)
{
  g_autoptr (GPtrArray) everyday = tsn_task_list_new_everyday ();

  for (guint n = 1; n <= TSN_MAX_TASKS; n++)
    {
      g_autoptr (GPtrArray) tasks = tsn_task_list_repeat (everyday, n);
      TsnNetworkSpec spec = { 18, 0.5, TSN_CONDITIONING_TSN, TSN_CODE_ORTHOGONAL, 1, tasks };
      g_autoptr (TsnGraph) graph = tsn_network_build (&spec, NULL);
      TsnCount shortest;

      tsn_count_params (graph, &shortest);
      g_assert_cmpuint (count (TSN_CONDITIONING_TS_IN, tasks, 18, 0.5).total_params, <,
                        shortest.total_params);
    }
}

/* Nothing grows where all codes together keep their length. */
static void
test_equal_dimension (void)
{
  static const guint n_tasks[] = { 6, 10, 12, 60 }, lengths[] = { 20, 12, 10, 2 };
  g_autoptr (GPtrArray) everyday = tsn_task_list_new_everyday ();

  for (guint i = 0; i < G_N_ELEMENTS (n_tasks); i++)
    {
      g_autoptr (GPtrArray) tasks = tsn_task_list_repeat (everyday, n_tasks[i]);
      TsnNetworkSpec spec = { 18, 0.5, TSN_CONDITIONING_TSN, TSN_CODE_GAUSSIAN, lengths[i], tasks };
      g_autoptr (TsnGraph) graph = tsn_network_build (&spec, NULL);
      TsnCount result;

      tsn_count_params (graph, &result);
      g_assert_cmpuint (result.total_params, ==, 4824245);
    }
}

static void
test_rcm (void)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_pascal ();
  TsnNetworkSpec spec = { .depth = 18,
                          .width = 1,
                          .conditioning = TSN_CONDITIONING_MULTI_DECODER,
                          .code_length = 20,
                          .tasks = tasks };
  g_autoptr (TsnGraph) graph = tsn_network_build (&spec, NULL);
  TsnCount rcm, plain;
  /* ResNet-18: one 7x7 and four 3x3 convolutions of 64 channels, four each of 128, 256 and 512;
   * batch norms of as many channels and three of shortcuts. */
  guint64 modulators = 5 * 64 * 64 + 4 * (128 * 128 + 256 * 256 + 512 * 512);
  guint64 norms = 2 * (5 * 64 + 5 * (128 + 256 + 512));

  tsn_count_params (graph, &plain);
  tsn_count_rcm (graph, 5, &rcm);
  g_assert_cmpuint (rcm.total_params - plain.total_params, ==, 5 * modulators + 4 * norms);
  g_assert_cmpuint (rcm.params[TSN_STAGE_DECODER], ==, plain.params[TSN_STAGE_DECODER]);
}

static void
test_macs (void)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_pascal ();
  TsnNetworkSpec spec = { 18, 1, TSN_CONDITIONING_TSN, TSN_CODE_ORTHOGONAL, 20, tasks };
  g_autoptr (TsnGraph) graph = tsn_network_build (&spec, NULL);

  g_assert_cmpuint (tsn_count_node_macs (graph, tsn_graph_find (graph, "O0.conv"), 256, 256), ==,
                    (guint64) 128 * 64 * 9 * 256 * 256);
  g_assert_cmpuint (tsn_count_node_macs (graph, tsn_graph_find (graph, "encoder.conv1"), 256, 256),
                    ==, (guint64) 3 * 64 * 49 * 128 * 128);
  g_assert_cmpuint (tsn_count_node_macs (graph, tsn_graph_find (graph, "O0"), 256, 256), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/params/pascal", test_pascal);
  g_test_add_func ("/model/params/encoders", test_encoders);
  g_test_add_func ("/model/params/tasks-cost-only-codes", test_tasks_cost_only_codes);
  g_test_add_func ("/model/params/baselines", test_baselines);
  g_test_add_func ("/model/params/growth", test_growth);
  g_test_add_func ("/model/params/ts-in-is-smaller", test_ts_in_is_smaller);
  g_test_add_func ("/model/params/equal-dimension", test_equal_dimension);
  g_test_add_func ("/model/params/rcm", test_rcm);
  g_test_add_func ("/model/params/macs", test_macs);
  return g_test_run ();
}
