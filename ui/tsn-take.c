#include "ui/tsn-take.h"

#include "core/figure/tsn-figure-maker.h"
#include "core/figure/tsn-film-page.h"
#include "core/figure/tsn-film.h"
#include "core/figure/tsn-render.h"
#include "core/io/tsn-resample.h"

/* Moments that wait to be written; memory is not for a whole take. */
#define QUEUE 6

/* How many lines of the plainest pattern a picture has from left to right, as in figures. */
#define HATCHES 40

/* What was to be seen at a time. */
typedef struct
{
  GPtrArray *parts; /* of TsnTakePart; NULL for the end */
  double seconds;
} Moment;

struct _TsnTake
{
  GObject parent_instance;

  char *path;
  TsnVideoFormat format;
  TsnStudy study;
  GAsyncQueue *moments;
  GCancellable *cancellable;
  gint64 began_at; /* microseconds; 0 before the first moment */
  double seconds;  /* of the newest moment */
  gboolean finished;
  gboolean ended;

  /* The thread's own. */
  TsnVideoWriter *writer;
  TsnFilmPage *page;
  TsnFilmLayout layout;
  guint width;
  guint height;
  TsnImage *frame; /* the newest, or NULL */
  guint n_frames;
};

G_DEFINE_FINAL_TYPE (TsnTake, tsn_take, G_TYPE_OBJECT)

enum
{
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
part_free (gpointer data)
{
  TsnTakePart *part = data;

  g_free (part->caption);
  g_clear_pointer (&part->image, tsn_image_unref);
  g_clear_pointer (&part->result, tsn_result_unref);
  g_free (part);
}

/**
 * tsn_take_part_new:
 * @image: (nullable): a picture, or
 * @result: (nullable): what is drawn as one
 *
 * Returns: (transfer full): a picture of a moment.
 */
TsnTakePart *
tsn_take_part_new (const char *caption, TsnImage *image, TsnResult *result)
{
  TsnTakePart *part = g_new0 (TsnTakePart, 1);

  part->caption = g_strdup (caption);
  part->image = image != NULL ? tsn_image_ref (image) : NULL;
  part->result = result != NULL ? tsn_result_ref (result) : NULL;
  return part;
}

static void
moment_free (gpointer data)
{
  Moment *moment = data;

  g_clear_pointer (&moment->parts, g_ptr_array_unref);
  g_free (moment);
}

static double
get_aspect (const TsnTakePart *part)
{
  if (part->image != NULL)
    return (double) part->image->width / part->image->height;
  return (double) part->result->width / part->result->height;
}

/* The first moment says how large the film is; others fit their pictures into that. */
static void
lay_out (TsnTake *self, const GPtrArray *parts)
{
  const TsnFilmLayout layout = { .n_cells = MIN (parts->len, TSN_FILM_MAX_CELLS),
                                 .captions = TRUE,
                                 .aspect = get_aspect (g_ptr_array_index (parts, 0)) };

  if (self->page != NULL && layout.n_cells == self->layout.n_cells
      && layout.aspect == self->layout.aspect)
    return;
  if (self->page == NULL)
    tsn_film_page_choose_size (&layout, TSN_TAKE_SIDE, &self->width, &self->height);
  g_clear_pointer (&self->page, tsn_film_page_free);
  self->layout = layout;
  self->page = tsn_film_page_new (&layout, self->width, self->height);
}

static guint8 *
shrink (const TsnImage *image, guint width, guint height)
{
  size_t plane = (size_t) width * height;
  g_autofree float *planes = g_new (float, 3 * plane);
  guint8 *rgb = g_malloc_n (3, plane);

  tsn_resample_rgb (image->pixels, image->width, image->height, width, height, planes);
  for (size_t i = 0; i < plane; i++)
    for (guint c = 0; c < 3; c++)
      rgb[3 * i + c] = CLAMP (planes[c * plane + i] * 255 + 0.5f, 0, 255);
  return rgb;
}

static guint8 *
draw_part (TsnTake *self, const TsnTakePart *part, guint width, guint height)
{
  const TsnRenderOptions options = { .hatch = self->study.hatching ? MAX (width / HATCHES, 4) : 0 };
  g_autoptr (TsnResult) result = NULL;

  if (part->image != NULL)
    return shrink (part->image, width, height);
  result = tsn_result_new (part->result->task, part->result->output, width, height);
  return tsn_render (result, &options);
}

static TsnImage *
compose (TsnTake *self, const GPtrArray *parts)
{
  guint n = MIN (parts->len, TSN_FILM_MAX_CELLS), width, height;
  TsnFilmCell cells[TSN_FILM_MAX_CELLS];
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (g_free);

  lay_out (self, parts);
  tsn_film_page_get_cell_size (self->page, &width, &height);
  for (guint i = 0; i < n; i++)
    {
      const TsnTakePart *part = g_ptr_array_index (parts, i);
      guint8 *rgb = draw_part (self, part, width, height);

      g_ptr_array_add (pictures, rgb);
      cells[i] = (TsnFilmCell){ rgb, part->caption };
    }
  return tsn_film_page_draw (self->page, cells, NULL);
}

static gboolean
open_film (TsnTake *self, GError **error)
{
  TsnStudyModel *model = &self->study.model;
  TsnVideoOptions options = { self->format, self->width, self->height, TSN_TAKE_FPS, NULL };
  g_autofree char *packet = NULL;

  if (model->path != NULL && model->sha256 == NULL)
    model->sha256 = tsn_study_hash_file (model->path, NULL);
  packet = tsn_film_make_packet (&self->study, self->path, error);
  if (packet == NULL)
    return FALSE;
  options.comment = packet;
  self->writer = tsn_video_writer_new (self->path, &options, error);
  return self->writer != NULL;
}

/* Goes on with the frame that there is until a time. */
static gboolean
write_until (TsnTake *self, double seconds, GError **error)
{
  for (; self->frame != NULL && self->n_frames < seconds * TSN_TAKE_FPS; self->n_frames++)
    if (!tsn_video_writer_write (self->writer, self->frame, self->cancellable, error))
      return FALSE;
  return TRUE;
}

static gboolean
write_moment (TsnTake *self, const Moment *moment, GError **error)
{
  if (!write_until (self, moment->seconds, error))
    return FALSE;
  g_clear_pointer (&self->frame, tsn_image_unref);
  self->frame = compose (self, moment->parts);
  return self->writer != NULL || open_film (self, error);
}

static gboolean
write_all (TsnTake *self, GError **error)
{
  gboolean ok = TRUE, end = FALSE;

  if (!tsn_video_format_check (self->format, error))
    return FALSE;
  while (ok && !end)
    {
      Moment *moment = g_async_queue_pop (self->moments);

      end = moment->parts == NULL;
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        ok = FALSE;
      else if (!end)
        ok = write_moment (self, moment, error);
      else
        /* The last moment is to be seen, too. */
        ok = write_until (self, moment->seconds + 1.0 / TSN_TAKE_FPS, error);
      moment_free (moment);
    }
  /* Nothing was to be seen. */
  if (ok && self->writer == NULL)
    {
      g_cancellable_cancel (self->cancellable);
      return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
    }
  return ok && tsn_video_writer_finish (self->writer, self->cancellable, error);
}

static void
run_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  TsnTake *self = object;
  g_autoptr (GError) error = NULL;
  gboolean ok = write_all (self, &error);

