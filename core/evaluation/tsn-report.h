/* Results of an evaluation. */
#pragma once

#include "core/evaluation/tsn-metric.h"
#include "core/evaluation/tsn-table.h"

G_BEGIN_DECLS

/**
 * TsnImageScore:
 * @id: identifier of the photo
 * @value: the task's first metric of this photo alone; NaN where the photo says nothing
 * @sums: (array): the photo's share in the first metric, see tsn_metric_get_n_sums()
 */
typedef struct
{
  char *id;
  double value;
  double *sums;
} TsnImageScore;

/**
 * TsnTaskScore:
 * @task: name of the task
 * @title: what people call it
 * @kind: kind of the task
 * @dataset: (nullable): name of the data set
 * @split: (nullable): its split
 * @embedding: (nullable): the task by whose embedding the decoder was switched, where that is told
 * @n_metrics: how many metrics
 * @values: (array length=n_metrics): values of tsn_metric_list(), NaN where there is none
 * @n_classes: how many classes there are, 0 where there are none
 * @class_names: (nullable) (array length=n_classes): their names
 * @class_iou: (nullable) (array length=n_classes): IoU of each; NaN where a class is nowhere
 * @n_sums: how many numbers the photos have in their sums
 * @images: (element-type TsnImageScore): the photos in the order of their evaluation
 * @note: (nullable): a sentence on how it was measured
 *
 * How well one task is done on one data set.
 */
typedef struct
{
  char *task;
  char *title;
  TsnTaskKind kind;
  char *dataset;
  char *split;
  char *embedding;
  guint n_metrics;
  double *values;
  guint n_classes;
  char **class_names;
  double *class_iou;
  guint n_sums;
  GPtrArray *images;
  char *note;
} TsnTaskScore;

/**
 * TsnReport:
 * @name: of what was judged: the model, or the folder of predictions
 * @network: (nullable): the network in a few words
 * @params: number of its trained parameters, 0 where unknown
 * @size: shorter side of its input in pixels, 0 where unknown
 * @scores: (element-type TsnTaskScore): one per task and data set
 * @notes: (element-type utf8): sentences on what was left out
 */
typedef struct
{
  char *name;
  char *network;
  guint64 params;
  guint size;
  GPtrArray *scores;
  GPtrArray *notes;
} TsnReport;

TsnTaskScore *tsn_task_score_new (const char *task, const char *title, TsnTaskKind kind);
void tsn_task_score_free (TsnTaskScore *score);
TsnImageScore *tsn_task_score_add_image (TsnTaskScore *score, const char *id);
void tsn_task_score_sum (const TsnTaskScore *score, double *sums);
GPtrArray *tsn_task_score_rank (const TsnTaskScore *score);
char *tsn_task_score_get_place (const TsnTaskScore *score);
guint tsn_task_score_get_n_thresholds (const TsnTaskScore *score);

TsnReport *tsn_report_new (const char *name);
void tsn_report_free (TsnReport *report);
void tsn_report_add_note (TsnReport *report, const char *format, ...) G_GNUC_PRINTF (2, 3);
const TsnTaskScore *tsn_report_find (const TsnReport *report, const TsnTaskScore *like);
char *tsn_report_describe (const TsnReport *report);

TsnTable *tsn_report_tabulate (const TsnReport *report);
TsnTable *tsn_report_tabulate_classes (const TsnTaskScore *score);
TsnTable *tsn_report_tabulate_images (const TsnReport *report);
TsnTable *tsn_report_tabulate_extremes (const TsnReport *report, guint n_photos);
TsnTable *tsn_report_tabulate_numbers (const TsnReport *report);

char *tsn_report_to_json (const TsnReport *report);
TsnReport *tsn_report_load (const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnTaskScore, tsn_task_score_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnReport, tsn_report_free)

G_END_DECLS
