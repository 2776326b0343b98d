/* Looking into a network: every part by pointer and by key, every way to look, live, and closed. */
#include "studio-fixture.h"

#include "config.h"
#include "ui/tsn-bar-list.h"
#include "ui/tsn-canvas.h"
#include "ui/tsn-channel-grid.h"
#include "ui/tsn-feature-panes.h"
#include "ui/tsn-graph-view.h"
#include "ui/tsn-inspect-panel.h"
#include "ui/tsn-inspect-view.h"
#include "ui/tsn-plot-area.h"
#include "ui/tsn-tip.h"

/* The window and what the tests watch in it. */
typedef struct
{
  Studio base;
  TsnInspection *inspection;
  guint n_taps;
} Inspector;

static void
tapped_cb (Inspector *self)
{
  self->n_taps++;
}

static void
show_page (Inspector *self, const char *page)
{
  gtk_widget_activate_action (GTK_WIDGET (self->base.window), "win.show-page", "s", page);
}

static void
act (Inspector *self, const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (detailed, &name, &target, NULL));
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (self->base.window), name, target));
}

static void
set_up (Inspector *self, gconstpointer data)
{
  studio_set_up (&self->base, data);
  self->inspection = tsn_document_get_inspection (self->base.document);
  self->n_taps = 0;
  g_signal_connect_swapped (tsn_document_get_predictor (self->base.document), "tapped",
                            G_CALLBACK (tapped_cb), self);
  show_page (self, "inspect");
  g_assert_true (ui_wait (studio_is_ready, self->base.document));
}

static void
tear_down (Inspector *self, gconstpointer data)
{
  studio_tear_down (&self->base, data);
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
find (Inspector *self, GType type)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  collect (GTK_WIDGET (self->base.window), type, found);
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
wait_for (Inspector *self, const char *node, TsnInspectMode mode)
{
  Expected expected = { self->inspection, node, mode };

  g_assert_true (ui_wait (has_result, &expected));
  return tsn_inspection_get_result (self->inspection);
}

/* Every block has a button; pressing it looks at it, and what is a map arrives under each task. */
static void
test_every_node (Inspector *self, gconstpointer data)
{
  TsnGraphView *graph = find (self, TSN_TYPE_GRAPH_VIEW);
  const TsnOutline *outline = tsn_inspection_get_outline (self->inspection);

  for (guint i = 0; i < outline->blocks->len; i++)
    {
      const TsnOutlineBlock *block = tsn_outline_get (outline, i);
      const TsnNode *node = tsn_graph_node (outline->graph, block->node);
      GtkWidget *button = tsn_graph_view_get_button (graph, node->name);
      TsnInspectionResult *result;

      g_assert_nonnull (button);
      g_assert_true (gtk_widget_get_focusable (button));
      g_assert_nonnull (tsn_tip_get (button));
      g_signal_emit_by_name (button, "clicked");
      g_assert_cmpstr (tsn_inspection_get_node (self->inspection), ==, node->name);
      g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
      if (!block->tap)
        continue;
      result = wait_for (self, node->name, TSN_INSPECT_COLOURS);
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
test_reaches_every_node_by_key (Inspector *self, gconstpointer data)
{
  TsnGraphView *graph = find (self, TSN_TYPE_GRAPH_VIEW);
  const TsnOutline *outline = tsn_inspection_get_outline (self->inspection);
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);

  ui_iterate (300);
  gtk_widget_grab_focus (tsn_graph_view_get_button (graph, "image"));
  for (guint i = 0; i < 4 * outline->blocks->len; i++)
    {
      GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->base.window));

      g_hash_table_add (reached, focus);
      moves_focus (GTK_WINDOW (self->base.window), GTK_DIR_TAB_FORWARD);
    }
  for (guint i = 0; i < outline->blocks->len; i++)
    {
      const TsnOutlineBlock *block = tsn_outline_get (outline, i);
      const char *name = tsn_graph_node (outline->graph, block->node)->name;

      g_assert_true (g_hash_table_contains (reached, tsn_graph_view_get_button (graph, name)));
    }
  gtk_widget_grab_focus (tsn_graph_view_get_button (graph, "F3"));
  moves_focus (GTK_WINDOW (self->base.window), GTK_DIR_DOWN);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->base.window))
                 == tsn_graph_view_get_button (graph, "F4"));
  moves_focus (GTK_WINDOW (self->base.window), GTK_DIR_RIGHT);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->base.window))
                 == tsn_graph_view_get_button (graph, "S4"));
  /* As Enter does; a button stays pressed for a moment. */
  g_assert_true (gtk_widget_activate (tsn_graph_view_get_button (graph, "S4")));
  ui_iterate (400);
  g_assert_cmpstr (tsn_inspection_get_node (self->inspection), ==, "S4");
}

