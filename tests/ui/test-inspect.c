/* Looking into a network: every part by pointer and by key, every way to look, live, and closed. */
#include "ui-fixture.h"

#include "config.h"
#include "core/io/tsn-model-file.h"
#include "ui/tsn-bar-list.h"
#include "ui/tsn-canvas.h"
#include "ui/tsn-channel-grid.h"
#include "ui/tsn-feature-panes.h"
#include "ui/tsn-graph-view.h"
#include "ui/tsn-inspect-panel.h"
#include "ui/tsn-inspect-view.h"
#include "ui/tsn-plot-area.h"
#include "ui/tsn-window.h"

typedef struct
{
  UiFixture files;
  AdwApplication *application;
  GSettings *settings;
  TsnWindow *window;
  TsnDocument *document;
  TsnInspection *inspection;
  guint n_taps;
} Studio;

static gboolean
is_ready (gpointer data)
{
  TsnDocument *document = data;

  return !tsn_document_is_busy (document) && tsn_document_get_model (document) != NULL
         && tsn_document_get_photo (document) != NULL;
}

static void
tapped_cb (Studio *studio)
{
  studio->n_taps++;
}

static void
show_page (Studio *studio, const char *page)
{
  gtk_widget_activate_action (GTK_WIDGET (studio->window), "win.show-page", "s", page);
}

static void
act (Studio *studio, const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (detailed, &name, &target, NULL));
  g_assert_true (
      gtk_widget_activate_action_variant (GTK_WIDGET (studio->window), name, target));
}

static void
set_up (Studio *studio, gconstpointer data)
{
  TsnWindowFiles files = { NULL, NULL };
  g_autoptr (GFile) photo = NULL;

  ui_fixture_set_up (&studio->files, data);
  studio->application = ADW_APPLICATION (g_application_get_default ());
  studio->settings = g_settings_new (TSN_APP_ID);
  studio->window = tsn_window_new (GTK_APPLICATION (studio->application), studio->settings, &files);
  studio->document = tsn_window_get_document (studio->window);
  studio->inspection = tsn_document_get_inspection (studio->document);
  studio->n_taps = 0;
  g_signal_connect_swapped (tsn_document_get_predictor (studio->document), "tapped",
                            G_CALLBACK (tapped_cb), studio);
  photo = g_file_new_for_path (studio->files.photo);
  tsn_window_start (studio->window, photo, studio->files.model);
  gtk_window_present (GTK_WINDOW (studio->window));
  show_page (studio, "inspect");
  g_assert_true (ui_wait (is_ready, studio->document));
}

static void
tear_down (Studio *studio, gconstpointer data)
{
  if (studio->window != NULL)
    gtk_window_destroy (GTK_WINDOW (studio->window));
  ui_iterate (50);
  g_settings_reset (studio->settings, "last-model");
  g_clear_object (&studio->settings);
  ui_fixture_tear_down (&studio->files, NULL);
}

static void
collect (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

/* The one in sight, if there are several. */
static gpointer
find (Studio *studio, GType type)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  collect (GTK_WIDGET (studio->window), type, found);
  g_assert_cmpuint (found->len, >, 0);
  for (guint i = 0; i < found->len; i++)
    if (gtk_widget_get_mapped (found->pdata[i]))
      return found->pdata[i];
  return found->pdata[0];
}

/* What is expected of the next result. */
typedef struct
{
  TsnInspection *inspection;
  const char *node;
  TsnInspectMode mode;
} Expected;

static gboolean
has_result (gpointer data)
{
  const Expected *expected = data;
  TsnInspectionResult *result = tsn_inspection_get_result (expected->inspection);

  return result != NULL && g_str_equal (result->query.node, expected->node)
         && result->query.mode == expected->mode;
}

static TsnInspectionResult *
wait_for (Studio *studio, const char *node, TsnInspectMode mode)
{
  Expected expected = { studio->inspection, node, mode };

  g_assert_true (ui_wait (has_result, &expected));
  return tsn_inspection_get_result (studio->inspection);
}

