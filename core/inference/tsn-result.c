#include "core/inference/tsn-result.h"

#include "core/inference/tsn-result-pixel.h"

#include <math.h>

/* Nothing a network says on purpose is larger; it keeps squares and differences finite. */
#define LARGEST_NUMBER 1e18f

/* A vector shorter than this has no direction. */
#define SHORTEST_NORMAL 1e-6f

/**
 * tsn_result_locate:
 * @pixel: a column (or row) of the photo
 * @pixels: how many there are
 * @samples: how many the read-out has
 *
 * Returns: between which samples the centre of the pixel lies; before the first and after the last
 *   centre the outermost sample counts alone.
 */
TsnResultPosition
tsn_result_locate (guint pixel, guint pixels, size_t samples)
{
  double at = MAX ((pixel + 0.5) * (double) samples / pixels - 0.5, 0.0);
  guint first = MIN ((guint) at, samples - 1);

  return (TsnResultPosition){ first, MIN (first + 1, samples - 1), (float) (at - first) };
}

static float
tame (float number)
{
  return isfinite (number) ? CLAMP (number, -LARGEST_NUMBER, LARGEST_NUMBER) : 0;
}

/* Numbers are checked once here, so that no reader meets a NaN or an overflow. */
static TsnTensor *
tamed_output (TsnTensor *output)
{
  size_t length = tsn_tensor_length (output);
  size_t wild = 0;
  TsnTensor *copy = NULL;

  for (size_t i = 0; i < length; i++)
    wild += tame (output->data[i]) != output->data[i];
  if (wild == 0)
    return tsn_tensor_ref (output);
  copy = tsn_tensor_copy (output);
  for (size_t i = 0; i < length; i++)
    copy->data[i] = tame (copy->data[i]);
  return copy;
}

static guint
channels_of_kind (const TsnTask *task)
{
  switch (task->kind)
    {
    case TSN_TASK_CLASSES:
      return task->channels;
    case TSN_TASK_NORMALS:
      return 3;
    case TSN_TASK_EDGE:
    case TSN_TASK_SALIENCY:
    case TSN_TASK_DEPTH:
    default:
      return 1;
    }
}

/**
 * tsn_result_new:
 * @task: the task under which @output was read out; it is copied
 * @output: [1, C, h, w] with the channels of @task: one for edge, saliency and depth, three for
 *   normals.  Numbers that are not finite are taken as 0
 * @width: of the photo in pixels, at least 1
 * @height: of the photo in pixels, at least 1
 *
 * Returns: (transfer full): a result that holds a reference to @output.
 */
TsnResult *
tsn_result_new (const TsnTask *task, TsnTensor *output, guint width, guint height)
{
  TsnResult *result = NULL;

  g_return_val_if_fail (output->rank == 4 && output->dim[0] == 1, NULL);
  g_return_val_if_fail (output->dim[1] == channels_of_kind (task), NULL);
  g_return_val_if_fail (output->dim[1] <= TSN_MAX_CLASSES, NULL);
  g_return_val_if_fail (output->dim[2] > 0 && output->dim[3] > 0, NULL);
  g_return_val_if_fail (width > 0 && height > 0, NULL);

  result = g_new (TsnResult, 1);
  result->task = tsn_task_copy (task);
  result->output = tamed_output (output);
  result->width = width;
  result->height = height;
  g_atomic_ref_count_init (&result->ref_count);
  return result;
}

TsnResult *
tsn_result_ref (TsnResult *result)
{
  g_atomic_ref_count_inc (&result->ref_count);
  return result;
}

void
tsn_result_unref (TsnResult *result)
{
  if (!g_atomic_ref_count_dec (&result->ref_count))
    return;
  tsn_task_free (result->task);
  tsn_tensor_unref (result->output);
  g_free (result);
}

static float
sigmoid (float logit)
{
  return 1 / (1 + expf (-logit));
}

