#include "ui/tsn-feature-panes.h"

#include "ui/tsn-canvas.h"
#include "ui/tsn-pane-layout.h"
#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>

struct _TsnFeaturePanes
{
  GtkWidget parent_instance;

  TsnDocument *document;
  TsnInspection *inspection;
  TsnView *view;
  TsnCanvas *photo;    /* NULL while it is not shown */
  GPtrArray *canvases; /* of TsnCanvas, as many as the result has pictures, one at least */
};

G_DEFINE_FINAL_TYPE (TsnFeaturePanes, tsn_feature_panes, GTK_TYPE_WIDGET)

static void
activate_cb (TsnFeaturePanes *self, int n_press, TsnCanvas *canvas)
{
  TsnInspectionResult *result = tsn_inspection_get_result (self->inspection);
  guint index, task;

  if (result == NULL || !g_ptr_array_find (self->canvases, canvas, &index)
      || index >= tsn_inspection_result_get_n_tasks (result))
    return;
  task = tsn_inspection_result_get_task (result, index);
  if (n_press > 1 && tsn_document_count_shown (self->document) == 1)
    tsn_document_show_all (self->document);
  else if (n_press > 1)
    tsn_document_show_only (self->document, task);
  else
    tsn_document_set_active (self->document, task);
}

/* A canvas that goes may have held the probe, and all are told when that ends: those that are gone
 * must not be among them. */
static void
remove_beyond (TsnFeaturePanes *self, guint n)
{
  while (self->canvases->len > n)
    gtk_widget_unparent (g_ptr_array_steal_index (self->canvases, self->canvases->len - 1));
}

static void
remove_photo (TsnFeaturePanes *self)
{
  TsnCanvas *photo = g_steal_pointer (&self->photo);

  if (photo != NULL)
    gtk_widget_unparent (GTK_WIDGET (photo));
}

