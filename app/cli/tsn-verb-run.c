#include "app/cli/tsn-cli.h"
#include "app/cli/tsn-interrupt.h"
#include "app/cli/tsn-output.h"
#include "app/cli/tsn-photo.h"
#include "app/cli/tsn-progress.h"
#include "app/cli/tsn-run-names.h"
#include "app/tsn-paths.h"

#include "core/base/tsn-error.h"
#include "core/inference/tsn-session.h"
#include "core/io/tsn-model-file.h"

#include <stdio.h>

#define SUMMARY                                                                                    \
  "Encodes every photo once, decodes it once per task and writes a coloured picture of each\n"     \
  "result, PHOTO.TASK.png, at the photo's size.  Photos of the same name get '-2', '-3' and\n"     \
  "so on behind it.  The names of the files are printed as they are written."

#define DESCRIPTION                                                                                \
  "Files of --raw, all at the photo's size:\n"                                                     \
  "  PHOTO.TASK.raw.png  8-bit class index; 16-bit depth in millimetres (0 for none, at most\n"    \
  "                      65535); 16-bit probability x 65535 of an edge or of saliency;\n"          \
  "                      8-bit normals, (v + 1) x 127.5: x right, y up, z toward the viewer\n"     \
  "  PHOTO.TASK.npy      float32, height x width x channels: class probabilities,\n"               \
  "                      probability, unit vector or metres.  Large: 4 bytes a number, so\n"       \
  "                      1 GB for 21 classes of a 12-megapixel photo\n\n"                          \
  "The model is that of --model, else of the environment variable TSN_MODEL, else the one\n"       \
  "installed with the program."

typedef struct
{
  char *model;
  char **tasks;
  int size;
  char *folder;
  gboolean raw;
  int threads;
  gboolean stats;
  char **photos;
} Options;

typedef struct
{
  Options options;
  TsnModel *model;
  TsnPool *pool;
  TsnSession *session;
  GArray *tasks; /* of guint: which tasks of the model */
  guint size;    /* shorter side of the network's input in pixels */
  char **names;  /* what the output files of each photo begin with */
  GCancellable *cancellable;
  TsnInterrupt *interrupt;
  TsnProgress *progress;
  GThread *next; /* decodes the next photo */
  double encode_seconds;
  double decode_seconds;
} Run;

static void
run_free (Run *run)
{
  if (run->next != NULL)
    tsn_photo_free (tsn_photo_finish (g_steal_pointer (&run->next), TSN_SESSION_MIN_SIZE));
  g_clear_pointer (&run->session, tsn_session_free);
  g_clear_pointer (&run->pool, tsn_pool_free);
  g_clear_pointer (&run->model, tsn_model_unref);
  g_clear_pointer (&run->tasks, g_array_unref);
  g_clear_pointer (&run->names, g_strfreev);
  g_clear_pointer (&run->progress, tsn_progress_free);
  g_clear_pointer (&run->interrupt, tsn_interrupt_free);
  g_clear_object (&run->cancellable);
  g_free (run->options.model);
  g_strfreev (run->options.tasks);
  g_free (run->options.folder);
  g_strfreev (run->options.photos);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static gboolean
parse (Options *options, char ***args, GError **error)
{
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &options->model, "Model file", "FILE" },
    { "task", 't', 0, G_OPTION_ARG_STRING_ARRAY, &options->tasks,
      "Predict this task only; may be given several times (default: all tasks)", "TASK" },
    { "size", 's', 0, G_OPTION_ARG_INT, &options->size,
      "Shorter side of the network's input in pixels (default: the model's own)", "N" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->folder,
      "Folder to write to, made where it is missing (default: the current one)", "DIR" },
    { "raw", 'r', 0, G_OPTION_ARG_NONE, &options->raw, "Write the numbers, too (see below)", NULL },
    { "threads", 0, 0, G_OPTION_ARG_INT, &options->threads,
      "Threads to compute with (default: one per core)", "N" },
    { "stats", 0, 0, G_OPTION_ARG_NONE, &options->stats,
      "Print how many passes were run and how long they took", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->photos, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = tsn_cli_options_new ("PHOTO...", SUMMARY, entries);

  g_option_context_set_description (context, DESCRIPTION);
  return g_option_context_parse_strv (context, args, error);
}

static TsnExit
check_options (const Options *options)
{
  TsnExit status;

  if (options->photos == NULL)
    return tsn_cli_fail_usage ("A photo is needed");
  status = tsn_cli_check_size (options->size);
  return status != TSN_EXIT_OK ? status : tsn_cli_check_threads (options->threads);
}

static gboolean
find_tasks (Run *run, GError **error)
{
  run->tasks = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; run->options.tasks == NULL && i < tsn_model_get_n_tasks (run->model); i++)
    g_array_append_val (run->tasks, i);
  for (char **name = run->options.tasks; name != NULL && *name != NULL; name++)
    {
      int index = tsn_model_find_task (run->model, *name);

      if (index < 0)
        {
          g_autofree char *known = tsn_task_list_names (run->model->spec.tasks);

          g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                       "The model '%s' has no task '%s', only %s", run->model->name, *name, known);
          return FALSE;
        }
      g_array_append_val (run->tasks, index);
    }
  return TRUE;
}

