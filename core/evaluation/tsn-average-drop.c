#include "core/evaluation/tsn-average-drop.h"

#include "core/base/tsn-error.h"

#include <math.h>

struct _TsnAverageDrop
{
  guint tasks;
  double sum;
};

/**
 * tsn_average_drop_new:
 *
 * Returns: (transfer full): an accumulator without tasks.
 */
TsnAverageDrop *
tsn_average_drop_new (void)
{
  return g_new0 (TsnAverageDrop, 1);
}

void
tsn_average_drop_free (TsnAverageDrop *drop)
{
  g_free (drop);
}

/**
 * tsn_average_drop_add:
 * @multi: the multi-task network's metric on a task
 * @single: the single-task network's
 * @lower_is_better: whether the metric is an error
 * @change: (out) (optional): this task's change in per cent
 * @error: set to %TSN_ERROR_ARGUMENT when a metric is not finite or @single is 0; the accumulator
 *   then is as it was
 *
 * Returns: %TRUE when the task was taken in.
 */
gboolean
tsn_average_drop_add (TsnAverageDrop *drop,
                      double multi,
                      double single,
                      gboolean lower_is_better,
                      double *change,
                      GError **error)
{
  double own;

  if (!isfinite (multi) || !isfinite (single) || single == 0)
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                   "A drop needs a finite metric and one to compare with that is not 0, but they "
                   "are %g and %g.",
                   multi, single);
      return FALSE;
    }
  own = (lower_is_better ? -100 : 100) * (multi - single) / single;
  drop->sum += own;
  drop->tasks++;
  if (change != NULL)
    *change = own;
  return TRUE;
}

/**
 * tsn_average_drop_result:
 *
 * Returns: the mean change over all tasks so far, in per cent; NaN when there are none.
 */
double
tsn_average_drop_result (const TsnAverageDrop *drop)
{
  return drop->tasks > 0 ? drop->sum / drop->tasks : NAN;
}
