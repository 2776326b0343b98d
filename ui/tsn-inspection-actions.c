/* What keys and buttons do in the inspector. */
#include "ui/tsn-inspection.h"

static void
add_property_actions (TsnInspection *self, GActionMap *map)
{
  static const char *const names[]
      = { "node", "mode", "topic", "channel", "by-energy", "lock-basis", "first", "second" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GPropertyAction) action = g_property_action_new (names[i], self, names[i]);

      g_action_map_add_action (map, G_ACTION (action));
    }
}

static void
show_channel_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_inspection_show_channel (data, g_variant_get_uint32 (parameter));
}

static void
next_channel_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_inspection_step_channel (data, 1);
}

static void
previous_channel_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_inspection_step_channel (data, -1);
}

/**
 * tsn_inspection_make_actions:
 *
 * Makes the group "inspect": an action for each property but `active`, and show-channel (u),
 * next-channel and previous-channel.
 *
 * Returns: (transfer full): the group, which keeps the inspection alive.
 */
GSimpleActionGroup *
tsn_inspection_make_actions (TsnInspection *self)
{
  static const GActionEntry entries[] = {
    { "show-channel", show_channel_cb, "u", NULL, NULL, { 0 } },
    { "next-channel", next_channel_cb, NULL, NULL, NULL, { 0 } },
    { "previous-channel", previous_channel_cb, NULL, NULL, NULL, { 0 } },
  };
  GSimpleActionGroup *group = g_simple_action_group_new ();

  add_property_actions (self, G_ACTION_MAP (group));
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  return group;
}

/**
 * tsn_inspection_install_keys:
 *
 * Gives the actions their keys; to be called once per application.
 */
void
tsn_inspection_install_keys (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *key;
  } keys[] = {
    { "inspect.mode::network", "<Shift>n" },
    { "inspect.mode::grid", "<Shift>g" },
    { "inspect.mode::channel", "<Shift>c" },
    { "inspect.mode::mean", "<Shift>m" },
    { "inspect.mode::energy", "<Shift>e" },
    { "inspect.mode::colours", "<Shift>p" },
    { "inspect.topic::look", "<Shift>l" },
    { "inspect.topic::numbers", "<Shift>u" },
    { "inspect.topic::changes", "<Shift>h" },
    { "inspect.lock-basis", "<Shift>k" },
    { "inspect.by-energy", "<Shift>s" },
    { "inspect.next-channel", "<Control>bracketright" },
    { "inspect.previous-channel", "<Control>bracketleft" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action,
                                           (const char *[]){ keys[i].key, NULL });
}
