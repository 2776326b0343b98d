#include "core/evaluation/tsn-estimate.h"

#include "core/inference/tsn-result-rows.h"

static guint
plane_count (TsnTaskKind kind)
{
  return kind == TSN_TASK_NORMALS ? 3 : 1;
}

/**
 * tsn_estimate_new:
 *
 * Returns: (transfer full): a prediction of zeros.
 */
TsnEstimate *
tsn_estimate_new (TsnTaskKind kind, guint width, guint height)
{
  TsnEstimate *estimate = g_new0 (TsnEstimate, 1);
  size_t pixels = (size_t) width * height;

  estimate->kind = kind;
  estimate->width = width;
  estimate->height = height;
  if (kind == TSN_TASK_CLASSES)
    estimate->classes = g_new0 (guint8, pixels);
  else if (kind == TSN_TASK_EDGE)
    estimate->shares = g_new0 (double, pixels);
  else
    estimate->planes = g_new0 (float, plane_count (kind) * pixels);
  return estimate;
}

void
tsn_estimate_free (TsnEstimate *estimate)
{
  g_free (estimate->classes);
  g_free (estimate->shares);
  g_free (estimate->planes);
  g_free (estimate);
}

static void
store_row (TsnEstimate *estimate, guint y, const float *row)
{
  size_t width = estimate->width;
  size_t pixels = width * estimate->height;
  size_t start = y * width;
  guint planes = plane_count (estimate->kind);

  for (size_t x = 0; x < width; x++)
    if (estimate->kind == TSN_TASK_EDGE)
      estimate->shares[start + x] = row[x];
    else
      for (guint c = 0; c < planes; c++)
        estimate->planes[c * pixels + start + x] = row[x * planes + c];
}

/**
 * tsn_estimate_new_from_result:
 *
 * Returns: (transfer full): a result at the photo's pixels.
 */
TsnEstimate *
tsn_estimate_new_from_result (const TsnResult *result)
{
  TsnEstimate *estimate = tsn_estimate_new (result->task->kind, result->width, result->height);
  g_autoptr (TsnResultRows) rows = tsn_result_rows_new (result);
  g_autofree float *row = g_new (float, tsn_result_row_channels (result) * (size_t) result->width);

  for (guint y = 0; y < result->height; y++)
    if (estimate->kind == TSN_TASK_CLASSES)
      tsn_result_rows_read_classes (rows, y, estimate->classes + (size_t) y * result->width);
    else
      {
        tsn_result_rows_read (rows, y, row);
        store_row (estimate, y, row);
      }
  return estimate;
}

/* Where along an axis the centre of an output pixel lies among the input's. */
typedef struct
{
  guint first;
  guint second;
  double weight; /* of the second */
} Position;

static Position
locate (guint pixel, guint n_out, guint n_in)
{
  double at = MAX ((pixel + 0.5) * n_in / n_out - 0.5, 0.0);
  guint first = MIN ((guint) at, n_in - 1);

  return (Position){ first, MIN (first + 1, n_in - 1), at - first };
}

static double
mix (double a, double b, double weight)
{
  /* Without the difference of equal numbers, a constant map stays exactly what it is. */
  return a == b ? a : a * (1 - weight) + b * weight;
}

/* Interpolates between the four nearest pixels of a plane of doubles or floats. */
#define SAMPLE(plane, in, across, down)                                                            \
  mix (mix ((plane)[(size_t) (down).first * (in)->width + (across).first],                         \
            (plane)[(size_t) (down).first * (in)->width + (across).second], (across).weight),      \
       mix ((plane)[(size_t) (down).second * (in)->width + (across).first],                        \
            (plane)[(size_t) (down).second * (in)->width + (across).second], (across).weight),     \
       (down).weight)

static void
resize_pixel (const TsnEstimate *in, TsnEstimate *out, guint x, guint y)
{
  Position across = locate (x, out->width, in->width);
  Position down = locate (y, out->height, in->height);
  size_t at = (size_t) y * out->width + x;
  size_t in_pixels = (size_t) in->width * in->height;
  size_t out_pixels = (size_t) out->width * out->height;

  if (in->kind == TSN_TASK_CLASSES)
    out->classes[at]
        = in->classes[(size_t) ((guint64) (2 * y + 1) * in->height / (2 * out->height)) * in->width
                      + (guint64) (2 * x + 1) * in->width / (2 * out->width)];
  else if (in->kind == TSN_TASK_EDGE)
    out->shares[at] = SAMPLE (in->shares, in, across, down);
  else
    for (guint c = 0; c < plane_count (in->kind); c++)
      out->planes[c * out_pixels + at] = SAMPLE (in->planes + c * in_pixels, in, across, down);
}

/**
 * tsn_estimate_resize:
 *
 * Brings a prediction to another size: classes from the nearest pixel, numbers by bilinear
 * interpolation, both with half-pixel centres (PyTorch's F.interpolate with align_corners=False).
 *
 * Returns: (transfer full): the resized prediction.
 */
TsnEstimate *
tsn_estimate_resize (const TsnEstimate *estimate, guint width, guint height)
{
  TsnEstimate *resized = tsn_estimate_new (estimate->kind, width, height);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      resize_pixel (estimate, resized, x, y);
  return resized;
}
