/* The application: options, windows and what belongs to no single window. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TSN_TYPE_APPLICATION (tsn_application_get_type ())
G_DECLARE_FINAL_TYPE (TsnApplication, tsn_application, TSN, APPLICATION, AdwApplication)

TsnApplication *tsn_application_new (void);

G_END_DECLS
