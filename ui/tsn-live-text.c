#include "ui/tsn-live-text.h"

#include "core/capture/tsn-camera-portal.h"

#include <glib/gi18n.h>

static gboolean
is_camera (TsnLive *live)
{
  return tsn_live_get_kind (live) == TSN_LIVE_CAMERA;
}

static TsnFrameSourceProblem
get_problem (TsnLive *live)
{
  return tsn_frame_source_get_problem (tsn_live_get_source (live));
}

static const char *
get_problem_title (TsnLive *live)
{
  switch (get_problem (live))
    {
    case TSN_FRAME_SOURCE_PROBLEM_MISSING:
      return is_camera (live) ? _ ("The Camera Is Not There") : _ ("The Video Is Not There");
    case TSN_FRAME_SOURCE_PROBLEM_REFUSED:
      return is_camera (live) ? _ ("No Permission for the Camera")
                              : _ ("No Permission for the Video");
    case TSN_FRAME_SOURCE_PROBLEM_BUSY:
      return _ ("The Camera Is in Use");
    case TSN_FRAME_SOURCE_PROBLEM_UNPLUGGED:
      return _ ("The Camera Was Unplugged");
    case TSN_FRAME_SOURCE_PROBLEM_PLUGIN:
      return _ ("A Plugin Is Missing");
    case TSN_FRAME_SOURCE_PROBLEM_FORMAT:
    case TSN_FRAME_SOURCE_PROBLEM_OTHER:
    case TSN_FRAME_SOURCE_PROBLEM_NONE:
    default:
      return is_camera (live) ? _ ("The Camera Gives No Pictures")
                              : _ ("This Video Cannot Be Played");
    }
}

/**
 * tsn_live_text_title:
 *
 * Returns: (transfer none): what is going on, as a title.
 */
const char *
tsn_live_text_title (TsnLive *live)
{
  switch (tsn_live_get_status (live))
    {
    case TSN_LIVE_SEARCHING:
      return _ ("Looking for a Camera");
    case TSN_LIVE_NO_CAMERA:
      return _ ("No Camera Found");
    case TSN_LIVE_NOT_ALLOWED:
      return _ ("No Permission for the Camera");
    case TSN_LIVE_STARTING:
      return is_camera (live) ? _ ("Starting the Camera") : _ ("Opening the Video");
    case TSN_LIVE_FAILED:
      return get_problem_title (live);
    case TSN_LIVE_OFF:
    case TSN_LIVE_RUNNING:
    case TSN_LIVE_FROZEN:
    case TSN_LIVE_ENDED:
    default:
      return "";
    }
}

/* A sentence with the name of a camera in it. */
static const char *
choose_camera_words (TsnFrameSourceProblem problem)
{
  switch (problem)
    {
    case TSN_FRAME_SOURCE_PROBLEM_REFUSED:
      return _ ("Allow it in the privacy settings of the system, then try again.");
    case TSN_FRAME_SOURCE_PROBLEM_BUSY:
      /* Translators: %s is the name of a camera. */
      return _ ("Another program uses “%s”. End that, then try again.");
    case TSN_FRAME_SOURCE_PROBLEM_UNPLUGGED:
      /* Translators: %s is the name of a camera. */
      return _ ("Plug “%s” in again, and it goes on.");
    case TSN_FRAME_SOURCE_PROBLEM_MISSING:
      /* Translators: %s is the name of a camera. */
      return _ ("Connect “%s”, then try again.");
    case TSN_FRAME_SOURCE_PROBLEM_PLUGIN:
      /* Translators: %s is the name of a camera or of a video. */
      return _ ("“%s” needs a plugin of GStreamer that is not installed.");
    case TSN_FRAME_SOURCE_PROBLEM_FORMAT:
    case TSN_FRAME_SOURCE_PROBLEM_OTHER:
    case TSN_FRAME_SOURCE_PROBLEM_NONE:
    default:
      /* Translators: %s is the name of a camera. */
      return _ ("“%s” is connected, but cannot be used. Plug it in anew, then try again.");
    }
}