/* Every block has a button; pressing it looks at it, and what is a map arrives under each task. */
static void
test_every_node (Studio *studio, gconstpointer data)
{
  TsnGraphView *graph = find (studio, TSN_TYPE_GRAPH_VIEW);
  const TsnOutline *outline = tsn_inspection_get_outline (studio->inspection);

  for (guint i = 0; i < outline->blocks->len; i++)
    {
      const TsnOutlineBlock *block = tsn_outline_get (outline, i);
      const TsnNode *node = tsn_graph_node (outline->graph, block->node);
      GtkWidget *button = tsn_graph_view_get_button (graph, node->name);
      TsnInspectionResult *result;

      g_assert_nonnull (button);
      g_assert_true (gtk_widget_get_focusable (button));
      g_assert_nonnull (gtk_widget_get_tooltip_text (button));
      g_signal_emit_by_name (button, "clicked");
      g_assert_cmpstr (tsn_inspection_get_node (studio->inspection), ==, node->name);
      g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
      if (!block->tap)
        continue;
      result = wait_for (studio, node->name, TSN_INSPECT_COLOURS);
      g_assert_cmpuint (result->n_channels, ==, node->channels);
      g_assert_cmpuint (result->height, ==, 64 >> node->level);
      g_assert_cmpuint (result->width, ==, 96 >> node->level);
      g_assert_cmpuint (result->pictures->len, ==, tsn_inspection_result_get_n_tasks (result));
      if (node->stage == TSN_STAGE_ENCODER)
        g_assert_cmpuint (result->pictures->len, ==, 1);
      else if (!block->readout)
        g_assert_cmpuint (result->pictures->len, ==, 6);
    }
}

static gboolean
moves_focus (GtkWindow *window, GtkDirectionType direction)
{
  return gtk_widget_child_focus (GTK_WIDGET (window), direction);
}

/* From node to node by arrow keys and Tab: none is out of reach. */
static void
test_reaches_every_node_by_key (Studio *studio, gconstpointer data)
{
  TsnGraphView *graph = find (studio, TSN_TYPE_GRAPH_VIEW);
  const TsnOutline *outline = tsn_inspection_get_outline (studio->inspection);
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);

  ui_iterate (300);
  gtk_widget_grab_focus (tsn_graph_view_get_button (graph, "image"));
  for (guint i = 0; i < 4 * outline->blocks->len; i++)
    {
      GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (studio->window));

      g_hash_table_add (reached, focus);
      moves_focus (GTK_WINDOW (studio->window), GTK_DIR_TAB_FORWARD);
    }
  for (guint i = 0; i < outline->blocks->len; i++)
    {
      const TsnOutlineBlock *block = tsn_outline_get (outline, i);
      const char *name = tsn_graph_node (outline->graph, block->node)->name;

      g_assert_true (
          g_hash_table_contains (reached, tsn_graph_view_get_button (graph, name)));
    }
  gtk_widget_grab_focus (tsn_graph_view_get_button (graph, "F3"));
  moves_focus (GTK_WINDOW (studio->window), GTK_DIR_DOWN);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (studio->window))
                 == tsn_graph_view_get_button (graph, "F4"));
  moves_focus (GTK_WINDOW (studio->window), GTK_DIR_RIGHT);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (studio->window))
                 == tsn_graph_view_get_button (graph, "S4"));
  /* As Enter does; a button stays pressed for a moment. */
  g_assert_true (gtk_widget_activate (tsn_graph_view_get_button (graph, "S4")));
  ui_iterate (400);
  g_assert_cmpstr (tsn_inspection_get_node (studio->inspection), ==, "S4");
}

static guint
count_pictures (Studio *studio)
{
  g_autoptr (GPtrArray) canvases = g_ptr_array_new ();
  guint n = 0;

  collect (find (studio, TSN_TYPE_FEATURE_PANES), TSN_TYPE_CANVAS, canvases);
  for (guint i = 0; i < canvases->len; i++)
    n += tsn_canvas_get_picture (canvases->pdata[i]) != NULL;
  return n;
}

