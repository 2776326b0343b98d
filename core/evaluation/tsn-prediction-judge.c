#include "core/evaluation/tsn-prediction-judge.h"

#include "core/base/tsn-error.h"
#include "core/data/tsn-thin.h"
#include "core/evaluation/tsn-class-match.h"
#include "core/evaluation/tsn-prediction-file.h"
#include "core/evaluation/tsn-scorer.h"

/* Photos per thread that are read together. */
#define BATCH_PER_THREAD 4

/* The lowest threshold of the boundary benchmark. */
#define LOWEST_SHARE 0.01

/* A photo on its way. */
typedef struct
{
  char *id;
  guint index; /* in the data set, if there is one */
  char *path;  /* of its prediction */
  TsnEstimate *prediction;
  TsnGroundTruth *truth;
  guint width; /* of the prediction in its file */
  guint height;
  GError *error;
} Photo;

typedef struct
{
  const TsnPredictionJudge *judge;
  TsnReport *report;
  GArray *photos; /* of Photo */
  guint first;    /* of the current batch */
  TsnScorer *scorer;
  guint resized;
  const Photo *first_resized;
} Run;

static void
clear_photo_cb (gpointer data)
{
  Photo *photo = data;

  g_free (photo->id);
  g_free (photo->path);
  g_clear_pointer (&photo->prediction, tsn_estimate_free);
  g_clear_pointer (&photo->truth, tsn_ground_truth_free);
  g_clear_error (&photo->error);
}

static Photo *
get_photo (const Run *run, guint i)
{
  return &g_array_index (run->photos, Photo, i);
}

static gboolean
list_dataset (Run *run, GError **error)
{
  TsnDataset *dataset = run->judge->dataset;

  for (guint i = 0; i < tsn_dataset_get_length (dataset); i++)
    if (tsn_ground_truth_exists (dataset, i, run->judge->task))
      {
        Photo photo = { .id = g_strdup (tsn_dataset_get_id (dataset, i)), .index = i };

        g_array_append_val (run->photos, photo);
      }
  if (run->photos->len > 0)
    return TRUE;
  g_set_error (
      error, TSN_ERROR, TSN_ERROR_ARGUMENT, "The split %s of '%s' has no labels for the task %s",
      tsn_dataset_get_split (dataset), tsn_dataset_get_root (dataset), run->judge->task->name);
  return FALSE;
}

static gboolean
list_folder (Run *run, GError **error)
{
  g_autoptr (GPtrArray) ids = tsn_ground_truth_list (run->judge->labels, run->judge->task, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      Photo photo = { .id = g_strdup (g_ptr_array_index (ids, i)) };

      g_array_append_val (run->photos, photo);
    }
  return ids != NULL;
}

/* A photo that is left out would make the others' score look like all of them. */
static gboolean
find_predictions (Run *run, GError **error)
{
  const TsnPredictionJudge *judge = run->judge;
  const char *missing = NULL;
  guint n_missing = 0;

  for (guint i = 0; i < run->photos->len; i++)
    {
      Photo *photo = get_photo (run, i);

      photo->path = tsn_prediction_find (judge->predictions, photo->id, judge->task->name);
      if (photo->path == NULL && n_missing++ == 0)
        missing = photo->id;
    }
  if (n_missing == 0)
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_IO,
               "'%s' should hold a prediction of every labelled photo, as .png, .npy or .mat, but "
               "%u of %u are missing, the first that of '%s'",
               judge->predictions, n_missing, run->photos->len, missing);
  return FALSE;
}

static gboolean
check_classes (const Run *run, GError **error)
{
  g_autofree guint *indices = g_new (guint, run->photos->len);

  if (run->judge->task->kind != TSN_TASK_CLASSES || run->judge->dataset == NULL)
    return TRUE;
  for (guint i = 0; i < run->photos->len; i++)
    indices[i] = get_photo (run, i)->index;
  return tsn_class_match_check (run->judge->dataset, run->judge->task, indices, run->photos->len,
                                error);
}

/* Whether a map has broad areas where a boundary is likely; -1 if it is empty. */
static int
is_soft (const TsnEstimate *prediction)
{
  g_autoptr (TsnBitmap) bitmap = tsn_bitmap_new (prediction->width, prediction->height);
  const double *share = prediction->shares;
  size_t before;

  for (guint y = 0; y < prediction->height; y++)
    for (guint x = 0; x < prediction->width; x++, share++)
      if (*share >= LOWEST_SHARE)
        tsn_bitmap_set (bitmap, x, y);
  before = tsn_bitmap_count (bitmap);
  if (before == 0)
    return -1;
  tsn_bitmap_thin (bitmap);
  return 2 * tsn_bitmap_count (bitmap) < before;
}

static gboolean
choose_suppression (const Run *run, gboolean *suppress, GError **error)
{
  const TsnPredictionJudge *judge = run->judge;

  *suppress = judge->suppress == TSN_SUPPRESS_ALWAYS;
  if (judge->task->kind != TSN_TASK_EDGE || judge->suppress != TSN_SUPPRESS_AUTO)
    return TRUE;
  for (guint i = 0; i < run->photos->len; i++)
    {
      g_autoptr (TsnEstimate) prediction
          = tsn_prediction_load (judge->task, get_photo (run, i)->path, error);
      int soft;

      if (prediction == NULL)
        return FALSE;
      soft = is_soft (prediction);
      *suppress = soft > 0;
      if (soft >= 0)
        return TRUE;
    }
  return TRUE;
}

