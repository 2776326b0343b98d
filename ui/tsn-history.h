/* What was shown before, to go back to. */
#pragma once

#include "ui/tsn-document-study.h"

G_BEGIN_DECLS

#define TSN_TYPE_HISTORY (tsn_history_get_type ())
G_DECLARE_FINAL_TYPE (TsnHistory, tsn_history, TSN, HISTORY, GObject)

/**
 * TsnHistory:
 *
 * Follows the look of a document and its view, see tsn_document_get_look(), and takes steps of it
 * back.  What changes at once is one step, and so is what goes on changing, as while a slider is
 * dragged.
 * Which photo and which model are open is no part of it: another photo or model is no step, and
 * the steps before it can still be taken back, as far as the model has the tasks.
 *
 * Properties: `can-undo` and `can-redo` (gboolean, read-only).
 */

/** So many steps are remembered. */
#define TSN_HISTORY_STEPS 200

/** Changes of what can be dragged within this time of each other are one step, in milliseconds. */
#define TSN_HISTORY_PAUSE_MS 400

TsnHistory *tsn_history_new (TsnDocument *document, TsnView *view);
gboolean tsn_history_can_undo (TsnHistory *self);
gboolean tsn_history_can_redo (TsnHistory *self);
void tsn_history_undo (TsnHistory *self);
void tsn_history_redo (TsnHistory *self);
gboolean tsn_history_commit (TsnHistory *self);
void tsn_history_skip (TsnHistory *self);

G_END_DECLS
