/* The window as a person uses it: open, switch, fail, zoom, close; and nothing is left behind. */
#include "studio-fixture.h"

#include "config.h"
#include "ui/tsn-help.h"
#include "ui/tsn-panes.h"
#include "ui/tsn-preferences.h"
#include "ui/tsn-task-panel.h"
#include "ui/tsn-task-row.h"
#include "ui/tsn-window.h"

static void
test_shows_the_sample_with_all_tasks (Studio *studio, gconstpointer data)
{
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  g_assert_cmpuint (studio_count_canvases (studio->window), ==, 7);
  for (guint i = 0; i < 6; i++)
    g_assert_nonnull (tsn_document_get_prediction (studio->document, i));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (studio->window)), ==,
                   "photo.png – TSN Studio");
  ui_iterate (50);
  g_assert_nonnull (studio_find_label (studio->window, "Semantic segmentation"));
  g_assert_nonnull (studio_find_label (studio->window, "96 × 64 → 96 × 64"));
}

static void
test_switches_tasks_by_action (Studio *studio, gconstpointer data)
{
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  studio_activate (studio, "win.show-task", 5);
  g_assert_cmpuint (tsn_document_get_active (studio->document), ==, 5);
  g_assert_cmpuint (studio_count_canvases (studio->window), ==, 2);
  ui_iterate (300);
  g_assert_nonnull (studio_find_label (studio->window, "near"));
  studio_activate (studio, "win.toggle-task", 4);
  g_assert_cmpuint (studio_count_canvases (studio->window), ==, 3);
  studio_activate (studio, "win.next-task", -1);
  g_assert_cmpuint (tsn_document_get_active (studio->document), ==, 5);
  studio_activate (studio, "win.previous-task", -1);
  g_assert_cmpuint (tsn_document_get_active (studio->document), ==, 4);
  g_assert_cmpuint (tsn_document_count_shown (studio->document), ==, 1);
  studio_activate (studio, "win.show-all", -1);
  g_assert_cmpuint (studio_count_canvases (studio->window), ==, 7);
  studio_activate (studio, "win.show-photo", -1);
  g_assert_cmpuint (studio_count_canvases (studio->window), ==, 6);
}

static void
test_switches_tasks_by_row (Studio *studio, gconstpointer data)
{
  g_autoptr (GPtrArray) widgets = NULL;
  GtkWidget *row = NULL;

  g_assert_true (ui_wait (studio_is_ready, studio->document));
  widgets = studio_list_widgets (GTK_WIDGET (studio->window));
  for (guint i = 0; i < widgets->len; i++)
    if (TSN_IS_TASK_ROW (widgets->pdata[i]) && tsn_task_row_get_index (widgets->pdata[i]) == 2)
      row = widgets->pdata[i];
  g_assert_nonnull (row);
  g_assert_true (gtk_widget_activate (row));
  g_assert_cmphex (tsn_document_get_shown (studio->document), ==, 1 << 2);
}

typedef struct
{
  TsnDocument *document;
  guint64 shown;
} Expected;

static gboolean
shows (gpointer data)
{
  Expected *expected = data;

  return tsn_document_get_shown (expected->document) == expected->shown;
}

static void
test_switches_tasks_by_key (Studio *studio, gconstpointer data)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");
  const struct
  {
    const char *key;
    guint64 shown;
  } steps[] = { { "3", 1 << 2 }, { "6", 1 << 5 },    { "alt+1", 1 << 5 | 1 },
                { "a", 0x3f },   { "Next", 1 << 1 }, { "Prior", 1 << 0 } };

  if (xdotool == NULL || g_getenv ("TSN_TEST_OWN_DISPLAY") == NULL)
    {
      g_test_skip ("needs xdotool and a display of its own");
      return;
    }
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  g_assert_true (ui_wait (studio_is_active, studio->window));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      Expected expected = { studio->document, steps[i].shown };

      studio_press (steps[i].key);
      g_assert_true (ui_wait (shows, &expected));
    }
}

