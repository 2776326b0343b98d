/* The preferences window. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TSN_TYPE_PREFERENCES (tsn_preferences_get_type ())
G_DECLARE_FINAL_TYPE (TsnPreferences, tsn_preferences, TSN, PREFERENCES, AdwWindow)

GtkWindow *tsn_preferences_new (GSettings *settings);

G_END_DECLS
