/* Previews of an export window. */
#include "ui/tsn-export-window-private.h"

#include "ui/tsn-weak.h"

#include <glib/gi18n.h>

/* While somebody still turns a control or pulls the window larger, no preview is made. */
#define PATIENCE_MS 150
#define QUICK_PATIENCE_MS 60

static void
show_problem (TsnExportWindow *self, const GError *error)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);
  g_autofree char *markup = g_markup_escape_text (error->message, -1);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      gtk_stack_set_visible_child_name (priv->pages, "stopped");
      return;
    }
  adw_status_page_set_description (priv->problem, markup);
  gtk_stack_set_visible_child_name (priv->pages, "problem");
  g_signal_emit_by_name (self, "failed", error);
}

static void
show_preview (TsnExportWindow *self, const TsnExportOrder *order)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);

  tsn_figure_preview_set_texture (priv->preview, order->texture);
  gtk_stack_set_visible_child_name (priv->pages, "preview");
  g_signal_emit_by_name (self, "made");
}

static void
drawn_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (TsnExportWindow) self = tsn_weak_take (data);
  TsnExportWindowPrivate *priv = self != NULL ? tsn_export_window_get_private (self) : NULL;
  g_autoptr (GError) error = NULL;
  const TsnExportOrder *order = tsn_export_work_finish (result, &error);

  /* Another one is wanted meanwhile, or the window is closed. */
  if (self == NULL || priv->drawing == NULL
      || g_task_get_cancellable (G_TASK (result)) != priv->drawing)
    return;
  g_clear_object (&priv->drawing);
  if (priv->redraw)
    tsn_export_window_refresh (self);
  if (TSN_EXPORT_WINDOW_GET_CLASS (self)->previewed != NULL)
    TSN_EXPORT_WINDOW_GET_CLASS (self)->previewed (self, order);
  tsn_export_window_update (self);
  if (order != NULL)
    show_preview (self, order);
  else
    show_problem (self, error);
}

/* As large as it is seen. */
static TsnExportOrder *
make_order (TsnExportWindow *self)
{
  guint width, height;

  tsn_figure_preview_get_box (tsn_export_window_get_private (self)->preview, &width, &height);
  return TSN_EXPORT_WINDOW_GET_CLASS (self)->make_preview (self, width, height);
}

static gboolean
refresh_cb (gpointer data)
{
  TsnExportWindow *self = data;
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);
  const TsnExportKind *kind = TSN_EXPORT_WINDOW_GET_CLASS (self)->kind;

  priv->refresh = 0;
  priv->redraw = kind->quick && priv->drawing != NULL;
  if (priv->redraw)
    return G_SOURCE_REMOVE;
  tsn_export_window_stop_preview (self);
  priv->drawing = g_cancellable_new ();
  if (!kind->quick && priv->writing == NULL)
    tsn_export_progress_say (priv->progress, _ (kind->making), 0);
  tsn_export_work_run (priv->work, make_order (self), priv->drawing, drawn_cb, tsn_weak_new (self));
  tsn_export_window_update (self);
  return G_SOURCE_REMOVE;
}

/**
 * tsn_export_window_refresh:
 *
 * Makes another preview, soon.
 */
void
tsn_export_window_refresh (TsnExportWindow *self)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);
  gboolean quick = TSN_EXPORT_WINDOW_GET_CLASS (self)->kind->quick;

  if (priv->document == NULL || (quick && priv->refresh != 0))
    return;
  g_clear_handle_id (&priv->refresh, g_source_remove);
  priv->refresh = g_timeout_add (quick ? QUICK_PATIENCE_MS : PATIENCE_MS, refresh_cb, self);
}

/**
 * tsn_export_window_stop_preview:
 *
 * Ends and forgets the preview that is being made, or about to be.
 */
void
tsn_export_window_stop_preview (TsnExportWindow *self)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);

  g_clear_handle_id (&priv->refresh, g_source_remove);
  if (priv->drawing != NULL)
    g_cancellable_cancel (priv->drawing);
  g_clear_object (&priv->drawing);
}
