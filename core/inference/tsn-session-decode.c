/* Decoding: one embedding or several, for all modules or for each its own. */
#include "core/inference/tsn-session-private.h"

/* Decodings that are run together, with what they need. */
typedef struct
{
  TsnSession *session;
  TsnPlanItem *items;
  guint n;
  TsnSessionFunc ready;
  gpointer data;
} Batch;

static void
batch_init (Batch *batch, TsnSession *session, guint n)
{
  *batch = (Batch){ .session = session, .n = n };
  batch->items = g_new0 (TsnPlanItem, n);
}

/* Sets decoding @index, which takes over the coefficients of each module and their keys. */
static void
batch_set (Batch *batch, guint index, TsnTensor **coefficients, const guint64 *keys, guint readout)
{
  batch->items[index]
      = (TsnPlanItem){ .coefficients = coefficients, .keys = keys, .readout = readout };
}

/* An embedding for each module. */
static void
batch_set_embeddings (Batch *batch, guint index, TsnTensor *const *embeddings, guint readout)
{
  TsnConditioner *conditioner = batch->session->conditioner;
  guint n = tsn_conditioner_get_n_modules (conditioner);
  TsnTensor **coefficients = g_new0 (TsnTensor *, n);
  guint64 *keys = g_new (guint64, n);

  for (guint i = 0; i < n; i++)
    coefficients[i] = tsn_conditioner_get_coefficients (conditioner, embeddings[i], i, &keys[i]);
  batch_set (batch, index, coefficients, keys, readout);
}

static void
batch_set_mixture (Batch *batch, guint index, const TsnMixture *mixture)
{
  TsnConditioner *conditioner = batch->session->conditioner;
  guint n = tsn_conditioner_get_n_modules (conditioner);
  TsnTensor **coefficients = g_new0 (TsnTensor *, n);
  guint64 *keys = g_new (guint64, n);

  for (guint i = 0; i < n; i++)
    coefficients[i] = tsn_conditioner_get_mixed (conditioner, mixture, i, &keys[i]);
  batch_set (batch, index, coefficients, keys, mixture->readout);
}

static void
batch_clear (Batch *batch)
{
  for (guint i = 0; i < batch->n; i++)
    {
      for (guint m = 0; m < tsn_session_get_n_modules (batch->session); m++)
        tsn_tensor_unref (batch->items[i].coefficients[m]);
      g_free (batch->items[i].coefficients);
      g_free ((gpointer) batch->items[i].keys);
      g_clear_pointer (&batch->items[i].output, tsn_tensor_unref);
    }
  g_free (batch->items);
}

/* Outputs are many: who wants to keep one takes a reference. */
static void
ready_cb (guint index, gpointer data)
{
  Batch *batch = data;

  if (batch->ready != NULL)
    batch->ready (index, batch->items[index].output, batch->data);
  g_clear_pointer (&batch->items[index].output, tsn_tensor_unref);
}

static gboolean
batch_run (Batch *batch, GCancellable *cancellable, GError **error)
{
  TsnSessionStats *stats = &batch->session->stats;
  gint64 start = g_get_monotonic_time ();

  if (!tsn_plan_decode (batch->session->plan, batch->items, batch->n, ready_cb, batch, cancellable,
                        error))
    return FALSE;
  stats->decoder_passes += batch->n;
  stats->decode_seconds = tsn_session_seconds_since (start);
  for (guint i = 0; i < batch->n; i++)
    {
      stats->modules_run += batch->items[i].run;
      stats->modules_reused += batch->items[i].reused;
    }
  return TRUE;
}

static void
take_cb (guint index, TsnTensor *output, gpointer data)
{
  *(TsnTensor **) data = tsn_tensor_ref (output);
}

/**
 * tsn_session_decode_modules:
 * @embeddings: (array): one embedding for each module
 * @readout: the task whose read-out is wanted
 *
 * Decodes the session's image with an embedding for each decoder module.  Modules whose inputs are
 * those of the last decode are not run again.
 *
 * Returns: (transfer full): [1, C, H, W] raw read-out, or %NULL if it was cancelled.
 */
