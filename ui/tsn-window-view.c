/* What menus and keys do about how predictions are shown and compared. */
#include "ui/tsn-remember.h"
#include "ui/tsn-window-private.h"

#include <glib/gi18n.h>

/* Of one press of a key. */
#define WIPE_STEP 0.05
#define OPACITY_STEP 0.1

static TsnDisplay *
get_display (gpointer window)
{
  return tsn_document_get_display (TSN_WINDOW (window)->document);
}

static TsnCompare *
get_compare (gpointer window)
{
  return tsn_document_get_compare (TSN_WINDOW (window)->document);
}

static void
open_second_model_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_window_choose_second_model (data);
}

/* The value that a nick stands for; FALSE for a word that is none. */
static gboolean
parse_nick (GType type, GVariant *nick, int *value)
{
  g_autoptr (GTypeClass) values = g_type_class_ref (type);
  const GEnumValue *found
      = g_enum_get_value_by_nick ((GEnumClass *) values, g_variant_get_string (nick, NULL));

  if (found != NULL)
    *value = found->value;
  return found != NULL;
}

static GVariant *
make_nick (GType type, int value)
{
  g_autoptr (GTypeClass) values = g_type_class_ref (type);

  return g_variant_new_string (g_enum_get_value ((GEnumClass *) values, value)->value_nick);
}

static void
layout_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  int layout;

  if (parse_nick (TSN_TYPE_LAYOUT, parameter, &layout))
    tsn_display_set_layout (get_display (data), layout);
}

/* Lets a class of the active task stand out, or no longer. */
static void
isolate_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TsnDocument *document = TSN_WINDOW (data)->document;
  TsnDisplay *display = get_display (data);
  guint active = tsn_document_get_active (document);
  int class_index = g_variant_get_int32 (parameter);
  const TsnTask *task;

  if (active >= tsn_document_get_n_tasks (document))
    return;
  task = tsn_document_get_task (document, active);
  if (task->kind != TSN_TASK_CLASSES || class_index < 0 || (guint) class_index >= task->channels)
    return;
  if (tsn_display_get_isolated (display) == class_index)
    class_index = -1;
  tsn_display_set_isolated (display, class_index);
}

/* Choosing how to compare is a wish to compare. */
static void
compare_mode_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TsnCompare *compare = get_compare (data);
  int mode;

  if (!parse_nick (TSN_TYPE_COMPARE_MODE, parameter, &mode))
    return;
  tsn_compare_set_mode (compare, mode);
  tsn_compare_set_enabled (compare, TRUE);
}

static void
swap_models_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_compare_swap (get_compare (data));
}

static void
wipe_left_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TsnCompare *compare = get_compare (data);

  tsn_compare_set_wipe (compare, tsn_compare_get_wipe (compare) - WIPE_STEP);
}

static void
wipe_right_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TsnCompare *compare = get_compare (data);

  tsn_compare_set_wipe (compare, tsn_compare_get_wipe (compare) + WIPE_STEP);
}

static void
opacity_down_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TsnDisplay *display = get_display (data);

  tsn_display_set_opacity (display, tsn_display_get_opacity (display) - OPACITY_STEP);
}

static void
opacity_up_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TsnDisplay *display = get_display (data);

  tsn_display_set_opacity (display, tsn_display_get_opacity (display) + OPACITY_STEP);
}

static const GActionEntry entries[] = {
  { "open-second-model", open_second_model_cb, NULL, NULL, NULL, { 0 } },
  { "layout", layout_cb, "s", "'grid'", NULL, { 0 } },
  { "isolate", isolate_cb, "i", "-1", NULL, { 0 } },
  { "compare-mode", compare_mode_cb, "s", "'side'", NULL, { 0 } },
  { "swap-models", swap_models_cb, NULL, NULL, NULL, { 0 } },
  { "wipe-left", wipe_left_cb, NULL, NULL, NULL, { 0 } },
  { "wipe-right", wipe_right_cb, NULL, NULL, NULL, { 0 } },
  { "opacity-down", opacity_down_cb, NULL, NULL, NULL, { 0 } },
  { "opacity-up", opacity_up_cb, NULL, NULL, NULL, { 0 } },
};

/* Properties that are actions too. */
static const char *const display_actions[] = { "hatching", "loupe" };

