#include "ui/tsn-judge.h"

#include "ui/tsn-judge-work.h"

#include <math.h>

#define TASK_BIT(task) (G_GUINT64_CONSTANT (1) << (task))

/* What is known of one task of the photo. */
typedef struct
{
  TsnAnnotation *annotation;
  TsnResult *result;
  TsnResult *judged; /* the result that the verdict is about */
  TsnVerdict verdict;
  char *objection;
} Label;

struct _TsnJudge
{
  GObject parent_instance;

  TsnModel *model;
  TsnDataset *dataset;
  guint index;

  guint64 labelled;
  guint64 wanted;
  Label labels[TSN_JUDGE_MAX_TASKS];

  /* Of this model and this data set, whatever the photo. */
  guint64 checked;
  char *mismatches[TSN_JUDGE_MAX_TASKS];

  guint epoch; /* counts photos; answers about an earlier one are thrown away */
  guint n_running;
  gboolean stopped; /* nothing is judged until somebody wants it again */
};

enum
{
  SURVEYED,
  ANNOTATED,
  JUDGED,
  BUSY_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TsnJudge, tsn_judge, G_TYPE_OBJECT)

static void try_next (TsnJudge *self);

static void
clear_label (Label *label)
{
  g_clear_pointer (&label->annotation, tsn_annotation_unref);
  g_clear_pointer (&label->result, tsn_result_unref);
  g_clear_pointer (&label->judged, tsn_result_unref);
  g_clear_pointer (&label->objection, g_free);
  label->verdict = (TsnVerdict){ NULL, NAN };
}

static gboolean
has_work (const Label *label)
{
  return label->objection == NULL && (label->annotation == NULL || label->result != label->judged);
}

/* Edges take longest and come last. */
static int
choose_task (TsnJudge *self)
{
  int last = -1;

  for (int t = 0; t < TSN_JUDGE_MAX_TASKS; t++)
    {
      if ((self->labelled & self->wanted & TASK_BIT (t)) == 0 || !has_work (&self->labels[t]))
        continue;
      if (tsn_model_get_task (self->model, t)->kind != TSN_TASK_EDGE)
        return t;
      last = t;
    }
  return last;
}

static void
object_to (TsnJudge *self, guint task, const char *message)
{
  g_free (self->labels[task].objection);
  self->labels[task].objection = g_strdup (message);
  self->labelled &= ~TASK_BIT (task);
}

static void
adopt_trial (TsnJudge *self, TsnJudgeTrial *trial)
{
  Label *label = &self->labels[trial->task];
  gboolean redrawn = trial->annotation != NULL && trial->annotation != label->annotation;

  if (trial->error != NULL)
    {
      object_to (self, trial->task, trial->error->message);
      g_signal_emit (self, signals[SURVEYED], 0);
      return;
    }
  if (redrawn)
    {
      g_clear_pointer (&label->annotation, tsn_annotation_unref);
      label->annotation = g_steal_pointer (&trial->annotation);
      g_signal_emit (self, signals[ANNOTATED], 0, trial->task);
    }
  g_clear_pointer (&label->judged, tsn_result_unref);
  label->judged = g_steal_pointer (&trial->result);
  label->verdict = trial->verdict;
  g_signal_emit (self, signals[JUDGED], 0, trial->task);
}

static void
count_running (TsnJudge *self, int more)
{
  self->n_running += more;
  g_signal_emit (self, signals[BUSY_CHANGED], 0);
}

static void
tried_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  TsnJudge *self = TSN_JUDGE (object);
  TsnJudgeTrial *trial = g_task_get_task_data (G_TASK (result));

  if (GPOINTER_TO_UINT (data) == self->epoch && !self->stopped)
    adopt_trial (self, trial);
  count_running (self, -1);
  try_next (self);
}

static void
try_thread (GTask *task, gpointer object, gpointer trial, GCancellable *cancellable)
{
  tsn_judge_trial_run (trial);
  g_task_return_boolean (task, TRUE);
}

