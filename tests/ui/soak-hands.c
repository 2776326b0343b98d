/* What hands do: operate controls, drag, click, scroll and pinch, press keys. */
#include "soak.h"
#include "studio-fixture.h"

/* Of one drag. */
#define MAX_MOVES 4

typedef gboolean (*Choice) (GtkWidget *widget);

static void
collect (GPtrArray *found, GtkWidget *widget, Choice choice)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget)
      || GTK_IS_WINDOW_CONTROLS (widget)
      /* Menus are for the pointer: one that pops up out of sight has no monitor to look for. */
      || GTK_IS_MENU_BUTTON (widget)
      || ADW_IS_SPLIT_BUTTON (widget)
      /* libadwaita 1.2 does not survive that one is closed while it slides in. */
      || g_str_equal (G_OBJECT_TYPE_NAME (widget), "AdwToastWidget"))
    return;
  if (choice (widget))
    g_ptr_array_add (found, g_object_ref (widget));
  /* A list that pops up when its page is gone already has no monitor to look for. */
  if (GTK_IS_DROP_DOWN (widget) || ADW_IS_COMBO_ROW (widget))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (found, child, choice);
}

/* One of the widgets in sight. */
static GtkWidget *
pick_widget (Soak *soak, GtkWidget *root, Choice choice)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  collect (found, root, choice);
  return found->len > 0 ? g_object_ref (found->pdata[soak_pick (soak, found->len)]) : NULL;
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_SWITCH (widget)
         || GTK_IS_RANGE (widget) || GTK_IS_SPIN_BUTTON (widget) || GTK_IS_DROP_DOWN (widget)
         || GTK_IS_LIST_BOX_ROW (widget) || GTK_IS_TEXT (widget);
}

static void
move_adjustment (Soak *soak, GtkAdjustment *adjustment)
{
  double lower = gtk_adjustment_get_lower (adjustment);
  double upper = gtk_adjustment_get_upper (adjustment);

  gtk_adjustment_set_value (adjustment, lower + g_rand_double (soak->random) * (upper - lower));
}

static guint
pick_item (Soak *soak, GListModel *items)
{
  return items != NULL ? soak_pick (soak, g_list_model_get_n_items (items)) : 0;
}

static void
type_text (Soak *soak, GtkEditable *editable)
{
  static const char *const texts[] = {
    "", "a", "12.5", "-1", "한국어", "<b>&amp;</b>", "a rather long line of words \\alpha_{1}"
  };

  if (gtk_editable_get_editable (editable))
    gtk_editable_set_text (editable, texts[soak_pick (soak, G_N_ELEMENTS (texts))]);
}

/* Does to a control in sight what a person does to it. */
void
soak_operate (Soak *soak, GtkWidget *root)
{
  g_autoptr (GtkWidget) widget = pick_widget (soak, root, is_control);

  if (widget == NULL)
    return;
  soak_note ("operate %s in %s of %s", G_OBJECT_TYPE_NAME (widget),
             G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), G_OBJECT_TYPE_NAME (root));
  if (GTK_IS_RANGE (widget))
    move_adjustment (soak, gtk_range_get_adjustment (GTK_RANGE (widget)));
  else if (GTK_IS_SPIN_BUTTON (widget))
    move_adjustment (soak, gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (widget)));
  else if (GTK_IS_DROP_DOWN (widget))
    gtk_drop_down_set_selected (GTK_DROP_DOWN (widget),
                                pick_item (soak, gtk_drop_down_get_model (GTK_DROP_DOWN (widget))));
  else if (ADW_IS_COMBO_ROW (widget))
    adw_combo_row_set_selected (ADW_COMBO_ROW (widget),
                                pick_item (soak, adw_combo_row_get_model (ADW_COMBO_ROW (widget))));
  else if (GTK_IS_TEXT (widget))
    type_text (soak, GTK_EDITABLE (widget));
  else
    gtk_widget_activate (widget);
}

static void
drag (Soak *soak, GtkGesture *gesture, double x, double y)
{
  g_signal_emit_by_name (gesture, "drag-begin", x, y);
  for (int i = soak_pick (soak, MAX_MOVES); i > 0; i--)
    g_signal_emit_by_name (gesture, "drag-update", soak_pick_between (soak, -80, 80),
                           soak_pick_between (soak, -80, 80));
  g_signal_emit_by_name (gesture, "drag-end", 0.0, 0.0);
}

static void
click (Soak *soak, GtkGesture *gesture, double x, double y)
{
  int n = 1 + soak_pick (soak, 2);

  g_signal_emit_by_name (gesture, "pressed", n, x, y);
  g_signal_emit_by_name (gesture, "released", n, x, y);
}