static void
enable (TsnWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
set_state (TsnWindow *self, const char *name, GVariant *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

static void
update_compare (TsnWindow *self)
{
  TsnCompare *compare = get_compare (self);
  TsnCompareMode mode = tsn_compare_get_mode (compare);
  gboolean on = tsn_compare_is_on (compare);

  set_state (self, "compare-mode", make_nick (TSN_TYPE_COMPARE_MODE, mode));
  enable (self, "swap-models", on && mode == TSN_COMPARE_BLINK);
  enable (self, "wipe-left", on && mode == TSN_COMPARE_WIPE);
  enable (self, "wipe-right", on && mode == TSN_COMPARE_WIPE);
}

static void
update_layout (TsnWindow *self)
{
  TsnLayout layout = tsn_display_get_layout (get_display (self));
  gboolean overlay = layout == TSN_LAYOUT_OVERLAY;

  set_state (self, "layout", make_nick (TSN_TYPE_LAYOUT, layout));
  enable (self, "opacity-down", overlay);
  enable (self, "opacity-up", overlay);
}

static void
update_isolated (TsnWindow *self)
{
  set_state (self, "isolate",
             g_variant_new_int32 (tsn_display_get_isolated (get_display (self))));
  tsn_window_update_actions (self);
}

/* Shows what to choose where there is nothing to compare with. */
static void
enabled_cb (TsnWindow *self)
{
  TsnCompare *compare = get_compare (self);

  update_compare (self);
  if (!tsn_compare_get_enabled (compare) || tsn_compare_get_model (compare) != NULL
      || tsn_compare_is_busy (compare))
    return;
  adw_flap_set_reveal_flap (self->flap, TRUE);
  adw_view_stack_set_visible_child_name (self->side_stack, "compare");
  tsn_window_say (self, _ ("Open a second model to compare with."));
}

static void
add_property (TsnWindow *self, const char *name, gpointer object, const char *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

static void
follow (TsnWindow *self, gpointer object, const char *signal, GCallback callback)
{
  g_signal_connect_object (object, signal, callback, self, G_CONNECT_SWAPPED);
}

/* The task-specific twin that is installed beside the model that comes with the program. */
static void
set_default_twin (TsnWindow *self)
{
  g_autofree char *folder = NULL, *twin = NULL;

  if (self->default_model == NULL)
    return;
  folder = g_path_get_dirname (self->default_model);
  twin = g_build_filename (folder, "everyday-ts-in.safetensors", NULL);
  if (g_file_test (twin, G_FILE_TEST_EXISTS))
    tsn_compare_set_default (get_compare (self), twin);
}

/**
 * tsn_window_add_view_actions:
 *
 * Adds the actions of the group "win" that change how predictions are shown and compared.
 */
void
tsn_window_add_view_actions (TsnWindow *self)
{
  TsnCompare *compare = get_compare (self);
  TsnDisplay *display = get_display (self);

  set_default_twin (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  add_property (self, "compare", compare, "enabled");
  for (guint i = 0; i < G_N_ELEMENTS (display_actions); i++)
    add_property (self, display_actions[i], display, display_actions[i]);
  tsn_remember (self->settings, "overlay-opacity", self->document, display, "opacity");
  tsn_remember (self->settings, "hatching", self->document, display, "hatching");
  tsn_remember (self->settings, "loupe", self->document, display, "loupe");
  follow (self, compare, "notify::enabled", G_CALLBACK (enabled_cb));
  follow (self, compare, "notify::mode", G_CALLBACK (update_compare));
  follow (self, compare, "model-changed", G_CALLBACK (update_compare));
  follow (self, display, "notify::layout", G_CALLBACK (update_layout));
  follow (self, display, "notify::isolated", G_CALLBACK (update_isolated));
  update_compare (self);
  update_layout (self);
}

/**
 * tsn_window_remove_view_actions:
 *
 * Takes away the actions that follow properties, see tsn_window_remove_actions().
 */
void
tsn_window_remove_view_actions (TsnWindow *self)
{
  g_action_map_remove_action (G_ACTION_MAP (self), "compare");
  for (guint i = 0; i < G_N_ELEMENTS (display_actions); i++)
    g_action_map_remove_action (G_ACTION_MAP (self), display_actions[i]);
}

/**
 * tsn_window_install_view_keys:
 *
 * Gives these actions their keys.
 */
void
tsn_window_install_view_keys (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *keys[2];
  } keys[] = {
    { "win.layout('grid')", { "g" } },
    { "win.layout('single')", { "f" } },
    { "win.layout('overlay')", { "o" } },
    { "win.opacity-down", { "comma" } },
    { "win.opacity-up", { "period" } },
    { "win.hatching", { "h" } },
    { "win.loupe", { "z" } },
    { "win.compare", { "c" } },
    { "win.compare-mode('side')", { "s" } },
    { "win.compare-mode('wipe')", { "w" } },
    { "win.compare-mode('blink')", { "b" } },
    { "win.compare-mode('difference')", { "d" } },
    { "win.swap-models", { "x" } },
    { "win.wipe-left", { "bracketleft" } },
    { "win.wipe-right", { "bracketright" } },
    { "win.open-second-model", { "<Control><Shift>b" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action, keys[i].keys);
}
