#include "core/capture/tsn-frame-problem.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/tsn-error.h"

/* Elements tell most failures to open apart only in words of the system. */
static gboolean
system_says (const TsnFrameTrouble *trouble, int number)
{
  const char *words = g_strerror (number);

  return (trouble->debug != NULL && strstr (trouble->debug, words) != NULL)
         || strstr (trouble->reason->message, words) != NULL;
}

static TsnFrameSourceProblem
find_resource (const TsnFrameTrouble *trouble)
{
  if (trouble->origin->kind == TSN_FRAME_ORIGIN_CAMERA && trouble->running)
    return TSN_FRAME_SOURCE_PROBLEM_UNPLUGGED;
  if (trouble->reason->code == GST_RESOURCE_ERROR_BUSY || system_says (trouble, EBUSY))
    return TSN_FRAME_SOURCE_PROBLEM_BUSY;
  if (trouble->reason->code == GST_RESOURCE_ERROR_NOT_AUTHORIZED || system_says (trouble, EACCES)
      || system_says (trouble, EPERM))
    return TSN_FRAME_SOURCE_PROBLEM_REFUSED;
  if (trouble->reason->code == GST_RESOURCE_ERROR_NOT_FOUND || system_says (trouble, ENOENT)
      || system_says (trouble, ENODEV) || system_says (trouble, ENXIO))
    return TSN_FRAME_SOURCE_PROBLEM_MISSING;
  if (trouble->reason->code == GST_RESOURCE_ERROR_OPEN_READ
      || trouble->reason->code == GST_RESOURCE_ERROR_OPEN_READ_WRITE)
    return TSN_FRAME_SOURCE_PROBLEM_REFUSED;
  return TSN_FRAME_SOURCE_PROBLEM_OTHER;
}

/* When no decoder is wanting by name, nothing in the file was worth one. */
static gboolean
has_no_picture (const TsnFrameTrouble *trouble)
{
  return trouble->plugin == NULL
         && g_error_matches (trouble->reason, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN);
}

/**
 * tsn_frame_problem_find:
 *
 * Returns: which of the known problems GStreamer's error means.
 */
TsnFrameSourceProblem
tsn_frame_problem_find (const TsnFrameTrouble *trouble)
{
  const GError *reason = trouble->reason;

  if (reason->domain == GST_RESOURCE_ERROR)
    return find_resource (trouble);
  if (trouble->plugin != NULL)
    return TSN_FRAME_SOURCE_PROBLEM_PLUGIN;
  if (trouble->origin->kind == TSN_FRAME_ORIGIN_FILE
      && (reason->domain == GST_STREAM_ERROR || has_no_picture (trouble)))
    return TSN_FRAME_SOURCE_PROBLEM_FORMAT;
  if (g_error_matches (reason, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN))
    return TSN_FRAME_SOURCE_PROBLEM_PLUGIN;
  return TSN_FRAME_SOURCE_PROBLEM_OTHER;
}

/* GStreamer's sentences end in a full stop; within ours they do not. */
static char *
get_words (const GError *reason)
{
  char *words = g_strstrip (g_strdup (reason->message));
  size_t length = strlen (words);

  if (length > 0 && words[length - 1] == '.')
    words[length - 1] = '\0';
  return words;
}

static GError *
explain_camera (const TsnFrameTrouble *trouble, TsnFrameSourceProblem problem)
{
  const char *name = trouble->origin->name;
  g_autofree char *words = get_words (trouble->reason);

  switch (problem)
    {
    case TSN_FRAME_SOURCE_PROBLEM_UNPLUGGED:
      return tsn_frame_problem_unplugged (trouble->origin);
    case TSN_FRAME_SOURCE_PROBLEM_BUSY:
      return g_error_new (TSN_ERROR, TSN_ERROR_IO,
                          _ ("The camera '%s' is in use; close the other program that uses it"),
                          name);
    case TSN_FRAME_SOURCE_PROBLEM_REFUSED:
      return g_error_new (TSN_ERROR, TSN_ERROR_IO, _ ("The camera '%s' may not be used: %s"), name,
                          words);
    case TSN_FRAME_SOURCE_PROBLEM_MISSING:
      return g_error_new (TSN_ERROR, TSN_ERROR_IO,
                          _ ("The camera '%s' is not there; connect it or choose another one"),
                          name);
    default:
      return g_error_new (TSN_ERROR, TSN_ERROR_IO, _ ("The camera '%s' cannot be used: %s"), name,
                          words);
    }
}

/**
 * tsn_frame_problem_explain:
 * @problem: what tsn_frame_problem_find() found, or what is known better
 *
 * Returns: (transfer full): one sentence that names the camera or file.
 */
GError *
tsn_frame_problem_explain (const TsnFrameTrouble *trouble, TsnFrameSourceProblem problem)
{
  const char *name = trouble->origin->name;
  g_autofree char *words = get_words (trouble->reason);

  if (problem == TSN_FRAME_SOURCE_PROBLEM_PLUGIN)
    return g_error_new (TSN_ERROR, TSN_ERROR_IO,
                        _ ("'%s' needs a GStreamer plugin that is not installed: %s"), name,
                        trouble->plugin != NULL ? trouble->plugin : words);
  if (trouble->origin->kind == TSN_FRAME_ORIGIN_CAMERA)
    return explain_camera (trouble, problem);
  if (problem == TSN_FRAME_SOURCE_PROBLEM_MISSING)
    return g_error_new (TSN_ERROR, TSN_ERROR_IO, _ ("Cannot open '%s': %s"), name,
                        g_strerror (ENOENT));
  if (problem == TSN_FRAME_SOURCE_PROBLEM_REFUSED)
    return g_error_new (TSN_ERROR, TSN_ERROR_IO, _ ("Cannot open '%s': %s"), name,
                        g_strerror (EACCES));
  if (problem == TSN_FRAME_SOURCE_PROBLEM_FORMAT && !trouble->running)
    return g_error_new (TSN_ERROR, TSN_ERROR_FORMAT, _ ("'%s' is not a video: %s"), name,
                        has_no_picture (trouble) ? _ ("it has no pictures") : words);
  if (problem == TSN_FRAME_SOURCE_PROBLEM_FORMAT)
    return g_error_new (TSN_ERROR, TSN_ERROR_FORMAT, _ ("'%s' is damaged: %s"), name, words);
  return g_error_new (TSN_ERROR, TSN_ERROR_IO, _ ("'%s' cannot be played: %s"), name, words);
}

/**
 * tsn_frame_problem_get_detail:
 *
 * Returns: (transfer full) (nullable): the part of the sentence that is GStreamer's, if it says
 *   more than the kind of problem does.
 */
char *
tsn_frame_problem_get_detail (const TsnFrameTrouble *trouble)
{
  if (trouble->plugin != NULL)
    return g_strdup (trouble->plugin);
  return has_no_picture (trouble) ? NULL : get_words (trouble->reason);
}

/**
 * tsn_frame_problem_unplugged:
 *
 * Returns: (transfer full): that a camera went away.
 */
GError *
tsn_frame_problem_unplugged (const TsnFrameOrigin *origin)
{
  return g_error_new (TSN_ERROR, TSN_ERROR_IO,
                      _ ("The camera '%s' was unplugged; connect it again or choose another one"),
                      origin->name);
}
