/* Sessions in the window: opened, saved, kept from one start to the next; steps taken back. */
#include "ui/tsn-window-session-private.h"

#include "core/base/tsn-error.h"
#include "core/figure/tsn-figure-export.h"
#include "ui/tsn-document-source.h"
#include "ui/tsn-save-name.h"

#include <glib/gi18n.h>

/* What a PNG file has before its pixels, and so its metadata, is found in this many bytes. */
#define HEAD_BYTES (64 * 1024)

/* What a session that is read came from. */
typedef struct
{
  GFile *file;
  gboolean figure;  /* whether it is a figure, which carries a session */
  gboolean perhaps; /* whether it is no mistake if it carries none */
  TsnStudy study;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->file);
  tsn_study_clear (&reading->study);
  g_free (reading);
}

static void
read_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Reading *reading = data;
  g_autofree char *path = g_file_get_path (reading->file);
  g_autoptr (GError) error = NULL;
  gboolean ok = reading->figure ? tsn_figure_read_study (&reading->study, path, &error)
                                : tsn_study_load (&reading->study, path, &error);

  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (TsnWindow) self = data;
  Reading *reading = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean read = g_task_propagate_boolean (G_TASK (result), &error);

  if (self->session == NULL || g_task_get_cancellable (G_TASK (result)) != self->session->reading)
    return;
  g_clear_object (&self->session->reading);
  if (read)
    tsn_window_begin_session (self, &reading->study, reading->figure ? NULL : reading->file);
  else if (reading->perhaps)
    tsn_document_open_file (self->document, reading->file);
  else
    tsn_window_say (self, error->message);
}

/**
 * tsn_window_stop_reading:
 *
 * Gives up the session that is being read, if any, because something else was asked for since.
 */
void
tsn_window_stop_reading (TsnWindow *self)
{
  if (self->session == NULL || self->session->reading == NULL)
    return;
  g_cancellable_cancel (self->session->reading);
  g_clear_object (&self->session->reading);
}

/* A person's wish, unless an earlier session has only now got as far as its own photo. */
static void
source_asked_cb (TsnWindow *self)
{
  if (self->session != NULL && !tsn_study_opener_is_loading_source (self->session->opener))
    tsn_window_stop_reading (self);
}

static void
read_session (TsnWindow *self, GFile *file, gboolean figure, gboolean perhaps)
{
  Reading *reading = g_new0 (Reading, 1);
  g_autoptr (GTask) task = NULL;

  reading->file = g_object_ref (file);
  reading->figure = figure;
  reading->perhaps = perhaps;
  tsn_study_init (&reading->study);
  tsn_window_stop_reading (self);
  self->session->reading = g_cancellable_new ();
  task = g_task_new (NULL, self->session->reading, read_cb, g_object_ref (self));
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_thread);
}

/* Whether it is worth looking for a session in a picture: all others are opened without a detour.
 */
static gboolean
has_metadata (const char *path)
{
  g_autofree char *head = g_malloc (HEAD_BYTES);
  FILE *file = fopen (path, "rb");
  size_t length;

  if (file == NULL)
    return FALSE;
  length = fread (head, 1, HEAD_BYTES, file);
  fclose (file);
  if (g_strstr_len (head, 8, "PNG") != NULL)
    return memmem (head, length, "XML:com.adobe.xmp", strlen ("XML:com.adobe.xmp")) != NULL;
  /* A take of a camera has no command that makes it again, and is no state to go back to. */
  return g_strstr_len (head, 8, "GIF") != NULL
         && memmem (head, length, "<tsn:command>tsn ", strlen ("<tsn:command>tsn ")) != NULL;
}

/**
 * tsn_window_open_session:
 *
 * Opens a session, or the one that a figure or a film as GIF or PNG carries.  Films of other
 * formats are played.
 *
 * Returns: whether @file may be one of them; if not, it is something else to be opened.
 */
gboolean
tsn_window_open_session (TsnWindow *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *lower = path != NULL ? g_ascii_strdown (path, -1) : NULL;
  gboolean picture
      = lower != NULL && (g_str_has_suffix (lower, ".png") || g_str_has_suffix (lower, ".gif"));

  if (lower == NULL)
    return FALSE;
  if (g_str_has_suffix (lower, TSN_STUDY_SUFFIX))
    read_session (self, file, FALSE, FALSE);
  else if (g_str_has_suffix (lower, ".pdf"))
    read_session (self, file, TRUE, FALSE);
  else if (g_str_has_suffix (lower, ".svg") || (picture && has_metadata (path)))
    read_session (self, file, TRUE, TRUE);
  else
    return FALSE;
  return TRUE;
}

