#include "app/cli/tsn-cli.h"
#include "app/cli/tsn-interrupt.h"
#include "app/cli/tsn-progress.h"

#include "core/training/tsn-train-run.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#define SUMMARY                                                                                    \
  "Trains a network as a config file says.  The run's folder gets the resolved config, log.csv,\n" \
  "TensorBoard's event files, a checkpoint, the best model and at the end the last one.  Ctrl+C\n" \
  "saves a checkpoint and stops; --resume goes on from it as if nothing had happened."

/* Between two lines of a log. */
#define LOG_INTERVAL_US (60 * G_USEC_PER_SEC)

typedef struct
{
  char *folder;
  char *resume;
  char *init;
  char *init_encoder;
  char *data;
  char *turns;
  char **overrides;
  int threads;
} Options;

typedef struct
{
  const TsnTrainConfig *config;
  gboolean terminal;
  gint64 told; /* when the last line of a log was written */
} Display;

static char *
format_time (double seconds)
{
  guint64 minutes = seconds / 60;

  if (!(seconds < 1e8))
    return g_strdup ("a long time");
  if (minutes >= 60)
    return g_strdup_printf ("%" G_GUINT64_FORMAT " h %02u min", minutes / 60,
                            (guint) (minutes % 60));
  return minutes > 0 ? g_strdup_printf ("%u min", (guint) minutes)
                     : g_strdup_printf ("%.0f s", seconds);
}

static char *
format_progress (const Display *display, const TsnTrainProgress *progress)
{
  g_autofree char *left = format_time (progress->seconds_left);
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "step %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, progress->step,
                          progress->steps);
  for (guint t = 0; t < display->config->tasks->len; t++)
    if (!isnan (progress->losses[t]))
      g_string_append_printf (line, "  %s %.3g",
                              tsn_task_list_get (display->config->tasks, t)->name,
                              progress->losses[t]);
  g_string_append_printf (line, "  %.1f images/s  %s left", progress->images_per_second, left);
  return g_string_free (line, FALSE);
}

/* On a terminal a line is written over; a log gets one a minute, and one for every validation. */
static gboolean
is_due (const Display *display, const TsnTrainProgress *progress)
{
  return display->terminal || progress->validated
         || g_get_monotonic_time () - display->told >= LOG_INTERVAL_US;
}

static void
progress_cb (const TsnTrainProgress *progress, gpointer data)
{
  Display *display = data;
  g_autofree char *line = NULL;

  if (!is_due (display, progress))
    return;
  display->told = g_get_monotonic_time ();
  line = format_progress (display, progress);
  if (progress->validated && !isnan (progress->validation))
    {
      if (display->terminal)
        tsn_progress_write_over ("");
      g_printerr ("%s  validation %.4g (best %.4g)\n", line, progress->validation, progress->best);
    }
  else if (display->terminal)
    tsn_progress_write_over (line);
  else
    g_printerr ("%s\n", line);
}

static void
add_override (GStrvBuilder *overrides, const char *name, const char *value)
{
  g_autofree char *text = g_strdup_printf ("%s=%s", name, value != NULL ? value : "");

  if (value != NULL)
    g_strv_builder_add (overrides, text);
}

/* The config with --data and --switch as overrides more. */
static TsnTrainConfig *
load_config (const Options *options, const char *path, GError **error)
{
  g_autoptr (GStrvBuilder) overrides = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  if (options->overrides != NULL)
    g_strv_builder_addv (overrides, (const char **) options->overrides);
  add_override (overrides, "data.root", options->data);
  add_override (overrides, "training.switch", options->turns);
  list = g_strv_builder_end (overrides);
  return tsn_train_config_load (path, (const char *const *) list, error);
}

