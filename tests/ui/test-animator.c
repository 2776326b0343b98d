/* Films of the blend's path: chosen, shown, written, stopped, by control and by key. */
#include "loop-watch.h"
#include "studio-fixture.h"
#include "tests/core/data/data-fixture.h"

#include "core/figure/tsn-figure-export.h"
#include "ui/tsn-animator.h"
#include "ui/tsn-figure-preview.h"

#include <signal.h>
#include <sys/resource.h>

/* A frame at 60 Hz, in seconds. */
#define LONGEST_TURN 0.016

/* Under sanitizers everything takes several times as long. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SLOWNESS 10
#else
#define SLOWNESS 1
#endif

typedef struct
{
  Studio studio;
  char *out; /* a folder for films */
  TsnAnimator *animator;
  char *written;
  guint n_made;
  GError *error;
} Fixture;

static void
made_cb (Fixture *fixture)
{
  fixture->n_made++;
}

static void
written_cb (Fixture *fixture, const char *path)
{
  fixture->written = g_strdup (path);
}

static void
failed_cb (Fixture *fixture, GError *error)
{
  g_clear_error (&fixture->error);
  fixture->error = g_error_copy (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->out = data_fixture_new ();
  studio_set_up (&fixture->studio, NULL);
  g_assert_true (ui_wait (studio_is_ready, fixture->studio.document));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  studio_tear_down (&fixture->studio, NULL);
  data_fixture_free (fixture->out);
  g_free (fixture->written);
  g_clear_error (&fixture->error);
}

static TsnAnimator *
find_animator (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (TSN_IS_ANIMATOR (window))
        return TSN_ANIMATOR (window);
    }
  return NULL;
}

static gboolean
is_settled (gpointer data)
{
  Fixture *fixture = data;

  return !tsn_animator_is_busy (fixture->animator);
}

static void
settle (Fixture *fixture)
{
  ui_iterate (300);
  g_assert_true (ui_wait (is_settled, fixture));
}

static void
adopt_animator (Fixture *fixture)
{
  fixture->animator = find_animator ();
  g_assert_nonnull (fixture->animator);
  g_signal_connect_swapped (fixture->animator, "made", G_CALLBACK (made_cb), fixture);
  g_signal_connect_swapped (fixture->animator, "written", G_CALLBACK (written_cb), fixture);
  g_signal_connect_swapped (fixture->animator, "failed", G_CALLBACK (failed_cb), fixture);
}

static void
open_animator (Fixture *fixture)
{
  studio_activate (&fixture->studio, "win.animate", -1);
  adopt_animator (fixture);
  settle (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->n_made, >, 0);
}

/* A row by its title. */
static gpointer
find_row (Fixture *fixture, const char *title)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (fixture->animator));

  for (guint i = 0; i < widgets->len; i++)
    if (ADW_IS_PREFERENCES_ROW (widgets->pdata[i])
        && g_strcmp0 (adw_preferences_row_get_title (widgets->pdata[i]), title) == 0)
      return widgets->pdata[i];
  g_error ("there is no row %s", title);
}

static void
choose (Fixture *fixture, const char *title, guint item)
{
  adw_combo_row_set_selected (find_row (fixture, title), item);
}

static void
set_number (Fixture *fixture, const char *title, double value)
{
  GtkWidget *button = adw_action_row_get_activatable_widget (find_row (fixture, title));

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (button), value);
}

static GFile *
get_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->out, name, NULL);

  return g_file_new_for_path (path);
}

static gboolean
is_done (gpointer data)
{
  Fixture *fixture = data;

  return fixture->written != NULL || fixture->error != NULL;
}

