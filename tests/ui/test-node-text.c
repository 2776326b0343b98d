/* What is said of a network's parts is true of every scheme. */
#include "ui/tsn-node-text.h"

#include <string.h>

static TsnModel *
make_model (TsnConditioning conditioning)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_everyday ();
  const TsnNetworkSpec spec = { 18, 0.07, conditioning, TSN_CODE_ORTHOGONAL, 2, tasks };
  g_autoptr (GError) error = NULL;
  TsnModel *model;

  if (conditioning == TSN_CONDITIONING_NONE)
    g_ptr_array_set_size (tasks, 1);
  model = tsn_model_new (&spec, &error);
  g_assert_no_error (error);
  return model;
}

/* All that is said of the parts of a kind, or of all parts. */
static char *
collect (const TsnModel *model, const char *kind)
{
  g_autoptr (TsnOutline) outline = tsn_outline_new (model->graph);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < outline->blocks->len; i++)
    {
      const TsnOutlineBlock *block = tsn_outline_get (outline, i);
      const char *said = tsn_node_text_explanation (model, block);

      g_assert_cmpstr (said, !=, "");
      if (kind == NULL || g_str_equal (tsn_node_text_kind (model, block), kind))
        g_string_append_printf (text, "%s\n", said);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_says (const TsnModel *model, const char *kind, const char *what, gboolean says)
{
  g_autofree char *text = collect (model, kind);

  if ((strstr (text, what) != NULL) != says)
    g_error ("%s: %s “%s” in: %s", tsn_conditioning_get_name (model->spec.conditioning),
             says ? "there is no" : "there is", what, text);
}

static void
test_words_of_every_scheme (void)
{
  for (guint i = 0; i < TSN_N_CONDITIONINGS; i++)
    {
      g_autoptr (TsnModel) model = make_model (i);
      gboolean embeds = tsn_conditioning_has_embedding (i);
      gboolean batch = i == TSN_CONDITIONING_TS_BN || i == TSN_CONDITIONING_TE_BN;
      gboolean own_heads = i == TSN_CONDITIONING_NONE || i == TSN_CONDITIONING_MULTI_HEAD
                           || i == TSN_CONDITIONING_MULTI_DECODER;

      assert_says (model, NULL, "AdaIN", i == TSN_CONDITIONING_TSN);
      assert_says (model, NULL, "embedding", embeds);
      assert_says (model, NULL, "batch norm", batch);
      assert_says (model, "Decoder module", "nstance norm", !batch && i != TSN_CONDITIONING_TSN);
      assert_says (model, "Decoder module", "mean 0 and variance 1", !batch);
      assert_says (model, "Skip connection", "mean 0 and variance 1", !batch);
      assert_says (model, NULL, "one decoder does all tasks", embeds);
      assert_says (model, "Task code", "picks the row",
                   i == TSN_CONDITIONING_TS_IN || i == TSN_CONDITIONING_TS_BN);
      assert_says (model, "Task code", "nothing switches", own_heads);
      assert_says (model, "Coefficients of a module", "for each task on its own",
                   i == TSN_CONDITIONING_TS_IN);
      assert_says (model, "Read-out", "widest task", !own_heads);
      assert_says (model, "Read-out", "the task’s own", own_heads);
      assert_says (model, NULL, "belongs to one task", i == TSN_CONDITIONING_MULTI_DECODER);
    }
}

static const char *
explain (const TsnModel *model, const TsnOutline *outline, const char *name)
{
  return tsn_node_text_explanation (model,
                                    tsn_outline_get (outline, tsn_outline_find (outline, name)));
}

static void
test_modules_read_what_is_said (void)
{
  g_autoptr (TsnModel) model = make_model (TSN_CONDITIONING_TSN);
  g_autoptr (TsnOutline) outline = tsn_outline_new (model->graph);

  g_assert_true (g_str_has_prefix (explain (model, outline, "O5"), "Brings the encoder"));
  g_assert_true (g_str_has_prefix (explain (model, outline, "S1"), "Brings the encoder"));
  g_assert_nonnull (strstr (explain (model, outline, "O4"), "joins the skip connection"));
  /* The last one has nothing to join. */
  g_assert_null (strstr (explain (model, outline, "O0"), "skip connection"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/node-text/schemes", test_words_of_every_scheme);
  g_test_add_func ("/node-text/modules", test_modules_read_what_is_said);
  return g_test_run ();
}
