#include "core/figure/tsn-study-mixture.h"

#include "core/base/tsn-error.h"

#include <glib/gi18n-lib.h>

void
tsn_study_read_weights (const GPtrArray *list, const TsnModel *model, float *weights)
{
  for (guint t = 0; t < tsn_model_get_n_tasks (model); t++)
    weights[t] = tsn_study_get_weight (list, tsn_model_get_task (model, t)->name);
}

gboolean
tsn_study_find_readout (const TsnStudyBlend *blend,
                        const float *weights,
                        const TsnModel *model,
                        guint *readout,
                        GError **error)
{
  int found = blend->readout != NULL ? tsn_model_find_task (model, blend->readout) : 0;

  if (found < 0)
    return tsn_error_set (
        error, TSN_ERROR_ARGUMENT,
        _ ("The blend should be read out by a task of the model '%s', but it has no '%s'"),
        model->name, blend->readout);
  for (guint t = 0; blend->readout == NULL && t < tsn_model_get_n_tasks (model); t++)
    if (weights[t] > weights[found])
      found = t;
  *readout = found;
  return TRUE;
}

TsnMixture *
tsn_study_make_mixture (const TsnStudyBlend *blend,
                        const float *weights,
                        TsnModel *model,
                        guint readout)
{
  static const TsnMixSpace spaces[] = { [TSN_STUDY_CODES] = TSN_MIX_CODES,
                                        [TSN_STUDY_EMBEDDINGS] = TSN_MIX_EMBEDDINGS,
                                        [TSN_STUDY_COEFFICIENTS] = TSN_MIX_COEFFICIENTS };
  TsnMixture *mixture = tsn_mixture_new (model, readout);
  g_autofree float *own_weights = g_new0 (float, tsn_model_get_n_tasks (model));
  g_auto (GStrv) modules = tsn_mixture_list_modules (model);

  mixture->space = spaces[blend->space];
  tsn_mixture_set_weights (mixture, weights);
  for (guint i = 0; i < blend->modules->len; i++)
    {
      const TsnStudyModule *own = g_ptr_array_index (blend->modules, i);

      for (guint m = 0; modules[m] != NULL; m++)
        if (g_strcmp0 (modules[m], own->module) == 0)
          {
            tsn_study_read_weights (own->weights, model, own_weights);
            tsn_mixture_set_module (mixture, m, own_weights);
          }
    }
  return mixture;
}
