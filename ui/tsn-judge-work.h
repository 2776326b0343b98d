/* What a judge does on its thread; private to TsnJudge. */
#pragma once

#include "ui/tsn-judge.h"

G_BEGIN_DECLS

#define TSN_JUDGE_MAX_TASKS 64

/**
 * TsnJudgeSurvey:
 * @dataset: the data set
 * @index: the photo
 * @model: whose tasks are looked for
 * @checked: tasks whose classes were compared before
 * @labelled: (out): tasks that have a label
 * @objections: why the labels of a task cannot judge it; filled in for tasks not in @checked
 *
 * Which tasks a photo has labels for.
 */
typedef struct
{
  TsnDataset *dataset;
  guint index;
  TsnModel *model;
  guint64 checked;
  guint64 labelled;
  char *objections[TSN_JUDGE_MAX_TASKS];
} TsnJudgeSurvey;

/**
 * TsnJudgeTrial:
 * @dataset: the data set
 * @index: the photo
 * @task: index of the task
 * @model: whose task it is
 * @result: (nullable): what is to be judged
 * @annotation: (nullable) (inout): the label if it was read before; then, what to show
 * @verdict: (out): how good @result is
 * @error: (out) (nullable): why there is none
 *
 * One task of one photo.
 */
typedef struct
{
  TsnDataset *dataset;
  guint index;
  guint task;
  TsnModel *model;
  TsnResult *result;
  TsnAnnotation *annotation;
  TsnVerdict verdict;
  GError *error;
} TsnJudgeTrial;

void tsn_judge_survey_run (TsnJudgeSurvey *survey);
void tsn_judge_survey_free (TsnJudgeSurvey *survey);
void tsn_judge_trial_run (TsnJudgeTrial *trial);
void tsn_judge_trial_free (TsnJudgeTrial *trial);

G_END_DECLS
