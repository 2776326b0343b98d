#include "core/inference/tsn-session.h"

#include "core/base/tsn-error.h"
#include "core/inference/tsn-conditioner.h"
#include "core/inference/tsn-plan.h"

#include <string.h>

struct _TsnSession
{
  TsnModel *model;
  TsnPool *pool;
  TsnConditioner *conditioner;
  TsnProgram *program;
  TsnPlan *plan; /* for the size of the current image */
  gboolean encoded;
  size_t height;
  size_t width;
  TsnProfile *profile; /* not owned */
  TsnSessionStats stats;
};

/**
 * tsn_session_new:
 * @pool: (transfer none): must outlive the session
 *
 * Returns: (transfer full): a session without an image.
 */
TsnSession *
tsn_session_new (TsnModel *model, TsnPool *pool)
{
  TsnSession *session = g_new0 (TsnSession, 1);

  session->model = tsn_model_ref (model);
  session->pool = pool;
  session->conditioner = tsn_conditioner_new (model, pool);
  session->program = tsn_program_new (model, pool);
  return session;
}

void
tsn_session_free (TsnSession *session)
{
  g_clear_pointer (&session->plan, tsn_plan_free);
  tsn_program_free (session->program);
  tsn_conditioner_free (session->conditioner);
  tsn_model_unref (session->model);
  g_free (session);
}

TsnModel *
tsn_session_get_model (TsnSession *session)
{
  return session->model;
}

const TsnSessionStats *
tsn_session_get_stats (TsnSession *session)
{
  return &session->stats;
}

static void
set_size (TsnSession *session, size_t height, size_t width)
{
  if (session->plan != NULL && tsn_plan_has_size (session->plan, height, width))
    return;
  session->encoded = FALSE;
  g_clear_pointer (&session->plan, tsn_plan_free);
  session->plan = tsn_plan_new (session->program, session->pool, height, width);
  tsn_plan_set_profile (session->plan, session->profile);
}

/**
 * tsn_session_get_bytes:
 * @height, @width: of an input; multiples of 32
 *
 * Plans for that size; an image that is encoded at another is forgotten.
 *
 * Returns: the memory in bytes for all activations and scratch, besides the weights.
 */
size_t
tsn_session_get_bytes (TsnSession *session, size_t height, size_t width)
{
  set_size (session, height, width);
  return tsn_plan_get_bytes (session->plan);
}

/**
 * tsn_session_get_weight_bytes:
 *
 * Returns: the memory in bytes that the packed weights take, besides the model's own parameters.
 */
size_t
tsn_session_get_weight_bytes (TsnSession *session)
{
  return tsn_program_get_bytes (session->program);
}

/**
 * tsn_session_set_profile:
 * @profile: (nullable): where the time of each step is added up from now on; it must outlive the
 *   session or be replaced
 */
void
tsn_session_set_profile (TsnSession *session, TsnProfile *profile)
{
  session->profile = profile;
  if (session->plan != NULL)
    tsn_plan_set_profile (session->plan, profile);
}

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
}

/**
 * tsn_session_encode:
 * @image: [1, 3, H, W] RGB in [0, 1]; H and W multiples of 32
 *
 * Makes @image the session's image: normalises it and runs the encoder, once for all tasks.
 *
 * Returns: %FALSE if it was cancelled; then the session has no image.
 */
gboolean
tsn_session_encode (TsnSession *session,
                    const TsnTensor *image,
                    GCancellable *cancellable,
                    GError **error)
{
  size_t height = image->dim[2], width = image->dim[3];
  gint64 start = g_get_monotonic_time ();

  g_return_val_if_fail (image->rank == 4 && image->dim[0] == 1 && image->dim[1] == 3, FALSE);
  g_return_val_if_fail (height > 0 && height % 32 == 0 && width > 0 && width % 32 == 0, FALSE);

  session->encoded = FALSE;
  set_size (session, height, width);
  if (!tsn_plan_encode (session->plan, image->data, cancellable, error))
    return FALSE;
  session->encoded = TRUE;
  session->height = height;
  session->width = width;
  session->stats.encoder_passes++;
  session->stats.encode_seconds = seconds_since (start);
  return TRUE;
}

