/* Label maps: integers from PNG files, as they are stored. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnLabel:
 * @width: in pixels, at least 1
 * @height: in pixels, at least 1
 * @bits: of a value as the file stores it: 1, 2, 4, 8 or 16
 * @values: @height rows of @width values: palette indices, or grey levels without any scaling
 *
 * A picture whose numbers mean something: class indices, millimetres, shares of 255.
 */
typedef struct
{
  guint width;
  guint height;
  guint bits;
  guint16 *values;
} TsnLabel;

TsnLabel *tsn_label_load (const char *path, GError **error);
TsnLabel *tsn_label_load_bytes (GBytes *bytes, const char *name, GError **error);
void tsn_label_free (TsnLabel *label);

static inline guint16
tsn_label_get_max (const TsnLabel *label)
{
  return (guint16)((1u << label->bits) - 1);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnLabel, tsn_label_free)

G_END_DECLS
