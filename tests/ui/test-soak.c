/* Thousands of random actions, keys and clicks: no warning, no crash, no growth.
 *
 * TSN_SOAK_ACTIONS says how many (the default keeps the suite short); --seed repeats a run. */
#include "ui-fixture.h"

#include "config.h"
#include "ui/tsn-window.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_ACTIONS 1500

/* How often everything is brought to rest and the memory is looked at. */
#define REST 250

/* What the memory in use may differ by between two rests, in bytes: caches and undo steps. */
#define SLACK (8 << 20)

typedef struct
{
  UiFixture files;
  GSettings *settings;
  TsnWindow *window;
  TsnDocument *document;
} Studio;

static gboolean
is_idle (gpointer data)
{
  return !tsn_document_is_busy (data);
}

static void
set_up (Studio *studio, gconstpointer data)
{
  TsnWindowFiles files;

  ui_fixture_set_up (&studio->files, NULL);
  files = (TsnWindowFiles){ studio->files.model, studio->files.photo, NULL };
  studio->settings = g_settings_new (TSN_APP_ID);
  studio->window
      = tsn_window_new (GTK_APPLICATION (g_application_get_default ()), studio->settings, &files);
  studio->document = tsn_window_get_document (studio->window);
  tsn_window_start (studio->window, NULL, NULL);
  gtk_window_present (GTK_WINDOW (studio->window));
  g_assert_true (ui_wait (is_idle, studio->document));
}

static void
reset_settings (GSettings *settings)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (char **key = keys; *key != NULL; key++)
    g_settings_reset (settings, *key);
}

static void
tear_down (Studio *studio, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (studio->window));
  ui_iterate (50);
  reset_settings (studio->settings);
  g_clear_object (&studio->settings);
  ui_fixture_tear_down (&studio->files, NULL);
}

/* Dialogs wait for a person. */
static gboolean
opens_dialog (const char *action)
{
  static const char *const beginnings[] = { "open", "save", "export", "choose", "figure" };

  if (g_str_equal (action, "open-uri"))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_str_has_prefix (action, beginnings[i]))
      return TRUE;
  return FALSE;
}

static char *
make_uri (Studio *studio)
{
  const char *const paths[] = { studio->files.photo, studio->files.other_photo,
                                studio->files.broken, studio->files.model, "/nowhere/nothing.png" };

  return g_filename_to_uri (paths[g_test_rand_int_range (0, G_N_ELEMENTS (paths))], NULL, NULL);
}

/* Any value of a type; of strings those that some action knows. */
static GVariant *
make_value (Studio *studio, const char *action, const GVariantType *type)
{
  static const char *const words[]
      = { "tasks",  "blend",      "inspect",      "compare", "grid",
          "single", "overlay",    "side",         "wipe",    "difference",
          "codes",  "embeddings", "coefficients", "",        "no such word" };

  if (g_str_equal (action, "open-uri"))
    return g_variant_new_take_string (make_uri (studio));
  if (g_variant_type_equal (type, G_VARIANT_TYPE_BOOLEAN))
    return g_variant_new_boolean (g_test_rand_bit ());
  if (g_variant_type_equal (type, G_VARIANT_TYPE_INT32))
    return g_variant_new_int32 (g_test_rand_int_range (-2, 12));
  if (g_variant_type_equal (type, G_VARIANT_TYPE_UINT32))
    return g_variant_new_uint32 (g_test_rand_int_range (0, 600));
  if (g_variant_type_equal (type, G_VARIANT_TYPE_DOUBLE))
    return g_variant_new_double (g_test_rand_double_range (-0.5, 1.5));
  if (g_variant_type_equal (type, G_VARIANT_TYPE_STRING))
    return g_variant_new_string (words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
  return NULL;
}

static void
act (Studio *studio)
{
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (studio->window));
  const char *name = names[g_test_rand_int_range (0, g_strv_length (names))];
  const GVariantType *type
      = g_action_group_get_action_parameter_type (G_ACTION_GROUP (studio->window), name);
  GVariant *value = type != NULL ? make_value (studio, name, type) : NULL;

  if (opens_dialog (name) || (type != NULL && value == NULL))
    return;
  g_action_group_activate_action (G_ACTION_GROUP (studio->window), name, value);
}

static void
look_around (Studio *studio)
{
  TsnView *view = tsn_window_get_view (studio->window);
  double x = g_test_rand_double_range (-20, 120), y = g_test_rand_double_range (-20, 90);

  switch (g_test_rand_int_range (0, 5))
    {
    case 0:
      tsn_view_zoom_about (view, g_test_rand_double_range (0.3, 3), x, y);
      break;
    case 1:
      tsn_view_pan (view, x, y);
      break;
    case 2:
      tsn_view_clear_probe (view);
      break;
    case 3:
      gtk_window_set_default_size (GTK_WINDOW (studio->window), 700 + 8 * x, 500 + 4 * y);
      break;
    default:
      tsn_view_set_probe (view, x, y);
    }
}

