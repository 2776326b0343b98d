#include "ui/tsn-gallery-photo.h"

struct _TsnGalleryPhoto
{
  GObject parent_instance;

  GFile *file;
  char *name;
  guint64 stamp;

  TsnGalleryPhotoState state;
  GdkTexture *thumbnail;
};

static guint thumbnail_changed;

G_DEFINE_FINAL_TYPE (TsnGalleryPhoto, tsn_gallery_photo, G_TYPE_OBJECT)

static void
tsn_gallery_photo_finalize (GObject *object)
{
  TsnGalleryPhoto *self = TSN_GALLERY_PHOTO (object);

  g_clear_object (&self->file);
  g_clear_object (&self->thumbnail);
  g_free (self->name);
  G_OBJECT_CLASS (tsn_gallery_photo_parent_class)->finalize (object);
}

static void
tsn_gallery_photo_class_init (TsnGalleryPhotoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsn_gallery_photo_finalize;
  thumbnail_changed = g_signal_new ("thumbnail-changed", TSN_TYPE_GALLERY_PHOTO, G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tsn_gallery_photo_init (TsnGalleryPhoto *self)
{
}

/**
 * tsn_gallery_photo_new:
 * @name: what to call it
 * @stamp: changes with the file's content; of any origin
 */
TsnGalleryPhoto *
tsn_gallery_photo_new (GFile *file, const char *name, guint64 stamp)
{
  TsnGalleryPhoto *self = g_object_new (TSN_TYPE_GALLERY_PHOTO, NULL);

  self->file = g_object_ref (file);
  self->name = g_strdup (name);
  self->stamp = stamp;
  return self;
}

GFile *
tsn_gallery_photo_get_file (TsnGalleryPhoto *self)
{
  return self->file;
}

const char *
tsn_gallery_photo_get_name (TsnGalleryPhoto *self)
{
  return self->name;
}

/**
 * tsn_gallery_photo_equal:
 *
 * Returns: whether both are the same file with the same content.
 */
gboolean
tsn_gallery_photo_equal (TsnGalleryPhoto *a, TsnGalleryPhoto *b)
{
  return a->stamp == b->stamp && g_file_equal (a->file, b->file);
}

TsnGalleryPhotoState
tsn_gallery_photo_get_state (TsnGalleryPhoto *self)
{
  return self->state;
}

/**
 * tsn_gallery_photo_get_thumbnail:
 *
 * Returns: (transfer none) (nullable): a small picture of it, if there is one.
 */
GdkTexture *
tsn_gallery_photo_get_thumbnail (TsnGalleryPhoto *self)
{
  return self->thumbnail;
}

/**
 * tsn_gallery_photo_set_thumbnail:
 * @thumbnail: (nullable): a small picture, or %NULL to forget it
 */
void
tsn_gallery_photo_set_thumbnail (TsnGalleryPhoto *self, GdkTexture *thumbnail)
{
  self->state = thumbnail != NULL ? TSN_GALLERY_PHOTO_SEEN : TSN_GALLERY_PHOTO_UNSEEN;
  if (g_set_object (&self->thumbnail, thumbnail))
    g_signal_emit (self, thumbnail_changed, 0);
}

void
tsn_gallery_photo_set_broken (TsnGalleryPhoto *self)
{
  self->state = TSN_GALLERY_PHOTO_BROKEN;
  g_clear_object (&self->thumbnail);
  g_signal_emit (self, thumbnail_changed, 0);
}
