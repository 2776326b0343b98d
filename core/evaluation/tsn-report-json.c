/* Reports as JSON, there and back. */
#include "core/evaluation/tsn-report.h"

#include "core/evaluation/tsn-boundary.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-json.h"

#include <math.h>
#include <string.h>

#define FORMAT "tsn-evaluation"
#define VERSION 1
#define MAX_DEPTH 8

static void
append_member (GString *text, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (text, "\"%s\": ", name);
  tsn_json_append_string (text, value);
  g_string_append (text, ", ");
}

static void
append_numbers (GString *text, const double *values, guint n)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      tsn_json_append_number (text, values[i]);
    }
  g_string_append_c (text, ']');
}

static void
append_metrics (GString *text, const TsnTaskScore *score)
{
  guint n;
  const TsnMetric *metrics = tsn_metric_list (score->kind, &n);

  g_string_append (text, "\"metrics\": [");
  for (guint m = 0; m < n; m++)
    {
      g_string_append_printf (text, "%s\n      {", m > 0 ? "," : "");
      append_member (text, "name", metrics[m].name);
      append_member (text, "better", metrics[m].lower_is_better ? "lower" : "higher");
      g_string_append (text, "\"value\": ");
      tsn_json_append_number (text, score->values[m]);
      g_string_append_c (text, '}');
    }
  g_string_append (text, "],\n     ");
}

static void
append_classes (GString *text, const TsnTaskScore *score)
{
  if (score->n_classes == 0)
    return;
  g_string_append (text, "\"classes\": [");
  for (guint c = 0; c < score->n_classes; c++)
    {
      g_string_append_printf (text, "%s\n      {", c > 0 ? "," : "");
      append_member (text, "name", score->class_names[c]);
      g_string_append (text, "\"iou\": ");
      tsn_json_append_number (text, score->class_iou[c]);
      g_string_append_c (text, '}');
    }
  g_string_append (text, "],\n     ");
}

static void
append_score (GString *text, const TsnTaskScore *score)
{
  g_string_append (text, "\n    {");
  append_member (text, "task", score->task);
  append_member (text, "title", score->title);
  append_member (text, "kind", tsn_task_kind_get_name (score->kind));
  append_member (text, "dataset", score->dataset);
  append_member (text, "split", score->split);
  append_member (text, "embedding", score->embedding);
  append_member (text, "note", score->note);
  if (score->kind == TSN_TASK_EDGE)
    g_string_append_printf (text, "\"thresholds\": %u, ", tsn_task_score_get_n_thresholds (score));
  append_metrics (text, score);
  append_classes (text, score);
  g_string_append (text, "\"images\": [");
  for (guint p = 0; p < score->images->len; p++)
    {
      const TsnImageScore *image = g_ptr_array_index (score->images, p);

      g_string_append_printf (text, "%s\n      {", p > 0 ? "," : "");
      append_member (text, "id", image->id);
      g_string_append (text, "\"value\": ");
      tsn_json_append_number (text, image->value);
      g_string_append (text, ", \"sums\": ");
      append_numbers (text, image->sums, score->n_sums);
      g_string_append_c (text, '}');
    }
  g_string_append (text, "]}");
}

/**
 * tsn_report_to_json:
 *
 * Returns: (transfer full): everything that the report holds, for tsn_report_load() and for other
 *   programs.  Values are shares of 1, degrees and metres; null where there is none.
 */
char *
tsn_report_to_json (const TsnReport *report)
{
  GString *text = g_string_new ("{");

  append_member (text, "format", FORMAT);
  g_string_append_printf (text, "\"version\": %d,\n  ", VERSION);
  append_member (text, "name", report->name);
  append_member (text, "network", report->network);
  g_string_append_printf (text, "\"parameters\": %" G_GUINT64_FORMAT ", \"size\": %u,\n  ",
                          report->params, report->size);
  g_string_append (text, "\"notes\": [");
  for (guint i = 0; i < report->notes->len; i++)
    {
      g_string_append (text, i > 0 ? ", " : "");
      tsn_json_append_string (text, g_ptr_array_index (report->notes, i));
    }
  g_string_append (text, "],\n  \"results\": [");
  for (guint i = 0; i < report->scores->len; i++)
    {
      g_string_append (text, i > 0 ? "," : "");
      append_score (text, g_ptr_array_index (report->scores, i));
    }
  g_string_append (text, "]\n}\n");
  return g_string_free (text, FALSE);
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT, "%s", what);
  return FALSE;
}

