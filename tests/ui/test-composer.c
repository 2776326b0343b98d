/* Figures: chosen, previewed, written, copied, by control and by key. */
#include "tests/core/data/data-fixture.h"
#include "studio-fixture.h"

#include "core/figure/tsn-figure-export.h"
#include "ui/tsn-composer-panel.h"
#include "ui/tsn-composer.h"
#include "ui/tsn-document-source.h"
#include "ui/tsn-figure-preview.h"
#include "ui/tsn-photo-chooser.h"

#include <math.h>
#include <signal.h>
#include <sys/resource.h>

#define N_PHOTOS 3

typedef struct
{
  Studio studio;
  char *root; /* a folder of photos */
  char *out;  /* a folder for figures */
  TsnComposer *composer;
  char *written;
  guint n_made;
  guint n_copied;
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
copied_cb (Fixture *fixture)
{
  fixture->n_copied++;
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
  g_autoptr (TsnImage) image = data_fixture_gradient (48, 32);

  fixture->root = data_fixture_new ();
  fixture->out = data_fixture_new ();
  for (guint i = 0; i < N_PHOTOS; i++)
    {
      g_autofree char *name = g_strdup_printf ("photo%u.png", i);

      data_fixture_photo (fixture->root, name, image);
    }
  studio_set_up (&fixture->studio, NULL);
  g_assert_true (ui_wait (studio_is_ready, fixture->studio.document));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  studio_tear_down (&fixture->studio, NULL);
  data_fixture_free (fixture->root);
  data_fixture_free (fixture->out);
  g_free (fixture->written);
  g_clear_error (&fixture->error);
}

static gboolean
is_settled (gpointer data)
{
  Fixture *fixture = data;

  return fixture->composer != NULL && !tsn_composer_is_busy (fixture->composer);
}

static TsnComposer *
find_composer (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (TSN_IS_COMPOSER (window))
        return TSN_COMPOSER (window);
    }
  return NULL;
}

static void
adopt_composer (Fixture *fixture)
{
  fixture->composer = find_composer ();
  g_assert_nonnull (fixture->composer);
  g_signal_connect_swapped (fixture->composer, "made", G_CALLBACK (made_cb), fixture);
  g_signal_connect_swapped (fixture->composer, "written", G_CALLBACK (written_cb), fixture);
  g_signal_connect_swapped (fixture->composer, "copied", G_CALLBACK (copied_cb), fixture);
  g_signal_connect_swapped (fixture->composer, "failed", G_CALLBACK (failed_cb), fixture);
}

/* The first sizes of a window that opens are not its last. */
static void
settle (Fixture *fixture)
{
  ui_iterate (300);
  g_assert_true (ui_wait (is_settled, fixture));
}

static void
open_composer (Fixture *fixture)
{
  studio_activate (&fixture->studio, "win.figure", -1);
  adopt_composer (fixture);
  settle (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->n_made, >, 0);
}

static GtkWidget *
find (Fixture *fixture, GType type)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (fixture->composer));

  for (guint i = 0; i < widgets->len; i++)
    if (g_type_is_a (G_OBJECT_TYPE (widgets->pdata[i]), type))
      return widgets->pdata[i];
  return NULL;
}

/* A row by its title. */
static gpointer
find_row (Fixture *fixture, const char *title)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (fixture->composer));

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

static GdkTexture *
get_texture (Fixture *fixture)
{
  GtkWidget *preview = find (fixture, TSN_TYPE_FIGURE_PREVIEW);

  return tsn_figure_preview_get_texture (TSN_FIGURE_PREVIEW (preview));
}

static double
get_aspect (Fixture *fixture)
{
  GdkTexture *texture = get_texture (fixture);

  return (double) gdk_texture_get_width (texture) / gdk_texture_get_height (texture);
}

static gboolean
is_written (gpointer data)
{
  Fixture *fixture = data;

  return fixture->written != NULL || fixture->error != NULL;
}

/* Writes the chosen figure and reads back what it carries. */
static void export(Fixture *fixture, const char *name, TsnStudy *study)
{
  g_autofree char *path = g_build_filename (fixture->out, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->written, g_free);
  tsn_composer_write (fixture->composer, file);
  g_assert_true (ui_wait (is_written, fixture));
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->written, ==, path);
  tsn_study_init (study);
  if (g_str_has_suffix (name, ".tex"))
    return;
  g_assert_true (tsn_figure_read_study (study, path, &error));
  g_assert_no_error (error);
}

static void
assert_begins (Fixture *fixture, const char *name, const char *magic)
{
  g_autofree char *path = g_build_filename (fixture->out, name, NULL);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpuint (length, >, 1000);
  g_assert_nonnull (g_strstr_len (text, 64, magic));
}

