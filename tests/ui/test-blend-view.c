/* The page of the blend as a person uses it: by pointer, by keys alone, by actions. */
#include "studio-fixture.h"

#include "config.h"
#include "core/io/tsn-model-file.h"
#include "ui/tsn-blend-pad.h"
#include "ui/tsn-module-row.h"
#include "ui/tsn-path-player.h"
#include "ui/tsn-weight-row.h"

#include <glib/gstdio.h>
#include <math.h>

#define DRAG_POINTS 100

static TsnBlend *
open_page (Studio *studio)
{
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (studio->window), "win.show-page", "s", "blend"));
  ui_iterate (300);
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  return tsn_document_get_blend (studio->document);
}

typedef struct
{
  Studio *studio;
  GType type;
  guint index;
  GtkWidget *found;
} Search;

static gboolean
is_there (gpointer data)
{
  Search *search = data;
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (search->studio->window));
  guint n = 0;

  for (guint i = 0; i < widgets->len && search->found == NULL; i++)
    if (G_TYPE_CHECK_INSTANCE_TYPE (widgets->pdata[i], search->type) && n++ == search->index)
      search->found = widgets->pdata[i];
  return search->found != NULL;
}

/* Rows come one after the other, where the machine is slow. */
static GtkWidget *
find (Studio *studio, GType type, guint index)
{
  Search search = { studio, type, index, NULL };

  g_assert_true (ui_wait (is_there, &search));
  return search.found;
}

static void
expand_all (Studio *studio)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (studio->window));

  for (guint i = 0; i < widgets->len; i++)
    if (gtk_widget_has_css_class (widgets->pdata[i], "disclosure"))
      gtk_toggle_button_set_active (widgets->pdata[i], TRUE);
  ui_iterate (200);
}

static gboolean
can_press (void)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");

  if (xdotool != NULL && g_getenv ("TSN_TEST_OWN_DISPLAY") != NULL)
    return TRUE;
  g_test_skip ("needs xdotool and a display of its own");
  return FALSE;
}

static void
test_has_a_pane_while_wanted (Studio *studio, gconstpointer data)
{
  TsnBlend *blend;

  g_assert_true (ui_wait (studio_is_ready, studio->document));
  g_assert_cmpuint (studio_count_canvases (studio->window), ==, 7);
  blend = open_page (studio);
  g_assert_cmpuint (studio_count_canvases (studio->window), ==, 8);
  g_assert_nonnull (studio_find_label (studio->window, "Blend: 100 % Semantic segmentation"));
  g_assert_nonnull (tsn_blend_get_prediction (blend));
  tsn_blend_set_place (blend, 0, 0);
  ui_iterate (50);
  g_assert_nonnull (studio_find_label (studio->window, "Blend: All tasks alike"));
  studio_activate (studio, "win.show-blend", -1);
  gtk_widget_activate_action (GTK_WIDGET (studio->window), "win.show-page", "s", "tasks");
  g_assert_cmpuint (studio_count_canvases (studio->window), ==, 8);
  studio_activate (studio, "win.show-blend", -1);
  g_assert_cmpuint (studio_count_canvases (studio->window), ==, 7);
}

/* The probe reads the blend, too, and zooming moves it with the others. */
static void
test_pane_is_linked (Studio *studio, gconstpointer data)
{
  TsnView *view = tsn_window_get_view (studio->window);
  TsnBlend *blend = open_page (studio);
  g_autofree char *value = NULL;

  tsn_blend_set_readout (blend, 5);
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  studio_activate (studio, "win.blend-beside", -1);
  g_assert_cmpuint (studio_count_canvases (studio->window), ==, 3);
  g_assert_cmpuint (tsn_document_get_active (studio->document), ==, 5);
  tsn_view_zoom (view, 3);
  tsn_view_set_probe (view, 40, 30);
  ui_iterate (100);
  value = tsn_prediction_describe_at (tsn_blend_get_prediction (blend), 40, 30);
  g_assert_nonnull (studio_find_label (studio->window, value));
}

static void
activate_text (Studio *studio, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (action, &name, &target, NULL));
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (studio->window), name, target));
}

