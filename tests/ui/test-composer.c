/* Figures: chosen, previewed, written, copied, by control and by key. */
#include "export-fixture.h"
#include "tests/core/data/data-fixture.h"

#include "core/figure/tsn-figure-export.h"
#include "ui/tsn-composer-panel.h"
#include "ui/tsn-composer.h"
#include "ui/tsn-document-source.h"
#include "ui/tsn-photo-chooser.h"

#include <math.h>

#define N_PHOTOS 3

typedef struct
{
  ExportFixture base;
  char *root; /* a folder of photos */
  guint n_copied;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = data_fixture_new ();
  data_fixture_photos (fixture->root, N_PHOTOS);
  export_fixture_set_up (&fixture->base, TSN_TYPE_COMPOSER, "win.figure");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  export_fixture_tear_down (&fixture->base);
  data_fixture_free (fixture->root);
}

static void
copied_cb (Fixture *fixture)
{
  fixture->n_copied++;
}

static void
follow_copies (Fixture *fixture)
{
  g_signal_connect_swapped (fixture->base.window, "copied", G_CALLBACK (copied_cb), fixture);
}

static void
choose (Fixture *fixture, const char *title, guint item)
{
  export_fixture_choose (&fixture->base, title, item);
}

/* Writes the chosen figure and reads back what it carries. */
static void export(Fixture *fixture, const char *name, TsnStudy *study)
{
  g_autofree char *path = g_build_filename (fixture->base.out, name, NULL);
  g_autoptr (GError) error = NULL;

  export_fixture_write (&fixture->base, name);
  tsn_study_init (study);
  if (g_str_has_suffix (name, ".tex"))
    return;
  g_assert_true (tsn_figure_read_study (study, path, &error));
  g_assert_no_error (error);
}

static void
assert_begins (Fixture *fixture, const char *name, const char *magic)
{
  g_autofree char *path = g_build_filename (fixture->base.out, name, NULL);
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

  export_fixture_open (&fixture->base);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_auto (TsnStudy) study;

      choose (fixture, "For_mat", i);
      export(fixture, files[i].name, &study);
      assert_begins (fixture, files[i].name, files[i].magic);
      g_assert_cmpstr (study.model.path, ==, fixture->base.studio.files.model);
      /* The photo and every task. */
      g_assert_cmpuint (study.figure.columns->len, ==, 1 + UI_TASKS);
      g_assert_cmpuint (study.figure.photos->len, ==, 1);
    }
}

static const TsnFigurePhoto *
get_photo (const TsnStudy *study)
{
  g_assert_cmpuint (study->figure.photos->len, ==, 1);
  return study->figure.photos->pdata[0];
}

/* All of the photo, then what the view shows, then both. */
static void
test_shows_a_part (Fixture *fixture, gconstpointer data)
{
  TsnView *view = tsn_window_get_view (fixture->base.studio.window);
  GtkWidget *row;
  TsnFigurePart part;
  const TsnFigureInset *inset;
  g_auto (TsnStudy) whole, cropped, enlarged, again;

  export_fixture_open (&fixture->base);
  row = export_fixture_find_row (&fixture->base, "Part of the ph_oto");
  g_assert_false (gtk_widget_get_sensitive (row));
  tsn_view_show (view, 4 * tsn_view_get_zoom (view), 0.25, 0.3);
  g_assert_true (gtk_widget_get_sensitive (row));
  g_assert_true (tsn_view_get_part (view, &part.x, &part.y, &part.width, &part.height));
  choose (fixture, "For_mat", 2);
  export(fixture, "whole.png", &whole);
  g_assert_cmpfloat (get_photo (&whole)->crop.width, ==, 1);
  choose (fixture, "Part of the ph_oto", 1);
  export(fixture, "part.png", &cropped);
  g_assert_cmpfloat_with_epsilon (get_photo (&cropped)->crop.x, part.x, 1e-6);
  g_assert_cmpfloat_with_epsilon (get_photo (&cropped)->crop.height, part.height, 1e-6);
  choose (fixture, "Part of the ph_oto", 2);
  export(fixture, "both.png", &enlarged);
  g_assert_cmpfloat (get_photo (&enlarged)->crop.width, ==, 1);
  g_assert_cmpuint (get_photo (&enlarged)->insets->len, ==, 1);
  inset = get_photo (&enlarged)->insets->pdata[0];
  g_assert_cmpfloat_with_epsilon (inset->part.width, part.width, 1e-6);
  /* Away from what it shows. */
  g_assert_cmpint (inset->corner, ==, TSN_FIGURE_BOTTOM_RIGHT);
  tsn_view_fit (view);
  g_assert_false (gtk_widget_get_sensitive (row));
  export(fixture, "again.png", &again);
  g_assert_cmpuint (get_photo (&again)->insets->len, ==, 0);
}

static void
test_asks_where (Fixture *fixture, gconstpointer data)
{
  export_fixture_open (&fixture->base);
  export_fixture_write_by_chooser (&fixture->base, "figure", ".pdf");
}

