#include "ui/tsn-inspect-changes.h"

#include "ui/tsn-bar-list.h"
#include "ui/tsn-inspection.h"
#include "ui/tsn-resources.h"
#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>
#include <math.h>

/* Channels that the list of the most different has. */
#define N_CHANNELS 12

struct _TsnInspectChanges
{
  GtkBox parent_instance;

  GtkDropDown *first;
  GtkDropDown *second;
  TsnBarList *features;
  GtkWidget *features_empty;
  TsnBarList *coefficients;
  GtkLabel *channels_title;
  TsnBarList *channels;

  TsnDocument *document;
  TsnInspection *inspection;
  gboolean filling; /* the lists of tasks change, and nobody chose anything */
};

G_DEFINE_FINAL_TYPE (TsnInspectChanges, tsn_inspect_changes, GTK_TYPE_BOX)

static void
show_features (TsnInspectChanges *self, const TsnInspectionResult *result)
{
  g_autoptr (GArray) bars = g_array_new (FALSE, FALSE, sizeof (TsnBar));
  const TsnOutline *outline = tsn_inspection_get_outline (self->inspection);
  gboolean known = result != NULL && result->module_distances != NULL;

  for (guint i = 0; known && result->query.modules[i] != NULL; i++)
    {
      const char *name = result->query.modules[i];
      const TsnBar bar = { name, tsn_outline_find (outline, name), result->module_distances[i] };

      g_array_append_val (bars, bar);
    }
  tsn_bar_list_set_bars (self->features, (const TsnBar *) bars->data, bars->len);
  gtk_widget_set_visible (self->features_empty,
                          !known && !tsn_inspection_is_waiting (self->inspection));
}

static double
coefficient_distance (const TsnTensor *a, const TsnTensor *b)
{
  size_t n = tsn_tensor_length (a);
  double squares = 0;

  for (size_t i = 0; i < n; i++)
    squares += ((double) a->data[i] - b->data[i]) * ((double) a->data[i] - b->data[i]);
  return sqrt (squares / n);
}

/* The block of the coefficients that a norm reads. */
static guint
find_coefficients (TsnInspectChanges *self, guint norm)
{
  const TsnOutline *outline = tsn_inspection_get_outline (self->inspection);
  const TsnGraph *graph = outline->graph;

  return tsn_outline_find (outline,
                           tsn_graph_node (graph, tsn_graph_node (graph, norm)->inputs[1])->name);
}

static void
show_coefficients (TsnInspectChanges *self)
{
  const TsnTaskSpace *space = tsn_inspection_get_space (self->inspection);
  guint first = tsn_inspection_get_first (self->inspection);
  guint second = tsn_inspection_get_second (self->inspection);
  g_autoptr (GArray) bars = g_array_new (FALSE, FALSE, sizeof (TsnBar));

  for (guint m = 0; space != NULL && MAX (first, second) < space->n_tasks && m < space->n_modules;
       m++)
    {
      TsnTensor *const *row = space->scales_shifts + m * (size_t) space->n_tasks;
      const TsnBar bar = { space->module_names[m], find_coefficients (self, space->norms[m]),
                           coefficient_distance (row[first], row[second]) };

      g_array_append_val (bars, bar);
    }
  tsn_bar_list_set_bars (self->coefficients, (const TsnBar *) bars->data, bars->len);
}

static void
show_channels (TsnInspectChanges *self, const TsnInspectionResult *result)
{
  gboolean known = result != NULL && result->distances != NULL;
  guint n = known ? MIN (result->n_channels, N_CHANNELS) : 0;
  g_auto (GStrv) names = g_new0 (char *, N_CHANNELS + 1);
  TsnBar bars[N_CHANNELS];
  g_autofree char *title = NULL;

  for (guint i = 0; i < n; i++)
    {
      guint channel = result->ranked[i];

      names[i] = g_strdup_printf ("%u", channel);
      bars[i] = (TsnBar){ names[i], channel, result->distances[channel] };
    }
  if (known)
    title = g_strdup_printf (_ ("Channels of %s that change most"), result->query.node);
  gtk_label_set_text (self->channels_title, known ? title : "");
  gtk_widget_set_visible (GTK_WIDGET (self->channels_title), known);
  tsn_bar_list_set_bars (self->channels, bars, n);
}

