/* What readers must hold for any bytes whatever: no crash, and a result or an error. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean fuzz_model (const guint8 *bytes, size_t n);
gboolean fuzz_image (const guint8 *bytes, size_t n);
gboolean fuzz_study (const guint8 *bytes, size_t n);
gboolean fuzz_figure (const guint8 *bytes, size_t n);

G_END_DECLS
