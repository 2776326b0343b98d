#include "ui/tsn-prediction.h"

#include "ui/tsn-reaper.h"
#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>
#include <math.h>

/* How many classes a sentence names. */
#define NAMED_CLASSES 3

G_DEFINE_BOXED_TYPE (TsnPrediction, tsn_prediction, tsn_prediction_ref, tsn_prediction_unref)

/**
 * tsn_prediction_limit_size:
 * @side: longest side in pixels, 0 for %TSN_PREDICTION_MAX_SIDE
 *
 * Returns: (transfer full): the same numbers on a photo of a size that is quick to draw.
 */
TsnResult *
tsn_prediction_limit_size (TsnResult *result, guint side)
{
  guint longest = MAX (result->width, result->height);
  guint limit = side != 0 ? MIN (side, TSN_PREDICTION_MAX_SIDE) : TSN_PREDICTION_MAX_SIDE;
  double scale = (double) limit / longest;

  if (longest <= limit)
    return tsn_result_ref (result);
  return tsn_result_new (result->task, result->output, MAX (lround (result->width * scale), 1),
                         MAX (lround (result->height * scale), 1));
}

/**
 * tsn_prediction_draw:
 * @options: (nullable): how; %NULL for the defaults
 * @side: longest side in pixels, 0 for %TSN_PREDICTION_MAX_SIDE
 *
 * Draws a result, which takes some milliseconds.
 *
 * Returns: (transfer full): the picture.
 */
TsnPicture *
tsn_prediction_draw (TsnResult *result, const TsnRenderOptions *options, guint side)
{
  g_autoptr (TsnResult) small = tsn_prediction_limit_size (result, side);
  size_t size = (size_t) small->width * small->height * 3;
  g_autoptr (GBytes) rgb = g_bytes_new_take (tsn_render (small, options), size);

  return tsn_picture_new (rgb, small->width, small->height);
}

/* Counted at the network's resolution: exact enough for a share. */
static double
count_positive (const TsnTensor *logits)
{
  size_t length = tsn_tensor_length (logits), count = 0;

  for (size_t i = 0; i < length; i++)
    count += logits->data[i] > 0;
  return (double) count / length;
}

/**
 * tsn_prediction_new:
 *
 * Draws and summarises a result, which takes some milliseconds: not for the main thread.
 *
 * Returns: (transfer full): a prediction.
 */
TsnPrediction *
tsn_prediction_new (TsnResult *result)
{
  return tsn_prediction_new_limited (result, 0);
}

/**
 * tsn_prediction_new_limited:
 * @side: longest side of the picture in pixels, 0 for %TSN_PREDICTION_MAX_SIDE
 *
 * Like tsn_prediction_new(), for results of which the next follows at once.
 *
 * Returns: (transfer full): a prediction.
 */
TsnPrediction *
tsn_prediction_new_limited (TsnResult *result, guint side)
{
  TsnPrediction *prediction = g_new0 (TsnPrediction, 1);

  g_atomic_ref_count_init (&prediction->ref_count);
  prediction->result = tsn_result_ref (result);
  prediction->picture = tsn_prediction_draw (result, NULL, side);
  prediction->legend = tsn_legend_new (result->task, result);
  if (result->task->kind == TSN_TASK_EDGE || result->task->kind == TSN_TASK_SALIENCY)
    prediction->positive = count_positive (result->output);
  return prediction;
}

TsnPrediction *
tsn_prediction_ref (TsnPrediction *prediction)
{
  g_atomic_ref_count_inc (&prediction->ref_count);
  return prediction;
}

static void
prediction_free (TsnPrediction *prediction)
{
  tsn_result_unref (prediction->result);
  tsn_picture_unref (prediction->picture);
  tsn_legend_free (prediction->legend);
  g_free (prediction);
}

void
tsn_prediction_unref (TsnPrediction *prediction)
{
  if (g_atomic_ref_count_dec (&prediction->ref_count))
    tsn_reaper_take (prediction, (GDestroyNotify) prediction_free);
}

static char *
describe_classes (const TsnPrediction *prediction)
{
  GArray *entries = prediction->legend->entries;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (entries->len, NAMED_CLASSES); i++)
    {
      const TsnLegendEntry *entry = &g_array_index (entries, TsnLegendEntry, i);
      g_autofree char *share = tsn_task_text_percent (entry->share);

      g_string_append_printf (text, "%s%s %s", i == 0 ? "" : ", ",
                              tsn_task_text_class (prediction->result->task, entry->class_index),
                              share);
    }
  return g_string_free (text, FALSE);
}

/**
 * tsn_prediction_describe:
 *
 * Returns: (transfer full): what is to be seen, in a few words, for people who cannot see it.
 */
char *
tsn_prediction_describe (const TsnPrediction *prediction)
{
  g_autofree char *share = tsn_task_text_percent (prediction->positive);

  switch (prediction->result->task->kind)
    {
    case TSN_TASK_CLASSES:
      return describe_classes (prediction);
    case TSN_TASK_EDGE:
      /* Translators: %s is a percentage. */
      return g_strdup_printf (_ ("%s of the photo are edges"), share);
    case TSN_TASK_SALIENCY:
      /* Translators: %s is a percentage. */
      return g_strdup_printf (_ ("%s of the photo are salient"), share);
    case TSN_TASK_DEPTH:
      return g_strdup_printf (_ ("From %.1f m to %.1f m"), prediction->legend->low,
                              prediction->legend->high);
    case TSN_TASK_NORMALS:
    default:
      return g_strdup (_ ("Directions that surfaces face"));
    }
}

/**
 * tsn_prediction_describe_at:
 * @x: position on the photo in pixels
 *
 * Returns: (transfer full): the value at one position in a few words.
 */
char *
tsn_prediction_describe_at (const TsnPrediction *prediction, double x, double y)
{
  const TsnResult *result = prediction->result;
  TsnResultSample sample;
  g_autofree char *percent = NULL;

  tsn_result_sample (result, CLAMP (x, 0, result->width - 1), CLAMP (y, 0, result->height - 1),
                     &sample);
  percent = tsn_task_text_percent (sample.value);
  switch (result->task->kind)
    {
    case TSN_TASK_CLASSES:
      return g_strdup_printf ("%s %s", tsn_task_text_class (result->task, sample.class_index),
                              percent);
    case TSN_TASK_DEPTH:
      return g_strdup_printf (_ ("%.2f m"), sample.value);
    case TSN_TASK_NORMALS:
      return g_strdup_printf ("(%+.2f, %+.2f, %+.2f)", sample.normal[0], sample.normal[1],
                              sample.normal[2]);
    case TSN_TASK_EDGE:
    case TSN_TASK_SALIENCY:
    default:
      return g_steal_pointer (&percent);
    }
}
