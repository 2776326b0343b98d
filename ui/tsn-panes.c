#include "ui/tsn-panes.h"

#include "ui/tsn-document-live.h"
#include "ui/tsn-document-source.h"
#include "ui/tsn-pane-layout.h"
#include "ui/tsn-pane.h"
#include "ui/tsn-turns.h"

struct _TsnPanes
{
  GtkWidget parent_instance;

  TsnDocument *document;
  TsnView *view;
  TsnStyler *styler;
  GArray *panes;     /* of TsnPane, in the order of their places */
  gboolean outdated; /* others are to be shown, as soon as there is a turn for it */
};

G_DEFINE_FINAL_TYPE (TsnPanes, tsn_panes, GTK_TYPE_WIDGET)

static TsnPane *
get_pane (TsnPanes *self, guint index)
{
  return &g_array_index (self->panes, TsnPane, index);
}

static void
update_looks (TsnPanes *self)
{
  for (guint i = 0; i < self->panes->len; i++)
    tsn_pane_update_looks (get_pane (self, i), self->document);
}

static void
update_selected (TsnPanes *self)
{
  guint active = tsn_document_get_active (self->document);
  gboolean several = tsn_document_count_shown (self->document) > 1;

  for (guint i = 0; i < self->panes->len; i++)
    {
      TsnPane *pane = get_pane (self, i);

      tsn_canvas_set_selected (pane->canvas,
                               several && self->panes->len > 1 && pane->role != TSN_PANE_PHOTO
                                   && pane->role != TSN_PANE_TRUTH && pane->role != TSN_PANE_BLEND
                                   && pane->task == active);
    }
}

static void
update_probes (TsnPanes *self)
{
  double x = 0, y = 0;
  gboolean probing = tsn_view_get_probe (self->view, &x, &y);

  for (guint i = 0; i < self->panes->len; i++)
    {
      TsnPane *pane = get_pane (self, i);
      g_autofree char *text = NULL;

      if (probing)
        text = tsn_pane_describe_at (pane, self->document, x, y);
      tsn_canvas_set_probe_text (pane->canvas, text);
    }
}

/* The blend is nothing without the task that it is read as. */
static void
activate_blend (TsnPanes *self, int n_press)
{
  guint readout = tsn_blend_get_readout (tsn_document_get_blend (self->document));

  if (n_press > 1)
    tsn_document_show_only (self->document, readout);
}

static void
update_now (TsnPanes *self)
{
  for (guint i = 0; i < self->panes->len; i++)
    tsn_pane_update (get_pane (self, i), self->document, self->styler);
  update_probes (self);
}

static void
activate_cb (TsnPanes *self, int n_press, TsnCanvas *canvas)
{
  const TsnPane *pane = NULL;

  for (guint i = 0; i < self->panes->len; i++)
    if (get_pane (self, i)->canvas == canvas)
      pane = get_pane (self, i);
  if (n_press > 1 && tsn_document_count_shown (self->document) == 1)
    tsn_document_show_all (self->document);
  else if (pane == NULL || pane->role == TSN_PANE_PHOTO)
    return;
  else if (pane->role == TSN_PANE_BLEND)
    activate_blend (self, n_press);
  else if (n_press > 1)
    tsn_document_show_only (self->document, pane->task);
  else
    tsn_document_set_active (self->document, pane->task);
}

static void
wiped_cb (TsnPanes *self, double wipe)
{
  tsn_compare_set_wipe (tsn_document_get_compare (self->document), wipe);
}

