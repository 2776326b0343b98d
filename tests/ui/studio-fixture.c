#include "studio-fixture.h"

#include "config.h"
#include "ui/tsn-canvas.h"
#include "ui/tsn-panes.h"

gboolean
studio_is_ready (gpointer data)
{
  TsnDocument *document = data;

  return !tsn_document_is_busy (document) && tsn_document_get_model (document) != NULL
         && tsn_document_get_photo (document) != NULL;
}

void
studio_open (Studio *studio, const char *model, const char *photo)
{
  TsnWindowFiles files = { studio->files.model, studio->files.photo, NULL };
  g_autoptr (GFile) file = photo != NULL ? g_file_new_for_path (photo) : NULL;

  studio->window = tsn_window_new (GTK_APPLICATION (studio->application), studio->settings, &files);
  studio->document = tsn_window_get_document (studio->window);
  tsn_window_start (studio->window, file, model);
  gtk_window_present (GTK_WINDOW (studio->window));
}

void
studio_set_up (Studio *studio, gconstpointer data)
{
  ui_fixture_set_up (&studio->files, NULL);
  studio->application = ADW_APPLICATION (g_application_get_default ());
  studio->settings = g_settings_new (TSN_APP_ID);
  studio_open (studio, NULL, NULL);
}

void
studio_close (Studio *studio)
{
  if (studio->window != NULL)
    gtk_window_destroy (GTK_WINDOW (studio->window));
  studio->window = NULL;
  ui_iterate (50);
}

void
studio_tear_down (Studio *studio, gconstpointer data)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  studio_close (studio);
  g_object_get (studio->settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++)
    g_settings_reset (studio->settings, keys[i]);
  g_clear_object (&studio->settings);
  ui_fixture_tear_down (&studio->files, NULL);
}

/* GTK moves its one tooltip from window to window and never lets go of it. */
static gboolean
is_tooltip (GtkWidget *widget)
{
  return g_strcmp0 (G_OBJECT_TYPE_NAME (widget), "GtkTooltipWindow") == 0;
}

static void
add_widgets (GPtrArray *widgets, GtkWidget *widget)
{
  if (is_tooltip (widget))
    return;
  g_ptr_array_add (widgets, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_widgets (widgets, child);
}

/* All widgets of the tree as they are to be seen next, the root included. */
GPtrArray *
studio_list_widgets (GtkWidget *root)
{
  GPtrArray *widgets = g_ptr_array_new ();

  ui_catch_up ();
  add_widgets (widgets, root);
  return widgets;
}

/* Whether there is a label of these very words. */
gboolean
studio_shows_text (GtkWidget *root, const char *text)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (root);

  for (guint i = 0; i < widgets->len; i++)
    if (GTK_IS_LABEL (widgets->pdata[i])
        && g_str_equal (gtk_label_get_text (widgets->pdata[i]), text))
      return TRUE;
  return FALSE;
}

GtkLabel *
studio_find_label (TsnWindow *window, const char *part)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (window));

  for (guint i = 0; i < widgets->len; i++)
    if (GTK_IS_LABEL (widgets->pdata[i]) && gtk_widget_get_mapped (widgets->pdata[i])
        && strstr (gtk_label_get_text (widgets->pdata[i]), part) != NULL)
      return widgets->pdata[i];
  return NULL;
}

static GtkWidget *
find_first (GtkWidget *root, GType type)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (root);

  for (guint i = 0; i < widgets->len; i++)
    if (g_type_is_a (G_OBJECT_TYPE (widgets->pdata[i]), type))
      return widgets->pdata[i];
  return NULL;
}

/* The first widget of a type, or NULL. */
GtkWidget *
studio_find (TsnWindow *window, GType type)
{
  return find_first (GTK_WIDGET (window), type);
}

/* The first of a type in another, where there has to be one. */
GtkWidget *
studio_find_in (GtkWidget *root, GType type)
{
  GtkWidget *found = find_first (root, type);

  g_assert_nonnull (found);
  return found;
}

/* How many widgets of a type are in sight. */
guint
studio_count (TsnWindow *window, GType type)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (window));
  guint n = 0;

  for (guint i = 0; i < widgets->len; i++)
    n += g_type_is_a (G_OBJECT_TYPE (widgets->pdata[i]), type)
         && gtk_widget_get_mapped (widgets->pdata[i]);
  return n;
}

/* Of the tasks' panes. */
guint
studio_count_canvases (TsnWindow *window)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (window));
  guint n = 0;

  for (guint i = 0; i < widgets->len; i++)
    n += TSN_IS_CANVAS (widgets->pdata[i])
         && gtk_widget_get_ancestor (widgets->pdata[i], TSN_TYPE_PANES) != NULL;
  return n;
}

