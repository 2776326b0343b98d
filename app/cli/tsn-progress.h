/* A progress bar on a terminal, or any other line that is written over. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnProgress:
 *
 * One line on stderr that shows how much is done.  It draws nothing where stderr is not a
 * terminal.
 */
typedef struct _TsnProgress TsnProgress;

TsnProgress *tsn_progress_new (guint steps);
void tsn_progress_free (TsnProgress *progress);
void tsn_progress_show (TsnProgress *progress, guint step, const char *label);
void tsn_progress_hide (TsnProgress *progress);

void tsn_progress_write_over (const char *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnProgress, tsn_progress_free)

G_END_DECLS