static void
press_key (Soak *soak, GtkEventController *controller)
{
  static const guint keys[]
      = { GDK_KEY_Left, GDK_KEY_Right, GDK_KEY_Up,    GDK_KEY_Down,  GDK_KEY_Return, GDK_KEY_space,
          GDK_KEY_Home, GDK_KEY_End,   GDK_KEY_0,     GDK_KEY_3,     GDK_KEY_9,      GDK_KEY_plus,
          GDK_KEY_Tab,  GDK_KEY_Menu,  GDK_KEY_minus, GDK_KEY_Escape };
  static const GdkModifierType states[] = { 0, 0, GDK_SHIFT_MASK, GDK_CONTROL_MASK, GDK_ALT_MASK };
  gboolean handled;

  g_signal_emit_by_name (controller, "key-pressed", keys[soak_pick (soak, G_N_ELEMENTS (keys))], 0,
                         states[soak_pick (soak, G_N_ELEMENTS (states))], &handled);
}

static void
drop (Soak *soak, GtkDropTarget *target, double x, double y)
{
  g_autofree char *uri = soak_make_uri (soak);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken;

  g_value_init (&value, G_TYPE_FILE);
  g_value_take_object (&value, g_file_new_for_uri (uri));
  g_signal_emit_by_name (target, "drop", &value, x, y, &taken);
}

/* What a controller would say of a hand that is somewhere on its widget, or a little beside it; a
 * pinch needs real fingers, and ends in tsn_view_zoom_about(). */
static void
move_hand (Soak *soak, GtkEventController *controller, double x, double y)
{
  gboolean handled;

  if (GTK_IS_GESTURE_DRAG (controller))
    drag (soak, GTK_GESTURE (controller), x, y);
  else if (GTK_IS_GESTURE_CLICK (controller))
    click (soak, GTK_GESTURE (controller), x, y);
  else if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
    g_signal_emit_by_name (controller, soak_chance (soak, 0.8) ? "motion" : "leave", x, y);
  else if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
    g_signal_emit_by_name (controller, "scroll", soak_pick_between (soak, -3, 3),
                           soak_pick_between (soak, -3, 3), &handled);
  else if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
    press_key (soak, controller);
  else if (GTK_IS_DROP_TARGET (controller))
    drop (soak, GTK_DROP_TARGET (controller), x, y);
}

static gboolean
is_ours (GtkWidget *widget)
{
  return g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Tsn");
}

/* A gesture on one of our widgets. */
void
soak_gesture (Soak *soak, GtkWidget *root)
{
  g_autoptr (GtkWidget) widget = pick_widget (soak, root, is_ours);
  g_autoptr (GListModel) controllers = NULL;
  g_autoptr (GtkEventController) controller = NULL;
  double x, y;

  if (widget == NULL)
    return;
  controllers = gtk_widget_observe_controllers (widget);
  if (g_list_model_get_n_items (controllers) == 0)
    return;
  controller = g_list_model_get_item (controllers,
                                      soak_pick (soak, g_list_model_get_n_items (controllers)));
  x = soak_pick_between (soak, -0.1, 1.1) * gtk_widget_get_width (widget);
  y = soak_pick_between (soak, -0.1, 1.1) * gtk_widget_get_height (widget);
  soak_note ("%s on %s", G_OBJECT_TYPE_NAME (controller), G_OBJECT_TYPE_NAME (widget));
  move_hand (soak, controller, x, y);
}

/* As xdotool names it: "ctrl+shift+z". */
static char *
name_key (const char *accelerator)
{
  GString *name = g_string_new (NULL);
  GdkModifierType state;
  guint key;

  g_assert_true (gtk_accelerator_parse (accelerator, &key, &state));
  g_string_append (name, (state & GDK_CONTROL_MASK) != 0 ? "ctrl+" : "");
  g_string_append (name, (state & GDK_SHIFT_MASK) != 0 ? "shift+" : "");
  g_string_append (name, (state & GDK_ALT_MASK) != 0 ? "alt+" : "");
  g_string_append (name, gdk_keyval_name (key));
  return g_string_free (name, FALSE);
}

/* Any key that an action has, or one that everybody has. */
static char *
pick_key (Soak *soak)
{
  static const char *const common[]
      = { "Tab", "shift+Tab", "Return", "space", "Escape", "Left", "Down", "F10", "Menu" };
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (application);
  const char *action = actions[soak_pick (soak, g_strv_length (actions))];
  g_auto (GStrv) keys = gtk_application_get_accels_for_action (application, action);

  if (soak_chance (soak, 0.4) || keys[0] == NULL)
    return g_strdup (common[soak_pick (soak, G_N_ELEMENTS (common))]);
  return name_key (keys[soak_pick (soak, g_strv_length (keys))]);
}

/* The keys of the display itself: all that lies between them and a widget, too.  Its pointer is
 * left alone: GTK 4.8 warns when what is pressed goes while it is pressed. */
void
soak_type (Soak *soak)
{
  g_autofree char *key = pick_key (soak);
  g_autoptr (GError) error = NULL;
  char *arguments[] = { "xdotool", "key", key, NULL };

  if (!studio_can_press ())
    return;
  soak_note ("press %s", key);
  g_spawn_sync (NULL, arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}
