#include "core/evaluation/tsn-evaluator.h"

#include "core/base/tsn-error.h"
#include "core/evaluation/tsn-class-match.h"
#include "core/evaluation/tsn-ground-truth.h"
#include "core/evaluation/tsn-estimate.h"
#include "core/evaluation/tsn-scorer.h"
#include "core/inference/tsn-session.h"
#include "core/io/tsn-image.h"
#include "core/model/tsn-count.h"

/* One read-out under one embedding, and what judges it. */
typedef struct
{
  guint embedding;
  guint readout;
  guint label; /* which of the labels of a photo */
  TsnScorer *scorer;

  /* Of the current photo. */
  TsnResult *result;
  TsnEstimate *prediction;
} Decoding;

typedef struct
{
  const TsnEvaluatorOptions *options;
  TsnDataset *dataset;
  TsnReport *report;
  GCancellable *cancellable;
  TsnSession *session;
  guint size;
  GArray *tasks;     /* of guint: tasks of the model that are judged */
  GArray *photos;    /* of guint: photos of the data set that have a label of any of them */
  GArray *decodings; /* of Decoding */
} Run;

/* A photo and its labels, read ahead on a thread of its own. */
typedef struct
{
  const Run *run;
  guint index;
  TsnTensor *input;
  guint width;
  guint height;
  TsnGroundTruth **truths; /* per task of the run; NULL where there is none */
  GError *error;
} Sample;

static const TsnTask *
get_task (const Run *run, guint task)
{
  return tsn_model_get_task (run->options->model, task);
}

static void
free_sample (Sample *sample)
{
  g_clear_pointer (&sample->input, tsn_tensor_unref);
  for (guint t = 0; t < sample->run->tasks->len; t++)
    g_clear_pointer (&sample->truths[t], tsn_ground_truth_free);
  g_free (sample->truths);
  g_clear_error (&sample->error);
  g_free (sample);
}

static gboolean
load_label (Sample *sample, guint t)
{
  const Run *run = sample->run;
  const TsnTask *task = get_task (run, g_array_index (run->tasks, guint, t));
  TsnGroundTruth *truth;

  if (!tsn_ground_truth_exists (run->dataset, sample->index, task))
    return TRUE;
  truth = sample->truths[t]
      = tsn_ground_truth_load (run->dataset, sample->index, task, &sample->error);
  if (truth == NULL)
    return FALSE;
  if (truth->width == sample->width && truth->height == sample->height)
    return TRUE;
  g_set_error (&sample->error, TSN_ERROR, TSN_ERROR_FORMAT,
               "The label of '%s' for the task %s should be %u x %u pixels as the photo is, but it "
               "is %u x %u",
               tsn_dataset_get_id (run->dataset, sample->index), task->name, sample->width,
               sample->height, truth->width, truth->height);
  return FALSE;
}

static gpointer
load_sample (gpointer data)
{
  Sample *sample = data;
  const Run *run = sample->run;
  g_autoptr (TsnImage) photo = tsn_dataset_load_photo (run->dataset, sample->index, &sample->error);
  guint width, height;

  if (photo == NULL)
    return sample;
  sample->width = photo->width;
  sample->height = photo->height;
  tsn_image_fit_size (photo->width, photo->height, run->size, &width, &height);
  sample->input = tsn_image_to_tensor (photo, width, height);
  for (guint t = 0; t < run->tasks->len && load_label (sample, t); t++)
    ;
  return sample;
}

static GThread *
start_sample (const Run *run, guint index)
{
  Sample *sample = g_new0 (Sample, 1);

  sample->run = run;
  sample->index = index;
  sample->truths = g_new0 (TsnGroundTruth *, run->tasks->len);
  return g_thread_new ("tsn-sample", load_sample, sample);
}

static guint
count_labels (const Run *run, const TsnTask *task, GArray *photos)
{
  for (guint i = 0; i < tsn_dataset_get_length (run->dataset); i++)
    if (tsn_ground_truth_exists (run->dataset, i, task))
      g_array_append_val (photos, i);
  return photos->len;
}

