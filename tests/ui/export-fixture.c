#include "export-fixture.h"

#include "tests/core/data/data-fixture.h"
#include "ui/tsn-figure-preview.h"

#include <signal.h>
#include <sys/resource.h>

void
export_fixture_set_up (ExportFixture *fixture, GType type, const char *action)
{
  fixture->type = type;
  fixture->action = action;
  fixture->out = data_fixture_new ();
  studio_set_up (&fixture->studio, NULL);
  g_assert_true (ui_wait (studio_is_ready, fixture->studio.document));
}

void
export_fixture_tear_down (ExportFixture *fixture)
{
  studio_tear_down (&fixture->studio, NULL);
  data_fixture_free (fixture->out);
  g_free (fixture->written);
  g_clear_error (&fixture->error);
}

static void
made_cb (ExportFixture *fixture)
{
  fixture->n_made++;
}

static void
written_cb (ExportFixture *fixture, const char *path)
{
  g_free (fixture->written);
  fixture->written = g_strdup (path);
}

static void
failed_cb (ExportFixture *fixture, GError *error)
{
  g_clear_error (&fixture->error);
  fixture->error = g_error_copy (error);
}

static TsnExportWindow *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type))
        return TSN_EXPORT_WINDOW (window);
    }
  return NULL;
}

/* Takes the window that was opened. */
void
export_fixture_adopt (ExportFixture *fixture)
{
  fixture->window = find_window (fixture->type);
  g_assert_nonnull (fixture->window);
  g_signal_connect_swapped (fixture->window, "made", G_CALLBACK (made_cb), fixture);
  g_signal_connect_swapped (fixture->window, "written", G_CALLBACK (written_cb), fixture);
  g_signal_connect_swapped (fixture->window, "failed", G_CALLBACK (failed_cb), fixture);
}

static gboolean
is_settled (gpointer data)
{
  ExportFixture *fixture = data;

  return fixture->window != NULL && !tsn_export_window_is_busy (fixture->window);
}

/* The first sizes of a window that opens are not its last. */
void
export_fixture_settle (ExportFixture *fixture)
{
  ui_iterate (300);
  g_assert_true (ui_wait (is_settled, fixture));
}

/* Opens the window and waits for its preview. */
void
export_fixture_open (ExportFixture *fixture)
{
  studio_activate (&fixture->studio, fixture->action, -1);
  export_fixture_adopt (fixture);
  export_fixture_settle (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->n_made, >, 0);
}

static gboolean
is_open (gpointer data)
{
  return find_window (((ExportFixture *) data)->type) != NULL;
}

static gboolean
is_closed (gpointer data)
{
  return !is_open (data);
}

/* Where keys may be pressed. */
void
export_fixture_open_by_key (ExportFixture *fixture, const char *key)
{
  g_assert_true (ui_wait (studio_is_active, fixture->studio.window));
  studio_press (key);
  g_assert_true (ui_wait (is_open, fixture));
  export_fixture_adopt (fixture);
  export_fixture_settle (fixture);
  g_assert_true (ui_wait (studio_is_active, fixture->window));
}

void
export_fixture_close_by_key (ExportFixture *fixture, const char *key)
{
  studio_press (key);
  g_assert_true (ui_wait (is_closed, fixture));
}

void
export_fixture_activate (ExportFixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
}

/* The first widget of a type. */
GtkWidget *
export_fixture_find (ExportFixture *fixture, GType type)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (fixture->window));

  for (guint i = 0; i < widgets->len; i++)
    if (g_type_is_a (G_OBJECT_TYPE (widgets->pdata[i]), type))
      return widgets->pdata[i];
  return NULL;
}

/* A row by its title. */
gpointer
export_fixture_find_row (ExportFixture *fixture, const char *title)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (fixture->window));

  for (guint i = 0; i < widgets->len; i++)
    if (ADW_IS_PREFERENCES_ROW (widgets->pdata[i])
        && g_strcmp0 (adw_preferences_row_get_title (widgets->pdata[i]), title) == 0)
      return widgets->pdata[i];
  g_error ("there is no row %s", title);
}

