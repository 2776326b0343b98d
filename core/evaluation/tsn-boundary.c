#include "core/evaluation/tsn-boundary.h"

#include "core/base/tsn-error.h"
#include "core/evaluation/tsn-boundary-image.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* How many photos per thread wait before they are judged together: enough that threads which get
 * easier photos seldom idle, few enough to stay small in memory. */
#define QUEUE_PER_THREAD 8

/* How many pixels may wait, however few photos that is: 128 MB of maps. */
#define QUEUE_PIXELS (16u * 1024 * 1024)

typedef struct
{
  double *map;
  TsnBoundaryTruth *truth;
  TsnBoundaryCount *counts;
} Job;

struct _TsnBoundary
{
  TsnBoundaryOptions options;
  TsnPool *pool;
  size_t queue_length;
  GArray *queue; /* of Job: photos to be judged */
  size_t queue_pixels;
  GPtrArray *images; /* of TsnBoundaryCount arrays, in the order of tsn_boundary_add() */
};

/**
 * tsn_boundary_new:
 * @options: copied
 * @pool: (nullable): the threads that judge photos, which must outlive the accumulator; %NULL to
 *   do without
 *
 * Returns: (transfer full): an accumulator without photos.
 */
TsnBoundary *
tsn_boundary_new (const TsnBoundaryOptions *options, TsnPool *pool)
{
  TsnBoundary *self;

  g_return_val_if_fail (options->thresholds > 0 && options->max_distance >= 0, NULL);

  self = g_new0 (TsnBoundary, 1);
  self->options = *options;
  self->pool = pool;
  self->queue_length = pool != NULL ? QUEUE_PER_THREAD * (size_t)tsn_pool_get_threads (pool) : 1;
  self->queue = g_array_new (FALSE, FALSE, sizeof (Job));
  self->images = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
clear_queue (TsnBoundary *self)
{
  for (guint i = 0; i < self->queue->len; i++)
    {
      Job *job = &g_array_index (self->queue, Job, i);

      g_free (job->map);
      tsn_boundary_truth_unref (job->truth);
    }
  g_array_set_size (self->queue, 0);
  self->queue_pixels = 0;
}

void
tsn_boundary_free (TsnBoundary *boundary)
{
  clear_queue (boundary);
  g_array_unref (boundary->queue);
  g_ptr_array_unref (boundary->images);
  g_free (boundary);
}

static void
judge_cb (gpointer data, size_t first, size_t last, guint thread)
{
  TsnBoundary *self = data;

  for (size_t i = first; i < last; i++)
    {
      Job *job = &g_array_index (self->queue, Job, i);

      tsn_boundary_count_image (job->map, job->truth, &self->options, job->counts);
    }
}

static void
judge_queue (TsnBoundary *self)
{
  if (self->pool != NULL)
    tsn_pool_for (self->pool, self->queue->len, 1, judge_cb, self);
  else
    judge_cb (self, 0, self->queue->len, 0);
  clear_queue (self);
}

static gboolean
check_map (
    const double *map, guint width, guint height, const TsnBoundaryTruth *truth, GError **error)
{
  size_t n = (size_t)width * height;

  if (width != truth->width || height != truth->height)
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                   _ ("The boundary map should be %u x %u pixels as its ground truth is, but it is "
                      "%u x %u."),
                   truth->width, truth->height, width, height);
      return FALSE;
    }
  for (size_t i = 0; i < n; i++)
    if (!(map[i] >= 0 && map[i] <= 1))
      {
        g_set_error (
            error, TSN_ERROR, TSN_ERROR_ARGUMENT,
            _ ("The boundary map should hold probabilities in 0..1, but at (%u, %u) it holds "
               "%g."),
            (guint) (i % width), (guint) (i / width), map[i]);
        return FALSE;
      }
  return TRUE;
}

/**
 * tsn_boundary_add:
 * @map: @height rows of @width boundary probabilities in 0..1; copied.  Of an 8-bit picture they
 *   are value / 255.0 in double precision, for thresholds to fall as the benchmark's do
 * @truth: what annotators drew, of the same size
 * @error: set to %TSN_ERROR_ARGUMENT when the sizes differ or a value is out of range or NaN; the
 *   accumulator then is as it was
 *
 * Judges one more photo.
 *
 * Returns: %TRUE when the photo was taken in.
 */
