/* Networks folded for drawing: every scheme, from what its nodes say. */
#include "core/figure/tsn-outline.h"
#include "core/model/tsn-count.h"
#include "core/model/tsn-network.h"

#include <string.h>

static TsnGraph *
make_graph (TsnConditioning conditioning)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_everyday ();
  const TsnNetworkSpec spec = {
    .depth = 18, .width = 0.07, .conditioning = conditioning, .code_length = 2, .tasks = tasks
  };
  g_autoptr (GError) error = NULL;
  TsnGraph *graph = tsn_network_build (&spec, &error);

  g_assert_no_error (error);
  return graph;
}

static const TsnOutlineBlock *
find (const TsnOutline *outline, const char *name)
{
  guint block = tsn_outline_find (outline, name);

  g_assert_cmpuint (block, !=, TSN_NONE);
  return tsn_outline_get (outline, block);
}

static gboolean
reads (const TsnOutline *outline, const char *name, const char *source)
{
  const TsnOutlineBlock *block = find (outline, name);

  for (guint i = 0; i < block->links->len; i++)
    if (g_array_index (block->links, TsnOutlineLink, i).from == tsn_outline_find (outline, source))
      return TRUE;
  return FALSE;
}

static void
check_place (const TsnOutline *outline, const char *name, guint column, guint row)
{
  g_assert_cmpuint (find (outline, name)->column, ==, column);
  g_assert_cmpuint (find (outline, name)->row, ==, row);
}

static void
test_is_a_u (void)
{
  g_autoptr (TsnGraph) graph = make_graph (TSN_CONDITIONING_TSN);
  g_autoptr (TsnOutline) outline = tsn_outline_new (graph);

  check_place (outline, "image", 0, 1);
  check_place (outline, "F1", 0, 2);
  check_place (outline, "F5", 0, 6);
  check_place (outline, "O5", 1, 6);
  check_place (outline, "S4", 1, 5);
  check_place (outline, "S1", 1, 2);
  check_place (outline, "O4", 2, 5);
  check_place (outline, "O0", 2, 1);
  check_place (outline, "head", 0, 0);
  check_place (outline, "code", 3, 6);
  check_place (outline, "embedding", 3, 5);
  check_place (outline, "head.depth", 5, 0);
  g_assert_cmpuint (outline->n_columns, ==, 4);
  g_assert_cmpuint (outline->n_rows, ==, 7);
  g_assert_true (reads (outline, "O4", "O5") && reads (outline, "O4", "S4"));
  g_assert_true (reads (outline, "O4", "O4.coefficients"));
  g_assert_true (reads (outline, "S4", "F4") && reads (outline, "F2", "F1"));
  g_assert_true (reads (outline, "O4.coefficients", "embedding"));
  g_assert_true (reads (outline, "embedding", "code") && !reads (outline, "O4", "embedding"));
  /* The widest task is the head itself; narrower ones average its channels. */
  g_assert_true (find (outline, "head")->readout && find (outline, "head.depth")->readout);
  g_assert_true (reads (outline, "head.depth", "head") && reads (outline, "head", "O0"));
  g_assert_cmpuint (find (outline, "S2.coefficients")->knob_of, ==,
                    tsn_outline_find (outline, "S2"));
}

static void
test_knows_what_can_be_tapped (void)
{
  g_autoptr (TsnGraph) graph = make_graph (TSN_CONDITIONING_TSN);
  g_autoptr (TsnOutline) outline = tsn_outline_new (graph);
  static const char *const taps[] = { "F1", "F5", "S1", "O5", "O0", "head", "head.edge" };
  static const char *const others[] = { "image", "code", "embedding", "O3.coefficients" };

  for (guint i = 0; i < G_N_ELEMENTS (taps); i++)
    g_assert_true (find (outline, taps[i])->tap);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (find (outline, others[i])->tap);
}

/* No parameter is lost or counted twice, no two blocks lie on each other, whatever the scheme. */
static void
test_every_scheme (void)
{
  for (guint scheme = 0; scheme < TSN_N_CONDITIONINGS; scheme++)
    {
      g_autoptr (TsnGraph) graph = make_graph (scheme);
      g_autoptr (TsnOutline) outline = tsn_outline_new (graph);
      g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
      guint64 params = 0;
      guint readouts = 0;
      TsnCount count;

      tsn_count_params (graph, &count);
      for (guint i = 0; i < outline->blocks->len; i++)
        {
          const TsnOutlineBlock *block = tsn_outline_get (outline, i);

          params += block->params;
          readouts += block->readout;
          g_assert_cmpuint (block->row, <, outline->n_rows);
          if (block->readout || block->knob_of != TSN_NONE)
            continue;
          g_assert_cmpuint (block->column, <, outline->n_columns);
          g_assert_true (g_hash_table_add (
              places, GUINT_TO_POINTER (1 + block->column * outline->n_rows + block->row)));
        }
      g_assert_cmpuint (params, ==, count.total_params);
      g_assert_cmpuint (readouts, ==, 6);
    }
}

static void
test_one_decoder_per_task (void)
{
  g_autoptr (TsnGraph) graph = make_graph (TSN_CONDITIONING_MULTI_DECODER);
  g_autoptr (TsnOutline) outline = tsn_outline_new (graph);

  check_place (outline, "semseg.O4", 2, 5);
  check_place (outline, "depth.O4", 2 + 2 * 5, 5);
  check_place (outline, "depth.S4", 1 + 2 * 5, 5);
  g_assert_true (reads (outline, "head.depth", "depth.O0"));
  g_assert_true (find (outline, "depth.O3")->tap);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/outline/u", test_is_a_u);
  g_test_add_func ("/figure/outline/taps", test_knows_what_can_be_tapped);
  g_test_add_func ("/figure/outline/schemes", test_every_scheme);
  g_test_add_func ("/figure/outline/decoders", test_one_decoder_per_task);
  return g_test_run ();
}
