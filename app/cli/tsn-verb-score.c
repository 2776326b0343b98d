#include "app/cli/tsn-edge-options.h"
#include "app/cli/tsn-job.h"
#include "app/cli/tsn-report-output.h"

#include "core/base/tsn-error.h"
#include "core/evaluation/tsn-prediction-judge.h"
#include "core/model/tsn-task-list.h"

#define SUMMARY                                                                                    \
  "Judges files of predictions, whichever network they come from, against ground truth: a data\n"  \
  "set, or a folder of labels.  Every labelled photo must have a prediction."

#define DESCRIPTION                                                                                \
  "The prediction of the photo ID is ID.png, ID.npy, ID.mat, or what `tsn run --raw` writes,\n"    \
  "ID.TASK.npy or ID.TASK.raw.png; the first of these that is there counts:\n"                     \
  "  semseg, human_parts  class index, or in .npy and .mat scores of all classes\n"                \
  "  edge, saliency       probability 0..1; in 8 or 16 bits the share of the largest value\n"      \
  "  depth                metres; in a PNG file millimetres in 16 bits\n"                          \
  "  normals              vectors x right, y up, z toward the viewer; in a PNG (v + 1) x 127.5\n"  \
  "Arrays are height x width, height x width x channels or channels x height x width.\n\n"         \
  "A prediction of another size than its label is resized, classes from the nearest pixel,\n"      \
  "numbers bilinearly, both with half-pixel centres; with --strict it is an error.\n\n"            \
  "Ground truth of edges is ID.mat as BSDS500 has it, ID.0.png, ID.1.png and so on, one for\n"     \
  "each annotator, or ID.png, of which 0.3 and more counts.  Maps that are not thin already are\n" \
  "made so by non-maximum suppression, unless --nms or --no-nms decides otherwise."

typedef struct
{
  char *task;
  int classes;
  char *split;
  gboolean strict;
  TsnEdgeOptions edge;
  char *per_image;
  int threads;
  char **rest;
  TsnOutputForm form;
} Options;

typedef struct
{
  Options options;
  TsnTask *task;
  TsnDataset *dataset;
  TsnReport *report;
  TsnJob job;
} Score;

static void
score_free (Score *score)
{
  tsn_job_clear (&score->job);
  g_clear_pointer (&score->task, tsn_task_free);
  g_clear_pointer (&score->dataset, tsn_dataset_unref);
  g_clear_pointer (&score->report, tsn_report_free);
  g_free (score->options.task);
  g_free (score->options.split);
  g_free (score->options.per_image);
  g_strfreev (score->options.rest);
  g_free (score);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Score, score_free)

static gboolean
parse (Options *options, char ***args, GError **error)
{
  const GOptionEntry entries[] = {
    { "task", 't', 0, G_OPTION_ARG_STRING, &options->task, "The task that was predicted", "TASK" },
    { "classes", 'c', 0, G_OPTION_ARG_INT, &options->classes,
      "How many classes there are (default: 21 for semseg, 7 for human_parts)", "N" },
    { "split", 0, 0, G_OPTION_ARG_STRING, &options->split,
      "Which split of a data set (default: val)", "NAME" },
    { "strict", 0, 0, G_OPTION_ARG_NONE, &options->strict,
      "Take a prediction of another size than its label as an error", NULL },
    { "per-image", 0, 0, G_OPTION_ARG_FILENAME, &options->per_image,
      "Write the value of every photo to this file, as comma-separated values", "FILE" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &options->threads,
      "Threads to compute with (default: one per core)", "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->rest, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context
      = tsn_cli_options_new ("PREDICTIONS GROUND_TRUTH", SUMMARY, entries);

  tsn_edge_options_add (&options->edge, context);
  tsn_output_form_add_options (&options->form, context);
  g_option_context_set_description (context, DESCRIPTION);
  return g_option_context_parse_strv (context, args, error);
}

static TsnExit
check_options (const Options *options)
{
  TsnExit status;

  if (options->rest == NULL || g_strv_length (options->rest) != 2)
    return tsn_cli_fail_usage ("A folder of predictions and one ground truth are needed");
  if (options->task == NULL)
    return tsn_cli_fail_usage ("Say with --task which task was predicted");
  if (options->classes != 0 && (options->classes < 2 || options->classes > TSN_MAX_CLASSES))
    return tsn_cli_fail_usage ("%d classes are not in 2 to %d", options->classes, TSN_MAX_CLASSES);
  if (!tsn_output_form_is_clear (&options->form))
    return tsn_cli_fail_usage ("Only one of --csv, --json, --latex and --markdown can be written");
  status = tsn_cli_check_threads (options->threads);
  return status != TSN_EXIT_OK ? status : tsn_edge_options_check (&options->edge);
}

/* The task of that name; of the usual ones the number of channels is known. */
static TsnTask *
find_task (const Options *options, GError **error)
{
  g_autoptr (GPtrArray) usual = tsn_task_list_new_everyday ();
  int index = tsn_task_list_find (usual, options->task);
  TsnTask *task = NULL;

  if (index >= 0 && options->classes == 0)
    return tsn_task_copy (tsn_task_list_get (usual, index));
  if (index >= 0 && tsn_task_list_get (usual, index)->kind != TSN_TASK_CLASSES)
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT, "The task %s has no classes to count",
                 options->task);
  else if (options->classes > 0)
    task = tsn_task_new (options->task, TSN_TASK_CLASSES, options->classes);
  else
    {
      g_autofree char *names = tsn_task_list_names (usual);

      g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                   "The task '%s' is none of %s; if it has classes, say with --classes how many",
                   options->task, names);
    }
  return task;
}