/**
 * tsn_window_make_study:
 * @study: an initialised study
 *
 * Writes down all that the window shows.
 */
void
tsn_window_make_study (TsnWindow *self, TsnStudy *study)
{
  TsnWindowSession *session = self->session;
  const char *page = adw_view_stack_get_visible_child_name (self->side_stack);

  tsn_study_clear (study);
  tsn_study_copy (&session->rest, study);
  tsn_document_get_study (self->document, study);
  tsn_view_get_study (tsn_window_get_view (self), &study->view);
  study->page = g_strdup (page);
  study->model.sha256 = g_strdup (tsn_hash_cache_get (session->hashes, study->model.path));
  study->second.sha256 = g_strdup (tsn_hash_cache_get (session->hashes, study->second.path));
}

static void
write_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  const Reading *writing = data;
  g_autofree char *path = g_file_get_path (writing->file);
  g_autoptr (GError) error = NULL;

  if (tsn_study_save (&writing->study, path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (TsnWindow) self = data;
  const Reading *writing = g_task_get_task_data (G_TASK (result));
  g_autofree char *uri = g_file_get_uri (writing->file);
  g_autofree char *name = g_file_get_basename (writing->file);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (self->session == NULL)
    return;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      tsn_window_say (self, error->message);
      return;
    }
  g_set_object (&self->session->file, writing->file);
  gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri);
  /* Translators: %s is the name of a file. */
  text = g_strdup_printf (writing->study.source.kind == TSN_STUDY_NOTHING
                              ? _ ("Saved “%s”, without the photo, which lies in no file")
                              : _ ("Saved “%s”"),
                          name);
  tsn_window_say (self, text);
}

/* Once the models' hashes are known. */
static void
write_now (TsnWindow *self)
{
  Reading *writing;
  g_autoptr (GTask) task = NULL;

  if (self->session->saving == NULL || tsn_hash_cache_is_busy (self->session->hashes))
    return;
  writing = g_new0 (Reading, 1);
  writing->file = g_steal_pointer (&self->session->saving);
  tsn_study_init (&writing->study);
  tsn_window_make_study (self, &writing->study);
  task = g_task_new (NULL, NULL, written_cb, g_object_ref (self));
  g_task_set_task_data (task, writing, reading_free);
  g_task_run_in_thread (task, write_thread);
}

static void
ask_for_hashes (TsnWindow *self)
{
  TsnCompare *compare = tsn_document_get_compare (self->document);

  tsn_hash_cache_ask (self->session->hashes, tsn_document_get_model_path (self->document));
  tsn_hash_cache_ask (self->session->hashes, tsn_compare_get_model_path (compare));
}

/**
 * tsn_window_save_session:
 * @file: where
 *
 * Saves what is shown, and says so.
 */
void
tsn_window_save_session (TsnWindow *self, GFile *file)
{
  g_set_object (&self->session->saving, file);
  ask_for_hashes (self);
  write_now (self);
}

static void
save_response_cb (TsnWindow *self, int response, GtkNativeDialog *chooser)
{
  g_autoptr (GFile) file = NULL, named = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_clear_object (&self->chooser);
  if (file == NULL)
    return;
  named = tsn_save_name_complete (file, TSN_STUDY_SUFFIX);
  if (g_file_peek_path (file) == NULL)
    tsn_window_say (self, _ ("Sessions can only be saved on this computer."));
  else if (named == NULL)
    tsn_window_say (self, _ ("There is such a file already; choose it to replace it."));
  else
    tsn_window_save_session (self, named);
}