/* Whether the data set can judge a task; else @error says why not. */
static gboolean
check_task (const Run *run, const TsnTask *task, GError **error)
{
  g_autoptr (GArray) photos = g_array_new (FALSE, FALSE, sizeof (guint));

  if (count_labels (run, task, photos) == 0)
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                   "The split %s of '%s' has no labels for the task %s",
                   tsn_dataset_get_split (run->dataset), tsn_dataset_get_root (run->dataset),
                   task->name);
      return FALSE;
    }
  return task->kind != TSN_TASK_CLASSES
         || tsn_class_match_check (run->dataset, task, (const guint *) photos->data, photos->len,
                                   error);
}

/* A task that was asked for by name must be judged; of the others those that can be. */
static gboolean
find_asked (Run *run, GError **error)
{
  for (guint i = 0; run->options->tasks[i] != NULL; i++)
    {
      const char *name = run->options->tasks[i];
      int task = tsn_model_find_task (run->options->model, name);

      if (task < 0)
        {
          g_autofree char *known = tsn_task_list_names (run->options->model->spec.tasks);

          g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT, "The model has no task '%s', only %s",
                       name, known);
          return FALSE;
        }
      if (!check_task (run, get_task (run, task), error))
        return FALSE;
      g_array_append_val (run->tasks, task);
    }
  return TRUE;
}

static gboolean
find_all (Run *run, GError **error)
{
  for (guint t = 0; t < tsn_model_get_n_tasks (run->options->model); t++)
    {
      g_autoptr (GArray) photos = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autoptr (GError) reason = NULL;

      if (count_labels (run, get_task (run, t), photos) == 0)
        continue;
      if (check_task (run, get_task (run, t), &reason))
        g_array_append_val (run->tasks, t);
      else if (g_error_matches (reason, TSN_ERROR, TSN_ERROR_ARGUMENT))
        tsn_report_add_note (run->report, "%s", reason->message);
      else
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
    }
  if (run->tasks->len > 0)
    return TRUE;
  if (run->report->notes->len == 0)
    tsn_report_add_note (run->report, "'%s' has labels for no task of the model",
                         tsn_dataset_get_root (run->dataset));
  return TRUE;
}

static void
find_photos (Run *run)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n;

  for (guint i = 0; i < tsn_dataset_get_length (run->dataset); i++)
    for (guint t = 0; t < run->tasks->len; t++)
      if (tsn_ground_truth_exists (run->dataset, i,
                                   get_task (run, g_array_index (run->tasks, guint, t))))
        {
          g_array_append_val (all, i);
          break;
        }
  n = run->options->limit > 0 ? MIN (run->options->limit, all->len) : all->len;
  for (guint i = 0; i < n; i++)
    g_array_append_val (run->photos, g_array_index (all, guint, (guint64) i * all->len / n));
}

static void
add_decoding (Run *run, guint embedding, guint readout, guint label)
{
  TsnBoundaryOptions boundary = run->options->boundary;
  Decoding decoding = { .embedding = embedding, .readout = readout, .label = label };

  if (boundary.max_distance <= 0)
    boundary.max_distance = tsn_scorer_get_max_distance (run->dataset);
  decoding.scorer = tsn_scorer_new (get_task (run, readout), &boundary, run->options->pool);
  g_array_append_val (run->decodings, decoding);
}

/* In the order of the embeddings, so that the decoder runs once for all read-outs of one. */
static void
make_decodings (Run *run)
{
  for (guint e = 0; e < tsn_model_get_n_tasks (run->options->model); e++)
    for (guint t = 0; t < run->tasks->len; t++)
      {
        guint readout = g_array_index (run->tasks, guint, t);

        if (run->options->transfer || e == readout)
          add_decoding (run, e, readout, t);
      }
}

