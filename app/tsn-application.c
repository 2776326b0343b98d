#include "app/tsn-application.h"

#include "app/tsn-paths.h"
#include "app/tsn-settings.h"
#include "config.h"
#include "core/figure/tsn-study.h"
#include "ui/tsn-help.h"
#include "ui/tsn-preferences.h"
#include "ui/tsn-window.h"

#include <glib/gi18n.h>

struct _TsnApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (TsnApplication, tsn_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
  { "model", 'm', 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Use this model file"), N_ ("FILE") },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static void
open_window (TsnApplication *self, GFile *photo, const char *model)
{
  g_autofree char *default_model = tsn_paths_find_model (NULL, NULL);
  g_autofree char *sample = tsn_paths_find_data ("samples/sample.png");
  g_autofree char *state
      = g_build_filename (g_get_user_state_dir (), "tsn-studio", "last" TSN_STUDY_SUFFIX, NULL);
  TsnWindowFiles files = { default_model, sample, state };
  TsnWindow *window = tsn_window_new (GTK_APPLICATION (self), self->settings, &files);

  tsn_window_start (window, photo, model);
  gtk_window_present (GTK_WINDOW (window));
}

static void
present_dialog (TsnApplication *self, GtkWindow *dialog)
{
  gtk_window_set_transient_for (dialog, gtk_application_get_active_window (GTK_APPLICATION (self)));
  gtk_window_present (dialog);
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TsnApplication *self = data;

  present_dialog (self, tsn_preferences_new (self->settings));
}

static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  present_dialog (data, tsn_help_new ());
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWidget *about = adw_about_window_new ();

  g_object_set (about, "application-name", _ ("TSN Studio"), "application-icon", TSN_APP_ID,
                "version", TSN_VERSION, "developer-name", _ ("The TSN Studio developers"),
                "license-type", GTK_LICENSE_MIT_X11, "comments",
                _ ("One network doing every task: edges, regions, human parts, surface normals, "
                   "saliency and depth.\n\nTask Switching Networks were proposed by Guolei Sun et "
                   "al., “Task Switching Network for Multi-Task Learning”, ICCV 2021."),
                NULL);
  present_dialog (data, GTK_WINDOW (about));
}

static void
new_window_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  open_window (data, NULL, NULL);
}

/* Closes every window the way a person would, so that each saves what it keeps. */
static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (data));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
apply_colour_scheme (TsnApplication *self)
{
  g_autofree char *scheme = g_settings_get_string (self->settings, "colour-scheme");
  AdwColorScheme value = ADW_COLOR_SCHEME_DEFAULT;

  if (g_strcmp0 (scheme, "light") == 0)
    value = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_strcmp0 (scheme, "dark") == 0)
    value = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), value);
}

static void
add_actions (TsnApplication *self)
{
  static const GActionEntry entries[] = {
    { "new-window", new_window_cb, NULL, NULL, NULL, { 0 } },
    { "preferences", preferences_cb, NULL, NULL, NULL, { 0 } },
    { "help", help_cb, NULL, NULL, NULL, { 0 } },
    { "about", about_cb, NULL, NULL, NULL, { 0 } },
    { "quit", quit_cb, NULL, NULL, NULL, { 0 } },
  };
  static const char *const keys[][2] = {
    { "app.new-window", "<Control>n" },
    { "app.preferences", "<Control>comma" },
    { "app.help", "F1" },
    { "app.quit", "<Control>q" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), keys[i][0],
                                           (const char *const[]){ keys[i][1], NULL });
}

static void
tsn_application_startup (GApplication *application)
{
  TsnApplication *self = TSN_APPLICATION (application);

  G_APPLICATION_CLASS (tsn_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (TSN_APP_ID);
  g_signal_connect_object (self->settings, "changed::colour-scheme",
                           G_CALLBACK (apply_colour_scheme), self, G_CONNECT_SWAPPED);
  apply_colour_scheme (self);
  add_actions (self);
  tsn_window_install_keys (GTK_APPLICATION (self));
}

/* A second start without anything to open brings the window that is there to the front. */
static void
tsn_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL)
    gtk_window_present (window);
  else
    open_window (TSN_APPLICATION (application), NULL, NULL);
}

static char *
find_model_option (GApplicationCommandLine *line)
{
  GVariantDict *dict = g_application_command_line_get_options_dict (line);
  const char *named = NULL;
  g_autoptr (GFile) file = NULL;

  if (!g_variant_dict_lookup (dict, "model", "^&ay", &named))
    return NULL;
  file = g_application_command_line_create_file_for_arg (line, named);
  return g_file_get_path (file);
}

static int
tsn_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  TsnApplication *self = TSN_APPLICATION (application);
  g_autofree char *model = find_model_option (line);
  int n = 0;
  g_auto (GStrv) arguments = g_application_command_line_get_arguments (line, &n);

  for (int i = 1; i < n; i++)
    {
      g_autoptr (GFile) photo = g_application_command_line_create_file_for_arg (line, arguments[i]);

      open_window (self, photo, model);
    }
  if (n < 2 && model != NULL)
    open_window (self, NULL, model);
  else if (n < 2)
    g_application_activate (application);
  return 0;
}

static int
tsn_application_handle_local_options (GApplication *application, GVariantDict *dict)
{
  if (g_variant_dict_contains (dict, "version"))
    {
      g_print ("tsn-studio %s\n", TSN_VERSION);
      return 0;
    }
  if (TSN_APPLICATION (application)->settings == NULL)
    {
      g_printerr (_ ("tsn-studio: the settings schema %s is not installed.\n"), TSN_APP_ID);
      return 1;
    }
  return -1;
}

static void
tsn_application_finalize (GObject *object)
{
  g_clear_object (&TSN_APPLICATION (object)->settings);
  G_OBJECT_CLASS (tsn_application_parent_class)->finalize (object);
}

static void
tsn_application_class_init (TsnApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tsn_application_finalize;
  application_class->startup = tsn_application_startup;
  application_class->activate = tsn_application_activate;
  application_class->command_line = tsn_application_command_line;
  application_class->handle_local_options = tsn_application_handle_local_options;
}

static void
tsn_application_init (TsnApplication *self)
{
  self->settings = tsn_settings_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (
      G_APPLICATION (self), _ ("[PHOTO, FOLDER, VIDEO OR SESSION…]"));
  g_application_set_option_context_summary (
      G_APPLICATION (self), _ ("Shows what one network sees in a photo, task by task."));
}

TsnApplication *
tsn_application_new (void)
{
  return g_object_new (TSN_TYPE_APPLICATION, "application-id", TSN_APP_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE, NULL);
}
