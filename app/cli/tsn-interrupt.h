/* Ctrl+C as a GCancellable. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TsnInterrupt:
 *
 * Cancels something when the process is asked to stop (SIGINT, SIGTERM), so that it can end
 * cleanly.  The second signal ends the process at once, as it would have without this.
 */
typedef struct _TsnInterrupt TsnInterrupt;

TsnInterrupt *tsn_interrupt_new (GCancellable *cancellable);
void tsn_interrupt_free (TsnInterrupt *interrupt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnInterrupt, tsn_interrupt_free)

G_END_DECLS
