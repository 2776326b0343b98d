#include "core/evaluation/tsn-scorer.h"

#include "core/base/tsn-error.h"
#include "core/evaluation/tsn-angular-error.h"
#include "core/evaluation/tsn-depth-error.h"
#include "core/evaluation/tsn-mean-iou.h"
#include "core/evaluation/tsn-saliency-score.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _TsnScorer
{
  TsnTask *task;
  TsnBoundaryOptions rules; /* of edges */
  TsnTaskScore *score;
  gboolean several_annotators;

  /* One of these, by the kind of the task. */
  TsnMeanIou *iou;
  TsnBoundary *boundary;
  TsnSaliencyScore *saliency;
  TsnAngularError *angular;
  TsnDepthError *depth;
};

/* Photos without a person say nothing about the parts of persons; that is a matter of this one
 * task, not of its kind. */
static gboolean
wants_people (const TsnTask *task)
{
  return g_str_equal (task->name, "human_parts");
}

static void
make_metric (TsnScorer *scorer, TsnPool *pool)
{
  const TsnTask *task = scorer->task;

  switch (task->kind)
    {
    case TSN_TASK_CLASSES:
      scorer->iou = tsn_mean_iou_new (task->channels, wants_people (task));
      break;
    case TSN_TASK_EDGE:
      scorer->boundary = tsn_boundary_new (&scorer->rules, pool);
      break;
    case TSN_TASK_SALIENCY:
      scorer->saliency = tsn_saliency_score_new ();
      break;
    case TSN_TASK_NORMALS:
      scorer->angular = tsn_angular_error_new (0);
      break;
    case TSN_TASK_DEPTH:
    default:
      scorer->depth = tsn_depth_error_new ();
      break;
    }
}

/**
 * tsn_scorer_new:
 * @task: copied
 * @boundary: how edges are judged; copied
 * @pool: must outlive the scorer
 *
 * Returns: (transfer full): a scorer without photos.
 */
TsnScorer *
tsn_scorer_new (const TsnTask *task, const TsnBoundaryOptions *boundary, TsnPool *pool)
{
  TsnScorer *scorer = g_new0 (TsnScorer, 1);

  scorer->task = tsn_task_copy (task);
  scorer->rules = *boundary;
  scorer->score = tsn_task_score_new (task->name, task->title, task->kind);
  scorer->score->n_sums
      = tsn_metric_get_n_sums (task->kind, task->kind == TSN_TASK_EDGE ? boundary->thresholds
                                                                       : task->channels);
  make_metric (scorer, pool);
  return scorer;
}

void
tsn_scorer_free (TsnScorer *scorer)
{
  tsn_task_free (scorer->task);
  g_clear_pointer (&scorer->score, tsn_task_score_free);
  g_clear_pointer (&scorer->iou, tsn_mean_iou_free);
  g_clear_pointer (&scorer->boundary, tsn_boundary_free);
  g_clear_pointer (&scorer->saliency, tsn_saliency_score_free);
  g_clear_pointer (&scorer->angular, tsn_angular_error_free);
  g_clear_pointer (&scorer->depth, tsn_depth_error_free);
  g_free (scorer);
}

guint
tsn_scorer_get_n_photos (const TsnScorer *scorer)
{
  return scorer->score->images->len;
}

static guint8 *
label_to_bytes (const TsnTruth *truth, size_t n)
{
  guint8 *bytes = g_new (guint8, n);

  for (size_t i = 0; i < n; i++)
    bytes[i] = truth->label->data[i];
  return bytes;
}

static gboolean
add_classes (TsnScorer *scorer,
             const guint8 *classes,
             const guint8 *label,
             size_t n,
             double *sums,
             GError **error)
{
  g_autoptr (TsnMeanIou) own
      = tsn_mean_iou_new (scorer->task->channels, wants_people (scorer->task));

  if (!tsn_mean_iou_add (scorer->iou, classes, label, n, NULL, error)
      || !tsn_mean_iou_add (own, classes, label, n, NULL, error))
    return FALSE;
  for (guint c = 0; c < scorer->task->channels; c++)
    {
      TsnMeanIouClass counts = tsn_mean_iou_get_class (own, c);

      sums[3 * c] = counts.intersection;
      sums[3 * c + 1] = counts.predicted;
      sums[3 * c + 2] = counts.labelled;
    }
  return TRUE;
}

static gboolean
add_saliency (TsnScorer *scorer,
              const float *prediction,
              const guint8 *label,
              size_t n,
              double *sums,
              GError **error)
{
  TsnSaliencyResult own;

  if (!tsn_saliency_score_add (scorer->saliency, prediction, label, n, &own, error))
    return FALSE;
  sums[0] = 1;
  for (guint t = 0; t < TSN_SALIENCY_THRESHOLDS; t++)
    sums[1 + t]
        = tsn_saliency_score_get_image_point (scorer->saliency, scorer->score->images->len - 1, t)
              .iou;
  return TRUE;
}