static gboolean
fit_prediction (const TsnPredictionJudge *judge, Photo *photo)
{
  TsnEstimate *resized;

  photo->width = photo->prediction->width;
  photo->height = photo->prediction->height;
  if (photo->width == photo->truth->width && photo->height == photo->truth->height)
    return TRUE;
  if (judge->strict)
    {
      g_set_error (&photo->error, TSN_ERROR, TSN_ERROR_FORMAT,
                   "'%s' should be %u x %u pixels as its label is, but it is %u x %u", photo->path,
                   photo->truth->width, photo->truth->height, photo->width, photo->height);
      return FALSE;
    }
  resized = tsn_estimate_resize (photo->prediction, photo->truth->width, photo->truth->height);
  tsn_estimate_free (photo->prediction);
  photo->prediction = resized;
  return TRUE;
}

static void
load_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Run *run = data;
  const TsnPredictionJudge *judge = run->judge;

  for (size_t i = first; i < last; i++)
    {
      Photo *photo = get_photo (run, run->first + i);

      photo->truth
          = judge->dataset != NULL
                ? tsn_ground_truth_load (judge->dataset, photo->index, judge->task, &photo->error)
                : tsn_ground_truth_load_file (judge->labels, photo->id, judge->task, &photo->error);
      if (photo->truth != NULL)
        photo->prediction = tsn_prediction_load (judge->task, photo->path, &photo->error);
      if (photo->prediction != NULL)
        fit_prediction (judge, photo);
    }
}

static gboolean
score_photo (Run *run, Photo *photo, GError **error)
{
  if (photo->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&photo->error));
      return FALSE;
    }
  if ((photo->width != photo->truth->width || photo->height != photo->truth->height)
      && run->resized++ == 0)
    run->first_resized = photo;
  if (!tsn_scorer_add (run->scorer, photo->id, photo->prediction, photo->truth, error))
    return FALSE;
  g_clear_pointer (&photo->prediction, tsn_estimate_free);
  g_clear_pointer (&photo->truth, tsn_ground_truth_free);
  return TRUE;
}

static gboolean
judge_photos (Run *run, GCancellable *cancellable, GError **error)
{
  const TsnPredictionJudge *judge = run->judge;
  guint batch = BATCH_PER_THREAD * tsn_pool_get_threads (judge->pool);

  for (run->first = 0; run->first < run->photos->len; run->first += batch)
    {
      guint n = MIN (batch, run->photos->len - run->first);

      if (judge->progress != NULL)
        judge->progress (judge->data, run->first, run->photos->len,
                         get_photo (run, run->first)->id);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      tsn_pool_for (judge->pool, n, 1, load_cb, run);
      for (guint i = 0; i < n; i++)
        if (!score_photo (run, get_photo (run, run->first + i), error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
finish (Run *run, GError **error)
{
  TsnTaskScore *score = tsn_scorer_finish (run->scorer, error);
  const Photo *photo = run->first_resized;

  if (score == NULL)
    return FALSE;
  score->dataset = g_path_get_basename (run->judge->dataset != NULL
                                            ? tsn_dataset_get_root (run->judge->dataset)
                                            : run->judge->labels);
  if (run->judge->dataset != NULL)
    score->split = g_strdup (tsn_dataset_get_split (run->judge->dataset));
  if (run->resized > 0)
    tsn_report_add_note (run->report,
                         "%u of %u predictions are of another size than their labels, the first "
                         "'%s' of %u x %u pixels, and were resized, %s",
                         run->resized, run->photos->len, photo->path, photo->width, photo->height,
                         run->judge->task->kind == TSN_TASK_CLASSES ? "each pixel from the nearest"
                                                                    : "bilinearly");
  g_ptr_array_add (run->report->scores, score);
  return TRUE;
}

static gboolean
prepare (Run *run, GError **error)
{
  const TsnPredictionJudge *judge = run->judge;
  TsnBoundaryOptions boundary = judge->boundary;

  if (!(judge->dataset != NULL ? list_dataset : list_folder) (run, error)
      || !find_predictions (run, error) || !check_classes (run, error)
      || !choose_suppression (run, &boundary.suppress, error))
    return FALSE;
  if (boundary.max_distance <= 0)
    boundary.max_distance = tsn_scorer_get_max_distance (judge->dataset);
  run->scorer = tsn_scorer_new (judge->task, &boundary, judge->pool);
  return TRUE;
}

/**
 * tsn_prediction_judge_run:
 * @report: gets the score, and a note if predictions had to be resized
 * @error: %TSN_ERROR_IO when a prediction is missing; %TSN_ERROR_FORMAT when one is broken, does
 *   not fit the task or, if that is to be strict, has not its label's size; errors of the labels;
 *   G_IO_ERROR_CANCELLED
 *
 * Judges the prediction of every photo that has a label.
 */
gboolean
tsn_prediction_judge_run (const TsnPredictionJudge *judge,
                          TsnReport *report,
                          GCancellable *cancellable,
                          GError **error)
{
  Run run = { .judge = judge, .report = report };
  gboolean done;

  g_return_val_if_fail ((judge->dataset != NULL) != (judge->labels != NULL), FALSE);

  run.photos = g_array_new (FALSE, FALSE, sizeof (Photo));
  g_array_set_clear_func (run.photos, clear_photo_cb);
  done = prepare (&run, error) && judge_photos (&run, cancellable, error) && finish (&run, error);
  g_clear_pointer (&run.scorer, tsn_scorer_free);
  g_array_unref (run.photos);
  return done;
}
