/* Brings back what a study says: models, photo, look. */
#pragma once

#include "ui/tsn-document-study.h"

G_BEGIN_DECLS

/**
 * TsnStudyPart:
 * @TSN_STUDY_PART_PHOTO: the photo, video or folder
 * @TSN_STUDY_PART_MODEL: the model
 * @TSN_STUDY_PART_SECOND: the model that it is compared with
 *
 * What of a study lies in files of its own.
 */
typedef enum
{
  TSN_STUDY_PART_PHOTO,
  TSN_STUDY_PART_MODEL,
  TSN_STUDY_PART_SECOND,
} TsnStudyPart;

#define TSN_STUDY_N_PARTS 3

#define TSN_TYPE_STUDY_OPENER (tsn_study_opener_get_type ())
G_DECLARE_FINAL_TYPE (TsnStudyOpener, tsn_study_opener, TSN, STUDY_OPENER, GObject)

/**
 * TsnStudyOpener:
 *
 * Opens one study at a time: looks on a thread whether its files are there, loads models and photo,
 * and then restores the look.  Until all files are there or given up, the document is left alone.
 *
 * Signals: `missing` (guint part, const char *path) when a file is not there; somebody is to
 * answer by tsn_study_opener_answer() or tsn_study_opener_cancel().  `differs` (guint part, const
 * char *path) when a model is not the one that the study was made with.  `changing` () when it
 * begins to change the document, and again when it restored the look.  `done` () when the look is
 * restored.
 */

TsnStudyOpener *tsn_study_opener_new (TsnDocument *document, TsnView *view);
void tsn_study_opener_open (TsnStudyOpener *self, const TsnStudy *study);
void tsn_study_opener_answer (TsnStudyOpener *self, const char *path);
void tsn_study_opener_cancel (TsnStudyOpener *self);
gboolean tsn_study_opener_is_busy (TsnStudyOpener *self);
gboolean tsn_study_opener_is_loading_source (TsnStudyOpener *self);
const TsnStudy *tsn_study_opener_get_study (TsnStudyOpener *self);

G_END_DECLS
