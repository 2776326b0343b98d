/* Draws the window into a PNG, for documentation and for looking at it:
 *   run-with-display.sh screenshot OUT.png [--photo FILE] [--model FILE] [--size 1280x800]
 *                                  [--task N] [--dark] [--second MODEL] [--probe X,Y]
 *                                  [--do ACTION]...
 * Without --task all tasks are shown.  Actions are those of menus, as "win.layout('overlay')", and
 * come last; a second model is there to be compared with.  If they open a dialog, that
 * is drawn.  Not a test and not built by default. */
#include "config.h"
#include "ui/tsn-window.h"

#include <stdlib.h>

#define PATIENCE_SECONDS 120

typedef struct
{
  char *photo;
  char *model;
  char *size;
  int task;
  gboolean dark;
  char *second;
  char *probe;
  char **actions;
} Options;

static void
iterate_until (gint64 end)
{
  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
}

static void
wait_for (TsnDocument *document)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;

  do
    {
      while (tsn_document_is_busy (document) && g_get_monotonic_time () < end)
        g_main_context_iteration (NULL, TRUE);
      /* Animations end, frames are drawn, and what was found may lead to further work. */
      iterate_until (g_get_monotonic_time () + G_USEC_PER_SEC);
    }
  while (tsn_document_is_busy (document) && g_get_monotonic_time () < end);
}

static gboolean
save (GtkWindow *window, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  return gdk_texture_save_to_png (texture, path);
}

static TsnWindow *
open_window (AdwApplication *application, const Options *options)
{
  g_autoptr (GSettings) settings = g_settings_new (TSN_APP_ID);
  g_autoptr (GFile) photo = options->photo != NULL ? g_file_new_for_path (options->photo) : NULL;
  TsnWindowFiles files = { options->model, NULL, NULL };
  TsnWindow *window = tsn_window_new (GTK_APPLICATION (application), settings, &files);
  int width = 1280, height = 800;

  if (options->size != NULL && sscanf (options->size, "%dx%d", &width, &height) == 2)
    gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  tsn_window_start (window, photo, options->model);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
do_actions (TsnWindow *window, const Options *options)
{
  TsnDocument *document = tsn_window_get_document (window);

  wait_for (document);
  if (options->second != NULL)
    tsn_compare_load (tsn_document_get_compare (document), options->second);
  wait_for (document);
  for (guint i = 0; options->actions != NULL && options->actions[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;

      if (g_action_parse_detailed_name (options->actions[i], &name, &target, NULL))
        gtk_widget_activate_action_variant (GTK_WIDGET (window), name, target);
      wait_for (document);
    }
}

static void
point_at (TsnWindow *window, const char *probe)
{
  double x, y;

  if (probe != NULL && sscanf (probe, "%lf,%lf", &x, &y) == 2)
    tsn_view_set_probe (tsn_window_get_view (window), x, y);
  iterate_until (g_get_monotonic_time () + G_USEC_PER_SEC / 5);
}

/* A dialog that an action has opened, or the window itself. */
static GtkWindow *
find_front (TsnWindow *window)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow *front = GTK_WINDOW (window);

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (other) == GTK_WINDOW (window))
        front = other;
    }
  return front;
}

int
main (int argc, char **argv)
{
  Options options = { .task = -1 };
  const GOptionEntry entries[] = {
    { "photo", 0, 0, G_OPTION_ARG_FILENAME, &options.photo, "Photo to open", "FILE" },
    { "model", 0, 0, G_OPTION_ARG_FILENAME, &options.model, "Model to load", "FILE" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &options.size, "Size of the window", "WxH" },
    { "task", 0, 0, G_OPTION_ARG_INT, &options.task, "Show one task alone", "N" },
    { "dark", 0, 0, G_OPTION_ARG_NONE, &options.dark, "Dark colours", NULL },
    { "second", 0, 0, G_OPTION_ARG_FILENAME, &options.second, "Second model", "FILE" },
    { "probe", 0, 0, G_OPTION_ARG_STRING, &options.probe, "Point at a pixel", "X,Y" },
    { "do", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.actions, "Activate an action", "ACTION" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("OUT.png");
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  TsnWindow *window;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "One file to write is needed.");
      return EXIT_FAILURE;
    }
  application = adw_application_new (TSN_APP_ID, G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (G_APPLICATION (application), NULL, NULL))
    return EXIT_FAILURE;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      options.dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                   : ADW_COLOR_SCHEME_FORCE_LIGHT);
  window = open_window (application, &options);
  wait_for (tsn_window_get_document (window));
  if (options.task >= 0)
    tsn_document_show_only (tsn_window_get_document (window), options.task);
  do_actions (window, &options);
  wait_for (tsn_window_get_document (window));
  point_at (window, options.probe);
  return save (find_front (window), argv[1]) ? EXIT_SUCCESS : EXIT_FAILURE;
}
