#include "core/inference/tsn-session-private.h"

#include "core/base/tsn-error.h"

#include <glib/gi18n-lib.h>

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
 * tsn_session_drop_parameters:
 *
 * Frees those parameters of the model of which the session has a packed copy: all but those of the
 * embedding network.  Only for a model that is used by nothing but this session: afterwards it can
 * tell what it is and what its tasks are, but no other session can be made of it.
 */
void
tsn_session_drop_parameters (TsnSession *session)
{
  const TsnModel *model = session->model;
  g_autoptr (TsnTensor) nothing = tsn_tensor_new_vector (0);

  for (guint i = 0; i < model->graph->nodes->len; i++)
    {
      const TsnNode *node = tsn_graph_node (model->graph, i);

      for (guint p = 0; node->stage != TSN_STAGE_EMBEDDING && p < node->n_params; p++)
        {
          tsn_tensor_unref (model->params[node->params + p]);
          model->params[node->params + p] = tsn_tensor_ref (nothing);
        }
    }
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

double
tsn_session_seconds_since (gint64 start)
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
  session->stats.encoder_passes++;
  session->stats.encode_seconds = tsn_session_seconds_since (start);
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
                 index == TSN_NONE ? _ ("The network has no node “%s”")
                                   : _ ("Node “%s” is not kept or has not been run"),
                 node);
  return tap;
}
