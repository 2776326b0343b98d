/* The compression of GIF. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void tsn_lzw_encode (const guint8 *indices, size_t n, guint bits, GByteArray *out);

G_END_DECLS