static void
test_writes_latex (Fixture *fixture, gconstpointer data)
{
  g_auto (TsnStudy) study;
  g_autofree char *path = g_build_filename (fixture->base.out, "f.tex", NULL), *text = NULL;

  export_fixture_open (&fixture->base);
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

  export_fixture_open (&fixture->base);
  view = export_fixture_get_aspect (&fixture->base);
  n_made = fixture->base.n_made;
  choose (fixture, "_Width", 2);
  g_assert_true (tsn_export_window_is_busy (fixture->base.window));
  export_fixture_settle (&fixture->base);
  slide = export_fixture_get_aspect (&fixture->base);
  g_assert_cmpuint (fixture->base.n_made, >, n_made);
  g_assert_cmpfloat (fabs (slide - 16.0 / 9), <, 0.02);
  choose (fixture, "_Width", 1);
  export_fixture_settle (&fixture->base);
  g_assert_cmpfloat (fabs (export_fixture_get_aspect (&fixture->base) - view), <, 0.02);
}

static void
open_path (Fixture *fixture, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  tsn_window_open (fixture->base.studio.window, file);
  g_assert_true (ui_wait (studio_is_ready, fixture->base.studio.document));
  ui_iterate (400);
}

static void
test_compares_over_a_folder (Fixture *fixture, gconstpointer data)
{
  g_auto (TsnStudy) study;
  const TsnFigurePhoto *photo;

  open_path (fixture, fixture->root);
  export_fixture_open (&fixture->base);
  choose (fixture, "_Show", 1);
  choose (fixture, "_Photos", 1);
  export_fixture_settle (&fixture->base);
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
  export_fixture_open (&fixture->base);
  choose (fixture, "_Photos", 1);
  chooser = TSN_PHOTO_CHOOSER (export_fixture_find (&fixture->base, TSN_TYPE_PHOTO_CHOOSER));
  g_assert_cmpuint (tsn_photo_chooser_count (chooser), ==, N_PHOTOS);
  tsn_photo_chooser_choose (chooser, 1, 1);
  export_fixture_settle (&fixture->base);
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

  export_fixture_open (&fixture->base);
  gtk_switch_set_active (export_fixture_find_control (&fixture->base, "_Numbers beside it"), TRUE);
  export(fixture, "n.pdf", &study);
  folder = g_dir_open (fixture->base.out, 0, NULL);
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

  export_fixture_open (&fixture->base);
  follow_copies (fixture);
  export_fixture_activate (&fixture->base, "composer.copy");
  g_assert_true (ui_wait (is_copied, fixture));
  formats
      = gdk_clipboard_get_formats (gtk_widget_get_clipboard (GTK_WIDGET (fixture->base.window)));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/png"));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/svg+xml"));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "application/pdf"));
}

/* Nothing is left where a file cannot be written. */
static void
test_says_what_failed (Fixture *fixture, gconstpointer data)
{
  export_fixture_open (&fixture->base);
  export_fixture_begin (&fixture->base, "missing/f.pdf");
  export_fixture_wait (&fixture->base);
  g_assert_null (fixture->base.written);
  g_assert_nonnull (strstr (fixture->base.error->message, "f.pdf"));
}

static void
test_says_that_the_disk_is_full (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "f.pdf", "f.svg", "f.png", "f.tex" };
  /* The pictures of a snippet are written before it. */
  static const char *const full[] = { "f.pdf", "f.svg", "f.png", "f-1-1.pdf" };

  export_fixture_open (&fixture->base);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      choose (fixture, "For_mat", i);
      export_fixture_settle (&fixture->base);
      export_fixture_write_to_full_disk (&fixture->base, names[i], full[i], 2000);
    }
}

static void
test_stops (Fixture *fixture, gconstpointer data)
{
  export_fixture_open (&fixture->base);
  export_fixture_begin (&fixture->base, "f.pdf");
  export_fixture_activate (&fixture->base, "export.cancel");
  export_fixture_wait (&fixture->base);
  g_assert_error (fixture->base.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (export_fixture_count_files (&fixture->base), ==, 0);
}

static gboolean
has_letters (gpointer data)
{
  return gtk_switch_get_active (export_fixture_find_control (data, "Lette_rs"));
}

static void
test_goes_by_key (Fixture *fixture, gconstpointer data)
{
  if (!studio_can_press ())
    {
      g_test_skip ("needs xdotool and a display of its own");
      return;
    }
  export_fixture_open_by_key (&fixture->base, "ctrl+shift+e");
  follow_copies (fixture);
  studio_press ("ctrl+c");
  g_assert_true (ui_wait (is_copied, fixture));
  /* Mnemonics lead to every row. */
  studio_press ("alt+r");
  g_assert_true (ui_wait (has_letters, &fixture->base));
  export_fixture_settle (&fixture->base);
  export_fixture_close_by_key (&fixture->base, "Escape");
}

static void
test_leaves_nothing_behind (Fixture *fixture, gconstpointer data)
{
  export_fixture_open (&fixture->base);
  g_signal_handlers_disconnect_by_data (fixture->base.window, fixture);
  /* While it works. */
  choose (fixture, "_Width", 2);
  export_fixture_activate (&fixture->base, "composer.copy");
  studio_destroy_and_check (GTK_WINDOW (fixture->base.window));
}

/* It goes with the window that opened it, while it works, too. */
static void
test_goes_with_the_window (Fixture *fixture, gconstpointer data)
{
  TsnExportWindow *composer;

  export_fixture_open (&fixture->base);
  composer = fixture->base.window;
  g_signal_handlers_disconnect_by_data (composer, fixture);
  choose (fixture, "_Width", 2);
  export_fixture_activate (&fixture->base, "composer.copy");
  g_assert_true (tsn_export_window_is_busy (composer));
  g_object_add_weak_pointer (G_OBJECT (composer), (gpointer *) &composer);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&fixture->base.studio.window)));
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
  add ("/composer/part", test_shows_a_part);
  add ("/composer/chooser", test_asks_where);
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