/* A model file may prefer any size; what no memory can hold is refused before it is tried. */
static gboolean
choose_size (Run *run, GError **error)
{
  run->size = run->options.size > 0 ? (guint) run->options.size : run->model->size;
  if (run->size <= TSN_SESSION_MAX_SIZE)
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
               "The model '%s' prefers inputs of %u pixels, which is more than %d; choose a --size",
               run->model->name, run->size, TSN_SESSION_MAX_SIZE);
  return FALSE;
}

static gboolean
prepare (Run *run, GError **error)
{
  g_autofree char *path = tsn_paths_find_model (run->options.model, error);

  run->model = path != NULL ? tsn_model_load (path, error) : NULL;
  if (run->model == NULL || !find_tasks (run, error) || !choose_size (run, error))
    return FALSE;
  if (run->options.folder == NULL)
    run->options.folder = g_strdup (".");
  if (!tsn_cli_make_folder (run->options.folder, error))
    return FALSE;
  run->names = tsn_run_names (run->options.photos);
  run->pool = tsn_pool_new (run->options.threads);
  run->session = tsn_session_new (run->model, run->pool);
  tsn_session_drop_parameters (run->session);
  run->cancellable = g_cancellable_new ();
  run->interrupt = tsn_interrupt_new (run->cancellable);
  run->progress = tsn_progress_new (g_strv_length (run->options.photos));
  return TRUE;
}

/* A photo whose results are being made. */
typedef struct
{
  Run *run;
  const TsnPhoto *photo;
  const char *name;
  GPtrArray *outputs;
} Prediction;

static void
ready_cb (guint index, TsnTensor *output, gpointer data)
{
  const Prediction *prediction = data;
  const Run *run = prediction->run;
  const TsnTask *task = tsn_model_get_task (run->model, g_array_index (run->tasks, guint, index));
  TsnResult *result
      = tsn_result_new (task, output, prediction->photo->width, prediction->photo->height);
  g_autofree char *file = g_strdup_printf ("%s.%s", prediction->name, task->name);
  g_autofree char *base = g_build_filename (run->options.folder, file, NULL);

  g_ptr_array_add (prediction->outputs, tsn_output_new (result, base));
}