/* One at a time: the worker needs the processors. */
static void
try_next (TsnJudge *self)
{
  g_autoptr (GTask) thread = NULL;
  TsnJudgeTrial *trial;
  const Label *label;
  gboolean free = self->n_running == 0 && !self->stopped && self->dataset != NULL;
  int task = free ? choose_task (self) : -1;

  if (task < 0)
    return;
  label = &self->labels[task];
  trial = g_new0 (TsnJudgeTrial, 1);
  trial->dataset = tsn_dataset_ref (self->dataset);
  trial->index = self->index;
  trial->task = task;
  trial->model = tsn_model_ref (self->model);
  trial->result = label->result != NULL ? tsn_result_ref (label->result) : NULL;
  trial->annotation = label->annotation != NULL ? tsn_annotation_ref (label->annotation) : NULL;
  thread = g_task_new (self, NULL, tried_cb, GUINT_TO_POINTER (self->epoch));
  g_task_set_task_data (thread, trial, (GDestroyNotify) tsn_judge_trial_free);
  g_task_run_in_thread (thread, try_thread);
  count_running (self, 1);
}

static void
adopt_survey (TsnJudge *self, TsnJudgeSurvey *survey)
{
  for (guint t = 0; t < TSN_JUDGE_MAX_TASKS; t++)
    if (survey->objections[t] != NULL)
      {
        g_free (self->mismatches[t]);
        self->mismatches[t] = g_steal_pointer (&survey->objections[t]);
      }
  self->checked = survey->checked;
  self->labelled = survey->labelled;
  for (guint t = 0; t < TSN_JUDGE_MAX_TASKS; t++)
    if ((self->labelled & TASK_BIT (t)) != 0 && self->mismatches[t] != NULL)
      object_to (self, t, self->mismatches[t]);
  g_signal_emit (self, signals[SURVEYED], 0);
}

static void
surveyed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  TsnJudge *self = TSN_JUDGE (object);

  if (GPOINTER_TO_UINT (data) == self->epoch)
    adopt_survey (self, g_task_get_task_data (G_TASK (result)));
  count_running (self, -1);
  try_next (self);
}

static void
survey_thread (GTask *task, gpointer object, gpointer survey, GCancellable *cancellable)
{
  tsn_judge_survey_run (survey);
  g_task_return_boolean (task, TRUE);
}

static void
start_survey (TsnJudge *self)
{
  g_autoptr (GTask) thread = g_task_new (self, NULL, surveyed_cb, GUINT_TO_POINTER (self->epoch));
  TsnJudgeSurvey *survey = g_new0 (TsnJudgeSurvey, 1);

  survey->dataset = tsn_dataset_ref (self->dataset);
  survey->index = self->index;
  survey->model = tsn_model_ref (self->model);
  survey->checked = self->checked;
  g_task_set_task_data (thread, survey, (GDestroyNotify) tsn_judge_survey_free);
  g_task_run_in_thread (thread, survey_thread);
  count_running (self, 1);
}

static void
forget_checks (TsnJudge *self)
{
  self->checked = 0;
  for (guint t = 0; t < TSN_JUDGE_MAX_TASKS; t++)
    g_clear_pointer (&self->mismatches[t], g_free);
}

static void
tsn_judge_finalize (GObject *object)
{
  TsnJudge *self = TSN_JUDGE (object);

  for (guint t = 0; t < TSN_JUDGE_MAX_TASKS; t++)
    clear_label (&self->labels[t]);
  forget_checks (self);
  g_clear_pointer (&self->dataset, tsn_dataset_unref);
  g_clear_pointer (&self->model, tsn_model_unref);
  G_OBJECT_CLASS (tsn_judge_parent_class)->finalize (object);
}