static gboolean
add_normals (TsnScorer *scorer,
             const float *prediction,
             const float *label,
             size_t n,
             double *sums,
             GError **error)
{
  TsnAngularErrorResult own;

  if (!tsn_angular_error_add (scorer->angular, prediction, label, n, &own, error))
    return FALSE;
  sums[0] = own.pixels;
  sums[1] = own.pixels > 0 ? own.mean * own.pixels : 0;
  return TRUE;
}

static gboolean
add_depth (TsnScorer *scorer,
           const float *prediction,
           const float *label,
           size_t n,
           double *sums,
           GError **error)
{
  TsnDepthErrorResult own;

  if (!tsn_depth_error_add (scorer->depth, prediction, label, n, &own, error))
    return FALSE;
  sums[0] = own.images;
  sums[1] = own.images > 0 ? own.rmse : 0;
  return TRUE;
}

static gboolean
add_by_kind (TsnScorer *scorer,
             const TsnEstimate *prediction,
             const TsnGroundTruth *truth,
             double *sums,
             GError **error)
{
  size_t n = (size_t) truth->width * truth->height;
  g_autofree guint8 *bytes = NULL;

  switch (scorer->task->kind)
    {
    case TSN_TASK_CLASSES:
      bytes = label_to_bytes (truth->label, n);
      return add_classes (scorer, prediction->classes, bytes, n, sums, error);
    case TSN_TASK_EDGE:
      scorer->several_annotators |= truth->boundaries->n_annotators > 1;
      return tsn_boundary_add (scorer->boundary, prediction->shares, truth->width, truth->height,
                               truth->boundaries, error);
    case TSN_TASK_SALIENCY:
      bytes = label_to_bytes (truth->label, n);
      return add_saliency (scorer, prediction->planes, bytes, n, sums, error);
    case TSN_TASK_NORMALS:
      return add_normals (scorer, prediction->planes, truth->label->label->data, n, sums, error);
    case TSN_TASK_DEPTH:
    default:
      return add_depth (scorer, prediction->planes, truth->label->label->data, n, sums, error);
    }
}

/**
 * tsn_scorer_add:
 * @id: of the photo
 * @prediction: of the label's size
 * @truth: the label
 * @error: %TSN_ERROR_ARGUMENT when the sizes differ, a class does not exist or a number is not
 *   finite; the scorer then is good for nothing but to be freed
 *
 * Judges one more photo.
 */
gboolean
tsn_scorer_add (TsnScorer *scorer,
                const char *id,
                const TsnEstimate *prediction,
                const TsnGroundTruth *truth,
                GError **error)
{
  TsnTaskScore *score = scorer->score;
  TsnImageScore *image;

  g_return_val_if_fail (prediction->kind == scorer->task->kind, FALSE);

  if (prediction->width != truth->width || prediction->height != truth->height)
    {
      g_set_error (
          error, TSN_ERROR, TSN_ERROR_ARGUMENT,
          _ ("The prediction of '%s' for the task %s should be %u x %u pixels as its label "
             "is, but it is %u x %u"),
          id, scorer->task->name, truth->width, truth->height, prediction->width,
          prediction->height);
      return FALSE;
    }
  image = tsn_task_score_add_image (score, id);
  if (!add_by_kind (scorer, prediction, truth, image->sums, error))
    {
      /* Translators: a photo and a task, before what is wrong with its result or its label. */
      g_prefix_error (error, _ ("'%s', %s: "), id, scorer->task->name);
      return FALSE;
    }
  image->value = tsn_metric_from_sums (score->kind, image->sums, score->n_sums);
  return TRUE;
}

static void
finish_classes (const TsnScorer *scorer)
{
  TsnTaskScore *score = scorer->score;
  TsnMeanIouResult result;

  tsn_mean_iou_result (scorer->iou, &result);
  score->values[0] = result.mean;
  score->values[1] = result.mean_present;
  score->values[2] = result.accuracy;
  score->n_classes = scorer->task->channels;
  score->class_names = g_strdupv (scorer->task->class_names);
  score->class_iou = g_new (double, score->n_classes);
  for (guint c = 0; c < score->n_classes; c++)
    score->class_iou[c] = tsn_mean_iou_get_class (scorer->iou, c).iou;
  if (result.skipped > 0)
    score->note = g_strdup_printf ("%zu photos in which nothing of the task is labelled are left "
                                   "out",
                                   result.skipped);
}