/* Lets a person choose where to save. */
static void
choose_where_to_save (TsnWindow *self)
{
  g_autoptr (GtkFileFilter) filter = NULL;
  g_autofree char *name = NULL;
  GtkFileChooser *chooser;

  if (self->chooser != NULL)
    return;
  filter = tsn_window_new_session_filter ();
  name = tsn_save_name_propose (tsn_document_get_photo (self->document), "session",
                                TSN_STUDY_SUFFIX);
  self->chooser = GTK_NATIVE_DIALOG (gtk_file_chooser_native_new (
      _ ("Save Session"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL));
  chooser = GTK_FILE_CHOOSER (self->chooser);
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  gtk_file_chooser_add_filter (chooser, filter);
  if (self->session->file != NULL)
    gtk_file_chooser_set_file (chooser, self->session->file, NULL);
  else
    gtk_file_chooser_set_current_name (chooser, name);
  g_signal_connect_object (chooser, "response", G_CALLBACK (save_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (self->chooser);
}

static void
save_session_as_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  choose_where_to_save (data);
}

static void
save_session_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TsnWindow *self = data;

  if (self->session->file != NULL)
    tsn_window_save_session (self, self->session->file);
  else
    choose_where_to_save (self);
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_history_undo (TSN_WINDOW (data)->session->history);
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_history_redo (TSN_WINDOW (data)->session->history);
}

/* What is lost at one click is offered back. */
static void
reset_cb (TsnWindow *self)
{
  if (tsn_history_commit (self->session->history))
    tsn_window_say_undo (self, _ ("Blend reset"));
}

static void
reset_modules_cb (TsnWindow *self)
{
  if (tsn_history_commit (self->session->history))
    tsn_window_say_undo (self, _ ("All modules follow the blend again"));
}

static void
clear_path_cb (TsnWindow *self)
{
  if (tsn_history_commit (self->session->history))
    tsn_window_say_undo (self, _ ("Path cleared"));
}

static void
offer_undo (TsnWindow *self, const char *name, GCallback callback)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_signal_connect_object (action, "activate", callback, self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
bind_enabled (TsnWindow *self, const char *action, const char *property)
{
  g_object_bind_property (self->session->history, property,
                          g_action_map_lookup_action (G_ACTION_MAP (self), action), "enabled",
                          G_BINDING_SYNC_CREATE);
}

/**
 * tsn_window_add_session:
 * @state: (nullable): path of the file that keeps what the last window showed
 *
 * Gives the window its history, and its actions of sessions.
 */
void
tsn_window_add_session (TsnWindow *self, const char *state)
{
  static const GActionEntry entries[] = {
    { "save-session", save_session_cb, NULL, NULL, NULL, { 0 } },
    { "save-session-as", save_session_as_cb, NULL, NULL, NULL, { 0 } },
    { "undo", undo_cb, NULL, NULL, NULL, { 0 } },
    { "redo", redo_cb, NULL, NULL, NULL, { 0 } },
  };
  TsnWindowSession *session = g_new0 (TsnWindowSession, 1);
  TsnView *view = tsn_window_get_view (self);

  self->session = session;
  session->state = g_strdup (state);
  session->hashes = tsn_hash_cache_new ();
  session->history = tsn_history_new (self->document, view);
  session->opener = tsn_study_opener_new (self->document, view);
  tsn_study_init (&session->rest);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  bind_enabled (self, "undo", "can-undo");
  bind_enabled (self, "redo", "can-redo");
  offer_undo (self, "blend-reset", G_CALLBACK (reset_cb));
  offer_undo (self, "blend-reset-modules", G_CALLBACK (reset_modules_cb));
  offer_undo (self, "blend-clear-path", G_CALLBACK (clear_path_cb));
  tsn_window_follow_session (self);
  g_signal_connect_object (self->document, "source-asked", G_CALLBACK (source_asked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session->hashes, "settled", G_CALLBACK (write_now), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "model-changed", G_CALLBACK (ask_for_hashes), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (tsn_document_get_compare (self->document), "model-changed",
                           G_CALLBACK (ask_for_hashes), self, G_CONNECT_SWAPPED);
}

/**
 * tsn_window_remove_session:
 *
 * Undoes tsn_window_add_session().
 */
void
tsn_window_remove_session (TsnWindow *self)
{
  TsnWindowSession *session;

  tsn_window_stop_reading (self);
  session = g_steal_pointer (&self->session);
  if (session == NULL)
    return;
  tsn_study_opener_cancel (session->opener);
  if (session->question != NULL)
    gtk_window_destroy (session->question);
  g_clear_weak_pointer (&session->question);
  g_clear_object (&session->file);
  g_clear_object (&session->saving);
  g_clear_object (&session->opener);
  g_clear_object (&session->history);
  g_clear_object (&session->hashes);
  tsn_study_clear (&session->rest);
  g_free (session->state);
  g_free (session);
}

/**
 * tsn_window_install_session_keys:
 *
 * Gives these actions their keys.
 */
void
tsn_window_install_session_keys (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *keys[3];
  } keys[] = {
    { "win.save-session", { "<Control>s" } },
    { "win.save-session-as", { "<Control><Shift>s" } },
    { "win.undo", { "<Control>z" } },
    { "win.redo", { "<Control><Shift>z", "<Control>y" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action, keys[i].keys);
}
