/* Looks that begin as the settings say and are remembered there. */
#pragma once

#include "ui/tsn-document.h"

G_BEGIN_DECLS

void tsn_remember (
    GSettings *settings, const char *key, TsnDocument *document, gpointer object, const char *property);

G_END_DECLS
