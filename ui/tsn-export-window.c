#include "ui/tsn-export-window-private.h"

#include "ui/tsn-focus-guard.h"
#include "ui/tsn-popups.h"
#include "ui/tsn-resources.h"

#include <glib/gi18n.h>

static void buildable_init (GtkBuildableIface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (TsnExportWindow,
                                  tsn_export_window,
                                  ADW_TYPE_WINDOW,
                                  G_ADD_PRIVATE (TsnExportWindow)
                                      G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static GtkBuildableIface *parent_buildable;

TsnExportWindowPrivate *
tsn_export_window_get_private (TsnExportWindow *self)
{
  return tsn_export_window_get_instance_private (self);
}

static const TsnExportKind *
get_kind (TsnExportWindow *self)
{
  return TSN_EXPORT_WINDOW_GET_CLASS (self)->kind;
}

/**
 * tsn_export_window_update:
 *
 * Makes available what can be done now.
 */
void
tsn_export_window_update (TsnExportWindow *self)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);
  TsnExportWindowClass *klass = TSN_EXPORT_WINDOW_GET_CLASS (self);
  gboolean writing = priv->writing != NULL;
  gboolean working = klass->kind->quick ? writing : tsn_export_window_is_busy (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.cancel", working);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.write", !writing && priv->possible);
  gtk_widget_set_sensitive (GTK_WIDGET (priv->panel), !writing);
  if (klass->update != NULL)
    klass->update (self, writing);
  tsn_export_progress_set_working (priv->progress, working);
}

static void
progress_cb (TsnExportWindow *self, guint done, guint total, const char *photo)
{
  g_autofree char *text
      = TSN_EXPORT_WINDOW_GET_CLASS (self)->describe_progress (done, total, photo);

  tsn_export_progress_say (tsn_export_window_get_private (self)->progress, text,
                           (double) done / total);
}

static void
open_folder_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (TSN_EXPORT_WINDOW (widget));
  g_autofree char *uri = priv->folder != NULL ? g_file_get_uri (priv->folder) : NULL;

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (widget), uri, GDK_CURRENT_TIME);
}

/**
 * tsn_export_window_say:
 *
 * Says something that goes away by itself.
 */
void
tsn_export_window_say (TsnExportWindow *self, const char *text)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);

  tsn_toaster_say (&priv->toaster, priv->toasts, text, NULL, NULL);
}

/**
 * tsn_export_window_is_busy:
 *
 * Returns: whether a preview or an export is being made, or about to be.
 */
gboolean
tsn_export_window_is_busy (TsnExportWindow *self)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);

  return priv->refresh != 0 || priv->drawing != NULL || priv->writing != NULL;
}

/**
 * tsn_export_window_is_writing:
 *
 * Returns: whether an export is being made.
 */
gboolean
tsn_export_window_is_writing (TsnExportWindow *self)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);

  return priv->writing != NULL;
}

/**
 * tsn_export_window_set_possible:
 *
 * Says whether what is chosen can be written; at first it can.
 */
void
tsn_export_window_set_possible (TsnExportWindow *self, gboolean possible)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);

  priv->possible = possible;
  tsn_export_window_update (self);
}

static void
write_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tsn_export_window_choose (TSN_EXPORT_WINDOW (widget));
}

static void
cancel_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (TSN_EXPORT_WINDOW (widget));

  if (priv->writing != NULL)
    g_cancellable_cancel (priv->writing);
  else if (priv->drawing != NULL)
    g_cancellable_cancel (priv->drawing);
}

static void
refresh_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  tsn_export_window_refresh (TSN_EXPORT_WINDOW (widget));
}

static void
panel_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (TSN_EXPORT_WINDOW (widget));

  adw_flap_set_reveal_flap (priv->flap, !adw_flap_get_reveal_flap (priv->flap));
}

/* Escape ends what is going on, puts away the panel where it covers the preview, or closes the
 * window. */
static void
leave_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (TSN_EXPORT_WINDOW (widget));

  if (priv->writing != NULL)
    cancel_cb (widget, action, parameter);
  else if (adw_flap_get_folded (priv->flap) && adw_flap_get_reveal_flap (priv->flap))
    adw_flap_set_reveal_flap (priv->flap, FALSE);
  else
    gtk_window_close (GTK_WINDOW (widget));
}

static void
tsn_export_window_dispose (GObject *object)
{
  TsnExportWindow *self = TSN_EXPORT_WINDOW (object);
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);

  tsn_export_window_stop_preview (self);
  tsn_export_window_stop_writing (self);
  if (priv->chooser != NULL)
    gtk_native_dialog_destroy (priv->chooser);
  g_clear_object (&priv->chooser);
  tsn_toaster_clear (&priv->toaster);
  if (priv->work != NULL)
    g_signal_handlers_disconnect_by_data (priv->work, self);
  g_clear_object (&priv->work);
  g_clear_object (&priv->document);
  g_clear_object (&priv->folder);
  G_OBJECT_CLASS (tsn_export_window_parent_class)->dispose (object);
}

