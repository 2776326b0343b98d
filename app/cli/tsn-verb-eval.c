#include "app/cli/tsn-edge-options.h"
#include "app/cli/tsn-job.h"
#include "app/cli/tsn-report-output.h"

#include "core/base/tsn-error.h"
#include "core/evaluation/tsn-evaluator.h"
#include "core/inference/tsn-session.h"
#include "core/io/tsn-model-file.h"

#define SUMMARY                                                                                    \
  "Runs a model over data sets in the folder, PASCAL_MT or NYUD_MT layout and judges every task\n" \
  "that both know: mean IoU, ODS-F by the Berkeley benchmark, angular errors, saliency, depth."

#define DESCRIPTION                                                                                \
  "Predictions are judged at the photo's own resolution.  Edge maps are made thin by\n"            \
  "non-maximum suppression, and matched within 0.0075 of the image's diagonal, or within\n"        \
  "0.011 where the data set is NYUD.  A task whose classes are others in the data set than in\n"   \
  "the model is left out with a note, or is an error if --task names it.  The output of --json\n"  \
  "is what `tsn compare` reads."

typedef struct
{
  char **tasks;
  char *split;
  int size;
  int limit;
  int threads;
  TsnEdgeOptions edge;
  char *per_image;
  char **rest;
  TsnOutputForm form;
} Options;

typedef struct
{
  Options options;
  TsnModel *model;
  TsnReport *report;
  TsnJob job;
} Eval;

static void
eval_free (Eval *eval)
{
  tsn_job_clear (&eval->job);
  g_clear_pointer (&eval->report, tsn_report_free);
  g_clear_pointer (&eval->model, tsn_model_unref);
  g_strfreev (eval->options.tasks);
  g_strfreev (eval->options.rest);
  g_free (eval->options.split);
  g_free (eval->options.per_image);
  g_free (eval);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Eval, eval_free)

static gboolean
parse (Options *options, char ***args, GError **error)
{
  const GOptionEntry entries[] = {
    { "task", 't', 0, G_OPTION_ARG_STRING_ARRAY, &options->tasks,
      "Judge this task only; may be given several times", "TASK" },
    { "split", 0, 0, G_OPTION_ARG_STRING, &options->split, "Which split (default: val)", "NAME" },
    { "size", 's', 0, G_OPTION_ARG_INT, &options->size,
      "Shorter side of the network's input in pixels (default: the model's own)", "N" },
    { "limit", 'n', 0, G_OPTION_ARG_INT, &options->limit,
      "Judge at most N photos of each data set, evenly spread (default: all)", "N" },
    { "per-image", 0, 0, G_OPTION_ARG_FILENAME, &options->per_image,
      "Write the value of every photo to this file, as comma-separated values", "FILE" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &options->threads,
      "Threads to compute with (default: one per core)", "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->rest, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = tsn_cli_options_new ("MODEL DATASET...", SUMMARY, entries);

  tsn_edge_options_add (&options->edge, context);
  tsn_output_form_add_options (&options->form, context);
  g_option_context_set_description (context, DESCRIPTION);
  return g_option_context_parse_strv (context, args, error);
}

static TsnExit
check_options (const Options *options)
{
  TsnExit status;

  if (options->rest == NULL || options->rest[1] == NULL)
    return tsn_cli_fail_usage ("A model and a data set are needed");
  if (!tsn_output_form_is_clear (&options->form))
    return tsn_cli_fail_usage ("Only one of --csv, --json, --latex and --markdown can be written");
  if ((status = tsn_cli_check_size (options->size)) != TSN_EXIT_OK
      || (status = tsn_cli_check_limit (options->limit)) != TSN_EXIT_OK
      || (status = tsn_cli_check_threads (options->threads)) != TSN_EXIT_OK)
    return status;
  return tsn_edge_options_check (&options->edge);
}

static void
progress_cb (gpointer data, guint done, guint total, const char *photo)
{
  tsn_job_show (data, done, total, photo);
}

static gboolean
evaluate (Eval *eval, const char *root, GError **error)
{
  const Options *options = &eval->options;
  const char *split = options->split != NULL ? options->split : "val";
  g_autoptr (TsnDataset) dataset = tsn_dataset_open (root, NULL, split, error);
  TsnEvaluatorOptions wanted = {
    .model = eval->model,
    .pool = eval->job.pool,
    .tasks = (const char *const *) options->tasks,
    .size = options->size,
    .limit = options->limit,
    .progress = progress_cb,
    .data = &eval->job,
  };
  gboolean done;

  tsn_edge_options_get (&options->edge, &wanted.boundary);
  done = dataset != NULL
         && tsn_evaluator_run (&wanted, dataset, eval->report, eval->job.cancellable, error);
  tsn_job_hide (&eval->job);
  return done;
}

static gboolean
prepare (Eval *eval, GError **error)
{
  const Options *options = &eval->options;

  eval->model = tsn_model_load (options->rest[0], error);
  if (eval->model == NULL)
    return FALSE;
  if (options->size == 0 && eval->model->size > TSN_SESSION_MAX_SIZE)
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                   "The model '%s' prefers inputs of %u pixels, which is more than %d; choose a "
                   "--size",
                   eval->model->name, eval->model->size, TSN_SESSION_MAX_SIZE);
      return FALSE;
    }
  tsn_job_init (&eval->job, options->threads);
  eval->report = tsn_report_new (eval->model->name);
  tsn_report_describe_model (eval->report, eval->model, options->size);
  return TRUE;
}

static gboolean
evaluate_all (Eval *eval, GError **error)
{
  for (char **root = eval->options.rest + 1; *root != NULL; root++)
    if (!evaluate (eval, *root, error))
      return FALSE;
  if (eval->report->scores->len > 0)
    return tsn_output_write_images (eval->report, eval->options.per_image, error);
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT, "Nothing could be judged: %s",
               (const char *) g_ptr_array_index (eval->report->notes, 0));
  return FALSE;
}

TsnExit
tsn_verb_eval (char ***args)
{
  g_autoptr (Eval) eval = g_new0 (Eval, 1);
  g_autoptr (GError) error = NULL;
  TsnExit status;

  if (!parse (&eval->options, args, &error))
    return tsn_cli_fail_usage ("%s", error->message);
  status = check_options (&eval->options);
  if (status != TSN_EXIT_OK)
    return status;
  if (!prepare (eval, &error) || !evaluate_all (eval, &error))
    return tsn_cli_fail (error);
  tsn_output_print_report (eval->report, &eval->options.form);
  return TSN_EXIT_OK;
}
