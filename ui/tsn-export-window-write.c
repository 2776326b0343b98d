/* Files that an export window writes. */
#include "ui/tsn-export-window-private.h"

#include "ui/tsn-save-name.h"
#include "ui/tsn-weak.h"

#include <glib/gi18n.h>

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The sentences of the core name the file. */
static void
finished_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (TsnExportWindow) self = tsn_weak_take (data);
  TsnExportWindowPrivate *priv = self != NULL ? tsn_export_window_get_private (self) : NULL;
  g_autoptr (GError) error = NULL;
  const TsnExportOrder *order = tsn_export_work_finish (result, &error);

  if (self == NULL || priv->writing == NULL)
    return;
  g_clear_object (&priv->writing);
  tsn_export_window_update (self);
  if (order != NULL)
    {
      TSN_EXPORT_WINDOW_GET_CLASS (self)->finished (self, order);
      return;
    }
  tsn_export_window_say (self, is_cancelled (error) ? _ ("Stopped") : error->message);
  g_signal_emit_by_name (self, "failed", error);
}

/**
 * tsn_export_window_finished:
 *
 * Tells of a file that was written.
 */
void
tsn_export_window_finished (TsnExportWindow *self, const TsnExportOrder *order)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);
  g_autofree char *text = TSN_EXPORT_WINDOW_GET_CLASS (self)->describe_result (order);
  g_autoptr (GFile) file = g_file_new_for_path (order->path);

  g_clear_object (&priv->folder);
  priv->folder = g_file_get_parent (file);
  tsn_toaster_say (&priv->toaster, priv->toasts, order->note != NULL ? order->note : text,
                   _ ("Open Folder"), "export.open-folder");
  g_signal_emit_by_name (self, "written", order->path);
}

/**
 * tsn_export_window_describe_result:
 *
 * Returns: (transfer full): a sentence about a file that was written.
 */
char *
tsn_export_window_describe_result (const TsnExportOrder *order)
{
  g_autofree char *name = g_filename_display_basename (order->path);

  /* Translators: %s is the name of a file. */
  return g_strdup_printf (_ ("Exported “%s”"), name);
}

/**
 * tsn_export_window_run:
 * @order: (transfer full): what to make, a preview excepted
 * @text: said until there is progress
 *
 * Has an order fulfilled.  Not to be called while another one is.
 */
void
tsn_export_window_run (TsnExportWindow *self, TsnExportOrder *order, const char *text)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);

  g_return_if_fail (priv->writing == NULL);
  priv->writing = g_cancellable_new ();
  tsn_export_progress_say (priv->progress, text, 0);
  tsn_export_work_run (priv->work, order, priv->writing, finished_cb, tsn_weak_new (self));
  tsn_export_window_update (self);
}

/**
 * tsn_export_window_write:
 * @file: where; for a film as PNG files a folder that is not there yet, or empty
 *
 * Writes a file, in the format that is chosen.
 */
void
tsn_export_window_write (TsnExportWindow *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *name = NULL, *text = NULL;
  TsnExportOrder *order;

  if (tsn_export_window_is_writing (self))
    return;
  if (path == NULL)
    {
      tsn_export_window_say (self, _ (TSN_EXPORT_WINDOW_GET_CLASS (self)->kind->only_here));
      return;
    }
  name = g_filename_display_basename (path);
  /* Translators: %s is the name of a file. */
  text = g_strdup_printf (_ ("Writing “%s”…"), name);
  order = TSN_EXPORT_WINDOW_GET_CLASS (self)->make_export (self);
  order->path = g_steal_pointer (&path);
  tsn_export_window_run (self, order, text);
}

static void
response_cb (TsnExportWindow *self, int response, GtkNativeDialog *chooser)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);
  g_autoptr (GFile) file = NULL, named = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_clear_object (&priv->chooser);
  if (file == NULL)
    return;
  named = tsn_save_name_complete (file, TSN_EXPORT_WINDOW_GET_CLASS (self)->get_suffix (self));
  if (named != NULL)
    tsn_export_window_write (self, named);
  else
    tsn_export_window_say (self, _ ("There is such a file already; choose it to replace it."));
}

/**
 * tsn_export_window_choose:
 *
 * Lets a person choose the file to write.
 */
void
tsn_export_window_choose (TsnExportWindow *self)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);
  const TsnExportKind *kind = TSN_EXPORT_WINDOW_GET_CLASS (self)->kind;
  g_autofree char *ending = NULL, *name = NULL;
  GtkFileChooser *chooser;

  if (priv->chooser != NULL)
    return;
  ending = g_strconcat (kind->ending, TSN_EXPORT_WINDOW_GET_CLASS (self)->get_suffix (self), NULL);
  name = tsn_save_name_propose (tsn_document_get_photo (priv->document), "tsn", ending);
  priv->chooser = GTK_NATIVE_DIALOG (gtk_file_chooser_native_new (
      _ (kind->chooser), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL));
  chooser = GTK_FILE_CHOOSER (priv->chooser);
  gtk_native_dialog_set_modal (priv->chooser, TRUE);
  if (priv->folder != NULL)
    gtk_file_chooser_set_current_folder (chooser, priv->folder, NULL);
  gtk_file_chooser_set_current_name (chooser, name);
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (priv->chooser);
}

/**
 * tsn_export_window_stop_writing:
 *
 * Ends and forgets what is being made, a preview excepted.
 */
void
tsn_export_window_stop_writing (TsnExportWindow *self)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);

  if (priv->writing != NULL)
    g_cancellable_cancel (priv->writing);
  g_clear_object (&priv->writing);
}