/**
 * tsn_session_embed:
 * @code: [D] any code
 *
 * Returns: (transfer full): the embedding of a code: what the embedding network makes of it, or
 *   the code itself where the network has none.
 */
TsnTensor *
tsn_session_embed (TsnSession *session, const TsnTensor *code)
{
  return tsn_conditioner_embed (session->conditioner, code);
}

/**
 * tsn_session_embed_task:
 *
 * Returns: (transfer full): the embedding of task @task's own code.
 */
TsnTensor *
tsn_session_embed_task (TsnSession *session, guint task)
{
  return tsn_conditioner_embed_task (session->conditioner, task);
}

/**
 * tsn_session_get_n_modules:
 *
 * Returns: how many decoder modules have coefficients of their own.
 */
guint
tsn_session_get_n_modules (TsnSession *session)
{
  return tsn_conditioner_get_n_modules (session->conditioner);
}

/**
 * tsn_session_get_module_name:
 *
 * Returns: the name of a decoder module ("O5", "S4", "O4" ...), in the order of the graph.
 */
const char *
tsn_session_get_module_name (TsnSession *session, guint module)
{
  return tsn_conditioner_get_module_name (session->conditioner, module);
}

/* Decodings that are run together, with what they need. */
typedef struct
{
  TsnSession *session;
  TsnPlanItem *items;
  TsnTensor **outputs;
  guint n;
  TsnSessionFunc ready;
  gpointer data;
} Batch;

static void
batch_init (Batch *batch, TsnSession *session, guint n)
{
  *batch = (Batch){ .session = session, .n = n };
  batch->items = g_new0 (TsnPlanItem, n);
  batch->outputs = g_new0 (TsnTensor *, n);
}

/* Sets decoding @index, which takes over the coefficients of each module and their keys. */
static void
batch_set (Batch *batch, guint index, TsnTensor **coefficients, const guint64 *keys, guint readout)
{
  TsnSession *session = batch->session;
  guint channels = tsn_model_get_task (session->model, readout)->channels;

  batch->outputs[index] = tsn_tensor_new_nchw (1, channels, session->height, session->width);
  batch->items[index] = (TsnPlanItem){ .coefficients = coefficients,
                                       .keys = keys,
                                       .readout = readout,
                                       .output = batch->outputs[index]->data };
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
      g_clear_pointer (&batch->outputs[i], tsn_tensor_unref);
    }
  g_free (batch->items);
  g_free (batch->outputs);
}

static void
ready_cb (guint index, gpointer data)
{
  Batch *batch = data;

  if (batch->ready != NULL)
    batch->ready (index, batch->outputs[index], batch->data);
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
  stats->decode_seconds = seconds_since (start);
  for (guint i = 0; i < batch->n; i++)
    {
      stats->modules_run += batch->items[i].run;
      stats->modules_reused += batch->items[i].reused;
    }
  return TRUE;
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
  batch_set_embeddings (&batch, 0, embeddings, readout);
  if (batch_run (&batch, cancellable, error))
    output = g_steal_pointer (&batch.outputs[0]);
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

/**
 * tsn_session_tap:
 * @node: name of an encoder stage (F1 .. F5), a decoder module (O5, S4, O4 ..) or a read-out
 *
 * Returns: (transfer full): [1, C, h, w] the node's value in the last pass.
 */
TsnTensor *
tsn_session_tap (TsnSession *session, const char *node, GError **error)
{
  guint index = tsn_graph_find (session->model->graph, node);
  TsnTensor *tap = NULL;

  if (index != TSN_NONE && session->encoded)
    tap = tsn_plan_tap (session->plan, index);
  if (tap == NULL)
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                 index == TSN_NONE ? "The network has no node “%s”"
                                   : "Node “%s” is not kept or has not been run",
                 node);
  return tap;
}
