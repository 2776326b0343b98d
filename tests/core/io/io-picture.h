/* Image files made for tests. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *io_picture_save (const char *format, guint width, guint height);
GBytes *io_picture_gif (void);
GBytes *io_picture_with_orientation (GBytes *jpeg, guint orientation);

G_END_DECLS
