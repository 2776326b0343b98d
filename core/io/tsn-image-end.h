/* Where the data of an image file end; private to core/io. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean tsn_image_find_end (const guint8 *bytes, size_t n, size_t *end);

G_END_DECLS
