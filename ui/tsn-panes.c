#include "ui/tsn-panes.h"

#include "ui/tsn-document-source.h"
#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>

/* Between panes, in logical pixels. */
#define GAP 6

#define SMALLEST_PANE 64

/* What a photo may lose of its size to stand beside another instead of above it. */
#define SIDE_BY_SIDE 0.9

/* The canvas of the photo stands for this "task", that of a label for its task with a mark. */
#define PHOTO G_MAXUINT
#define TRUTH (1u << 31)

typedef struct
{
  guint task;
  TsnCanvas *canvas;
} Pane;

struct _TsnPanes
{
  GtkWidget parent_instance;

  TsnDocument *document;
  TsnView *view;
  GArray *panes; /* of Pane, in the order of their places */
};

G_DEFINE_FINAL_TYPE (TsnPanes, tsn_panes, GTK_TYPE_WIDGET)

static double
scale_in_columns (guint n, guint columns, double width, double height, double aspect)
{
  guint rows = (n + columns - 1) / columns;
  double pane_width = (width - (columns - 1) * GAP) / columns;
  double pane_height = (height - (rows - 1) * GAP) / rows;

  return MIN (pane_width / aspect, pane_height);
}

/**
 * tsn_panes_choose_columns:
 * @n: number of panes, at least 1
 * @width: of all panes together in logical pixels
 * @height: of all panes together
 * @aspect: width of the photo over its height
 *
 * Pictures are compared most easily side by side.
 *
 * Returns: how many columns show the photo largest, or a few more if that costs next to nothing.
 */
guint
tsn_panes_choose_columns (guint n, double width, double height, double aspect)
{
  guint best = 1;
  double best_scale = 0;

  for (guint columns = 1; columns <= n; columns++)
    {
      double scale = scale_in_columns (n, columns, width, height, aspect);

      /* With as many rows as one column less would have, panes are only narrower. */
      if (columns > 1 && (n + columns - 1) / columns == (n + columns - 2) / (columns - 1))
        continue;
      if (scale > SIDE_BY_SIDE * best_scale)
        {
          best = columns;
          best_scale = MAX (scale, best_scale);
        }
    }
  return best;
}

static Pane *
get_pane (TsnPanes *self, guint index)
{
  return &g_array_index (self->panes, Pane, index);
}

static double
photo_aspect (TsnPanes *self)
{
  double width, height;

  tsn_view_get_image_size (self->view, &width, &height);
  return width / height;
}

static void
tsn_panes_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  /* Canvases shrink to anything, yet GTK wants every child to be measured. */
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_measure (child, orientation, -1, NULL, NULL, NULL, NULL);
  *minimum = 2 * SMALLEST_PANE;
  *natural = 8 * SMALLEST_PANE;
}

static void
allocate_pane (GtkWidget *child, int x, int y, int width, int height)
{
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

static void
tsn_panes_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TsnPanes *self = TSN_PANES (widget);
  guint n = self->panes->len, columns, rows;
  int pane_width, pane_height;

  if (n == 0)
    return;
  columns = tsn_panes_choose_columns (n, width, height, photo_aspect (self));
  rows = (n + columns - 1) / columns;
  pane_width = MAX ((width - ((int) columns - 1) * GAP) / (int) columns, SMALLEST_PANE);
  pane_height = MAX ((height - ((int) rows - 1) * GAP) / (int) rows, SMALLEST_PANE);
  for (guint i = 0; i < n; i++)
    allocate_pane (GTK_WIDGET (get_pane (self, i)->canvas), (i % columns) * (pane_width + GAP),
                   (i / columns) * (pane_height + GAP), pane_width, pane_height);
  tsn_view_set_viewport (self->view, pane_width, pane_height, gtk_widget_get_scale_factor (widget));
}

static void
update_pane (TsnPanes *self, Pane *pane)
{
  TsnPrediction *prediction = tsn_document_get_prediction (self->document, pane->task);
  TsnPredictor *predictor = tsn_document_get_predictor (self->document);
  g_autofree char *summary = NULL;

  if (prediction != NULL)
    summary = tsn_prediction_describe (prediction);
  tsn_canvas_set_picture (pane->canvas, prediction != NULL ? prediction->picture : NULL);
  tsn_canvas_set_summary (pane->canvas, summary);
  tsn_canvas_set_waiting (
      pane->canvas, prediction == NULL && tsn_predictor_is_waiting_for (predictor, pane->task));
}