static guint
count_pictures (Inspector *self)
{
  g_autoptr (GPtrArray) canvases = g_ptr_array_new ();
  guint n = 0;

  collect (find (self, TSN_TYPE_FEATURE_PANES), TSN_TYPE_CANVAS, canvases);
  for (guint i = 0; i < canvases->len; i++)
    n += tsn_canvas_get_picture (canvases->pdata[i]) != NULL;
  return n;
}

static void
test_modes (Inspector *self, gconstpointer data)
{
  TsnInspectView *view = find (self, TSN_TYPE_INSPECT_VIEW);
  TsnInspectionResult *result;

  act (self, "inspect.node::O3");
  result = wait_for (self, "O3", TSN_INSPECT_COLOURS);
  g_assert_cmpfloat (result->basis->share[0], >, 0);
  g_assert_cmpstr (tsn_inspect_view_get_page (view), ==, "panes");
  g_assert_cmpuint (count_pictures (self), ==, 7);
  act (self, "inspect.mode::mean");
  g_assert_nonnull (wait_for (self, "O3", TSN_INSPECT_MEAN)->planes);
  act (self, "inspect.mode::energy");
  result = wait_for (self, "O3", TSN_INSPECT_ENERGY);
  g_assert_cmpfloat (result->range.low, >=, 0);
  act (self, "inspect.mode::grid");
  result = wait_for (self, "O3", TSN_INSPECT_GRID);
  g_assert_cmpuint (result->tiles->n, ==, result->n_channels);
  g_assert_cmpstr (tsn_inspect_view_get_page (view), ==, "grid");
  ui_iterate (100);
  act (self, "inspect.mode::network");
  g_assert_cmpstr (tsn_inspect_view_get_page (view), ==, "network");
  ui_iterate (100);
}

static void
test_channels (Inspector *self, gconstpointer data)
{
  TsnChannelGrid *grid;
  TsnInspectionResult *result;
  guint n;

  act (self, "inspect.node::O2");
  act (self, "inspect.by-energy");
  act (self, "inspect.mode::grid");
  n = wait_for (self, "O2", TSN_INSPECT_GRID)->n_channels;
  grid = find (self, TSN_TYPE_CHANNEL_GRID);
  g_assert_cmpuint (tsn_channel_grid_get_n_columns (grid), >=, 1);
  g_signal_emit_by_name (grid, "channel-activated", 2);
  result = wait_for (self, "O2", TSN_INSPECT_CHANNEL);
  g_assert_cmpuint (result->query.channel, ==, 2);
  act (self, "inspect.previous-channel");
  act (self, "inspect.previous-channel");
  act (self, "inspect.previous-channel");
  g_assert_cmpuint (tsn_inspection_get_channel (self->inspection), ==, n - 1);
  act (self, "inspect.next-channel");
  g_assert_cmpuint (tsn_inspection_get_channel (self->inspection), ==, 0);
}

static gboolean
has_embeddings (gpointer data)
{
  return tsn_inspection_get_space (data) != NULL;
}

