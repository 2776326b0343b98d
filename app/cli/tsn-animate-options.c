#include "app/cli/tsn-animate-options.h"

#include "app/cli/tsn-session-file.h"
#include "app/tsn-paths.h"

#include "core/base/tsn-names.h"

#define SUMMARY                                                                                    \
  "Shows in a film what the network says of a photo while its task embedding goes from task to\n"  \
  "task.  SESSION is a .tsnsession file of TSN Studio, whose path and blend are taken, or a\n"     \
  "film or figure of TSN Studio, which is made again; options change what it says."

#define DESCRIPTION                                                                                \
  "FILE ends in .webm, .mp4 or .gif (at most 50 frames a second), or has no ending and becomes\n"  \
  "a folder of PNG files.  WebM and MP4 need encoders of GStreamer, which the Debian packages\n"   \
  "gstreamer1.0-plugins-good and gstreamer1.0-plugins-ugly bring.\n\n"                             \
  "The film carries the session and the command line that makes it again, with the SHA-256 of\n"   \
  "the model.  GIF and PNG files are the same, byte for byte, for the same model and photo."

static const char *const space_words[] = { "codes", "embeddings", "coefficients" };

gboolean
tsn_animate_options_parse (TsnAnimateOptions *options, char ***args, GError **error)
{
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output, "File or folder to write",
      "FILE" },
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &options->model, "Model file", "FILE" },
    { "task", 't', 0, G_OPTION_ARG_STRING_ARRAY, &options->tasks,
      "Go to this task, given again to the next one, and so on (default: all tasks in turn)",
      "TASK" },
    { "readout", 0, 0, G_OPTION_ARG_STRING, &options->readout,
      "Read all mixes as this task (default: the heaviest of the mix)", "TASK" },
    { "space", 0, 0, G_OPTION_ARG_STRING, &options->space,
      "Mix codes, embeddings or coefficients (default: embeddings)", "SPACE" },
    { "size", 's', 0, G_OPTION_ARG_INT, &options->size,
      "Shorter side of the network's input in pixels (default: the model's own)", "N" },
    { "side", 0, 0, G_OPTION_ARG_INT, &options->side,
      "Longer side of the film in pixels (default: 1280)", "N" },
    { "fps", 0, 0, G_OPTION_ARG_INT, &options->fps, "Frames a second (default: 25)", "N" },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &options->seconds,
      "How long the film takes (default: 12)", "S" },
    { "once", 0, 0, G_OPTION_ARG_NONE, &options->once,
      "End at the last task instead of going back to the first", NULL },
    { "no-photo", 0, 0, G_OPTION_ARG_NONE, &options->no_photo, "Leave the photo out", NULL },
    { "no-captions", 0, 0, G_OPTION_ARG_NONE, &options->no_captions,
      "Leave out what says what is mixed", NULL },
    { "threads", 0, 0, G_OPTION_ARG_INT, &options->threads,
      "Threads to compute with (default: one per core)", "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->rest, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = tsn_cli_options_new ("SESSION|PHOTO", SUMMARY, entries);

  *options = (TsnAnimateOptions){ .side = -1, .fps = -1, .seconds = -1 };
  g_option_context_set_description (context, DESCRIPTION);
  return g_option_context_parse_strv (context, args, error);
}

void
tsn_animate_options_clear (TsnAnimateOptions *options)
{
  g_free (options->output);
  g_free (options->model);
  g_strfreev (options->tasks);
  g_free (options->readout);
  g_free (options->space);
  g_strfreev (options->rest);
}

TsnExit
tsn_animate_options_check (const TsnAnimateOptions *options)
{
  TsnExit status;
  guint index;

  if (options->rest == NULL || g_strv_length (options->rest) != 1)
    return tsn_cli_fail_usage ("One session or photo is needed");
  if (options->output == NULL)
    return tsn_cli_fail_usage ("A file to write is needed (-o)");
  if (options->space != NULL
      && !tsn_names_find (space_words, G_N_ELEMENTS (space_words), options->space, &index))
    return tsn_cli_fail_usage ("A space of '%s' is none of codes, embeddings, coefficients",
                               options->space);
  if (options->side != -1
      && (options->side < TSN_STUDY_FILM_MIN_SIDE || options->side > TSN_STUDY_FILM_MAX_SIDE))
    return tsn_cli_fail_usage ("A side of %d pixels is not in %d to %d", options->side,
                               TSN_STUDY_FILM_MIN_SIDE, TSN_STUDY_FILM_MAX_SIDE);
  if (options->fps != -1 && (options->fps < 1 || options->fps > TSN_STUDY_FILM_MAX_FPS))
    return tsn_cli_fail_usage ("%d frames a second are not in 1 to %d", options->fps,
                               TSN_STUDY_FILM_MAX_FPS);
  if (options->seconds != -1 && !(options->seconds >= 0.1 && options->seconds <= 3600))
    return tsn_cli_fail_usage ("%g seconds are not in 0.1 to 3600", options->seconds);
  status = tsn_cli_check_size (options->size);
  return status == TSN_EXIT_OK ? tsn_cli_check_threads (options->threads) : status;
}

static gboolean
set_model (const TsnAnimateOptions *options, TsnStudy *study, GError **error)
{
  g_autofree char *path = NULL;

  if (options->model == NULL && study->model.path != NULL)
    return TRUE;
  path = tsn_paths_find_model (options->model, error);
  if (path == NULL)
    return FALSE;
  g_free (study->model.path);
  g_clear_pointer (&study->model.sha256, g_free);
  study->model.path = g_canonicalize_filename (path, NULL);
  return TRUE;
}

static void
set_path (const TsnAnimateOptions *options, TsnStudy *study)
{
  TsnStudyBlend *blend = &study->blend;
  guint space;

  if (options->tasks != NULL)
    g_ptr_array_set_size (blend->path.points, 0);
  for (char **task = options->tasks; task != NULL && *task != NULL; task++)
    tsn_study_set_weight (tsn_study_add_point (study)->weights, *task, 1);
  if (options->readout != NULL)
    {
      g_free (blend->readout);
      blend->readout = g_strdup (options->readout);
    }
  if (options->space != NULL
      && tsn_names_find (space_words, G_N_ELEMENTS (space_words), options->space, &space))
    blend->space = space;
  if (options->seconds > 0)
    blend->path.duration = options->seconds;
  blend->path.loop &= !options->once;
}

/* Each option changes what the session says. */
gboolean
tsn_animate_options_make_study (const TsnAnimateOptions *options, TsnStudy *study, GError **error)
{
  const char *path = options->rest[0];

  if (tsn_session_file_is (path))
    {
      if (!tsn_session_file_load (study, path, error))
        return FALSE;
    }
  else
    {
      study->source.kind = TSN_STUDY_PHOTO;
      study->source.path = g_canonicalize_filename (path, NULL);
    }
  if (!set_model (options, study, error))
    return FALSE;
  set_path (options, study);
  if (options->size > 0)
    study->size = options->size;
  if (options->side > 0)
    study->film.side = options->side;
  if (options->fps > 0)
    study->film.fps = options->fps;
  study->film.photo &= !options->no_photo;
  study->film.captions &= !options->no_captions;
  return TRUE;
}