static gboolean
is_truth (const Pane *pane)
{
  return pane->task != PHOTO && (pane->task & TRUTH) != 0;
}

static void
update_truth_pane (TsnPanes *self, Pane *pane)
{
  TsnAnnotation *truth = tsn_document_get_truth (self->document, pane->task & ~TRUTH);
  g_autofree char *summary = truth != NULL ? tsn_annotation_describe (truth) : NULL;

  tsn_canvas_set_picture (pane->canvas, truth != NULL ? truth->picture : NULL);
  tsn_canvas_set_summary (pane->canvas, summary);
  tsn_canvas_set_waiting (pane->canvas, truth == NULL);
}

static void
update_photo_pane (TsnPanes *self, Pane *pane)
{
  const TsnPhoto *photo = tsn_document_get_photo (self->document);
  g_autofree char *summary = NULL;

  if (photo != NULL)
    summary
        = g_strdup_printf ("%s, %u × %u", photo->name, photo->image->width, photo->image->height);
  tsn_canvas_set_picture (pane->canvas, photo != NULL ? photo->picture : NULL);
  tsn_canvas_set_summary (pane->canvas, summary);
}

static void
update_all (TsnPanes *self)
{
  for (guint i = 0; i < self->panes->len; i++)
    {
      Pane *pane = get_pane (self, i);

      if (pane->task == PHOTO)
        update_photo_pane (self, pane);
      else if (is_truth (pane))
        update_truth_pane (self, pane);
      else
        update_pane (self, pane);
    }
}

static void
update_selected (TsnPanes *self)
{
  guint active = tsn_document_get_active (self->document);
  gboolean several = tsn_document_count_shown (self->document) > 1;

  for (guint i = 0; i < self->panes->len; i++)
    tsn_canvas_set_selected (get_pane (self, i)->canvas,
                             several && get_pane (self, i)->task == active);
}

static char *
describe_colour (const TsnImage *image, double x, double y)
{
  size_t column = MIN ((guint) x, image->width - 1), row = MIN ((guint) y, image->height - 1);
  const guint8 *p = image->pixels + 3 * (row * image->width + column);

  return g_strdup_printf ("#%02x%02x%02x", p[0], p[1], p[2]);
}

static void
update_probes (TsnPanes *self)
{
  const TsnPhoto *photo = tsn_document_get_photo (self->document);
  double x = 0, y = 0;
  gboolean probing = tsn_view_get_probe (self->view, &x, &y);

  for (guint i = 0; i < self->panes->len; i++)
    {
      Pane *pane = get_pane (self, i);
      TsnPrediction *prediction = tsn_document_get_prediction (self->document, pane->task);
      TsnAnnotation *truth
          = is_truth (pane) ? tsn_document_get_truth (self->document, pane->task & ~TRUTH) : NULL;
      g_autofree char *text = NULL;

      if (probing && pane->task == PHOTO && photo != NULL)
        text = describe_colour (photo->image, x, y);
      else if (probing && truth != NULL)
        text = tsn_annotation_describe_at (truth, x, y);
      else if (probing && prediction != NULL)
        text = tsn_prediction_describe_at (prediction, x, y);
      tsn_canvas_set_probe_text (pane->canvas, text);
    }
}

static void
activate_cb (TsnPanes *self, int n_press, TsnCanvas *canvas)
{
  guint task = PHOTO;

  for (guint i = 0; i < self->panes->len; i++)
    if (get_pane (self, i)->canvas == canvas && get_pane (self, i)->task != PHOTO)
      task = get_pane (self, i)->task & ~TRUTH;
  if (n_press > 1 && tsn_document_count_shown (self->document) == 1)
    tsn_document_show_all (self->document);
  else if (n_press > 1 && task != PHOTO)
    tsn_document_show_only (self->document, task);
  else if (task != PHOTO)
    tsn_document_set_active (self->document, task);
}

