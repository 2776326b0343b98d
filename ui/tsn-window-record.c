/* Recording what a camera or a video shows, with its results. */
#include "ui/tsn-window-private.h"

#include "ui/tsn-document-study.h"
#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>

/* In the order of the settings' values. */
static const char *const suffixes[] = { ".webm", ".mp4", ".gif", "" };

static void
add_part (GPtrArray *parts, const char *caption, TsnImage *image, TsnResult *result)
{
  g_ptr_array_add (parts, tsn_take_part_new (caption, image, result));
}

/* What is to be seen: the photo, the shown tasks, the blend. */
static GPtrArray *
list_parts (TsnDocument *document)
{
  GPtrArray *parts = g_ptr_array_new ();
  TsnBlend *blend = tsn_document_get_blend (document);
  TsnPrediction *mixed = tsn_blend_is_active (blend) ? tsn_blend_get_prediction (blend) : NULL;

  if (tsn_document_get_show_photo (document) || tsn_document_count_shown (document) == 0)
    add_part (parts, _ ("Photo"), tsn_document_get_photo (document)->image, NULL);
  for (guint i = 0; i < tsn_document_get_n_tasks (document); i++)
    {
      TsnPrediction *prediction = tsn_document_get_prediction (document, i);

      if (tsn_document_is_shown (document, i) && prediction != NULL)
        add_part (parts, tsn_task_text_title (tsn_document_get_task (document, i)), NULL,
                  prediction->result);
    }
  if (mixed != NULL)
    {
      g_autofree char *title = tsn_blend_make_title (blend);

      add_part (parts, title, NULL, mixed->result);
    }
  return parts;
}

static void
update_state (TsnWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "record");

  if (action == NULL)
    return;
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (self->take != NULL));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                               self->take != NULL || tsn_document_shows_frame (self->document));
  tsn_live_bar_set_recording (self->live_bar, self->take != NULL,
                              self->take != NULL ? tsn_take_get_seconds (self->take) : 0);
}

static void
shown_cb (TsnWindow *self)
{
  if (self->take != NULL)
    tsn_take_add (self->take, list_parts (self->document));
  update_state (self);
}

/* The application is held meanwhile, so that a window may be closed at once. */
static void
ended_cb (TsnTake *take, const GError *error, GApplication *application)
{
  g_application_release (application);
}

static void
say_ended_cb (TsnWindow *self, const GError *error, TsnTake *take)
{
  g_autofree char *name = g_filename_display_name (tsn_take_get_path (take)), *text = NULL;

  if (self->take == take)
    g_clear_object (&self->take);
  update_state (self);
  if (error == NULL)
    {
      g_free (self->take_path);
      self->take_path = g_strdup (tsn_take_get_path (take));
      /* Translators: %s is the path of a film. */
      text = g_strdup_printf (_ ("The take is in “%s”"), name);
      tsn_window_say_action (self, text, _ ("Open Folder"), "win.open-take-folder");
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tsn_window_say (self, error->message);
}

/* A name that nothing has yet: takes are never overwritten. */
static char *
make_path (guint format)
{
  const char *videos = g_get_user_special_dir (G_USER_DIRECTORY_VIDEOS);
  const char *folder
      = videos != NULL && g_file_test (videos, G_FILE_TEST_IS_DIR) ? videos : g_get_home_dir ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%d %H-%M-%S");
  char *path = NULL;

  for (guint i = 1; path == NULL; i++)
    {
      g_autofree char *more = i > 1 ? g_strdup_printf (" (%u)", i) : g_strdup ("");
      g_autofree char *name = g_strconcat ("TSN ", stamp, more, suffixes[format], NULL);

      path = g_build_filename (folder, name, NULL);
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        g_clear_pointer (&path, g_free);
    }
  return path;
}

static void
begin (TsnWindow *self)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  guint format = g_settings_get_enum (self->settings, "take-format");
  g_autofree char *path = make_path (format);
  g_auto (TsnStudy) study = { 0 };

  tsn_study_init (&study);
  tsn_document_get_study (self->document, &study);
  self->take = tsn_take_new (path, (TsnVideoFormat) format, &study);
  g_application_hold (application);
  g_signal_connect_object (self->take, "ended", G_CALLBACK (ended_cb), application, 0);
  g_signal_connect_object (self->take, "ended", G_CALLBACK (say_ended_cb), self, G_CONNECT_SWAPPED);
}

/**
 * tsn_window_end_take:
 *
 * Ends the recording, if there is one; the film is finished by itself.
 */
void
tsn_window_end_take (TsnWindow *self)
{
  if (self->take == NULL)
    return;
  tsn_take_finish (self->take);
  g_clear_object (&self->take);
}

static void
record_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  TsnWindow *self = data;

  if (g_variant_get_boolean (state) == (self->take != NULL))
    return;
  if (self->take != NULL)
    {
      tsn_window_end_take (self);
      tsn_window_say (self, _ ("Finishing the take…"));
    }
  else
    begin (self);
  update_state (self);
}

static void
open_folder_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TsnWindow *self = data;
  g_autofree char *folder = self->take_path != NULL ? g_path_get_dirname (self->take_path) : NULL;
  g_autofree char *uri = folder != NULL ? g_filename_to_uri (folder, NULL, NULL) : NULL;

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

/* Another source is another take; so is another network, whose tasks differ. */
static void
live_changed_cb (TsnWindow *self)
{
  if (!tsn_document_is_live (self->document))
    tsn_window_end_take (self);
  update_state (self);
}

static void
model_changed_cb (TsnWindow *self)
{
  tsn_window_end_take (self);
  update_state (self);
}

/**
 * tsn_window_init_record:
 *
 * Adds the actions that record, and follows what is to be recorded.
 */
void
tsn_window_init_record (TsnWindow *self)
{
  static const GActionEntry entries[] = {
    { "record", NULL, NULL, "false", record_cb, { 0 } },
    { "open-take-folder", open_folder_cb, NULL, NULL, NULL, { 0 } },
  };
  TsnLive *live = tsn_document_get_live (self->document);

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (live, "shown", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (live, "changed", G_CALLBACK (live_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "model-changed", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_state (self);
}

/**
 * tsn_window_install_record_keys:
 *
 * Gives these actions their keys.
 */
void
tsn_window_install_record_keys (GtkApplication *application)
{
  gtk_application_set_accels_for_action (application, "win.record",
                                         (const char *const[]){ "<Control><Shift>r", NULL });
}
