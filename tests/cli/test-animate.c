/* `tsn animate`: films of a path between tasks. */
#include "tests/cli/tsn-cli-fixture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>
#include <sys/resource.h>

#include "core/figure/tsn-figure-export.h"

#define SHORT "--seconds", "0.4", "--fps", "10", "--side", "160"

static void
set_up (CliFixture *fixture, gconstpointer data)
{
  cli_fixture_set_up (fixture, data);
  cli_fixture_write_photo (fixture, "photo.png", 90, 60);
}

G_GNUC_BEGIN_IGNORE_DEPRECATIONS
static guint
count_frames (CliFixture *fixture, const char *name)
{
  g_autofree char *path = cli_fixture_path (fixture, name);
  g_autoptr (GdkPixbufAnimation) film = gdk_pixbuf_animation_new_from_file (path, NULL);
  g_autoptr (GdkPixbufAnimationIter) at = NULL;
  GTimeVal time = { 0, 0 };
  guint n = 1;

  g_assert_nonnull (film);
  at = gdk_pixbuf_animation_get_iter (film, &time);
  g_assert_cmpint (gdk_pixbuf_get_width (gdk_pixbuf_animation_iter_get_pixbuf (at)), ==, 160);
  for (; n < 100; n++)
    {
      time.tv_usec += 100 * 1000;
      /* A loop begins anew after the last frame. */
      if (time.tv_usec >= 400 * 1000 || !gdk_pixbuf_animation_iter_advance (at, &time))
        break;
    }
  return n;
}
G_GNUC_END_IGNORE_DEPRECATIONS

/* What a film carries makes the same film. */
static void
test_again (CliFixture *fixture, gconstpointer unused)
{
  static const char *const endings[] = { ".gif", ".webm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *first = g_strconcat ("first", endings[i], NULL);

      cli_fixture_run (fixture, "animate", "photo.png", "-o", first, "-t", "edge", "-t", "semseg",
                       "--readout", "edge", "--once", SHORT, NULL);
      cli_fixture_assert_written (fixture, first);
      cli_fixture_run (fixture, "animate", first, "-o", "again.gif", NULL);
      cli_fixture_assert_written (fixture, "again.gif");
      if (i == 0)
        cli_fixture_assert_same (fixture, "first.gif", "again.gif");
      g_assert_cmpuint (count_frames (fixture, "again.gif"), ==, 4);
    }
}

static void
test_pictures (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_run (fixture, "animate", "photo.png", "-o", "tour", SHORT, NULL);
  cli_fixture_assert_written (fixture, "tour");
  g_assert_cmpuint (cli_fixture_count_files (fixture, "tour"), ==, 4);
  cli_fixture_run (fixture, "animate", "tour/frame-00000.png", "-o", "more", NULL);
  cli_fixture_assert_written (fixture, "more");
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *a = g_strdup_printf ("tour/frame-%05u.png", i);
      g_autofree char *b = g_strdup_printf ("more/frame-%05u.png", i);

      cli_fixture_assert_same (fixture, a, b);
    }
  /* What is there is not thrown away. */
  cli_fixture_run (fixture, "animate", "photo.png", "-o", "tour", SHORT, NULL);
  cli_fixture_assert_fails (fixture, 1, "tour");
}

static void
test_study (CliFixture *fixture, gconstpointer unused)
{
  g_auto (TsnStudy) study = { 0 };
  const TsnStudyPoint *point;

  cli_fixture_run (fixture, "animate", "photo.png", "-o", "film.gif", "-t", "depth", "-t", "edge",
                   "--space", "codes", "--no-photo", "--no-captions", SHORT, NULL);
  cli_fixture_assert_written (fixture, "film.gif");
  cli_fixture_read_study (fixture, "film.gif", &study);
  g_assert_cmpuint (study.blend.path.points->len, ==, 2);
  point = g_ptr_array_index (study.blend.path.points, 1);
  g_assert_cmpfloat (tsn_study_get_weight (point->weights, "edge"), ==, 1);
  g_assert_cmpint (study.blend.space, ==, TSN_STUDY_CODES);
  g_assert_true (study.blend.path.loop);
  g_assert_cmpfloat (study.blend.path.duration, ==, 0.4);
  g_assert_cmpuint (study.film.side, ==, 160);
  g_assert_false (study.film.photo || study.film.captions);
  g_assert_cmpstr (study.model.path, ==, fixture->model);
  g_assert_cmpuint (strlen (study.model.sha256), ==, 64);
}