static gboolean
run (const Options *options, const char *path, GError **error)
{
  g_autoptr (TsnTrainConfig) config = load_config (options, path, error);
  g_autoptr (TsnPool) pool = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (TsnInterrupt) interrupt = NULL;
  Display display = { config, isatty (STDERR_FILENO), g_get_monotonic_time () };
  gboolean done;

  if (config == NULL)
    return FALSE;
  pool = tsn_pool_new (options->threads);
  interrupt = tsn_interrupt_new (cancellable);
  done = tsn_train_run (&(TsnTrainOptions) { .config = config,
                                             .folder = options->resume != NULL ? options->resume
                                                                               : options->folder,
                                             .resume = options->resume != NULL,
                                             .init = options->init != NULL
                                                         ? options->init
                                                         : options->init_encoder,
                                             .init_encoder = options->init == NULL,
                                             .pool = pool,
                                             .progress = progress_cb,
                                             .data = &display,
                                             .cancellable = cancellable },
                        error);
  if (display.terminal)
    g_printerr ("\n");
  return done;
}

static TsnExit
check_and_run (const Options *options, char **words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  guint n = g_strv_length (words);
  TsnSwitchMode mode;

  if (options->threads < 0 || options->threads > 256)
    return tsn_cli_fail_usage ("There can be 0 to 256 threads, not %d", options->threads);
  if (options->turns != NULL && !tsn_switch_mode_from_name (options->turns, &mode))
    return tsn_cli_fail_usage ("--switch takes epoch or batch, not “%s”", options->turns);
  if (options->init != NULL && options->init_encoder != NULL)
    return tsn_cli_fail_usage ("Only one of --init and --init-encoder makes sense");
  if (options->resume != NULL && (n > 0 || options->init != NULL || options->init_encoder != NULL))
    return tsn_cli_fail_usage ("A run that is resumed has its config and its start already");
  if (options->resume == NULL && n != 1)
    return tsn_cli_fail_usage ("One config file is needed, not %u", n);
  path = options->resume != NULL ? g_build_filename (options->resume, TSN_TRAIN_CONFIG_FILE, NULL)
                                 : g_strdup (words[0]);
  return run (options, path, &error) ? TSN_EXIT_OK : tsn_cli_fail (error);
}

static void
clear_options (Options *options)
{
  g_free (options->folder);
  g_free (options->resume);
  g_free (options->init);
  g_free (options->init_encoder);
  g_free (options->data);
  g_free (options->turns);
  g_strfreev (options->overrides);
}

TsnExit
tsn_verb_train (char ***args)
{
  Options options = { .folder = g_strdup ("run") };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.folder, "Folder of the run (default: run)",
      "FOLDER" },
    { "resume", 'r', 0, G_OPTION_ARG_FILENAME, &options.resume, "Go on with the run in a folder",
      "FOLDER" },
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &options.data,
      "Where the data sets are: short for --set data.root=FOLDER", "FOLDER" },
    { "set", 's', 0, G_OPTION_ARG_STRING_ARRAY, &options.overrides,
      "Override a value of the config, as in optimiser.rate=1e-3", "GROUP.KEY=VALUE" },
    { "switch", 'w', 0, G_OPTION_ARG_STRING, &options.turns,
      "When to go to the next task, epoch or batch: short for --set training.switch=WHEN", "WHEN" },
    { "init", 'i', 0, G_OPTION_ARG_FILENAME, &options.init, "Start from a model file", "FILE" },
    { "init-encoder", 'e', 0, G_OPTION_ARG_FILENAME, &options.init_encoder,
      "Start only the encoder from a file", "FILE" },
    { "threads", 't', 0, G_OPTION_ARG_INT, &options.threads,
      "Threads that compute (default: one per core)", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = tsn_cli_options_new ("CONFIG", SUMMARY, entries);
  g_autoptr (GError) error = NULL;
  TsnExit status;

  if (g_option_context_parse_strv (context, args, &error))
    status = check_and_run (&options, *args + 1);
  else
    status = tsn_cli_fail_usage ("%s", error->message);
  clear_options (&options);
  return status;
}
