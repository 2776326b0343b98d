#include "ui/tsn-disagreement.h"

#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * tsn_disagreement_new:
 * @first: a prediction
 * @second: one of a task for which tsn_difference_is_possible(), of the same photo
 *
 * Compares and draws, which takes some milliseconds: not for the main thread.
 *
 * Returns: (transfer full): what the two say differently.
 */
TsnDisagreement *
tsn_disagreement_new (TsnPrediction *first, TsnPrediction *second)
{
  TsnDisagreement *disagreement = g_new0 (TsnDisagreement, 1);
  g_autoptr (TsnResult) a = tsn_prediction_limit_size (first->result, 0);
  g_autoptr (TsnResult) b = tsn_prediction_limit_size (second->result, 0);
  g_autoptr (GBytes) rgb = NULL;

  g_atomic_ref_count_init (&disagreement->ref_count);
  disagreement->first = tsn_prediction_ref (first);
  disagreement->second = tsn_prediction_ref (second);
  disagreement->difference = tsn_difference_new (a, b);
  rgb = g_bytes_new_take (tsn_difference_render (disagreement->difference),
                          (size_t) a->width * a->height * 3);
  disagreement->picture = tsn_picture_new (rgb, a->width, a->height);
  return disagreement;
}

TsnDisagreement *
tsn_disagreement_ref (TsnDisagreement *disagreement)
{
  g_atomic_ref_count_inc (&disagreement->ref_count);
  return disagreement;
}

void
tsn_disagreement_unref (TsnDisagreement *disagreement)
{
  if (!g_atomic_ref_count_dec (&disagreement->ref_count))
    return;
  tsn_prediction_unref (disagreement->first);
  tsn_prediction_unref (disagreement->second);
  tsn_difference_free (disagreement->difference);
  tsn_picture_unref (disagreement->picture);
  g_free (disagreement);
}

/**
 * tsn_disagreement_describe:
 *
 * Returns: (transfer full): how much the two agree, in one number with its name.
 */
char *
tsn_disagreement_describe (const TsnDisagreement *disagreement)
{
  double agreement = disagreement->difference->agreement;
  g_autofree char *percent = tsn_task_text_percent (agreement);

  if (isnan (agreement))
    return g_strdup ("–");
  switch (disagreement->difference->first->task->kind)
    {
    case TSN_TASK_CLASSES:
      /* Translators: mean intersection over union of two models' classes; %s is a percentage. */
      return g_strdup_printf (_ ("mIoU %s"), percent);
    case TSN_TASK_NORMALS:
      /* Translators: the mean angle between two models' normals in degrees. */
      return g_strdup_printf (_ ("angle %.1f°"), agreement);
    case TSN_TASK_DEPTH:
      /* Translators: root mean square difference of two models' depths in metres. */
      return g_strdup_printf (_ ("RMSE %.2f m"), agreement);
    case TSN_TASK_EDGE:
    case TSN_TASK_SALIENCY:
    default:
      /* Translators: the mean absolute difference of two models' probabilities. */
      return g_strdup_printf (_ ("|Δp| %.3f"), agreement);
    }
}

static char *
format_number (TsnTaskKind kind, double value)
{
  switch (kind)
    {
    case TSN_TASK_CLASSES:
      return g_strdup (value > 0 ? _ ("different") : _ ("same class"));
    case TSN_TASK_NORMALS:
      return g_strdup_printf ("%.1f°", value);
    case TSN_TASK_DEPTH:
      /* Translators: a difference of depth with its sign, in metres. */
      return g_strdup_printf (_ ("%+.2f m"), value);
    case TSN_TASK_EDGE:
    case TSN_TASK_SALIENCY:
    default:
      return g_strdup_printf ("%+.0f %%", 100 * value);
    }
}

/**
 * tsn_disagreement_format:
 * @value: a number of the difference map
 *
 * Returns: (transfer full): the number as people read it.
 */
char *
tsn_disagreement_format (const TsnDisagreement *disagreement, double value)
{
  g_autofree char *text = NULL;

  if (isnan (value))
    return g_strdup ("–");
  text = format_number (disagreement->difference->first->task->kind, value);
  /* A hyphen is too short for a minus. */
  return *text == '-' ? g_strconcat ("−", text + 1, NULL) : g_steal_pointer (&text);
}

/**
 * tsn_disagreement_describe_at:
 * @x: position on the photo in pixels
 *
 * Returns: (transfer full): the values of both and their difference at one position.
 */
char *
tsn_disagreement_describe_at (const TsnDisagreement *disagreement, double x, double y)
{
  const TsnResult *photo = disagreement->first->result;
  const TsnResult *drawn = disagreement->difference->first;
  g_autofree char *first = tsn_prediction_describe_at (disagreement->first, x, y);
  g_autofree char *second = tsn_prediction_describe_at (disagreement->second, x, y);
  guint column = CLAMP (x * drawn->width / photo->width, 0, drawn->width - 1);
  guint row = CLAMP (y * drawn->height / photo->height, 0, drawn->height - 1);
  g_autofree char *value = tsn_disagreement_format (
      disagreement, tsn_difference_sample (disagreement->difference, column, row));

  return g_strdup_printf ("%s (%s → %s)", value, first, second);
}
