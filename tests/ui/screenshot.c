/* Draws the window into a PNG, for documentation and for looking at it:
 *   run-with-display.sh screenshot OUT.png [--photo FILE] [--model FILE] [--size 1280x800]
 *                                  [--task N] [--dark] [--second MODEL] [--probe X,Y]
 *                                  [--do STEP]...
 * Without --task all tasks are shown; a second model is there to be compared with.  Steps come
 * last: actions of menus, as "win.layout('overlay')", and those of screenshot-steps.h, such as
 * "shot FILE", so that one start draws many pictures.  If a step opens a dialog, that is drawn.
 * Not a test and not built by default. */
#include "screenshot-steps.h"

#include "app/tsn-application.h"
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdlib.h>

/* What a desktop would say, which is not there to ask. */
#define FONT "Cantarell 11"

typedef struct
{
  char *photo;
  char *model;
  char *size;
  int task;
  gboolean dark;
  char *second;
  char *probe;
  char **steps;
} Options;

static TsnWindow *
open_window (GtkApplication *application, const Options *options)
{
  g_autoptr (GSettings) settings = g_settings_new (TSN_APP_ID);
  g_autoptr (GFile) photo = options->photo != NULL ? g_file_new_for_path (options->photo) : NULL;
  TsnWindowFiles files = { options->model, NULL, NULL };
  TsnWindow *window = tsn_window_new (application, settings, &files);
  int width = 1280, height = 800;

  if (options->size != NULL && sscanf (options->size, "%dx%d", &width, &height) == 2)
    gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  tsn_window_start (window, photo, options->model);
  gtk_window_present (GTK_WINDOW (window));
  /* The frame that a display without shadows gets. */
  gtk_widget_remove_css_class (GTK_WIDGET (window), "solid-csd");
  return window;
}

static void
take_steps (TsnWindow *window, const Options *options)
{
  TsnDocument *document = tsn_window_get_document (window);

  screenshot_wait (document);
  if (options->task >= 0)
    tsn_document_show_only (document, options->task);
  screenshot_wait (document);
  if (options->second != NULL)
    tsn_compare_load (tsn_document_get_compare (document), options->second);
  screenshot_wait (document);
  for (guint i = 0; options->steps != NULL && options->steps[i] != NULL; i++)
    {
      if (!screenshot_take_step (window, options->steps[i]))
        g_printerr ("“%s” led to nothing.\n", options->steps[i]);
      screenshot_wait (document);
    }
}

/* The translations that the build has made, two folders up. */
static void
bind_translations (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (program != NULL ? program : ".");
  g_autofree char *built = g_build_filename (folder, "..", "..", "po", NULL);

  bindtextdomain (GETTEXT_PACKAGE, built);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
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
    { "do", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.steps, "Take a step", "STEP" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("OUT.png");
  g_autoptr (TsnApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  TsnWindow *window;

  setlocale (LC_ALL, "");
  bind_translations ();
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "One file to write is needed.");
      return EXIT_FAILURE;
    }
  application = tsn_application_new ();
  if (!g_application_register (G_APPLICATION (application), NULL, NULL))
    return EXIT_FAILURE;
  screenshot_set_dark (options.dark);
  g_object_set (gtk_settings_get_default (), "gtk-font-name", FONT, NULL);
  window = open_window (GTK_APPLICATION (application), &options);
  take_steps (window, &options);
  if (options.probe != NULL)
    screenshot_point_at (window, options.probe);
  return screenshot_save (window, argv[1]) ? EXIT_SUCCESS : EXIT_FAILURE;
}