static TsnCanvas *
take_canvas (TsnPanes *self, GArray *from, guint task)
{
  TsnCanvas *canvas;

  for (guint i = 0; i < from->len; i++)
    if (g_array_index (from, Pane, i).task == task)
      {
        canvas = g_array_index (from, Pane, i).canvas;
        g_array_remove_index (from, i);
        return canvas;
      }
  canvas = tsn_canvas_new (self->view);
  g_signal_connect_object (canvas, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  return canvas;
}

/* Puts a canvas last: the order of the children is the order of the focus. */
static void
add_pane (TsnPanes *self, GArray *old, guint task, const char *title)
{
  Pane pane = { task, take_canvas (self, old, task) };

  tsn_canvas_set_title (pane.canvas, title);
  gtk_widget_insert_before (GTK_WIDGET (pane.canvas), GTK_WIDGET (self), NULL);
  g_array_append_val (self->panes, pane);
}

/* A canvas that goes may have held the probe, and all panes are told when that ends: those that
 * are gone must not be among them. */
static void
add_truth_pane (TsnPanes *self, GArray *old, guint task)
{
  /* Translators: title of a pane that shows what people labelled; %s is a task, as "Depth". */
  g_autofree char *title = g_strdup_printf (
      _ ("Truth: %s"), tsn_task_text_title (tsn_document_get_task (self->document, task)));

  add_pane (self, old, task | TRUTH, title);
}

static void
remove_all (GArray *panes)
{
  while (panes->len > 0)
    {
      TsnCanvas *canvas = g_array_index (panes, Pane, panes->len - 1).canvas;

      g_array_set_size (panes, panes->len - 1);
      gtk_widget_unparent (GTK_WIDGET (canvas));
    }
}

static void
rebuild (TsnPanes *self)
{
  g_autoptr (GArray) old = g_steal_pointer (&self->panes);

  self->panes = g_array_new (FALSE, FALSE, sizeof (Pane));
  if (tsn_document_get_show_photo (self->document))
    add_pane (self, old, PHOTO, _ ("Photo"));
  for (guint i = 0; i < tsn_document_get_n_tasks (self->document); i++)
    {
      if (tsn_document_is_shown (self->document, i))
        add_pane (self, old, i, tsn_task_text_title (tsn_document_get_task (self->document, i)));
      if (tsn_document_shows_truth_of (self->document, i))
        add_truth_pane (self, old, i);
    }
  remove_all (old);
  update_all (self);
  update_selected (self);
  update_probes (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
photo_changed_cb (TsnPanes *self)
{
  const TsnImage *image = tsn_document_get_photo (self->document)->image;

  tsn_view_set_image_size (self->view, image->width, image->height);
  tsn_view_fit (self->view);
  update_all (self);
  update_probes (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
progress_cb (TsnPanes *self)
{
  update_all (self);
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

  if (self->panes != NULL)
    remove_all (self->panes);
  g_clear_pointer (&self->panes, g_array_unref);
  g_clear_object (&self->document);
  g_clear_object (&self->view);
  G_OBJECT_CLASS (tsn_panes_parent_class)->dispose (object);
}

static void
tsn_panes_class_init (TsnPanesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_panes_dispose;
  widget_class->measure = tsn_panes_measure;
  widget_class->size_allocate = tsn_panes_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "panes");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tsn_panes_init (TsnPanes *self)
{
  self->view = tsn_view_new ();
  self->panes = g_array_new (FALSE, FALSE, sizeof (Pane));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (self->view, "probe-changed", G_CALLBACK (update_probes), self,
                           G_CONNECT_SWAPPED);
}

TsnPanes *
tsn_panes_new (void)
{
  return g_object_new (TSN_TYPE_PANES, NULL);
}

static void
follow_judge (TsnPanes *self)
{
  TsnJudge *judge = tsn_document_get_judge (self->document);

  g_signal_connect_object (self->document, "notify::show-truth", G_CALLBACK (rebuild), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (judge, "surveyed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (judge, "annotated", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
}

/**
 * tsn_panes_set_document:
 *
 * Says what to show; to be called once.
 */
void
tsn_panes_set_document (TsnPanes *self, TsnDocument *document)
{
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "photo-changed", G_CALLBACK (photo_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "model-changed", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "predicted", G_CALLBACK (progress_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::shown", G_CALLBACK (rebuild), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::show-photo", G_CALLBACK (rebuild), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::active", G_CALLBACK (update_selected), self,
                           G_CONNECT_SWAPPED);
  follow_judge (self);
  rebuild (self);
}

TsnView *
tsn_panes_get_view (TsnPanes *self)
{
  return self->view;
}
