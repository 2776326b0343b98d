#include "ui/tsn-graph-view.h"

#include "core/model/tsn-count.h"
#include "ui/tsn-graph-links.h"
#include "ui/tsn-node-text.h"
#include "ui/tsn-tip.h"
#include "ui/tsn-turns.h"

#include <glib/gi18n.h>

/* Sizes in logical pixels. */
#define BOX_WIDTH 54
#define BOX_HEIGHT 36
#define WIDEST_BOX 140
#define TALLEST_BOX 64
#define COLUMN_GAP 7
#define ROW_GAP 15
#define READOUT_WIDTH 116
#define READOUT_HEIGHT 24
#define READOUT_GAP 4
#define STRIP_GAP 22
#define KNOB_WIDTH 22
#define KNOB_HEIGHT 15
#define LARGE_KNOB_WIDTH 36
#define LARGE_KNOB_HEIGHT 22

typedef struct
{
  guint block;
  GtkWidget *button;
  GtkLabel *shape; /* NULL for what is too small for one */
} Node;

struct _TsnGraphView
{
  GtkWidget parent_instance;

  TsnDocument *document;
  TsnInspection *inspection;
  GArray *nodes;      /* of Node, in the order of the blocks */
  TsnGraphBox *boxes; /* where they are */
  gboolean large;
  guint described_width; /* of the network's input, as the buttons say */
  guint described_height;
  gboolean outdated; /* the buttons are not those of the network, or there are none yet */
};

G_DEFINE_FINAL_TYPE (TsnGraphView, tsn_graph_view, GTK_TYPE_WIDGET)

static Node *
get_node (TsnGraphView *self, guint index)
{
  return &g_array_index (self->nodes, Node, index);
}

static const TsnOutline *
get_outline (TsnGraphView *self)
{
  return self->inspection != NULL ? tsn_inspection_get_outline (self->inspection) : NULL;
}

static guint
count_readouts (const TsnOutline *outline)
{
  guint n = 0;

  for (guint i = 0; i < outline->blocks->len; i++)
    n += tsn_outline_get (outline, i)->readout;
  return n;
}

/* Read-outs stand in as few rows as they fit in, all about equally full. */
static guint
readouts_per_row (const TsnOutline *outline, int width)
{
  guint n = count_readouts (outline);
  guint fitting = CLAMP ((width + READOUT_GAP) / (READOUT_WIDTH + READOUT_GAP), 1, (int) n);
  guint rows = (n + fitting - 1) / fitting;

  return (n + rows - 1) / rows;
}

static int
strip_height (const TsnOutline *outline, int width)
{
  guint n = count_readouts (outline), columns = readouts_per_row (outline, width);

  return (n + columns - 1) / columns * (READOUT_HEIGHT + READOUT_GAP) + STRIP_GAP;
}

static void
tsn_graph_view_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  TsnGraphView *self = TSN_GRAPH_VIEW (widget);
  const TsnOutline *outline = get_outline (self);
  int columns = outline != NULL ? outline->n_columns : 0;
  int rows = outline != NULL ? outline->n_rows - 1 : 0;

  for (guint i = 0; i < self->nodes->len; i++)
    gtk_widget_measure (get_node (self, i)->button, orientation, -1, NULL, NULL, NULL, NULL);
  *minimum = *natural = 0;
  if (outline == NULL)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = columns * (BOX_WIDTH + COLUMN_GAP);
      *natural = columns * (WIDEST_BOX + COLUMN_GAP);
    }
  else
    {
      int strip
          = strip_height (outline, for_size > 0 ? for_size : columns * (BOX_WIDTH + COLUMN_GAP));

      *minimum = *natural = strip + rows * (BOX_HEIGHT + ROW_GAP) + 2 * KNOB_HEIGHT / 3;
    }
}

static void
place_readout (const TsnOutline *outline, const TsnOutlineBlock *block, int width, TsnGraphBox *box)
{
  guint columns = readouts_per_row (outline, width);
  double pitch = (width + READOUT_GAP) / (double) columns;
  double own = MIN (pitch - READOUT_GAP, 1.5 * READOUT_WIDTH);

  box->x = block->column % columns * pitch + (pitch - READOUT_GAP - own) / 2;
  box->y = block->column / columns * (READOUT_HEIGHT + READOUT_GAP);
  box->width = own;
  box->height = READOUT_HEIGHT;
}

