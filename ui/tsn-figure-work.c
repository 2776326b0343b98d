#include "ui/tsn-figure-work.h"

#include "core/figure/tsn-figure-data.h"
#include "core/figure/tsn-figure-maker.h"

#include <glib/gstdio.h>
#include <math.h>

struct _TsnFigureWork
{
  GObject parent_instance;

  GMutex lock; /* of all that follows: orders wait for one another */
  TsnPool *pool;
  TsnFigureMaker *maker; /* of the newest figure, or NULL */
  TsnFigureWish *made;   /* what it made */
};

G_DEFINE_FINAL_TYPE (TsnFigureWork, tsn_figure_work, G_TYPE_OBJECT)

enum
{
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What is put into the clipboard, the best first. */
static const struct
{
  TsnFigureFormat format;
  const char *type;
} clipboard_forms[] = {
  { TSN_FIGURE_PNG, "image/png" },
  { TSN_FIGURE_SVG, "image/svg+xml" },
  { TSN_FIGURE_PDF, "application/pdf" },
};

typedef struct
{
  TsnFigureWork *work;
  guint done;
  guint total;
  char *photo;
} Report;

static void
report_free (gpointer data)
{
  Report *report = data;

  g_object_unref (report->work);
  g_free (report->photo);
  g_free (report);
}

static gboolean
report_cb (gpointer data)
{
  const Report *report = data;

  g_signal_emit (report->work, signals[PROGRESS], 0, report->done, report->total, report->photo);
  return G_SOURCE_REMOVE;
}

/* On the thread. */
static void
progress_cb (gpointer data, guint done, guint total, const char *photo)
{
  Report *report = g_new (Report, 1);

  report->work = g_object_ref (data);
  report->done = done;
  report->total = total;
  report->photo = g_filename_display_basename (photo);
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, report_cb, report, report_free);
}

static void
forget (TsnFigureWork *self)
{
  g_clear_pointer (&self->maker, tsn_figure_maker_free);
  g_clear_pointer (&self->made, tsn_figure_wish_free);
}

/* Sees to it that there is a maker for what is wanted. */
static gboolean
prepare (TsnFigureWork *self, const TsnFigureWish *wish, GError **error)
{
  if (self->maker != NULL && tsn_figure_wish_has_same_content (wish, self->made))
    {
      tsn_figure_maker_set_look (self->maker, &wish->study.figure);
      return TRUE;
    }
  forget (self);
  if (self->pool == NULL)
    self->pool = tsn_pool_new (0);
  self->maker = tsn_figure_maker_new (&wish->study, self->pool, error);
  if (self->maker == NULL)
    return FALSE;
  self->made = tsn_figure_wish_copy (wish);
  tsn_figure_maker_set_progress (self->maker, progress_cb, self);
  if (!wish->comparison
      || tsn_figure_maker_plan_comparison (self->maker, wish->tasks, wish->truth, error))
    return TRUE;
  forget (self);
  return FALSE;
}

/* Draws the figure on white, as large as it fits into a box. */
static GdkTexture *
draw (const TsnFigureGrid *grid, guint box_width, guint box_height)
{
  double width, height, scale;
  g_autoptr (GBytes) bytes = NULL;
  cairo_surface_t *surface;
  GdkTexture *texture;
  cairo_t *cr;
  int w, h;

  tsn_figure_grid_measure (grid, &width, &height);
  scale = MIN (box_width / width, box_height / height);
  w = MAX (floor (width * scale), 1);
  h = MAX (floor (height * scale), 1);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, w, h);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, w / width, h / height);
  tsn_figure_grid_draw (grid, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      (gsize) cairo_image_surface_get_stride (surface) * h,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  texture = gdk_memory_texture_new (w, h, GDK_MEMORY_DEFAULT, bytes,
                                    cairo_image_surface_get_stride (surface));
  return texture;
}

static gboolean
write_files (TsnFigureWork *self,
             const TsnFigureGrid *grid,
             TsnFigureOrder *order,
             GCancellable *cancellable,
             GError **error)
{
  const TsnFigureExport how = { tsn_figure_maker_get_study (self->maker), order->format,
                                cancellable };

  if (order->form == TSN_FIGURE_FORM_LATEX)
    {
      if (!tsn_figure_export_latex (grid, order->path, &how, order->written, error))
        return FALSE;
    }
  else if (!tsn_figure_export (grid, order->path, &how, error))
    return FALSE;
  else
    g_ptr_array_add (order->written, g_strdup (order->path));
  return !order->raw
         || tsn_figure_data_write (self->maker, order->path, order->written, cancellable, error);
}

