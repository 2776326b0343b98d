#include "ui/tsn-live-bar.h"

#include "ui/tsn-camera-chooser.h"
#include "ui/tsn-live-text.h"
#include "ui/tsn-resources.h"
#include "ui/tsn-tip.h"

#include <glib/gi18n.h>

/* How often the slider follows the video. */
#define FOLLOW_MS 100

#define NANOSECONDS 1e9

struct _TsnLiveBar
{
  GtkBox parent_instance;

  GtkButton *freeze;
  GtkWidget *video;
  GtkLabel *position;
  GtkScale *slider;
  GtkAdjustment *adjustment;
  GtkLabel *duration;
  GtkWidget *camera;
  TsnCameraChooser *cameras;
  GtkLabel *state;
  GtkWidget *trouble;
  GtkLabel *message;
  GtkLabel *recorded;
  GtkWidget *record;

  TsnLive *live;
  guint follow;
};

G_DEFINE_FINAL_TYPE (TsnLiveBar, tsn_live_bar, GTK_TYPE_BOX)

static void
slid_cb (TsnLiveBar *self)
{
  double seconds = gtk_adjustment_get_value (self->adjustment);
  TsnFrameSource *source = tsn_live_get_source (self->live);

  if (source != NULL)
    tsn_frame_source_seek (source, seconds * NANOSECONDS, TRUE);
}

static void
show_position (TsnLiveBar *self)
{
  gint64 position = tsn_frame_source_get_position (tsn_live_get_source (self->live));
  g_autofree char *text = tsn_live_text_time (position);

  gtk_label_set_text (self->position, text);
  g_signal_handlers_block_by_func (self->adjustment, slid_cb, self);
  gtk_adjustment_set_value (self->adjustment, MAX (position, 0) / NANOSECONDS);
  g_signal_handlers_unblock_by_func (self->adjustment, slid_cb, self);
}

static gboolean
follow_cb (gpointer data)
{
  show_position (data);
  return G_SOURCE_CONTINUE;
}

static void
update_video (TsnLiveBar *self, TsnLiveStatus status)
{
  TsnFrameSource *source = tsn_live_get_source (self->live);
  gint64 duration = source != NULL ? tsn_frame_source_get_duration (source) : TSN_TIME_UNKNOWN;
  g_autofree char *text = duration >= 0 ? tsn_live_text_time (duration) : g_strdup ("");
  gboolean rolling = status == TSN_LIVE_RUNNING && tsn_live_get_kind (self->live) == TSN_LIVE_VIDEO;

  gtk_label_set_text (self->duration, text);
  g_signal_handlers_block_by_func (self->adjustment, slid_cb, self);
  gtk_adjustment_set_upper (self->adjustment, MAX (duration, 0) / NANOSECONDS);
  g_signal_handlers_unblock_by_func (self->adjustment, slid_cb, self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->slider),
                            source != NULL && tsn_frame_source_is_seekable (source));
  if (!rolling)
    g_clear_handle_id (&self->follow, g_source_remove);
  else if (self->follow == 0)
    self->follow = g_timeout_add (FOLLOW_MS, follow_cb, self);
  if (source != NULL && tsn_live_get_kind (self->live) == TSN_LIVE_VIDEO)
    show_position (self);
}

static void
update_freeze (TsnLiveBar *self, TsnLiveStatus status)
{
  gboolean camera = tsn_live_get_kind (self->live) == TSN_LIVE_CAMERA;
  gboolean rolling = status == TSN_LIVE_RUNNING;
  const char *text = rolling ? (camera ? _ ("Freeze the picture (Space)") : _ ("Pause (Space)"))
                             : (camera ? _ ("Go on (Space)") : _ ("Play (Space)"));

  gtk_button_set_icon_name (self->freeze, rolling ? "media-playback-pause-symbolic"
                                                  : "media-playback-start-symbolic");
  tsn_tip_set (GTK_WIDGET (self->freeze), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->freeze), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
}

