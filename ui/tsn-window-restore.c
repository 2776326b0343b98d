/* A session on its way into the window: what is missing is asked for. */
#include "ui/tsn-window-session-private.h"

#include "ui/tsn-document-live.h"

#include <glib/gi18n.h>

/**
 * tsn_window_new_session_filter:
 *
 * Returns: (transfer full): a filter of sessions.
 */
GtkFileFilter *
tsn_window_new_session_filter (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Sessions"));
  gtk_file_filter_add_suffix (filter, &TSN_STUDY_SUFFIX[1]);
  return filter;
}

/* What the window does not show goes into the next file as it came out of the last. */
static void
keep_rest (TsnStudy *rest, const TsnStudy *study)
{
  TsnStudy copy, kept;
  TsnFigurePlan figure;

  tsn_study_copy (study, &copy);
  tsn_study_init (&kept);
  figure = kept.figure;
  kept.figure = copy.figure;
  copy.figure = figure;
  tsn_study_clear (&copy);
  tsn_study_clear (rest);
  *rest = kept;
}

/**
 * tsn_window_begin_session:
 * @file: (nullable): the session's own file, to which it is saved
 *
 * Opens what was read.
 */
void
tsn_window_begin_session (TsnWindow *self, const TsnStudy *study, GFile *file)
{
  TsnWindowSession *session = self->session;

  g_set_object (&session->file, file);
  session->restoring = FALSE;
  keep_rest (&session->rest, study);
  tsn_study_opener_open (session->opener, study);
  if (file != NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);

      gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri);
    }
}

static void ask (TsnWindow *self, TsnStudyPart part, const char *path);

static void
located_cb (TsnWindow *self, int response, GtkNativeDialog *chooser)
{
  TsnStudyPart part = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chooser), "tsn-part"));
  const char *path = g_object_get_data (G_OBJECT (chooser), "tsn-path");
  g_autoptr (GFile) file = NULL;
  g_autofree char *found = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  found = file != NULL ? g_file_get_path (file) : NULL;
  if (found != NULL)
    tsn_study_opener_answer (self->session->opener, found);
  else
    ask (self, part, path);
  g_clear_object (&self->chooser);
}

static void
locate (TsnWindow *self, TsnStudyPart part, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  /* Translators: title of a file chooser; %s is the name of a missing file. */
  g_autofree char *title = g_strdup_printf (_ ("Locate “%s”"), name);

  if (self->chooser != NULL)
    {
      gtk_native_dialog_destroy (self->chooser);
      g_clear_object (&self->chooser);
    }
  self->chooser = GTK_NATIVE_DIALOG (gtk_file_chooser_native_new (
      title, GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL));
  gtk_native_dialog_set_modal (self->chooser, TRUE);
  g_object_set_data (G_OBJECT (self->chooser), "tsn-part", GUINT_TO_POINTER (part));
  g_object_set_data_full (G_OBJECT (self->chooser), "tsn-path", g_strdup (path), g_free);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (located_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (self->chooser);
}

static void
answered_cb (TsnWindow *self, const char *response, AdwMessageDialog *dialog)
{
  TsnStudyPart part = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (dialog), "tsn-part"));
  const char *path = g_object_get_data (G_OBJECT (dialog), "tsn-path");

  if (self->session == NULL)
    return;
  g_clear_weak_pointer (&self->session->question);
  if (g_str_equal (response, "locate"))
    locate (self, part, path);
  else if (g_str_equal (response, "skip"))
    tsn_study_opener_answer (self->session->opener, NULL);
  else
    tsn_study_opener_cancel (self->session->opener);
}

static const char *
get_heading (TsnStudyPart part)
{
  switch (part)
    {
    case TSN_STUDY_PART_MODEL:
      return _ ("The Model Is Missing");
    case TSN_STUDY_PART_SECOND:
      return _ ("The Second Model Is Missing");
    case TSN_STUDY_PART_PHOTO:
    default:
      return _ ("The Photo Is Missing");
    }
}