static void
test_obeys_actions (Studio *studio, gconstpointer data)
{
  TsnBlend *blend = open_page (studio);
  TsnBlendPath *path = tsn_blend_get_path (blend);

  activate_text (studio, "win.blend-corner(4)");
  g_assert_cmpfloat (tsn_blend_get_weights (blend)[4], ==, 1);
  activate_text (studio, "win.blend-corner(44)");
  g_assert_cmpfloat (tsn_blend_get_weights (blend)[4], ==, 1);
  tsn_blend_set_weight (blend, 0, 1);
  activate_text (studio, "win.blend-normalise");
  g_assert_cmpfloat (tsn_blend_get_weights (blend)[4], ==, 0.5);
  activate_text (studio, "win.blend-centre");
  g_assert_cmpfloat_with_epsilon (tsn_blend_get_weights (blend)[4], 1.0 / 6, 1e-9);
  activate_text (studio, "win.blend-space('codes')");
  g_assert_cmpuint (tsn_blend_get_space (blend), ==, TSN_MIX_CODES);
  activate_text (studio, "win.blend-space('nonsense')");
  g_assert_cmpuint (tsn_blend_get_space (blend), ==, TSN_MIX_CODES);
  activate_text (studio, "win.blend-readout(2)");
  g_assert_cmpuint (tsn_blend_get_readout (blend), ==, 2);
  activate_text (studio, "win.blend-follow");
  g_assert_true (tsn_blend_get_follow (blend));
  activate_text (studio, "win.blend-module(('coarse', 'edge'))");
  activate_text (studio, "win.blend-module(('O5', 'depth'))");
  activate_text (studio, "win.blend-module(('O5', 'nonsense'))");
  g_assert_cmpint (tsn_blend_get_module (blend, 0), ==, 5);
  g_assert_cmpint (tsn_blend_get_module (blend, 1), ==, 2);
  activate_text (studio, "win.blend-reset-modules");
  g_assert_cmpuint (tsn_blend_count_own_modules (blend), ==, 0);
  activate_text (studio, "win.blend-add-point");
  activate_text (studio, "win.blend-add-tour");
  g_assert_cmpuint (tsn_blend_path_get_n_points (path), ==, 7);
  activate_text (studio, "win.blend-clear-path");
  g_assert_cmpuint (tsn_blend_path_get_n_points (path), ==, 0);
  activate_text (studio, "win.blend-loop");
  g_assert_false (tsn_blend_path_get_loop (path));
  activate_text (studio, "win.blend-reset");
  g_assert_cmpuint (tsn_blend_get_space (blend), ==, TSN_MIX_EMBEDDINGS);
  g_assert_cmpfloat (tsn_blend_get_weights (blend)[0], ==, 1);
}

static void
test_actions_have_keys (Studio *studio, gconstpointer data)
{
  static const char *const actions[]
      = { "win.show-blend",   "win.blend-beside",      "win.blend-play",   "win.blend-add-point",
          "win.blend-reset",  "win.blend-normalise",   "win.blend-centre", "win.blend-loop",
          "win.blend-follow", "win.blend-add-tour",    "win.blend-clear-path",
          "win.blend-reset-modules", "win.show-page('blend')", "win.retry-live", "win.show-sample" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_auto (GStrv) keys = gtk_application_get_accels_for_action (
          GTK_APPLICATION (studio->application), actions[i]);

      g_assert_nonnull (keys[0]);
    }
}

typedef struct
{
  TsnBlend *blend;
  guint task;
  double weight;
} Expected;

static gboolean
has_weight (gpointer data)
{
  Expected *expected = data;

  return fabs (tsn_blend_get_weights (expected->blend)[expected->task] - expected->weight) < 1e-3;
}

static gboolean
is_open (gpointer blend)
{
  return tsn_blend_get_open (blend);
}

static gboolean
is_shown (gpointer blend)
{
  return tsn_blend_get_shown (blend);
}

static gboolean
is_beyond_first (gpointer blend)
{
  return tsn_blend_get_weights (blend)[0] > 1;
}

