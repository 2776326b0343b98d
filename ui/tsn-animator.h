/* A window that makes films of the blend's path. */
#pragma once

#include <adwaita.h>

#include "ui/tsn-document.h"

G_BEGIN_DECLS

#define TSN_TYPE_ANIMATOR (tsn_animator_get_type ())
G_DECLARE_FINAL_TYPE (TsnAnimator, tsn_animator, TSN, ANIMATOR, AdwWindow)

/**
 * TsnAnimator:
 *
 * Shows a frame of the film of a document's path, lets people choose how it looks, and writes it.
 *
 * Signals: `made` () when a frame is shown, `written` (const char *path) when a film is there,
 * `failed` (GError *error) when neither is.
 */

GtkWindow *tsn_animator_new (TsnDocument *document);
void tsn_animator_write (TsnAnimator *self, GFile *file);
gboolean tsn_animator_is_busy (TsnAnimator *self);

G_END_DECLS