static void
test_vectors (Inspector *self, gconstpointer data)
{
  static const char *const nodes[] = { "code", "embedding", "O4.coefficients" };
  TsnInspectView *view = find (self, TSN_TYPE_INSPECT_VIEW);

  g_assert_true (ui_wait (has_embeddings, self->inspection));
  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    {
      g_object_set (self->inspection, "node", nodes[i], NULL);
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
test_numbers (Inspector *self, gconstpointer data)
{
  const TsnFeatureStats *stats;

  act (self, "inspect.node::O1");
  act (self, "inspect.topic::numbers");
  g_assert_true (ui_wait (has_stats, self->inspection));
  stats = tsn_inspection_get_result (self->inspection)->stats;
  g_assert_cmpfloat (stats->min, <, stats->max);
  g_assert_cmpfloat (stats->deviation, >, 0);
  ui_iterate (100);
  act (self, "inspect.mode::channel");
  wait_for (self, "O1", TSN_INSPECT_CHANNEL);
  ui_iterate (100);
  /* Scale and shift of that channel can be read. */
  tsn_inspection_show_channel (self->inspection, 3);
  ui_iterate (100);
  g_assert_nonnull (studio_find_label (self->base.window, "γ"));
  g_assert_nonnull (studio_find_label (self->base.window, "β"));
  g_assert_nonnull (studio_find_label (self->base.window, "Channel 3"));
}

static void
test_changes (Inspector *self, gconstpointer data)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  TsnInspectionResult *result;

  act (self, "inspect.node::O1");
  act (self, "inspect.topic::changes");
  g_assert_true (ui_wait (has_distances, self->inspection));
  g_assert_true (ui_wait (has_embeddings, self->inspection));
  result = tsn_inspection_get_result (self->inspection);
  g_assert_cmpuint (tsn_inspection_result_get_n_tasks (result), ==, 2);
  g_assert_cmpuint (g_strv_length (result->query.modules), ==, 10);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpfloat (result->module_distances[i], >, 0);
  for (guint c = 1; c < result->n_channels; c++)
    g_assert_cmpfloat (result->distances[result->ranked[c]], <=,
                       result->distances[result->ranked[c - 1]]);
  ui_iterate (50);
  collect (GTK_WIDGET (self->base.window), TSN_TYPE_BAR_LIST, lists);
  g_assert_cmpuint (lists->len, ==, 3);
  g_assert_cmpuint (tsn_bar_list_get_n_bars (lists->pdata[0]), ==, 10);
  g_assert_cmpuint (tsn_bar_list_get_n_bars (lists->pdata[1]), ==, 10);
  g_assert_cmpuint (tsn_bar_list_get_n_bars (lists->pdata[2]), >, 0);
  g_signal_emit_by_name (lists->pdata[2], "activated", 3);
  g_assert_cmpuint (wait_for (self, "O1", TSN_INSPECT_CHANNEL)->query.channel, ==, 3);
}

static gboolean
is_turned (gpointer data)
{
  TsnInspectionResult *result = tsn_inspection_get_result (data);

  return result != NULL && result->height > result->width;
}

/* A new photo is looked at by itself, in the same way; a kept basis is not fitted anew. */
static void
test_follows_the_photo (Inspector *self, gconstpointer data)
{
  g_autoptr (GFile) other = g_file_new_for_path (self->base.files.other_photo);
  TsnPca *basis;

  act (self, "inspect.node::O2");
  basis = wait_for (self, "O2", TSN_INSPECT_COLOURS)->basis;
  act (self, "inspect.lock-basis");
  tsn_window_open (self->base.window, other);
  g_assert_true (ui_wait (is_turned, self->inspection));
  g_assert_cmpstr (tsn_inspection_get_result (self->inspection)->query.node, ==, "O2");
  g_assert_true (tsn_inspection_get_result (self->inspection)->basis == basis);
}

static gboolean
is_level (gpointer data)
{
  TsnInspectionResult *result = tsn_inspection_get_result (data);

  return result != NULL && result->height <= result->width;
}

/* Of another node the first basis is the one that is kept. */
static void
test_keeps_another_basis (Inspector *self, gconstpointer data)
{
  g_autoptr (GFile) other = g_file_new_for_path (self->base.files.other_photo);
  g_autoptr (GFile) first = g_file_new_for_path (self->base.files.photo);
  TsnPca *basis;

  act (self, "inspect.node::O2");
  wait_for (self, "O2", TSN_INSPECT_COLOURS);
  act (self, "inspect.lock-basis");
  act (self, "inspect.node::O1");
  basis = wait_for (self, "O1", TSN_INSPECT_COLOURS)->basis;
  tsn_window_open (self->base.window, other);
  g_assert_true (ui_wait (is_turned, self->inspection));
  g_assert_true (tsn_inspection_get_result (self->inspection)->basis == basis);
  tsn_window_open (self->base.window, first);
  g_assert_true (ui_wait (is_level, self->inspection));
  g_assert_true (tsn_inspection_get_result (self->inspection)->basis == basis);
}

static gboolean
is_asked (gpointer data)
{
  return tsn_predictor_is_waiting_for_slot (tsn_document_get_predictor (data),
                                            TSN_PREDICTOR_INSPECT);
}

/* What is stopped says so, until it is asked again.  The input is large, so that there is time to
 * stop it. */
static void
test_stops (Inspector *self, gconstpointer data)
{
  tsn_document_set_size (self->base.document, 512);
  ui_iterate (50);
  g_assert_true (ui_wait (studio_is_ready, self->base.document));
  act (self, "inspect.node::O1");
  g_assert_true (tsn_inspection_is_waiting (self->inspection));
  g_assert_true (ui_wait (is_asked, self->base.document));
  g_assert_true (tsn_inspection_is_waiting (self->inspection));
  g_assert_null (studio_find_label (self->base.window, "Stopped"));
  tsn_document_cancel (self->base.document);
  ui_iterate (100);
  g_assert_null (tsn_inspection_get_result (self->inspection));
  g_assert_false (tsn_inspection_is_waiting (self->inspection));
  g_assert_nonnull (studio_find_label (self->base.window, "Stopped"));
  tsn_document_rerun (self->base.document);
  wait_for (self, "O1", TSN_INSPECT_COLOURS);
}

/* What nobody sees is not computed. */
static void
stop_drawing_cb (Inspector *self)
{
  if (tsn_inspection_is_drawing (self->inspection))
    tsn_document_cancel (self->base.document);
}

static gboolean
is_at_rest (gpointer data)
{
  return !tsn_document_is_working (data);
}

/* What the network said may take its time to be drawn; nobody has to wait for it. */
static void
test_stops_drawing (Inspector *self, gconstpointer data)
{
  TsnInspectionResult *before;
  gulong stopping;

  act (self, "inspect.node::O1");
  wait_for (self, "O1", TSN_INSPECT_COLOURS);
  g_assert_true (ui_wait (is_at_rest, self->base.document));
  before = tsn_inspection_get_result (self->inspection);
  stopping = g_signal_connect_swapped (self->inspection, "busy-changed",
                                       G_CALLBACK (stop_drawing_cb), self);
  g_object_set (self->inspection, "mode", TSN_INSPECT_ENERGY, NULL);
  ui_iterate (100);
  g_assert_true (ui_wait (is_at_rest, self->base.document));
  ui_iterate (300);
  g_assert_false (tsn_inspection_is_waiting (self->inspection));
  g_assert_true (tsn_inspection_get_result (self->inspection) == before);
  g_signal_handler_disconnect (self->inspection, stopping);
  studio_activate_detailed (&self->base, "win.rerun");
  wait_for (self, "O1", TSN_INSPECT_ENERGY);
}

static void
test_asks_only_what_is_visible (Inspector *self, gconstpointer data)
{
  guint before;

  wait_for (self, "O0", TSN_INSPECT_COLOURS);
  g_assert_true (tsn_inspection_get_active (self->inspection));
  show_page (self, "tasks");
  ui_iterate (50);
  g_assert_true (ui_wait (studio_is_ready, self->base.document));
  g_assert_false (tsn_inspection_get_active (self->inspection));
  g_assert_null (tsn_inspection_get_result (self->inspection));
  before = self->n_taps;
  tsn_document_rerun (self->base.document);
  ui_iterate (50);
  g_assert_true (ui_wait (studio_is_ready, self->base.document));
  g_assert_cmpuint (self->n_taps, ==, before);
  show_page (self, "inspect");
  wait_for (self, "O0", TSN_INSPECT_COLOURS);
  g_assert_cmpuint (self->n_taps, ==, before + 6);
  act (self, "inspect.mode::network");
  ui_iterate (50);
  before = self->n_taps;
  tsn_document_rerun (self->base.document);
  ui_iterate (50);
  g_assert_true (ui_wait (studio_is_ready, self->base.document));
  g_assert_cmpuint (self->n_taps, ==, before);
}

static void
test_follows_the_tasks (Inspector *self, gconstpointer data)
{
  TsnInspectionResult *result;

  wait_for (self, "O0", TSN_INSPECT_COLOURS);
  tsn_document_show_only (self->base.document, 5);
  ui_iterate (50);
  g_assert_true (ui_wait (studio_is_ready, self->base.document));
  ui_iterate (200);
  result = wait_for (self, "O0", TSN_INSPECT_COLOURS);
  g_assert_cmpuint (tsn_inspection_result_get_n_tasks (result), ==, 1);
  g_assert_cmpuint (tsn_inspection_result_get_task (result, 0), ==, 5);
}

/* Another kind of network is another outline, found by itself. */
static void
test_other_networks (Inspector *self, gconstpointer data)
{
  static const TsnConditioning schemes[]
      = { TSN_CONDITIONING_TS_IN, TSN_CONDITIONING_MULTI_DECODER, TSN_CONDITIONING_MULTI_HEAD };
  static const char *const nodes[] = { "O2", "depth.O2", "O2" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      g_autofree char *path = ui_fixture_add_model (&self->base.files, schemes[i]);

      tsn_document_load_model (self->base.document, path);
      ui_iterate (20);
      g_assert_true (ui_wait (studio_is_ready, self->base.document));
      g_object_set (self->inspection, "node", nodes[i], NULL);
      g_assert_cmpuint (wait_for (self, nodes[i], TSN_INSPECT_COLOURS)->pictures->len, ==,
                        i == 1 ? 1 : 6);
      if (i == 0)
        test_every_node (self, NULL);
    }
}

static void
gone_cb (gpointer data, GObject *object)
{
  *(gboolean *) data = TRUE;
}

/* Closed while it draws, nothing of it is left. */
static void
test_leaves_nothing_behind (Inspector *self, gconstpointer data)
{
  gboolean gone = FALSE;

  wait_for (self, "O0", TSN_INSPECT_COLOURS);
  g_object_weak_ref (G_OBJECT (self->inspection), gone_cb, &gone);
  act (self, "inspect.node::O1");
  studio_destroy_and_check (GTK_WINDOW (g_steal_pointer (&self->base.window)));
  for (guint i = 0; i < 50 && !gone; i++)
    ui_iterate (20);
  g_assert_true (gone);
}

static void
add (const char *path, void (*test) (Inspector *, gconstpointer))
{
  g_test_add (path, Inspector, NULL, set_up, test, tear_down);
}

static void
add_tests (void)
{
  add ("/inspect/nodes", test_every_node);
  add ("/inspect/keys", test_reaches_every_node_by_key);
  add ("/inspect/modes", test_modes);
  add ("/inspect/channels", test_channels);
  add ("/inspect/vectors", test_vectors);
  add ("/inspect/numbers", test_numbers);
  add ("/inspect/changes", test_changes);
  add ("/inspect/photo", test_follows_the_photo);
  add ("/inspect/kept-colours", test_keeps_another_basis);
  add ("/inspect/stopped", test_stops);
  add ("/inspect/stopped-drawing", test_stops_drawing);
  add ("/inspect/visible", test_asks_only_what_is_visible);
  add ("/inspect/tasks", test_follows_the_tasks);
  add ("/inspect/networks", test_other_networks);
  add ("/inspect/finalized", test_leaves_nothing_behind);
}

int
main (int argc, char **argv)
{
  return studio_run (argc, argv, add_tests);
}
