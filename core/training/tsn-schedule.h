/* Schedules: how the learning rate changes while training goes on. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnScheduleKind:
 * @TSN_SCHEDULE_CONSTANT: stays as it is
 * @TSN_SCHEDULE_PLATEAU: shrinks when the validation loss stops falling (the paper's)
 * @TSN_SCHEDULE_COSINE: falls from 1 to the floor along half a cosine
 * @TSN_SCHEDULE_POLYNOMIAL: falls to the floor as (1 - progress)^power
 */
typedef enum
{
  TSN_SCHEDULE_CONSTANT,
  TSN_SCHEDULE_PLATEAU,
  TSN_SCHEDULE_COSINE,
  TSN_SCHEDULE_POLYNOMIAL,
} TsnScheduleKind;

/**
 * TsnScheduleSpec:
 * @kind: which
 * @warmup: steps over which the factor rises from nearly 0 to 1
 * @steps: length of the training, for cosine and polynomial
 * @floor: least factor
 * @power: of polynomial
 * @shrink: what plateau multiplies by
 * @patience: validations without improvement that plateau bears
 */
typedef struct
{
  TsnScheduleKind kind;
  guint64 warmup;
  guint64 steps;
  double floor;
  double power;
  double shrink;
  guint patience;
} TsnScheduleSpec;

#define TSN_SCHEDULE_SPEC_INIT                                                                     \
  {                                                                                                \
    .kind = TSN_SCHEDULE_CONSTANT, .power = 0.9, .shrink = 0.5, .patience = 10,                    \
  }

/**
 * TsnSchedule:
 * @spec: how it goes
 * @scale: factor that plateau has come to
 * @best: lowest validation loss so far
 * @bad: validations since it was lowest
 *
 * Plain data, to be stored in a checkpoint.
 */
typedef struct
{
  TsnScheduleSpec spec;
  double scale;
  double best;
  guint bad;
} TsnSchedule;

void tsn_schedule_init (TsnSchedule *schedule, const TsnScheduleSpec *spec);
double tsn_schedule_get_factor (const TsnSchedule *schedule, guint64 step);
void tsn_schedule_observe (TsnSchedule *schedule, double loss);

const char *tsn_schedule_kind_get_name (TsnScheduleKind kind);
gboolean tsn_schedule_kind_from_name (const char *name, TsnScheduleKind *kind);

G_END_DECLS