static TsnCanvas *
new_canvas (TsnPanes *self)
{
  TsnCanvas *canvas = tsn_canvas_new (self->view);

  g_signal_connect_object (canvas, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (canvas, "wiped", G_CALLBACK (wiped_cb), self, G_CONNECT_SWAPPED);
  return canvas;
}

/* Whether a pane shows something else than what the document's model says. */
static gboolean
stands_aside (TsnPaneRole role)
{
  return role == TSN_PANE_PHOTO || role == TSN_PANE_TRUTH || role == TSN_PANE_SECOND
         || role == TSN_PANE_BLEND;
}

/* The canvas that served the same purpose before; that of a task goes on to its wipe, so that the
 * focus stays. */
static TsnCanvas *
take_canvas (TsnPanes *self, GArray *from, const TsnPane *wanted)
{
  for (guint i = 0; i < from->len; i++)
    {
      const TsnPane *pane = &g_array_index (from, TsnPane, i);
      gboolean aside = stands_aside (pane->role);
      TsnCanvas *canvas = pane->canvas;

      if (pane->task == wanted->task
          && (pane->role == wanted->role || (!aside && !stands_aside (wanted->role))))
        {
          g_array_remove_index (from, i);
          return canvas;
        }
    }
  return new_canvas (self);
}

/* A canvas that goes may have held the probe, and all panes are told when that ends: those that
 * are gone must not be among them. */
static void
remove_all (GArray *panes)
{
  while (panes->len > 0)
    {
      TsnCanvas *canvas = g_array_index (panes, TsnPane, panes->len - 1).canvas;

      g_array_set_size (panes, panes->len - 1);
      gtk_widget_unparent (GTK_WIDGET (canvas));
    }
}

static void
rebuild_now (TsnPanes *self)
{
  g_autoptr (GArray) old = g_steal_pointer (&self->panes);
  guint group, lead;

  self->outdated = FALSE;
  self->panes = tsn_pane_list (self->document, &group, &lead);
  tsn_pane_layout_set_group (TSN_PANE_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                             group, lead);
  for (guint i = 0; i < self->panes->len; i++)
    {
      TsnPane *pane = get_pane (self, i);

      pane->canvas = take_canvas (self, old, pane);
      /* Last: the order of the children is the order of the focus. */
      gtk_widget_insert_before (GTK_WIDGET (pane->canvas), GTK_WIDGET (self), NULL);
    }
  remove_all (old);
  update_now (self);
  update_selected (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
catch_up (TsnPanes *self)
{
  if (self->outdated)
    rebuild_now (self);
  else
    update_now (self);
}

static void
update (TsnPanes *self)
{
  tsn_turns_add (self, (TsnTurn) catch_up);
}

static void
rebuild (TsnPanes *self)
{
  self->outdated = TRUE;
  update (self);
}

static void
photo_changed_cb (TsnPanes *self)
{
  const TsnImage *image = tsn_document_get_photo (self->document)->image;
  double width, height;

  tsn_view_get_image_size (self->view, &width, &height);
  /* The next frame of a video or a camera is looked at in the same way. */
  if (!tsn_document_shows_frame (self->document) || width != image->width
      || height != image->height)
    {
      tsn_view_set_image_size (self->view, image->width, image->height);
      tsn_view_fit (self->view);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
    }
  update (self);
}

static void
view_changed_cb (TsnPanes *self)
{
  tsn_document_set_pane_side (self->document, tsn_view_get_pane_side (self->view));
}

static void
blend_cb (TsnPanes *self)
{
  for (guint i = 0; i < self->panes->len; i++)
    if (get_pane (self, i)->role == TSN_PANE_BLEND)
      tsn_pane_update (get_pane (self, i), self->document, self->styler);
  update_probes (self);
}

static void
active_changed_cb (TsnPanes *self)
{
  if (tsn_display_get_layout (tsn_document_get_display (self->document)) == TSN_LAYOUT_SINGLE)
    rebuild (self);
  update_selected (self);
}

static void
model_changed_cb (TsnPanes *self)
{
  /* Tasks of the old model may have other indices now. */
  remove_all (self->panes);
  rebuild (self);
}

static void
tsn_panes_dispose (GObject *object)
{
  TsnPanes *self = TSN_PANES (object);

  tsn_turns_remove (self);
  if (self->panes != NULL)
    remove_all (self->panes);
  g_clear_pointer (&self->panes, g_array_unref);
  g_clear_object (&self->document);
  g_clear_object (&self->view);
  g_clear_object (&self->styler);
  G_OBJECT_CLASS (tsn_panes_parent_class)->dispose (object);
}

static void
tsn_panes_class_init (TsnPanesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_panes_dispose;
  gtk_widget_class_set_css_name (widget_class, "panes");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tsn_panes_init (TsnPanes *self)
{
  self->view = tsn_view_new ();
  self->styler = tsn_styler_new ();
  gtk_widget_set_layout_manager (GTK_WIDGET (self), tsn_pane_layout_new (self->view));
  self->panes = g_array_new (FALSE, FALSE, sizeof (TsnPane));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (self->styler, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "probe-changed", G_CALLBACK (update_probes), self,
                           G_CONNECT_SWAPPED);
}

TsnPanes *
tsn_panes_new (void)
{
  return g_object_new (TSN_TYPE_PANES, NULL);
}

static void
follow (TsnPanes *self, gpointer object, const char *signal, GCallback callback)
{
  g_signal_connect_object (object, signal, callback, self, G_CONNECT_SWAPPED);
}

/**
 * tsn_panes_set_document:
 *
 * Says what to show; to be called once.
 */
void
tsn_panes_set_document (TsnPanes *self, TsnDocument *document)
{
  TsnDisplay *display = tsn_document_get_display (document);
  TsnCompare *compare = tsn_document_get_compare (document);
  TsnJudge *judge = tsn_document_get_judge (document);
  TsnBlend *blend = tsn_document_get_blend (document);

  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  follow (self, self->view, "changed", G_CALLBACK (view_changed_cb));
  follow (self, document, "photo-changed", G_CALLBACK (photo_changed_cb));
  follow (self, document, "model-changed", G_CALLBACK (model_changed_cb));
  follow (self, document, "predicted", G_CALLBACK (update));
  follow (self, document, "progress", G_CALLBACK (update));
  follow (self, document, "notify::shown", G_CALLBACK (rebuild));
  follow (self, document, "notify::show-photo", G_CALLBACK (rebuild));
  follow (self, document, "notify::active", G_CALLBACK (active_changed_cb));
  follow (self, display, "notify::layout", G_CALLBACK (rebuild));
  follow (self, display, "notify::opacity", G_CALLBACK (update_looks));
  follow (self, display, "notify::isolated", G_CALLBACK (update));
  follow (self, display, "notify::hatching", G_CALLBACK (update));
  follow (self, display, "notify::loupe", G_CALLBACK (update_looks));
  follow (self, compare, "model-changed", G_CALLBACK (rebuild));
  follow (self, compare, "updated", G_CALLBACK (update));
  follow (self, compare, "notify::enabled", G_CALLBACK (rebuild));
  follow (self, compare, "notify::mode", G_CALLBACK (rebuild));
  follow (self, compare, "notify::wipe", G_CALLBACK (update_looks));
  follow (self, compare, "notify::second-shown", G_CALLBACK (update));
  follow (self, blend, "changed", G_CALLBACK (blend_cb));
  follow (self, blend, "predicted", G_CALLBACK (blend_cb));
  follow (self, blend, "notify::active", G_CALLBACK (rebuild));
  follow (self, document, "notify::show-truth", G_CALLBACK (rebuild));
  follow (self, judge, "surveyed", G_CALLBACK (rebuild));
  follow (self, judge, "annotated", G_CALLBACK (update));
  rebuild (self);
}

TsnView *
tsn_panes_get_view (TsnPanes *self)
{
  return self->view;
}