/* From the keyboard alone: to the page, to the pad, to corners and between them. */
static void
test_pad_by_keys (Studio *studio, gconstpointer data)
{
  TsnBlend *blend = tsn_document_get_blend (studio->document);
  GtkWidget *pad = find (studio, TSN_TYPE_BLEND_PAD, 0);
  guint64 shown;

  if (!can_press ())
    return;
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  g_assert_true (ui_wait (studio_is_active, studio->window));
  shown = tsn_document_get_shown (studio->document);
  studio_press ("ctrl+F2");
  g_assert_true (ui_wait (is_open, blend));
  ui_iterate (300);
  studio_walk (studio->window, "Tab", pad);
  studio_press ("3");
  g_assert_true (ui_wait (has_weight, &(Expected){ blend, 2, 1 }));
  studio_press ("Home");
  g_assert_true (ui_wait (has_weight, &(Expected){ blend, 2, 1.0 / 6 }));
  studio_press ("KP_1");
  g_assert_true (ui_wait (has_weight, &(Expected){ blend, 0, 1 }));
  /* Beyond the first corner only with Shift. */
  studio_press ("Up");
  ui_iterate (50);
  g_assert_cmpfloat (tsn_blend_get_weights (blend)[0], ==, 1);
  studio_press ("shift+Up");
  g_assert_true (ui_wait (is_beyond_first, blend));
  g_assert_cmpfloat (tsn_blend_get_weights (blend)[3], <, 0);
  g_assert_cmpfloat_with_epsilon (tsn_blend_get_sum (blend), 1, 1e-9);
  studio_press ("0");
  g_assert_true (ui_wait (has_weight, &(Expected){ blend, 0, 1.0 / 6 }));
  g_assert_cmphex (tsn_document_get_shown (studio->document), ==, shown);
  /* Letters that the pad has no use for are keys of actions. */
  studio_press ("m");
  g_assert_true (ui_wait (is_shown, blend));
}

/* Digits that are typed into a number are no keys of actions. */
static void
test_numbers_by_keys (Studio *studio, gconstpointer data)
{
  TsnBlend *blend = open_page (studio);
  GtkWidget *row = find (studio, TSN_TYPE_WEIGHT_ROW, 1);
  guint64 shown = tsn_document_get_shown (studio->document);

  if (!can_press ())
    return;
  g_assert_true (ui_wait (studio_is_active, studio->window));
  gtk_widget_grab_focus (studio_find_in (row, GTK_TYPE_SPIN_BUTTON));
  studio_press ("ctrl+a");
  for (const char *const *key = (const char *const[]){ "1", "period", "2", "5", "Return", NULL };
       *key != NULL; key++)
    studio_press (*key);
  g_assert_true (ui_wait (has_weight, &(Expected){ blend, 1, 1.25 }));
  g_assert_cmpfloat (tsn_blend_get_weights (blend)[0], ==, 1);
  g_assert_nonnull (studio_find_label (studio->window, "Sum 2.25"));
  g_assert_cmphex (tsn_document_get_shown (studio->document), ==, shown);
}

/* A number shows fewer digits than the weight has. */
static void
test_numbers_are_only_looked_at (Studio *studio, gconstpointer data)
{
  TsnBlend *blend = open_page (studio);
  TsnBlendPath *path = tsn_blend_get_path (blend);

  find (studio, TSN_TYPE_WEIGHT_ROW, UI_TASKS - 1);
  tsn_blend_set_place (blend, 0, 0);
  ui_iterate (600);
  /* Without the window's being active nothing but this reads the fields. */
  for (guint i = 0; i < UI_TASKS; i++)
    {
      GtkSpinButton *number
          = GTK_SPIN_BUTTON (studio_find_in (find (studio, TSN_TYPE_WEIGHT_ROW, i), GTK_TYPE_SPIN_BUTTON));

      gtk_widget_grab_focus (GTK_WIDGET (number));
      ui_iterate (20);
      gtk_spin_button_update (number);
    }
  for (guint i = 0; i < UI_TASKS; i++)
    g_assert_cmpfloat_with_epsilon (tsn_blend_get_weights (blend)[i], 1.0 / 6, 1e-9);
  ui_iterate (600);
  /* Undoing takes back the place, not a number. */
  gtk_widget_activate_action (GTK_WIDGET (studio->window), "win.undo", NULL);
  g_assert_cmpfloat (tsn_blend_get_weights (blend)[0], ==, 1);
  tsn_blend_path_set_playing (path, TRUE);
  ui_iterate (100);
  for (guint i = 0; i < UI_TASKS; i++)
    gtk_spin_button_update (
        GTK_SPIN_BUTTON (studio_find_in (find (studio, TSN_TYPE_WEIGHT_ROW, i), GTK_TYPE_SPIN_BUTTON)));
  g_assert_true (tsn_blend_path_get_playing (path));
}

