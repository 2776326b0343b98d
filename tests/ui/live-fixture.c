#include "live-fixture.h"

#include "fake-camera.h"
#include "ui/tsn-live-page.h"

void
live_set_up (LiveFixture *fixture, gconstpointer data)
{
  studio_set_up (&fixture->studio, NULL);
  fixture->live = tsn_document_get_live (fixture->studio.document);
  g_assert_true (ui_wait (studio_is_ready, fixture->studio.document));
}

static gboolean
is_all_closed (gpointer data)
{
  return fake_camera_get_n_open () == 0;
}

void
live_tear_down (LiveFixture *fixture, gconstpointer data)
{
  studio_tear_down (&fixture->studio, NULL);
  g_assert_true (ui_wait (is_all_closed, NULL));
}

typedef struct
{
  TsnLive *live;
  TsnLiveStatus status;
} Expected;

static gboolean
has_status (gpointer data)
{
  const Expected *expected = data;

  return tsn_live_get_status (expected->live) == expected->status;
}

void
live_wait_for (LiveFixture *fixture, TsnLiveStatus status)
{
  Expected expected = { fixture->live, status };

  if (!ui_wait (has_status, &expected))
    g_error ("the status is %d, not %d", tsn_live_get_status (fixture->live), status);
}

gboolean
live_shows_frame (gpointer document)
{
  return tsn_document_shows_frame (document);
}

typedef struct
{
  guint wanted;
  guint photos;
} Count;

static void
count_cb (Count *count)
{
  count->photos++;
}

static gboolean
is_enough (gpointer data)
{
  const Count *count = data;

  return count->photos >= count->wanted;
}

/* Waits until the window has shown some more photos. */
void
live_wait_for_frames (LiveFixture *fixture, guint n)
{
  Count count = { n, 0 };
  gulong handler = g_signal_connect_swapped (fixture->studio.document, "photo-changed",
                                             G_CALLBACK (count_cb), &count);

  g_assert_true (ui_wait (is_enough, &count));
  g_signal_handler_disconnect (fixture->studio.document, handler);
}

void
live_play_pattern (LiveFixture *fixture, const TsnTestPattern *pattern)
{
  tsn_live_open_source (fixture->live, tsn_frame_source_new_pattern (pattern), TSN_LIVE_VIDEO);
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  g_assert_true (ui_wait (live_shows_frame, fixture->studio.document));
}

void
live_open_path (LiveFixture *fixture, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  tsn_window_open (fixture->studio.window, file);
}

/* What the window shows now, by its name. */
const char *
live_get_page (LiveFixture *fixture)
{
  GtkWidget *page = studio_find (fixture->studio.window, TSN_TYPE_LIVE_PAGE);

  return gtk_stack_get_visible_child_name (
      GTK_STACK (gtk_widget_get_ancestor (page, GTK_TYPE_STACK)));
}