static void
update (TsnInspectChanges *self)
{
  TsnInspectionResult *result = tsn_inspection_get_result (self->inspection);
  const TsnOutline *outline = tsn_inspection_get_outline (self->inspection);

  if (tsn_inspection_get_topic (self->inspection) != TSN_INSPECT_TOPIC_CHANGES || outline == NULL)
    return;
  show_features (self, result);
  show_coefficients (self);
  show_channels (self, result);
  tsn_bar_list_select (self->features,
                       tsn_outline_find (outline, tsn_inspection_get_node (self->inspection)));
}

static void
choose_pair (TsnInspectChanges *self)
{
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->first, tsn_inspection_get_first (self->inspection));
  gtk_drop_down_set_selected (self->second, tsn_inspection_get_second (self->inspection));
  self->filling = FALSE;
  update (self);
}

static void
list_tasks (TsnInspectChanges *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < tsn_document_get_n_tasks (self->document); i++)
    gtk_string_list_append (titles,
                            tsn_task_text_title (tsn_document_get_task (self->document, i)));
  self->filling = TRUE;
  gtk_drop_down_set_model (self->first, G_LIST_MODEL (titles));
  gtk_drop_down_set_model (self->second, G_LIST_MODEL (titles));
  self->filling = FALSE;
  choose_pair (self);
}

static void
pair_chosen_cb (TsnInspectChanges *self)
{
  guint first = gtk_drop_down_get_selected (self->first);
  guint second = gtk_drop_down_get_selected (self->second);

  if (!self->filling && first != GTK_INVALID_LIST_POSITION && second != GTK_INVALID_LIST_POSITION)
    g_object_set (self->inspection, "first", first, "second", second, NULL);
}

static void
block_activated_cb (TsnInspectChanges *self, guint block)
{
  const TsnOutline *outline = tsn_inspection_get_outline (self->inspection);

  if (block < outline->blocks->len)
    tsn_inspection_set_node (
        self->inspection,
        tsn_graph_node (outline->graph, tsn_outline_get (outline, block)->node)->name);
}

static void
channel_activated_cb (TsnInspectChanges *self, guint channel)
{
  tsn_inspection_show_channel (self->inspection, channel);
}

static void
tsn_inspect_changes_dispose (GObject *object)
{
  TsnInspectChanges *self = TSN_INSPECT_CHANGES (object);

  g_clear_object (&self->inspection);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (tsn_inspect_changes_parent_class)->dispose (object);
}

static void
tsn_inspect_changes_class_init (TsnInspectChangesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tsn_inspect_changes_dispose;
  g_type_ensure (TSN_TYPE_BAR_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               TSN_UI_RESOURCES "tsn-inspect-changes.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnInspectChanges, first);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectChanges, second);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectChanges, features);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectChanges, features_empty);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectChanges, coefficients);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectChanges, channels_title);
  gtk_widget_class_bind_template_child (widget_class, TsnInspectChanges, channels);
}

static void
tsn_inspect_changes_init (TsnInspectChanges *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->first, "notify::selected", G_CALLBACK (pair_chosen_cb), self);
  g_signal_connect_swapped (self->second, "notify::selected", G_CALLBACK (pair_chosen_cb), self);
  g_signal_connect_swapped (self->features, "activated", G_CALLBACK (block_activated_cb), self);
  g_signal_connect_swapped (self->coefficients, "activated", G_CALLBACK (block_activated_cb), self);
  g_signal_connect_swapped (self->channels, "activated", G_CALLBACK (channel_activated_cb), self);
}

/**
 * tsn_inspect_changes_set_document:
 *
 * Says whose model to look into; to be called once.
 */
void
tsn_inspect_changes_set_document (TsnInspectChanges *self, TsnDocument *document)
{
  static const char *const signals[] = { "notify::node", "notify::topic", "updated" };

  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  self->inspection = g_object_ref (tsn_document_get_inspection (document));
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (self->inspection, signals[i], G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspection, "outline-changed", G_CALLBACK (list_tasks), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspection, "notify::first", G_CALLBACK (choose_pair), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspection, "notify::second", G_CALLBACK (choose_pair), self,
                           G_CONNECT_SWAPPED);
  list_tasks (self);
}