/* What is gone at one click is offered back. */
static void
test_path_comes_back (Studio *studio, gconstpointer data)
{
  TsnBlendPath *path = tsn_blend_get_path (open_page (studio));

  studio_activate (studio, "win.blend-add-tour", -1);
  ui_iterate (600);
  studio_activate (studio, "win.blend-clear-path", -1);
  ui_iterate (100);
  g_assert_cmpuint (tsn_blend_path_get_n_points (path), ==, 0);
  g_assert_nonnull (studio_find_label (studio->window, "Path cleared"));
  studio_activate (studio, "win.undo", -1);
  g_assert_cmpuint (tsn_blend_path_get_n_points (path), ==, UI_TASKS);
}

static void
test_sliders (Studio *studio, gconstpointer data)
{
  TsnBlend *blend = open_page (studio);
  GtkWidget *row = find (studio, TSN_TYPE_WEIGHT_ROW, 3);
  GtkRange *slider = GTK_RANGE (studio_find_in (row, GTK_TYPE_SCALE));
  GtkSpinButton *number = GTK_SPIN_BUTTON (studio_find_in (row, GTK_TYPE_SPIN_BUTTON));

  gtk_range_set_value (slider, 0.4);
  g_assert_cmpfloat_with_epsilon (tsn_blend_get_weights (blend)[3], 0.4, 1e-9);
  g_assert_cmpfloat_with_epsilon (gtk_spin_button_get_value (number), 0.4, 1e-9);
  /* What the slider cannot show stays exact. */
  gtk_spin_button_set_value (number, -0.5);
  g_assert_cmpfloat (gtk_range_get_value (slider), ==, 0);
  g_assert_cmpfloat (tsn_blend_get_weights (blend)[3], ==, -0.5);
}

/* Where a place of the pad is on the screen. */
static void
to_screen (Studio *studio, GtkWidget *pad, double x, double y, int *screen_x, int *screen_y)
{
  double origin_x, origin_y;
  graphene_point_t point;

  g_assert_true (gtk_widget_compute_point (pad, GTK_WIDGET (studio->window),
                                           &GRAPHENE_POINT_INIT (x, y), &point));
  gtk_native_get_surface_transform (GTK_NATIVE (studio->window), &origin_x, &origin_y);
  *screen_x = lround (origin_x + point.x);
  *screen_y = lround (origin_y + point.y);
}

static void
add_argument (GPtrArray *arguments, const char *format, int value)
{
  g_ptr_array_add (arguments, g_strdup_printf (format, value));
}

