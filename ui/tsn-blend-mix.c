/* The weights of a blend, the space they are mixed in and the read-out. */
#include "ui/tsn-blend-private.h"

#include "ui/tsn-pad-shape.h"

#include <math.h>
#include <string.h>

/* Weights whose sum is smaller cannot be divided by it. */
#define SMALLEST_SUM 1e-6

guint
tsn_blend_get_n_tasks (TsnBlend *self)
{
  return self->n_tasks;
}

const TsnTask *
tsn_blend_get_task (TsnBlend *self, guint task)
{
  g_return_val_if_fail (task < self->n_tasks, NULL);

  return tsn_model_get_task (self->model, task);
}

/**
 * tsn_blend_get_weights:
 *
 * Returns: (transfer none) (array): one for each task, of any sign and sum.
 */
const double *
tsn_blend_get_weights (TsnBlend *self)
{
  return self->weights;
}

/**
 * tsn_blend_set_weights:
 * @weights: (array): one for each task, of any sign and sum
 *
 * Mixes tasks; a path that is being played stops.
 */
void
tsn_blend_set_weights (TsnBlend *self, const double *weights)
{
  size_t bytes = self->n_tasks * sizeof *weights;

  if (!self->walking)
    tsn_blend_path_set_playing (self->path, FALSE);
  if (memcmp (self->weights, weights, bytes) == 0)
    return;
  memcpy (self->weights, weights, bytes);
  tsn_blend_changed (self);
}

void
tsn_blend_set_weight (TsnBlend *self, guint task, double weight)
{
  g_autofree double *weights = g_memdup2 (self->weights, self->n_tasks * sizeof *weights);

  g_return_if_fail (task < self->n_tasks);

  weights[task] = weight;
  tsn_blend_set_weights (self, weights);
}

/**
 * tsn_blend_set_task:
 *
 * Takes one task by itself.
 */
void
tsn_blend_set_task (TsnBlend *self, guint task)
{
  g_autofree double *weights = g_new0 (double, self->n_tasks);

  g_return_if_fail (task < self->n_tasks);

  weights[task] = 1;
  tsn_blend_set_weights (self, weights);
}

/**
 * tsn_blend_set_place:
 * @x: see tsn_pad_shape_get_weights()
 *
 * Takes the weights that belong to a place of the pad.
 */
void
tsn_blend_set_place (TsnBlend *self, double x, double y)
{
  g_autofree double *weights = g_new (double, self->n_tasks);

  if (self->n_tasks == 0)
    return;
  tsn_pad_shape_get_weights (self->n_tasks, x, y, weights);
  tsn_blend_set_weights (self, weights);
}

double
tsn_blend_get_sum (TsnBlend *self)
{
  double sum = 0;

  for (guint i = 0; i < self->n_tasks; i++)
    sum += self->weights[i];
  return sum;
}

/**
 * tsn_blend_normalise:
 *
 * Divides the weights by their sum, unless that is about zero.
 */
void
tsn_blend_normalise (TsnBlend *self)
{
  double sum = tsn_blend_get_sum (self);
  g_autofree double *weights = g_new (double, self->n_tasks);

  if (fabs (sum) < SMALLEST_SUM)
    return;
  for (guint i = 0; i < self->n_tasks; i++)
    weights[i] = self->weights[i] / sum;
  tsn_blend_set_weights (self, weights);
}

/**
 * tsn_blend_reset:
 *
 * Goes back to how a blend begins: the first task by itself in all modules, embeddings mixed, the
 * read-out following.
 */
void
tsn_blend_reset (TsnBlend *self)
{
  if (self->n_tasks == 0)
    return;
  tsn_blend_set_space (self, TSN_MIX_EMBEDDINGS);
  tsn_blend_reset_modules (self);
  tsn_blend_set_task (self, 0);
  tsn_blend_set_follow (self, TRUE);
}

TsnMixSpace
tsn_blend_get_space (TsnBlend *self)
{
  return self->space;
}

void
tsn_blend_set_space (TsnBlend *self, TsnMixSpace space)
{
  if (self->space == space || space > TSN_MIX_COEFFICIENTS)
    return;
  self->space = space;
  tsn_blend_notify (self, TSN_BLEND_PROP_SPACE);
  tsn_blend_changed (self);
}

guint
tsn_blend_get_readout (TsnBlend *self)
{
  return self->readout;
}

/**
 * tsn_blend_set_readout:
 *
 * Chooses the head, which then no longer follows the weights.
 */
void
tsn_blend_set_readout (TsnBlend *self, guint task)
{
  if (task >= self->n_tasks || task == self->readout)
    return;
  tsn_blend_set_follow (self, FALSE);
  self->readout = task;
  tsn_blend_notify (self, TSN_BLEND_PROP_READOUT);
  tsn_blend_changed (self);
}

gboolean
tsn_blend_get_follow (TsnBlend *self)
{
  return self->follow;
}

void
tsn_blend_set_follow (TsnBlend *self, gboolean follow)
{
  if (self->follow == follow)
    return;
  self->follow = follow;
  tsn_blend_notify (self, TSN_BLEND_PROP_FOLLOW);
  tsn_blend_changed (self);
}
