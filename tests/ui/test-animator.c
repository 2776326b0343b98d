/* Films of the blend's path: chosen, shown, written, stopped, by control and by key. */
#include "export-fixture.h"
#include "loop-watch.h"

#include "core/figure/tsn-figure-export.h"
#include "ui/tsn-animator.h"

/* A frame at 60 Hz, in seconds. */
#define LONGEST_TURN 0.016

/* Under sanitizers everything takes several times as long. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SLOWNESS 10
#else
#define SLOWNESS 1
#endif

static void
set_up (ExportFixture *fixture, gconstpointer data)
{
  export_fixture_set_up (fixture, TSN_TYPE_ANIMATOR, "win.animate");
}

static void
tear_down (ExportFixture *fixture, gconstpointer data)
{
  export_fixture_tear_down (fixture);
}

static void
set_number (ExportFixture *fixture, const char *title, double value)
{
  gtk_spin_button_set_value (export_fixture_find_control (fixture, title), value);
}

static void
choose_small (ExportFixture *fixture)
{
  export_fixture_choose (fixture, "Longer _side", 0);
  set_number (fixture, "Secon_ds", 1);
  set_number (fixture, "F_rames a second", 8);
}

/* The film carries what is shown: the path of the window, and what was chosen here. */
static void
check_study (ExportFixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->out, name, NULL);
  g_auto (TsnStudy) study = { 0 };
  g_autoptr (GError) error = NULL;

  tsn_study_init (&study);
  g_assert_true (tsn_figure_read_study (&study, path, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (study.blend.path.points->len, ==, 2);
  g_assert_cmpfloat (study.blend.path.duration, ==, 1);
  g_assert_cmpuint (study.film.fps, ==, 8);
  g_assert_cmpuint (study.film.side, ==, 480);
  g_assert_cmpstr (study.model.path, ==, fixture->studio.files.model);
  g_assert_cmpstr (study.source.path, ==, fixture->studio.files.photo);
}

static void
test_writes_films (ExportFixture *fixture, gconstpointer data)
{
  TsnBlend *blend = tsn_document_get_blend (fixture->studio.document);

  tsn_blend_set_task (blend, 2);
  studio_activate (&fixture->studio, "win.blend-add-point", -1);
  tsn_blend_set_task (blend, 0);
  studio_activate (&fixture->studio, "win.blend-add-point", -1);
  export_fixture_open (fixture);
  choose_small (fixture);
  export_fixture_write (fixture, "a.webm");
  check_study (fixture, "a.webm");
  export_fixture_choose (fixture, "_Format", 2);
  export_fixture_write (fixture, "a.gif");
  check_study (fixture, "a.gif");
  export_fixture_choose (fixture, "_Format", 3);
  export_fixture_write (fixture, "frames");
  check_study (fixture, "frames/frame-00000.png");
  g_assert_cmpuint (export_fixture_count_files (fixture), ==, 3);
}

static void
test_asks_where (ExportFixture *fixture, gconstpointer data)
{
  export_fixture_open (fixture);
  choose_small (fixture);
  export_fixture_write_by_chooser (fixture, "film", ".webm");
}

static gboolean
has_path (gpointer blend)
{
  return tsn_blend_path_get_n_points (tsn_blend_get_path (blend)) == 1;
}

/* A GIF or PNG film that is opened shows what it shows, with the path that it was made of. */
static void
test_opens_a_film (ExportFixture *fixture, gconstpointer data)
{
  TsnBlend *blend = tsn_document_get_blend (fixture->studio.document);
  g_autofree char *path = g_build_filename (fixture->out, "a.gif", NULL);
  g_autoptr (GFile) film = g_file_new_for_path (path);

  tsn_blend_set_task (blend, 2);
  studio_activate (&fixture->studio, "win.blend-add-point", -1);
  tsn_blend_path_set_loop (tsn_blend_get_path (blend), FALSE);
  export_fixture_open (fixture);
  choose_small (fixture);
  export_fixture_choose (fixture, "_Format", 2);
  export_fixture_write (fixture, "a.gif");
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  studio_activate (&fixture->studio, "win.blend-clear-path", -1);
  tsn_blend_path_set_loop (tsn_blend_get_path (blend), TRUE);
  tsn_window_open (fixture->studio.window, film);
  g_assert_true (ui_wait (has_path, blend));
  g_assert_cmpfloat (tsn_blend_path_get_point (tsn_blend_get_path (blend), 0)[2], ==, 1);
  g_assert_false (tsn_blend_path_get_loop (tsn_blend_get_path (blend)));
  g_assert_cmpfloat (tsn_blend_path_get_duration (tsn_blend_get_path (blend)), ==, 1);
}

static void
test_shows_what_is_chosen (ExportFixture *fixture, gconstpointer data)
{
  double beside;

  export_fixture_open (fixture);
  beside = export_fixture_get_aspect (fixture);
  gtk_switch_set_active (export_fixture_find_control (fixture, "_Photo beside it"), FALSE);
  export_fixture_settle (fixture);
  g_assert_cmpfloat (beside, >, 1.4 * export_fixture_get_aspect (fixture));
}

static void
test_says_that_the_disk_is_full (ExportFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "a.webm", "a.mp4", "a.gif", "frames" };

  export_fixture_open (fixture);
  choose_small (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (i == 1)
        continue; /* for which there may be no encoder */
      export_fixture_choose (fixture, "_Format", i);
      export_fixture_settle (fixture);
      export_fixture_write_to_full_disk (fixture, names[i], names[i], 4000);
    }
}