static void
ask (TsnWindow *self, TsnStudyPart part, const char *path)
{
  g_autofree char *display = g_filename_display_name (path);
  g_autofree char *name = g_path_get_basename (display);
  g_autofree char *folder = g_path_get_dirname (display);
  /* Translators: the name of a file and the folder in which it should be. */
  g_autofree char *body = g_strdup_printf (
      _ ("“%s” is not in “%s”, where the session says. It may have been moved or renamed."), name,
      folder);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), get_heading (part), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "skip",
                                    _ ("_Skip"), "locate", _ ("_Locate…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "locate",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "locate");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data (G_OBJECT (dialog), "tsn-part", GUINT_TO_POINTER (part));
  g_object_set_data_full (G_OBJECT (dialog), "tsn-path", g_strdup (path), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->session->question, GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
missing_cb (TsnWindow *self, guint part, const char *path)
{
  if (self->session->restoring)
    tsn_study_opener_answer (self->session->opener, NULL);
  else
    ask (self, part, path);
}

static void
differs_cb (TsnWindow *self, guint part, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *text = NULL;

  if (self->session->restoring)
    return;
  /* Translators: %s is the name of a model file. */
  text = g_strdup_printf (
      _ ("“%s” has changed since the session was saved: results may differ."), name);
  tsn_window_say (self, text);
}

/* Without any model there would be nothing to see. */
static void
changing_cb (TsnWindow *self)
{
  const TsnStudy *study = tsn_study_opener_get_study (self->session->opener);

  tsn_history_skip (self->session->history);
  if (study->model.path == NULL && tsn_document_get_model (self->document) == NULL
      && self->default_model != NULL)
    tsn_document_load_model (self->document, self->default_model);
}

static void
done_cb (TsnWindow *self)
{
  const TsnStudy *study = tsn_study_opener_get_study (self->session->opener);

  tsn_history_skip (self->session->history);
  if (study->page != NULL
      && adw_view_stack_get_child_by_name (self->side_stack, study->page) != NULL)
    adw_view_stack_set_visible_child_name (self->side_stack, study->page);
  if (self->session->restoring && tsn_document_get_photo (self->document) == NULL
      && !tsn_document_is_live (self->document))
    tsn_window_open_sample (self);
  self->session->restoring = FALSE;
}

/**
 * tsn_window_restore_session:
 *
 * Opens what the last window showed, if that is wanted and known.  Whatever of it is not there any
 * more is left out; a camera is not opened before somebody asks for it.
 *
 * Returns: whether something is being opened.
 */
gboolean
tsn_window_restore_session (TsnWindow *self)
{
  TsnWindowSession *session = self->session;
  g_auto (TsnStudy) study = { 0 };

  if (session->state == NULL || !g_settings_get_boolean (self->settings, "restore-session"))
    return FALSE;
  tsn_study_init (&study);
  if (!tsn_study_load (&study, session->state, NULL))
    return FALSE;
  if (study.source.kind == TSN_STUDY_CAMERA)
    study.source.kind = TSN_STUDY_NOTHING;
  tsn_window_begin_session (self, &study, NULL);
  session->restoring = TRUE;
  return TRUE;
}

/* The window closes in any case: that nothing can be kept is nothing to stop for. */
static gboolean
close_request_cb (TsnWindow *self)
{
  TsnWindowSession *session = self->session;
  g_autofree char *folder = NULL;
  g_auto (TsnStudy) study = { 0 };

  if (session == NULL || session->state == NULL
      || tsn_document_get_model (self->document) == NULL)
    return FALSE;
  folder = g_path_get_dirname (session->state);
  g_mkdir_with_parents (folder, 0700);
  tsn_study_init (&study);
  tsn_window_make_study (self, &study);
  tsn_study_save (&study, session->state, NULL);
  return FALSE;
}

static void
follow (TsnWindow *self, gpointer object, const char *signal, GCallback callback)
{
  g_signal_connect_object (object, signal, callback, self, G_CONNECT_SWAPPED);
}

/**
 * tsn_window_follow_session:
 *
 * Answers what comes up while a session is opened, and keeps what is shown when the window closes.
 */
void
tsn_window_follow_session (TsnWindow *self)
{
  TsnStudyOpener *opener = self->session->opener;

  follow (self, opener, "missing", G_CALLBACK (missing_cb));
  follow (self, opener, "differs", G_CALLBACK (differs_cb));
  follow (self, opener, "changing", G_CALLBACK (changing_cb));
  follow (self, opener, "done", G_CALLBACK (done_cb));
  follow (self, self, "close-request", G_CALLBACK (close_request_cb));
}
