/* Layouts, overlays, isolated classes, patterns and the loupe, with pointer and keyboard. */
#include "studio-fixture.h"

#include "ui/tsn-canvas.h"
#include "ui/tsn-class-legend.h"

static TsnCanvas *
find_canvas (Studio *studio, const char *title)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (studio->window));

  for (guint i = 0; i < widgets->len; i++)
    if (TSN_IS_CANVAS (widgets->pdata[i])
        && g_str_equal (tsn_canvas_get_title (widgets->pdata[i]), title))
      return widgets->pdata[i];
  return NULL;
}

static void
wait_until_ready (Studio *studio)
{
  g_assert_true (ui_wait (studio_is_ready, studio->document));
}

static void
test_layouts (Studio *studio, gconstpointer data)
{
  wait_until_ready (studio);
  g_assert_cmpuint (studio_count (studio->window, TSN_TYPE_CANVAS), ==, 7);
  studio_activate_detailed (studio, "win.layout('single')");
  g_assert_cmpuint (studio_count (studio->window, TSN_TYPE_CANVAS), ==, 1);
  g_assert_nonnull (find_canvas (studio, "Semantic segmentation"));
  tsn_document_set_active (studio->document, 3);
  g_assert_cmpuint (studio_count (studio->window, TSN_TYPE_CANVAS), ==, 1);
  g_assert_nonnull (find_canvas (studio, "Saliency"));
  studio_activate_detailed (studio, "win.layout('grid')");
  g_assert_cmpuint (studio_count (studio->window, TSN_TYPE_CANVAS), ==, 7);
  studio_activate_detailed (studio, "win.layout('no such layout')");
  g_assert_cmpuint (studio_count (studio->window, TSN_TYPE_CANVAS), ==, 7);
}

static void
test_overlay (Studio *studio, gconstpointer data)
{
  TsnDisplay *display = tsn_document_get_display (studio->document);
  TsnPicture *photo;
  TsnCanvas *canvas;
  double opacity;

  wait_until_ready (studio);
  photo = tsn_document_get_photo (studio->document)->picture;
  studio_activate_detailed (studio, "win.layout('overlay')");
  g_assert_cmpuint (studio_count (studio->window, TSN_TYPE_CANVAS), ==, 6);
  canvas = find_canvas (studio, "Depth");
  g_assert_true (tsn_canvas_get_base (canvas) == photo);
  g_assert_nonnull (tsn_canvas_get_picture (canvas));
  ui_iterate (50);
  g_assert_nonnull (studio_find_label (studio->window, "Opacity"));
  opacity = tsn_display_get_opacity (display);
  studio_activate_detailed (studio, "win.opacity-up");
  g_assert_cmpfloat (tsn_display_get_opacity (display), >, opacity);
  /* It is remembered. */
  g_assert_cmpfloat (g_settings_get_double (studio->settings, "overlay-opacity"), ==,
                     tsn_display_get_opacity (display));
  studio_activate_detailed (studio, "win.layout('grid')");
  g_assert_null (tsn_canvas_get_base (find_canvas (studio, "Depth")));
}

static GtkWidget *
first_class (Studio *studio)
{
  return gtk_widget_get_first_child (studio_find (studio->window, TSN_TYPE_CLASS_LEGEND));
}

typedef struct
{
  TsnCanvas *canvas;
  TsnPicture *plain;
} Drawn;

static gboolean
is_drawn_anew (gpointer data)
{
  Drawn *drawn = data;

  return tsn_canvas_get_picture (drawn->canvas) != drawn->plain;
}

static gboolean
is_plain (gpointer data)
{
  return !is_drawn_anew (data);
}

static Drawn
watch (Studio *studio, guint task, const char *title)
{
  return (Drawn){ find_canvas (studio, title),
                  tsn_document_get_prediction (studio->document, task)->picture };
}