static void
store_boundary_counts (const TsnScorer *scorer)
{
  TsnTaskScore *score = scorer->score;

  for (guint p = 0; p < score->images->len; p++)
    {
      TsnImageScore *image = g_ptr_array_index (score->images, p);
      const TsnBoundaryCount *counts = tsn_boundary_get_image_counts (scorer->boundary, p);

      for (guint t = 0; t < tsn_task_score_get_n_thresholds (score); t++)
        {
          image->sums[4 * t] = counts[t].matched_truth;
          image->sums[4 * t + 1] = counts[t].truth;
          image->sums[4 * t + 2] = counts[t].matched_predicted;
          image->sums[4 * t + 3] = counts[t].predicted;
        }
      image->value = tsn_metric_from_sums (score->kind, image->sums, score->n_sums);
    }
}

static void
finish_edges (const TsnScorer *scorer)
{
  TsnTaskScore *score = scorer->score;
  TsnBoundaryResult result;

  tsn_boundary_result (scorer->boundary, &result);
  score->values[0] = result.ods.f;
  score->values[1] = result.ois.f;
  score->values[2] = result.average_precision;
  score->values[3] = result.r50;
  store_boundary_counts (scorer);
  score->note = g_strdup_printf (
      "%s%s, %u thresholds, matched within %g of the image diagonal; ground truth of %s",
      scorer->rules.suppress ? "maps made thin by non-maximum suppression" : "maps as they are",
      scorer->rules.thin ? "" : ", not thinned at the thresholds", scorer->rules.thresholds,
      scorer->rules.max_distance,
      scorer->several_annotators ? "several annotators, summed"
                                 : "one map a photo (of an averaged map what is 0.3 or more)");
}

static void
finish_saliency (const TsnScorer *scorer)
{
  TsnSaliencyResult result;

  tsn_saliency_score_result (scorer->saliency, &result);
  scorer->score->values[0] = result.max_iou.iou;
  scorer->score->values[1] = result.max_f.f;
}

static gboolean
finish_normals (const TsnScorer *scorer, GError **error)
{
  TsnAngularErrorResult result;

  if (!tsn_angular_error_result (scorer->angular, &result, error))
    return FALSE;
  memcpy (scorer->score->values,
          (double[]){ result.mean, result.median, result.rms, result.within_11, result.within_22,
                      result.within_30 },
          6 * sizeof (double));
  return TRUE;
}

static void
finish_depth (const TsnScorer *scorer)
{
  TsnDepthErrorResult result;

  tsn_depth_error_result (scorer->depth, &result);
  memcpy (scorer->score->values,
          (double[]){ result.rmse, result.log_rmse, result.abs_rel, result.delta_1 },
          4 * sizeof (double));
}

/**
 * tsn_scorer_finish:
 * @error: %TSN_ERROR_IO when what was stored on the disk cannot be read
 *
 * Ends the scorer, which must have had a photo.
 *
 * Returns: (transfer full) (nullable): the score of all photos.
 */
TsnTaskScore *
tsn_scorer_finish (TsnScorer *scorer, GError **error)
{
  g_return_val_if_fail (scorer->score != NULL && scorer->score->images->len > 0, NULL);

  switch (scorer->task->kind)
    {
    case TSN_TASK_CLASSES:
      finish_classes (scorer);
      break;
    case TSN_TASK_EDGE:
      finish_edges (scorer);
      break;
    case TSN_TASK_SALIENCY:
      finish_saliency (scorer);
      break;
    case TSN_TASK_NORMALS:
      if (!finish_normals (scorer, error))
        return NULL;
      break;
    case TSN_TASK_DEPTH:
    default:
      finish_depth (scorer);
      break;
    }
  return g_steal_pointer (&scorer->score);
}

/**
 * tsn_scorer_get_max_distance:
 * @dataset: (nullable): a data set
 *
 * Returns: how far apart matched edge pixels may be by its protocol: 0.011 of the diagonal for
 *   NYUD, which is told by its layout or the name of its folder, 0.0075 for all others.
 */
double
tsn_scorer_get_max_distance (const TsnDataset *dataset)
{
  g_autofree char *name = NULL;

  if (dataset == NULL)
    return TSN_BOUNDARY_MAX_DISTANCE;
  name = g_path_get_basename (tsn_dataset_get_root (dataset));
  if (tsn_dataset_get_layout (dataset) == &tsn_dataset_layout_nyud
      || g_ascii_strncasecmp (name, "nyud", 4) == 0)
    return TSN_BOUNDARY_MAX_DISTANCE_NYUD;
  return TSN_BOUNDARY_MAX_DISTANCE;
}
