/* make-model WIDTH OUT: a TSN of the five PASCAL-Context tasks with random weights, always the same
 * for one width, to measure speed and to compare engines with. */
#include "core/io/tsn-model-file.h"

#define SEED 20211

/* What starts as a constant is moved off it, so that a mistake with it would show. */
static void
scatter_constants (TsnModel *model, TsnRandom *random)
{
  for (guint i = 0; i < model->graph->params->len; i++)
    {
      TsnInit init = tsn_graph_param (model->graph, i)->init;

      if (init == TSN_INIT_ZERO || init == TSN_INIT_ONE || init == TSN_INIT_STYLE)
        for (size_t j = 0; j < tsn_tensor_length (model->params[i]); j++)
          model->params[i]->data[j] += 0.4 * (tsn_random_uniform (random) - 0.5);
    }
}

static gboolean
make_model (double width, const char *path, GError **error)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_pascal ();
  const TsnNetworkSpec spec = {
    .depth = 18,
    .width = width,
    .conditioning = TSN_CONDITIONING_TSN,
    .code = TSN_CODE_ORTHOGONAL,
    .code_length = TSN_DEFAULT_CODE_LENGTH,
    .tasks = tasks,
  };
  g_autoptr (TsnModel) model = tsn_model_new (&spec, error);
  TsnRandom random;

  if (model == NULL)
    return FALSE;
  tsn_random_init (&random, SEED);
  tsn_model_initialise (model, &random);
  scatter_constants (model, &random);
  model->provenance = g_strdup ("Random weights, for benchmarks.");
  return tsn_model_save (model, path, TSN_DTYPE_F32, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc != 3)
    {
      g_printerr ("Usage: make-model WIDTH OUT\n");
      return 2;
    }
  if (make_model (g_ascii_strtod (argv[1], NULL), argv[2], &error))
    return 0;
  g_printerr ("make-model: %s\n", error->message);
  return 1;
}