static void
write_film (Fixture *fixture, const char *name)
{
  g_autoptr (GFile) file = get_file (fixture, name);

  g_clear_pointer (&fixture->written, g_free);
  g_clear_error (&fixture->error);
  tsn_animator_write (fixture->animator, file);
  g_assert_true (ui_wait (is_done, fixture));
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->out, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static void
choose_small (Fixture *fixture)
{
  choose (fixture, "Longer _side", 0);
  set_number (fixture, "Secon_ds", 1);
  set_number (fixture, "F_rames a second", 8);
}

/* The film carries what is shown: the path of the window, and what was chosen here. */
static void
check_study (Fixture *fixture, const char *name)
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
test_writes_films (Fixture *fixture, gconstpointer data)
{
  TsnBlend *blend = tsn_document_get_blend (fixture->studio.document);

  tsn_blend_set_task (blend, 2);
  studio_activate (&fixture->studio, "win.blend-add-point", -1);
  tsn_blend_set_task (blend, 0);
  studio_activate (&fixture->studio, "win.blend-add-point", -1);
  open_animator (fixture);
  choose_small (fixture);
  write_film (fixture, "a.webm");
  g_assert_no_error (fixture->error);
  check_study (fixture, "a.webm");
  choose (fixture, "_Format", 2);
  write_film (fixture, "a.gif");
  g_assert_no_error (fixture->error);
  check_study (fixture, "a.gif");
  choose (fixture, "_Format", 3);
  write_film (fixture, "frames");
  g_assert_no_error (fixture->error);
  check_study (fixture, "frames/frame-00000.png");
  g_assert_cmpuint (count_files (fixture), ==, 3);
}

static gboolean
has_path (gpointer blend)
{
  return tsn_blend_path_get_n_points (tsn_blend_get_path (blend)) == 1;
}

/* A GIF or PNG film that is opened shows what it shows, with the path that it was made of. */
static void
test_opens_a_film (Fixture *fixture, gconstpointer data)
{
  TsnBlend *blend = tsn_document_get_blend (fixture->studio.document);
  g_autoptr (GFile) film = get_file (fixture, "a.gif");

  tsn_blend_set_task (blend, 2);
  studio_activate (&fixture->studio, "win.blend-add-point", -1);
  tsn_blend_path_set_loop (tsn_blend_get_path (blend), FALSE);
  open_animator (fixture);
  choose_small (fixture);
  choose (fixture, "_Format", 2);
  write_film (fixture, "a.gif");
  g_assert_no_error (fixture->error);
  gtk_window_destroy (GTK_WINDOW (fixture->animator));
  studio_activate (&fixture->studio, "win.blend-clear-path", -1);
  tsn_blend_path_set_loop (tsn_blend_get_path (blend), TRUE);
  tsn_window_open (fixture->studio.window, film);
  g_assert_true (ui_wait (has_path, blend));
  g_assert_cmpfloat (tsn_blend_path_get_point (tsn_blend_get_path (blend), 0)[2], ==, 1);
  g_assert_false (tsn_blend_path_get_loop (tsn_blend_get_path (blend)));
  g_assert_cmpfloat (tsn_blend_path_get_duration (tsn_blend_get_path (blend)), ==, 1);
}

static GdkTexture *
get_texture (Fixture *fixture)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (fixture->animator));

  for (guint i = 0; i < widgets->len; i++)
    if (TSN_IS_FIGURE_PREVIEW (widgets->pdata[i]))
      return tsn_figure_preview_get_texture (widgets->pdata[i]);
  return NULL;
}

static void
test_shows_what_is_chosen (Fixture *fixture, gconstpointer data)
{
  GtkWidget *photo;
  double beside, alone;

  open_animator (fixture);
  beside = (double) gdk_texture_get_width (get_texture (fixture))
           / gdk_texture_get_height (get_texture (fixture));
  photo = adw_action_row_get_activatable_widget (find_row (fixture, "_Photo beside it"));
  gtk_switch_set_active (GTK_SWITCH (photo), FALSE);
  settle (fixture);
  alone = (double) gdk_texture_get_width (get_texture (fixture))
          / gdk_texture_get_height (get_texture (fixture));
  g_assert_cmpfloat (beside, >, 1.4 * alone);
}