static void
test_modes (Studio *studio, gconstpointer data)
{
  TsnInspectView *view = find (studio, TSN_TYPE_INSPECT_VIEW);
  TsnInspectionResult *result;

  act (studio, "inspect.node::O3");
  result = wait_for (studio, "O3", TSN_INSPECT_COLOURS);
  g_assert_cmpfloat (result->basis->share[0], >, 0);
  g_assert_cmpstr (tsn_inspect_view_get_page (view), ==, "panes");
  g_assert_cmpuint (count_pictures (studio), ==, 7);
  act (studio, "inspect.mode::mean");
  g_assert_nonnull (wait_for (studio, "O3", TSN_INSPECT_MEAN)->planes);
  act (studio, "inspect.mode::energy");
  result = wait_for (studio, "O3", TSN_INSPECT_ENERGY);
  g_assert_cmpfloat (result->range.low, >=, 0);
  act (studio, "inspect.mode::grid");
  result = wait_for (studio, "O3", TSN_INSPECT_GRID);
  g_assert_cmpuint (result->tiles->n, ==, result->n_channels);
  g_assert_cmpstr (tsn_inspect_view_get_page (view), ==, "grid");
  ui_iterate (100);
  act (studio, "inspect.mode::network");
  g_assert_cmpstr (tsn_inspect_view_get_page (view), ==, "network");
  ui_iterate (100);
}

static void
test_channels (Studio *studio, gconstpointer data)
{
  TsnChannelGrid *grid;
  TsnInspectionResult *result;
  guint n;

  act (studio, "inspect.node::O2");
  act (studio, "inspect.by-energy");
  act (studio, "inspect.mode::grid");
  n = wait_for (studio, "O2", TSN_INSPECT_GRID)->n_channels;
  grid = find (studio, TSN_TYPE_CHANNEL_GRID);
  g_assert_cmpuint (tsn_channel_grid_get_n_columns (grid), >=, 1);
  g_signal_emit_by_name (grid, "channel-activated", 2);
  result = wait_for (studio, "O2", TSN_INSPECT_CHANNEL);
  g_assert_cmpuint (result->query.channel, ==, 2);
  act (studio, "inspect.previous-channel");
  act (studio, "inspect.previous-channel");
  act (studio, "inspect.previous-channel");
  g_assert_cmpuint (tsn_inspection_get_channel (studio->inspection), ==, n - 1);
  act (studio, "inspect.next-channel");
  g_assert_cmpuint (tsn_inspection_get_channel (studio->inspection), ==, 0);
}

static gboolean
has_embeddings (gpointer data)
{
  return tsn_inspection_get_space (data) != NULL;
}

static void
test_vectors (Studio *studio, gconstpointer data)
{
  static const char *const nodes[] = { "code", "embedding", "O4.coefficients" };
  TsnInspectView *view = find (studio, TSN_TYPE_INSPECT_VIEW);

  g_assert_true (ui_wait (has_embeddings, studio->inspection));
  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    {
      g_object_set (studio->inspection, "node", nodes[i], NULL);
      g_assert_cmpstr (tsn_inspect_view_get_page (view), ==, "vector");
      ui_iterate (50);
    }
}

static gboolean
has_stats (gpointer data)
{
  TsnInspectionResult *result = tsn_inspection_get_result (data);

  return result != NULL && result->stats != NULL;
}

static gboolean
has_distances (gpointer data)
{
  TsnInspectionResult *result = tsn_inspection_get_result (data);

  return result != NULL && result->module_distances != NULL && result->distances != NULL;
}

