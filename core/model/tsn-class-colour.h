/* The colours that classes have where nobody chose others. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Classes whose default colours tests/core/model/test-class-colour.c checks, black included. */
#define TSN_CLASS_COLOURS 41

guint32 tsn_class_colour (guint index);
guint32 tsn_class_colour_golden (guint index);

G_END_DECLS
