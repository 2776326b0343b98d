#include "app/cli/tsn-cli.h"
#include "app/cli/tsn-job.h"
#include "app/cli/tsn-photo-list.h"

#include "core/base/tsn-error.h"
#include "core/evaluation/tsn-agreement.h"
#include "core/evaluation/tsn-evaluator.h"
#include "core/figure/tsn-analysis.h"
#include "core/inference/tsn-session.h"
#include "core/io/tsn-model-file.h"

#include <stdio.h>
#include <string.h>

#define SUMMARY                                                                                    \
  "Writes what a model learned about its tasks as figures, each as PDF, SVG and PNG with its\n"    \
  "numbers as CSV.  The names of the files are printed."

#define DESCRIPTION                                                                                \
  "  parameters       trained parameters against the number of tasks, for every scheme\n"          \
  "  task-distance    Euclidean distances between the task embeddings\n"                           \
  "  task-cosine      cosines between them\n"                                                      \
  "  task-dendrogram  their clusters by average linkage\n"                                         \
  "  task-projection  their first two principal components\n"                                      \
  "  coefficients     mean and deviation of each decoder module's scales and shifts by task\n"     \
  "  transfer         every read-out under every task's embedding: its metric (--data), or how\n"  \
  "                   much it says the same as under its own embedding (--photos): share of\n"     \
  "                   equal classes, mean cosine of normals, else the correlation over pixels\n"   \
  "  convergence      losses over steps (--run), of validation, or where that is too rare of training\n\n"    \
  "Of a network without an embedding network (ts-in, ts-bn) the coefficients of all decoder\n"     \
  "modules stand for the embedding.  Where nothing in the decoder differs between tasks, only\n"   \
  "parameters and convergence are written."

/* How many photos transfer is measured on, unless --limit says otherwise. */
#define DEFAULT_LIMIT 50

typedef struct
{
  char *folder;
  char **runs;
  char *photos;
  char **data;
  char *split;
  int limit;
  int size;
  char **models;
} Options;

typedef struct
{
  Options options;
  TsnModel *model;
  GPtrArray *written;
  TsnAnalysis analysis;
  TsnJob job;
} Analyze;

static void
analyze_free (Analyze *analyze)
{
  tsn_job_clear (&analyze->job);
  g_clear_pointer (&analyze->written, g_ptr_array_unref);
  g_clear_pointer (&analyze->model, tsn_model_unref);
  g_free (analyze->options.folder);
  g_strfreev (analyze->options.runs);
  g_free (analyze->options.photos);
  g_strfreev (analyze->options.data);
  g_free (analyze->options.split);
  g_strfreev (analyze->options.models);
  g_free (analyze);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Analyze, analyze_free)

static gboolean
parse (Options *options, char ***args, GError **error)
{
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->folder,
      "Folder to write to, made where it is missing (default: the current one)", "DIR" },
    { "run", 'r', 0, G_OPTION_ARG_FILENAME_ARRAY, &options->runs,
      "Folder of a training run; may be given several times", "DIR" },
    { "photos", 'p', 0, G_OPTION_ARG_FILENAME, &options->photos,
      "Measure transfer as agreement on the photos of this folder", "DIR" },
    { "data", 'd', 0, G_OPTION_ARG_FILENAME_ARRAY, &options->data,
      "Measure transfer on this data set; may be given several times", "DATASET" },
    { "split", 0, 0, G_OPTION_ARG_STRING, &options->split,
      "Which split of the data sets (default: val)", "NAME" },
    { "limit", 'n', 0, G_OPTION_ARG_INT, &options->limit,
      "Measure transfer on at most N photos of each set, 0 for all (default: 50)", "N" },
    { "size", 's', 0, G_OPTION_ARG_INT, &options->size,
      "Shorter side of the network's input in pixels (default: the model's own)", "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->models, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = tsn_cli_options_new ("MODEL", SUMMARY, entries);

  g_option_context_set_description (context, DESCRIPTION);
  return g_option_context_parse_strv (context, args, error);
}

static TsnExit
check_options (const Options *options)
{
  TsnExit status;

  if (options->models == NULL || g_strv_length (options->models) != 1)
    return tsn_cli_fail_usage ("One model is needed");
  if (options->photos != NULL && options->data != NULL)
    return tsn_cli_fail_usage ("Transfer is measured either on --photos or on --data");
  status = tsn_cli_check_size (options->size);
  return status != TSN_EXIT_OK ? status : tsn_cli_check_limit (options->limit);
}

static void
progress_cb (gpointer data, guint done, guint total, const char *photo)
{
  g_autofree char *label = g_filename_display_basename (photo);

  tsn_job_show (data, done, total, label);
}