/* As many canvases as are needed; those that there are stay, with their focus. */
static void
set_number (TsnFeaturePanes *self, guint n)
{
  while (self->canvases->len < n)
    {
      TsnCanvas *canvas = tsn_canvas_new (self->view);

      g_signal_connect_object (canvas, "activate", G_CALLBACK (activate_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_widget_set_parent (GTK_WIDGET (canvas), GTK_WIDGET (self));
      g_ptr_array_add (self->canvases, canvas);
    }
  remove_beyond (self, n);
}

/* Says which task it is; what depends on the photo alone belongs to all. */
static char *
make_title (TsnFeaturePanes *self, const TsnInspectionResult *result, guint index)
{
  TsnModel *model = tsn_document_get_model (self->document);
  const TsnOutlineBlock *block = tsn_inspection_get_block (self->inspection);
  guint task = tsn_inspection_result_get_task (result, index);

  if (tsn_graph_node (model->graph, block->node)->stage == TSN_STAGE_ENCODER)
    return g_strdup (_ ("All tasks"));
  return g_strdup (tsn_task_text_title (tsn_document_get_task (self->document, task)));
}

static void
update_summary (TsnFeaturePanes *self, const TsnInspectionResult *result, TsnCanvas *canvas)
{
  g_autofree char *summary = NULL;

  if (result->planes != NULL)
    summary = g_strdup_printf (_ ("%s, colours from %.3g to %.3g"), result->query.node,
                               result->range.low, result->range.high);
  else
    summary = g_strdup_printf (_ ("%s, principal components as colours"), result->query.node);
  tsn_canvas_set_summary (canvas, summary);
}

static void
update_selected (TsnFeaturePanes *self)
{
  TsnInspectionResult *result = tsn_inspection_get_result (self->inspection);

  for (guint i = 0; i < self->canvases->len; i++)
    tsn_canvas_set_selected (self->canvases->pdata[i],
                             result != NULL && self->canvases->len > 1
                                 && i < result->query.tasks->len
                                 && tsn_inspection_result_get_task (result, i)
                                        == tsn_document_get_active (self->document));
}

static void
update_probes (TsnFeaturePanes *self)
{
  TsnInspectionResult *result = tsn_inspection_get_result (self->inspection);
  double x, y, width, height;
  gboolean probing = tsn_view_get_probe (self->view, &x, &y);

  tsn_view_get_image_size (self->view, &width, &height);
  for (guint i = 0; i < self->canvases->len; i++)
    {
      g_autofree char *text = NULL;

      if (probing && result != NULL && i < tsn_inspection_result_get_n_tasks (result))
        text = tsn_inspection_result_describe_at (result, i, x / width, y / height);
      tsn_canvas_set_probe_text (self->canvases->pdata[i], text);
    }
}

/* Why there is nothing although nothing is being worked on. */
static const char *
get_note (TsnFeaturePanes *self)
{
  gboolean stopped = tsn_document_get_photo (self->document) != NULL
                     && !tsn_document_is_busy (self->document)
                     && !tsn_inspection_is_waiting (self->inspection);

  return stopped ? _ ("Stopped. F5 goes on.") : NULL;
}

/* Of the model nothing is asked here: it may be another one that the inspection does not know yet. */
static void
update_waiting (TsnFeaturePanes *self)
{
  TsnInspectionResult *result = tsn_inspection_get_result (self->inspection);
  gboolean nothing = result == NULL || result->pictures == NULL;

  for (guint i = 0; i < self->canvases->len; i++)
    {
      TsnCanvas *canvas = self->canvases->pdata[i];

      tsn_canvas_set_waiting (canvas, nothing && tsn_inspection_is_waiting (self->inspection));
      tsn_canvas_set_note (canvas, nothing ? get_note (self) : NULL);
    }
}

static void
update (TsnFeaturePanes *self)
{
  TsnInspectionResult *result = tsn_inspection_get_result (self->inspection);
  guint n = result != NULL && result->pictures != NULL ? result->pictures->len : 0;

  /* Without a result the canvases stay, so that nothing jumps until the next one is there. */
  set_number (self, MAX (n > 0 ? n : self->canvases->len, 1));
  for (guint i = 0; i < self->canvases->len; i++)
    {
      TsnCanvas *canvas = self->canvases->pdata[i];

      tsn_canvas_set_picture (canvas, i < n ? result->pictures->pdata[i] : NULL);
      if (i < n)
        {
          g_autofree char *title = make_title (self, result, i);

          tsn_canvas_set_title (canvas, title);
          update_summary (self, result, canvas);
        }
    }
  update_waiting (self);
  update_selected (self);
  update_probes (self);
}

static void
update_photo (TsnFeaturePanes *self)
{
  const TsnPhoto *photo = tsn_document_get_photo (self->document);

  if (tsn_document_get_show_photo (self->document) && self->photo == NULL)
    {
      self->photo = tsn_canvas_new (self->view);
      tsn_canvas_set_title (self->photo, _ ("Photo"));
      gtk_widget_insert_after (GTK_WIDGET (self->photo), GTK_WIDGET (self), NULL);
    }
  else if (!tsn_document_get_show_photo (self->document))
    remove_photo (self);
  if (self->photo == NULL)
    return;
  tsn_canvas_set_picture (self->photo, photo != NULL ? photo->picture : NULL);
  tsn_canvas_set_summary (self->photo, photo != NULL ? photo->name : NULL);
}

/* The view was told the size of others' panes while these were hidden. */
static void
tsn_feature_panes_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tsn_feature_panes_parent_class)->map (widget);
  gtk_widget_queue_allocate (widget);
}

static void
tsn_feature_panes_dispose (GObject *object)
{
  TsnFeaturePanes *self = TSN_FEATURE_PANES (object);

  if (self->canvases != NULL)
    {
      remove_photo (self);
      remove_beyond (self, 0);
    }
  g_clear_pointer (&self->canvases, g_ptr_array_unref);
  g_clear_object (&self->inspection);
  g_clear_object (&self->document);
  g_clear_object (&self->view);
  G_OBJECT_CLASS (tsn_feature_panes_parent_class)->dispose (object);
}

static void
tsn_feature_panes_class_init (TsnFeaturePanesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_feature_panes_dispose;
  widget_class->map = tsn_feature_panes_map;
  gtk_widget_class_set_css_name (widget_class, "panes");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tsn_feature_panes_init (TsnFeaturePanes *self)
{
  self->canvases = g_ptr_array_new ();
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * tsn_feature_panes_set_document:
 * @view: what all panes of the window share
 *
 * Says what to show; to be called once.
 */
void
tsn_feature_panes_set_document (TsnFeaturePanes *self, TsnDocument *document, TsnView *view)
{
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  self->inspection = g_object_ref (tsn_document_get_inspection (document));
  self->view = g_object_ref (view);
  gtk_widget_set_layout_manager (GTK_WIDGET (self), tsn_pane_layout_new (view));
  g_signal_connect_object (self->inspection, "updated", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::busy", G_CALLBACK (update_waiting), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "photo-changed", G_CALLBACK (update_photo), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::show-photo", G_CALLBACK (update_photo), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::active", G_CALLBACK (update_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "probe-changed", G_CALLBACK (update_probes), self,
                           G_CONNECT_SWAPPED);
  update_photo (self);
  update (self);
}
