#include "ui/tsn-inspect-view.h"

#include "ui/tsn-channel-grid.h"
#include "ui/tsn-feature-panes.h"
#include "ui/tsn-feature-scale.h"
#include "ui/tsn-graph-view.h"
#include "ui/tsn-inspect-plots.h"
#include "ui/tsn-node-text.h"
#include "ui/tsn-resources.h"
#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>

struct _TsnInspectView
{
  GtkBox parent_instance;

  GtkLabel *title;
  GtkLabel *subtitle;
  TsnFeatureScale *scale;
  GtkStack *stack;
  TsnGraphView *graph;
  TsnChannelGrid *grid;
  GtkWidget *spinner;
  TsnFeaturePanes *panes;
  TsnPlotArea *plot;

  TsnDocument *document;
  TsnInspection *inspection;
};

G_DEFINE_FINAL_TYPE (TsnInspectView, tsn_inspect_view, GTK_TYPE_BOX)

static gboolean
is_vector (TsnInspectView *self, const TsnOutlineBlock *block)
{
  const TsnGraph *graph = tsn_document_get_model (self->document)->graph;

  return block != NULL && tsn_graph_node (graph, block->node)->level == TSN_LEVEL_VECTOR;
}

static const char *
choose_page (TsnInspectView *self)
{
  const TsnOutlineBlock *block = tsn_inspection_get_block (self->inspection);

  if (block == NULL || tsn_inspection_get_mode (self->inspection) == TSN_INSPECT_NETWORK)
    return "network";
  if (is_vector (self, block))
    return "vector";
  if (block->tap && tsn_inspection_get_mode (self->inspection) == TSN_INSPECT_GRID)
    return "grid";
  return "panes";
}

/* How what is to be seen came about. */
static char *
describe_mode (TsnInspectView *self)
{
  TsnInspectionResult *result = tsn_inspection_get_result (self->inspection);
  guint channel = tsn_inspection_get_channel (self->inspection);

  switch (tsn_inspection_get_mode (self->inspection))
    {
    case TSN_INSPECT_GRID:
      if (result == NULL || result->tiles == NULL)
        return g_strdup (_ ("All channels"));
      return g_strdup_printf (
          _ ("%u channels · %s"), result->n_channels,
          tsn_task_text_title (tsn_document_get_task (self->document, result->tiles_task)));
    case TSN_INSPECT_CHANNEL:
      return g_strdup_printf (_ ("Channel %u"), result != NULL ? result->query.channel : channel);
    case TSN_INSPECT_MEAN:
      return g_strdup (_ ("Mean over channels"));
    case TSN_INSPECT_ENERGY:
      return g_strdup (_ ("Energy: the length of the vector of channels"));
    case TSN_INSPECT_COLOURS:
      return g_strdup (tsn_inspection_get_lock_basis (self->inspection)
                           ? _ ("Principal components, one basis for all tasks, kept")
                           : _ ("Principal components, one basis for all tasks"));
    case TSN_INSPECT_NETWORK:
    default:
      return g_strdup (_ ("Click a part to look at it"));
    }
}

static void
update_bar (TsnInspectView *self)
{
  TsnModel *model = tsn_document_get_model (self->document);
  const TsnOutlineBlock *block = tsn_inspection_get_block (self->inspection);
  const char *page = choose_page (self);
  g_autofree char *name = block != NULL ? tsn_node_text_name (model, block) : NULL;
  g_autofree char *mode = describe_mode (self);
  gboolean network = g_str_equal (page, "network");

  gtk_label_set_text (self->title, network ? _ ("The network") : name);
  if (block != NULL && (g_str_equal (page, "vector") || (!block->tap && !network)))
    gtk_label_set_text (self->subtitle, tsn_node_text_kind (model, block));
  else
    gtk_label_set_text (self->subtitle, mode);
  tsn_feature_scale_set_result (self->scale, g_str_equal (page, "panes")
                                                 ? tsn_inspection_get_result (self->inspection)
                                                 : NULL);
}