/* Encodes a photo once and decodes it for every task. */
static gboolean
predict (Run *run, TsnPhoto *photo, const char *name, GPtrArray *outputs, GError **error)
{
  Prediction prediction = { run, photo, name, outputs };

  if (photo->input == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&photo->error));
      return FALSE;
    }
  if (!tsn_session_encode (run->session, photo->input, run->cancellable, error))
    return FALSE;
  run->encode_seconds += tsn_session_get_stats (run->session)->encode_seconds;
  if (!tsn_session_decode_tasks (run->session, (const guint *) run->tasks->data, run->tasks->len,
                                 ready_cb, &prediction, run->cancellable, error))
    return FALSE;
  run->decode_seconds += tsn_session_get_stats (run->session)->decode_seconds;
  return TRUE;
}

typedef struct
{
  GPtrArray *outputs;
  TsnOutputOptions options;
} WriteLoop;

static void
write_outputs (gpointer data, size_t first, size_t last, guint thread)
{
  WriteLoop *loop = data;

  for (size_t i = first; i < last; i++)
    tsn_output_write (g_ptr_array_index (loop->outputs, i), &loop->options);
}

/* File names go out byte for byte, so that other programs can open what they read here. */
static void
print_written (const TsnOutput *output)
{
  for (guint i = 0; i < output->written->len; i++)
    puts (g_ptr_array_index (output->written, i));
}

/* Compressing pictures takes longer than the network does, so all cores write at once. */
static gboolean
run_photo (Run *run, TsnPhoto *photo, const char *name, GError **error)
{
  g_autoptr (GPtrArray) outputs = g_ptr_array_new_with_free_func ((GDestroyNotify) tsn_output_free);
  WriteLoop loop = { outputs, { run->options.raw, run->cancellable } };
  GError *first = NULL;

  if (!predict (run, photo, name, outputs, error))
    return FALSE;
  tsn_pool_for (run->pool, outputs->len, 1, write_outputs, &loop);
  tsn_progress_hide (run->progress);
  for (guint i = 0; i < outputs->len; i++)
    {
      TsnOutput *output = g_ptr_array_index (outputs, i);

      print_written (output);
      if (first == NULL)
        first = g_steal_pointer (&output->error);
    }
  fflush (stdout);
  if (first != NULL)
    g_propagate_error (error, first);
  return first == NULL;
}

static void
print_stats (const Run *run)
{
  const TsnSessionStats *stats = tsn_session_get_stats (run->session);

  g_printerr ("encoder passes %" G_GUINT64_FORMAT ", decoder passes %" G_GUINT64_FORMAT
              ", encode %.1f ms, decode %.1f ms\n",
              stats->encoder_passes, stats->decoder_passes, 1000 * run->encode_seconds,
              1000 * run->decode_seconds);
}

/* One photo after the other; the next is decoded while the network has this one. */
static TsnExit
run_photos (Run *run)
{
  char **photos = run->options.photos;
  guint n = g_strv_length (photos);
  TsnExit status = TSN_EXIT_OK;

  for (guint i = 0; i < n && status != TSN_EXIT_INTERRUPTED; i++)
    {
      g_autoptr (TsnPhoto) photo = tsn_photo_finish (g_steal_pointer (&run->next), run->size);
      g_autofree char *label = g_filename_display_basename (photos[i]);
      g_autoptr (GError) error = NULL;

      if (i + 1 < n)
        run->next = tsn_photo_start (photos[i + 1]);
      tsn_progress_show (run->progress, i, label);
      if (!run_photo (run, photo, run->names[i], &error))
        {
          tsn_progress_hide (run->progress);
          status = tsn_cli_fail (error);
        }
    }
  return status;
}

TsnExit
tsn_verb_run (char ***args)
{
  g_autoptr (Run) run = g_new0 (Run, 1);
  g_autoptr (GError) error = NULL;
  TsnExit status;

  if (!parse (&run->options, args, &error))
    return tsn_cli_fail_usage ("%s", error->message);
  status = check_options (&run->options);
  if (status != TSN_EXIT_OK)
    return status;
  run->next = tsn_photo_start (run->options.photos[0]);
  if (!prepare (run, &error))
    return tsn_cli_fail (error);
  status = run_photos (run);
  if (run->options.stats)
    print_stats (run);
  return status;
}
