#include "capture-fixture.h"

#include <glib/gstdio.h>
#include <gst/gst.h>

#include "core/base/tsn-error.h"

/* After how many seconds a test no longer believes that something will happen. */
#define PATIENCE 30

static gboolean
set_true_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the default context until @condition holds; %FALSE if it never did. */
gboolean
capture_wait (CaptureCondition condition, gpointer data)
{
  gboolean late = FALSE;
  guint timer = g_timeout_add_seconds (PATIENCE, set_true_cb, &late);

  while (!late && !condition (data))
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (timer);
  return !late;
}

typedef struct
{
  TsnFrameSource *source;
  TsnFrameSourceState state;
} Expected;

static gboolean
has_state (gpointer data)
{
  const Expected *expected = data;

  return tsn_frame_source_get_state (expected->source) == expected->state;
}

void
capture_wait_for_state (TsnFrameSource *source, TsnFrameSourceState state)
{
  Expected expected = { source, state };

  capture_wait (has_state, &expected);
  if (state != TSN_FRAME_SOURCE_FAILED && tsn_frame_source_get_error (source) != NULL)
    g_test_message ("%s", tsn_frame_source_get_error (source)->message);
  g_assert_cmpint (tsn_frame_source_get_state (source), ==, state);
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

static void
frame_cb (TsnFrameSource *source, gboolean *came)
{
  *came = TRUE;
}

/* Waits for the next signal of a frame. */
void
capture_wait_for_frame (TsnFrameSource *source)
{
  gboolean came = FALSE;
  gulong handler = g_signal_connect (source, "frame", G_CALLBACK (frame_cb), &came);

  g_assert_true (capture_wait (is_set, &came));
  g_signal_handler_disconnect (source, handler);
}

typedef struct
{
  TsnFrameSource *source;
  gint64 time;
} Moment;

static gboolean
is_there (gpointer data)
{
  const Moment *moment = data;

  return tsn_frame_source_get_position (moment->source) == moment->time;
}

/* Waits for the signal of the frame at @time, unless that came last. */
void
capture_wait_for_position (TsnFrameSource *source, gint64 time)
{
  Moment moment = { source, time };

  capture_wait (is_there, &moment);
  g_assert_cmpint (tsn_frame_source_get_position (source), ==, time);
}

void
capture_run_for (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, set_true_cb, &over);
  g_assert_true (capture_wait (is_set, &over));
}

char *
capture_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("tsn-capture-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

/* With all that is in it; frees the name. */
void
capture_remove_folder (char *folder)
{
  GDir *entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (entries)) != NULL)
    {
      char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        capture_remove_folder (path);
      else
        {
          g_unlink (path);
          g_free (path);
        }
    }
  g_dir_close (entries);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
}

guint
capture_count_files (const char *folder)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (entries) != NULL)
    n++;
  return n;
}

/* Runs a pipeline of gst-launch to its end. */
void
capture_launch (const char *format, ...)
{
  g_autofree char *description = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;
  va_list args;

  va_start (args, format);
  description = g_strdup_vprintf (format, args);
  va_end (args);
  gst_init (NULL, NULL);
  pipeline = gst_parse_launch (description, &error);
  g_assert_no_error (error);
  gst_object_ref_sink (pipeline);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, PATIENCE * GST_SECOND,
                                        GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
}

/* That a source fails for a reason, with a sentence that begins as @sentence does. */
void
capture_assert_failed (TsnFrameSource *source, TsnFrameSourceProblem problem, const char *sentence)
{
  const GError *error;

  capture_wait_for_state (source, TSN_FRAME_SOURCE_FAILED);
  error = tsn_frame_source_get_error (source);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_cmpint (tsn_frame_source_get_problem (source), ==, problem);
  g_assert_cmpstr (g_quark_to_string (error->domain), ==, g_quark_to_string (TSN_ERROR));
  g_assert_true (g_str_has_prefix (error->message, sentence));
  g_assert_null (strchr (error->message, '\n'));
}
