/* What a window shows: the one object that all its panels bind to. */
#pragma once

#include "ui/tsn-blend.h"
#include "ui/tsn-compare.h"
#include "ui/tsn-display.h"
#include "ui/tsn-loader.h"

G_BEGIN_DECLS

#define TSN_TYPE_DOCUMENT (tsn_document_get_type ())
G_DECLARE_FINAL_TYPE (TsnDocument, tsn_document, TSN, DOCUMENT, GObject)

typedef struct _TsnInspection TsnInspection;

/**
 * TsnDocument:
 *
 * Holds the photo, the model, the chosen tasks and their predictions.  Everything that takes time
 * happens on threads.  A photo or model that cannot be read leaves the document as it was.
 *
 * Properties: `shown` (guint64, a bit per task), `active` (guint, the task that the legend
 * explains, always one of those shown), `show-photo` (gboolean), `size` (guint, length of the
 * shorter side of the network's input, 0 for the model's own), `busy` (gboolean, read-only, the network
 * or a file takes time), `working` (gboolean, read-only, that or drawing and judging); those of
 * tsn-document-source.h.
 *
 * Signals: `source-asked` () when another photo, folder, camera or video is about to be opened;
 * `photo-changed` (), `model-changed` (), `predicted` (guint task), `progress` () while
 * busy, `opened` (GFile) when a photo was read from a file, `failed` (#GError).
 */

TsnDocument *tsn_document_new (void);

void tsn_document_open_file (TsnDocument *self, GFile *file);
void tsn_document_open_texture (TsnDocument *self, GdkTexture *texture, const char *name);
void tsn_document_load_model (TsnDocument *self, const char *path);
void tsn_document_cancel (TsnDocument *self);
void tsn_document_rerun (TsnDocument *self);
double tsn_document_get_progress (TsnDocument *self);

const TsnPhoto *tsn_document_get_photo (TsnDocument *self);
TsnModel *tsn_document_get_model (TsnDocument *self);
const char *tsn_document_get_model_path (TsnDocument *self);
guint tsn_document_get_n_tasks (TsnDocument *self);
const TsnTask *tsn_document_get_task (TsnDocument *self, guint task);

guint64 tsn_document_get_shown (TsnDocument *self);
void tsn_document_set_shown (TsnDocument *self, guint64 shown);
gboolean tsn_document_is_shown (TsnDocument *self, guint task);
guint tsn_document_count_shown (TsnDocument *self);
void tsn_document_show_only (TsnDocument *self, guint task);
void tsn_document_show_all (TsnDocument *self);
void tsn_document_toggle (TsnDocument *self, guint task);
guint tsn_document_get_active (TsnDocument *self);
void tsn_document_set_active (TsnDocument *self, guint task);
gboolean tsn_document_get_show_photo (TsnDocument *self);
void tsn_document_set_show_photo (TsnDocument *self, gboolean show_photo);
guint tsn_document_get_size (TsnDocument *self);
void tsn_document_set_size (TsnDocument *self, guint size);
gboolean tsn_document_get_network_size (TsnDocument *self, guint *width, guint *height);

gboolean tsn_document_is_busy (TsnDocument *self);
gboolean tsn_document_is_working (TsnDocument *self);
gboolean tsn_document_is_loading (TsnDocument *self);
TsnPredictor *tsn_document_get_predictor (TsnDocument *self);
TsnBlend *tsn_document_get_blend (TsnDocument *self);
TsnDisplay *tsn_document_get_display (TsnDocument *self);
TsnCompare *tsn_document_get_compare (TsnDocument *self);
TsnPrediction *tsn_document_get_prediction (TsnDocument *self, guint task);
TsnInspection *tsn_document_get_inspection (TsnDocument *self);

G_END_DECLS