static void
test_stops (ExportFixture *fixture, gconstpointer data)
{
  export_fixture_open (fixture);
  set_number (fixture, "Secon_ds", 120);
  export_fixture_begin (fixture, "a.webm");
  ui_iterate (300);
  g_assert_null (fixture->written);
  g_assert_cmpuint (export_fixture_count_files (fixture), ==, 1); /* the temporary one */
  export_fixture_activate (fixture, "export.cancel");
  export_fixture_wait (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (export_fixture_count_files (fixture), ==, 0);
}

static void
test_keeps_the_main_loop_free (ExportFixture *fixture, gconstpointer data)
{
  export_fixture_open (fixture);
  choose_small (fixture);
  export_fixture_settle (fixture);
  loop_watch_start ();
  loop_watch_follow (GTK_WIDGET (fixture->window));
  loop_watch_reset ();
  export_fixture_write (fixture, "a.webm");
  g_test_message ("the longest turn took %.1f ms", 1000 * loop_watch_get_longest ());
  g_assert_cmpfloat (loop_watch_get_longest (), <, LONGEST_TURN * SLOWNESS);
  loop_watch_stop ();
}

static gboolean
is_off (gpointer data)
{
  return !gtk_switch_get_active (data);
}

static void
test_goes_by_key (ExportFixture *fixture, gconstpointer data)
{
  GtkSwitch *captions;

  if (!studio_can_press ())
    {
      g_test_skip ("needs xdotool and a display of its own");
      return;
    }
  export_fixture_open_by_key (fixture, "ctrl+shift+a");
  captions = export_fixture_find_control (fixture, "_Captions");
  g_assert_true (gtk_switch_get_active (captions));
  studio_press ("alt+c");
  g_assert_true (ui_wait (is_off, captions));
  export_fixture_close_by_key (fixture, "Escape");
}

static void
test_leaves_nothing_behind (ExportFixture *fixture, gconstpointer data)
{
  export_fixture_open (fixture);
  g_signal_handlers_disconnect_by_data (fixture->window, fixture);
  /* While it works. */
  export_fixture_begin (fixture, "a.webm");
  studio_destroy_and_check (GTK_WINDOW (fixture->window));
  for (guint i = 0; i < 200 && export_fixture_count_files (fixture) > 0; i++)
    ui_iterate (20);
  g_assert_cmpuint (export_fixture_count_files (fixture), ==, 0);
}

static void
add (const char *path, void (*test) (ExportFixture *, gconstpointer))
{
  g_test_add (path, ExportFixture, NULL, set_up, test, tear_down);
}

static void
add_tests (void)
{
  add ("/animator/films", test_writes_films);
  add ("/animator/chooser", test_asks_where);
  add ("/animator/opened", test_opens_a_film);
  add ("/animator/preview", test_shows_what_is_chosen);
  add ("/animator/full-disk", test_says_that_the_disk_is_full);
  add ("/animator/stop", test_stops);
  add ("/animator/free", test_keeps_the_main_loop_free);
  add ("/animator/key", test_goes_by_key);
  add ("/animator/finalized", test_leaves_nothing_behind);
}

int
main (int argc, char **argv)
{
  return studio_run (argc, argv, add_tests);
}