static void
add_controls (GPtrArray *controls, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget)
      || GTK_IS_WINDOW_CONTROLS (widget) || GTK_IS_MENU_BUTTON (widget)
      || g_str_has_suffix (G_OBJECT_TYPE_NAME (widget), "SplitButton")
      /* libadwaita 1.2 does not survive that one is closed while it slides in. */
      || g_str_equal (G_OBJECT_TYPE_NAME (widget), "AdwToastWidget"))
    return;
  if (GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_SWITCH (widget)
      || GTK_IS_RANGE (widget) || GTK_IS_SPIN_BUTTON (widget) || GTK_IS_DROP_DOWN (widget)
      || GTK_IS_LIST_BOX_ROW (widget))
    g_ptr_array_add (controls, widget);
  /* A list that pops up when its page is gone already has no monitor to look for. */
  if (GTK_IS_DROP_DOWN (widget))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_controls (controls, child);
}

static void
move_adjustment (GtkAdjustment *adjustment)
{
  double lower = gtk_adjustment_get_lower (adjustment);
  double upper = gtk_adjustment_get_upper (adjustment);

  gtk_adjustment_set_value (adjustment, lower + g_test_rand_double () * (upper - lower));
}

static gboolean
is_dialog_button (GtkWidget *widget)
{
  const char *action
      = GTK_IS_BUTTON (widget) ? gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) : NULL;

  return action != NULL
         && (g_str_has_prefix (action, "app.")
             || (g_str_has_prefix (action, "win.") && opens_dialog (action + strlen ("win."))));
}

static void
operate (Studio *studio)
{
  g_autoptr (GPtrArray) controls = g_ptr_array_new ();
  GtkWidget *widget;

  add_controls (controls, GTK_WIDGET (studio->window));
  if (controls->len == 0)
    return;
  widget = controls->pdata[g_test_rand_int_range (0, controls->len)];
  if (GTK_IS_RANGE (widget))
    move_adjustment (gtk_range_get_adjustment (GTK_RANGE (widget)));
  else if (GTK_IS_SPIN_BUTTON (widget))
    move_adjustment (gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (widget)));
  else if (GTK_IS_DROP_DOWN (widget))
    gtk_drop_down_set_selected (
        GTK_DROP_DOWN (widget),
        g_test_rand_int_range (0, MAX (1, g_list_model_get_n_items (
                                              gtk_drop_down_get_model (GTK_DROP_DOWN (widget))))));
  else if (!is_dialog_button (widget))
    gtk_widget_activate (widget);
}

static void
move_focus (Studio *studio)
{
  gtk_widget_child_focus (GTK_WIDGET (studio->window), g_test_rand_int_range (0, 6));
}

static void
do_anything (Studio *studio)
{
  switch (g_test_rand_int_range (0, 8))
    {
    case 0:
      look_around (studio);
      break;
    case 1:
      move_focus (studio);
      break;
    case 2:
    case 3:
    case 4:
      operate (studio);
      break;
    default:
      act (studio);
    }
  /* Some follow one another at once, others after the results of the one before. */
  for (guint i = g_test_rand_int_range (0, 4); i > 0; i--)
    g_main_context_iteration (NULL, FALSE);
  if (g_test_rand_int_range (0, 10) == 0)
    ui_iterate (5);
}

/* The same state at every rest, so that memory can be compared. */
static size_t
rest (Studio *studio)
{
  g_autoptr (GFile) photo = g_file_new_for_path (studio->files.photo);

  reset_settings (studio->settings);
  tsn_compare_set_enabled (tsn_document_get_compare (studio->document), FALSE);
  tsn_display_set_layout (tsn_document_get_display (studio->document), TSN_LAYOUT_GRID);
  tsn_display_set_hatching (tsn_document_get_display (studio->document), FALSE);
  g_action_group_activate_action (G_ACTION_GROUP (studio->window), "show-page",
                                  g_variant_new_string ("tasks"));
  gtk_window_set_default_size (GTK_WINDOW (studio->window), 1000, 700);
  tsn_document_load_model (studio->document, studio->files.model);
  tsn_window_open (studio->window, photo);
  g_assert_true (ui_wait (is_idle, studio->document));
  tsn_document_show_all (studio->document);
  g_assert_true (ui_wait (is_idle, studio->document));
  ui_iterate (100);
  return mallinfo2 ().uordblks;
}

static guint
count_actions (void)
{
  const char *text = g_getenv ("TSN_SOAK_ACTIONS");

  return text != NULL ? (guint) strtoul (text, NULL, 10) : DEFAULT_ACTIONS;
}

static void
test_soak (Studio *studio, gconstpointer data)
{
  guint n = count_actions ();
  size_t smallest[2] = { G_MAXSIZE, G_MAXSIZE };

  for (guint i = 1; i <= n; i++)
    {
      do_anything (studio);
      if (i % REST != 0)
        continue;
      size_t bytes = rest (studio);

      g_test_message ("%u actions: %.1f MB in use", i, bytes / 1e6);
      /* By a third of the way every page was open once. */
      if (i > n / 3)
        smallest[i > 2 * n / 3] = MIN (smallest[i > 2 * n / 3], bytes);
    }
  /* What comes and goes is in neither; what stays is in the second. */
  g_assert_cmpuint (smallest[1], <, smallest[0] + SLACK);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  gtk_test_init (&argc, &argv, NULL);
  application = adw_application_new (TSN_APP_ID, G_APPLICATION_NON_UNIQUE);
  g_application_set_default (G_APPLICATION (application));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  tsn_window_install_keys (GTK_APPLICATION (application));
  g_test_add ("/ui/soak", Studio, NULL, set_up, test_soak, tear_down);
  return g_test_run ();
}