gboolean
tsn_boundary_add (TsnBoundary *boundary,
                  const double *map,
                  guint width,
                  guint height,
                  TsnBoundaryTruth *truth,
                  GError **error)
{
  Job job;

  if (!check_map (map, width, height, truth, error))
    return FALSE;
  job.map = g_memdup2 (map, (size_t)width * height * sizeof (double));
  job.truth = tsn_boundary_truth_ref (truth);
  job.counts = g_new (TsnBoundaryCount, boundary->options.thresholds);
  g_array_append_val (boundary->queue, job);
  g_ptr_array_add (boundary->images, job.counts);
  boundary->queue_pixels += (size_t)width * height;
  if (boundary->queue->len >= boundary->queue_length || boundary->queue_pixels >= QUEUE_PIXELS)
    judge_queue (boundary);
  return TRUE;
}

static TsnBoundaryPoint *
make_curve (const TsnBoundaryCount *counts, guint n)
{
  TsnBoundaryPoint *points = g_new (TsnBoundaryPoint, n);

  for (guint t = 0; t < n; t++)
    points[t] = tsn_boundary_count_to_point (&counts[t], tsn_boundary_threshold (n, t));
  return points;
}

static void
add_counts (TsnBoundaryCount *sum, const TsnBoundaryCount *count)
{
  sum->matched_truth += count->matched_truth;
  sum->truth += count->truth;
  sum->matched_predicted += count->matched_predicted;
  sum->predicted += count->predicted;
}

/**
 * tsn_boundary_get_curve:
 *
 * Returns: (transfer full): recall and precision over all photos so far, one point per threshold,
 *   ascending.
 */
TsnBoundaryPoint *
tsn_boundary_get_curve (TsnBoundary *boundary)
{
  guint n = boundary->options.thresholds;
  g_autofree TsnBoundaryCount *sums = g_new0 (TsnBoundaryCount, n);

  judge_queue (boundary);
  for (guint i = 0; i < boundary->images->len; i++)
    {
      const TsnBoundaryCount *counts = g_ptr_array_index (boundary->images, i);

      for (guint t = 0; t < n; t++)
        add_counts (&sums[t], &counts[t]);
    }
  return make_curve (sums, n);
}

/**
 * tsn_boundary_result:
 * @result: (out caller-allocates): the benchmark's numbers over all photos so far
 *
 * With no photo all numbers are 0 (and @r50 is NaN).
 */
void
tsn_boundary_result (TsnBoundary *boundary, TsnBoundaryResult *result)
{
  guint n = boundary->options.thresholds;
  g_autofree TsnBoundaryPoint *curve = tsn_boundary_get_curve (boundary);
  TsnBoundaryCount best = { 0 };

  for (guint i = 0; i < boundary->images->len; i++)
    {
      const TsnBoundaryCount *counts = g_ptr_array_index (boundary->images, i);
      g_autofree TsnBoundaryPoint *points = make_curve (counts, n);

      add_counts (&best, &counts[tsn_boundary_curve_best_index (points, n)]);
    }
  *result = (TsnBoundaryResult){ .images = boundary->images->len,
                                 .ods = tsn_boundary_curve_best (curve, n),
                                 .ois = tsn_boundary_count_to_point (&best, NAN),
                                 .average_precision = tsn_boundary_curve_area (curve, n),
                                 .r50 = tsn_boundary_curve_r50 (curve, n) };
}

/**
 * tsn_boundary_get_image_counts:
 * @image: index of a photo in the order of tsn_boundary_add()
 *
 * Returns: (transfer none): the photo's counts, one per threshold, ascending.
 */
const TsnBoundaryCount *
tsn_boundary_get_image_counts (TsnBoundary *boundary, size_t image)
{
  g_return_val_if_fail (image < boundary->images->len, NULL);

  judge_queue (boundary);
  return g_ptr_array_index (boundary->images, image);
}

/**
 * tsn_boundary_get_image:
 * @image: index of a photo in the order of tsn_boundary_add()
 *
 * Returns: the photo's point of the best F, interpolated between thresholds.
 */
TsnBoundaryPoint
tsn_boundary_get_image (TsnBoundary *boundary, size_t image)
{
  guint n = boundary->options.thresholds;
  const TsnBoundaryCount *counts = tsn_boundary_get_image_counts (boundary, image);
  g_autofree TsnBoundaryPoint *points = make_curve (counts, n);

  return tsn_boundary_curve_best (points, n);
}