static void
tsn_judge_class_init (TsnJudgeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsn_judge_finalize;
  signals[SURVEYED] = g_signal_new ("surveyed", TSN_TYPE_JUDGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  signals[ANNOTATED] = g_signal_new ("annotated", TSN_TYPE_JUDGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[JUDGED] = g_signal_new ("judged", TSN_TYPE_JUDGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[BUSY_CHANGED] = g_signal_new ("busy-changed", TSN_TYPE_JUDGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
}

static void
tsn_judge_init (TsnJudge *self)
{
  for (guint t = 0; t < TSN_JUDGE_MAX_TASKS; t++)
    clear_label (&self->labels[t]);
}

/**
 * tsn_judge_new:
 *
 * Returns: (transfer full): a judge without a photo.
 */
TsnJudge *
tsn_judge_new (void)
{
  return g_object_new (TSN_TYPE_JUDGE, NULL);
}

/**
 * tsn_judge_set_photo:
 * @model: (nullable): whose tasks are judged
 * @dataset: (nullable): what has the labels; %NULL when the photo is of no data set
 * @index: of the photo in @dataset
 *
 * Starts anew.  Until the survey of the new photo is done, the labelled tasks are those of the last
 * one, so that what is laid out by them does not jump back and forth; without a data set there are
 * none at once.
 */
void
tsn_judge_set_photo (TsnJudge *self, TsnModel *model, TsnDataset *dataset, guint index)
{
  TsnModel *old_model = g_steal_pointer (&self->model);
  TsnDataset *old_dataset = g_steal_pointer (&self->dataset);
  gboolean other = old_model != model || old_dataset != dataset;

  self->epoch++;
  self->stopped = FALSE;
  self->index = index;
  self->model = model != NULL ? tsn_model_ref (model) : NULL;
  self->dataset = dataset != NULL && model != NULL ? tsn_dataset_ref (dataset) : NULL;
  for (guint t = 0; t < TSN_JUDGE_MAX_TASKS; t++)
    clear_label (&self->labels[t]);
  if (other)
    {
      forget_checks (self);
      self->labelled = 0;
      g_signal_emit (self, signals[SURVEYED], 0);
    }
  if (self->dataset != NULL)
    start_survey (self);
  g_clear_pointer (&old_model, tsn_model_unref);
  g_clear_pointer (&old_dataset, tsn_dataset_unref);
}

/**
 * tsn_judge_want:
 * @tasks: a bit for every task whose label is to be read and whose result is to be judged
 */
void
tsn_judge_want (TsnJudge *self, guint64 tasks)
{
  self->stopped &= self->wanted == tasks;
  self->wanted = tasks;
  try_next (self);
}

/**
 * tsn_judge_set_result:
 * @result: (nullable): the newest prediction of @task on this photo
 */
void
tsn_judge_set_result (TsnJudge *self, guint task, TsnResult *result)
{
  Label *label = &self->labels[task];

  if (self->dataset == NULL || label->result == result)
    return;
  g_clear_pointer (&label->result, tsn_result_unref);
  if (result != NULL)
    label->result = tsn_result_ref (result);
  try_next (self);
}

/**
 * tsn_judge_cancel:
 *
 * Judges nothing more until tsn_judge_resume() or another photo; what is being judged is thrown
 * away.
 */
void
tsn_judge_cancel (TsnJudge *self)
{
  if (self->n_running == 0 || self->stopped)
    return;
  self->stopped = TRUE;
  g_signal_emit (self, signals[BUSY_CHANGED], 0);
}

/**
 * tsn_judge_resume:
 *
 * Goes on with what was stopped.
 */
void
tsn_judge_resume (TsnJudge *self)
{
  self->stopped = FALSE;
  try_next (self);
}

/**
 * tsn_judge_is_working:
 *
 * Returns: whether anybody waits for what is being judged.
 */
gboolean
tsn_judge_is_working (TsnJudge *self)
{
  return self->n_running > 0 && !self->stopped;
}

/**
 * tsn_judge_is_busy:
 *
 * Returns: whether a thread is at work, be it for something that was given up.
 */
gboolean
tsn_judge_is_busy (TsnJudge *self)
{
  return self->n_running > 0;
}

/**
 * tsn_judge_get_labelled:
 *
 * Returns: a bit for every task that the photo has a label for, of the model's classes.
 */
guint64
tsn_judge_get_labelled (TsnJudge *self)
{
  return self->labelled;
}

/**
 * tsn_judge_get_annotation:
 *
 * Returns: (transfer none) (nullable): the label, once it was wanted and read.
 */
TsnAnnotation *
tsn_judge_get_annotation (TsnJudge *self, guint task)
{
  return task < TSN_JUDGE_MAX_TASKS ? self->labels[task].annotation : NULL;
}

/**
 * tsn_judge_get_verdict:
 *
 * Returns: (transfer none) (nullable): how good the newest prediction is, once that was judged.
 */
const TsnVerdict *
tsn_judge_get_verdict (TsnJudge *self, guint task)
{
  const Label *label = task < TSN_JUDGE_MAX_TASKS ? &self->labels[task] : NULL;

  return label != NULL && label->judged != NULL && label->judged == label->result ? &label->verdict
                                                                                  : NULL;
}

/**
 * tsn_judge_get_objection:
 *
 * Returns: (nullable): why a label that is there cannot judge @task.
 */
const char *
tsn_judge_get_objection (TsnJudge *self, guint task)
{
  return task < TSN_JUDGE_MAX_TASKS ? self->labels[task].objection : NULL;
}
