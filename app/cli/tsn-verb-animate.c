#include "app/cli/tsn-animate-options.h"
#include "app/cli/tsn-capture-library.h"
#include "app/cli/tsn-cli.h"
#include "app/cli/tsn-job.h"

#include "core/figure/tsn-film.h"

#include <stdio.h>

typedef struct
{
  TsnAnimateOptions options;
  TsnStudy study;
  TsnJob job;
  TsnCaptureLibrary capture;
  TsnVideoFormat format;
  TsnFilm *film;
  TsnVideoWriter *writer;
  guint n_frames;
} Animation;

static void
animation_free (Animation *animation)
{
  if (animation->writer != NULL)
    animation->capture.writer_free (animation->writer);
  g_clear_pointer (&animation->film, tsn_film_free);
  tsn_job_clear (&animation->job);
  tsn_study_clear (&animation->study);
  tsn_animate_options_clear (&animation->options);
  g_free (animation);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Animation, animation_free)

static gboolean
write_cb (
    gpointer data, const TsnImage *frame, guint index, GCancellable *cancellable, GError **error)
{
  Animation *animation = data;

  tsn_job_show (&animation->job, index, animation->n_frames, "frames");
  return animation->capture.writer_write (animation->writer, frame, cancellable, error);
}

/* What cannot be written is said before a network runs. */
static gboolean
prepare (Animation *animation, GError **error)
{
  if (!animation->capture.format_check (animation->format, error)
      || !tsn_animate_options_make_study (&animation->options, &animation->study, error))
    return FALSE;
  tsn_job_init (&animation->job, animation->options.threads);
  animation->film
      = tsn_film_new (&animation->study, animation->job.pool, animation->job.cancellable, error);
  if (animation->film == NULL)
    return FALSE;
  if (tsn_film_get_note (animation->film) != NULL)
    g_printerr ("tsn: %s\n", tsn_film_get_note (animation->film));
  animation->n_frames = tsn_film_get_n_frames (animation->film);
  return TRUE;
}

static gboolean
make (Animation *animation, GError **error)
{
  const char *path = animation->options.output;
  g_autofree char *packet
      = tsn_film_make_packet (tsn_film_get_study (animation->film), path, error);
  TsnVideoOptions options = { .format = animation->format,
                              .fps = tsn_film_get_study (animation->film)->film.fps,
                              .comment = packet };
  gboolean ok;

  if (packet == NULL)
    return FALSE;
  tsn_film_get_size (animation->film, &options.width, &options.height);
  animation->writer = animation->capture.writer_new (path, &options, error);
  ok = animation->writer != NULL
       && tsn_film_play (animation->film, write_cb, animation, animation->job.cancellable, error)
       && animation->capture.writer_finish (animation->writer, animation->job.cancellable, error);
  tsn_job_hide (&animation->job);
  return ok;
}

TsnExit
tsn_verb_animate (char ***args)
{
  g_autoptr (Animation) animation = g_new0 (Animation, 1);
  g_autoptr (GError) error = NULL;
  TsnExit status;

  tsn_study_init (&animation->study);
  if (!tsn_animate_options_parse (&animation->options, args, &error))
    return tsn_cli_fail_usage ("%s", error->message);
  status = tsn_animate_options_check (&animation->options);
  if (status != TSN_EXIT_OK)
    return status;
  if (!tsn_capture_library_load (&animation->capture, &error))
    return tsn_cli_fail (error);
  if (!animation->capture.format_from_path (animation->options.output, &animation->format))
    return tsn_cli_fail_usage ("The ending of '%s' is none of .webm, .mp4, .gif, or none at all "
                               "for a folder of PNG files",
                               animation->options.output);
  if (!prepare (animation, &error) || !make (animation, &error))
    return tsn_cli_fail (error);
  puts (animation->options.output);
  return TSN_EXIT_OK;
}