static void
test_every_action_has_a_key (Studio *studio, gconstpointer data)
{
  static const char *const actions[]
      = { "win.open",         "win.open-model",    "win.paste",      "win.copy",
          "win.show-all",     "win.rerun",         "win.next-task",  "win.show-panel",
          "win.show-photo",   "win.cancel",        "win.zoom-in",    "win.zoom-out",
          "win.zoom-fit",     "win.zoom-actual",   "win.fullscreen", "win.show-help-overlay",
          "win.show-task(0)", "win.toggle-task(5)" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_auto (GStrv) keys = gtk_application_get_accels_for_action (
          GTK_APPLICATION (studio->application), actions[i]);

      g_assert_nonnull (keys[0]);
    }
}

static void
add_key (GHashTable *known, const char *key)
{
  guint value = 0;
  GdkModifierType modifiers = 0;

  if (gtk_accelerator_parse (key, &value, &modifiers))
    g_hash_table_add (known, gtk_accelerator_name (value, modifiers));
}

/* The keys that a line of the window of shortcuts names: several, or a first and a last. */
static void
add_keys (GHashTable *known, GtkWidget *shortcut)
{
  g_autofree char *accelerator = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (shortcut, "accelerator", &accelerator, NULL);
  keys = g_strsplit_set (accelerator != NULL ? accelerator : "", " &", -1);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_auto (GStrv) ends = g_strsplit (keys[i], "...", 2);

      for (guint j = 0; ends[j] != NULL; j++)
        add_key (known, ends[j]);
    }
}

static gboolean
has_known_key (GtkApplication *application, const char *action, GHashTable *known)
{
  g_auto (GStrv) keys = gtk_application_get_accels_for_action (application, action);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      guint value = 0;
      GdkModifierType modifiers = 0;
      g_autofree char *name = NULL;

      g_assert_true (gtk_accelerator_parse (keys[i], &value, &modifiers));
      name = gtk_accelerator_name (value, modifiers);
      if (g_hash_table_contains (known, name))
        return TRUE;
    }
  return FALSE;
}

/* Of the tasks only the first and the last are named. */
static gboolean
is_between (const char *action)
{
  return (g_str_has_prefix (action, "win.show-task(")
          || g_str_has_prefix (action, "win.toggle-task("))
         && strstr (action, "(0)") == NULL;
}

static void
test_every_key_is_listed (Studio *studio, gconstpointer data)
{
  GtkShortcutsWindow *overlay
      = gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (studio->window));
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (overlay));
  g_auto (GStrv) actions
      = gtk_application_list_action_descriptions (GTK_APPLICATION (studio->application));

  g_assert_true (ui_wait (studio_is_ready, studio->document));
  for (guint i = 0; i < widgets->len; i++)
    {
      if (GTK_IS_SHORTCUTS_SHORTCUT (widgets->pdata[i]))
        add_keys (known, widgets->pdata[i]);
      /* All of a section fits on one page: a second one is found by nobody. */
      if (GTK_IS_STACK_SWITCHER (widgets->pdata[i]))
        g_assert_false (gtk_widget_get_visible (widgets->pdata[i]));
    }
  g_assert_cmpuint (g_hash_table_size (known), >, 50);
  for (guint i = 0; actions[i] != NULL; i++)
    if (!is_between (actions[i])
        && !has_known_key (GTK_APPLICATION (studio->application), actions[i], known))
      {
        g_test_message ("the shortcuts lack %s", actions[i]);
        g_test_fail ();
      }
}

static gboolean
shows_broken (gpointer window)
{
  return studio_find_label (window, "broken.png") != NULL;
}

static void
test_says_what_is_wrong_and_keeps_the_result (Studio *studio, gconstpointer data)
{
  g_autoptr (GFile) broken = g_file_new_for_path (studio->files.broken);
  TsnPrediction *prediction;

  g_assert_true (ui_wait (studio_is_ready, studio->document));
  prediction = tsn_document_get_prediction (studio->document, 3);
  tsn_window_open (studio->window, broken);
  g_assert_true (ui_wait (shows_broken, studio->window));
  g_assert_true (tsn_document_get_prediction (studio->document, 3) == prediction);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (studio->window)), ==,
                   "photo.png – TSN Studio");
  g_assert_cmpuint (studio_count_canvases (studio->window), ==, 7);
}

