/* Thousands of random actions, gestures, keys and clicks: no warning, no crash, no growth.
 *
 * TSN_SOAK_ACTIONS says how many (the default keeps the suite short), TSN_SOAK_SEED which;
 * --verbose tells each. */
#include "soak.h"

#include "config.h"
#include "ui/tsn-document-live.h"
#include "ui/tsn-help.h"
#include "ui/tsn-inspection.h"
#include "ui/tsn-preferences.h"

#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define DEFAULT_ACTIONS 500
#define DEFAULT_SEED 1

/* How often everything is brought to rest and the memory is looked at. */
#define REST 125

/* From so many actions on, each of the window's must have been available at some time. */
#define ENOUGH_FOR_ALL 5000

/* From so many on, the memory of the last quarter is compared with that of the second. */
#define ENOUGH_FOR_GROWTH 2000

/* What the last quarter may need more than the second, in bytes: caches and undo steps; and pages
 * that are resident because something small in them is still used.  Over 10000 actions this finds
 * what loses 4 kB an action. */
#define SLACK (16 << 20)
#define RESIDENT_SLACK (48 << 20)

/* A fixed threshold and few arenas, so that what is given back to malloc() goes back to the system.
 */
#define MMAP_THRESHOLD (128 << 10)
#define N_ARENAS 2

/* Sanitizers keep books of memory themselves. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MEASURES_MEMORY 0
#else
#define MEASURES_MEMORY 1
#endif

/* The least there was in a quarter: what comes and goes is not in it, what stays is. */
typedef struct
{
  size_t heap;
  size_t resident;
} Memory;

static gboolean
is_idle (gpointer data)
{
  return !tsn_document_is_busy (data);
}

static void
gone_cb (gpointer data, GObject *object)
{
  g_ptr_array_remove_fast (data, object);
}

static void
forget (GPtrArray *alive)
{
  for (guint i = 0; i < alive->len; i++)
    g_object_weak_unref (alive->pdata[i], gone_cb, alive);
  g_ptr_array_unref (alive);
}

/* Keeps @object, without a reference, in @alive until it is finalized. */
static void
follow (gpointer object, GPtrArray *alive)
{
  g_ptr_array_add (alive, object);
  g_object_weak_ref (object, gone_cb, alive);
}

static void
open_window (Soak *soak)
{
  TsnWindowFiles files = { soak->files.model, soak->files.photo, soak->state };

  g_set_weak_pointer (&soak->window, tsn_window_new (GTK_APPLICATION (g_application_get_default ()),
                                                     soak->settings, &files));
  soak->document = tsn_window_get_document (soak->window);
  follow (soak->window, soak->windows);
  follow (soak->document, soak->documents);
  tsn_window_start (soak->window, NULL, NULL);
  gtk_window_present (GTK_WINDOW (soak->window));
}

static guint
get_number (const char *variable, guint usual)
{
  const char *text = g_getenv (variable);

  return text != NULL ? (guint) strtoul (text, NULL, 10) : usual;
}

static void
set_up (Soak *soak, gconstpointer data)
{
  soak_files_set_up (soak);
  soak->random = g_rand_new_with_seed (get_number ("TSN_SOAK_SEED", DEFAULT_SEED));
  soak->done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  soak->windows = g_ptr_array_new ();
  soak->documents = g_ptr_array_new ();
  soak->waiting = g_ptr_array_new_with_free_func (g_free);
  soak->settings = g_settings_new (TSN_APP_ID);
  /* Without a window manager nobody tells an entry that the focus has gone to another window; GTK
   * warns when its cursor blinks on. */
  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE, NULL);
  open_window (soak);
  g_assert_true (ui_wait (is_idle, soak->document));
  soak_write_session (soak);
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
tear_down (Soak *soak, gconstpointer data)
{
  if (soak->window != NULL)
    gtk_window_destroy (GTK_WINDOW (soak->window));
  g_clear_weak_pointer (&soak->window);
  soak_unplug_all ();
  ui_iterate (500);
  reset_settings (soak->settings);
  g_clear_object (&soak->settings);
  g_clear_pointer (&soak->deck, g_ptr_array_unref);
  forget (soak->windows);
  forget (soak->documents);
  g_ptr_array_unref (soak->waiting);
  g_hash_table_unref (soak->done);
  g_rand_free (soak->random);
  soak_files_tear_down (soak);
}

