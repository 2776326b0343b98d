/* Menus of what has names that are not ours. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void tsn_menu_append_name (GMenu *menu, const char *name, const char *action, const char *target);

G_END_DECLS
