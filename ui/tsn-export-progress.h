/* How far an export is. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TSN_TYPE_EXPORT_PROGRESS (tsn_export_progress_get_type ())
G_DECLARE_FINAL_TYPE (TsnExportProgress, tsn_export_progress, TSN, EXPORT_PROGRESS, AdwBin)

/**
 * TsnExportProgress:
 *
 * A text and a bar that appear while something takes long, and a button that activates
 * `export.cancel`.
 */

void tsn_export_progress_set_working (TsnExportProgress *self, gboolean working);
void tsn_export_progress_say (TsnExportProgress *self, const char *text, double fraction);
void tsn_export_progress_set_stop_tip (TsnExportProgress *self, const char *text);

G_END_DECLS
