#include "ui/tsn-thumbnail.h"

struct _TsnThumbnail
{
  GtkWidget parent_instance;

  GtkWidget *broken; /* an icon, made when it is needed, for a row has hundreds of us */
  TsnGalleryPhoto *photo;
};

G_DEFINE_FINAL_TYPE (TsnThumbnail, tsn_thumbnail, GTK_TYPE_WIDGET)

static void
tsn_thumbnail_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  GtkWidget *broken = TSN_THUMBNAIL (widget)->broken;

  if (broken != NULL)
    gtk_widget_measure (broken, orientation, -1, NULL, NULL, NULL, NULL);
  *minimum = *natural
      = orientation == GTK_ORIENTATION_HORIZONTAL ? TSN_THUMBNAIL_WIDTH : TSN_THUMBNAIL_HEIGHT;
}

static void
tsn_thumbnail_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *broken = TSN_THUMBNAIL (widget)->broken;

  if (broken != NULL)
    gtk_widget_size_allocate (broken, &(GtkAllocation){ 0, 0, width, height }, -1);
}

/* The whole photo, in the middle of its place. */
static void
draw (GdkTexture *texture, GtkSnapshot *snapshot, double width, double height)
{
  double texture_width = gdk_texture_get_width (texture);
  double texture_height = gdk_texture_get_height (texture);
  double scale = MIN (width / texture_width, height / texture_height);
  double drawn_width = texture_width * scale, drawn_height = texture_height * scale;

  gtk_snapshot_append_texture (snapshot, texture,
                               &GRAPHENE_RECT_INIT ((width - drawn_width) / 2,
                                                    (height - drawn_height) / 2, drawn_width,
                                                    drawn_height));
}

static void
tsn_thumbnail_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TsnThumbnail *self = TSN_THUMBNAIL (widget);
  GdkTexture *texture = self->photo != NULL ? tsn_gallery_photo_get_thumbnail (self->photo) : NULL;

  if (texture != NULL)
    draw (texture, snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  GTK_WIDGET_CLASS (tsn_thumbnail_parent_class)->snapshot (widget, snapshot);
}

static void
update (TsnThumbnail *self)
{
  gboolean broken = tsn_gallery_photo_get_state (self->photo) == TSN_GALLERY_PHOTO_BROKEN;

  if (broken && self->broken == NULL)
    {
      self->broken = gtk_image_new_from_icon_name ("image-missing-symbolic");
      gtk_widget_set_parent (self->broken, GTK_WIDGET (self));
    }
  if (self->broken != NULL)
    gtk_widget_set_visible (self->broken, broken);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Answered only when it is asked: to set the text costs more than everything else of a thumbnail. */
static gboolean
tsn_thumbnail_query_tooltip (
    GtkWidget *widget, int x, int y, gboolean keyboard_tooltip, GtkTooltip *tooltip)
{
  TsnGalleryPhoto *photo = TSN_THUMBNAIL (widget)->photo;

  if (photo == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, tsn_gallery_photo_get_name (photo));
  return TRUE;
}

static void
tsn_thumbnail_dispose (GObject *object)
{
  TsnThumbnail *self = TSN_THUMBNAIL (object);

  tsn_thumbnail_set_photo (self, NULL);
  g_clear_pointer (&self->broken, gtk_widget_unparent);
  G_OBJECT_CLASS (tsn_thumbnail_parent_class)->dispose (object);
}

static void
tsn_thumbnail_class_init (TsnThumbnailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_thumbnail_dispose;
  widget_class->measure = tsn_thumbnail_measure;
  widget_class->size_allocate = tsn_thumbnail_size_allocate;
  widget_class->snapshot = tsn_thumbnail_snapshot;
  widget_class->query_tooltip = tsn_thumbnail_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "thumbnail");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tsn_thumbnail_init (TsnThumbnail *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
tsn_thumbnail_new (void)
{
  return g_object_new (TSN_TYPE_THUMBNAIL, NULL);
}

/**
 * tsn_thumbnail_set_photo:
 * @photo: (nullable): what to show
 */
void
tsn_thumbnail_set_photo (TsnThumbnail *self, TsnGalleryPhoto *photo)
{
  if (self->photo != NULL)
    g_signal_handlers_disconnect_by_data (self->photo, self);
  g_set_object (&self->photo, photo);
  if (photo == NULL)
    return;
  g_signal_connect_swapped (photo, "thumbnail-changed", G_CALLBACK (update), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tsn_gallery_photo_get_name (photo), -1);
  update (self);
}

/**
 * tsn_thumbnail_get_photo:
 *
 * Returns: (transfer none) (nullable): what is shown.
 */
TsnGalleryPhoto *
tsn_thumbnail_get_photo (TsnThumbnail *self)
{
  return self->photo;
}
