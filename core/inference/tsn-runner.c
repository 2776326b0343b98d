#include "core/inference/tsn-runner.h"

#include "core/base/tsn-error.h"

#include <glib/gi18n-lib.h>

struct _TsnRunner
{
  TsnPool *pool;
  TsnSession *session;
  TsnImage *image; /* that the session holds */
  guint size;      /* at which it holds it */
};

TsnRunner *
tsn_runner_new (void)
{
  TsnRunner *runner = g_new0 (TsnRunner, 1);

  runner->pool = tsn_pool_new (0);
  return runner;
}

void
tsn_runner_free (TsnRunner *runner)
{
  g_clear_pointer (&runner->session, tsn_session_free);
  g_clear_pointer (&runner->image, tsn_image_unref);
  g_clear_pointer (&runner->pool, tsn_pool_free);
  g_free (runner);
}

/**
 * tsn_runner_get_session:
 *
 * Returns: (transfer none) (nullable): the session of the last model, until the next call of
 *   tsn_runner_encode().
 */
TsnSession *
tsn_runner_get_session (TsnRunner *runner)
{
  return runner->session;
}

static void
set_model (TsnRunner *runner, TsnModel *model)
{
  if (runner->session != NULL && tsn_session_get_model (runner->session) == model)
    return;
  g_clear_pointer (&runner->session, tsn_session_free);
  g_clear_pointer (&runner->image, tsn_image_unref);
  runner->session = tsn_session_new (model, runner->pool);
}

static TsnTensor *
fit_image (const TsnImage *image, guint size, GError **error)
{
  guint width, height;

  if (size <= TSN_SESSION_MAX_SIZE
      && tsn_image_fit_size (image->width, image->height, size, &width, &height))
    return tsn_image_to_tensor (image, width, height);
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
               _ ("An input of %u pixels is more than the %d that memory is kept for"), size,
               TSN_SESSION_MAX_SIZE);
  return NULL;
}

/**
 * tsn_runner_encode:
 * @size: length of the shorter side of the network's input in pixels, 0 for the model's own
 * @seconds: (out): how long it took; 0 if the session holds that image already
 * @error: %TSN_ERROR_ARGUMENT for a size that is too large, or that it was cancelled
 *
 * Makes @image that of a session of @model.
 */
gboolean
tsn_runner_encode (TsnRunner *runner,
                   TsnModel *model,
                   TsnImage *image,
                   guint size,
                   double *seconds,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (TsnTensor) input = NULL;

  *seconds = 0;
  size = size != 0 ? size : model->size;
  set_model (runner, model);
  if (runner->image == image && runner->size == size)
    return TRUE;
  g_clear_pointer (&runner->image, tsn_image_unref);
  input = fit_image (image, size, error);
  if (input == NULL || !tsn_session_encode (runner->session, input, cancellable, error))
    return FALSE;
  runner->image = tsn_image_ref (image);
  runner->size = size;
  *seconds = tsn_session_get_stats (runner->session)->encode_seconds;
  return TRUE;
}
