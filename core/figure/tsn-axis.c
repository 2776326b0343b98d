#include "core/figure/tsn-axis.h"

#include <math.h>

static const double round_steps[] = { 1, 2, 5 };

/* The round number next to @step. */
static double
round_step (double step)
{
  double power = pow (10, floor (log10 (step)));
  double best = power;

  for (guint i = 0; i < G_N_ELEMENTS (round_steps); i++)
    if (fabs (log (round_steps[i] * power / step)) < fabs (log (best / step)))
      best = round_steps[i] * power;
  return fabs (log (10 * power / step)) < fabs (log (best / step)) ? 10 * power : best;
}

static void
widen_if_empty (double *low, double *high)
{
  double margin;

  if (!isfinite (*low) || !isfinite (*high) || *high < *low)
    {
      *low = 0;
      *high = 1;
    }
  if (*high - *low > 1e-12 * MAX (fabs (*low), fabs (*high)))
    return;
  margin = *low == 0 ? 1 : 0.1 * fabs (*low);
  *low -= margin;
  *high += margin;
}

/**
 * tsn_axis_init:
 * @low: the smallest number to show
 * @high: the largest
 * @n_wanted: about how many steps between ticks there should be
 *
 * Makes an axis that starts and ends at ticks around @low and @high.
 */
void
tsn_axis_init (TsnAxis *axis, double low, double high, guint n_wanted)
{
  double step;
  gint64 first, last;

  widen_if_empty (&low, &high);
  step = round_step ((high - low) / MAX (n_wanted, 1));
  /* What is at a tick but for rounding needs no tick beyond it. */
  first = floor (low / step + 1e-9);
  last = ceil (high / step - 1e-9);
  *axis = (TsnAxis){ .low = first * step, .high = last * step };
  for (gint64 i = first; i <= last && axis->n_ticks < TSN_AXIS_TICKS; i++)
    axis->ticks[axis->n_ticks++] = i * step;
  axis->decimals = CLAMP (ceil (-log10 (step) - 1e-9), 0, 9);
}

/**
 * tsn_axis_extend:
 * @axis: an axis of tsn_axis_init()
 * @low: where it is to start
 * @high: where it is to end
 *
 * Makes an axis start and end anywhere, with ticks as far apart as they were.
 */
void
tsn_axis_extend (TsnAxis *axis, double low, double high)
{
  double step = axis->n_ticks > 1 ? axis->ticks[1] - axis->ticks[0] : high - low;

  axis->low = low;
  axis->high = high;
  axis->n_ticks = 0;
  for (gint64 i = ceil (low / step - 1e-9); i <= floor (high / step + 1e-9); i++)
    if (axis->n_ticks < TSN_AXIS_TICKS)
      axis->ticks[axis->n_ticks++] = i * step;
}

/* Ticks at 1, 2 and 5 times powers of ten, or only at the powers where those are many. */
static void
add_round_ticks (TsnAxis *axis)
{
  gboolean all = axis->high / axis->low < 300;

  for (int power = floor (log10 (axis->low)); power <= log10 (axis->high); power++)
    for (guint i = 0; i < (all ? G_N_ELEMENTS (round_steps) : 1); i++)
      {
        double tick = round_steps[i] * pow (10, power);

        if (tick >= axis->low * (1 - 1e-9) && tick <= axis->high * (1 + 1e-9)
            && axis->n_ticks < TSN_AXIS_TICKS)
          axis->ticks[axis->n_ticks++] = tick;
      }
}

/**
 * tsn_axis_init_logarithmic:
 * @low: the smallest number to show, above 0
 * @high: the largest
 *
 * Makes a logarithmic axis from @low to @high.  Within less than one power of ten its ticks are
 * those of tsn_axis_init().
 */
void
tsn_axis_init_logarithmic (TsnAxis *axis, double low, double high)
{
  if (!(low > 0) || !isfinite (high) || high <= low)
    {
      low = low > 0 && isfinite (low) ? low / 2 : 0.1;
      high = isfinite (high) ? MAX (high, 4 * low) : 1;
    }
  *axis = (TsnAxis){ .low = low, .high = high };
  if (high / low < 8)
    {
      tsn_axis_init (axis, low, high, 4);
      tsn_axis_extend (axis, low, high);
    }
  else
    add_round_ticks (axis);
  axis->logarithmic = TRUE;
}

/**
 * tsn_axis_place:
 *
 * Returns: where on the axis a number is: 0 at its start, 1 at its end.
 */
double
tsn_axis_place (const TsnAxis *axis, double value)
{
  if (axis->logarithmic)
    return log (value / axis->low) / log (axis->high / axis->low);
  return (value - axis->low) / (axis->high - axis->low);
}

/**
 * tsn_axis_format:
 *
 * Returns: (transfer full): the number as its tick is labelled.
 */
char *
tsn_axis_format (const TsnAxis *axis, double value)
{
  if (axis->logarithmic)
    return g_strdup_printf ("%g", value);
  if (fabs (value) < 1e-9 * (axis->high - axis->low))
    value = 0;
  return g_strdup_printf ("%s%.*f", value < 0 ? "−" : "", (int) axis->decimals, fabs (value));
}
