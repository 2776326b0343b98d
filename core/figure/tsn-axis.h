/* Axes: from numbers to places, with ticks at round numbers. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The most ticks an axis has. */
#define TSN_AXIS_TICKS 16

/**
 * TsnAxis:
 * @low: number at the start
 * @high: number at the end
 * @logarithmic: whether equal distances are equal factors
 * @n_ticks: how many ticks
 * @ticks: the numbers at them, ascending
 * @decimals: digits behind the point that tell the ticks apart
 */
typedef struct
{
  double low;
  double high;
  gboolean logarithmic;
  guint n_ticks;
  double ticks[TSN_AXIS_TICKS];
  guint decimals;
} TsnAxis;

void tsn_axis_init (TsnAxis *axis, double low, double high, guint n_wanted);
void tsn_axis_extend (TsnAxis *axis, double low, double high);
void tsn_axis_init_logarithmic (TsnAxis *axis, double low, double high);
double tsn_axis_place (const TsnAxis *axis, double value);
char *tsn_axis_format (const TsnAxis *axis, double value);

G_END_DECLS
