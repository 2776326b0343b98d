#include "ui/tsn-camera-chooser.h"

#include "ui/tsn-live-text.h"
#include "ui/tsn-menu.h"
#include "ui/tsn-resources.h"

#include <glib/gi18n.h>

struct _TsnCameraChooser
{
  AdwBin parent_instance;

  GMenu *menu;
  GtkLabel *name;
  TsnLive *live;
  GPtrArray *listed; /* of the TsnCamera in the menu */
};

G_DEFINE_FINAL_TYPE (TsnCameraChooser, tsn_camera_chooser, ADW_TYPE_BIN)

static gboolean
is_listed (TsnCameraChooser *self, GListModel *cameras)
{
  if (g_list_model_get_n_items (cameras) != self->listed->len)
    return FALSE;
  for (guint i = 0; i < self->listed->len; i++)
    {
      g_autoptr (TsnCamera) camera = g_list_model_get_item (cameras, i);

      if (camera != self->listed->pdata[i])
        return FALSE;
    }
  return TRUE;
}

/* Only when there are other cameras: the menu may be open. */
static void
update_menu (TsnCameraChooser *self, GListModel *cameras)
{
  if (is_listed (self, cameras))
    return;
  g_menu_remove_all (self->menu);
  g_ptr_array_set_size (self->listed, 0);
  for (guint i = 0; i < g_list_model_get_n_items (cameras); i++)
    {
      TsnCamera *camera = g_list_model_get_item (cameras, i);

      g_ptr_array_add (self->listed, camera);
      tsn_menu_append_name (self->menu, tsn_live_text_camera (camera), "win.choose-camera",
                            tsn_camera_get_id (camera));
    }
}

static void
update (TsnCameraChooser *self)
{
  TsnCameraMonitor *cameras = tsn_live_get_cameras (self->live);
  const char *id = tsn_live_get_camera (self->live);
  TsnCamera *camera = cameras != NULL && id != NULL ? tsn_camera_monitor_find (cameras, id) : NULL;

  if (cameras != NULL)
    update_menu (self, G_LIST_MODEL (cameras));
  gtk_label_set_text (self->name,
                      camera != NULL ? tsn_live_text_camera (camera) : _ ("Choose a Camera"));
}

static void
tsn_camera_chooser_dispose (GObject *object)
{
  g_clear_object (&TSN_CAMERA_CHOOSER (object)->live);
  G_OBJECT_CLASS (tsn_camera_chooser_parent_class)->dispose (object);
}

static void
tsn_camera_chooser_finalize (GObject *object)
{
  g_ptr_array_unref (TSN_CAMERA_CHOOSER (object)->listed);
  G_OBJECT_CLASS (tsn_camera_chooser_parent_class)->finalize (object);
}

static void
tsn_camera_chooser_class_init (TsnCameraChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_camera_chooser_dispose;
  G_OBJECT_CLASS (klass)->finalize = tsn_camera_chooser_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TSN_UI_RESOURCES "tsn-camera-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnCameraChooser, menu);
  gtk_widget_class_bind_template_child (widget_class, TsnCameraChooser, name);
}

static void
tsn_camera_chooser_init (TsnCameraChooser *self)
{
  self->listed = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tsn_camera_chooser_set_live:
 *
 * Says whose cameras to list; to be called once.
 */
void
tsn_camera_chooser_set_live (TsnCameraChooser *self, TsnLive *live)
{
  g_return_if_fail (self->live == NULL);

  self->live = g_object_ref (live);
  g_signal_connect_object (live, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