  g_clear_pointer (&self->writer, tsn_video_writer_free);
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
ended_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  TsnTake *self = TSN_TAKE (object);
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  self->ended = TRUE;
  g_signal_emit (self, signals[ENDED], 0, error);
}

static void
tsn_take_finalize (GObject *object)
{
  TsnTake *self = TSN_TAKE (object);

  g_clear_pointer (&self->page, tsn_film_page_free);
  g_clear_pointer (&self->frame, tsn_image_unref);
  g_async_queue_unref (self->moments);
  g_object_unref (self->cancellable);
  tsn_study_clear (&self->study);
  g_free (self->path);
  G_OBJECT_CLASS (tsn_take_parent_class)->finalize (object);
}

static void
tsn_take_class_init (TsnTakeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsn_take_finalize;
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
tsn_take_init (TsnTake *self)
{
  self->moments = g_async_queue_new_full (moment_free);
  self->cancellable = g_cancellable_new ();
}

/**
 * tsn_take_new:
 * @path: of the film; for PNG files a folder that is not there yet
 * @study: what is shown, for whoever finds the film; copied
 *
 * Returns: (transfer full): a take that waits for what it is to show.  It is kept alive until it
 *   ended.
 */
TsnTake *
tsn_take_new (const char *path, TsnVideoFormat format, const TsnStudy *study)
{
  TsnTake *self = g_object_new (TSN_TYPE_TAKE, NULL);
  g_autoptr (GTask) task = NULL;

  self->path = g_strdup (path);
  self->format = format;
  tsn_study_copy (study, &self->study);
  task = g_task_new (self, NULL, ended_cb, NULL);
  g_task_run_in_thread (task, run_thread);
  return self;
}

/* The time since the first moment. */
static double
get_time (TsnTake *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->began_at == 0)
    self->began_at = now;
  return (now - self->began_at) / (double) G_USEC_PER_SEC;
}

static void
push (TsnTake *self, GPtrArray *parts)
{
  Moment *moment = g_new (Moment, 1);

  *moment = (Moment){ parts, self->seconds };
  g_async_queue_push (self->moments, moment);
}

/**
 * tsn_take_add:
 * @parts: (transfer full) (element-type TsnTakePart): what is to be seen from now on
 */
void
tsn_take_add (TsnTake *self, GPtrArray *parts)
{
  g_ptr_array_set_free_func (parts, part_free);
  if (self->finished || self->ended || parts->len == 0
      || g_async_queue_length (self->moments) >= QUEUE)
    {
      g_ptr_array_unref (parts);
      return;
    }
  self->seconds = get_time (self);
  push (self, parts);
}

/**
 * tsn_take_finish:
 *
 * Ends the take; what it was given is still written.
 */
void
tsn_take_finish (TsnTake *self)
{
  if (self->finished)
    return;
  self->finished = TRUE;
  if (self->began_at != 0)
    self->seconds = get_time (self);
  push (self, NULL);
}

/**
 * tsn_take_cancel:
 *
 * Ends the take and leaves nothing behind.
 */
void
tsn_take_cancel (TsnTake *self)
{
  g_cancellable_cancel (self->cancellable);
  tsn_take_finish (self);
}

const char *
tsn_take_get_path (TsnTake *self)
{
  return self->path;
}

/**
 * tsn_take_get_seconds:
 *
 * Returns: how long the film is up to now.
 */
double
tsn_take_get_seconds (TsnTake *self)
{
  return self->seconds;
}
