/* One model, one image: encode once, decode any number of times. */
#pragma once

#include <gio/gio.h>

#include "core/base/tsn-pool.h"
#include "core/inference/tsn-mixture.h"
#include "core/inference/tsn-profile.h"
#include "core/model/tsn-model.h"

G_BEGIN_DECLS

/**
 * TsnSessionFunc:
 * @index: which of the asked tasks
 * @output: (transfer none): its read-out, [1, C, H, W]
 */
typedef void (*TsnSessionFunc) (guint index, TsnTensor *output, gpointer data);

/**
 * TsnSession:
 *
 * Runs a model on an image.  Not thread-safe: one thread at a time.  Memory is planned per input
 * size and kept between images of the same size.
 */
typedef struct _TsnSession TsnSession;

/** What the shorter side of an input may be: what the encoder can shrink, and what memory holds. */
#define TSN_SESSION_MIN_SIZE 32
#define TSN_SESSION_MAX_SIZE 2048

/**
 * TsnSessionStats:
 * @encoder_passes: encoder passes since the session was made
 * @decoder_passes: decoder passes since then (one per decoded embedding)
 * @modules_run: decoder nodes run since then
 * @modules_reused: decoder nodes whose last result was still valid and was used again
 * @encode_seconds: duration of the last encoder pass
 * @decode_seconds: duration of the last decoding, of all its tasks together
 */
typedef struct
{
  guint64 encoder_passes;
  guint64 decoder_passes;
  guint64 modules_run;
  guint64 modules_reused;
  double encode_seconds;
  double decode_seconds;
} TsnSessionStats;

TsnSession *tsn_session_new (TsnModel *model, TsnPool *pool);
void tsn_session_free (TsnSession *session);
TsnModel *tsn_session_get_model (TsnSession *session);
const TsnSessionStats *tsn_session_get_stats (TsnSession *session);

gboolean tsn_session_encode (TsnSession *session,
                             const TsnTensor *image,
                             GCancellable *cancellable,
                             GError **error);
TsnTensor *tsn_session_embed (TsnSession *session, const TsnTensor *code);
TsnTensor *tsn_session_embed_task (TsnSession *session, guint task);
TsnTensor *tsn_session_decode (TsnSession *session,
                               TsnTensor *embedding,
                               guint readout,
                               GCancellable *cancellable,
                               GError **error);
TsnTensor *tsn_session_decode_modules (TsnSession *session,
                                       TsnTensor *const *embeddings,
                                       guint readout,
                                       GCancellable *cancellable,
                                       GError **error);
gboolean tsn_session_decode_tasks (TsnSession *session,
                                   const guint *tasks,
                                   guint n_tasks,
                                   TsnSessionFunc ready,
                                   gpointer data,
                                   GCancellable *cancellable,
                                   GError **error);
gboolean tsn_session_decode_mixtures (TsnSession *session,
                                      const TsnMixture *const *mixtures,
                                      guint n_mixtures,
                                      TsnSessionFunc ready,
                                      gpointer data,
                                      GCancellable *cancellable,
                                      GError **error);
guint tsn_session_get_n_modules (TsnSession *session);
const char *tsn_session_get_module_name (TsnSession *session, guint module);
size_t tsn_session_get_bytes (TsnSession *session, size_t height, size_t width);
size_t tsn_session_get_weight_bytes (TsnSession *session);
void tsn_session_drop_parameters (TsnSession *session);
void tsn_session_set_profile (TsnSession *session, TsnProfile *profile);
TsnTensor *tsn_session_tap (TsnSession *session, const char *node, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnSession, tsn_session_free)

G_END_DECLS
