/* Which decoder modules of a blend have a mix of their own. */
#include "ui/tsn-blend-private.h"

#include <string.h>

guint
tsn_blend_get_n_modules (TsnBlend *self)
{
  return self->pinned->len;
}

/**
 * tsn_blend_get_module_name:
 *
 * Returns: (transfer none): "O5", "S4", "O4" and so on, in the order in which modules run.
 */
const char *
tsn_blend_get_module_name (TsnBlend *self, guint module)
{
  g_return_val_if_fail (module < self->pinned->len, NULL);

  return self->modules[module];
}

/**
 * tsn_blend_get_module_weights:
 *
 * Returns: (transfer none) (array) (nullable): the module's own weights, or %NULL if it follows
 *   those of the blend.
 */
const double *
tsn_blend_get_module_weights (TsnBlend *self, guint module)
{
  g_return_val_if_fail (module < self->pinned->len, NULL);

  return self->pinned->pdata[module];
}

static void
replace (TsnBlend *self, guint module, const double *weights)
{
  g_free (self->pinned->pdata[module]);
  self->pinned->pdata[module]
      = weights != NULL ? g_memdup2 (weights, self->n_tasks * sizeof *weights) : NULL;
}

/**
 * tsn_blend_set_module_weights:
 * @weights: (array) (nullable): one for each task, or %NULL to follow those of the blend
 */
void
tsn_blend_set_module_weights (TsnBlend *self, guint module, const double *weights)
{
  g_return_if_fail (module < self->pinned->len);

  replace (self, module, weights);
  tsn_blend_changed (self);
}

/**
 * tsn_blend_get_module:
 *
 * Returns: the task that a module has by itself, %TSN_BLEND_AS_PAD or %TSN_BLEND_PINNED.
 */
int
tsn_blend_get_module (TsnBlend *self, guint module)
{
  const double *weights = tsn_blend_get_module_weights (self, module);
  int task = TSN_BLEND_PINNED;

  if (weights == NULL)
    return TSN_BLEND_AS_PAD;
  for (guint i = 0; i < self->n_tasks; i++)
    if (weights[i] != 0 && (weights[i] != 1 || task >= 0))
      return TSN_BLEND_PINNED;
    else if (weights[i] == 1)
      task = i;
  return task;
}

static void
choose (TsnBlend *self, guint module, int choice)
{
  g_autofree double *weights = g_new0 (double, self->n_tasks);

  if (choice >= 0)
    weights[choice] = 1;
  if (choice == TSN_BLEND_AS_PAD)
    replace (self, module, NULL);
  else
    replace (self, module, choice == TSN_BLEND_PINNED ? self->weights : weights);
}

/**
 * tsn_blend_set_module:
 * @choice: a task, %TSN_BLEND_AS_PAD, or %TSN_BLEND_PINNED for the blend's weights as they are now
 */
void
tsn_blend_set_module (TsnBlend *self, guint module, int choice)
{
  g_return_if_fail (module < self->pinned->len);
  g_return_if_fail (choice >= TSN_BLEND_PINNED && choice < (int) self->n_tasks);

  choose (self, module, choice);
  tsn_blend_changed (self);
}

/**
 * tsn_blend_is_in_stage:
 *
 * Returns: whether a module is one of those that are chosen together.
 */
gboolean
tsn_blend_is_in_stage (TsnBlend *self, guint module, TsnBlendStage stage)
{
  const char *name = tsn_blend_get_module_name (self, module);

  if (stage == TSN_BLEND_SKIPS)
    return name[0] == 'S';
  return (stage == TSN_BLEND_COARSE) == (module < self->pinned->len / 2);
}

/**
 * tsn_blend_set_stage:
 * @choice: as for tsn_blend_set_module()
 *
 * Chooses for several modules at once.
 */
void
tsn_blend_set_stage (TsnBlend *self, TsnBlendStage stage, int choice)
{
  g_return_if_fail (choice >= TSN_BLEND_PINNED && choice < (int) self->n_tasks);

  for (guint i = 0; i < self->pinned->len; i++)
    if (tsn_blend_is_in_stage (self, i, stage))
      choose (self, i, choice);
  tsn_blend_changed (self);
}

/**
 * tsn_blend_count_own_modules:
 *
 * Returns: how many modules do not follow the weights of the blend.
 */
guint
tsn_blend_count_own_modules (TsnBlend *self)
{
  guint n = 0;

  for (guint i = 0; i < self->pinned->len; i++)
    n += self->pinned->pdata[i] != NULL;
  return n;
}

void
tsn_blend_reset_modules (TsnBlend *self)
{
  if (tsn_blend_count_own_modules (self) == 0)
    return;
  for (guint i = 0; i < self->pinned->len; i++)
    replace (self, i, NULL);
  tsn_blend_changed (self);
}

static void
to_floats (const double *from, guint n, float *to)
{
  for (guint i = 0; i < n; i++)
    to[i] = from[i];
}

/**
 * tsn_blend_make_mixture:
 *
 * Returns: (transfer full): what the network is asked for.
 */
TsnMixture *
tsn_blend_make_mixture (TsnBlend *self)
{
  TsnMixture *mixture = tsn_mixture_new (self->model, self->readout);
  g_autofree float *weights = g_new (float, self->n_tasks);

  mixture->space = self->space;
  to_floats (self->weights, self->n_tasks, weights);
  tsn_mixture_set_weights (mixture, weights);
  for (guint i = 0; i < self->pinned->len; i++)
    if (self->pinned->pdata[i] != NULL)
      {
        to_floats (self->pinned->pdata[i], self->n_tasks, weights);
        tsn_mixture_set_module (mixture, i, weights);
      }
  return mixture;
}
