/* A small window that explains what is to be seen. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TSN_TYPE_HELP (tsn_help_get_type ())
G_DECLARE_FINAL_TYPE (TsnHelp, tsn_help, TSN, HELP, AdwWindow)

GtkWindow *tsn_help_new (void);

G_END_DECLS