static void
progress_cb (gpointer data, guint done, guint total, const char *photo)
{
  tsn_job_show (data, done, total, photo);
}

static TsnSuppress
get_suppress (const TsnEdgeOptions *edge)
{
  return edge->nms      ? TSN_SUPPRESS_ALWAYS
         : edge->no_nms ? TSN_SUPPRESS_NEVER
                        : TSN_SUPPRESS_AUTO;
}

static gboolean
judge (Score *score, GError **error)
{
  const Options *options = &score->options;
  TsnPredictionJudge wanted = {
    .task = score->task,
    .predictions = options->rest[0],
    .dataset = score->dataset,
    .labels = score->dataset == NULL ? options->rest[1] : NULL,
    .strict = options->strict,
    .suppress = get_suppress (&options->edge),
    .pool = score->job.pool,
    .progress = progress_cb,
    .data = &score->job,
  };
  gboolean done;

  tsn_edge_options_get (&options->edge, &wanted.boundary);
  done = tsn_prediction_judge_run (&wanted, score->report, score->job.cancellable, error);
  tsn_job_hide (&score->job);
  return done && tsn_output_write_images (score->report, options->per_image, error);
}

static gboolean
prepare (Score *score, GError **error)
{
  const Options *options = &score->options;
  const char *split = options->split != NULL ? options->split : "val";
  g_autofree char *name = g_path_get_basename (options->rest[0]);
  g_autofree char *display = g_filename_display_name (name);

  score->task = find_task (options, error);
  if (score->task == NULL)
    return FALSE;
  if (!g_file_test (options->rest[0], G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_IO,
                   "The predictions should be in a folder, but '%s' is none", options->rest[0]);
      return FALSE;
    }
  if (tsn_dataset_layout_detect (options->rest[1]) != NULL)
    {
      score->dataset = tsn_dataset_open (options->rest[1], NULL, split, error);
      if (score->dataset == NULL)
        return FALSE;
    }
  tsn_job_init (&score->job, options->threads);
  score->report = tsn_report_new (display);
  return TRUE;
}

TsnExit
tsn_verb_score (char ***args)
{
  g_autoptr (Score) score = g_new0 (Score, 1);
  g_autoptr (GError) error = NULL;
  TsnExit status;

  if (!parse (&score->options, args, &error))
    return tsn_cli_fail_usage ("%s", error->message);
  status = check_options (&score->options);
  if (status != TSN_EXIT_OK)
    return status;
  if (!prepare (score, &error) || !judge (score, &error))
    return tsn_cli_fail (error);
  tsn_output_print_report (score->report, &score->options.form);
  return TSN_EXIT_OK;
}