static void
test_writes_the_view (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name, *magic;
  } files[] = { { "f.pdf", "%PDF" }, { "f.svg", "<?xml" }, { "f.png", "PNG" } };

  open_composer (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_auto (TsnStudy) study;

      choose (fixture, "For_mat", i);
      export(fixture, files[i].name, &study);
      assert_begins (fixture, files[i].name, files[i].magic);
      g_assert_cmpstr (study.model.path, ==, fixture->studio.files.model);
      /* The photo and every task. */
      g_assert_cmpuint (study.figure.columns->len, ==, 1 + UI_TASKS);
      g_assert_cmpuint (study.figure.photos->len, ==, 1);
    }
}

static void
test_writes_latex (Fixture *fixture, gconstpointer data)
{
  g_auto (TsnStudy) study;
  g_autofree char *path = g_build_filename (fixture->out, "f.tex", NULL), *text = NULL;

  open_composer (fixture);
  choose (fixture, "For_mat", 3);
  export(fixture, "f.tex", &study);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\\includegraphics"));
}

static void
test_previews_what_is_chosen (Fixture *fixture, gconstpointer data)
{
  double view, slide;
  guint n_made;

  open_composer (fixture);
  view = get_aspect (fixture);
  n_made = fixture->n_made;
  choose (fixture, "_Width", 2);
  g_assert_true (tsn_composer_is_busy (fixture->composer));
  settle (fixture);
  slide = get_aspect (fixture);
  g_assert_cmpuint (fixture->n_made, >, n_made);
  g_assert_cmpfloat (fabs (slide - 16.0 / 9), <, 0.02);
  choose (fixture, "_Width", 1);
  settle (fixture);
  g_assert_cmpfloat (fabs (get_aspect (fixture) - view), <, 0.02);
}

static GtkSwitch *
find_switch (Fixture *fixture, const char *title)
{
  return GTK_SWITCH (adw_action_row_get_activatable_widget (find_row (fixture, title)));
}

static void
open_path (Fixture *fixture, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  tsn_window_open (fixture->studio.window, file);
  g_assert_true (ui_wait (studio_is_ready, fixture->studio.document));
  ui_iterate (400);
}

static void
test_compares_over_a_folder (Fixture *fixture, gconstpointer data)
{
  g_auto (TsnStudy) study;
  const TsnFigurePhoto *photo;

  open_path (fixture, fixture->root);
  open_composer (fixture);
  choose (fixture, "_Show", 1);
  choose (fixture, "_Photos", 1);
  settle (fixture);
  choose (fixture, "For_mat", 2);
  export(fixture, "folder.png", &study);
  g_assert_cmpuint (study.figure.photos->len, ==, N_PHOTOS);
  photo = g_ptr_array_index (study.figure.photos, 1);
  g_assert_true (g_str_has_suffix (photo->path, "photo1.png"));
  g_assert_cmpuint (study.figure.columns->len, ==, 1 + UI_TASKS);
}

static void
test_marks_photos (Fixture *fixture, gconstpointer data)
{
  g_auto (TsnStudy) study;
  TsnPhotoChooser *chooser;

  open_path (fixture, fixture->root);
  open_composer (fixture);
  choose (fixture, "_Photos", 1);
  chooser = TSN_PHOTO_CHOOSER (find (fixture, TSN_TYPE_PHOTO_CHOOSER));
  g_assert_cmpuint (tsn_photo_chooser_count (chooser), ==, N_PHOTOS);
  tsn_photo_chooser_choose (chooser, 1, 1);
  settle (fixture);
  export(fixture, "one.pdf", &study);
  g_assert_cmpuint (study.figure.photos->len, ==, 1);
  g_assert_true (g_str_has_suffix (
      ((TsnFigurePhoto *) g_ptr_array_index (study.figure.photos, 0))->path, "photo1.png"));
}

static void
test_writes_numbers (Fixture *fixture, gconstpointer data)
{
  g_auto (TsnStudy) study;
  g_autoptr (GDir) folder = NULL;
  guint n_npy = 0, n_csv = 0, n_raw = 0;

  open_composer (fixture);
  gtk_switch_set_active (find_switch (fixture, "_Numbers beside it"), TRUE);
  export(fixture, "n.pdf", &study);
  folder = g_dir_open (fixture->out, 0, NULL);
  for (const char *name = g_dir_read_name (folder); name != NULL; name = g_dir_read_name (folder))
    {
      n_npy += g_str_has_suffix (name, ".npy");
      n_raw += g_str_has_suffix (name, ".raw.png");
      n_csv += g_str_has_suffix (name, ".csv");
    }
  g_assert_cmpuint (n_npy, ==, UI_TASKS);
  g_assert_cmpuint (n_raw, ==, UI_TASKS);
  g_assert_cmpuint (n_csv, ==, 1);
}

static gboolean
is_copied (gpointer data)
{
  return ((Fixture *) data)->n_copied > 0;
}

static void
test_copies (Fixture *fixture, gconstpointer data)
{
  GdkContentFormats *formats;

  open_composer (fixture);
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.copy", NULL));
  g_assert_true (ui_wait (is_copied, fixture));
  formats = gdk_clipboard_get_formats (gtk_widget_get_clipboard (GTK_WIDGET (fixture->composer)));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/png"));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/svg+xml"));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "application/pdf"));
}