/* A sentence with the name of a video in it. */
static const char *
choose_video_words (TsnFrameSourceProblem problem)
{
  switch (problem)
    {
    case TSN_FRAME_SOURCE_PROBLEM_MISSING:
      /* Translators: %s is the name of a video. */
      return _ ("“%s” is not where it was. It may have been moved or renamed.");
    case TSN_FRAME_SOURCE_PROBLEM_REFUSED:
      /* Translators: %s is the name of a video. */
      return _ ("You may not read “%s”. Change the permissions of the file, then try again.");
    case TSN_FRAME_SOURCE_PROBLEM_PLUGIN:
      /* Translators: %s is the name of a camera or of a video. */
      return _ ("“%s” needs a plugin of GStreamer that is not installed.");
    case TSN_FRAME_SOURCE_PROBLEM_FORMAT:
      /* Translators: %s is the name of a video. */
      return _ ("“%s” is no video, or it is damaged.");
    case TSN_FRAME_SOURCE_PROBLEM_BUSY:
    case TSN_FRAME_SOURCE_PROBLEM_UNPLUGGED:
    case TSN_FRAME_SOURCE_PROBLEM_OTHER:
    case TSN_FRAME_SOURCE_PROBLEM_NONE:
    default:
      /* Translators: %s is the name of a video. */
      return _ ("“%s” could not be read to its end.");
    }
}

/* What is known about the kind of problem is in our words; the rest is in GStreamer's. */
static char *
describe_problem (TsnLive *live)
{
  TsnFrameSourceProblem problem = get_problem (live);
  g_autofree char *name = tsn_live_get_name (live);
  g_auto (GStrv) parts = g_strsplit (
      is_camera (live) ? choose_camera_words (problem) : choose_video_words (problem), "%s", -1);
  g_autofree char *sentence = g_strjoinv (name, parts);
  GString *text = g_string_new (sentence);
  const char *detail = tsn_frame_source_get_detail (tsn_live_get_source (live));
  gboolean known = problem != TSN_FRAME_SOURCE_PROBLEM_PLUGIN
                   && problem != TSN_FRAME_SOURCE_PROBLEM_FORMAT
                   && problem != TSN_FRAME_SOURCE_PROBLEM_OTHER;

  if (detail != NULL && !known)
    {
      g_string_append_c (text, ' ');
      /* Translators: %s is what another program said, perhaps in English. */
      g_string_append_printf (text, _ ("(GStreamer: %s)"), detail);
    }
  if (is_camera (live) && tsn_live_has_other_cameras (live))
    g_string_append_printf (text, " %s", _ ("Or choose another camera."));
  return g_string_free (text, FALSE);
}

/**
 * tsn_live_text_description:
 *
 * Returns: (transfer full): what a person can do about it.
 */
char *
tsn_live_text_description (TsnLive *live)
{
  switch (tsn_live_get_status (live))
    {
    case TSN_LIVE_NO_CAMERA:
      return g_strdup (_ ("Plug one in, and it is used as soon as it is there."));
    case TSN_LIVE_NOT_ALLOWED:
      return g_strdup (_ ("Allow it in the privacy settings of the system, then try again."));
    case TSN_LIVE_FAILED:
      return describe_problem (live);
    case TSN_LIVE_OFF:
    case TSN_LIVE_SEARCHING:
    case TSN_LIVE_STARTING:
    case TSN_LIVE_RUNNING:
    case TSN_LIVE_FROZEN:
    case TSN_LIVE_ENDED:
    default:
      return g_strdup ("");
    }
}

/**
 * tsn_live_text_camera:
 *
 * Returns: (transfer none): what a camera is called.  Only the portal knows which one it will give.
 */
const char *
tsn_live_text_camera (TsnCamera *camera)
{
  if (g_str_equal (tsn_camera_get_id (camera), TSN_CAMERA_PORTAL_ID))
    return _ ("Camera");
  return tsn_camera_get_name (camera);
}

/**
 * tsn_live_text_time:
 *
 * Returns: (transfer full): minutes and seconds, with hours if there are any.
 */
char *
tsn_live_text_time (gint64 nanoseconds)
{
  gint64 seconds = MAX (nanoseconds, 0) / 1000000000;
  int hours = seconds / 3600, minutes = seconds / 60 % 60;

  if (hours > 0)
    return g_strdup_printf ("%d:%02d:%02d", hours, minutes, (int) (seconds % 60));
  return g_strdup_printf ("%d:%02d", minutes, (int) (seconds % 60));
}
