#include "ui/tsn-blend-study.h"

static void
get_weights (TsnBlend *self, const double *weights, GPtrArray *list)
{
  for (guint i = 0; i < tsn_blend_get_n_tasks (self); i++)
    if (weights[i] != 0)
      tsn_study_set_weight (list, tsn_blend_get_task (self, i)->name, weights[i]);
}

/**
 * tsn_blend_get_study:
 * @study: an initialised study, whose blend is still empty
 *
 * Writes down what is mixed.  A read-out that follows the weights has no name.
 */
void
tsn_blend_get_study (TsnBlend *self, TsnStudy *study)
{
  guint readout = tsn_blend_get_readout (self);

  study->blend.enabled = tsn_blend_get_shown (self);
  study->blend.space = (TsnStudySpace) tsn_blend_get_space (self);
  if (tsn_blend_get_n_tasks (self) == 0)
    return;
  get_weights (self, tsn_blend_get_weights (self), study->blend.weights);
  if (!tsn_blend_get_follow (self))
    study->blend.readout = g_strdup (tsn_blend_get_task (self, readout)->name);
  for (guint i = 0; i < tsn_blend_get_n_modules (self); i++)
    {
      const double *weights = tsn_blend_get_module_weights (self, i);

      if (weights != NULL)
        get_weights (
            self, weights,
            tsn_study_add_module (study, tsn_blend_get_module_name (self, i))->weights);
    }
}
