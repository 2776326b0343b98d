/* A window that makes films of the blend's path. */
#pragma once

#include "ui/tsn-export-window.h"

G_BEGIN_DECLS

#define TSN_TYPE_ANIMATOR (tsn_animator_get_type ())
G_DECLARE_FINAL_TYPE (TsnAnimator, tsn_animator, TSN, ANIMATOR, TsnExportWindow)

/**
 * TsnAnimator:
 *
 * Shows a frame of the film of a document's path, lets people choose how it looks, and writes it.
 */

GtkWindow *tsn_animator_new (TsnDocument *document);

G_END_DECLS