/* The line that a film carries makes the same film. */
static void
test_command (CliFixture *fixture, gconstpointer unused)
{
  g_autofree char *path = cli_fixture_path (fixture, "film.gif"), *line = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  int n;

  cli_fixture_run (fixture, "animate", "photo.png", "-o", "film.gif", "-t", "depth", "-t", "edge",
                   "--once", SHORT, NULL);
  cli_fixture_assert_written (fixture, "film.gif");
  line = tsn_figure_read_command (path, &error);
  g_assert_no_error (error);
  g_assert_true (g_shell_parse_argv (line, &n, &words, &error));
  g_test_message ("%s", line);
  g_assert_cmpstr (words[1], ==, "animate");
  g_assert_cmpint (n, ==, 18);
  g_assert_cmpstr (words[n - 2], ==, "-o");
  g_assert_cmpstr (words[n - 1], ==, "film.gif");
  cli_fixture_run (fixture, words[1], words[2], words[3], words[4], words[5], words[6], words[7],
                   words[8], words[9], words[10], words[11], words[12], words[13], words[14],
                   words[15], "-o", "second.gif", NULL);
  cli_fixture_assert_written (fixture, "second.gif");
  cli_fixture_assert_same (fixture, "film.gif", "second.gif");
}

static void
test_errors (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_run (fixture, "animate", "-o", "a.gif", NULL);
  cli_fixture_assert_fails (fixture, 2, "photo");
  cli_fixture_run (fixture, "animate", "photo.png", NULL);
  cli_fixture_assert_fails (fixture, 2, "-o");
  cli_fixture_run (fixture, "animate", "photo.png", "-o", "a.avi", NULL);
  cli_fixture_assert_fails (fixture, 2, "a.avi");
  cli_fixture_run (fixture, "animate", "photo.png", "-o", "a.gif", "-t", "colour", NULL);
  cli_fixture_assert_fails (fixture, 1, "colour");
  cli_fixture_run (fixture, "animate", "photo.png", "-o", "a.gif", "--readout", "colour", NULL);
  cli_fixture_assert_fails (fixture, 1, "colour");
  cli_fixture_run (fixture, "animate", "photo.png", "-o", "a.gif", "--seconds", "nan", NULL);
  cli_fixture_assert_fails (fixture, 2, "seconds");
  cli_fixture_run (fixture, "animate", "missing.png", "-o", "a.gif", NULL);
  cli_fixture_assert_fails (fixture, 1, "missing.png");
  cli_fixture_run (fixture, "animate", "photo.png", "-o", "nowhere/a.gif", NULL);
  cli_fixture_assert_fails (fixture, 1, "nowhere/a.gif");
  cli_fixture_run (fixture, "animate", "photo.png", "-o", "a.gif", "--fps", "60", NULL);
  cli_fixture_assert_fails (fixture, 1, "a.gif");
  /* The photo and the model are all that is there. */
  g_assert_cmpuint (cli_fixture_count_files (fixture, "."), ==, 2);
}

/* A limit on the size of files fails as a full disk does. */
static void
test_full_disk (CliFixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "film.gif", "film.webm", "film" };
  struct rlimit before, small;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 3000;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
      cli_fixture_run (fixture, "animate", "photo.png", "-o", names[i], SHORT, NULL);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
      cli_fixture_assert_fails (fixture, 1, names[i]);
      g_assert_nonnull (strstr (fixture->err, "File too large"));
      g_assert_cmpuint (cli_fixture_count_files (fixture, "."), ==, 2);
    }
}

/* An encoder that is missing is named by the package that brings it. */
static void
test_missing_encoder (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_run (fixture, "animate", "photo.png", "-o", "film.mp4", SHORT, NULL);
  if (fixture->status == 0)
    {
      g_test_skip ("an encoder for H.264 is installed");
      return;
    }
  cli_fixture_assert_fails (fixture, 1, "gstreamer1.0-plugins-ugly");
  g_assert_cmpuint (cli_fixture_count_files (fixture, "."), ==, 2);
}

static void
add (const char *path, void (*test) (CliFixture *, gconstpointer))
{
  g_test_add (path, CliFixture, NULL, set_up, test, cli_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/cli/animate/again", test_again);
  add ("/cli/animate/pictures", test_pictures);
  add ("/cli/animate/study", test_study);
  add ("/cli/animate/command", test_command);
  add ("/cli/animate/errors", test_errors);
  add ("/cli/animate/full-disk", test_full_disk);
  add ("/cli/animate/missing-encoder", test_missing_encoder);
  return g_test_run ();
}
