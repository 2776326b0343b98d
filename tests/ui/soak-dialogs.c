/* Windows that the window opens: file choosers, exports, help, questions. */
#include "soak.h"

#include "ui/tsn-export-window.h"

#include <string.h>

/* The newest window beside ours; NULL if there is none. */
GtkWindow *
soak_find_dialog (Soak *soak)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow *dialog = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if ((gpointer) window != (gpointer) soak->window
          && gtk_widget_get_visible (GTK_WIDGET (window))
          && strcmp (G_OBJECT_TYPE_NAME (window), "GtkTooltipWindow") != 0)
        dialog = window;
    }
  return dialog;
}

/* GTK forgets the folder that it is told to show when it is told again too soon; lsan.supp lets that
 * through by the name of this function. */
static void
show_in_chooser (GtkFileChooser *chooser, GFile *file)
{
  gtk_file_chooser_set_file (chooser, file, NULL);
}

/* Chooses some file, or one that is not there yet in a place of ours. */
static void
choose_file (Soak *soak, GtkFileChooser *chooser)
{
  if (gtk_file_chooser_get_action (chooser) == GTK_FILE_CHOOSER_ACTION_SAVE)
    {
      g_autoptr (GFile) folder = g_file_new_for_path (soak->folder);

      gtk_file_chooser_set_current_folder (chooser, folder, NULL);
      gtk_file_chooser_set_current_name (chooser, soak_chance (soak, 0.5) ? "saved" : "saved.pdf");
    }
  else
    {
      g_autofree char *uri = soak_make_uri (soak);
      g_autoptr (GFile) file = g_file_new_for_uri (uri);

      show_in_chooser (chooser, file);
    }
  /* It reads the folder first. */
  ui_iterate (50);
}

static void
attend_chooser (Soak *soak, GtkDialog *dialog)
{
  gboolean accept = soak_chance (soak, 0.5);

  g_object_ref (dialog);
  soak_note ("%s a file chooser", accept ? "accept" : "cancel");
  if (accept)
    choose_file (soak, GTK_FILE_CHOOSER (dialog));
  gtk_dialog_response (dialog, accept ? GTK_RESPONSE_ACCEPT : GTK_RESPONSE_CANCEL);
  g_object_unref (dialog);
}

/* Whether the name fits the format that is chosen or not. */
static void
write_file (Soak *soak, TsnExportWindow *window)
{
  static const char *const names[]
      = { "out.pdf", "out.svg", "out.png", "out.tex", "out.gif", "out.webm", "out.mp4", "frames" };
  g_autofree char *path
      = g_build_filename (soak->folder, names[soak_pick (soak, G_N_ELEMENTS (names))], NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  soak_note ("write %s", path);
  tsn_export_window_write (window, file);
}

/* Of figures or of films. */
static void
attend_export (Soak *soak, TsnExportWindow *window)
{
  static const char *const actions[]
      = { "composer.copy", "export.cancel", "export.cancel", "export.refresh",
          "export.panel",  "export.write",  "export.leave" };
  const char *action = actions[soak_pick (soak, G_N_ELEMENTS (actions))];

  if (soak_chance (soak, 0.6))
    soak_operate (soak, GTK_WIDGET (window));
  else if (soak_chance (soak, 0.8))
    {
      soak_note ("%s", action);
      /* A film has no picture to copy. */
      gtk_widget_activate_action (GTK_WIDGET (window), action, NULL);
    }
  else
    write_file (soak, window);
}

/* Does something in a window that was opened, or closes it. */
void
soak_attend (Soak *soak, GtkWindow *dialog)
{
  if (GTK_IS_FILE_CHOOSER (dialog))
    attend_chooser (soak, GTK_DIALOG (dialog));
  else if (soak_chance (soak, TSN_IS_EXPORT_WINDOW (dialog) ? 0.1 : 0.3))
    {
      soak_note ("close a %s", G_OBJECT_TYPE_NAME (dialog));
      gtk_window_close (dialog);
    }
  else if (TSN_IS_EXPORT_WINDOW (dialog))
    attend_export (soak, TSN_EXPORT_WINDOW (dialog));
  else
    soak_operate (soak, GTK_WIDGET (dialog));
}

void
soak_close_dialogs (Soak *soak)
{
  GtkWindow *dialog;

  while ((dialog = soak_find_dialog (soak)) != NULL)
    {
      if (GTK_IS_DIALOG (dialog))
        gtk_dialog_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
      else
        gtk_window_destroy (dialog);
      ui_iterate (10);
    }
}
