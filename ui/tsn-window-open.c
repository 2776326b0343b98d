/* How photos and models come into the window, and results out of it. */
#include "ui/tsn-menu.h"
#include "ui/tsn-window-private.h"

#include <glib/gi18n.h>

/* How many recent photos, folders and videos the menu lists. */
#define N_RECENT 10

/* Set on a chooser whose file is to be compared with. */
#define SECOND_MODEL "tsn-second-model"

static void
remember_folder (TsnWindow *self, GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  if (uri != NULL)
    g_settings_set_string (self->settings, "last-folder", uri);
}

static void
open_second_model (TsnWindow *self, GFile *file)
{
  TsnCompare *compare = tsn_document_get_compare (self->document);
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL)
    return;
  tsn_compare_load (compare, path);
  tsn_compare_set_enabled (compare, TRUE);
}

static void
response_cb (TsnWindow *self, int response, GtkNativeDialog *chooser)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_clear_object (&self->chooser);
  if (file == NULL)
    return;
  remember_folder (self, file);
  if (g_object_get_data (G_OBJECT (chooser), SECOND_MODEL) != NULL)
    open_second_model (self, file);
  else
    tsn_window_open (self, file);
}

/**
 * tsn_window_choose:
 * @action: whether a file or a folder is wanted
 * @filter: (nullable): which files are offered
 *
 * Lets a person choose something to open.
 */
void
tsn_window_choose (TsnWindow *self,
                   const char *title,
                   GtkFileChooserAction action,
                   GtkFileFilter *filter)
{
  g_autofree char *uri = g_settings_get_string (self->settings, "last-folder");
  g_autoptr (GFile) folder = *uri != '\0' ? g_file_new_for_uri (uri) : NULL;
  GtkFileChooserNative *chooser;

  if (self->chooser != NULL)
    return;
  chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, NULL, NULL);
  self->chooser = GTK_NATIVE_DIALOG (chooser);
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  if (filter != NULL)
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (self->chooser);
}

/**
 * tsn_window_choose_photo:
 *
 * Lets a person choose a photo, or a session to go on with.
 */
void
tsn_window_choose_photo (TsnWindow *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Photos, sessions and figures"));
  gtk_file_filter_add_pixbuf_formats (filter);
  gtk_file_filter_add_suffix (filter, "tsnsession");
  gtk_file_filter_add_suffix (filter, "pdf");
  gtk_file_filter_add_suffix (filter, "svg");
  tsn_window_choose (self, _ ("Open a Photo or a Session"), GTK_FILE_CHOOSER_ACTION_OPEN, filter);
}

static GtkFileFilter *
new_model_filter (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Models"));
  gtk_file_filter_add_suffix (filter, "safetensors");
  return filter;
}

/**
 * tsn_window_choose_model:
 *
 * Lets a person choose a model file.
 */
void
tsn_window_choose_model (TsnWindow *self)
{
  g_autoptr (GtkFileFilter) filter = new_model_filter ();

  tsn_window_choose (self, _ ("Open a Model"), GTK_FILE_CHOOSER_ACTION_OPEN, filter);
}

/**
 * tsn_window_choose_second_model:
 *
 * Lets a person choose a model file to compare with.
 */
void
tsn_window_choose_second_model (TsnWindow *self)
{
  g_autoptr (GtkFileFilter) filter = new_model_filter ();

  if (self->chooser != NULL)
    return;
  tsn_window_choose (self, _ ("Open a Model to Compare With"), GTK_FILE_CHOOSER_ACTION_OPEN,
                     filter);
  g_object_set_data (G_OBJECT (self->chooser), SECOND_MODEL, GINT_TO_POINTER (TRUE));
}

/* Whether opening one of them shows them all, in the filmstrip. */
static gboolean
are_photos_of_a_folder (GSList *files)
{
  g_autoptr (GFile) folder = g_file_get_parent (files->data);

  for (GSList *l = files; l != NULL; l = l->next)
    {
      g_autofree char *name = g_file_get_basename (l->data);
      g_autofree char *type = name != NULL ? g_content_type_guess (name, NULL, 0, NULL) : NULL;

      if (type == NULL || !g_content_type_is_a (type, "image/*") || folder == NULL
          || !g_file_has_parent (l->data, folder))
        return FALSE;
    }
  return TRUE;
}