static Decoding *
get_decoding (const Run *run, guint index)
{
  return &g_array_index (run->decodings, Decoding, index);
}

typedef struct
{
  const Run *run;
  const Sample *sample;
  const guint *wanted; /* decodings, in the order in which they come */
} Batch;

static void
keep_output (const Run *run, guint index, TsnTensor *output, const Sample *sample)
{
  Decoding *decoding = get_decoding (run, index);

  decoding->result
      = tsn_result_new (get_task (run, decoding->readout), output, sample->width, sample->height);
}

static void
ready_cb (guint index, TsnTensor *output, gpointer data)
{
  const Batch *batch = data;

  keep_output (batch->run, batch->wanted[index], output, batch->sample);
}

/* Tasks under their own embeddings are decoded together, which is faster. */
static gboolean
decode_own (Run *run, const Sample *sample, const guint *wanted, guint n, GError **error)
{
  g_autofree guint *tasks = g_new (guint, n);
  Batch batch = { run, sample, wanted };

  for (guint i = 0; i < n; i++)
    tasks[i] = get_decoding (run, wanted[i])->readout;
  return tsn_session_decode_tasks (run->session, tasks, n, ready_cb, &batch, run->cancellable,
                                   error);
}

static gboolean
decode_each (Run *run, const Sample *sample, const guint *wanted, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      const Decoding *decoding = get_decoding (run, wanted[i]);
      g_autoptr (TsnTensor) embedding = tsn_session_embed_task (run->session, decoding->embedding);
      g_autoptr (TsnTensor) output = tsn_session_decode (run->session, embedding, decoding->readout,
                                                         run->cancellable, error);

      if (output == NULL)
        return FALSE;
      keep_output (run, wanted[i], output, sample);
    }
  return TRUE;
}

static void
predict_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Run *run = data;

  for (size_t i = first; i < last; i++)
    {
      Decoding *decoding = get_decoding (run, i);

      if (decoding->result != NULL)
        decoding->prediction = tsn_estimate_new_from_result (decoding->result);
    }
}

static gboolean
score_decoding (Run *run, Decoding *decoding, const Sample *sample, GError **error)
{
  g_autoptr (TsnEstimate) prediction = g_steal_pointer (&decoding->prediction);

  g_clear_pointer (&decoding->result, tsn_result_unref);
  return prediction == NULL
         || tsn_scorer_add (decoding->scorer, tsn_dataset_get_id (run->dataset, sample->index),
                            prediction, sample->truths[decoding->label], error);
}

static gboolean
judge_photo (Run *run, Sample *sample, GError **error)
{
  g_autofree guint *wanted = g_new (guint, run->decodings->len);
  guint n = 0;

  if (sample->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&sample->error));
      return FALSE;
    }
  for (guint i = 0; i < run->decodings->len; i++)
    if (sample->truths[get_decoding (run, i)->label] != NULL)
      wanted[n++] = i;
  if (!tsn_session_encode (run->session, sample->input, run->cancellable, error)
      || !(run->options->transfer ? decode_each : decode_own) (run, sample, wanted, n, error))
    return FALSE;
  tsn_pool_for (run->options->pool, run->decodings->len, 1, predict_cb, run);
  for (guint i = 0; i < run->decodings->len; i++)
    if (!score_decoding (run, get_decoding (run, i), sample, error))
      return FALSE;
  return TRUE;
}

/* One photo after the other; the next is read while the network has this one. */
static gboolean
judge_photos (Run *run, GError **error)
{
  guint n = run->photos->len;
  GThread *next = start_sample (run, g_array_index (run->photos, guint, 0));
  gboolean done = TRUE;

  for (guint i = 0; i < n && done; i++)
    {
      Sample *sample = g_thread_join (g_steal_pointer (&next));

      if (i + 1 < n)
        next = start_sample (run, g_array_index (run->photos, guint, i + 1));
      if (run->options->progress != NULL)
        run->options->progress (run->options->data, i, n,
                                tsn_dataset_get_id (run->dataset, sample->index));
      done = judge_photo (run, sample, error);
      free_sample (sample);
    }
  if (next != NULL)
    free_sample (g_thread_join (next));
  return done;
}