static void
look_around (Soak *soak)
{
  TsnView *view = tsn_window_get_view (soak->window);
  double x = soak_pick_between (soak, -20, 120), y = soak_pick_between (soak, -20, 90);

  switch (soak_pick (soak, 4))
    {
    case 0:
      tsn_view_zoom_about (view, soak_pick_between (soak, 0.3, 3), x, y);
      break;
    case 1:
      tsn_view_pan (view, x, y);
      break;
    case 2:
      tsn_view_clear_probe (view);
      break;
    default:
      tsn_view_set_probe (view, x, y);
    }
}

/* The desk: the window's size, colours, size of letters, direction of writing. */
static void
change_desk (Soak *soak)
{
  GtkSettings *desk = gtk_settings_get_default ();

  int choice = soak_pick (soak, 5);

  soak_note ("change the desk in way %d", choice);
  switch (choice)
    {
    case 0:
    case 1:
      gtk_window_set_default_size (GTK_WINDOW (soak->window), 400 + soak_pick (soak, 880),
                                   300 + soak_pick (soak, 500));
      break;
    case 2:
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                          soak_chance (soak, 0.5) ? ADW_COLOR_SCHEME_FORCE_DARK
                                                                  : ADW_COLOR_SCHEME_FORCE_LIGHT);
      break;
    case 3:
      g_object_set (desk, "gtk-xft-dpi", (int[]){ 96, 120, 192 }[soak_pick (soak, 3)] * 1024, NULL);
      break;
    default:
      gtk_widget_set_default_direction (soak_chance (soak, 0.3) ? GTK_TEXT_DIR_RTL
                                                                : GTK_TEXT_DIR_LTR);
    }
}

static void
open_other_window (Soak *soak)
{
  GtkWindow *dialog
      = soak_chance (soak, 0.5) ? tsn_preferences_new (soak->settings) : tsn_help_new ();

  gtk_window_set_transient_for (dialog, GTK_WINDOW (soak->window));
  gtk_window_present (dialog);
}

static void
do_something_rare (Soak *soak)
{
  switch (soak_pick (soak, 5))
    {
    case 0:
      open_other_window (soak);
      break;
    case 1:
      soak_write_session (soak);
      break;
    case 2:
      soak_note ("close the window");
      gtk_window_close (GTK_WINDOW (soak->window));
      break;
    default:
      soak_change_cameras (soak);
    }
}

static void
do_to_window (Soak *soak)
{
  GtkWidget *window = GTK_WIDGET (soak->window);
  int choice = soak_pick (soak, 100);

  if (choice < 40)
    soak_act (soak);
  else if (choice < 65)
    soak_operate (soak, window);
  else if (choice < 77)
    soak_gesture (soak, window);
  else if (choice < 81)
    soak_type (soak);
  else if (choice < 86)
    gtk_widget_child_focus (window, soak_pick (soak, 6));
  else if (choice < 92)
    look_around (soak);
  else if (choice < 96)
    change_desk (soak);
  else
    do_something_rare (soak);
}

static void
do_anything (Soak *soak)
{
  GtkWindow *dialog = soak_find_dialog (soak);

  if (dialog != NULL && soak_chance (soak, 0.7))
    soak_attend (soak, dialog);
  else
    do_to_window (soak);
  /* Some follow one another at once, others after the results of the one before. */
  for (int i = soak_pick (soak, 4); i > 0; i--)
    g_main_context_iteration (NULL, FALSE);
  if (soak_chance (soak, 0.1))
    ui_iterate (5);
  if (soak->window == NULL)
    open_window (soak);
}

/* With movements or, from one rest to the next, without. */
static void
reset_desk (Soak *soak)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", soak_chance (soak, 0.5),
                NULL);
}