static void
place_block (
    TsnGraphView *self, const TsnOutlineBlock *block, int width, int height, TsnGraphBox *box)
{
  const TsnOutline *outline = get_outline (self);
  int knob_width = self->large ? LARGE_KNOB_WIDTH : KNOB_WIDTH;
  int knob_height = self->large ? LARGE_KNOB_HEIGHT : KNOB_HEIGHT;
  double top = strip_height (outline, width);
  double column = width / (double) outline->n_columns;
  double row = (height - top - 2 * knob_height / 3) / (outline->n_rows - 1);

  box->width = MIN (column - COLUMN_GAP, WIDEST_BOX);
  box->height = CLAMP (row - ROW_GAP, BOX_HEIGHT, TALLEST_BOX);
  box->x = (block->column + 0.5) * column - box->width / 2;
  box->y = top + (block->row - 1) * row;
  if (block->knob_of == TSN_NONE)
    return;
  box->x += box->width - knob_width - 4;
  box->y += box->height - knob_height / 3;
  box->width = knob_width;
  box->height = knob_height;
}

static void
tsn_graph_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TsnGraphView *self = TSN_GRAPH_VIEW (widget);
  const TsnOutline *outline = get_outline (self);

  for (guint i = 0; i < self->nodes->len && !self->outdated; i++)
    {
      Node *node = get_node (self, i);
      const TsnOutlineBlock *block = tsn_outline_get (outline, node->block);
      TsnGraphBox *box = &self->boxes[node->block];
      GtkAllocation place;

      if (block->readout)
        place_readout (outline, block, width, box);
      else
        place_block (self, block, width, height, box);
      place = (GtkAllocation){ box->x, box->y, box->width, box->height };
      gtk_widget_size_allocate (node->button, &place, -1);
    }
}

static void
tsn_graph_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TsnGraphView *self = TSN_GRAPH_VIEW (widget);
  const TsnOutline *outline = get_outline (self);
  guint current;
  graphene_rect_t all
      = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  cairo_t *cr;

  if (outline == NULL || self->boxes == NULL || self->outdated)
    return;
  current = tsn_outline_find (outline, tsn_inspection_get_node (self->inspection));
  cr = gtk_snapshot_append_cairo (snapshot, &all);
  tsn_graph_links_draw (outline, self->boxes, current, widget, cr);
  cairo_destroy (cr);
  GTK_WIDGET_CLASS (tsn_graph_view_parent_class)->snapshot (widget, snapshot);
}

