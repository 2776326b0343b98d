/* Ctrl+C in the middle of many photos. */
#include "tests/cli/tsn-cli-fixture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <signal.h>

#define N_PHOTOS 500

/* Every file that is there is a whole picture; a temporary one would not end in ".png". */
static void
check_files_are_whole (CliFixture *fixture)
{
  g_autofree char *folder = cli_fixture_path (fixture, "out");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new_from_file (path, &error);

      g_assert_no_error (error);
      g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, 200);
      g_assert_true (g_str_has_suffix (name, ".png"));
    }
}

static void
test_interrupt (CliFixture *fixture, gconstpointer number)
{
  static const char *const args[] = { "run", "-o", "out", NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;
  g_autofree char *rest = NULL;
  g_autoptr (GError) error = NULL;

  cli_fixture_write_photo (fixture, "photo.png", 200, 150);
  process = cli_fixture_start_many (fixture, args, "photo.png", N_PHOTOS);

  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  line = g_data_input_stream_read_line (lines, NULL, NULL, NULL); /* it is at work */
  g_assert_cmpstr (line, ==, "out/photo.semseg.png");
  g_subprocess_send_signal (process, GPOINTER_TO_INT (number));
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &rest, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  g_assert_true (g_str_has_prefix (rest, "tsn: "));
  g_assert_cmpuint (cli_fixture_count_files (fixture, "out"), >=, 1);
  g_assert_cmpuint (cli_fixture_count_files (fixture, "out"), <, 6 * N_PHOTOS);
  check_files_are_whole (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/cli/interrupt/sigint", CliFixture, GINT_TO_POINTER (SIGINT), cli_fixture_set_up,
              test_interrupt, cli_fixture_tear_down);
  g_test_add ("/cli/interrupt/sigterm", CliFixture, GINT_TO_POINTER (SIGTERM), cli_fixture_set_up,
              test_interrupt, cli_fixture_tear_down);
  return g_test_run ();
}
