#include "window-fixture.h"

#include "config.h"

void
window_fixture_set_up (WindowFixture *fixture, gconstpointer data)
{
  TsnWindowFiles files;

  ui_fixture_set_up (&fixture->files, NULL);
  files = (TsnWindowFiles){ fixture->files.model, fixture->files.photo, NULL };
  fixture->application = GTK_APPLICATION (g_application_get_default ());
  fixture->settings = g_settings_new (TSN_APP_ID);
  fixture->window = tsn_window_new (fixture->application, fixture->settings, &files);
  fixture->document = tsn_window_get_document (fixture->window);
  tsn_window_start (fixture->window, NULL, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

void
window_fixture_close (WindowFixture *fixture)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  fixture->window = NULL;
  ui_iterate (50);
}

void
window_fixture_tear_down (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  window_fixture_close (fixture);
  g_object_get (fixture->settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++)
    g_settings_reset (fixture->settings, keys[i]);
  g_clear_object (&fixture->settings);
  ui_fixture_tear_down (&fixture->files, NULL);
}

gboolean
window_fixture_is_ready (gpointer document)
{
  return !tsn_document_is_busy (document) && tsn_document_get_model (document) != NULL
         && tsn_document_get_photo (document) != NULL;
}

/* GTK moves its one tooltip from window to window and never lets go of it. */
static void
add_widgets (GPtrArray *widgets, GtkWidget *widget)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkTooltipWindow"))
    return;
  g_ptr_array_add (widgets, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_widgets (widgets, child);
}

GPtrArray *
window_fixture_list_widgets (GtkWidget *root)
{
  GPtrArray *widgets = g_ptr_array_new ();

  add_widgets (widgets, root);
  return widgets;
}

/* The first widget of a type. */
GtkWidget *
window_fixture_find (WindowFixture *fixture, GType type)
{
  g_autoptr (GPtrArray) widgets = window_fixture_list_widgets (GTK_WIDGET (fixture->window));

  for (guint i = 0; i < widgets->len; i++)
    if (g_type_is_a (G_OBJECT_TYPE (widgets->pdata[i]), type))
      return widgets->pdata[i];
  return NULL;
}

/* A label in sight with @part in its text. */
GtkLabel *
window_fixture_find_label (WindowFixture *fixture, const char *part)
{
  g_autoptr (GPtrArray) widgets = window_fixture_list_widgets (GTK_WIDGET (fixture->window));

  for (guint i = 0; i < widgets->len; i++)
    if (GTK_IS_LABEL (widgets->pdata[i]) && gtk_widget_get_mapped (widgets->pdata[i])
        && strstr (gtk_label_get_text (widgets->pdata[i]), part) != NULL)
      return widgets->pdata[i];
  return NULL;
}

/* How many widgets of a type are in sight. */
guint
window_fixture_count (WindowFixture *fixture, GType type)
{
  g_autoptr (GPtrArray) widgets = window_fixture_list_widgets (GTK_WIDGET (fixture->window));
  guint n = 0;

  for (guint i = 0; i < widgets->len; i++)
    n += g_type_is_a (G_OBJECT_TYPE (widgets->pdata[i]), type)
         && gtk_widget_get_mapped (widgets->pdata[i]);
  return n;
}

void
window_fixture_activate (WindowFixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
}

/* Keys may be pressed only on a display of the test's own. */
gboolean
window_fixture_can_press (void)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");

  return xdotool != NULL && g_getenv ("TSN_TEST_OWN_DISPLAY") != NULL;
}

void
window_fixture_press (const char *key)
{
  g_autoptr (GError) error = NULL;
  const char *arguments[] = { "xdotool", "key", key, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                               NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_gone (GPtrArray *widgets)
{
  guint left = 0;

  for (guint i = 0; i < widgets->len; i++)
    if (widgets->pdata[i] != NULL)
      {
        g_test_message ("a %s is left behind", G_OBJECT_TYPE_NAME (widgets->pdata[i]));
        left++;
      }
  g_assert_cmpuint (left, ==, 0);
}

/* Destroys a window and proves that every widget in it goes with it. */
void
window_fixture_destroy_and_check (GtkWindow *window)
{
  g_autoptr (GPtrArray) widgets = window_fixture_list_widgets (GTK_WIDGET (window));

  for (guint i = 0; i < widgets->len; i++)
    g_object_add_weak_pointer (widgets->pdata[i], &widgets->pdata[i]);
  gtk_window_destroy (window);
  ui_iterate (500);
  assert_gone (widgets);
}

/* What every program of window tests does around its tests. */
int
window_fixture_run (int argc, char **argv, void (*add_tests) (void))
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  gtk_test_init (&argc, &argv, NULL);
  application = adw_application_new (TSN_APP_ID, G_APPLICATION_NON_UNIQUE);
  g_application_set_default (G_APPLICATION (application));
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  tsn_window_install_keys (GTK_APPLICATION (application));
  add_tests ();
  return g_test_run ();
}
