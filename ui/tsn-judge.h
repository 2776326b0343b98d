/* Reads the labels of the photo that is shown, and judges predictions by them. */
#pragma once

#include "core/data/tsn-dataset.h"
#include "core/inference/tsn-result.h"
#include "core/model/tsn-model.h"
#include "ui/tsn-annotation.h"
#include "ui/tsn-verdict.h"

G_BEGIN_DECLS

#define TSN_TYPE_JUDGE (tsn_judge_get_type ())
G_DECLARE_FINAL_TYPE (TsnJudge, tsn_judge, TSN, JUDGE, GObject)

/**
 * TsnJudge:
 *
 * Works on a thread, on one task after the other, edges last, because they take longest.  Tasks are
 * those of a model, by index; sets of them are bits.
 *
 * Signals: `surveyed` () when it is known, anew, which tasks have labels; `annotated` (guint task)
 * when a label was read or drawn; `judged` (guint task) when a verdict came or went; `busy-changed` ()
 * when work began, was given up or ended.
 */

TsnJudge *tsn_judge_new (void);
void tsn_judge_set_photo (TsnJudge *self, TsnModel *model, TsnDataset *dataset, guint index);
void tsn_judge_want (TsnJudge *self, guint64 tasks);
void tsn_judge_set_result (TsnJudge *self, guint task, TsnResult *result);

void tsn_judge_cancel (TsnJudge *self);
void tsn_judge_resume (TsnJudge *self);
gboolean tsn_judge_is_working (TsnJudge *self);
gboolean tsn_judge_is_busy (TsnJudge *self);
guint64 tsn_judge_get_labelled (TsnJudge *self);
TsnAnnotation *tsn_judge_get_annotation (TsnJudge *self, guint task);
const TsnVerdict *tsn_judge_get_verdict (TsnJudge *self, guint task);
const char *tsn_judge_get_objection (TsnJudge *self, guint task);

G_END_DECLS
