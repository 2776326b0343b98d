/* Comparing two models in the window, with the pointer and with the keyboard alone. */
#include "studio-fixture.h"

#include "config.h"
#include "ui/tsn-canvas.h"

static gboolean
is_settled (gpointer data)
{
  Studio *studio = data;
  TsnCompare *compare = tsn_document_get_compare (studio->document);

  for (guint i = 0; i < UI_TWIN_TASKS; i++)
    if (tsn_document_is_shown (studio->document, i)
        && tsn_compare_get_disagreement (compare, i) == NULL)
      return FALSE;
  return studio_is_ready (studio->document);
}

static void
compare (Studio *studio, const char *mode)
{
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (studio->window), "win.compare-mode", "s",
                                             mode));
  g_assert_true (ui_wait (is_settled, studio));
  ui_iterate (50);
}

static TsnCanvas *
find_canvas (Studio *studio, const char *title)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (studio->window));

  for (guint i = 0; i < widgets->len; i++)
    if (TSN_IS_CANVAS (widgets->pdata[i])
        && g_strcmp0 (tsn_canvas_get_title (widgets->pdata[i]), title) == 0)
      return widgets->pdata[i];
  return NULL;
}

static void
test_side_by_side (Studio *studio, gconstpointer data)
{
  TsnCanvas *first, *second;

  compare (studio, "side");
  g_assert_cmpuint (studio_count (studio->window, TSN_TYPE_CANVAS), ==, 12);
  first = find_canvas (studio, "A · Edges");
  second = find_canvas (studio, "B · Edges");
  g_assert_nonnull (tsn_canvas_get_picture (first));
  g_assert_nonnull (tsn_canvas_get_picture (second));
  g_assert_true (tsn_canvas_get_picture (first) != tsn_canvas_get_picture (second));
  g_assert_null (tsn_canvas_get_picture (find_canvas (studio, "B · Depth")));
  g_assert_nonnull (studio_find_label (studio->window, "does not have this task"));
  studio_activate_detailed (studio, "win.show-task(2)");
  g_assert_cmpuint (studio_count (studio->window, TSN_TYPE_CANVAS), ==, 3);
  g_assert_true (find_canvas (studio, "A · Edges") == first);
  studio_activate_detailed (studio, "win.compare");
  g_assert_cmpuint (studio_count (studio->window, TSN_TYPE_CANVAS), ==, 2);
  g_assert_true (find_canvas (studio, "Edges") == first);
}

static void
test_wipe (Studio *studio, gconstpointer data)
{
  TsnCompare *state = tsn_document_get_compare (studio->document);
  TsnCanvas *canvas;
  double width;

  compare (studio, "wipe");
  g_assert_cmpuint (studio_count (studio->window, TSN_TYPE_CANVAS), ==, 7);
  studio_activate_detailed (studio, "win.show-task(4)");
  ui_iterate (100);
  canvas = find_canvas (studio, "A · Surface normals");
  g_assert_nonnull (tsn_canvas_get_second (canvas));
  width = gtk_widget_get_width (GTK_WIDGET (canvas));
  g_assert_true (tsn_canvas_is_at_divider (canvas, width / 2));
  g_assert_false (tsn_canvas_is_at_divider (canvas, width / 4));
  tsn_canvas_drag_divider (canvas, width / 4);
  g_assert_cmpfloat_with_epsilon (tsn_compare_get_wipe (state), 0.25, 0.05);
  g_assert_true (tsn_canvas_is_at_divider (canvas, width / 4));
  tsn_canvas_drag_divider (canvas, -100);
  g_assert_cmpfloat (tsn_compare_get_wipe (state), ==, 0);
  studio_activate_detailed (studio, "win.wipe-right");
  g_assert_cmpfloat_with_epsilon (tsn_compare_get_wipe (state), 0.05, 1e-9);
  /* Zoomed in, it stays in sight. */
  tsn_view_zoom (tsn_window_get_view (studio->window), 4);
  tsn_canvas_drag_divider (canvas, width / 2);
  g_assert_cmpfloat_with_epsilon (tsn_compare_get_wipe (state), 0.5, 0.02);
  /* At an end nothing is left of one of them, under the loupe neither. */
  tsn_display_set_loupe (tsn_document_get_display (studio->document), TRUE);
  tsn_view_set_probe (tsn_window_get_view (studio->window), 10, 10);
  for (double wipe = 0; wipe <= 1; wipe++)
    {
      tsn_compare_set_wipe (state, wipe);
      ui_iterate (100);
    }
}