static void
show_texts (TsnExportWindow *self)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);
  const TsnExportKind *kind = get_kind (self);

  tsn_figure_preview_set_paper (priv->preview, kind->paper);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->preview), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (kind->preview), -1);
  adw_status_page_set_title (priv->problem, _ (kind->no_preview));
  gtk_widget_set_tooltip_text (priv->write, _ (kind->write_tip));
  tsn_export_progress_set_stop_tip (priv->progress, _ (kind->stop_tip));
  if (kind->again != NULL)
    gtk_button_set_label (priv->again, _ (kind->again));
}

/* Only now is it known which kind of window this is. */
static void
tsn_export_window_constructed (GObject *object)
{
  TsnExportWindow *self = TSN_EXPORT_WINDOW (object);
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);

  G_OBJECT_CLASS (tsn_export_window_parent_class)->constructed (object);
  show_texts (self);
  priv->work = g_object_new (TSN_EXPORT_WINDOW_GET_CLASS (self)->work_type, NULL);
  g_signal_connect_object (priv->work, "progress", G_CALLBACK (progress_cb), self,
                           G_CONNECT_SWAPPED);
  tsn_export_window_update (self);
}

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (TSN_EXPORT_WINDOW (buildable));

  if (g_strcmp0 (type, "panel") == 0)
    adw_bin_set_child (priv->panel, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "foot") == 0)
    gtk_box_append (priv->preview_page, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "start") == 0)
    adw_header_bar_pack_start (priv->header, GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

static void
add_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "export.write", NULL, write_cb);
  gtk_widget_class_install_action (widget_class, "export.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "export.open-folder", NULL, open_folder_cb);
  gtk_widget_class_install_action (widget_class, "export.refresh", NULL, refresh_action_cb);
  gtk_widget_class_install_action (widget_class, "export.panel", NULL, panel_cb);
  gtk_widget_class_install_action (widget_class, "export.leave", NULL, leave_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "export.write",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "export.refresh", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F9, 0, "export.panel", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "export.leave", NULL);
}

static void
add_signals (GType type)
{
  g_signal_new ("made", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("written", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRING);
  g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_ERROR);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child_private (widget_class, TsnExportWindow, toasts);
  gtk_widget_class_bind_template_child_private (widget_class, TsnExportWindow, header);
  gtk_widget_class_bind_template_child_private (widget_class, TsnExportWindow, flap);
  gtk_widget_class_bind_template_child_private (widget_class, TsnExportWindow, pages);
  gtk_widget_class_bind_template_child_private (widget_class, TsnExportWindow, preview_page);
  gtk_widget_class_bind_template_child_private (widget_class, TsnExportWindow, preview);
  gtk_widget_class_bind_template_child_private (widget_class, TsnExportWindow, problem);
  gtk_widget_class_bind_template_child_private (widget_class, TsnExportWindow, again);
  gtk_widget_class_bind_template_child_private (widget_class, TsnExportWindow, progress);
  gtk_widget_class_bind_template_child_private (widget_class, TsnExportWindow, write);
  gtk_widget_class_bind_template_child_private (widget_class, TsnExportWindow, panel);
}

static void
tsn_export_window_class_init (TsnExportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TSN_TYPE_EXPORT_PROGRESS);
  g_type_ensure (TSN_TYPE_FIGURE_PREVIEW);
  G_OBJECT_CLASS (klass)->constructed = tsn_export_window_constructed;
  G_OBJECT_CLASS (klass)->dispose = tsn_export_window_dispose;
  klass->describe_result = tsn_export_window_describe_result;
  klass->finished = tsn_export_window_finished;
  add_signals (G_TYPE_FROM_CLASS (klass));
  add_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TSN_UI_RESOURCES "tsn-export-window.ui");
  bind_children (widget_class);
}

static void
tsn_export_window_init (TsnExportWindow *self)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);

  gtk_widget_init_template (GTK_WIDGET (self));
  tsn_focus_guard (GTK_WINDOW (self));
  tsn_popups_go_first (GTK_WINDOW (self));
  priv->possible = TRUE;
  g_signal_connect_object (priv->preview, "resized", G_CALLBACK (tsn_export_window_refresh), self,
                           G_CONNECT_SWAPPED);
}

/**
 * tsn_export_window_start:
 * @document: what is exported
 *
 * Begins with the first preview.
 */
void
tsn_export_window_start (TsnExportWindow *self, TsnDocument *document)
{
  TsnExportWindowPrivate *priv = tsn_export_window_get_private (self);

  g_set_object (&priv->document, document);
  tsn_export_window_refresh (self);
}

/**
 * tsn_export_window_get_document:
 *
 * Returns: (transfer none) (nullable): what is exported, as soon as it is known.
 */
TsnDocument *
tsn_export_window_get_document (TsnExportWindow *self)
{
  return tsn_export_window_get_private (self)->document;
}
