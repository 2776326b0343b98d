/* The session against the plain forward pass, for every scheme, with weights off their start. */
#include "core/base/tsn-arena.h"
#include "core/inference/tsn-session.h"
#include "core/model/tsn-forward.h"

#include <math.h>
#include <string.h>

#define SIZE 64
/* Instance norms of few pixels blow rounding up; a mistake in the folding would be far larger. */
#define TOLERANCE 3e-3

static TsnModel *
make_model (TsnConditioning conditioning)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_pascal ();
  TsnNetworkSpec spec = { .depth = 18, .width = 1.0 / 8, .conditioning = conditioning,
                          .code_length = 4, .tasks = tasks };
  TsnModel *model = tsn_model_new (&spec, NULL);
  TsnRandom random;

  tsn_random_init (&random, 2);
  tsn_model_initialise (model, &random);
  for (guint i = 0; i < model->graph->params->len; i++)
    for (size_t j = 0; j < tsn_tensor_length (model->params[i]); j++)
      model->params[i]->data[j] += 0.05 * fabs (tsn_random_normal (&random));
  for (int c = 0; c < 3; c++)
    {
      model->mean[c] = 0;
      model->std[c] = 1;
    }
  return model;
}

static TsnTensor *
make_image (void)
{
  TsnTensor *image = tsn_tensor_new_nchw (1, 3, SIZE, SIZE);
  TsnRandom random;

  tsn_random_init (&random, 3);
  for (size_t i = 0; i < tsn_tensor_length (image); i++)
    image->data[i] = tsn_random_uniform (&random);
  return image;
}

static TsnTensor *
run_plain (TsnModel *model, const TsnTensor *image, guint task, TsnPool *pool)
{
  const TsnGraph *graph = model->graph;
  guint n = graph->nodes->len, length = tsn_model_get_code_length (model);
  g_autofree float **values = g_new0 (float *, n);
  TsnForward pass = { .model = model, .n = 1, .height = SIZE, .width = SIZE, .values = values,
                      .pool = pool };
  TsnTensor *output = tsn_tensor_new_nchw (1, tsn_model_get_task (model, task)->channels, SIZE, SIZE);
  size_t scratch = 0;

  for (guint i = 0; i < n; i++)
    {
      size_t bytes = sizeof (float) * tsn_forward_value_length (graph, i, 1, SIZE, SIZE);

      values[i] = tsn_aligned_alloc (bytes);
      scratch = MAX (scratch, tsn_forward_scratch (graph, i, SIZE, SIZE, 2));
    }
  pass.scratch = tsn_aligned_alloc (scratch * sizeof (float));
  memcpy (values[graph->image], image->data, tsn_tensor_length (image) * sizeof (float));
  memcpy (values[graph->code], model->codes->data + task * length, length * sizeof (float));
  for (guint i = 0; i < n; i++)
    if (i != graph->image && i != graph->code)
      tsn_forward_node (&pass, i);
  memcpy (output->data, values[tsn_graph_output (graph, task)],
          tsn_tensor_length (output) * sizeof (float));
  for (guint i = 0; i < n; i++)
    tsn_aligned_free (values[i]);
  tsn_aligned_free (pass.scratch);
  return output;
}

static void
assert_near (const TsnTensor *found, const TsnTensor *expected)
{
  float largest = 0;

  g_assert_cmpuint (tsn_tensor_length (found), ==, tsn_tensor_length (expected));
  for (size_t i = 0; i < tsn_tensor_length (expected); i++)
    largest = MAX (largest, fabsf (expected->data[i]));
  for (size_t i = 0; i < tsn_tensor_length (expected); i++)
    g_assert_cmpfloat_with_epsilon (found->data[i], expected->data[i], TOLERANCE * largest);
}

static void
test_scheme (gconstpointer data)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (2);
  g_autoptr (TsnModel) model = make_model (GPOINTER_TO_INT (data));
  g_autoptr (TsnTensor) image = make_image ();
  TsnSession *session = tsn_session_new (model, pool);
  g_autoptr (GError) error = NULL;

  g_assert_true (tsn_session_encode (session, image, NULL, &error));
  for (guint task = 0; task < tsn_model_get_n_tasks (model); task++)
    {
      g_autoptr (TsnTensor) embedding = tsn_session_embed_task (session, task);
      g_autoptr (TsnTensor) found = tsn_session_decode (session, embedding, task, NULL, &error);
      g_autoptr (TsnTensor) expected = run_plain (model, image, task, pool);

      g_assert_no_error (error);
      assert_near (found, expected);
    }
  tsn_session_free (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (TsnConditioning c = 0; c < TSN_N_CONDITIONINGS; c++)
    {
      g_autofree char *path
          = g_strdup_printf ("/inference/scheme/%s", tsn_conditioning_get_name (c));

      g_test_add_data_func (path, GINT_TO_POINTER (c), test_scheme);
    }
  return g_test_run ();
}
