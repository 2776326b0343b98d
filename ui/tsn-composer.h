/* A window in which figures for papers are made of what another window shows. */
#pragma once

#include <adwaita.h>

#include "ui/tsn-document.h"

G_BEGIN_DECLS

#define TSN_TYPE_COMPOSER (tsn_composer_get_type ())
G_DECLARE_FINAL_TYPE (TsnComposer, tsn_composer, TSN, COMPOSER, AdwWindow)

/**
 * TsnComposer:
 *
 * Shows the figure as it will be, next to all that can be chosen about it, and writes and copies
 * it.  Everything that takes time happens on a thread.
 *
 * Signals: `made` () when another preview is there; `written` (const char *path) when the figure is
 * in a file, `copied` () when it is in the clipboard; `failed` (#GError).
 */

GtkWindow *tsn_composer_new (TsnDocument *document);
void tsn_composer_write (TsnComposer *self, GFile *file);
gboolean tsn_composer_is_busy (TsnComposer *self);

G_END_DECLS