static void
test_numbers (Studio *studio, gconstpointer data)
{
  const TsnFeatureStats *stats;

  act (studio, "inspect.node::O1");
  act (studio, "inspect.topic::numbers");
  g_assert_true (ui_wait (has_stats, studio->inspection));
  stats = tsn_inspection_get_result (studio->inspection)->stats;
  g_assert_cmpfloat (stats->min, <, stats->max);
  g_assert_cmpfloat (stats->deviation, >, 0);
  ui_iterate (100);
  act (studio, "inspect.mode::channel");
  wait_for (studio, "O1", TSN_INSPECT_CHANNEL);
  ui_iterate (100);
}

static void
test_changes (Studio *studio, gconstpointer data)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  TsnInspectionResult *result;

  act (studio, "inspect.node::O1");
  act (studio, "inspect.topic::changes");
  g_assert_true (ui_wait (has_distances, studio->inspection));
  g_assert_true (ui_wait (has_embeddings, studio->inspection));
  result = tsn_inspection_get_result (studio->inspection);
  g_assert_cmpuint (tsn_inspection_result_get_n_tasks (result), ==, 2);
  g_assert_cmpuint (g_strv_length (result->query.modules), ==, 10);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpfloat (result->module_distances[i], >, 0);
  for (guint c = 1; c < result->n_channels; c++)
    g_assert_cmpfloat (result->distances[result->ranked[c]], <=,
                       result->distances[result->ranked[c - 1]]);
  ui_iterate (50);
  collect (GTK_WIDGET (studio->window), TSN_TYPE_BAR_LIST, lists);
  g_assert_cmpuint (lists->len, ==, 3);
  g_assert_cmpuint (tsn_bar_list_get_n_bars (lists->pdata[0]), ==, 10);
  g_assert_cmpuint (tsn_bar_list_get_n_bars (lists->pdata[1]), ==, 10);
  g_assert_cmpuint (tsn_bar_list_get_n_bars (lists->pdata[2]), >, 0);
  g_signal_emit_by_name (lists->pdata[2], "activated", 3);
  g_assert_cmpuint (wait_for (studio, "O1", TSN_INSPECT_CHANNEL)->query.channel, ==, 3);
}

static gboolean
is_turned (gpointer data)
{
  TsnInspectionResult *result = tsn_inspection_get_result (data);

  return result != NULL && result->height > result->width;
}

/* A new photo is looked at by itself, in the same way; a kept basis is not fitted anew. */
static void
test_follows_the_photo (Studio *studio, gconstpointer data)
{
  g_autoptr (GFile) other = g_file_new_for_path (studio->files.other_photo);
  TsnPca *basis;

  act (studio, "inspect.node::O2");
  basis = wait_for (studio, "O2", TSN_INSPECT_COLOURS)->basis;
  act (studio, "inspect.lock-basis");
  tsn_window_open (studio->window, other);
  g_assert_true (ui_wait (is_turned, studio->inspection));
  g_assert_cmpstr (tsn_inspection_get_result (studio->inspection)->query.node, ==, "O2");
  g_assert_true (tsn_inspection_get_result (studio->inspection)->basis == basis);
}

/* What nobody sees is not computed. */
static void
test_asks_only_what_is_visible (Studio *studio, gconstpointer data)
{
  guint before;

  wait_for (studio, "O0", TSN_INSPECT_COLOURS);
  g_assert_true (tsn_inspection_get_active (studio->inspection));
  show_page (studio, "tasks");
  ui_iterate (50);
  g_assert_true (ui_wait (is_ready, studio->document));
  g_assert_false (tsn_inspection_get_active (studio->inspection));
  g_assert_null (tsn_inspection_get_result (studio->inspection));
  before = studio->n_taps;
  tsn_document_rerun (studio->document);
  ui_iterate (50);
  g_assert_true (ui_wait (is_ready, studio->document));
  g_assert_cmpuint (studio->n_taps, ==, before);
  show_page (studio, "inspect");
  wait_for (studio, "O0", TSN_INSPECT_COLOURS);
  g_assert_cmpuint (studio->n_taps, ==, before + 6);
  act (studio, "inspect.mode::network");
  ui_iterate (50);
  before = studio->n_taps;
  tsn_document_rerun (studio->document);
  ui_iterate (50);
  g_assert_true (ui_wait (is_ready, studio->document));
  g_assert_cmpuint (studio->n_taps, ==, before);
}

