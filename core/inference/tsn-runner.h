/* What a worker's thread works with; private to the room. */
#pragma once

#include "core/inference/tsn-session.h"
#include "core/io/tsn-image.h"

G_BEGIN_DECLS

/**
 * TsnRunner:
 *
 * A session of the model that was asked for last, and which image it holds.  Belongs to one thread.
 */
typedef struct _TsnRunner TsnRunner;

TsnRunner *tsn_runner_new (void);
void tsn_runner_free (TsnRunner *runner);
TsnSession *tsn_runner_get_session (TsnRunner *runner);
gboolean tsn_runner_encode (TsnRunner *runner,
                            TsnModel *model,
                            TsnImage *image,
                            guint size,
                            double *seconds,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
