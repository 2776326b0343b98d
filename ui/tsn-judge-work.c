#include "ui/tsn-judge-work.h"

#include "core/base/tsn-error.h"
#include "core/evaluation/tsn-class-match.h"
#include "core/evaluation/tsn-scorer.h"
#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>
#include <math.h>

/* Labels that are looked into for classes that the model does not know. */
#define SAMPLED_LABELS 64

void
tsn_judge_survey_free (TsnJudgeSurvey *survey)
{
  tsn_dataset_unref (survey->dataset);
  tsn_model_unref (survey->model);
  for (guint t = 0; t < TSN_JUDGE_MAX_TASKS; t++)
    g_free (survey->objections[t]);
  g_free (survey);
}

/* Some labels, spread evenly over the split. */
static GArray *
sample_labels (const TsnJudgeSurvey *survey, const TsnTask *task)
{
  GArray *photos = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = tsn_dataset_get_length (survey->dataset), step = MAX (n / SAMPLED_LABELS, 1);

  for (guint i = survey->index % step; i < n; i += step)
    if (tsn_ground_truth_exists (survey->dataset, i, task))
      g_array_append_val (photos, i);
  return photos;
}

/* Whether the classes of the labels are others than the model's. */
static void
check_classes (TsnJudgeSurvey *survey, guint t)
{
  const TsnTask *task = tsn_model_get_task (survey->model, t);
  g_autoptr (GArray) photos = NULL;
  g_autoptr (GError) error = NULL;

  if (task->kind != TSN_TASK_CLASSES || (survey->checked & G_GUINT64_CONSTANT (1) << t) != 0)
    return;
  photos = sample_labels (survey, task);
  if (!tsn_class_match_check (survey->dataset, task, (const guint *) photos->data, photos->len,
                              &error))
    survey->objections[t] = g_strdup (error->message);
  survey->checked |= G_GUINT64_CONSTANT (1) << t;
}

/* Looks for labels; waits for the disk. */
void
tsn_judge_survey_run (TsnJudgeSurvey *survey)
{
  guint n = MIN (tsn_model_get_n_tasks (survey->model), TSN_JUDGE_MAX_TASKS);

  for (guint t = 0; t < n; t++)
    {
      const TsnTask *task = tsn_model_get_task (survey->model, t);

      if (!tsn_ground_truth_exists (survey->dataset, survey->index, task))
        continue;
      survey->labelled |= G_GUINT64_CONSTANT (1) << t;
      check_classes (survey, t);
    }
}

void
tsn_judge_trial_free (TsnJudgeTrial *trial)
{
  tsn_dataset_unref (trial->dataset);
  tsn_model_unref (trial->model);
  g_clear_pointer (&trial->result, tsn_result_unref);
  g_clear_pointer (&trial->annotation, tsn_annotation_unref);
  g_clear_error (&trial->error);
  g_free (trial);
}

static gboolean
read_label (TsnJudgeTrial *trial, const TsnTask *task)
{
  TsnGroundTruth *truth = tsn_ground_truth_load (trial->dataset, trial->index, task, &trial->error);

  if (truth == NULL)
    return FALSE;
  trial->annotation = tsn_annotation_new (task, truth);
  return TRUE;
}

/* A prediction and its label are compared by eye, so that both have the colours of one legend. */
static void
adopt_scale (TsnJudgeTrial *trial)
{
  TsnAnnotation *own = trial->annotation;
  float low, high;

  tsn_result_get_range (trial->result, &low, &high);
  if (own->low == low && own->high == high)
    return;
  trial->annotation = tsn_annotation_new_scaled (own, low, high);
  tsn_annotation_unref (own);
}

static gboolean
check_size (TsnJudgeTrial *trial, const TsnTask *task)
{
  const TsnGroundTruth *truth = trial->annotation->truth;

  if (truth->width == trial->result->width && truth->height == trial->result->height)
    return TRUE;
  g_set_error (
      &trial->error, TSN_ERROR, TSN_ERROR_FORMAT,
      /* Translators: a photo, a task as "Depth", then width and height of both. */
      _ ("The label of “%s” for the task “%s” should be %u × %u pixels as the photo is, but "
         "it is %u × %u."),
      tsn_dataset_get_id (trial->dataset, trial->index), tsn_task_text_title (task),
      trial->result->width, trial->result->height, truth->width, truth->height);
  return FALSE;
}

static void
score (TsnJudgeTrial *trial, const TsnTask *task)
{
  TsnBoundaryOptions boundary = TSN_BOUNDARY_OPTIONS_INIT;
  TsnPool *pool = tsn_pool_new (1);
  TsnScorer *scorer;
  g_autoptr (TsnEstimate) estimate = tsn_estimate_new_from_result (trial->result);
  TsnTaskScore *task_score = NULL;

  boundary.suppress = TRUE;
  boundary.max_distance = tsn_scorer_get_max_distance (trial->dataset);
  scorer = tsn_scorer_new (task, &boundary, pool);
  if (tsn_scorer_add (scorer, tsn_dataset_get_id (trial->dataset, trial->index), estimate,
                      trial->annotation->truth, &trial->error))
    task_score = tsn_scorer_finish (scorer, &trial->error);
  if (task_score != NULL)
    {
      const TsnImageScore *image = g_ptr_array_index (task_score->images, 0);

      trial->verdict.value = image->value;
      tsn_task_score_free (task_score);
    }
  tsn_scorer_free (scorer);
  tsn_pool_free (pool);
}

/* Reads the label, if that was not done, and judges the result, if there is one. */
void
tsn_judge_trial_run (TsnJudgeTrial *trial)
{
  const TsnTask *task = tsn_model_get_task (trial->model, trial->task);
  guint n_metrics;

  trial->verdict = (TsnVerdict){ tsn_metric_list (task->kind, &n_metrics), NAN };
  if (trial->annotation == NULL && !read_label (trial, task))
    return;
  if (trial->result == NULL)
    return;
  if (task->kind == TSN_TASK_DEPTH)
    adopt_scale (trial);
  if (check_size (trial, task))
    score (trial, task);
}
