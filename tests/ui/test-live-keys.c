/* Keys while pictures move: Space freezes them, unless somebody means something else by it. */
#include "live-fixture.h"

#include "ui/tsn-canvas.h"
#include "ui/tsn-panes.h"
#include "ui/tsn-weight-row.h"

static void
play (LiveFixture *fixture)
{
  TsnTestPattern pattern = { .width = 96, .height = 64, .fps = 30 };

  live_play_pattern (fixture, &pattern);
}

static gboolean
can_press (void)
{
  if (!studio_can_press ())
    g_test_skip ("needs xdotool and a display of its own");
  return studio_can_press ();
}

static GtkWidget *
get_focus (LiveFixture *fixture)
{
  return gtk_window_get_focus (GTK_WINDOW (fixture->studio.window));
}

static gboolean
has_action (GtkWidget *widget, const char *action)
{
  return GTK_IS_ACTIONABLE (widget)
         && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0;
}

static GtkWidget *
find_button (LiveFixture *fixture, const char *action)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (fixture->studio.window));

  for (guint i = 0; i < widgets->len; i++)
    if (has_action (widgets->pdata[i], action) && gtk_widget_get_mapped (widgets->pdata[i]))
      return widgets->pdata[i];
  g_assert_not_reached ();
}

static gboolean
is_panel_shown (gpointer fixture)
{
  return g_settings_get_boolean (((LiveFixture *) fixture)->studio.settings, "show-panel");
}

static gboolean
is_panel_hidden (gpointer fixture)
{
  return !is_panel_shown (fixture);
}

/* As after a click on the Camera button, or where a window has its focus at first. */
static void
test_picture_gets_the_focus (LiveFixture *fixture, gconstpointer data)
{
  gtk_widget_grab_focus (find_button (fixture, "win.camera"));
  play (fixture);
  ui_iterate (50);
  g_assert_true (TSN_IS_CANVAS (get_focus (fixture)));
  /* Only when it begins: whoever goes elsewhere stays there. */
  gtk_widget_grab_focus (find_button (fixture, "win.show-panel"));
  live_wait_for_frames (fixture, 3);
  g_assert_true (has_action (get_focus (fixture), "win.show-panel"));
  if (!can_press ())
    return;
  gtk_widget_grab_focus (find_button (fixture, "win.camera"));
  play (fixture);
  g_assert_true (ui_wait (studio_is_active, fixture->studio.window));
  studio_press ("space");
  live_wait_for (fixture, TSN_LIVE_FROZEN);
  studio_press ("space");
  live_wait_for (fixture, TSN_LIVE_RUNNING);
}

static void
test_typing_goes_on (LiveFixture *fixture, gconstpointer data)
{
  GtkWidget *row, *focus;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->studio.window), "win.show-page",
                                             "s", "blend"));
  ui_iterate (500);
  row = studio_find (fixture->studio.window, TSN_TYPE_WEIGHT_ROW);
  g_assert_nonnull (row);
  gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
  focus = get_focus (fixture);
  g_assert_true (GTK_IS_EDITABLE (focus));
  play (fixture);
  live_wait_for_frames (fixture, 2);
  g_assert_true (get_focus (fixture) == focus);
}

/* Who clicked a button is done with it. */
static void
test_click_leaves_space_alone (LiveFixture *fixture, gconstpointer data)
{
  gboolean shown = is_panel_shown (fixture);

  if (!can_press ())
    return;
  g_assert_true (ui_wait (studio_is_active, fixture->studio.window));
  play (fixture);
  studio_click (find_button (fixture, "win.show-panel"));
  g_assert_true (ui_wait (shown ? is_panel_hidden : is_panel_shown, fixture));
  g_assert_true (has_action (get_focus (fixture), "win.show-panel"));
  studio_press ("space");
  live_wait_for (fixture, TSN_LIVE_FROZEN);
  g_assert_true (is_panel_shown (fixture) != shown);
}

/* Who walked to a button by keys means the button. */
static void
test_keys_reach_buttons (LiveFixture *fixture, gconstpointer data)
{
  gboolean shown = is_panel_shown (fixture);

  if (!can_press ())
    return;
  g_assert_true (ui_wait (studio_is_active, fixture->studio.window));
  play (fixture);
  studio_walk (fixture->studio.window, "shift+Tab", find_button (fixture, "win.show-panel"));
  studio_press ("space");
  g_assert_true (ui_wait (shown ? is_panel_hidden : is_panel_shown, fixture));
  g_assert_cmpint (tsn_live_get_status (fixture->live), ==, TSN_LIVE_RUNNING);
}

static void
add (const char *path, void (*test) (LiveFixture *, gconstpointer))
{
  g_test_add (path, LiveFixture, NULL, live_set_up, test, live_tear_down);
}

static void
add_tests (void)
{
  add ("/live/keys/focus", test_picture_gets_the_focus);
  add ("/live/keys/typing", test_typing_goes_on);
  add ("/live/keys/click", test_click_leaves_space_alone);
  add ("/live/keys/walk", test_keys_reach_buttons);
}

int
main (int argc, char **argv)
{
  return studio_run (argc, argv, add_tests);
}