static gboolean
has_failed (gpointer data)
{
  return ((Fixture *) data)->error != NULL;
}

/* Nothing is left where a file cannot be written. */
static void
test_says_what_failed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->out, "missing", "f.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  open_composer (fixture);
  tsn_composer_write (fixture->composer, file);
  g_assert_true (ui_wait (has_failed, fixture));
  g_assert_null (fixture->written);
  g_assert_nonnull (strstr (fixture->error->message, "f.pdf"));
}

/* Whether the window says something, as in a toast. */
static gboolean
shows_text (Fixture *fixture, const char *text)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (fixture->composer));

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
  static const char *const names[] = { "f.pdf", "f.svg", "f.png", "f.tex" };
  struct rlimit before, small;

  signal (SIGXFSZ, SIG_IGN);
  open_composer (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->out, names[i], NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GDir) folder = NULL;

      choose (fixture, "For_mat", i);
      settle (fixture);
      g_clear_error (&fixture->error);
      g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
      small = before;
      small.rlim_cur = 2000;
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
      tsn_composer_write (fixture->composer, file);
      g_assert_true (ui_wait (is_written, fixture));
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
      g_assert_null (fixture->written);
      g_test_message ("%s", fixture->error->message);
      g_assert_true (g_str_has_suffix (fixture->error->message, "File too large"));
      g_assert_true (shows_text (fixture, fixture->error->message));
      folder = g_dir_open (fixture->out, 0, NULL);
      g_assert_null (g_dir_read_name (folder));
    }
}

static void
test_stops (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->out, "f.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GDir) folder = NULL;

  open_composer (fixture);
  tsn_composer_write (fixture->composer, file);
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.cancel", NULL);
  g_assert_true (ui_wait (has_failed, fixture));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  folder = g_dir_open (fixture->out, 0, NULL);
  g_assert_null (g_dir_read_name (folder));
}

static gboolean
is_open (gpointer data)
{
  return find_composer () != NULL;
}

static gboolean
is_closed (gpointer data)
{
  return find_composer () == NULL;
}

static gboolean
has_letters (gpointer data)
{
  return gtk_switch_get_active (find_switch (data, "Lette_rs"));
}

static void
test_goes_by_key (Fixture *fixture, gconstpointer data)
{
  if (!studio_can_press ())
    {
      g_test_skip ("needs xdotool and a display of its own");
      return;
    }
  g_assert_true (ui_wait (studio_is_active, fixture->studio.window));
  studio_press ("ctrl+shift+e");
  g_assert_true (ui_wait (is_open, NULL));
  adopt_composer (fixture);
  settle (fixture);
  g_assert_true (ui_wait (studio_is_active, fixture->composer));
  studio_press ("ctrl+c");
  g_assert_true (ui_wait (is_copied, fixture));
  /* Mnemonics lead to every row. */
  studio_press ("alt+r");
  g_assert_true (ui_wait (has_letters, fixture));
  settle (fixture);
  studio_press ("Escape");
  g_assert_true (ui_wait (is_closed, NULL));
}

static void
test_leaves_nothing_behind (Fixture *fixture, gconstpointer data)
{
  open_composer (fixture);
  g_signal_handlers_disconnect_by_data (fixture->composer, fixture);
  /* While it works. */
  choose (fixture, "_Width", 2);
  gtk_widget_activate_action (GTK_WIDGET (fixture->composer), "composer.copy", NULL);
  studio_destroy_and_check (GTK_WINDOW (fixture->composer));
}

/* It goes with the window that opened it, while it works, too. */
static void
test_goes_with_the_window (Fixture *fixture, gconstpointer data)
{
  TsnComposer *composer;

  open_composer (fixture);
  composer = fixture->composer;
  g_signal_handlers_disconnect_by_data (composer, fixture);
  choose (fixture, "_Width", 2);
  gtk_widget_activate_action (GTK_WIDGET (composer), "composer.copy", NULL);
  g_assert_true (tsn_composer_is_busy (composer));
  g_object_add_weak_pointer (G_OBJECT (composer), (gpointer *) &composer);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&fixture->studio.window)));
  g_assert_null (composer);
  /* The work that goes on finds nobody. */
  ui_iterate (500);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

static void
add_tests (void)
{
  add ("/composer/view", test_writes_the_view);
  add ("/composer/latex", test_writes_latex);
  add ("/composer/preview", test_previews_what_is_chosen);
  add ("/composer/folder", test_compares_over_a_folder);
  add ("/composer/marked", test_marks_photos);
  add ("/composer/numbers", test_writes_numbers);
  add ("/composer/copy", test_copies);
  add ("/composer/failure", test_says_what_failed);
  add ("/composer/full-disk", test_says_that_the_disk_is_full);
  add ("/composer/stop", test_stops);
  add ("/composer/key", test_goes_by_key);
  add ("/composer/finalized", test_leaves_nothing_behind);
  add ("/composer/with-window", test_goes_with_the_window);
}

int
main (int argc, char **argv)
{
  return studio_run (argc, argv, add_tests);
}
