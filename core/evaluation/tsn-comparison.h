/* Two evaluations side by side. */
#pragma once

#include "core/base/tsn-pool.h"
#include "core/evaluation/tsn-bootstrap.h"
#include "core/evaluation/tsn-report.h"

G_BEGIN_DECLS

/**
 * TsnComparisonTask:
 * @a: (transfer none): the first's score
 * @b: (transfer none): the second's
 * @difference: of the first metric, second minus first
 * @change: by how many per cent the second is better than the first, negative if it is worse
 * @paired: how many photos both were judged on
 * @interval: of @difference, by the paired bootstrap over those photos
 *
 * One task on one data set.
 */
typedef struct
{
  const TsnTaskScore *a;
  const TsnTaskScore *b;
  double difference;
  double change;
  guint paired;
  TsnInterval interval;
} TsnComparisonTask;

/**
 * TsnComparison:
 * @a: (transfer none): what is compared with
 * @b: (transfer none): what is compared
 * @tasks: (element-type TsnComparisonTask): what both were judged on, in the order of @a
 * @drop: mean of the changes of all tasks, see #TsnAverageDrop; NaN when there is none
 * @notes: (element-type utf8): sentences on what could not be compared
 */
typedef struct
{
  const TsnReport *a;
  const TsnReport *b;
  GArray *tasks;
  double drop;
  GPtrArray *notes;
} TsnComparison;

/**
 * TsnComparisonOptions:
 * @resamples: of the bootstrap
 * @seed: of its random numbers
 * @pool: threads
 */
typedef struct
{
  guint resamples;
  guint64 seed;
  TsnPool *pool;
} TsnComparisonOptions;

TsnComparison *tsn_comparison_new (const TsnReport *a,
                                   const TsnReport *b,
                                   const TsnComparisonOptions *options,
                                   GError **error);
void tsn_comparison_free (TsnComparison *comparison);

TsnTable *tsn_comparison_tabulate (const TsnComparison *comparison);
TsnTable *tsn_comparison_tabulate_numbers (const TsnComparison *comparison);
TsnTable *tsn_comparison_tabulate_methods (TsnComparison *const *comparisons, guint n);
char *tsn_comparison_to_json (TsnComparison *const *comparisons, guint n);

gboolean tsn_report_merge (TsnReport *report, TsnReport *other, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnComparison, tsn_comparison_free)

G_END_DECLS
