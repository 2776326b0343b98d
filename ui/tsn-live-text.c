#include "ui/tsn-live-text.h"

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
      return _ ("No Permission for the Camera");
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

static char *
describe_problem (TsnLive *live)
{
  const char *name = tsn_frame_source_get_name (tsn_live_get_source (live));
  const GError *error = tsn_frame_source_get_error (tsn_live_get_source (live));

  switch (get_problem (live))
    {
    case TSN_FRAME_SOURCE_PROBLEM_REFUSED:
      return g_strdup (_ ("Allow it in the privacy settings of the system, then try again."));
    case TSN_FRAME_SOURCE_PROBLEM_BUSY:
      /* Translators: %s is the name of a camera. */
      return g_strdup_printf (_ ("Another program uses “%s”. End that, then try again."), name);
    case TSN_FRAME_SOURCE_PROBLEM_UNPLUGGED:
      /* Translators: %s is the name of a camera. */
      return g_strdup_printf (_ ("Plug “%s” in again, and it goes on."), name);
    case TSN_FRAME_SOURCE_PROBLEM_MISSING:
    case TSN_FRAME_SOURCE_PROBLEM_PLUGIN:
    case TSN_FRAME_SOURCE_PROBLEM_FORMAT:
    case TSN_FRAME_SOURCE_PROBLEM_OTHER:
    case TSN_FRAME_SOURCE_PROBLEM_NONE:
    default:
      return g_strdup (error != NULL ? error->message : "");
    }
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