static void
update_spinner (TsnInspectView *self)
{
  gtk_widget_set_visible (self->spinner, tsn_document_get_photo (self->document) != NULL
                                             && tsn_inspection_is_waiting (self->inspection));
}

static void
update (TsnInspectView *self)
{
  TsnInspectionResult *result = tsn_inspection_get_result (self->inspection);

  gtk_stack_set_visible_child_name (self->stack, choose_page (self));
  update_bar (self);
  if (g_str_equal (choose_page (self), "vector"))
    tsn_inspect_plots_show_vector (self->document, self->plot);
  if (result == NULL || result->tiles != NULL)
    tsn_channel_grid_set_result (self->grid, result);
  update_spinner (self);
}

static void
channel_changed_cb (TsnInspectView *self)
{
  tsn_channel_grid_set_channel (self->grid, tsn_inspection_get_channel (self->inspection));
  update_bar (self);
}

static void
channel_activated_cb (TsnInspectView *self, guint channel)
{
  tsn_inspection_show_channel (self->inspection, channel);
}

static void
tsn_inspect_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tsn_inspect_view_parent_class)->map (widget);
  tsn_inspection_set_active (TSN_INSPECT_VIEW (widget)->inspection, TRUE);
}

static void
tsn_inspect_view_unmap (GtkWidget *widget)
{
  if (TSN_INSPECT_VIEW (widget)->inspection != NULL)
    tsn_inspection_set_active (TSN_INSPECT_VIEW (widget)->inspection, FALSE);
  GTK_WIDGET_CLASS (tsn_inspect_view_parent_class)->unmap (widget);
}

static void
tsn_inspect_view_dispose (GObject *object)
{
  TsnInspectView *self = TSN_INSPECT_VIEW (object);

  g_clear_object (&self->inspection);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (tsn_inspect_view_parent_class)->dispose (object);
}

static void
tsn_inspect_view_class_init (TsnInspectViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_inspect_view_dispose;
  widget_class->map = tsn_inspect_view_map;
  widget_class->unmap = tsn_inspect_view_unmap;
  g_type_ensure (TSN_TYPE_CHANNEL_GRID);
  g_type_ensure (TSN_TYPE_FEATURE_PANES);
  g_type_ensure (TSN_TYPE_FEATURE_SCALE);
  g_type_ensure (TSN_TYPE_GRAPH_VIEW);
  g_type_ensure (TSN_TYPE_PLOT_AREA);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TSN_UI_RESOURCES "tsn-inspect-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnInspectView, title);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectView, subtitle);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectView, scale);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectView, stack);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectView, graph);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectView, grid);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectView, spinner);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectView, panes);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectView, plot);
}

static void
tsn_inspect_view_init (TsnInspectView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->grid, "channel-activated", G_CALLBACK (channel_activated_cb),
                            self);
}

/**
 * tsn_inspect_view_set_document:
 * @view: what all panes of the window share
 *
 * Says what to show; to be called once.
 */
void
tsn_inspect_view_set_document (TsnInspectView *self, TsnDocument *document, TsnView *view)
{
  static const char *const properties[]
      = { "notify::node", "notify::mode", "notify::lock-basis", "outline-changed", "updated" };

  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  self->inspection = g_object_ref (tsn_document_get_inspection (document));
  tsn_graph_view_set_document (self->graph, document);
  tsn_graph_view_set_large (self->graph, TRUE);
  tsn_feature_panes_set_document (self->panes, document, view);
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    g_signal_connect_object (self->inspection, properties[i], G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::shown", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "notify::busy", G_CALLBACK (update_spinner), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspection, "notify::channel", G_CALLBACK (channel_changed_cb),
                           self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * tsn_inspect_view_get_page:
 *
 * Returns: what is in sight: "network", "grid", "panes" or "vector".
 */
const char *
tsn_inspect_view_get_page (TsnInspectView *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}
