#include "core/training/tsn-train-init.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-model-file.h"
#include "core/io/tsn-safetensors.h"
#include "core/training/tsn-train-tasks.h"

#include <string.h>

static gboolean
read_encoder (TsnModel *model, const char *path, GError **error)
{
  g_autoptr (TsnSafetensors) file = tsn_safetensors_open (path, error);

  if (file == NULL)
    return FALSE;
  for (guint i = 0; i < model->graph->params->len; i++)
    {
      const TsnParam *param = tsn_graph_param (model->graph, i);

      if (param->stage == TSN_STAGE_ENCODER
          && !tsn_safetensors_read_into (file, param->name, model->params[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_name (const char *what, const char *start, const char *config, GError **error)
{
  if (g_str_equal (start, config))
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_MODEL, "its %s is %s, but that of the config is %s",
               what, start, config);
  return FALSE;
}

static gboolean
check_number (const char *what, double start, double config, GError **error)
{
  if (start == config)
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_MODEL, "its %s is %g, but that of the config is %g",
               what, start, config);
  return FALSE;
}

/* Weights that fit by their shapes alone may still mean something else. */
static gboolean
check_same_network (const TsnModel *start, const TsnModel *model, GError **error)
{
  const TsnNetworkSpec *a = &start->spec, *b = &model->spec;

  if (!check_name ("conditioning", tsn_conditioning_get_name (a->conditioning),
                   tsn_conditioning_get_name (b->conditioning), error)
      || !check_number ("encoder", a->depth, b->depth, error)
      || !check_number ("width", a->width, b->width, error))
    return FALSE;
  if (tsn_conditioning_has_embedding (a->conditioning)
      && (!check_name ("code", tsn_code_kind_get_name (a->code), tsn_code_kind_get_name (b->code),
                       error)
          || !check_number ("code-length", a->code_length, b->code_length, error)))
    return FALSE;
  if (!tsn_train_tasks_check_same (a->tasks, b->tasks, error))
    return FALSE;
  if (memcmp (start->mean, model->mean, sizeof model->mean) == 0
      && memcmp (start->std, model->std, sizeof model->std) == 0)
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_MODEL,
               "its images are normalised by other numbers than those of ImageNet");
  return FALSE;
}

static gboolean
read_whole (TsnModel *model, const char *path, GError **error)
{
  g_autoptr (TsnModel) start = tsn_model_load (path, error);

  if (start == NULL)
    return FALSE;
  if (!check_same_network (start, model, error))
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error,
                      "The training cannot start from the whole of '%s', though perhaps from its "
                      "encoder (--init-encoder): ",
                      name);
      return FALSE;
    }
  for (guint i = 0; i < model->graph->params->len; i++)
    memcpy (model->params[i]->data, start->params[i]->data,
            tsn_tensor_length (model->params[i]) * sizeof (float));
  /* Gaussian codes are those that the weights were trained with, not new ones. */
  memcpy (model->codes->data, start->codes->data,
          tsn_tensor_length (model->codes) * sizeof (float));
  return TRUE;
}

/**
 * tsn_train_init:
 * @model: what is to be trained
 * @path: a model file; for @encoder any safetensors file with tensors that are named as in one
 * @encoder: take only the encoder, which any network of the same depth and width shares
 * @error: %TSN_ERROR_IO, %TSN_ERROR_FORMAT, or %TSN_ERROR_MODEL if a tensor is missing, has another
 *   shape, or the whole network is another one: in its scheme, codes, or tasks and their order
 *
 * Starts the parameters from those of another training.
 */
gboolean
tsn_train_init (TsnModel *model, const char *path, gboolean encoder, GError **error)
{
  return encoder ? read_encoder (model, path, error) : read_whole (model, path, error);
}