static void
test_isolates_a_class (Studio *studio, gconstpointer data)
{
  TsnDisplay *display = tsn_document_get_display (studio->document);
  Drawn drawn, other;

  wait_until_ready (studio);
  ui_iterate (100);
  drawn = watch (studio, 0, "Semantic segmentation");
  other = watch (studio, 1, "Human parts");
  g_assert_true (is_plain (&drawn));
  gtk_widget_activate (first_class (studio));
  g_assert_true (ui_wait (is_drawn_anew, &drawn));
  g_assert_cmpint (tsn_display_get_isolated (display), >=, 0);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (first_class (studio))));
  /* Only the task that the legend explains. */
  g_assert_true (is_plain (&other));
  /* Nothing is busy, so that Escape clears it. */
  studio_activate_detailed (studio, "win.cancel");
  g_assert_cmpint (tsn_display_get_isolated (display), ==, -1);
  g_assert_true (ui_wait (is_plain, &drawn));
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (first_class (studio))));
}

static void
test_forgets_the_class_with_the_task (Studio *studio, gconstpointer data)
{
  TsnDisplay *display = tsn_document_get_display (studio->document);

  wait_until_ready (studio);
  studio_activate_detailed (studio, "win.isolate(2)");
  g_assert_cmpint (tsn_display_get_isolated (display), ==, 2);
  studio_activate_detailed (studio, "win.isolate(2)");
  g_assert_cmpint (tsn_display_get_isolated (display), ==, -1);
  studio_activate_detailed (studio, "win.isolate(900)");
  g_assert_cmpint (tsn_display_get_isolated (display), ==, -1);
  studio_activate_detailed (studio, "win.isolate(3)");
  tsn_document_set_active (studio->document, 4);
  g_assert_cmpint (tsn_display_get_isolated (display), ==, -1);
  studio_activate_detailed (studio, "win.isolate(0)");
  g_assert_cmpint (tsn_display_get_isolated (display), ==, -1);
}

/* Returns: the row of the legend that is pressed. */
static GtkWidget *
find_pressed (Studio *studio)
{
  GtkWidget *row = first_class (studio);

  while (row != NULL && !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (row)))
    row = gtk_widget_get_next_sibling (row);
  return row;
}

/* A class that is not on the photo: its row is there to let it go, then goes itself. */
static void
test_releases_an_absent_class (Studio *studio, gconstpointer data)
{
  TsnDisplay *display = tsn_document_get_display (studio->document);
  const GArray *entries;
  gboolean present[21] = { FALSE };
  int absent = 0;

  wait_until_ready (studio);
  ui_iterate (100);
  entries = tsn_document_get_prediction (studio->document, 0)->legend->entries;
  for (guint i = 0; i < entries->len; i++)
    present[g_array_index (entries, TsnLegendEntry, i).class_index] = TRUE;
  while (present[absent])
    absent++;
  g_assert_cmpint (absent, <, (int) G_N_ELEMENTS (present));
  g_assert_null (find_pressed (studio));
  tsn_display_set_isolated (display, absent);
  ui_iterate (100);
  g_assert_nonnull (find_pressed (studio));
  gtk_widget_activate (find_pressed (studio));
  ui_iterate (300);
  g_assert_cmpint (tsn_display_get_isolated (display), ==, -1);
  g_assert_null (find_pressed (studio));
}

static void
test_patterns (Studio *studio, gconstpointer data)
{
  Drawn classes, depth;

  wait_until_ready (studio);
  classes = watch (studio, 0, "Semantic segmentation");
  depth = watch (studio, 5, "Depth");
  g_settings_set_boolean (studio->settings, "hatching", TRUE);
  g_assert_true (ui_wait (is_drawn_anew, &classes));
  g_assert_true (is_plain (&depth));
  /* A new photo comes with them, too. */
  tsn_document_rerun (studio->document);
  wait_until_ready (studio);
  classes = watch (studio, 0, "Semantic segmentation");
  g_assert_true (ui_wait (is_drawn_anew, &classes));
  studio_activate_detailed (studio, "win.hatching");
  g_assert_false (g_settings_get_boolean (studio->settings, "hatching"));
  g_assert_true (ui_wait (is_plain, &classes));
}

static void
test_loupe (Studio *studio, gconstpointer data)
{
  TsnView *view = tsn_window_get_view (studio->window);

  wait_until_ready (studio);
  studio_activate_detailed (studio, "win.loupe");
  g_assert_true (tsn_display_get_loupe (tsn_document_get_display (studio->document)));
  /* In the middle, in every corner, and over pixels as squares. */
  for (guint i = 0; i < 5; i++)
    {
      tsn_view_set_probe (view, i == 4 ? 48 : i % 2 * 95, i == 4 ? 32 : i / 2 * 63);
      ui_iterate (30);
    }
  tsn_view_zoom (view, 30);
  ui_iterate (50);
}