void
studio_activate (Studio *studio, const char *action, int parameter)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (studio->window), action,
                                             parameter < 0 ? NULL : "i", parameter));
}

/* An action with its parameter, as "win.show-task(2)". */
void
studio_activate_detailed (Studio *studio, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (action, &name, &target, NULL));
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (studio->window), name, target));
}

gboolean
studio_is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

/* Keys may be pressed only on a display of the test's own. */
gboolean
studio_can_press (void)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");

  return xdotool != NULL && g_getenv ("TSN_TEST_OWN_DISPLAY") != NULL;
}

static void
run_xdotool (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                               NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

void
studio_press (const char *key)
{
  run_xdotool ((const char *[]){ "xdotool", "key", key, NULL });
}

typedef struct
{
  GtkWindow *window;
  GtkWidget *focus;
} Step;

static gboolean
has_stepped (gpointer data)
{
  const Step *step = data;

  return gtk_window_get_focus (step->window) != step->focus;
}

/* Presses a key that moves the focus until a widget has it; every press is waited for, because one
 * that comes late would lead beyond it. */
void
studio_walk (TsnWindow *window, const char *key, GtkWidget *widget)
{
  Step step = { GTK_WINDOW (window), gtk_window_get_focus (GTK_WINDOW (window)) };

  for (guint i = 0; i < 100 && step.focus != widget; i++)
    {
      studio_press (key);
      g_assert_true (ui_wait (has_stepped, &step));
      step.focus = gtk_window_get_focus (step.window);
    }
  g_assert_true (step.focus == widget);
}

/* Has the pointer go to the middle of a widget of the window or of a menu of it. */
void
studio_point (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = gtk_native_get_surface (native);
  graphene_point_t middle = GRAPHENE_POINT_INIT (gtk_widget_get_width (widget) / 2.0,
                                                 gtk_widget_get_height (widget) / 2.0);
  g_autofree char *x = NULL, *y = NULL;
  double origin_x, origin_y;
  graphene_point_t point;

  g_assert_true (gtk_widget_compute_point (widget, GTK_WIDGET (native), &middle, &point));
  gtk_native_get_surface_transform (native, &origin_x, &origin_y);
  if (GDK_IS_POPUP (surface))
    {
      origin_x += gdk_popup_get_position_x (GDK_POPUP (surface));
      origin_y += gdk_popup_get_position_y (GDK_POPUP (surface));
    }
  x = g_strdup_printf ("%d", (int) (origin_x + point.x));
  y = g_strdup_printf ("%d", (int) (origin_y + point.y));
  run_xdotool ((const char *[]){ "xdotool", "mousemove", x, y, NULL });
}

/* By the pointer, in its middle. */
void
studio_click (GtkWidget *widget)
{
  studio_point (widget);
  run_xdotool ((const char *[]){ "xdotool", "click", "1", NULL });
}

static GtkDialog *
find_chooser (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (GTK_IS_FILE_CHOOSER (window) && gtk_widget_get_mapped (window))
        return GTK_DIALOG (window);
    }
  return NULL;
}

static gboolean
is_choosing (gpointer data)
{
  return find_chooser () != NULL;
}

/* Saves to a file by the chooser that opens. */
void
studio_answer_chooser (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GtkDialog *chooser;

  g_assert_true (ui_wait (is_choosing, NULL));
  chooser = find_chooser ();
  /* A name that is a path needs no folder that would have to be read first. */
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), path);
  ui_iterate (200);
  gtk_dialog_response (chooser, GTK_RESPONSE_ACCEPT);
}

static gboolean
are_gone (gpointer data)
{
  const GPtrArray *widgets = data;

  for (guint i = 0; i < widgets->len; i++)
    if (widgets->pdata[i] != NULL)
      return FALSE;
  return TRUE;
}

/* Work that is not done yet may keep them for a while. */
static void
assert_gone (GPtrArray *widgets)
{
  guint left = 0;

  ui_wait (are_gone, widgets);

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
studio_destroy_and_check (GtkWindow *window)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (window));

  for (guint i = 0; i < widgets->len; i++)
    g_object_add_weak_pointer (widgets->pdata[i], &widgets->pdata[i]);
  gtk_window_destroy (window);
  ui_iterate (500);
  assert_gone (widgets);
}

/* What a program of window tests does around its tests. */
int
studio_run (int argc, char **argv, void (*add_tests) (void))
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
