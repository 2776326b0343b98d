/* What `tsn` says to bad input: one sentence, the right exit status, nothing left behind. */
#include "tests/cli/tsn-cli-fixture.h"

#include <string.h>

static void
test_no_verb (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_run (fixture, NULL);
  cli_fixture_assert_fails (fixture, 2, "verb");
}

static void
test_unknown_verb (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_run (fixture, "dance", NULL);
  cli_fixture_assert_fails (fixture, 2, "dance");
}

static void
test_unknown_option (CliFixture *fixture, gconstpointer unused)
{
  const char *verbs[] = { "run", "info", "params", "convert", "export" };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      cli_fixture_run (fixture, verbs[i], "--wrong", NULL);
      cli_fixture_assert_fails (fixture, 2, "--wrong");
    }
}

static void
test_bad_numbers (CliFixture *fixture, gconstpointer unused)
{
  const char *sizes[] = { "31", "-5", "2049", "x", "99999999999" };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      cli_fixture_run (fixture, "run", "-s", sizes[i], "a.png", NULL);
      cli_fixture_assert_fails (fixture, 2, sizes[i]);
    }
  cli_fixture_run (fixture, "run", "--threads=-1", "a.png", NULL);
  cli_fixture_assert_fails (fixture, 2, "-1");
  cli_fixture_run (fixture, "run", NULL);
  cli_fixture_assert_fails (fixture, 2, "photo");
  cli_fixture_run (fixture, "convert", "a", NULL);
  cli_fixture_assert_fails (fixture, 2, "file");
}

/* Runs one unreadable photo and checks that nothing was written. */
static void
check_bad_photo (CliFixture *fixture, const char *name)
{
  cli_fixture_run (fixture, "run", "-o", "out", name, NULL);
  cli_fixture_assert_fails (fixture, 1, name);
  g_assert_cmpuint (cli_fixture_count_files (fixture, "out"), ==, 0);
}

static void
test_missing_photo (CliFixture *fixture, gconstpointer unused)
{
  check_bad_photo (fixture, "nowhere.jpg");
  check_bad_photo (fixture, "."); /* a folder is not a photo either */
}

static void
test_empty_photo (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_write (fixture, "empty.png", "", 0);
  check_bad_photo (fixture, "empty.png");
}

static void
test_no_photo_at_all (CliFixture *fixture, gconstpointer unused)
{
  const char text[] = "Dear diary, today I was taken for a photo.\n";

  cli_fixture_write (fixture, "text.jpg", text, strlen (text));
  check_bad_photo (fixture, "text.jpg");
}

static void
test_truncated_photo (CliFixture *fixture, gconstpointer unused)
{
  g_autofree char *whole = cli_fixture_path (fixture, "whole.png");
  g_autofree char *bytes = NULL;
  size_t n;

  cli_fixture_write_photo (fixture, "whole.png", 90, 70);
  g_assert_true (g_file_get_contents (whole, &bytes, &n, NULL));
  cli_fixture_write (fixture, "half.png", bytes, n / 2);
  check_bad_photo (fixture, "half.png");
}

static void
test_the_others_go_on (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_write_photo (fixture, "a.png", 40, 30);
  cli_fixture_write_photo (fixture, "b.png", 40, 30);
  cli_fixture_run (fixture, "run", "-t", "edge", "-o", "out", "a.png", "gone.png", "b.png", NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  g_assert_nonnull (strstr (fixture->err, "gone.png"));
  g_assert_cmpuint (cli_fixture_count_files (fixture, "out"), ==, 2);
}

static void
test_unwritable_folder (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_write_photo (fixture, "a.png", 40, 30);
  cli_fixture_write (fixture, "file", "x", 1);
  cli_fixture_run (fixture, "run", "-o", "file/out", "a.png", NULL);
  cli_fixture_assert_fails (fixture, 1, "file/out");
  cli_fixture_run (fixture, "run", "-o", "file", "a.png", NULL);
  cli_fixture_assert_fails (fixture, 1, "file");
}

/* A folder where a result should go: the file cannot be put there. */
static void
test_blocked_output (CliFixture *fixture, gconstpointer unused)
{
  g_autofree char *block = cli_fixture_path (fixture, "out/a.edge.png");

  cli_fixture_write_photo (fixture, "a.png", 40, 30);
  g_assert_cmpint (g_mkdir_with_parents (block, 0777), ==, 0);
  cli_fixture_run (fixture, "run", "-t", "edge", "-o", "out", "a.png", NULL);
  cli_fixture_assert_fails (fixture, 1, "a.edge.png");
  g_assert_cmpuint (cli_fixture_count_files (fixture, "out"), ==, 1);
}

static void
test_unknown_task (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_write_photo (fixture, "a.png", 40, 30);
  cli_fixture_run (fixture, "run", "-t", "edge", "-t", "taste", "a.png", NULL);
  cli_fixture_assert_fails (fixture, 1, "taste");
  g_assert_nonnull (strstr (fixture->err, "semseg")); /* it says what there is */
}

static void
test_broken_model (CliFixture *fixture, gconstpointer unused)
{
  g_autofree char *bytes = NULL;
  size_t n;

  cli_fixture_write_photo (fixture, "a.png", 40, 30);
  g_assert_true (g_file_get_contents (fixture->model, &bytes, &n, NULL));
  cli_fixture_write (fixture, "broken.safetensors", bytes, n - 100);
  cli_fixture_run (fixture, "run", "-m", "broken.safetensors", "a.png", NULL);
  cli_fixture_assert_fails (fixture, 1, "broken.safetensors");
  cli_fixture_run (fixture, "info", "broken.safetensors", NULL);
  cli_fixture_assert_fails (fixture, 1, "broken.safetensors");
  cli_fixture_run (fixture, "convert", "broken.safetensors", "new.safetensors", NULL);
  cli_fixture_assert_fails (fixture, 1, "broken.safetensors");
  cli_fixture_run (fixture, "info", "nowhere.safetensors", NULL);
  cli_fixture_assert_fails (fixture, 1, "nowhere.safetensors");
  g_assert_cmpuint (cli_fixture_count_files (fixture, "."), ==, 3);
}

/* A model that prefers more pixels than fit into memory is stopped before it tries. */
static void
test_enormous_size (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_write_photo (fixture, "a.png", 40, 30);
  cli_fixture_write_model (fixture->model, 8192);
  cli_fixture_run (fixture, "run", "-o", "out", "a.png", NULL);
  cli_fixture_assert_fails (fixture, 1, "8192");
  g_assert_cmpuint (cli_fixture_count_files (fixture, "out"), ==, 0);
  cli_fixture_run (fixture, "run", "-t", "edge", "-s", "32", "-o", "out", "a.png", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/cli/errors/" name, CliFixture, NULL, cli_fixture_set_up, func,                     \
              cli_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("no-verb", test_no_verb);
  ADD ("unknown-verb", test_unknown_verb);
  ADD ("unknown-option", test_unknown_option);
  ADD ("bad-numbers", test_bad_numbers);
  ADD ("missing-photo", test_missing_photo);
  ADD ("empty-photo", test_empty_photo);
  ADD ("no-photo-at-all", test_no_photo_at_all);
  ADD ("truncated-photo", test_truncated_photo);
  ADD ("the-others-go-on", test_the_others_go_on);
  ADD ("unwritable-folder", test_unwritable_folder);
  ADD ("blocked-output", test_blocked_output);
  ADD ("unknown-task", test_unknown_task);
  ADD ("broken-model", test_broken_model);
  ADD ("enormous-size", test_enormous_size);
  return g_test_run ();
}
