/* Measures how many frames of a camera-like stream get their results into the window in a second:
 *   run-with-display.sh measure-live [--model FILE] [--task N] [--seconds S] [--size 640x480]
 *                                    [--fps F] [--all]
 * Prints the numbers; what they ought to be depends on the machine, so that this is no test. */
#include "config.h"
#include "ui/tsn-document-live.h"
#include "ui/tsn-window.h"

#include <stdlib.h>
#include <time.h>

typedef struct
{
  char *model;
  char *size;
  int task;
  int seconds;
  int fps;
  gboolean all;
} Options;

/* The document's counters are those of one second; here they are summed. */
typedef struct
{
  TsnDocument *document;
  guint n_frames;
  double encode;
  double decode;
} Sum;

static void
photo_cb (Sum *sum)
{
  const TsnTiming *timing = tsn_predictor_get_timing (tsn_document_get_predictor (sum->document));

  sum->n_frames++;
  sum->encode += timing->encode_seconds;
  sum->decode += timing->decode_seconds;
}

static void
iterate (double seconds)
{
  gint64 end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
}

static double
get_processor_seconds (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

/* On a busy machine these say more than the rate. */
static void
print_processor_times (double all, double own, guint n_frames)
{
  g_print ("processor time of a frame: %.1f ms in all threads, %.1f ms of it in the main thread\n",
           1000 * all / MAX (n_frames, 1), 1000 * own / MAX (n_frames, 1));
}

static void
measure (TsnDocument *document, const Options *options)
{
  TsnFrameSource *source = tsn_live_get_source (tsn_document_get_live (document));
  guint64 dropped = tsn_frame_source_get_dropped (source);
  gint64 start = g_get_monotonic_time ();
  Sum sum = { document, 0, 0, 0 };
  gulong handler
      = g_signal_connect_swapped (document, "photo-changed", G_CALLBACK (photo_cb), &sum);
  double all = get_processor_seconds (CLOCK_PROCESS_CPUTIME_ID);
  double own = get_processor_seconds (CLOCK_THREAD_CPUTIME_ID);
  double seconds;

  iterate (options->seconds);
  all = get_processor_seconds (CLOCK_PROCESS_CPUTIME_ID) - all;
  own = get_processor_seconds (CLOCK_THREAD_CPUTIME_ID) - own;
  g_signal_handler_disconnect (document, handler);
  seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
  dropped = tsn_frame_source_get_dropped (source) - dropped;
  g_print (
      "%.1f results a second, %.1f frames dropped a second; encoder %.1f ms, decoders %.1f ms, "
      "everything else %.1f ms a frame\n",
      sum.n_frames / seconds, dropped / seconds, 1000 * sum.encode / MAX (sum.n_frames, 1),
      1000 * sum.decode / MAX (sum.n_frames, 1),
      1000 * (seconds - sum.encode - sum.decode) / MAX (sum.n_frames, 1));
  print_processor_times (all, own, sum.n_frames);
}

static void
run (AdwApplication *application, const Options *options)
{
  g_autoptr (GSettings) settings = g_settings_new (TSN_APP_ID);
  TsnWindowFiles files = { options->model, NULL, NULL };
  TsnWindow *window = tsn_window_new (GTK_APPLICATION (application), settings, &files);
  TsnDocument *document = tsn_window_get_document (window);
  TsnTestPattern pattern = { .fps = options->fps, .kind = "ball" };

  if (options->size != NULL)
    sscanf (options->size, "%ux%u", &pattern.width, &pattern.height);
  tsn_window_start (window, NULL, options->model);
  gtk_window_present (GTK_WINDOW (window));
  while (tsn_document_get_model (document) == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (!options->all)
    tsn_document_show_only (document, options->task);
  tsn_live_open_source (tsn_document_get_live (document), tsn_frame_source_new_pattern (&pattern),
                        TSN_LIVE_CAMERA);
  iterate (2);
  measure (document, options);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  Options options = { .task = 0, .seconds = 5, .fps = 30 };
  const GOptionEntry entries[] = {
    { "model", 0, 0, G_OPTION_ARG_FILENAME, &options.model, "Model to load", "FILE" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &options.size, "Size of the frames", "WxH" },
    { "task", 0, 0, G_OPTION_ARG_INT, &options.task, "The task to show", "N" },
    { "seconds", 0, 0, G_OPTION_ARG_INT, &options.seconds, "How long to measure", "S" },
    { "fps", 0, 0, G_OPTION_ARG_INT, &options.fps, "Frames a second of the stream", "F" },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options.all, "Show all tasks", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || options.model == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "A model is needed.");
      return EXIT_FAILURE;
    }
  application = adw_application_new (TSN_APP_ID, G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (G_APPLICATION (application), NULL, NULL))
    return EXIT_FAILURE;
  run (application, &options);
  return EXIT_SUCCESS;
}
