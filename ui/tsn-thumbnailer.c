#include "ui/tsn-thumbnailer.h"

/* The network runs on the other processors. */
#define N_READERS 2

/* A thumbnail takes some 40 kB. */
#define MAX_KEPT 512

struct _TsnThumbnailer
{
  GObject parent_instance;

  guint side;
  GQueue waiting; /* of TsnGalleryPhoto; those that were wanted last are at the tail */
  GQueue kept;    /* not wanted any more, the oldest at the head */
  guint n_reading;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (TsnThumbnailer, tsn_thumbnailer, G_TYPE_OBJECT)

typedef struct
{
  TsnGalleryPhoto *photo;
  GFile *file;
  guint side;
} Reading;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->photo);
  g_object_unref (reading->file);
  g_free (reading);
}

static GdkPixbuf *
read_small (const Reading *reading, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (reading->file, cancellable, error);
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (stream == NULL)
    return NULL;
  pixbuf = gdk_pixbuf_new_from_stream_at_scale (G_INPUT_STREAM (stream), reading->side,
                                                reading->side, TRUE, cancellable, error);
  return pixbuf != NULL ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;
}

static void
read_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf = read_small (data, cancellable, &error);

  if (pixbuf != NULL)
    g_task_return_pointer (task, pixbuf, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void read_next (TsnThumbnailer *self);

static void
read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  TsnThumbnailer *self = TSN_THUMBNAILER (object);
  const Reading *reading = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = g_task_propagate_pointer (G_TASK (result), &error);

  self->n_reading--;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (pixbuf != NULL)
    {
      g_autoptr (GdkTexture) texture = gdk_texture_new_for_pixbuf (pixbuf);

      tsn_gallery_photo_set_thumbnail (reading->photo, texture);
    }
  else
    tsn_gallery_photo_set_broken (reading->photo);
  read_next (self);
}

static void
read_next (TsnThumbnailer *self)
{
  while (self->n_reading < N_READERS && !g_queue_is_empty (&self->waiting))
    {
      g_autoptr (GTask) task = g_task_new (self, self->cancellable, read_cb, NULL);
      Reading *reading = g_new (Reading, 1);

      reading->photo = g_queue_pop_tail (&self->waiting);
      reading->file = g_object_ref (tsn_gallery_photo_get_file (reading->photo));
      reading->side = self->side;
      self->n_reading++;
      g_task_set_source_tag (task, read_next);
      g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
      g_task_run_in_thread (task, read_thread);
    }
}

static void
drop (GQueue *queue, TsnGalleryPhoto *photo)
{
  GList *link = g_queue_find (queue, photo);

  if (link == NULL)
    return;
  g_queue_delete_link (queue, link);
  g_object_unref (photo);
}

static void
tsn_thumbnailer_dispose (GObject *object)
{
  TsnThumbnailer *self = TSN_THUMBNAILER (object);

  g_cancellable_cancel (self->cancellable);
  g_queue_clear_full (&self->waiting, g_object_unref);
  g_queue_clear_full (&self->kept, g_object_unref);
  G_OBJECT_CLASS (tsn_thumbnailer_parent_class)->dispose (object);
}

static void
tsn_thumbnailer_finalize (GObject *object)
{
  g_object_unref (TSN_THUMBNAILER (object)->cancellable);
  G_OBJECT_CLASS (tsn_thumbnailer_parent_class)->finalize (object);
}

static void
tsn_thumbnailer_class_init (TsnThumbnailerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tsn_thumbnailer_dispose;
  G_OBJECT_CLASS (klass)->finalize = tsn_thumbnailer_finalize;
}

static void
tsn_thumbnailer_init (TsnThumbnailer *self)
{
  g_queue_init (&self->waiting);
  g_queue_init (&self->kept);
  self->cancellable = g_cancellable_new ();
}

/**
 * tsn_thumbnailer_new:
 * @side: longest side of the thumbnails in pixels
 */
TsnThumbnailer *
tsn_thumbnailer_new (guint side)
{
  TsnThumbnailer *self = g_object_new (TSN_TYPE_THUMBNAILER, NULL);

  self->side = side;
  return self;
}

/**
 * tsn_thumbnailer_want:
 *
 * Gives @photo its thumbnail, now or a little later, and keeps it until it is released.
 */
void
tsn_thumbnailer_want (TsnThumbnailer *self, TsnGalleryPhoto *photo)
{
  drop (&self->kept, photo);
  if (tsn_gallery_photo_get_state (photo) != TSN_GALLERY_PHOTO_UNSEEN)
    return;
  g_queue_push_tail (&self->waiting, g_object_ref (photo));
  read_next (self);
}

/**
 * tsn_thumbnailer_release:
 *
 * Says that @photo is out of sight.
 */
void
tsn_thumbnailer_release (TsnThumbnailer *self, TsnGalleryPhoto *photo)
{
  drop (&self->waiting, photo);
  g_queue_push_tail (&self->kept, g_object_ref (photo));
  while (self->kept.length > MAX_KEPT)
    {
      g_autoptr (TsnGalleryPhoto) oldest = g_queue_pop_head (&self->kept);

      tsn_gallery_photo_set_thumbnail (oldest, NULL);
    }
}
