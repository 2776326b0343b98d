#include "core/training/tsn-trainer.h"

#include "core/base/tsn-arena.h"
#include "core/base/tsn-error.h"
#include "core/training/tsn-pass.h"

#include <math.h>

struct _TsnTrainerPrivate
{
  TsnPool *pool;
  TsnLoss *losses;
  TsnTensor **grads;
  TsnPass **passes; /* per task, NULL until its first batch */
  void *arena;      /* of all passes, one at a time */
  size_t arena_bytes;
};

/**
 * tsn_trainer_new:
 * @model: a reference is kept
 * @pool: borrowed
 *
 * Returns: (transfer full): a trainer that has not stepped yet.
 */
TsnTrainer *
tsn_trainer_new (TsnModel *model, const TsnTrainerOptions *options, TsnPool *pool)
{
  TsnTrainer *trainer = g_new0 (TsnTrainer, 1);
  TsnTrainerPrivate *priv = trainer->priv = g_new0 (TsnTrainerPrivate, 1);
  guint n_params = model->graph->params->len, n_tasks = tsn_model_get_n_tasks (model);

  trainer->model = tsn_model_ref (model);
  trainer->optimiser = tsn_optimiser_new (model, &options->optimiser);
  tsn_schedule_init (&trainer->schedule, &options->schedule);
  priv->pool = pool;
  priv->losses = g_memdup2 (options->losses, n_tasks * sizeof *priv->losses);
  priv->passes = g_new0 (TsnPass *, n_tasks);
  priv->grads = g_new0 (TsnTensor *, n_params);
  for (guint i = 0; i < n_params; i++)
    {
      const TsnParam *param = tsn_graph_param (model->graph, i);

      if (param->trained)
        priv->grads[i] = tsn_tensor_new (param->rank, param->dim);
    }
  return trainer;
}

void
tsn_trainer_free (TsnTrainer *trainer)
{
  TsnTrainerPrivate *priv = trainer->priv;

  for (guint i = 0; i < tsn_model_get_n_tasks (trainer->model); i++)
    g_clear_pointer (&priv->passes[i], tsn_pass_free);
  for (guint i = 0; i < trainer->model->graph->params->len; i++)
    g_clear_pointer (&priv->grads[i], tsn_tensor_unref);
  tsn_aligned_free (priv->arena);
  g_free (priv->passes);
  g_free (priv->grads);
  g_free (priv->losses);
  g_free (priv);
  tsn_optimiser_free (trainer->optimiser);
  tsn_model_unref (trainer->model);
  g_free (trainer);
}

static gboolean
check_batch (TsnTrainer *trainer, const TsnBatch *batch, size_t min_cells, GError **error)
{
  const size_t *dim = batch->image->dim;
  g_autofree char *shape = NULL;

  g_return_val_if_fail (batch->task < tsn_model_get_n_tasks (trainer->model), FALSE);

  if (batch->image->rank == 4 && dim[1] == 3 && dim[2] % 32 == 0 && dim[3] % 32 == 0
      && dim[0] * (dim[2] / 32) * (dim[3] / 32) >= min_cells)
    return tsn_loss_check (batch, tsn_model_get_task (trainer->model, batch->task), error);
  shape = tsn_shape_to_string (batch->image->rank, batch->image->dim);
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
               "A batch of images is N x 3 x H x W with H and W multiples of 32 and %zu or more "
               "32 x 32 cells in all, but this one is %s",
               min_cells, shape);
  return FALSE;
}

/* The planned pass of a batch's task, bound to memory. */
static TsnPass *
find_pass (TsnTrainer *trainer, const TsnBatch *batch)
{
  TsnTrainerPrivate *priv = trainer->priv;
  const size_t *dim = batch->image->dim;
  TsnPass **pass = &priv->passes[batch->task];
  TsnPassSpec spec
      = { trainer->model, batch->task, dim[0], dim[2], dim[3], priv->grads, priv->pool };
  const TsnPassSpec *old = *pass != NULL ? tsn_pass_get_spec (*pass) : NULL;

  if (old == NULL || old->n != spec.n || old->height != spec.height || old->width != spec.width)
    {
      g_clear_pointer (pass, tsn_pass_free);
      *pass = tsn_pass_new (&spec);
    }
  if (tsn_pass_get_arena_bytes (*pass) > priv->arena_bytes)
    {
      tsn_aligned_free (priv->arena);
      priv->arena_bytes = tsn_pass_get_arena_bytes (*pass);
      priv->arena = tsn_aligned_alloc (priv->arena_bytes);
    }
  tsn_pass_bind (*pass, priv->arena);
  return *pass;
}