TsnTensor *
tsn_session_decode_modules (TsnSession *session,
                            TsnTensor *const *embeddings,
                            guint readout,
                            GCancellable *cancellable,
                            GError **error)
{
  TsnTensor *output = NULL;
  Batch batch;

  g_return_val_if_fail (session->encoded, NULL);
  g_return_val_if_fail (readout < tsn_model_get_n_tasks (session->model), NULL);

  batch_init (&batch, session, 1);
  batch.ready = take_cb;
  batch.data = &output;
  batch_set_embeddings (&batch, 0, embeddings, readout);
  batch_run (&batch, cancellable, error);
  batch_clear (&batch);
  return output;
}

/**
 * tsn_session_decode_tasks:
 * @tasks: (array length=n_tasks): tasks, each decoded with its own embedding
 * @ready: (scope call): called with each read-out as soon as it is there, in the order of @tasks
 *
 * Decodes the session's image for several tasks together, which is faster than one by one.
 *
 * Returns: %FALSE if it was cancelled.
 */
gboolean
tsn_session_decode_tasks (TsnSession *session,
                          const guint *tasks,
                          guint n_tasks,
                          TsnSessionFunc ready,
                          gpointer data,
                          GCancellable *cancellable,
                          GError **error)
{
  guint n = tsn_session_get_n_modules (session);
  g_autofree TsnTensor **embeddings = g_new (TsnTensor *, n);
  Batch batch;
  gboolean done;

  g_return_val_if_fail (session->encoded, FALSE);

  batch_init (&batch, session, n_tasks);
  batch.ready = ready;
  batch.data = data;
  for (guint i = 0; i < n_tasks; i++)
    {
      g_autoptr (TsnTensor) embedding = tsn_session_embed_task (session, tasks[i]);

      for (guint m = 0; m < n; m++)
        embeddings[m] = embedding;
      batch_set_embeddings (&batch, i, embeddings, tasks[i]);
    }
  done = batch_run (&batch, cancellable, error);
  batch_clear (&batch);
  return done;
}

/**
 * tsn_session_decode_mixtures:
 * @mixtures: (array length=n_mixtures): of the session's model
 * @ready: (scope call): called with each read-out as soon as it is there, in their order
 *
 * Decodes the session's image for several mixtures of tasks together.
 *
 * Returns: %FALSE if it was cancelled.
 */
gboolean
tsn_session_decode_mixtures (TsnSession *session,
                             const TsnMixture *const *mixtures,
                             guint n_mixtures,
                             TsnSessionFunc ready,
                             gpointer data,
                             GCancellable *cancellable,
                             GError **error)
{
  Batch batch;
  gboolean done;

  g_return_val_if_fail (session->encoded, FALSE);

  batch_init (&batch, session, n_mixtures);
  batch.ready = ready;
  batch.data = data;
  for (guint i = 0; i < n_mixtures; i++)
    batch_set_mixture (&batch, i, mixtures[i]);
  done = batch_run (&batch, cancellable, error);
  batch_clear (&batch);
  return done;
}

/**
 * tsn_session_decode:
 * @embedding: [D] any embedding: a task's own, or a blend
 * @readout: the task whose read-out is wanted; independent of the embedding
 *
 * Decodes the session's image.
 *
 * Returns: (transfer full): [1, C, H, W] raw read-out, or %NULL if it was cancelled.
 */
TsnTensor *
tsn_session_decode (TsnSession *session,
                    TsnTensor *embedding,
                    guint readout,
                    GCancellable *cancellable,
                    GError **error)
{
  guint n = tsn_session_get_n_modules (session);
  g_autofree TsnTensor **embeddings = g_new (TsnTensor *, n);

  for (guint i = 0; i < n; i++)
    embeddings[i] = embedding;
  return tsn_session_decode_modules (session, embeddings, readout, cancellable, error);
}
