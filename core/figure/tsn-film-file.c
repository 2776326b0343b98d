/* What a film's file says about itself. */
#include "core/figure/tsn-film.h"

#include "core/base/tsn-error.h"
#include "core/figure/tsn-figure-command.h"
#include "core/figure/tsn-figure-maker.h"
#include "core/figure/tsn-figure-xmp.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The file of a film that carries its session: of a folder of PNG files the first. */
static char *
carrier_of (const char *name)
{
  return strrchr (name, '.') != NULL ? g_strdup (name)
                                     : g_build_filename (name, "frame-00000.png", NULL);
}

/* The task that is alone in a way-point, or NULL. */
static const char *
only_task (const TsnStudyPoint *point)
{
  const TsnStudyWeight *weight;

  if (point->weights->len != 1)
    return NULL;
  weight = g_ptr_array_index (point->weights, 0);
  return weight->weight == 1 ? weight->task : NULL;
}

/* Whether options can say all of it. */
static gboolean
has_options (const TsnStudy *study)
{
  const TsnStudyBlend *blend = &study->blend;
  g_autofree char *photo = tsn_study_get_photo_path (study);

  if (photo == NULL || study->isolated->len > 0 || study->hatching || blend->modules->len > 0)
    return FALSE;
  for (guint i = 0; i < blend->path.points->len; i++)
    if (only_task (g_ptr_array_index (blend->path.points, i)) == NULL)
      return FALSE;
  return TRUE;
}

static void
add_content (GString *line, const TsnStudy *study, const char *base)
{
  static const char *const spaces[] = { "codes", "embeddings", "coefficients" };
  const TsnStudyBlend *blend = &study->blend;
  g_autofree char *photo = tsn_study_get_photo_path (study);

  g_string_append (line, " --model");
  tsn_figure_command_add_path (line, study->model.path, base);
  tsn_figure_command_add_number (line, "--size", study->size, 0);
  for (guint i = 0; i < blend->path.points->len; i++)
    {
      g_string_append (line, " --task");
      tsn_figure_command_add_word (line, only_task (g_ptr_array_index (blend->path.points, i)));
    }
  if (blend->readout != NULL)
    {
      g_string_append (line, " --readout");
      tsn_figure_command_add_word (line, blend->readout);
    }
  if (blend->space != TSN_STUDY_EMBEDDINGS)
    g_string_append_printf (line, " --space %s", spaces[blend->space]);
  tsn_figure_command_add_number (line, "--seconds", blend->path.duration, 12);
  tsn_figure_command_add_number (line, "--fps", study->film.fps, 25);
  tsn_figure_command_add_number (line, "--side", study->film.side, 1280);
  g_string_append (line, blend->path.loop ? "" : " --once");
  g_string_append (line, study->film.photo ? "" : " --no-photo");
  g_string_append (line, study->film.captions ? "" : " --no-captions");
  tsn_figure_command_add_path (line, photo, base);
}

/**
 * tsn_film_get_command:
 * @study: what the film shows, with a model
 * @path: of the film
 *
 * The line stands for a shell in the film's folder.  It names everything where options can; else,
 * as for mixes of several tasks, it starts from the film itself, which carries the session.
 *
 * Returns: (transfer full): the command line that makes the film again.
 */
char *
tsn_film_get_command (const TsnStudy *study, const char *path)
{
  GString *line = g_string_new ("tsn animate");
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *base = g_path_get_dirname (absolute), *name = g_path_get_basename (absolute);
  const char *dot = strrchr (name, '.');
  /* As in figures, the line does not depend on what the file is called. */
  g_autofree char *film = g_strconcat ("film", dot != NULL ? dot : "", NULL);
  g_autofree char *carrier = carrier_of (film);

  if (has_options (study))
    add_content (line, study, base);
  else
    g_string_append_printf (line, " %s", carrier);
  g_string_append_printf (line, " -o %s", film);
  tsn_figure_command_add_hash (line, &study->model);
  return g_string_free (line, FALSE);
}

/**
 * tsn_film_make_packet:
 * @study: what the film shows
 * @path: of the film
 * @error: %TSN_ERROR_ARGUMENT when the study cannot be written, as a sentence that names the file
 *
 * Returns: (transfer full) (nullable): an XMP packet with the study and, unless it shows a camera
 * or a video, the command line, to be put into the film's file; tsn_figure_read_study() finds it
 * there.
 */
char *
tsn_film_make_packet (const TsnStudy *study, const char *path, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *base = g_path_get_dirname (absolute), *name = NULL;
  g_autoptr (GError) reason = NULL;
  g_autofree char *session = NULL, *command = NULL;
  TsnFigureFile file = { 0 };

  /* The files of a folder of pictures name what they show from within that folder. */
  if (strrchr (absolute + strlen (base), '.') == NULL)
    {
      g_free (base);
      base = g_strdup (absolute);
    }
  /* No command makes again what a camera or a video showed. */
  if (study->source.kind != TSN_STUDY_CAMERA && study->source.kind != TSN_STUDY_VIDEO)
    command = tsn_film_get_command (study, path);
  session = tsn_study_to_json (study, base, &reason);
  if (session == NULL)
    {
      name = g_filename_display_name (path);
      tsn_error_set (error, TSN_ERROR_ARGUMENT, _ ("'%s' %s"), name, reason->message);
      return NULL;
    }
  file.session = session;
  file.command = command;
  return tsn_figure_xmp_write (&file);
}