static void
normalise (float normal[3])
{
  float length = sqrtf (normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
  float scale = length < SHORTEST_NORMAL ? 0 : 1 / length;

  for (guint c = 0; c < 3; c++)
    normal[c] *= scale;
}

/* The softmax of n logits, with their largest taken off first so that none overflows. */
static void
softmax (float *logits, guint n)
{
  float largest = logits[0];
  float sum = 0;

  for (guint c = 1; c < n; c++)
    largest = MAX (largest, logits[c]);
  for (guint c = 0; c < n; c++)
    sum += logits[c] = expf (logits[c] - largest);
  for (guint c = 0; c < n; c++)
    logits[c] /= sum;
}

/**
 * tsn_result_activate:
 * @pixel: (inout): the raw numbers of one pixel, which become its values
 */
void
tsn_result_activate (const TsnTask *task, float *pixel)
{
  switch (task->kind)
    {
    case TSN_TASK_CLASSES:
      softmax (pixel, task->channels);
      break;
    case TSN_TASK_EDGE:
    case TSN_TASK_SALIENCY:
      pixel[0] = sigmoid (pixel[0]);
      break;
    case TSN_TASK_NORMALS:
      normalise (pixel);
      break;
    case TSN_TASK_DEPTH:
      pixel[0] = MAX (pixel[0], 0);
      break;
    default:
      break;
    }
}

static void
interpolate_pixel (const TsnResult *result, guint x, guint y, float *pixel)
{
  const TsnTensor *output = result->output;
  size_t width = output->dim[3];
  size_t plane = output->dim[2] * width;
  TsnResultPosition across = tsn_result_locate (x, result->width, width);
  TsnResultPosition down = tsn_result_locate (y, result->height, output->dim[2]);

  for (size_t c = 0; c < output->dim[1]; c++)
    {
      const float *above = output->data + c * plane + down.first * width;
      const float *below = output->data + c * plane + down.second * width;
      float left = above[across.first] + down.weight * (below[across.first] - above[across.first]);
      float right
          = above[across.second] + down.weight * (below[across.second] - above[across.second]);

      pixel[c] = left + across.weight * (right - left);
    }
}

/**
 * tsn_result_sample:
 * @x: column of the photo, below its width
 * @y: row of the photo, below its height
 * @sample: (out): the values at that pixel
 */
void
tsn_result_sample (const TsnResult *result, guint x, guint y, TsnResultSample *sample)
{
  float pixel[TSN_MAX_CLASSES];
  guint best = 0;

  g_return_if_fail (x < result->width && y < result->height);

  *sample = (TsnResultSample){ 0 };
  interpolate_pixel (result, x, y, pixel);
  tsn_result_activate (result->task, pixel);
  switch (result->task->kind)
    {
    case TSN_TASK_CLASSES:
      for (guint c = 1; c < result->task->channels; c++)
        best = pixel[c] > pixel[best] ? c : best;
      sample->class_index = best;
      sample->value = pixel[best];
      break;
    case TSN_TASK_NORMALS:
      for (guint c = 0; c < 3; c++)
        sample->normal[c] = pixel[c];
      sample->value = pixel[2];
      break;
    case TSN_TASK_EDGE:
    case TSN_TASK_SALIENCY:
    case TSN_TASK_DEPTH:
    default:
      sample->value = pixel[0];
      break;
    }
}

/**
 * tsn_result_row_channels:
 *
 * Returns: how many numbers tsn_result_rows_read() gives per pixel: the number of classes, three
 *   for normals, else one.
 */
guint
tsn_result_row_channels (const TsnResult *result)
{
  return result->output->dim[1];
}

/**
 * tsn_result_get_range:
 * @low: (out): the smallest value
 * @high: (out): the largest value
 *
 * Gives the range that the values can take: for depth the nearest and the farthest metres of this
 * result (interpolation stays between them), -1 to 1 for normals, 0 to 1 for probabilities.
 */
void
tsn_result_get_range (const TsnResult *result, float *low, float *high)
{
  const TsnTensor *output = result->output;
  size_t length = tsn_tensor_length (output);

  *low = result->task->kind == TSN_TASK_NORMALS ? -1 : 0;
  *high = 1;
  if (result->task->kind != TSN_TASK_DEPTH)
    return;
  *low = *high = MAX (output->data[0], 0);
  for (size_t i = 1; i < length; i++)
    {
      *low = MIN (*low, MAX (output->data[i], 0));
      *high = MAX (*high, output->data[i]);
    }
}