/* A circle by the pointer, from the middle of the pad and ending where it began. */
static void
drag_about (Studio *studio, GtkWidget *pad)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  int width = gtk_widget_get_width (pad), height = gtk_widget_get_height (pad);

  g_ptr_array_add (arguments, g_strdup ("xdotool"));
  for (guint i = 0; i <= DRAG_POINTS; i++)
    {
      double angle = 2 * G_PI * i / DRAG_POINTS;
      int x, y;

      to_screen (studio, pad, width / 2.0 + 40 * sin (angle), height / 2.0 + 40 * cos (angle), &x,
                 &y);
      g_ptr_array_add (arguments, g_strdup ("mousemove"));
      add_argument (arguments, "%d", x);
      add_argument (arguments, "%d", y);
      if (i == 0 || i == DRAG_POINTS)
        {
          g_ptr_array_add (arguments, g_strdup (i == 0 ? "mousedown" : "mouseup"));
          add_argument (arguments, "%d", 1);
        }
    }
  g_ptr_array_add (arguments, NULL);
  g_assert_true (g_spawn_sync (NULL, (char **) arguments->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL,
                               NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
is_dragged (gpointer blend)
{
  const double *weights = tsn_blend_get_weights (blend);

  /* Below the middle, so that the fourth of six tasks has most. */
  return weights[3] > 0.3 && weights[0] < 0.15;
}

static void
test_pad_by_pointer (Studio *studio, gconstpointer data)
{
  TsnBlend *blend = open_page (studio);
  GtkWidget *pad = find (studio, TSN_TYPE_BLEND_PAD, 0);
  const double *weights;

  if (!can_press ())
    return;
  drag_about (studio, pad);
  g_assert_true (ui_wait (is_dragged, blend));
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  weights = tsn_blend_get_weights (blend);
  g_assert_cmpfloat_with_epsilon (tsn_blend_get_sum (blend), 1, 1e-9);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpfloat (weights[i], >=, 0);
  g_assert_cmpstr (tsn_blend_get_prediction (blend)->result->task->name, ==, "saliency");
}

static void
test_modules_by_choice (Studio *studio, gconstpointer data)
{
  TsnBlend *blend = open_page (studio);
  GtkDropDown *coarse, *first;

  expand_all (studio);
  find (studio, TSN_TYPE_MODULE_ROW, TSN_BLEND_N_STAGES + tsn_blend_get_n_modules (blend) - 1);
  coarse = GTK_DROP_DOWN (studio_find_in (find (studio, TSN_TYPE_MODULE_ROW, 0), GTK_TYPE_DROP_DOWN));
  first = GTK_DROP_DOWN (
      studio_find_in (find (studio, TSN_TYPE_MODULE_ROW, TSN_BLEND_N_STAGES), GTK_TYPE_DROP_DOWN));
  gtk_drop_down_set_selected (coarse, 3);
  g_assert_cmpint (tsn_blend_get_module (blend, 0), ==, 2);
  g_assert_cmpuint (gtk_drop_down_get_selected (first), ==, 3);
  gtk_drop_down_set_selected (first, 7);
  g_assert_cmpuint (gtk_drop_down_get_selected (coarse), ==, 8);
  /* That they differ cannot be chosen. */
  gtk_drop_down_set_selected (coarse, 3);
  gtk_drop_down_set_selected (coarse, 8);
  g_assert_cmpuint (gtk_drop_down_get_selected (coarse), ==, 3);
  gtk_drop_down_set_selected (first, 0);
  g_assert_cmpint (tsn_blend_get_module (blend, 0), ==, TSN_BLEND_AS_PAD);
  g_assert_cmpuint (tsn_blend_count_own_modules (blend), ==,
                    tsn_blend_get_n_modules (blend) / 2 - 1);
}

static gboolean
has_moved (gpointer path)
{
  return tsn_blend_path_get_time (path) > 0.3;
}

/* The window's frames drive the path, also while another page is open. */
static void
test_plays (Studio *studio, gconstpointer data)
{
  TsnBlend *blend = tsn_document_get_blend (studio->document);
  TsnBlendPath *path = tsn_blend_get_path (blend);
  double time;

  g_assert_true (ui_wait (studio_is_ready, studio->document));
  tsn_blend_path_set_duration (path, 2);
  studio_activate (studio, "win.blend-play", -1);
  g_assert_true (tsn_blend_is_active (blend));
  g_assert_true (ui_wait (has_moved, path));
  g_assert_cmpfloat (tsn_blend_get_weights (blend)[0], <, 1);
  studio_activate (studio, "win.blend-play", -1);
  time = tsn_blend_path_get_time (path);
  ui_iterate (200);
  g_assert_cmpfloat (tsn_blend_path_get_time (path), ==, time);
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  g_assert_nonnull (tsn_blend_get_prediction (blend));
}

static void
write_apart_model (const char *path)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_everyday ();
  TsnNetworkSpec spec = { .depth = 18,
                          .width = 0.07,
                          .conditioning = TSN_CONDITIONING_MULTI_HEAD,
                          .code_length = 2,
                          .tasks = tasks };
  g_autoptr (TsnModel) model = tsn_model_new (&spec, NULL);
  TsnRandom random;

  tsn_random_init (&random, 7);
  tsn_model_initialise (model, &random);
  model->size = 64;
  g_assert_true (tsn_model_save (model, path, TSN_DTYPE_F32, NULL));
}

static void
test_says_when_there_is_nothing_to_mix (Studio *studio, gconstpointer data)
{
  g_autofree char *path = g_build_filename (studio->files.folder, "apart.safetensors", NULL);
  TsnBlend *blend = open_page (studio);

  write_apart_model (path);
  studio_activate (studio, "win.blend-play", -1);
  tsn_document_load_model (studio->document, path);
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  ui_iterate (300);
  g_assert_false (tsn_blend_can_mix (blend));
  g_assert_nonnull (studio_find_label (studio->window, "Nothing to Mix"));
  g_assert_cmpuint (studio_count_canvases (studio->window), ==, 7);
  /* Nothing that is done by key either. */
  g_assert_false (tsn_blend_path_get_playing (tsn_blend_get_path (blend)));
  g_assert_null (g_action_map_lookup_action (G_ACTION_MAP (studio->window), "blend-play"));
  g_assert_null (g_action_map_lookup_action (G_ACTION_MAP (studio->window), "show-blend"));
  tsn_document_load_model (studio->document, studio->files.model);
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  studio_activate (studio, "win.blend-play", -1);
  g_assert_true (tsn_blend_path_get_playing (tsn_blend_get_path (blend)));
  g_assert_cmpint (g_remove (path), ==, 0);
}

/* Dark, light and in contrast, with titles, way-points and a handle beyond the shape. */
static void
test_draws_in_all_colours (Studio *studio, gconstpointer data)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  TsnBlend *blend = open_page (studio);

  tsn_blend_path_add_tour (tsn_blend_get_path (blend));
  tsn_blend_set_place (blend, 0.4, -1.3);
  for (AdwColorScheme scheme = ADW_COLOR_SCHEME_FORCE_LIGHT; scheme <= ADW_COLOR_SCHEME_FORCE_DARK;
       scheme++)
    {
      adw_style_manager_set_color_scheme (style, scheme);
      ui_iterate (300);
    }
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  g_assert_true (ui_wait (studio_is_ready, studio->document));
}

