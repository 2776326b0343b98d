#include "ui/tsn-inspect-look.h"

#include "ui/tsn-graph-view.h"
#include "ui/tsn-node-text.h"
#include "ui/tsn-resources.h"

#include <math.h>

struct _TsnInspectLook
{
  GtkBox parent_instance;

  TsnGraphView *graph;
  GtkLabel *name;
  GtkLabel *facts;
  GtkLabel *explanation;
  GtkWidget *channel_box;
  GtkScale *channel;
  gboolean updating; /* the slider is moved to what is shown */

  TsnDocument *document;
  TsnInspection *inspection;
};

G_DEFINE_FINAL_TYPE (TsnInspectLook, tsn_inspect_look, GTK_TYPE_BOX)

static void
describe (TsnInspectLook *self, const TsnOutlineBlock *block)
{
  TsnModel *model = tsn_document_get_model (self->document);
  guint width = 0, height = 0;
  g_autofree char *name = tsn_node_text_name (model, block);
  g_autofree char *params = tsn_node_text_params (block->params);
  g_autofree char *title = g_strdup_printf ("%s – %s", name, tsn_node_text_kind (model, block));
  g_autofree char *shape = NULL;
  g_autofree char *facts = NULL;

  tsn_document_get_network_size (self->document, &width, &height);
  shape = tsn_node_text_shape (model, block, width, height);
  facts = g_strdup_printf ("%s · %s", shape, params);
  gtk_label_set_text (self->name, title);
  gtk_label_set_text (self->facts, facts);
  gtk_label_set_text (self->explanation, tsn_node_text_explanation (model, block));
}

static void
update (TsnInspectLook *self)
{
  const TsnOutlineBlock *block = tsn_inspection_get_block (self->inspection);
  GtkAdjustment *adjustment = gtk_range_get_adjustment (GTK_RANGE (self->channel));
  guint channels;

  gtk_widget_set_sensitive (self->channel_box, block != NULL && block->tap);
  if (block == NULL)
    return;
  describe (self, block);
  channels = tsn_graph_node (tsn_document_get_model (self->document)->graph, block->node)->channels;
  self->updating = TRUE;
  gtk_adjustment_configure (adjustment,
                            MIN (tsn_inspection_get_channel (self->inspection), channels - 1), 0,
                            channels - 1, 1, MAX (channels / 8, 1), 0);
  self->updating = FALSE;
}

static void
channel_changed_cb (TsnInspectLook *self)
{
  guint channel = lround (gtk_range_get_value (GTK_RANGE (self->channel)));

  if (!self->updating && channel != tsn_inspection_get_channel (self->inspection))
    tsn_inspection_show_channel (self->inspection, channel);
}

static void
tsn_inspect_look_dispose (GObject *object)
{
  TsnInspectLook *self = TSN_INSPECT_LOOK (object);

  g_clear_object (&self->inspection);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (tsn_inspect_look_parent_class)->dispose (object);
}

static void
tsn_inspect_look_class_init (TsnInspectLookClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_inspect_look_dispose;
  g_type_ensure (TSN_TYPE_GRAPH_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TSN_UI_RESOURCES "tsn-inspect-look.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnInspectLook, graph);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectLook, name);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectLook, facts);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectLook, explanation);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectLook, channel_box);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectLook, channel);
}

static void
tsn_inspect_look_init (TsnInspectLook *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->channel, "value-changed", G_CALLBACK (channel_changed_cb), self);
}

/**
 * tsn_inspect_look_set_document:
 *
 * Says whose model to look into; to be called once.
 */
void
tsn_inspect_look_set_document (TsnInspectLook *self, TsnDocument *document)
{
  static const char *const signals[] = { "notify::node", "notify::channel", "outline-changed" };

  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  self->inspection = g_object_ref (tsn_document_get_inspection (document));
  tsn_graph_view_set_document (self->graph, document);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (self->inspection, signals[i], G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "photo-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::size", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
