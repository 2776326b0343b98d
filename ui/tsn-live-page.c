#include "ui/tsn-live-page.h"

#include "ui/tsn-camera-chooser.h"
#include "ui/tsn-live-text.h"
#include "ui/tsn-resources.h"

struct _TsnLivePage
{
  AdwBin parent_instance;

  AdwStatusPage *page;
  GtkSpinner *spinner;
  TsnCameraChooser *cameras;
  GtkWidget *retry;
  TsnLive *live;
};

G_DEFINE_FINAL_TYPE (TsnLivePage, tsn_live_page, ADW_TYPE_BIN)

static void
update (TsnLivePage *self)
{
  TsnLiveStatus status = tsn_live_get_status (self->live);
  gboolean waiting = status == TSN_LIVE_SEARCHING || status == TSN_LIVE_STARTING;
  g_autofree char *plain = tsn_live_text_description (self->live);
  g_autofree char *description = g_markup_escape_text (plain, -1);
  gboolean choice = tsn_live_get_kind (self->live) == TSN_LIVE_CAMERA
                    && tsn_live_has_other_cameras (self->live);

  adw_status_page_set_title (self->page, tsn_live_text_title (self->live));
  adw_status_page_set_description (self->page, description);
  adw_status_page_set_icon_name (self->page, tsn_live_get_kind (self->live) == TSN_LIVE_VIDEO
                                                 ? "video-x-generic-symbolic"
                                                 : "camera-web-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), waiting);
  gtk_spinner_set_spinning (self->spinner, waiting);
  gtk_widget_set_visible (self->retry, !waiting);
  gtk_widget_set_visible (GTK_WIDGET (self->cameras), choice);
}

static void
tsn_live_page_dispose (GObject *object)
{
  g_clear_object (&TSN_LIVE_PAGE (object)->live);
  G_OBJECT_CLASS (tsn_live_page_parent_class)->dispose (object);
}

static void
tsn_live_page_class_init (TsnLivePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TSN_TYPE_CAMERA_CHOOSER);
  G_OBJECT_CLASS (klass)->dispose = tsn_live_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-live-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnLivePage, page);
  gtk_widget_class_bind_template_child (widget_class, TsnLivePage, spinner);
  gtk_widget_class_bind_template_child (widget_class, TsnLivePage, cameras);
  gtk_widget_class_bind_template_child (widget_class, TsnLivePage, retry);
}

static void
tsn_live_page_init (TsnLivePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tsn_live_page_set_live:
 *
 * Says what to explain; to be called once.
 */
void
tsn_live_page_set_live (TsnLivePage *self, TsnLive *live)
{
  g_return_if_fail (self->live == NULL);

  self->live = g_object_ref (live);
  tsn_camera_chooser_set_live (self->cameras, live);
  g_signal_connect_object (live, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
