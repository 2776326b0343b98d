#include "ui/tsn-film-work.h"

#include "core/figure/tsn-film.h"

#include <math.h>

/* How often progress is told, in microseconds. */
#define INTERVAL 50000

struct _TsnFilmWork
{
  TsnExportWork parent_instance;

  TsnFilm *film;  /* of the newest order, or NULL */
  TsnStudy made;  /* what it shows, if there is one */
  gint64 told_at; /* when progress was told last */
};

G_DEFINE_FINAL_TYPE (TsnFilmWork, tsn_film_work, TSN_TYPE_EXPORT_WORK)

/**
 * tsn_film_order_new:
 *
 * Returns: (transfer full): an order of the first frame of nothing.
 */
TsnFilmOrder *
tsn_film_order_new (void)
{
  TsnFilmOrder *order = g_new0 (TsnFilmOrder, 1);

  tsn_study_init (&order->study);
  return order;
}

static void
free_order (TsnExportOrder *base)
{
  TsnFilmOrder *order = (TsnFilmOrder *) base;

  tsn_export_order_clear (base);
  tsn_study_clear (&order->study);
  g_free (order->problem);
  g_free (order);
}

static void
tell_progress (TsnFilmWork *self, guint done, guint total)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->told_at < INTERVAL)
    return;
  self->told_at = now;
  tsn_export_work_tell_progress (TSN_EXPORT_WORK (self), done, total, NULL);
}

static void
forget (TsnFilmWork *self)
{
  if (self->film == NULL)
    return;
  g_clear_pointer (&self->film, tsn_film_free);
  tsn_study_clear (&self->made);
}

/* Whether the film that there is shows the same photo with the same network. */
static gboolean
has_same_content (const TsnFilmWork *self, const TsnStudy *study)
{
  const TsnStudy *made = &self->made;

  return self->film != NULL && made->source.kind == study->source.kind
         && g_strcmp0 (made->source.path, study->source.path) == 0
         && g_strcmp0 (made->source.item, study->source.item) == 0
         && g_strcmp0 (made->model.path, study->model.path) == 0 && made->size == study->size;
}

static gboolean
prepare (TsnFilmWork *self, const TsnStudy *study, GCancellable *cancellable, GError **error)
{
  if (has_same_content (self, study))
    {
      if (tsn_film_set_look (self->film, study, error))
        return TRUE;
      forget (self);
      return FALSE;
    }
  forget (self);
  self->film
      = tsn_film_new (study, tsn_export_work_get_pool (TSN_EXPORT_WORK (self)), cancellable, error);
  if (self->film == NULL)
    return FALSE;
  tsn_study_copy (study, &self->made);
  return TRUE;
}

static GdkTexture *
make_texture (TsnImage *image)
{
  g_autoptr (GBytes) bytes
      = g_bytes_new_with_free_func (image->pixels, 3 * (gsize) image->width * image->height,
                                    (GDestroyNotify) tsn_image_unref, tsn_image_ref (image));

  return gdk_memory_texture_new (image->width, image->height, GDK_MEMORY_R8G8B8, bytes,
                                 3 * (gsize) image->width);
}

static gboolean
draw (TsnFilmWork *self, TsnFilmOrder *order, GCancellable *cancellable, GError **error)
{
  guint frame = lround (order->time * (order->n_frames - 1));
  g_autoptr (TsnImage) image = tsn_film_draw (self->film, frame, cancellable, error);
  g_autoptr (GError) problem = NULL;

  if (image == NULL)
    return FALSE;
  order->base.texture = make_texture (image);
  if (!tsn_video_format_check (order->format, &problem))
    order->problem = g_strdup (problem->message);
  return TRUE;
}

typedef struct
{
  TsnFilmWork *work;
  TsnVideoWriter *writer;
  guint n_frames;
} Writing;

static gboolean
write_cb (
    gpointer data, const TsnImage *frame, guint index, GCancellable *cancellable, GError **error)
{
  Writing *writing = data;

  tell_progress (writing->work, index, writing->n_frames);
  return tsn_video_writer_write (writing->writer, frame, cancellable, error);
}

static gboolean
write_film (TsnFilmWork *self, TsnFilmOrder *order, GCancellable *cancellable, GError **error)
{
  const TsnStudy *study = tsn_film_get_study (self->film);
  g_autofree char *packet = tsn_film_make_packet (study, order->base.path, error);
  TsnVideoOptions options = { .format = order->format, .fps = study->film.fps, .comment = packet };
  g_autoptr (TsnVideoWriter) writer = NULL;
  Writing writing = { self, NULL, order->n_frames };

  if (packet == NULL)
    return FALSE;
  tsn_film_get_size (self->film, &options.width, &options.height);
  writing.writer = writer = tsn_video_writer_new (order->base.path, &options, error);
  return writer != NULL && tsn_film_play (self->film, write_cb, &writing, cancellable, error)
         && tsn_video_writer_finish (writer, cancellable, error);
}

static gboolean
fulfil (TsnExportWork *work, TsnExportOrder *base, GCancellable *cancellable, GError **error)
{
  TsnFilmWork *self = TSN_FILM_WORK (work);
  TsnFilmOrder *order = (TsnFilmOrder *) base;

  if (!prepare (self, &order->study, cancellable, error))
    return FALSE;
  base->note = g_strdup (tsn_film_get_note (self->film));
  order->n_frames = tsn_film_get_n_frames (self->film);
  return base->path != NULL ? write_film (self, order, cancellable, error)
                            : draw (self, order, cancellable, error);
}

static void
tsn_film_work_finalize (GObject *object)
{
  forget (TSN_FILM_WORK (object));
  G_OBJECT_CLASS (tsn_film_work_parent_class)->finalize (object);
}

static void
tsn_film_work_class_init (TsnFilmWorkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsn_film_work_finalize;
  TSN_EXPORT_WORK_CLASS (klass)->fulfil = fulfil;
  TSN_EXPORT_WORK_CLASS (klass)->free_order = free_order;
}

static void
tsn_film_work_init (TsnFilmWork *self)
{
}
