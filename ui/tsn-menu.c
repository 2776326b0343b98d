#include "ui/tsn-menu.h"

/**
 * tsn_menu_append_name:
 * @name: of a file or a device, shown as it is: its underlines mark no key
 * @action: that the item activates
 * @target: (not nullable): parameter of the action
 */
void
tsn_menu_append_name (GMenu *menu, const char *name, const char *action, const char *target)
{
  g_auto (GStrv) parts = g_strsplit (name, "_", -1);
  g_autofree char *label = g_strjoinv ("__", parts);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}