/* A window shows one thing at a time; what it does not show is not passed over in silence. */
static void
open_first (TsnWindow *self, GSList *files)
{
  guint n_left = g_slist_length (files) - 1;
  g_autofree char *name = g_file_get_basename (files->data);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *text = NULL;

  tsn_window_open (self, files->data);
  if (n_left == 0 || are_photos_of_a_folder (files))
    return;
  text = g_strdup_printf (
      /* Translators: %s is the name of a file; several were dropped on the window. */
      ngettext ("One at a time: “%s” is opened, and %u other file is not",
                "One at a time: “%s” is opened, and %u other files are not", n_left),
      shown, n_left);
  tsn_window_say (self, text);
}

static gboolean
open_value (TsnWindow *self, const GValue *value)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    tsn_document_open_texture (self->document, g_value_get_object (value), _ ("Pasted picture"));
  else if (G_VALUE_HOLDS (value, G_TYPE_FILE))
    tsn_window_open (self, g_value_get_object (value));
  else
    {
      g_autoptr (GSList) files
          = gdk_file_list_get_files ((GdkFileList *) g_value_get_boxed (value));

      if (files == NULL)
        return FALSE;
      open_first (self, files);
    }
  return TRUE;
}

static gboolean
drop_cb (TsnWindow *self, const GValue *value)
{
  return open_value (self, value);
}

/**
 * tsn_window_accept_drops:
 *
 * Opens what is dropped on the window: files and pictures.
 */
void
tsn_window_accept_drops (TsnWindow *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
pasted_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (TsnWindow) self = data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, &error);

  if (self->document == NULL)
    return;
  if (value == NULL || !open_value (self, value))
    tsn_window_say (self, error != NULL ? error->message : _ ("The clipboard holds no picture."));
}

/**
 * tsn_window_paste:
 *
 * Opens the file or the picture that is in the clipboard.
 */
void
tsn_window_paste (TsnWindow *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  g_autoptr (GdkContentFormats) formats = gdk_content_formats_union_deserialize_gtypes (
      gdk_content_formats_ref (gdk_clipboard_get_formats (clipboard)));
  GType type = G_TYPE_INVALID;

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    type = GDK_TYPE_FILE_LIST;
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    type = GDK_TYPE_TEXTURE;
  if (type == G_TYPE_INVALID)
    tsn_window_say (self, _ ("The clipboard holds no picture."));
  else
    gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, NULL, pasted_cb,
                                    g_object_ref (self));
}

/**
 * tsn_window_copy:
 *
 * Puts the picture of the active task into the clipboard.
 */
void
tsn_window_copy (TsnWindow *self)
{
  TsnPrediction *prediction
      = tsn_document_get_prediction (self->document, tsn_document_get_active (self->document));
  g_autoptr (GdkTexture) texture = NULL;
  cairo_rectangle_int_t all = { 0 };

  if (prediction == NULL)
    return;
  all.width = tsn_picture_get_width (prediction->picture, 0);
  all.height = tsn_picture_get_height (prediction->picture, 0);
  texture = tsn_picture_crop_texture (prediction->picture, 0, &all);
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self)), texture);
  tsn_window_say (self, _ ("Result copied"));
}

static int
compare_visited (gconstpointer a, gconstpointer b)
{
  GDateTime *first = gtk_recent_info_get_visited ((GtkRecentInfo *) a);
  GDateTime *second = gtk_recent_info_get_visited ((GtkRecentInfo *) b);

  return g_date_time_compare (second, first);
}

/**
 * tsn_window_update_recent:
 *
 * Lists what was opened last in the menu of the Open button.
 */
void
tsn_window_update_recent (TsnWindow *self)
{
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) recent = g_menu_new ();
  g_autoptr (GMenu) sample = g_menu_new ();
  guint n = 0;

  items = g_list_sort (items, compare_visited);
  for (GList *l = items; l != NULL && n < N_RECENT; l = l->next)
    if (tsn_window_is_ours (l->data))
      {
        tsn_menu_append_name (recent, gtk_recent_info_get_display_name (l->data), "win.open-uri",
                              gtk_recent_info_get_uri (l->data));
        n++;
      }
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
  tsn_window_append_source_menu (menu);
  g_menu_append (sample, _ ("Show _Sample"), "win.show-sample");
  if (n > 0)
    g_menu_append_section (menu, _ ("Recent"), G_MENU_MODEL (recent));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (sample));
  adw_split_button_set_menu_model (self->open_button, G_MENU_MODEL (menu));
}
