#include "ui/tsn-figure-work.h"

#include "core/figure/tsn-figure-data.h"
#include "core/figure/tsn-figure-maker.h"

#include <glib/gstdio.h>
#include <math.h>

struct _TsnFigureWork
{
  TsnExportWork parent_instance;

  TsnFigureMaker *maker; /* of the newest figure, or NULL */
  TsnFigureWish *made;   /* what it made */
};

G_DEFINE_FINAL_TYPE (TsnFigureWork, tsn_figure_work, TSN_TYPE_EXPORT_WORK)

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

static void
progress_cb (gpointer data, guint done, guint total, const char *photo)
{
  g_autofree char *name = g_filename_display_basename (photo);

  tsn_export_work_tell_progress (data, done, total, name);
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
  self->maker = tsn_figure_maker_new (&wish->study,
                                      tsn_export_work_get_pool (TSN_EXPORT_WORK (self)), error);
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
  const TsnFigureExport how
      = { tsn_figure_maker_get_study (self->maker), order->format, cancellable };

  if (order->form == TSN_FIGURE_FORM_LATEX)
    {
      if (!tsn_figure_export_latex (grid, order->base.path, &how, order->written, error))
        return FALSE;
    }
  else if (!tsn_figure_export (grid, order->base.path, &how, error))
    return FALSE;
  else
    g_ptr_array_add (order->written, g_strdup (order->base.path));
  return !order->raw
         || tsn_figure_data_write (self->maker, order->base.path, order->written, cancellable,
                                   error);
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
      const TsnFigureExport how
          = { tsn_figure_maker_get_study (self->maker), clipboard_forms[n].format, cancellable };
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
fulfil (TsnExportWork *work, TsnExportOrder *base, GCancellable *cancellable, GError **error)
{
  TsnFigureWork *self = TSN_FIGURE_WORK (work);
  TsnFigureOrder *order = (TsnFigureOrder *) base;
  g_autoptr (TsnFigureGrid) grid = NULL;

  if (!prepare (self, order->wish, error))
    return FALSE;
  base->note = g_strdup (tsn_figure_maker_get_notes (self->maker)[0]);
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
      order->base.texture = draw (grid, order->width, order->height);
      return TRUE;
    }
}

static void
tsn_figure_work_finalize (GObject *object)
{
  forget (TSN_FIGURE_WORK (object));
  G_OBJECT_CLASS (tsn_figure_work_parent_class)->finalize (object);
}

static void
tsn_figure_work_class_init (TsnFigureWorkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tsn_figure_work_finalize;
  TSN_EXPORT_WORK_CLASS (klass)->fulfil = fulfil;
  TSN_EXPORT_WORK_CLASS (klass)->free_order = tsn_figure_order_free;
}

static void
tsn_figure_work_init (TsnFigureWork *self)
{
}