/* What is in a row that has a title. */
gpointer
export_fixture_find_control (ExportFixture *fixture, const char *title)
{
  return adw_action_row_get_activatable_widget (export_fixture_find_row (fixture, title));
}

void
export_fixture_choose (ExportFixture *fixture, const char *title, guint item)
{
  adw_combo_row_set_selected (export_fixture_find_row (fixture, title), item);
}

/* Of the preview: its width as a multiple of its height. */
double
export_fixture_get_aspect (ExportFixture *fixture)
{
  GtkWidget *preview = export_fixture_find (fixture, TSN_TYPE_FIGURE_PREVIEW);
  GdkTexture *texture = tsn_figure_preview_get_texture (TSN_FIGURE_PREVIEW (preview));

  return (double) gdk_texture_get_width (texture) / gdk_texture_get_height (texture);
}

/* Whether the window says something, as in a toast. */
gboolean
export_fixture_shows_text (ExportFixture *fixture, const char *text)
{
  return studio_shows_text (GTK_WIDGET (fixture->window), text);
}

/* Begins to write a file into the folder. */
void
export_fixture_begin (ExportFixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->out, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_clear_pointer (&fixture->written, g_free);
  g_clear_error (&fixture->error);
  tsn_export_window_write (fixture->window, file);
}

static gboolean
is_done (gpointer data)
{
  ExportFixture *fixture = data;

  return fixture->written != NULL || fixture->error != NULL;
}

/* Waits until it is written, or failed. */
void
export_fixture_wait (ExportFixture *fixture)
{
  g_assert_true (ui_wait (is_done, fixture));
}

/* Writes a file into the folder. */
void
export_fixture_write (ExportFixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->out, name, NULL);

  export_fixture_begin (fixture, name);
  export_fixture_wait (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->written, ==, path);
}

static gboolean
is_refused (gpointer data)
{
  return export_fixture_shows_text (data,
                                    "There is such a file already; choose it to replace it.");
}

/* Proves that a name without its ending gets it, and that no file is replaced that nobody named. */
void
export_fixture_write_by_chooser (ExportFixture *fixture, const char *stem, const char *suffix)
{
  g_autofree char *name = g_strconcat (stem, suffix, NULL);
  g_autofree char *path = g_build_filename (fixture->out, name, NULL);

  export_fixture_activate (fixture, "export.write");
  studio_answer_chooser (fixture->out, stem);
  export_fixture_wait (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->written, ==, path);
  g_clear_pointer (&fixture->written, g_free);
  export_fixture_activate (fixture, "export.write");
  studio_answer_chooser (fixture->out, stem);
  g_assert_true (ui_wait (is_refused, fixture));
  g_assert_false (tsn_export_window_is_writing (fixture->window));
  g_assert_null (fixture->written);
  g_assert_cmpuint (export_fixture_count_files (fixture), ==, 1);
}

/* Proves that a disk that fills while a file is written is told of, with the name of the file that
 * did not fit, and that nothing is left.  A limit on the size of files fails as a full disk does.
 */
void
export_fixture_write_to_full_disk (ExportFixture *fixture,
                                   const char *name,
                                   const char *full,
                                   guint bytes)
{
  struct rlimit before, small;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  export_fixture_begin (fixture, name);
  export_fixture_wait (fixture);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_null (fixture->written);
  g_test_message ("%s", fixture->error->message);
  g_assert_nonnull (strstr (fixture->error->message, full));
  g_assert_true (g_str_has_suffix (fixture->error->message, "File too large"));
  g_assert_true (export_fixture_shows_text (fixture, fixture->error->message));
  g_assert_cmpuint (export_fixture_count_files (fixture), ==, 0);
}

guint
export_fixture_count_files (ExportFixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->out, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}
