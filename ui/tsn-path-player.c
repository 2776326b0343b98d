#include "ui/tsn-path-player.h"

#include "ui/tsn-resources.h"
#include "ui/tsn-tip.h"

#include <glib/gi18n.h>

struct _TsnPathPlayer
{
  GtkBox parent_instance;

  GtkButton *play;
  GtkScale *time;
  GtkSpinButton *duration;
  GtkListBox *points;
  GtkWidget *tour_hint;

  TsnBlend *blend;
  TsnBlendPath *path;
};

G_DEFINE_FINAL_TYPE (TsnPathPlayer, tsn_path_player, GTK_TYPE_BOX)

static void
playing_cb (TsnPathPlayer *self)
{
  gboolean playing = tsn_blend_path_get_playing (self->path);
  const char *name = playing ? _ ("Pause (Ctrl+M)") : _ ("Play the path (Ctrl+M)");

  gtk_button_set_icon_name (self->play, playing ? "media-playback-pause-symbolic"
                                                : "media-playback-start-symbolic");
  tsn_tip_set (GTK_WIDGET (self->play), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
scrub_cb (TsnPathPlayer *self)
{
  tsn_blend_path_set_time (self->path, gtk_range_get_value (GTK_RANGE (self->time)));
}

static void
time_cb (TsnPathPlayer *self)
{
  g_signal_handlers_block_by_func (self->time, scrub_cb, self);
  gtk_range_set_value (GTK_RANGE (self->time), tsn_blend_path_get_time (self->path));
  g_signal_handlers_unblock_by_func (self->time, scrub_cb, self);
}

/* A mark where each way-point is reached. */
static void
update_marks (TsnPathPlayer *self)
{
  guint n = tsn_blend_path_get_n_points (self->path), n_legs;

  gtk_scale_clear_marks (self->time);
  if (n == 0)
    n = tsn_blend_get_n_tasks (self->blend);
  n_legs = tsn_blend_path_get_loop (self->path) ? n : n - 1;
  for (guint i = 0; n > 1 && i <= n_legs; i++)
    gtk_scale_add_mark (self->time, (double) i / n_legs, GTK_POS_BOTTOM, NULL);
}

static void
remove_cb (TsnPathPlayer *self, GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);

  tsn_blend_path_remove (self->path, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

static GtkWidget *
new_point_row (TsnPathPlayer *self, guint point)
{
  const double *weights = tsn_blend_path_get_point (self->path, point);
  g_autofree char *text = tsn_blend_describe_weights (self->blend, weights);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = gtk_label_new (text);
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");
  /* Translators: %s is a mix of tasks. */
  g_autofree char *name = g_strdup_printf (_ ("Remove “%s” from the path"), text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  tsn_tip_set (remove, name);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_add_css_class (remove, "small-button");
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), remove);
  return box;
}

static void
path_changed_cb (TsnPathPlayer *self)
{
  guint n = tsn_blend_path_get_n_points (self->path);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->points, 0)) != NULL)
    gtk_list_box_remove (self->points, GTK_WIDGET (row));
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->points, new_point_row (self, i));
  gtk_widget_set_visible (GTK_WIDGET (self->points), n > 0);
  gtk_widget_set_visible (self->tour_hint, n == 0);
  update_marks (self);
}

static void
tsn_path_player_dispose (GObject *object)
{
  TsnPathPlayer *self = TSN_PATH_PLAYER (object);

  g_clear_object (&self->path);
  g_clear_object (&self->blend);
  G_OBJECT_CLASS (tsn_path_player_parent_class)->dispose (object);
}

static void
tsn_path_player_class_init (TsnPathPlayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_path_player_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-path-player.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnPathPlayer, play);
  gtk_widget_class_bind_template_child (widget_class, TsnPathPlayer, time);
  gtk_widget_class_bind_template_child (widget_class, TsnPathPlayer, duration);
  gtk_widget_class_bind_template_child (widget_class, TsnPathPlayer, points);
  gtk_widget_class_bind_template_child (widget_class, TsnPathPlayer, tour_hint);
}

static void
tsn_path_player_init (TsnPathPlayer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_spin_button_set_range (self->duration, TSN_BLEND_PATH_SHORTEST, TSN_BLEND_PATH_LONGEST);
  g_signal_connect_swapped (self->time, "value-changed", G_CALLBACK (scrub_cb), self);
}

static void
follow (TsnPathPlayer *self, gpointer object, const char *signal, GCallback callback)
{
  g_signal_connect_object (object, signal, callback, self, G_CONNECT_SWAPPED);
}

/**
 * tsn_path_player_set_blend:
 *
 * Says whose path to play; to be called once.
 */
void
tsn_path_player_set_blend (TsnPathPlayer *self, TsnBlend *blend)
{
  g_return_if_fail (self->blend == NULL);

  self->blend = g_object_ref (blend);
  self->path = g_object_ref (tsn_blend_get_path (blend));
  g_object_bind_property (self->path, "duration", self->duration, "value",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  follow (self, self->path, "notify::playing", G_CALLBACK (playing_cb));
  follow (self, self->path, "notify::time", G_CALLBACK (time_cb));
  follow (self, self->path, "notify::loop", G_CALLBACK (update_marks));
  follow (self, self->path, "changed", G_CALLBACK (path_changed_cb));
  follow (self, blend, "model-changed", G_CALLBACK (path_changed_cb));
  playing_cb (self);
  time_cb (self);
  path_changed_cb (self);
}