static gboolean
is_overlay (gpointer document)
{
  return tsn_display_get_layout (tsn_document_get_display (document)) == TSN_LAYOUT_OVERLAY;
}

static gboolean
is_faint (gpointer document)
{
  return tsn_display_get_opacity (tsn_document_get_display (document)) < 0.45;
}

static gboolean
is_hatched (gpointer document)
{
  return tsn_display_get_hatching (tsn_document_get_display (document));
}

static gboolean
is_magnified (gpointer document)
{
  return tsn_display_get_loupe (tsn_document_get_display (document));
}

static gboolean
is_single (gpointer document)
{
  return tsn_display_get_layout (tsn_document_get_display (document)) == TSN_LAYOUT_SINGLE;
}

static gboolean
is_grid (gpointer document)
{
  return tsn_display_get_layout (tsn_document_get_display (document)) == TSN_LAYOUT_GRID;
}

static gboolean
isolates_none (gpointer document)
{
  return tsn_display_get_isolated (tsn_document_get_display (document)) < 0;
}

static void
test_by_keyboard (Studio *studio, gconstpointer data)
{
  const struct
  {
    const char *key;
    UiCondition then;
  } steps[]
      = { { "o", is_overlay },   { "comma", NULL },  { "comma", is_faint }, { "h", is_hatched },
          { "z", is_magnified }, { "f", is_single }, { "g", is_grid } };

  if (!studio_can_press ())
    {
      g_test_skip ("needs xdotool and a display of its own");
      return;
    }
  wait_until_ready (studio);
  g_assert_true (ui_wait (studio_is_active, studio->window));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      studio_press (steps[i].key);
      if (steps[i].then != NULL)
        g_assert_true (ui_wait (steps[i].then, studio->document));
    }
  studio_activate_detailed (studio, "win.isolate(1)");
  studio_press ("Escape");
  g_assert_true (ui_wait (isolates_none, studio->document));
}

static void
test_undoes_by_keyboard (Studio *studio, gconstpointer data)
{
  if (!studio_can_press ())
    {
      g_test_skip ("needs xdotool and a display of its own");
      return;
    }
  wait_until_ready (studio);
  g_assert_true (ui_wait (studio_is_active, studio->window));
  studio_press ("f");
  g_assert_true (ui_wait (is_single, studio->document));
  studio_press ("o");
  g_assert_true (ui_wait (is_overlay, studio->document));
  studio_press ("ctrl+z");
  g_assert_true (ui_wait (is_single, studio->document));
  studio_press ("ctrl+z");
  g_assert_true (ui_wait (is_grid, studio->document));
  studio_press ("ctrl+shift+z");
  g_assert_true (ui_wait (is_single, studio->document));
}

static void
test_leaves_nothing_behind (Studio *studio, gconstpointer data)
{
  TsnDisplay *display = tsn_document_get_display (studio->document);

  wait_until_ready (studio);
  studio_activate_detailed (studio, "win.hatching");
  g_object_add_weak_pointer (G_OBJECT (display), (gpointer *) &display);
  studio_destroy_and_check (GTK_WINDOW (g_steal_pointer (&studio->window)));
  g_assert_null (display);
}

static void
add (const char *path, void (*test) (Studio *, gconstpointer))
{
  g_test_add (path, Studio, NULL, studio_set_up, test, studio_tear_down);
}

static void
add_tests (void)
{
  add ("/view-modes/layouts", test_layouts);
  add ("/view-modes/overlay", test_overlay);
  add ("/view-modes/isolate", test_isolates_a_class);
  add ("/view-modes/release", test_releases_an_absent_class);
  add ("/view-modes/forget", test_forgets_the_class_with_the_task);
  add ("/view-modes/patterns", test_patterns);
  add ("/view-modes/loupe", test_loupe);
  add ("/view-modes/keyboard", test_by_keyboard);
  add ("/view-modes/undo", test_undoes_by_keyboard);
  add ("/view-modes/finalized", test_leaves_nothing_behind);
}

int
main (int argc, char **argv)
{
  return studio_run (argc, argv, add_tests);
}
