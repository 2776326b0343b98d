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
 * back.  Changes that follow each other quickly, as of a slider that is dragged, are one step.
 * Which photo and which model are open is no part of it: another photo or model is no step, and
 * the steps before it can still be taken back, as far as the model has the tasks.
 *
 * Properties: `can-undo` and `can-redo` (gboolean, read-only).
 */

/** Changes within this time of each other are one step, in milliseconds. */
#define TSN_HISTORY_PAUSE_MS 400

TsnHistory *tsn_history_new (TsnDocument *document, TsnView *view);
gboolean tsn_history_can_undo (TsnHistory *self);
gboolean tsn_history_can_redo (TsnHistory *self);
void tsn_history_undo (TsnHistory *self);
void tsn_history_redo (TsnHistory *self);
void tsn_history_commit (TsnHistory *self);
void tsn_history_skip (TsnHistory *self);

G_END_DECLS