static void
test_follows_the_tasks (Studio *studio, gconstpointer data)
{
  TsnInspectionResult *result;

  wait_for (studio, "O0", TSN_INSPECT_COLOURS);
  tsn_document_show_only (studio->document, 5);
  ui_iterate (50);
  g_assert_true (ui_wait (is_ready, studio->document));
  ui_iterate (200);
  result = wait_for (studio, "O0", TSN_INSPECT_COLOURS);
  g_assert_cmpuint (tsn_inspection_result_get_n_tasks (result), ==, 1);
  g_assert_cmpuint (tsn_inspection_result_get_task (result, 0), ==, 5);
}

/* Another kind of network is another outline, found by itself. */
static void
test_other_networks (Studio *studio, gconstpointer data)
{
  static const TsnConditioning schemes[]
      = { TSN_CONDITIONING_TS_IN, TSN_CONDITIONING_MULTI_DECODER, TSN_CONDITIONING_MULTI_HEAD };
  static const char *const nodes[] = { "O2", "depth.O2", "O2" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      g_autofree char *path = ui_fixture_add_model (&studio->files, schemes[i]);

      tsn_document_load_model (studio->document, path);
      ui_iterate (20);
      g_assert_true (ui_wait (is_ready, studio->document));
      g_object_set (studio->inspection, "node", nodes[i], NULL);
      g_assert_cmpuint (
          wait_for (studio, nodes[i], TSN_INSPECT_COLOURS)->pictures->len, ==, i == 1 ? 1 : 6);
      if (i == 0)
        test_every_node (studio, NULL);
    }
}

static void
weak_cb (gpointer data, GObject *object)
{
  --*(guint *) data;
}

/* Closed while it draws, nothing of it is left. */
static void
test_leaves_nothing_behind (Studio *studio, gconstpointer data)
{
  const GType types[] = { TSN_TYPE_GRAPH_VIEW, TSN_TYPE_INSPECT_PANEL, TSN_TYPE_INSPECT_VIEW,
                          TSN_TYPE_FEATURE_PANES, TSN_TYPE_CHANNEL_GRID, TSN_TYPE_PLOT_AREA,
                          TSN_TYPE_BAR_LIST };
  guint left = G_N_ELEMENTS (types) + 1;

  wait_for (studio, "O0", TSN_INSPECT_COLOURS);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_object_weak_ref (find (studio, types[i]), weak_cb, &left);
  g_object_weak_ref (G_OBJECT (studio->inspection), weak_cb, &left);
  act (studio, "inspect.node::O1");
  gtk_window_destroy (GTK_WINDOW (studio->window));
  studio->window = NULL;
  for (guint i = 0; i < 50 && left > 0; i++)
    ui_iterate (20);
  g_assert_cmpuint (left, ==, 0);
}

static void
add (const char *path, void (*test) (Studio *, gconstpointer))
{
  g_test_add (path, Studio, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  application = adw_application_new (TSN_APP_ID, G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_application_set_default (G_APPLICATION (application));
  tsn_window_install_keys (GTK_APPLICATION (application));
  add ("/inspect/nodes", test_every_node);
  add ("/inspect/keys", test_reaches_every_node_by_key);
  add ("/inspect/modes", test_modes);
  add ("/inspect/channels", test_channels);
  add ("/inspect/vectors", test_vectors);
  add ("/inspect/numbers", test_numbers);
  add ("/inspect/changes", test_changes);
  add ("/inspect/photo", test_follows_the_photo);
  add ("/inspect/visible", test_asks_only_what_is_visible);
  add ("/inspect/tasks", test_follows_the_tasks);
  add ("/inspect/networks", test_other_networks);
  add ("/inspect/finalized", test_leaves_nothing_behind);
  return g_test_run ();
}
