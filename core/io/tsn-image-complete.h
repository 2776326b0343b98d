/* Whether an image file was cut short; private to core/io. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean tsn_image_is_complete (const guint8 *bytes, size_t n);

G_END_DECLS
