#include "ui/tsn-verdict.h"

#include <glib/gi18n.h>
#include <math.h>

/* The metrics that a photo is judged by, one for each kind of task. */
G_GNUC_UNUSED static const char *const known_metrics[] = {
  N_ ("mIoU"), N_ ("ODS-F"), N_ ("max mIoU"), N_ ("mean error"), N_ ("RMSE"),
};

/**
 * tsn_verdict_describe:
 *
 * Returns: (transfer full) (nullable): the value with its unit, such as "71.3 %" or "0.54 m"; %NULL
 *   where the photo says nothing.
 */
char *
tsn_verdict_describe (const TsnVerdict *verdict)
{
  const TsnMetric *metric = verdict->metric;
  gboolean angle = g_str_equal (metric->unit, "deg");

  if (isnan (verdict->value))
    return NULL;
  return g_strdup_printf ("%.*f%s%s", (int) MIN (metric->decimals, 2),
                          verdict->value * metric->factor,
                          angle || *metric->unit == '\0' ? "" : " ", angle ? "°" : metric->unit);
}

/**
 * tsn_verdict_explain:
 *
 * Returns: (transfer full): which metric it is, and which way is better.
 */
char *
tsn_verdict_explain (const TsnVerdict *verdict)
{
  /* Translators: %s is the name of a metric, as "mIoU", which is translated for itself. */
  return g_strdup_printf (verdict->metric->lower_is_better
                              ? _ ("%s on this photo; lower is better")
                              : _ ("%s on this photo; higher is better"),
                          _ (verdict->metric->name));
}
