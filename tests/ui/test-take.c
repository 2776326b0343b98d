/* Takes: what a camera or a video shows, recorded with its results. */
#include "live-fixture.h"

#include "core/figure/tsn-figure-export.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

/* Takes are written into the home folder where there is none for videos. */
static char *
find_take (const char *suffix)
{
  const char *videos = g_get_user_special_dir (G_USER_DIRECTORY_VIDEOS);
  const char *folder
      = videos != NULL && g_file_test (videos, G_FILE_TEST_IS_DIR) ? videos : g_get_home_dir ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "TSN ") && g_str_has_suffix (name, suffix))
      return g_build_filename (folder, name, NULL);
  return NULL;
}

static gboolean
says_where (gpointer window)
{
  return studio_find_label (window, "The take is in") != NULL;
}

static void
record (LiveFixture *fixture, gboolean on)
{
  g_action_group_change_action_state (G_ACTION_GROUP (fixture->studio.window), "record",
                                      g_variant_new_boolean (on));
}

/* Photo and tasks side by side, for as long as they were to be seen, and where from. */
static void
test_records_a_take (LiveFixture *fixture, gconstpointer data)
{
  TsnTestPattern pattern = { .width = 96, .height = 64, .fps = 30, .kind = "ball" };
  g_autofree char *path = NULL;
  g_auto (TsnStudy) study = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (
      g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->studio.window), "record"));
  live_play_pattern (fixture, &pattern);
  record (fixture, TRUE);
  live_wait_for_frames (fixture, 6);
  record (fixture, FALSE);
  g_assert_true (ui_wait (says_where, fixture->studio.window));
  path = find_take (".webm");
  g_assert_nonnull (path);
  tsn_study_init (&study);
  g_assert_true (tsn_figure_read_study (&study, path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (study.source.kind, ==, TSN_STUDY_VIDEO);
  g_assert_cmpstr (study.model.path, ==, fixture->studio.files.model);
  live_open_path (fixture, path);
  live_wait_for (fixture, TSN_LIVE_RUNNING);
  g_assert_true (ui_wait (live_shows_frame, fixture->studio.document));
  g_assert_cmpint (g_remove (path), ==, 0);
}

static gboolean
says_full (gpointer window)
{
  return studio_find_label (window, "File too large") != NULL;
}

/* A limit on the size of files fails as a full disk does. */
static void
test_records_until_the_disk_is_full (LiveFixture *fixture, gconstpointer data)
{
  TsnTestPattern pattern = { .width = 96, .height = 64, .fps = 30, .kind = "ball" };
  g_autofree char *path = NULL;
  g_autoptr (GVariant) state = NULL;
  struct rlimit before, small;

  signal (SIGXFSZ, SIG_IGN);
  g_settings_set_string (fixture->studio.settings, "take-format", "gif");
  live_play_pattern (fixture, &pattern);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 4000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  record (fixture, TRUE);
  g_assert_true (ui_wait (says_full, fixture->studio.window));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  state = g_action_group_get_action_state (G_ACTION_GROUP (fixture->studio.window), "record");
  g_assert_false (g_variant_get_boolean (state));
  path = find_take (".gif");
  g_assert_null (path);
}

static void
add_tests (void)
{
  g_test_add ("/live/take", LiveFixture, NULL, live_set_up, test_records_a_take, live_tear_down);
  g_test_add ("/live/take/full-disk", LiveFixture, NULL, live_set_up,
              test_records_until_the_disk_is_full, live_tear_down);
}

int
main (int argc, char **argv)
{
  return studio_run (argc, argv, add_tests);
}
