#include "core/io/tsn-model-weights.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-half.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define CODES "codes"

static gboolean
has_stored_codes (const TsnModel *model)
{
  return tsn_conditioning_has_embedding (model->spec.conditioning) && model->spec.code == TSN_CODE_GAUSSIAN;
}

/* Nothing is allocated before the file has shown to hold all those numbers: a small file may
 * describe a network of many gigabytes. */
static gboolean
check_shapes (TsnSafetensors *file, const TsnNetworkSpec *spec, const char *prefix, GError **error)
{
  g_autoptr (TsnGraph) graph = tsn_network_build (spec, error);

  if (graph == NULL)
    return FALSE;
  for (guint i = 0; i < graph->params->len; i++)
    {
      const TsnParam *param = tsn_graph_param (graph, i);
      g_autofree char *name = g_strconcat (prefix, param->name, NULL);

      if (!tsn_safetensors_check (file, name, param->rank, param->dim, error))
        return FALSE;
    }
  return TRUE;
}

/* Numbers that are looked at together: there are millions, and bad ones are rare. */
#define LANES 4
#define BLOCK (16 * LANES)

typedef float Floats __attribute__ ((vector_size (4 * LANES)));
typedef gint32 Masks __attribute__ ((vector_size (4 * LANES)));

static gboolean
is_block_good (const float *x, float min, float max)
{
  Masks good = ~(Masks){ 0 };
  gint32 all = -1;

  for (size_t i = 0; i < BLOCK; i += LANES)
    {
      Floats v;

      memcpy (&v, x + i, sizeof v);
      good &= (v >= min) & (v <= max);
    }
  for (int i = 0; i < LANES; i++)
    all &= good[i];
  return all != 0;
}

/* Returns: the first number that a network cannot work with, or %NULL */
static const float *
find_bad_number (const TsnTensor *tensor, float min, float max)
{
  size_t length = tsn_tensor_length (tensor), i = 0;
  const float *x = tensor->data;

  while (i + BLOCK <= length && is_block_good (x + i, min, max))
    i += BLOCK;
  for (; i < length; i++)
    if (!(x[i] >= min && x[i] <= max))
      return &x[i];
  return NULL;
}

/* Variances are the only parameters that have a sign. */
static float
lower_bound (const char *name, float max)
{
  return g_str_has_suffix (name, "running_var") ? 0 : -max;
}

static gboolean
read_checked (TsnSafetensors *file, const char *name, TsnTensor *tensor, GError **error)
{
  g_autofree char *path = NULL;
  const float *bad;

  if (!tsn_safetensors_read_into (file, name, tensor, error))
    return FALSE;
  bad = find_bad_number (tensor, lower_bound (name, G_MAXFLOAT), G_MAXFLOAT);
  if (bad == NULL)
    return TRUE;
  path = g_filename_display_name (tsn_safetensors_get_path (file));
  g_set_error (error, TSN_ERROR, TSN_ERROR_MODEL,
               _ ("Tensor '%s' of '%s' holds %g, which no network can compute with"), name, path,
               *bad);
  return FALSE;
}

/**
 * tsn_model_weights_read:
 * @spec: the network
 * @prefix: what the file puts before the names of parameters
 * @error: %TSN_ERROR_MODEL, a sentence that names the file and the tensor
 *
 * Tensors that are not parameters of the network are left alone.
 *
 * Returns: (transfer full) (nullable): a model of @spec with all its parameters.
 */
TsnModel *
tsn_model_weights_read (TsnSafetensors *file,
                        const TsnNetworkSpec *spec,
                        const char *prefix,
                        GError **error)
{
  g_autoptr (TsnModel) model = NULL;

  if (!check_shapes (file, spec, prefix, error))
    return NULL;
  model = tsn_model_new (spec, error);
  if (model == NULL)
    return NULL;
  for (guint i = 0; i < model->graph->params->len; i++)
    {
      const char *param = tsn_graph_param (model->graph, i)->name;
      g_autofree char *name = g_strconcat (prefix, param, NULL);

      if (!read_checked (file, name, model->params[i], error))
        return NULL;
    }
  return g_steal_pointer (&model);
}

/**
 * tsn_model_weights_read_codes:
 * @error: %TSN_ERROR_MODEL, a sentence that names the file
 *
 * Reads the task codes if they are of a kind that is drawn, not made by rule.
 */
gboolean
tsn_model_weights_read_codes (TsnSafetensors *file, TsnModel *model, GError **error)
{
  return !has_stored_codes (model) || read_checked (file, CODES, model->codes, error);
}

/**
 * tsn_model_weights_check:
 * @dtype: how the weights are to be stored
 * @error: %TSN_ERROR_MODEL, as the end of a sentence
 *
 * Returns: whether all numbers are finite, and stay so as @dtype.
 */
gboolean
tsn_model_weights_check (const TsnModel *model, TsnDtype dtype, GError **error)
{
  /* Above this a number is closer to 2^128 than to the largest bfloat16. */
  const float bfloat_max = 0x1.fefffep127f;
  float max = dtype == TSN_DTYPE_F16    ? TSN_HALF_MAX
              : dtype == TSN_DTYPE_BF16 ? bfloat_max
                                        : G_MAXFLOAT;

  for (guint i = 0; i < model->graph->params->len; i++)
    {
      const char *name = tsn_graph_param (model->graph, i)->name;
      const float *bad = find_bad_number (model->params[i], lower_bound (name, max), max);

      if (bad != NULL)
        {
          g_set_error (error, TSN_ERROR, TSN_ERROR_MODEL, "tensor '%s' holds %g, which %s", name,
                       *bad,
                       isfinite (*bad) && *bad > max ? "is beyond the range of its type"
                                                     : "no network can compute with");
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * tsn_model_weights_write:
 * @dtype: for parameters; codes keep their 32 bits
 */
void
tsn_model_weights_write (const TsnModel *model, TsnSafetensorsWriter *writer, TsnDtype dtype)
{
  for (guint i = 0; i < model->graph->params->len; i++)
    tsn_safetensors_writer_add (writer, tsn_graph_param (model->graph, i)->name, model->params[i],
                                dtype);
  if (has_stored_codes (model))
    tsn_safetensors_writer_add (writer, CODES, model->codes, TSN_DTYPE_F32);
}
