#include "ui/tsn-film-work.h"

#include "core/figure/tsn-film.h"

#include <math.h>

/* How often progress is told, in microseconds. */
#define INTERVAL 50000

struct _TsnFilmWork
{
  GObject parent_instance;

  GMutex lock; /* of all that follows: orders wait for one another */
  TsnPool *pool;
  TsnFilm *film;  /* of the newest order, or NULL */
  TsnStudy made;  /* what it shows, if there is one */
  gint64 told_at; /* when progress was told last */
};

G_DEFINE_FINAL_TYPE (TsnFilmWork, tsn_film_work, G_TYPE_OBJECT)

enum
{
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

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

void
tsn_film_order_free (TsnFilmOrder *order)
{
  tsn_study_clear (&order->study);
  g_clear_object (&order->texture);
  g_free (order->path);
  g_free (order->problem);
  g_free (order->note);
  g_free (order);
}

typedef struct
{
  TsnFilmWork *work;
  guint done;
  guint total;
} Report;

static void
report_free (gpointer data)
{
  Report *report = data;

  g_object_unref (report->work);
  g_free (report);
}

static gboolean
report_cb (gpointer data)
{
  const Report *report = data;

  g_signal_emit (report->work, signals[PROGRESS], 0, report->done, report->total);
  return G_SOURCE_REMOVE;
}

/* On the thread. */
static void
tell_progress (TsnFilmWork *self, guint done, guint total)
{
  gint64 now = g_get_monotonic_time ();
  Report *report;

  if (now - self->told_at < INTERVAL)
    return;
  self->told_at = now;
  report = g_new (Report, 1);
  *report = (Report){ g_object_ref (self), done, total };
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, report_cb, report, report_free);
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
  if (self->pool == NULL)
    self->pool = tsn_pool_new (0);
  self->film = tsn_film_new (study, self->pool, cancellable, error);
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
  order->texture = make_texture (image);
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
  g_autofree char *packet = tsn_film_make_packet (study, order->path, error);
  TsnVideoOptions options = { .format = order->format, .fps = study->film.fps, .comment = packet };
  g_autoptr (TsnVideoWriter) writer = NULL;
  Writing writing = { self, NULL, order->n_frames };

  if (packet == NULL)
    return FALSE;
  tsn_film_get_size (self->film, &options.width, &options.height);
  writing.writer = writer = tsn_video_writer_new (order->path, &options, error);
  return writer != NULL && tsn_film_play (self->film, write_cb, &writing, cancellable, error)
         && tsn_video_writer_finish (writer, cancellable, error);
}

static gboolean
fulfil (TsnFilmWork *self, TsnFilmOrder *order, GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !prepare (self, &order->study, cancellable, error))
    return FALSE;
  order->note = g_strdup (tsn_film_get_note (self->film));
  order->n_frames = tsn_film_get_n_frames (self->film);
  return order->path != NULL ? write_film (self, order, cancellable, error)
                             : draw (self, order, cancellable, error);
}

static void
run_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  TsnFilmWork *self = object;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  g_mutex_lock (&self->lock);
  ok = fulfil (self, data, cancellable, &error);
  g_mutex_unlock (&self->lock);
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * tsn_film_work_run:
 * @order: (transfer full): what to make
 * @cancellable: (nullable): ends the work; a film that is not complete yet is removed
 * @callback: called when it is done
 *
 * Makes a film, or a frame of it, once those that were asked for before are done.
 */
void
tsn_film_work_run (TsnFilmWork *self,
                   TsnFilmOrder *order,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_task_data (task, order, (GDestroyNotify) tsn_film_order_free);
  /* A film that was complete when somebody cancelled is there. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_thread);
}

/**
 * tsn_film_work_finish:
 * @error: as by tsn_film_new() and tsn_video_writer_new()
 *
 * Returns: (transfer none) (nullable): the order with what was found for it, as long as @result is
 *   there.
 */
const TsnFilmOrder *
tsn_film_work_finish (GAsyncResult *result, GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return g_task_get_task_data (G_TASK (result));
}

static void
tsn_film_work_finalize (GObject *object)
{
  TsnFilmWork *self = TSN_FILM_WORK (object);

  forget (self);
  g_clear_pointer (&self->pool, tsn_pool_free);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (tsn_film_work_parent_class)->finalize (object);
}

static void
tsn_film_work_class_init (TsnFilmWorkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsn_film_work_finalize;
  signals[PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
tsn_film_work_init (TsnFilmWork *self)
{
  g_mutex_init (&self->lock);
}

/**
 * tsn_film_work_new:
 *
 * Returns: (transfer full): work that nothing was asked of yet.
 */
TsnFilmWork *
tsn_film_work_new (void)
{
  return g_object_new (TSN_TYPE_FILM_WORK, NULL);
}