/* A title and what to do about it, on a line. */
static void
update_message (TsnLiveBar *self)
{
  g_autofree char *description = tsn_live_text_description (self->live);
  g_autofree char *text = g_strdup_printf ("%s. %s", tsn_live_text_title (self->live), description);

  gtk_label_set_text (self->message, text);
}

static void
update (TsnLiveBar *self)
{
  TsnLiveStatus status = tsn_live_get_status (self->live);
  TsnLiveKind kind = tsn_live_get_kind (self->live);
  gboolean trouble = status == TSN_LIVE_FAILED;

  gtk_widget_set_visible (GTK_WIDGET (self), tsn_live_has_shown (self->live));
  gtk_widget_set_visible (self->video, kind == TSN_LIVE_VIDEO && !trouble);
  gtk_widget_set_visible (self->camera, kind == TSN_LIVE_CAMERA);
  gtk_widget_set_hexpand (self->camera, !trouble);
  gtk_widget_set_visible (GTK_WIDGET (self->freeze), !trouble);
  gtk_widget_set_visible (self->trouble, trouble);
  update_freeze (self, status);
  update_video (self, status);
  gtk_label_set_text (self->state, status == TSN_LIVE_FROZEN ? _ ("Frozen") : "");
  if (trouble)
    update_message (self);
}

static void
tsn_live_bar_dispose (GObject *object)
{
  TsnLiveBar *self = TSN_LIVE_BAR (object);

  g_clear_handle_id (&self->follow, g_source_remove);
  g_clear_object (&self->live);
  G_OBJECT_CLASS (tsn_live_bar_parent_class)->dispose (object);
}

static void
tsn_live_bar_class_init (TsnLiveBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (TSN_TYPE_CAMERA_CHOOSER);
  G_OBJECT_CLASS (klass)->dispose = tsn_live_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-live-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnLiveBar, freeze);
  gtk_widget_class_bind_template_child (widget_class, TsnLiveBar, video);
  gtk_widget_class_bind_template_child (widget_class, TsnLiveBar, position);
  gtk_widget_class_bind_template_child (widget_class, TsnLiveBar, slider);
  gtk_widget_class_bind_template_child (widget_class, TsnLiveBar, adjustment);
  gtk_widget_class_bind_template_child (widget_class, TsnLiveBar, duration);
  gtk_widget_class_bind_template_child (widget_class, TsnLiveBar, camera);
  gtk_widget_class_bind_template_child (widget_class, TsnLiveBar, cameras);
  gtk_widget_class_bind_template_child (widget_class, TsnLiveBar, state);
  gtk_widget_class_bind_template_child (widget_class, TsnLiveBar, trouble);
  gtk_widget_class_bind_template_child (widget_class, TsnLiveBar, message);
  gtk_widget_class_bind_template_child (widget_class, TsnLiveBar, recorded);
  gtk_widget_class_bind_template_child (widget_class, TsnLiveBar, record);
}

static void
tsn_live_bar_init (TsnLiveBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (slid_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * tsn_live_bar_set_live:
 *
 * Says what to control; to be called once.
 */
void
tsn_live_bar_set_live (TsnLiveBar *self, TsnLive *live)
{
  g_return_if_fail (self->live == NULL);

  self->live = g_object_ref (live);
  tsn_camera_chooser_set_live (self->cameras, live);
  g_signal_connect_object (live, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * tsn_live_bar_set_recording:
 * @seconds: how long the take is by now
 *
 * Shows whether what is to be seen is recorded.
 */
void
tsn_live_bar_set_recording (TsnLiveBar *self, gboolean recording, double seconds)
{
  g_autofree char *time = tsn_live_text_time (seconds * NANOSECONDS);
  const char *name = recording ? _ ("End the take (Ctrl+Shift+R)")
                               : _ ("Record photo and results (Ctrl+Shift+R)");

  gtk_widget_set_visible (GTK_WIDGET (self->recorded), recording);
  gtk_label_set_text (self->recorded, time);
  tsn_tip_set (self->record, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->record), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  if (recording)
    gtk_widget_add_css_class (self->record, "error");
  else
    gtk_widget_remove_css_class (self->record, "error");
}