static void
reset_view (Soak *soak)
{
  TsnInspection *inspection = tsn_document_get_inspection (soak->document);

  tsn_live_close (tsn_document_get_live (soak->document));
  tsn_compare_set_enabled (tsn_document_get_compare (soak->document), FALSE);
  tsn_display_set_layout (tsn_document_get_display (soak->document), TSN_LAYOUT_GRID);
  tsn_display_set_hatching (tsn_document_get_display (soak->document), FALSE);
  tsn_inspection_set_node (inspection, "");
  tsn_inspection_set_mode (inspection, 0);
  g_action_group_activate_action (G_ACTION_GROUP (soak->window), "blend-reset", NULL);
  g_action_group_activate_action (G_ACTION_GROUP (soak->window), "show-page",
                                  g_variant_new_string ("tasks"));
  gtk_window_set_default_size (GTK_WINDOW (soak->window), 1000, 700);
}

static gboolean
is_alone (gpointer data)
{
  const Soak *soak = data;

  return soak->windows->len <= 1 && soak->documents->len <= 1;
}

static Memory
measure (void)
{
  struct mallinfo2 info = mallinfo2 ();
  Memory memory = { info.uordblks + info.hblkhd, 0 };
  g_autofree char *text = NULL;
  size_t pages;

  malloc_trim (0);
  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%*s %zu", &pages), ==, 1);
  memory.resident = pages * sysconf (_SC_PAGESIZE);
  return memory;
}

static void
tell_alive (const char *kind, GPtrArray *alive)
{
  for (guint i = 0; i < alive->len; i++)
    g_test_message ("%s %p has %u references", kind, alive->pdata[i],
                    ((GObject *) alive->pdata[i])->ref_count);
}

/* What was closed is gone, with all that worked for it. */
static void
check_alone (Soak *soak)
{
  if (ui_wait (is_alone, soak))
    return;
  tell_alive ("window", soak->windows);
  tell_alive ("document", soak->documents);
  g_assert_cmpuint (soak->windows->len, ==, 1);
  g_assert_cmpuint (soak->documents->len, ==, 1);
}

/* What somebody waits for says where to look. */
static void
wait_until_idle (Soak *soak)
{
  TsnDocument *document = soak->document;

  if (ui_wait (is_idle, document))
    return;
  g_test_message ("loading %d, predicting %d, comparing %d", tsn_document_is_loading (document),
                  tsn_predictor_is_busy (tsn_document_get_predictor (document)),
                  tsn_compare_is_busy (tsn_document_get_compare (document)));
  g_assert_false (tsn_document_is_busy (document));
}

/* The same state at every rest, so that memory can be compared. */
static Memory
rest (Soak *soak)
{
  g_autoptr (GFile) photo = g_file_new_for_path (soak->files.photo);

  soak_note ("rest");
  soak_close_dialogs (soak);
  if (soak->window == NULL)
    open_window (soak);
  reset_settings (soak->settings);
  reset_desk (soak);
  reset_view (soak);
  tsn_document_load_model (soak->document, soak->files.model);
  tsn_window_open (soak->window, photo);
  wait_until_idle (soak);
  tsn_document_show_all (soak->document);
  wait_until_idle (soak);
  ui_iterate (300);
  check_alone (soak);
  return measure ();
}

static void
note_least (Memory *least, Memory now)
{
  least->heap = MIN (least->heap, now.heap);
  least->resident = MIN (least->resident, now.resident);
}

static void
check_all_done (Soak *soak, guint n)
{
  g_autoptr (GPtrArray) names = soak_list_actions (soak);
  guint left = 0;

  for (guint i = 0; i < names->len; i++)
    if (!g_hash_table_contains (soak->done, names->pdata[i]))
      {
        g_test_message ("%s was never available", (char *) names->pdata[i]);
        left++;
      }
  g_test_message ("%u of %u actions of the window were done", names->len - left, names->len);
  if (n >= ENOUGH_FOR_ALL)
    g_assert_cmpuint (left, ==, 0);
}

/* In a short run the last quarter may be the first that has the second model or the inspector, so
 * that it says nothing of growth. */
