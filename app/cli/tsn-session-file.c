#include "app/cli/tsn-session-file.h"

#include "core/figure/tsn-figure-export.h"

static gboolean
has_ending (const char *path, const char *const *endings)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (; *endings != NULL; endings++)
    if (g_str_has_suffix (lower, *endings))
      return TRUE;
  return FALSE;
}

/**
 * tsn_session_file_is:
 *
 * Returns: whether a file is a session or carries one.  PNG and GIF files are photos, unless they
 *   are figures or films.
 */
gboolean
tsn_session_file_is (const char *path)
{
  static const char *const always[] = { TSN_STUDY_SUFFIX, ".pdf", ".svg", ".webm", ".mp4", NULL };
  static const char *const perhaps[] = { ".png", ".gif", NULL };
  g_auto (TsnStudy) study = { 0 };

  if (has_ending (path, always))
    return TRUE;
  tsn_study_init (&study);
  return has_ending (path, perhaps) && tsn_figure_read_study (&study, path, NULL);
}

/**
 * tsn_session_file_load:
 * @study: an initialised study
 * @error: as by tsn_study_load() and tsn_figure_read_study()
 */
gboolean
tsn_session_file_load (TsnStudy *study, const char *path, GError **error)
{
  static const char *const plain[] = { TSN_STUDY_SUFFIX, NULL };

  if (has_ending (path, plain))
    return tsn_study_load (study, path, error);
  return tsn_figure_read_study (study, path, error);
}
