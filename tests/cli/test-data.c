/* `tsn data`: drawing a data set and checking it. */
#include "tests/cli/tsn-cli-fixture.h"

#include <string.h>

static void
assert_contains (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("'%s' is not in '%s'", part, text);
}

static void
draw_set (CliFixture *fixture)
{
  cli_fixture_run (fixture, "data", "scenes", "rooms", "-n", "6", "-s", "32x24", "--samples", "1",
                   NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpstr (fixture->err, ==, "");
}

/* What is drawn passes the check, which counts it. */
static void
test_scenes_and_check (CliFixture *fixture, gconstpointer unused)
{
  static const char *const tasks[]
      = { "semseg", "human_parts", "edge", "saliency", "normals", "depth" };

  draw_set (fixture);
  cli_fixture_run (fixture, "data", "check", "-c", "semseg=21", "-c", "human_parts=7", "rooms",
                   NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_contains (fixture->out, "rooms (folder layout): all is well");
  assert_contains (fixture->out, "5 photos");
  assert_contains (fixture->out, "1 photos");
  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    assert_contains (fixture->out, tasks[i]);
  /* A folder of data sets stands for them. */
  cli_fixture_run (fixture, "data", "check", ".", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  assert_contains (fixture->out, "rooms (folder layout): all is well");
}

/* The same seed draws the same rooms. */
static void
test_seeds (CliFixture *fixture, gconstpointer unused)
{
  g_autofree char *first = NULL;

  draw_set (fixture);
  cli_fixture_run (fixture, "data", "check", "rooms", NULL);
  first = g_strdup (fixture->out);
  draw_set (fixture);
  cli_fixture_run (fixture, "data", "check", "rooms", NULL);
  g_assert_cmpstr (fixture->out, ==, first);
}

static void
test_problems (CliFixture *fixture, gconstpointer unused)
{
  draw_set (fixture);
  cli_fixture_write (fixture, "rooms/depth/0002.png", "cut", 3);
  cli_fixture_run (fixture, "data", "check", "rooms", NULL);
  g_assert_cmpint (fixture->status, ==, 1);
  g_assert_cmpstr (fixture->err, ==, "");
  assert_contains (fixture->out, "something is wrong");
  assert_contains (fixture->out, "1 broken");
  assert_contains (fixture->out, "rooms/depth/0002.png");
}

static void
test_bad_requests (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_run (fixture, "data", NULL);
  cli_fixture_assert_fails (fixture, 2, "verb");
  cli_fixture_run (fixture, "data", "dance", NULL);
  cli_fixture_assert_fails (fixture, 2, "dance");
  cli_fixture_run (fixture, "data", "check", NULL);
  cli_fixture_assert_fails (fixture, 2, "folder");
  cli_fixture_run (fixture, "data", "check", "--wrong", NULL);
  cli_fixture_assert_fails (fixture, 2, "--wrong");
  cli_fixture_run (fixture, "data", "check", "nowhere", NULL);
  cli_fixture_assert_fails (fixture, 1, "nowhere");
  cli_fixture_run (fixture, "data", "check", "-c", "semseg=many", ".", NULL);
  cli_fixture_assert_fails (fixture, 2, "semseg=many");
  cli_fixture_run (fixture, "data", "scenes", NULL);
  cli_fixture_assert_fails (fixture, 2, "folder");
  cli_fixture_run (fixture, "data", "scenes", "-s", "640", "rooms", NULL);
  cli_fixture_assert_fails (fixture, 2, "640");
  cli_fixture_run (fixture, "data", "scenes", "-n", "0", "rooms", NULL);
  cli_fixture_assert_fails (fixture, 2, "1 to 9999");
}

static void
test_unwritable (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_write (fixture, "file", "x", 1);
  cli_fixture_run (fixture, "data", "scenes", "file", "-n", "1", "-s", "16x16", "--samples", "1",
                   NULL);
  cli_fixture_assert_fails (fixture, 1, "file");
}

#define ADD(name, func)                                                                            \
  g_test_add ("/cli/data/" name, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("scenes-and-check", test_scenes_and_check);
  ADD ("seeds", test_seeds);
  ADD ("problems", test_problems);
  ADD ("bad-requests", test_bad_requests);
  ADD ("unwritable", test_unwritable);
  return g_test_run ();
}