/* Returns: the number, NaN for null; %FALSE for anything else. */
static gboolean
get_number (JsonNode *node, double *value)
{
  GType type;

  if (node == NULL)
    return FALSE;
  *value = NAN;
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_double (node);
  return TRUE;
}

static JsonArray *
get_array (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
get_object (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
read_metrics (TsnTaskScore *score, JsonObject *object, GError **error)
{
  JsonArray *metrics = get_array (object, "metrics");

  if (metrics == NULL || json_array_get_length (metrics) != score->n_metrics)
    return fail (error, "has a result without the metrics of its kind");
  for (guint m = 0; m < score->n_metrics; m++)
    {
      JsonObject *metric = get_object (metrics, m);

      if (metric == NULL
          || !get_number (json_object_get_member (metric, "value"), &score->values[m]))
        return fail (error, "has a metric without a value");
    }
  return TRUE;
}

static gboolean
read_classes (TsnTaskScore *score, JsonObject *object, GError **error)
{
  JsonArray *classes = get_array (object, "classes");

  if (score->kind != TSN_TASK_CLASSES)
    return TRUE;
  score->n_classes = classes != NULL ? json_array_get_length (classes) : 0;
  if (score->n_classes == 0 || score->n_classes > TSN_MAX_CLASSES)
    return fail (error, "has a result whose classes are missing or too many");
  score->class_names = g_new0 (char *, score->n_classes + 1);
  score->class_iou = g_new0 (double, score->n_classes);
  for (guint c = 0; c < score->n_classes; c++)
    {
      JsonObject *class = get_object (classes, c);
      const char *name = class != NULL ? tsn_json_get_string (class, "name") : NULL;

      if (name == NULL || !get_number (json_object_get_member (class, "iou"), &score->class_iou[c]))
        return fail (error, "has a class without a name or an IoU");
      score->class_names[c] = g_strdup (name);
    }
  return TRUE;
}

static gboolean
read_image (TsnTaskScore *score, JsonObject *object, GError **error)
{
  const char *id = object != NULL ? tsn_json_get_string (object, "id") : NULL;
  JsonArray *sums = object != NULL ? get_array (object, "sums") : NULL;
  TsnImageScore *image;

  if (id == NULL || sums == NULL || json_array_get_length (sums) != score->n_sums)
    return fail (error, "has a photo without an identifier or the sums of its kind");
  image = tsn_task_score_add_image (score, id);
  if (!get_number (json_object_get_member (object, "value"), &image->value))
    return fail (error, "has a photo without a value");
  for (guint i = 0; i < score->n_sums; i++)
    if (!get_number (json_array_get_element (sums, i), &image->sums[i])
        || !(image->sums[i] >= 0 && image->sums[i] < 1e15))
      return fail (error, "has a photo whose sums are not all numbers from 0 on");
  return TRUE;
}

/* How many numbers each photo has.  Files of before the thresholds could be chosen have 99. */
static gboolean
read_n_sums (TsnTaskScore *score, JsonObject *object, GError **error)
{
  double n = score->kind == TSN_TASK_EDGE ? 99 : score->n_classes;

  if (score->kind == TSN_TASK_EDGE && json_object_has_member (object, "thresholds")
      && (!get_number (json_object_get_member (object, "thresholds"), &n)
          || !(n >= 1 && n <= TSN_BOUNDARY_MAX_THRESHOLDS) || n != floor (n)))
    return fail (error, "has a result with no sensible number of thresholds");
  score->n_sums = tsn_metric_get_n_sums (score->kind, (guint) n);
  return TRUE;
}

static gboolean
read_images (TsnTaskScore *score, JsonObject *object, GError **error)
{
  JsonArray *images = get_array (object, "images");

  if (images == NULL)
    return fail (error, "has a result without photos");
  if (!read_n_sums (score, object, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (images); i++)
    if (!read_image (score, get_object (images, i), error))
      return FALSE;
  return TRUE;
}

static TsnTaskScore *
read_score (JsonObject *object, GError **error)
{
  const char *task = object != NULL ? tsn_json_get_string (object, "task") : NULL;
  const char *title = object != NULL ? tsn_json_get_string (object, "title") : NULL;
  g_autoptr (TsnTaskScore) score = NULL;
  TsnTaskKind kind;

  if (task == NULL || !tsn_task_kind_from_name (tsn_json_get_string (object, "kind"), &kind))
    {
      fail (error, "has a result without a task or of an unknown kind");
      return NULL;
    }
  score = tsn_task_score_new (task, title != NULL ? title : task, kind);
  score->dataset = g_strdup (tsn_json_get_string (object, "dataset"));
  score->split = g_strdup (tsn_json_get_string (object, "split"));
  score->embedding = g_strdup (tsn_json_get_string (object, "embedding"));
  score->note = g_strdup (tsn_json_get_string (object, "note"));
  if (!read_metrics (score, object, error) || !read_classes (score, object, error)
      || !read_images (score, object, error))
    return NULL;
  return g_steal_pointer (&score);
}

static gboolean
check_format (JsonObject *object, GError **error)
{
  double version = 0;

  if (g_strcmp0 (tsn_json_get_string (object, "format"), FORMAT) != 0)
    return fail (error, "should be what `tsn eval --json` writes, but it is other JSON");
  get_number (json_object_get_member (object, "version"), &version);
  return version == VERSION || fail (error, "is of a version of the format that is not known");
}

static gboolean
read_counts (TsnReport *report, JsonObject *object, GError **error)
{
  double params, size;

  if (!get_number (json_object_get_member (object, "parameters"), &params) || !(params >= 0)
      || !(params < 1e15) || !get_number (json_object_get_member (object, "size"), &size)
      || !(size >= 0) || !(size < G_MAXINT))
    return fail (error, "has no sensible number of parameters or size");
  report->params = params;
  report->size = size;
  return TRUE;
}

static TsnReport *
read_report (JsonObject *object, GError **error)
{
  const char *name = tsn_json_get_string (object, "name");
  JsonArray *results = get_array (object, "results");
  JsonArray *notes = get_array (object, "notes");
  g_autoptr (TsnReport) report = NULL;

  if (!check_format (object, error))
    return NULL;
  report = tsn_report_new (name != NULL ? name : "?");
  report->network = g_strdup (tsn_json_get_string (object, "network"));
  if (!read_counts (report, object, error))
    return NULL;
  for (guint i = 0; notes != NULL && i < json_array_get_length (notes); i++)
    {
      const char *note = tsn_json_get_node_string (json_array_get_element (notes, i));

      if (note != NULL)
        tsn_report_add_note (report, "%s", note);
    }
  for (guint i = 0; results != NULL && i < json_array_get_length (results); i++)
    {
      TsnTaskScore *score = read_score (get_object (results, i), error);

      if (score == NULL)
        return NULL;
      g_ptr_array_add (report->scores, score);
    }
  return g_steal_pointer (&report);
}

/**
 * tsn_report_load:
 * @path: of a file that holds what tsn_report_to_json() made
 * @error: %TSN_ERROR_IO; %TSN_ERROR_FORMAT when it is another file or a damaged one
 *
 * Returns: (transfer full) (nullable): the report.
 */
TsnReport *
tsn_report_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *display = g_filename_display_name (path);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) reason = NULL;
  TsnReport *report = NULL;
  size_t length;

  if (!g_file_get_contents (path, &text, &length, &reason))
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_IO, "Cannot read the results: %s", reason->message);
      return NULL;
    }
  root = tsn_json_parse (text, length, MAX_DEPTH, &reason);
  if (root != NULL && !JSON_NODE_HOLDS_OBJECT (root))
    fail (&reason, "should be what `tsn eval --json` writes, but it is other JSON");
  else if (root != NULL)
    report = read_report (json_node_get_object (root), &reason);
  if (report == NULL)
    g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT, "'%s' %s", display, reason->message);
  return report;
}
