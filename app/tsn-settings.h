/* Where preferences are kept. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSettings *tsn_settings_new (void);

G_END_DECLS