static gboolean
shows_no_model (gpointer window)
{
  return studio_find_label (window, "No Model Found") != NULL;
}

static void
test_says_that_there_is_no_model (Studio *studio, gconstpointer data)
{
  TsnWindowFiles files = { NULL, NULL, NULL };

  studio_close (studio);
  studio->window = tsn_window_new (GTK_APPLICATION (studio->application), studio->settings, &files);
  tsn_window_start (studio->window, NULL, NULL);
  gtk_window_present (GTK_WINDOW (studio->window));
  g_assert_true (ui_wait (shows_no_model, studio->window));
}

static void
test_falls_back_to_the_default_model (Studio *studio, gconstpointer data)
{
  studio_close (studio);
  studio_open (studio, studio->files.broken, NULL);
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  g_assert_cmpstr (tsn_document_get_model_path (studio->document), ==, studio->files.model);
}

static void
test_zooms_all_panes_together (Studio *studio, gconstpointer data)
{
  TsnView *view = tsn_window_get_view (studio->window);
  double fit;

  g_assert_true (ui_wait (studio_is_ready, studio->document));
  ui_iterate (100);
  fit = tsn_view_get_zoom (view);
  studio_activate (studio, "win.zoom-in", -1);
  g_assert_cmpfloat (tsn_view_get_zoom (view), >, fit);
  /* Pixels as squares, the probe on all panes, and a crop of the picture. */
  tsn_view_zoom (view, 8);
  tsn_view_set_probe (view, 48, 32);
  ui_iterate (100);
  g_assert_nonnull (studio_find_label (studio->window, "48, 32"));
  studio_activate (studio, "win.zoom-actual", -1);
  g_assert_cmpfloat (tsn_view_get_zoom (view), ==, 1);
  ui_iterate (100);
  studio_activate (studio, "win.zoom-fit", -1);
  g_assert_cmpfloat_with_epsilon (tsn_view_get_zoom (view), fit, 1e-9);
}

static void
test_pastes_what_it_copied (Studio *studio, gconstpointer data)
{
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  studio_activate (studio, "win.show-task", 5);
  studio_activate (studio, "win.copy", -1);
  studio_activate (studio, "win.paste", -1);
  ui_iterate (100);
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  g_assert_cmpstr (tsn_document_get_photo (studio->document)->name, ==, "Pasted picture");
  g_assert_cmpuint (tsn_document_get_photo (studio->document)->image->width, ==, UI_PHOTO_WIDTH);
}

static void
test_follows_the_settings (Studio *studio, gconstpointer data)
{
  guint width, height;

  g_assert_true (ui_wait (studio_is_ready, studio->document));
  g_settings_set_uint (studio->settings, "input-size", 128);
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  g_assert_true (tsn_document_get_network_size (studio->document, &width, &height));
  g_assert_cmpuint (height, ==, 128);
  g_settings_set_boolean (studio->settings, "show-photo", FALSE);
  g_assert_cmpuint (studio_count_canvases (studio->window), ==, 6);
}

static void
test_leaves_nothing_behind (Studio *studio, gconstpointer data)
{
  TsnView *view = tsn_window_get_view (studio->window);

  g_assert_true (ui_wait (studio_is_ready, studio->document));
  g_object_add_weak_pointer (G_OBJECT (view), (gpointer *) &view);
  g_object_add_weak_pointer (G_OBJECT (studio->document), (gpointer *) &studio->document);
  studio_destroy_and_check (GTK_WINDOW (g_steal_pointer (&studio->window)));
  g_assert_null (view);
  g_assert_null (studio->document);
}

/* What is hidden around the focus, and what is hidden around that before a frame is drawn. */
static void
test_leaves_nothing_hidden (Studio *studio, gconstpointer data)
{
  GtkWidget *inner, *outer;

  g_assert_true (ui_wait (studio_is_ready, studio->document));
  inner = studio_find (studio->window, TSN_TYPE_TASK_PANEL);
  outer = gtk_widget_get_ancestor (inner, ADW_TYPE_VIEW_STACK);
  g_assert_true (gtk_widget_child_focus (inner, GTK_DIR_TAB_FORWARD));
  g_assert_true (
      gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (studio->window)), inner));
  gtk_widget_hide (inner);
  gtk_widget_hide (outer);
  ui_iterate (100);
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (studio->window)));
  studio_destroy_and_check (GTK_WINDOW (g_steal_pointer (&studio->window)));
}