static gboolean
judge_data (Analyze *analyze, TsnReport *report, const char *root, GError **error)
{
  const Options *options = &analyze->options;
  const char *split = options->split != NULL ? options->split : "val";
  g_autoptr (TsnDataset) dataset = tsn_dataset_open (root, NULL, split, error);
  TsnEvaluatorOptions wanted = {
    .model = analyze->model,
    .pool = analyze->job.pool,
    .size = options->size,
    .limit = options->limit,
    .boundary = TSN_BOUNDARY_OPTIONS_INIT,
    .transfer = TRUE,
    .progress = progress_cb,
    .data = &analyze->job,
  };

  wanted.boundary.suppress = TRUE;
  wanted.boundary.max_distance = 0;
  return dataset != NULL
         && tsn_evaluator_run (&wanted, dataset, report, analyze->job.cancellable, error);
}

static gboolean
write_transfer (Analyze *analyze, GError **error)
{
  g_autoptr (TsnReport) report = tsn_report_new (analyze->model->name);
  gboolean done = TRUE;

  for (char **root = analyze->options.data; *root != NULL && done; root++)
    done = judge_data (analyze, report, *root, error);
  tsn_job_hide (&analyze->job);
  for (guint i = 0; i < report->notes->len; i++)
    g_printerr ("tsn: %s\n", (const char *) g_ptr_array_index (report->notes, i));
  if (!done || report->scores->len > 0)
    return done && tsn_analysis_write_transfer (&analyze->analysis, report, error);
  g_set_error_literal (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                       "The data sets have labels for no task of the model");
  return FALSE;
}

static gboolean
write_agreement (Analyze *analyze, GError **error)
{
  g_auto (GStrv) photos = tsn_photo_list (analyze->options.photos, analyze->options.limit, error);
  g_autofree double *means = NULL;
  const TsnAgreement wanted = {
    .model = analyze->model,
    .pool = analyze->job.pool,
    .photos = photos,
    .size = analyze->options.size,
    .progress = progress_cb,
    .data = &analyze->job,
  };

  if (photos == NULL)
    return FALSE;
  means = tsn_agreement_run (&wanted, analyze->job.cancellable, error);
  tsn_job_hide (&analyze->job);
  return means != NULL
         && tsn_analysis_write_agreement (&analyze->analysis, means, g_strv_length (photos), error);
}

static gboolean
prepare (Analyze *analyze, GError **error)
{
  Options *options = &analyze->options;

  analyze->model = tsn_model_load (options->models[0], error);
  if (options->folder == NULL)
    options->folder = g_strdup (".");
  if (analyze->model == NULL || !tsn_cli_make_folder (options->folder, error))
    return FALSE;
  tsn_job_init (&analyze->job, 0);
  analyze->written = g_ptr_array_new_with_free_func (g_free);
  analyze->analysis = (TsnAnalysis){ analyze->model, analyze->job.pool, options->folder,
                                     TSN_FIGURE_ALL, analyze->written };
  return TRUE;
}

static gboolean
write_space (Analyze *analyze, GError **error)
{
  const Options *options = &analyze->options;

  if (!tsn_analysis_has_space (&analyze->analysis))
    {
      g_printerr ("tsn: Nothing in the decoder of '%s' differs between tasks, so there are no "
                  "embeddings to draw\n",
                  analyze->model->name);
      return TRUE;
    }
  return tsn_analysis_write_space (&analyze->analysis, error)
         && tsn_analysis_write_coefficients (&analyze->analysis, error)
         && (options->data == NULL || write_transfer (analyze, error))
         && (options->photos == NULL || write_agreement (analyze, error));
}

static gboolean
write_all (Analyze *analyze, GError **error)
{
  return tsn_analysis_write_parameters (&analyze->analysis, error)
         && (analyze->options.runs == NULL
             || tsn_analysis_write_convergence (&analyze->analysis, analyze->options.runs, error))
         && write_space (analyze, error);
}

TsnExit
tsn_verb_analyze (char ***args)
{
  g_autoptr (Analyze) analyze = g_new0 (Analyze, 1);
  g_autoptr (GError) error = NULL;
  TsnExit status;

  analyze->options.limit = DEFAULT_LIMIT;
  if (!parse (&analyze->options, args, &error))
    return tsn_cli_fail_usage ("%s", error->message);
  status = check_options (&analyze->options);
  if (status != TSN_EXIT_OK)
    return status;
  if (!prepare (analyze, &error))
    return tsn_cli_fail (error);
  status = write_all (analyze, &error) ? TSN_EXIT_OK : tsn_cli_fail (error);
  /* File names go out byte for byte, so that other programs can open what they read here. */
  for (guint i = 0; i < analyze->written->len; i++)
    puts (g_ptr_array_index (analyze->written, i));
  return status;
}