static void
test_blink (Studio *studio, gconstpointer data)
{
  compare (studio, "blink");
  /* The clock is at rest where nothing may move by itself. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  compare (studio, "side");
  compare (studio, "blink");
  g_assert_nonnull (find_canvas (studio, "A · Saliency"));
  studio_activate_detailed (studio, "win.swap-models");
  g_assert_nonnull (find_canvas (studio, "B · Saliency"));
  ui_iterate (1000);
  g_assert_nonnull (find_canvas (studio, "B · Saliency"));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
}

static void
test_difference (Studio *studio, gconstpointer data)
{
  compare (studio, "difference");
  g_assert_nonnull (tsn_canvas_get_picture (find_canvas (studio, "Edges · difference")));
  g_assert_nonnull (find_canvas (studio, "A · Depth"));
  gtk_widget_activate_action (GTK_WIDGET (studio->window), "win.show-page", "s", "compare");
  ui_iterate (300);
  g_assert_nonnull (studio_find_label (studio->window, "same class"));
  g_assert_nonnull (studio_find_label (studio->window, "Only A does: Depth."));
  g_assert_nonnull (studio_find_label (studio->window, "mIoU"));
  studio_activate_detailed (studio, "win.show-task(2)");
  ui_iterate (100);
  g_assert_nonnull (studio_find_label (studio->window, "B higher"));
  tsn_view_set_probe (tsn_window_get_view (studio->window), 48, 32);
  g_assert_nonnull (studio_find_label (studio->window, " → "));
}

static gboolean
is_on (gpointer compare)
{
  return tsn_compare_is_on (compare);
}

static gboolean
is_off (gpointer compare)
{
  return !tsn_compare_get_enabled (compare);
}

static gboolean
is_wiping (gpointer compare)
{
  return tsn_compare_get_mode (compare) == TSN_COMPARE_WIPE;
}

static gboolean
is_wiped (gpointer compare)
{
  return tsn_compare_get_wipe (compare) < 0.42;
}

static gboolean
is_different (gpointer compare)
{
  return tsn_compare_get_mode (compare) == TSN_COMPARE_DIFFERENCE;
}

static void
test_by_keyboard (Studio *studio, gconstpointer data)
{
  const struct
  {
    const char *key;
    UiCondition then;
  } steps[] = { { "c", is_on },           { "w", is_wiping },    { "bracketleft", NULL },
                { "bracketleft", is_wiped }, { "d", is_different }, { "c", is_off } };

  if (!studio_can_press ())
    {
      g_test_skip ("needs xdotool and a display of its own");
      return;
    }
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  g_assert_true (ui_wait (studio_is_active, studio->window));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      studio_press (steps[i].key);
      if (steps[i].then != NULL)
        g_assert_true (ui_wait (steps[i].then, tsn_document_get_compare (studio->document)));
    }
}

static void
test_asks_for_a_second_model (Studio *studio, gconstpointer data)
{
  tsn_compare_set_default (tsn_document_get_compare (studio->document), NULL);
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  studio_activate_detailed (studio, "win.compare");
  ui_iterate (300);
  g_assert_nonnull (studio_find_label (studio->window, "Open a second model"));
  g_assert_nonnull (studio_find_label (studio->window, "none yet"));
  g_assert_cmpuint (studio_count (studio->window, TSN_TYPE_CANVAS), ==, 7);
}

static void
test_leaves_nothing_behind (Studio *studio, gconstpointer data)
{
  TsnCompare *state = tsn_document_get_compare (studio->document);

  compare (studio, "side");
  gtk_widget_activate_action (GTK_WIDGET (studio->window), "win.show-page", "s", "compare");
  compare (studio, "blink");
  g_object_add_weak_pointer (G_OBJECT (state), (gpointer *) &state);
  studio_destroy_and_check (GTK_WINDOW (g_steal_pointer (&studio->window)));
  g_assert_null (state);
}

static void
add (const char *path, void (*test) (Studio *, gconstpointer))
{
  g_test_add (path, Studio, NULL, studio_set_up, test, studio_tear_down);
}

static void
add_tests (void)
{
  add ("/compare-view/side", test_side_by_side);
  add ("/compare-view/wipe", test_wipe);
  add ("/compare-view/blink", test_blink);
  add ("/compare-view/difference", test_difference);
  add ("/compare-view/keyboard", test_by_keyboard);
  add ("/compare-view/no-model", test_asks_for_a_second_model);
  add ("/compare-view/finalized", test_leaves_nothing_behind);
}

int
main (int argc, char **argv)
{
  return studio_run (argc, argv, add_tests);
}