/* One form of the figure, by way of a file of that kind. */
static GBytes *
make_bytes (const TsnFigureGrid *grid, const TsnFigureExport *how, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("tsn-figure-XXXXXX", error);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "figure", NULL) : NULL;
  char *text = NULL;
  gsize length = 0;
  gboolean ok;

  if (folder == NULL)
    return NULL;
  ok = tsn_figure_export (grid, path, how, error)
       && g_file_get_contents (path, &text, &length, error);
  g_unlink (path);
  g_rmdir (folder);
  return ok ? g_bytes_new_take (text, length) : NULL;
}

static gboolean
make_content (TsnFigureWork *self,
              const TsnFigureGrid *grid,
              TsnFigureOrder *order,
              GCancellable *cancellable,
              GError **error)
{
  GdkContentProvider *providers[G_N_ELEMENTS (clipboard_forms)];
  guint n = 0;

  for (; n < G_N_ELEMENTS (clipboard_forms); n++)
    {
      const TsnFigureExport how = { tsn_figure_maker_get_study (self->maker),
                                    clipboard_forms[n].format, cancellable };
      g_autoptr (GBytes) bytes = make_bytes (grid, &how, error);

      if (bytes == NULL)
        break;
      providers[n] = gdk_content_provider_new_for_bytes (clipboard_forms[n].type, bytes);
    }
  if (n == G_N_ELEMENTS (clipboard_forms))
    {
      order->content = gdk_content_provider_new_union (providers, n);
      return TRUE;
    }
  for (guint i = 0; i < n; i++)
    g_object_unref (providers[i]);
  return FALSE;
}

static gboolean
fulfil (TsnFigureWork *self, TsnFigureOrder *order, GCancellable *cancellable, GError **error)
{
  g_autoptr (TsnFigureGrid) grid = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !prepare (self, order->wish, error))
    return FALSE;
  order->notes = g_strdupv ((char **) tsn_figure_maker_get_notes (self->maker));
  grid = tsn_figure_maker_make (self->maker, cancellable, error);
  if (grid == NULL)
    return FALSE;
  switch (order->form)
    {
    case TSN_FIGURE_FORM_FILE:
    case TSN_FIGURE_FORM_LATEX:
      return write_files (self, grid, order, cancellable, error);
    case TSN_FIGURE_FORM_CLIPBOARD:
      return make_content (self, grid, order, cancellable, error);
    case TSN_FIGURE_FORM_SCREEN:
    default:
      order->texture = draw (grid, order->width, order->height);
      return TRUE;
    }
}

static void
run_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  TsnFigureWork *self = object;
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
 * tsn_figure_work_run:
 * @order: (transfer full): what to make
 * @cancellable: (nullable): ends the work; files that are not complete yet are removed
 * @callback: called when it is done
 *
 * Makes a figure, once those that were asked for before are done.
 */
void
tsn_figure_work_run (TsnFigureWork *self,
                     TsnFigureOrder *order,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_task_data (task, order, (GDestroyNotify) tsn_figure_order_free);
  /* Whoever cancelled learns of files that were complete before. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_thread);
}

/**
 * tsn_figure_work_finish:
 * @error: as by tsn_figure_maker_make() and tsn_figure_export()
 *
 * Returns: (transfer none) (nullable): the order with what was found for it, as long as @result is
 *   there.
 */
const TsnFigureOrder *
tsn_figure_work_finish (GAsyncResult *result, GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return g_task_get_task_data (G_TASK (result));
}

static void
tsn_figure_work_finalize (GObject *object)
{
  TsnFigureWork *self = TSN_FIGURE_WORK (object);

  forget (self);
  g_clear_pointer (&self->pool, tsn_pool_free);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (tsn_figure_work_parent_class)->finalize (object);
}

static void
tsn_figure_work_class_init (TsnFigureWorkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsn_figure_work_finalize;
  signals[PROGRESS]
      = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_STRING);
}

static void
tsn_figure_work_init (TsnFigureWork *self)
{
  g_mutex_init (&self->lock);
}

/**
 * tsn_figure_work_new:
 *
 * Returns: (transfer full): work that nothing was asked of yet.
 */
TsnFigureWork *
tsn_figure_work_new (void)
{
  return g_object_new (TSN_TYPE_FIGURE_WORK, NULL);
}
