#include "ui/tsn-blend-study.h"

#include <string.h>

static void
get_weights (TsnBlend *self, const double *weights, GPtrArray *list)
{
  for (guint i = 0; i < tsn_blend_get_n_tasks (self); i++)
    if (weights[i] != 0)
      tsn_study_set_weight (list, tsn_blend_get_task (self, i)->name, weights[i]);
}

static void
get_path (TsnBlend *self, TsnStudy *study)
{
  TsnBlendPath *path = tsn_blend_get_path (self);

  study->blend.path.duration = tsn_blend_path_get_duration (path);
  study->blend.path.loop = tsn_blend_path_get_loop (path);
  for (guint i = 0; i < tsn_blend_path_get_n_points (path); i++)
    get_weights (self, tsn_blend_path_get_point (path, i), tsn_study_add_point (study)->weights);
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
  get_path (self, study);
  get_weights (self, tsn_blend_get_weights (self), study->blend.weights);
  if (!tsn_blend_get_follow (self))
    study->blend.readout = g_strdup (tsn_blend_get_task (self, readout)->name);
  for (guint i = 0; i < tsn_blend_get_n_modules (self); i++)
    {
      const double *weights = tsn_blend_get_module_weights (self, i);

      if (weights != NULL)
        get_weights (self, weights,
                     tsn_study_add_module (study, tsn_blend_get_module_name (self, i))->weights);
    }
}

/* The weights of this model's tasks; FALSE if the list says nothing of any of them. */
static gboolean
read_weights (TsnBlend *self, const GPtrArray *list, double *weights)
{
  gboolean any = FALSE;

  for (guint i = 0; i < tsn_blend_get_n_tasks (self); i++)
    {
      weights[i] = tsn_study_get_weight (list, tsn_blend_get_task (self, i)->name);
      any |= weights[i] != 0;
    }
  return any;
}

static const GPtrArray *
find_module (const TsnStudy *study, const char *name)
{
  for (guint i = 0; i < study->blend.modules->len; i++)
    {
      const TsnStudyModule *module = g_ptr_array_index (study->blend.modules, i);

      if (g_strcmp0 (module->module, name) == 0)
        return module->weights;
    }
  return NULL;
}

static void
set_modules (TsnBlend *self, const TsnStudy *study, double *weights)
{
  for (guint i = 0; i < tsn_blend_get_n_modules (self); i++)
    {
      const GPtrArray *list = find_module (study, tsn_blend_get_module_name (self, i));
      gboolean own = list != NULL && read_weights (self, list, weights);

      if (own || tsn_blend_get_module_weights (self, i) != NULL)
        tsn_blend_set_module_weights (self, i, own ? weights : NULL);
    }
}

static void
set_readout (TsnBlend *self, const TsnStudy *study)
{
  for (guint i = 0; i < tsn_blend_get_n_tasks (self); i++)
    if (g_strcmp0 (tsn_blend_get_task (self, i)->name, study->blend.readout) == 0)
      {
        tsn_blend_set_follow (self, FALSE);
        tsn_blend_set_readout (self, i);
        return;
      }
  tsn_blend_set_follow (self, TRUE);
}

/* Whether the path has the way-points that are written down. */
static gboolean
has_points (TsnBlend *self, const GPtrArray *points, double *weights)
{
  TsnBlendPath *path = tsn_blend_get_path (self);
  size_t bytes = tsn_blend_get_n_tasks (self) * sizeof *weights;

  if (tsn_blend_path_get_n_points (path) != points->len)
    return FALSE;
  for (guint i = 0; i < points->len; i++)
    {
      read_weights (self, ((TsnStudyPoint *) g_ptr_array_index (points, i))->weights, weights);
      if (memcmp (weights, tsn_blend_path_get_point (path, i), bytes) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
set_path (TsnBlend *self, const TsnStudyPath *study, double *weights)
{
  TsnBlendPath *path = tsn_blend_get_path (self);

  tsn_blend_path_set_duration (path, study->duration);
  tsn_blend_path_set_loop (path, study->loop);
  if (has_points (self, study->points, weights))
    return;
  tsn_blend_path_clear (path);
  for (guint i = 0; i < study->points->len; i++)
    {
      read_weights (self, ((TsnStudyPoint *) g_ptr_array_index (study->points, i))->weights,
                    weights);
      tsn_blend_path_add (path, weights);
    }
}

/**
 * tsn_blend_set_study:
 *
 * Mixes what is written down, as far as the model has the tasks and modules that are named.  A
 * blend of none of its tasks leaves the weights as they are.
 */
void
tsn_blend_set_study (TsnBlend *self, const TsnStudy *study)
{
  g_autofree double *weights = g_new0 (double, MAX (tsn_blend_get_n_tasks (self), 1));

  tsn_blend_set_space (self, (TsnMixSpace) study->blend.space);
  if (read_weights (self, study->blend.weights, weights))
    tsn_blend_set_weights (self, weights);
  set_modules (self, study, weights);
  set_readout (self, study);
  set_path (self, &study->blend.path, weights);
}
