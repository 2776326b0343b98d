/* The plain forward pass reproduces every map of the golden files, two images at once. */
#include "core/base/tsn-arena.h"
#include "core/model/tsn-forward.h"
#include "golden.h"

#include <string.h>

#define TOLERANCE 1e-4

typedef struct
{
  TsnSafetensors *file;
  TsnModel *model;
  TsnPool *pool;
  TsnForward pass;
} Network;

static Network *
network_new (const char *name, TsnConditioning conditioning)
{
  Network *self = g_new0 (Network, 1);
  g_autoptr (TsnTensor) image = NULL;
  const TsnGraph *graph;
  size_t scratch = 0;

  self->file = golden_open (name);
  self->model = golden_model (self->file, conditioning);
  self->pool = tsn_pool_new (2);
  image = golden_read (self->file, "image");
  graph = self->model->graph;
  self->pass = (TsnForward){ .model = self->model, .n = image->dim[0], .height = image->dim[2],
                             .width = image->dim[3], .pool = self->pool,
                             .values = g_new0 (float *, graph->nodes->len) };
  for (guint i = 0; i < graph->nodes->len; i++)
    {
      size_t length = tsn_forward_value_length (graph, i, self->pass.n, self->pass.height,
                                                self->pass.width);

      self->pass.values[i] = tsn_aligned_alloc0 (length * sizeof (float));
      scratch = MAX (scratch, tsn_forward_scratch (graph, i, self->pass.height, self->pass.width, 2));
    }
  self->pass.scratch = tsn_aligned_alloc (scratch * sizeof (float));
  memcpy (self->pass.values[graph->image], image->data, tsn_tensor_length (image) * sizeof (float));
  return self;
}

static void
network_free (Network *self)
{
  for (guint i = 0; i < self->model->graph->nodes->len; i++)
    tsn_aligned_free (self->pass.values[i]);
  tsn_aligned_free (self->pass.scratch);
  g_free (self->pass.values);
  tsn_pool_free (self->pool);
  tsn_model_unref (self->model);
  tsn_safetensors_free (self->file);
  g_free (self);
}

/* Runs everything but the given nodes and the image. */
static void
run (Network *self, guint skip)
{
  for (guint i = 0; i < self->model->graph->nodes->len; i++)
    if (i != skip && i != self->model->graph->image && i != self->model->graph->code)
      tsn_forward_node (&self->pass, i);
}

static void
run_task (Network *self, guint task)
{
  size_t length = tsn_model_get_code_length (self->model);

  memcpy (self->pass.values[self->model->graph->code], self->model->codes->data + task * length,
          length * sizeof (float));
  run (self, TSN_NONE);
}

static void
compare (Network *self, guint index, const TsnTensor *expected)
{
  const TsnNode *node = tsn_graph_node (self->model->graph, index);
  g_autoptr (TsnTensor) found = tsn_tensor_new (expected->rank, expected->dim);
  double difference;

  g_assert_cmpuint (tsn_forward_value_length (self->model->graph, index, self->pass.n,
                                              self->pass.height, self->pass.width),
                    ==, tsn_tensor_length (expected));
  memcpy (found->data, self->pass.values[index], tsn_tensor_length (found) * sizeof (float));
  difference = golden_difference (found, expected);
  g_test_message ("%s: %.2g", node->name, difference);
  g_assert_cmpfloat (difference, <, TOLERANCE);
}

static void
compare_output (Network *self, const char *key, guint task)
{
  g_autoptr (TsnTensor) expected = golden_read (self->file, "eval.%s.output", key);

  compare (self, tsn_graph_output (self->model->graph, task), expected);
}

/* Every stored map whose name ends in that of a node. */
static void
compare_maps (Network *self, const char *prefix)
{
  guint compared = 0;

  for (guint i = 0; i < tsn_safetensors_get_n_tensors (self->file); i++)
    {
      const char *name = tsn_safetensors_get_name (self->file, i);
      guint node = g_str_has_prefix (name, prefix)
                       ? tsn_graph_find (self->model->graph, name + strlen (prefix))
                       : TSN_NONE;
      g_autoptr (TsnTensor) expected = NULL;

      if (node == TSN_NONE)
        continue;
      expected = golden_read (self->file, "%s", name);
      compare (self, node, expected);
      compared++;
    }
  g_assert_cmpuint (compared, >=, 1);
}

static void
test_tsn (void)
{
  Network *self = network_new ("tsn", TSN_CONDITIONING_TSN);

  for (guint t = 0; t < tsn_model_get_n_tasks (self->model); t++)
    {
      const char *task = tsn_model_get_task (self->model, t)->name;
      g_autofree char *prefix = g_strdup_printf ("eval.%s.", task);

      run_task (self, t);
      compare_maps (self, "eval.");
      compare_maps (self, prefix);
      compare_output (self, task, t);
    }
  network_free (self);
}

static void
test_blend (void)
{
  Network *self = network_new ("tsn", TSN_CONDITIONING_TSN);
  guint embedding = tsn_graph_find (self->model->graph, "embedding");
  g_autoptr (TsnTensor) a = golden_read (self->file, "eval.semseg.embedding");
  g_autoptr (TsnTensor) b = golden_read (self->file, "eval.normals.embedding");

  for (size_t i = 0; i < tsn_tensor_length (a); i++)
    self->pass.values[embedding][i] = 0.5f * (a->data[i] + b->data[i]);
  for (guint i = 0; i < self->model->graph->nodes->len; i++)
    if (tsn_graph_node (self->model->graph, i)->stage != TSN_STAGE_EMBEDDING || i > embedding)
      if (i != self->model->graph->image)
        tsn_forward_node (&self->pass, i);
  compare_output (self, "blend_semseg_normals", 0);
  network_free (self);
}

static void
test_baseline (gconstpointer data)
{
  TsnConditioning conditioning = GPOINTER_TO_INT (data);
  Network *self = network_new (tsn_conditioning_get_name (conditioning), conditioning);

  run_task (self, 1);
  compare_maps (self, "eval.");
  compare_output (self, "human_parts", 1);
  run_task (self, 3);
  compare_output (self, "normals", 3);
  network_free (self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/forward/tsn", test_tsn);
  g_test_add_func ("/model/forward/blend", test_blend);
  g_test_add_data_func ("/model/forward/ts-in", GINT_TO_POINTER (TSN_CONDITIONING_TS_IN),
                        test_baseline);
  g_test_add_data_func ("/model/forward/ts-bn", GINT_TO_POINTER (TSN_CONDITIONING_TS_BN),
                        test_baseline);
  g_test_add_data_func ("/model/forward/none", GINT_TO_POINTER (TSN_CONDITIONING_NONE),
                        test_baseline);
  return g_test_run ();
}