static gboolean
finish_scores (Run *run, GError **error)
{
  for (guint i = 0; i < run->decodings->len; i++)
    {
      Decoding *decoding = get_decoding (run, i);
      TsnTaskScore *score;

      if (tsn_scorer_get_n_photos (decoding->scorer) == 0)
        continue;
      score = tsn_scorer_finish (decoding->scorer, error);
      if (score == NULL)
        return FALSE;
      score->dataset = g_path_get_basename (tsn_dataset_get_root (run->dataset));
      score->split = g_strdup (tsn_dataset_get_split (run->dataset));
      if (run->options->transfer)
        score->embedding = g_strdup (get_task (run, decoding->embedding)->name);
      g_ptr_array_add (run->report->scores, score);
    }
  return TRUE;
}

static void
clear_decoding_cb (gpointer data)
{
  Decoding *decoding = data;

  tsn_scorer_free (decoding->scorer);
  g_clear_pointer (&decoding->result, tsn_result_unref);
  g_clear_pointer (&decoding->prediction, tsn_estimate_free);
}

static void
start_run (Run *run)
{
  run->size = run->options->size > 0 ? run->options->size : run->options->model->size;
  run->tasks = g_array_new (FALSE, FALSE, sizeof (guint));
  run->photos = g_array_new (FALSE, FALSE, sizeof (guint));
  run->decodings = g_array_new (FALSE, FALSE, sizeof (Decoding));
  g_array_set_clear_func (run->decodings, clear_decoding_cb);
}

static void
end_run (Run *run)
{
  g_clear_pointer (&run->session, tsn_session_free);
  g_array_unref (run->tasks);
  g_array_unref (run->photos);
  g_array_unref (run->decodings);
}

/**
 * tsn_evaluator_run:
 * @report: gets a score for every judged task, and a note for every task that had to be left out
 *   because the data set's classes are others
 * @error: %TSN_ERROR_ARGUMENT when a task that was asked for by name cannot be judged; an error of
 *   reading when a photo or a label is broken; G_IO_ERROR_CANCELLED
 *
 * Encodes every photo once, decodes it for each task that it has a label for, brings the results to
 * the photo's resolution and judges them.  The next photo is read while the network has the last.
 *
 * Returns: %FALSE when it failed; @report then is as it was, but for notes.
 */
gboolean
tsn_evaluator_run (const TsnEvaluatorOptions *options,
                   TsnDataset *dataset,
                   TsnReport *report,
                   GCancellable *cancellable,
                   GError **error)
{
  Run run
      = { .options = options, .dataset = dataset, .report = report, .cancellable = cancellable };
  gboolean done;

  start_run (&run);
  done = options->tasks != NULL ? find_asked (&run, error) : find_all (&run, error);
  if (done && run.tasks->len > 0)
    {
      find_photos (&run);
      make_decodings (&run);
      run.session = tsn_session_new (options->model, options->pool);
      done = judge_photos (&run, error) && finish_scores (&run, error);
    }
  end_run (&run);
  return done;
}

/**
 * tsn_report_describe_model:
 * @size: shorter side of the network's input in pixels, 0 for the model's own
 *
 * Notes in the report what network was judged.
 */
void
tsn_report_describe_model (TsnReport *report, const TsnModel *model, guint size)
{
  TsnCount count;

  tsn_count_params (model->graph, &count);
  report->params = count.total_params;
  report->size = size > 0 ? size : model->size;
  g_free (report->network);
  report->network = g_strdup_printf ("%s, ResNet-%u, width %g",
                                     tsn_conditioning_get_name (model->spec.conditioning),
                                     model->spec.depth, model->spec.width);
}
