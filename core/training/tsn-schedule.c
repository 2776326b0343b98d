#include "core/training/tsn-schedule.h"

#include "core/base/tsn-names.h"

#include <math.h>

/* A loss counts as better from this relative improvement on, as in PyTorch. */
#define THRESHOLD 1e-4

static const char *const kind_names[] = { "constant", "plateau", "cosine", "polynomial" };

const char *
tsn_schedule_kind_get_name (TsnScheduleKind kind)
{
  return kind_names[kind];
}

gboolean
tsn_schedule_kind_from_name (const char *name, TsnScheduleKind *kind)
{
  guint index;

  if (!tsn_names_find (kind_names, G_N_ELEMENTS (kind_names), name, &index))
    return FALSE;
  *kind = index;
  return TRUE;
}

void
tsn_schedule_init (TsnSchedule *schedule, const TsnScheduleSpec *spec)
{
  *schedule = (TsnSchedule){ .spec = *spec, .scale = 1, .best = INFINITY };
}

/**
 * tsn_schedule_get_factor:
 * @step: steps taken so far
 *
 * Returns: the factor on the learning rate for the next step.
 */
double
tsn_schedule_get_factor (const TsnSchedule *schedule, guint64 step)
{
  const TsnScheduleSpec *spec = &schedule->spec;
  double rise = step < spec->warmup ? (step + 1.0) / (spec->warmup + 1.0) : 1;
  double length = spec->steps > spec->warmup ? spec->steps - spec->warmup : 1;
  double progress = step > spec->warmup ? MIN ((step - spec->warmup) / length, 1) : 0;

  switch (spec->kind)
    {
    case TSN_SCHEDULE_CONSTANT:
      return rise;
    case TSN_SCHEDULE_PLATEAU:
      return rise * schedule->scale;
    case TSN_SCHEDULE_COSINE:
      return rise * (spec->floor + (1 - spec->floor) * 0.5 * (1 + cos (G_PI * progress)));
    case TSN_SCHEDULE_POLYNOMIAL:
      return rise * (spec->floor + (1 - spec->floor) * pow (1 - progress, spec->power));
    }
  g_return_val_if_reached (rise);
}

/**
 * tsn_schedule_observe:
 * @loss: mean validation loss
 *
 * Lets plateau see how training goes; the other kinds do not mind.
 */
void
tsn_schedule_observe (TsnSchedule *schedule, double loss)
{
  if (loss < schedule->best * (1 - THRESHOLD) || isinf (schedule->best))
    {
      schedule->best = loss;
      schedule->bad = 0;
    }
  else if (++schedule->bad > schedule->spec.patience)
    {
      schedule->scale = MAX (schedule->scale * schedule->spec.shrink, schedule->spec.floor);
      schedule->bad = 0;
    }
}