static void
test_leaves_nothing_behind (Studio *studio, gconstpointer data)
{
  TsnBlend *blend = open_page (studio);

  expand_all (studio);
  tsn_blend_path_add_tour (tsn_blend_get_path (blend));
  tsn_blend_path_set_playing (tsn_blend_get_path (blend), TRUE);
  ui_iterate (200);
  g_object_add_weak_pointer (G_OBJECT (blend), (gpointer *) &blend);
  studio_destroy_and_check (GTK_WINDOW (g_steal_pointer (&studio->window)));
  for (guint i = 0; i < 200 && blend != NULL; i++)
    ui_iterate (20);
  g_assert_null (blend);
}

static void
add (const char *path, void (*test) (Studio *, gconstpointer))
{
  g_test_add (path, Studio, NULL, studio_set_up, test, studio_tear_down);
}

static void
add_tests (void)
{
  add ("/blend-view/pane", test_has_a_pane_while_wanted);
  add ("/blend-view/linked", test_pane_is_linked);
  add ("/blend-view/actions", test_obeys_actions);
  add ("/blend-view/keys", test_actions_have_keys);
  add ("/blend-view/pad/keyboard", test_pad_by_keys);
  add ("/blend-view/pad/pointer", test_pad_by_pointer);
  add ("/blend-view/numbers", test_numbers_by_keys);
  add ("/blend-view/numbers/seen", test_numbers_are_only_looked_at);
  add ("/blend-view/path/cleared", test_path_comes_back);
  add ("/blend-view/sliders", test_sliders);
  add ("/blend-view/modules", test_modules_by_choice);
  add ("/blend-view/path", test_plays);
  add ("/blend-view/nothing-to-mix", test_says_when_there_is_nothing_to_mix);
  add ("/blend-view/colours", test_draws_in_all_colours);
  add ("/blend-view/finalized", test_leaves_nothing_behind);
}

int
main (int argc, char **argv)
{
  return studio_run (argc, argv, add_tests);
}