/* As an event does, which holds what it is for until it has been seen to. */
static void
test_goes_before_its_shortcuts (Studio *studio, gconstpointer data)
{
  GtkWindow *window = GTK_WINDOW (g_steal_pointer (&studio->window));
  GtkShortcutsWindow *overlay
      = gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (window));

  g_object_ref (overlay);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-help-overlay", NULL);
  ui_iterate (200);
  gtk_window_destroy (window);
  ui_iterate (100);
  g_assert_nonnull (window);
  g_object_unref (overlay);
  ui_iterate (100);
  g_assert_null (window);
}

static void
test_closes_while_busy (Studio *studio, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (studio->document), (gpointer *) &studio->document);
  studio_destroy_and_check (GTK_WINDOW (g_steal_pointer (&studio->window)));
  for (guint i = 0; i < 200 && studio->document != NULL; i++)
    ui_iterate (20);
  g_assert_null (studio->document);
}

static GtkWidget *
find_open_menu (TsnWindow *window)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (window));

  for (guint i = 0; i < widgets->len; i++)
    if (GTK_IS_POPOVER (widgets->pdata[i]) && gtk_widget_get_mapped (widgets->pdata[i]))
      return widgets->pdata[i];
  return NULL;
}

static gboolean
shows_a_menu (gpointer window)
{
  return find_open_menu (window) != NULL;
}

/* With the pointer in it, whose tooltip is about to appear. */
static void
test_closes_under_a_menu (Studio *studio, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (studio->window), *menu;

  if (!studio_can_press ())
    {
      g_test_skip ("needs xdotool and a display of its own");
      return;
    }
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  studio_press ("F10");
  g_assert_true (ui_wait (shows_a_menu, studio->window));
  menu = find_open_menu (studio->window);
  ui_iterate (300);
  studio_point (menu);
  ui_iterate (100);
  gtk_window_close (GTK_WINDOW (g_steal_pointer (&studio->window)));
  g_assert_false (gtk_widget_get_mapped (menu));
  ui_iterate (1000);
  g_assert_null (window);
}

static void
test_other_windows_go_too (Studio *studio, gconstpointer data)
{
  GtkWindow *windows[] = { tsn_preferences_new (studio->settings), tsn_help_new () };

  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      gtk_window_set_transient_for (windows[i], GTK_WINDOW (studio->window));
      gtk_window_present (windows[i]);
      ui_iterate (200);
      studio_destroy_and_check (windows[i]);
    }
}

static void
add (const char *path, void (*test) (Studio *, gconstpointer))
{
  g_test_add (path, Studio, NULL, studio_set_up, test, studio_tear_down);
}

static void
add_tests (void)
{
  add ("/window/sample", test_shows_the_sample_with_all_tasks);
  add ("/window/tasks/action", test_switches_tasks_by_action);
  add ("/window/tasks/row", test_switches_tasks_by_row);
  add ("/window/tasks/key", test_switches_tasks_by_key);
  add ("/window/keys", test_every_action_has_a_key);
  add ("/window/keys-listed", test_every_key_is_listed);
  add ("/window/broken-photo", test_says_what_is_wrong_and_keeps_the_result);
  add ("/window/no-model", test_says_that_there_is_no_model);
  add ("/window/broken-model", test_falls_back_to_the_default_model);
  add ("/window/zoom", test_zooms_all_panes_together);
  add ("/window/clipboard", test_pastes_what_it_copied);
  add ("/window/settings", test_follows_the_settings);
  add ("/window/finalized", test_leaves_nothing_behind);
  add ("/window/finalized-hidden", test_leaves_nothing_hidden);
  add ("/window/finalized-after-shortcuts", test_goes_before_its_shortcuts);
  add ("/window/closed-while-busy", test_closes_while_busy);
  add ("/window/closed-under-a-menu", test_closes_under_a_menu);
  add ("/window/dialogs", test_other_windows_go_too);
}

int
main (int argc, char **argv)
{
  return studio_run (argc, argv, add_tests);
}