static void
check_growth (const Memory *quarters, guint n)
{
  g_test_message ("second quarter: %.1f MB allocated, %.1f MB resident; last: %.1f and %.1f MB",
                  quarters[1].heap / 1e6, quarters[1].resident / 1e6, quarters[3].heap / 1e6,
                  quarters[3].resident / 1e6);
  if (!MEASURES_MEMORY || n < ENOUGH_FOR_GROWTH)
    return;
  g_assert_cmpuint (quarters[3].heap, <=, quarters[1].heap + SLACK);
  g_assert_cmpuint (quarters[3].resident, <=, quarters[1].resident + RESIDENT_SLACK);
}

/* GTK names a widget by its address. */
static GtkWidget *
find_named (const char *message)
{
  const char *address = strstr (message, " 0x");

  return address != NULL ? GSIZE_TO_POINTER (g_ascii_strtoull (address, NULL, 16)) : NULL;
}

/* Where it is says more. */
static void
tell_widget (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    g_printerr ("  %s %s, mapped %d, %d x %d\n", G_OBJECT_TYPE_NAME (widget),
                gtk_widget_get_name (widget), gtk_widget_get_mapped (widget),
                gtk_widget_get_width (widget), gtk_widget_get_height (widget));
}

/* What GTK 4.8 says of itself is not about us: a tooltip that was to pop up does not notice that
 * its menu is gone meanwhile, nor a file chooser that it is gone when it hears whether a file
 * exists, and its list loses count of the rows that it remembers (we have no tree models). */
static gboolean
is_fatal_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  return (g_strcmp0 (domain, "Gdk") != 0 && g_strcmp0 (domain, "Gtk") != 0)
         || !(g_str_has_suffix (message, ": assertion 'GDK_IS_SURFACE (surface)' failed")
              || g_str_has_prefix (message, "gtk_window_has_group: assertion ")
              || strstr (message, ": bad row reference, ") != NULL);
}

/* Of the folders that lead to the one it shows, a file chooser draws what it has not placed yet. */
static gboolean
is_of_chooser (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_FILE_CHOOSER_WIDGET) != NULL;
}

/* libadwaita 1.2 starts the spring of a flap that has no size yet with a speed of 0 / 0, so that it
 * stands nowhere for a frame. */
static gboolean
is_adrift (GtkWidget *widget)
{
  GtkWidget *flap = gtk_widget_get_ancestor (widget, ADW_TYPE_FLAP);

  return flap != NULL && isnan (adw_flap_get_reveal_progress (ADW_FLAP (flap)));
}

static GLogWriterOutput
write_log_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  const char *message = "";

  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      message = fields[i].value;
  if (level == G_LOG_LEVEL_WARNING && find_named (message) != NULL)
    {
      if (is_of_chooser (find_named (message)) || is_adrift (find_named (message)))
        return G_LOG_WRITER_HANDLED;
      tell_widget (find_named (message));
    }
  return g_log_writer_default (level, fields, n_fields, data);
}

static void
test_soak (Soak *soak, gconstpointer data)
{
  guint n = MAX (get_number ("TSN_SOAK_ACTIONS", DEFAULT_ACTIONS), 4 * REST);
  Memory quarters[4];

  g_test_log_set_fatal_handler (is_fatal_cb, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (quarters); i++)
    quarters[i] = (Memory){ G_MAXSIZE, G_MAXSIZE };
  for (guint i = 1; i <= n; i++)
    {
      do_anything (soak);
      if (i % REST != 0)
        continue;
      Memory now = rest (soak);

      g_test_message ("%u actions: %.1f MB allocated, %.1f MB resident", i, now.heap / 1e6,
                      now.resident / 1e6);
      note_least (&quarters[MIN ((guint64) (i - 1) * 4 / n, 3)], now);
    }
  check_all_done (soak, n);
  check_growth (quarters, n);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  g_log_set_writer_func (write_log_cb, NULL, NULL);
  mallopt (M_MMAP_THRESHOLD, MMAP_THRESHOLD);
  mallopt (M_ARENA_MAX, N_ARENAS);
  gtk_test_init (&argc, &argv, NULL);
  application = adw_application_new (TSN_APP_ID, G_APPLICATION_NON_UNIQUE);
  g_application_set_default (G_APPLICATION (application));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  tsn_window_install_keys (GTK_APPLICATION (application));
  g_test_add ("/ui/soak", Soak, NULL, set_up, test_soak, tear_down);
  return g_test_run ();
}