static void
normalise (const TsnModel *model, const TsnTensor *image, float *x)
{
  size_t pixels = image->dim[2] * image->dim[3];

  for (size_t plane = 0; plane < image->dim[0] * 3; plane++)
    for (size_t i = plane * pixels; i < (plane + 1) * pixels; i++)
      x[i] = (image->data[i] - model->mean[plane % 3]) / model->std[plane % 3];
}

static double
compute_loss (TsnTrainer *trainer, const TsnBatch *batch, TsnPass *pass)
{
  return tsn_loss_value (&trainer->priv->losses[batch->task], batch, tsn_pass_get_output (pass),
                         tsn_pass_get_output_gradient (pass), trainer->priv->pool);
}

static gboolean
refuse (TsnTrainer *trainer, const TsnBatch *batch, const char *what, GError **error)
{
  g_autofree char *photos
      = batch->photos != NULL ? g_strjoinv (", ", batch->photos) : g_strdup ("unnamed photos");

  g_set_error (error, TSN_ERROR, TSN_ERROR_MODEL,
               "The %s of task %s is not a finite number any more after %" G_GUINT64_FORMAT
               " steps, with the batch of %s",
               what, tsn_model_get_task (trainer->model, batch->task)->name,
               trainer->optimiser->updates, photos);
  return FALSE;
}

/**
 * tsn_trainer_step:
 * @batch: of any of the model's tasks
 * @report: (out): how the step went
 * @error: %TSN_ERROR_ARGUMENT or %TSN_ERROR_FORMAT if the batch does not fit the model,
 *   %TSN_ERROR_MODEL if loss or gradient are not finite; the parameters have not moved then, but
 *   the running statistics have
 *
 * Moves the model's parameters by one step.
 */
gboolean
tsn_trainer_step (TsnTrainer *trainer, const TsnBatch *batch, TsnStepReport *report, GError **error)
{
  TsnTrainerPrivate *priv = trainer->priv;
  double factor = tsn_schedule_get_factor (&trainer->schedule, trainer->optimiser->updates);
  const gboolean *reached;
  TsnPass *pass;

  /* A batch norm of a single number has no variance. */
  if (!check_batch (trainer, batch, 2, error))
    return FALSE;
  pass = find_pass (trainer, batch);
  reached = tsn_pass_get_reached (pass);
  normalise (trainer->model, batch->image, tsn_pass_get_image (pass));
  tsn_pass_train (pass);
  report->loss = compute_loss (trainer, batch, pass);
  if (!isfinite (report->loss))
    return refuse (trainer, batch, "loss", error);
  tsn_pass_backward (pass);
  report->gradient
      = tsn_optimiser_gradient_norm (trainer->optimiser, priv->grads, reached, priv->pool);
  if (!isfinite (report->gradient))
    return refuse (trainer, batch, "gradient", error);
  report->rate = trainer->optimiser->spec.rate * factor;
  tsn_optimiser_step (trainer->optimiser, priv->grads, reached, factor, report->gradient,
                      priv->pool);
  return TRUE;
}

/**
 * tsn_trainer_judge:
 * @loss: (out): the weighted loss in evaluation mode
 * @error: %TSN_ERROR_ARGUMENT or %TSN_ERROR_FORMAT if the batch does not fit the model,
 *   %TSN_ERROR_MODEL if the loss is not finite
 *
 * Computes the loss of a validation batch; nothing of the model changes.
 */
gboolean
tsn_trainer_judge (TsnTrainer *trainer, const TsnBatch *batch, double *loss, GError **error)
{
  TsnPass *pass;

  if (!check_batch (trainer, batch, 1, error))
    return FALSE;
  pass = find_pass (trainer, batch);
  normalise (trainer->model, batch->image, tsn_pass_get_image (pass));
  tsn_pass_evaluate (pass);
  *loss = compute_loss (trainer, batch, pass);
  return isfinite (*loss) || refuse (trainer, batch, "validation loss", error);
}