/* Whether the window says something, as in a toast. */
static gboolean
shows_text (Fixture *fixture, const char *text)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (fixture->animator));

  for (guint i = 0; i < widgets->len; i++)
    if (GTK_IS_LABEL (widgets->pdata[i])
        && g_str_equal (gtk_label_get_text (GTK_LABEL (widgets->pdata[i])), text))
      return TRUE;
  return FALSE;
}

/* A limit on the size of files fails as a full disk does. */
static void
test_says_that_the_disk_is_full (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "a.webm", "a.mp4", "a.gif", "frames" };
  struct rlimit before, small;

  signal (SIGXFSZ, SIG_IGN);
  open_animator (fixture);
  choose_small (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (i == 1)
        continue; /* for which there may be no encoder */
      choose (fixture, "_Format", i);
      settle (fixture);
      g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
      small = before;
      small.rlim_cur = 4000;
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
      write_film (fixture, names[i]);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
      g_assert_null (fixture->written);
      g_test_message ("%s", fixture->error->message);
      g_assert_nonnull (strstr (fixture->error->message, names[i]));
      g_assert_true (g_str_has_suffix (fixture->error->message, "File too large"));
      g_assert_true (shows_text (fixture, fixture->error->message));
      g_assert_cmpuint (count_files (fixture), ==, 0);
    }
}

static void
test_stops (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (fixture, "a.webm");

  open_animator (fixture);
  set_number (fixture, "Secon_ds", 120);
  tsn_animator_write (fixture->animator, file);
  ui_iterate (300);
  g_assert_null (fixture->written);
  g_assert_cmpuint (count_files (fixture), ==, 1); /* the temporary one */
  gtk_widget_activate_action (GTK_WIDGET (fixture->animator), "animator.cancel", NULL);
  g_assert_true (ui_wait (is_done, fixture));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
test_keeps_the_main_loop_free (Fixture *fixture, gconstpointer data)
{
  open_animator (fixture);
  choose_small (fixture);
  settle (fixture);
  loop_watch_start ();
  loop_watch_follow (GTK_WIDGET (fixture->animator));
  loop_watch_reset ();
  write_film (fixture, "a.webm");
  g_test_message ("the longest turn took %.1f ms", 1000 * loop_watch_get_longest ());
  g_assert_cmpfloat (loop_watch_get_longest (), <, LONGEST_TURN * SLOWNESS);
  loop_watch_stop ();
  g_assert_no_error (fixture->error);
}

static gboolean
is_open (gpointer data)
{
  return find_animator () != NULL;
}

static gboolean
is_closed (gpointer data)
{
  return find_animator () == NULL;
}

static gboolean
is_off (gpointer data)
{
  return !gtk_switch_get_active (data);
}

static void
test_goes_by_key (Fixture *fixture, gconstpointer data)
{
  GtkWidget *captions;

  if (!studio_can_press ())
    {
      g_test_skip ("needs xdotool and a display of its own");
      return;
    }
  g_assert_true (ui_wait (studio_is_active, fixture->studio.window));
  studio_press ("ctrl+shift+a");
  g_assert_true (ui_wait (is_open, NULL));
  adopt_animator (fixture);
  settle (fixture);
  g_assert_true (ui_wait (studio_is_active, fixture->animator));
  captions = adw_action_row_get_activatable_widget (find_row (fixture, "_Captions"));
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (captions)));
  studio_press ("alt+c");
  g_assert_true (ui_wait (is_off, captions));
  studio_press ("Escape");
  g_assert_true (ui_wait (is_closed, NULL));
}

static void
test_leaves_nothing_behind (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = get_file (fixture, "a.webm");

  open_animator (fixture);
  g_signal_handlers_disconnect_by_data (fixture->animator, fixture);
  /* While it works. */
  tsn_animator_write (fixture->animator, file);
  studio_destroy_and_check (GTK_WINDOW (fixture->animator));
  for (guint i = 0; i < 200 && count_files (fixture) > 0; i++)
    ui_iterate (20);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

static void
add_tests (void)
{
  add ("/animator/films", test_writes_films);
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