static GtkLabel *
add_label (GtkWidget *box, const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
describe (TsnGraphView *self, Node *node, guint width, guint height)
{
  const TsnOutlineBlock *block = tsn_outline_get (get_outline (self), node->block);
  TsnModel *model = tsn_document_get_model (self->document);
  g_autofree char *name = tsn_node_text_name (model, block);
  g_autofree char *params = tsn_node_text_params (block->params);
  g_autofree char *shape = tsn_node_text_shape (model, block, width, height);
  g_autofree char *tooltip = NULL;
  g_autofree char *label = NULL;

  tooltip = g_strdup_printf ("%s – %s\n%s · %s\n\n%s", name, tsn_node_text_kind (model, block),
                             shape, params, tsn_node_text_explanation (model, block));
  label = g_strdup_printf ("%s, %s", name, tsn_node_text_kind (model, block));
  tsn_tip_set (node->button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (node->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, shape, -1);
  if (node->shape != NULL)
    gtk_label_set_text (node->shape, shape);
}

static void
describe_all (TsnGraphView *self)
{
  guint width = 0, height = 0;

  tsn_document_get_network_size (self->document, &width, &height);
  self->described_width = width;
  self->described_height = height;
  for (guint i = 0; i < self->nodes->len; i++)
    describe (self, get_node (self, i), width, height);
}

/* Photos come many times a second and are mostly as large as those before. */
static void
size_changed_cb (TsnGraphView *self)
{
  guint width = 0, height = 0;

  tsn_document_get_network_size (self->document, &width, &height);
  if (!self->outdated && (width != self->described_width || height != self->described_height))
    describe_all (self);
}

static void
fill_button (TsnGraphView *self, Node *node, const TsnOutlineBlock *block)
{
  TsnModel *model = tsn_document_get_model (self->document);
  g_autofree char *name = tsn_node_text_name (model, block);
  g_autofree char *params = tsn_node_text_params_short (block->params);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  if (block->knob_of != TSN_NONE)
    add_label (box, "γβ", "graph-shape");
  else
    add_label (box, name, "graph-name");
  if (block->knob_of == TSN_NONE && !block->readout)
    {
      node->shape = add_label (box, "", "graph-shape");
      if (block->params > 0 && self->large)
        add_label (box, params, "graph-shape");
    }
  gtk_button_set_child (GTK_BUTTON (node->button), box);
}

static void
add_node (TsnGraphView *self, guint index)
{
  const TsnOutlineBlock *block = tsn_outline_get (get_outline (self), index);
  TsnModel *model = tsn_document_get_model (self->document);
  const TsnNode *source = tsn_graph_node (model->graph, block->node);
  Node node = { .block = index, .button = gtk_toggle_button_new () };

  gtk_widget_add_css_class (node.button, "graph-node");
  gtk_widget_add_css_class (node.button, tsn_stage_get_name (source->stage));
  if (block->knob_of != TSN_NONE)
    gtk_widget_add_css_class (node.button, "graph-knob");
  if (block->readout)
    gtk_widget_add_css_class (node.button, "readout");
  fill_button (self, &node, block);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (node.button), "s", source->name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (node.button), "inspect.node");
  gtk_widget_set_parent (node.button, GTK_WIDGET (self));
  g_array_append_val (self->nodes, node);
}

static void
remove_all (TsnGraphView *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    gtk_widget_unparent (get_node (self, i)->button);
  g_array_set_size (self->nodes, 0);
  g_clear_pointer (&self->boxes, g_free);
}

static void
build (TsnGraphView *self)
{
  const TsnOutline *outline = get_outline (self);

  remove_all (self);
  self->outdated = FALSE;
  if (outline == NULL)
    return;
  self->boxes = g_new0 (TsnGraphBox, outline->blocks->len);
  for (guint i = 0; i < outline->blocks->len; i++)
    add_node (self, i);
  /* Knobs lie on their modules. */
  for (guint i = 0; i < outline->blocks->len; i++)
    if (tsn_outline_get (outline, i)->knob_of != TSN_NONE)
      gtk_widget_insert_before (get_node (self, i)->button, GTK_WIDGET (self), NULL);
  describe_all (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Buttons are made when they are to be seen. */
static void
catch_up (TsnGraphView *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    build (self);
  else
    remove_all (self);
}

static void
rebuild (TsnGraphView *self)
{
  self->outdated = TRUE;
  tsn_turns_add (self, (TsnTurn) catch_up);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
tsn_graph_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tsn_graph_view_parent_class)->map (widget);
  if (TSN_GRAPH_VIEW (widget)->outdated)
    tsn_turns_add (widget, (TsnTurn) catch_up);
}

static void
tsn_graph_view_dispose (GObject *object)
{
  TsnGraphView *self = TSN_GRAPH_VIEW (object);

  tsn_turns_remove (self);
  remove_all (self);
  g_clear_object (&self->inspection);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (tsn_graph_view_parent_class)->dispose (object);
}

static void
tsn_graph_view_finalize (GObject *object)
{
  g_array_unref (TSN_GRAPH_VIEW (object)->nodes);
  G_OBJECT_CLASS (tsn_graph_view_parent_class)->finalize (object);
}

static GtkSizeRequestMode
tsn_graph_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
tsn_graph_view_class_init (TsnGraphViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tsn_graph_view_dispose;
  object_class->finalize = tsn_graph_view_finalize;
  widget_class->measure = tsn_graph_view_measure;
  widget_class->size_allocate = tsn_graph_view_size_allocate;
  widget_class->map = tsn_graph_view_map;
  widget_class->snapshot = tsn_graph_view_snapshot;
  widget_class->get_request_mode = tsn_graph_view_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "graphview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
tsn_graph_view_init (TsnGraphView *self)
{
  self->nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The network"), -1);
}

/**
 * tsn_graph_view_set_large:
 * @large: whether it has all the room of a window; then blocks say how many parameters they have
 */
void
tsn_graph_view_set_large (TsnGraphView *self, gboolean large)
{
  self->large = large;
  if (large)
    gtk_widget_add_css_class (GTK_WIDGET (self), "large");
  rebuild (self);
}

TsnGraphView *
tsn_graph_view_new (void)
{
  return g_object_new (TSN_TYPE_GRAPH_VIEW, NULL);
}

/**
 * tsn_graph_view_set_document:
 *
 * Says whose model to draw; to be called once.
 */
void
tsn_graph_view_set_document (TsnGraphView *self, TsnDocument *document)
{
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  self->inspection = g_object_ref (tsn_document_get_inspection (document));
  g_signal_connect_object (self->inspection, "outline-changed", G_CALLBACK (rebuild), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspection, "notify::node", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "photo-changed", G_CALLBACK (size_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::size", G_CALLBACK (size_changed_cb), self,
                           G_CONNECT_SWAPPED);
  rebuild (self);
}

/**
 * tsn_graph_view_get_button:
 *
 * Returns: (transfer none) (nullable): the button of a node, made now if it was not seen yet.
 */
GtkWidget *
tsn_graph_view_get_button (TsnGraphView *self, const char *name)
{
  const TsnOutline *outline = get_outline (self);
  guint block = outline != NULL ? tsn_outline_find (outline, name) : TSN_NONE;

  if (self->outdated)
    {
      tsn_turns_remove (self);
      build (self);
    }
  return block != TSN_NONE ? get_node (self, block)->button : NULL;
}
