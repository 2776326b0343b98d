#include "core/data/tsn-bitmap.h"

#include <string.h>

/**
 * tsn_bitmap_new:
 * @width: at least 1
 * @height: at least 1
 *
 * Returns: (transfer full): an empty map.
 */
TsnBitmap *
tsn_bitmap_new (guint width, guint height)
{
  TsnBitmap *bitmap = g_new (TsnBitmap, 1);

  *bitmap = (TsnBitmap){ .width = width, .height = height, .stride = ((size_t)width + 63) / 64 };
  bitmap->words = g_malloc0_n (height, bitmap->stride * sizeof (guint64));
  return bitmap;
}

TsnBitmap *
tsn_bitmap_copy (const TsnBitmap *bitmap)
{
  TsnBitmap *copy = tsn_bitmap_new (bitmap->width, bitmap->height);

  memcpy (copy->words, bitmap->words, tsn_bitmap_get_length (bitmap) * sizeof (guint64));
  return copy;
}

void
tsn_bitmap_free (TsnBitmap *bitmap)
{
  g_free (bitmap->words);
  g_free (bitmap);
}

/**
 * tsn_bitmap_or:
 * @other: a map of the same size
 *
 * Sets every pixel of @bitmap that is set in @other.
 */
void
tsn_bitmap_or (TsnBitmap *bitmap, const TsnBitmap *other)
{
  size_t n = tsn_bitmap_get_length (bitmap);

  g_return_if_fail (bitmap->width == other->width && bitmap->height == other->height);
  for (size_t i = 0; i < n; i++)
    bitmap->words[i] |= other->words[i];
}

gboolean
tsn_bitmap_equal (const TsnBitmap *a, const TsnBitmap *b)
{
  return a->width == b->width && a->height == b->height
         && memcmp (a->words, b->words, tsn_bitmap_get_length (a) * sizeof (guint64)) == 0;
}

/**
 * tsn_bitmap_count:
 *
 * Returns: how many pixels are set.
 */
size_t
tsn_bitmap_count (const TsnBitmap *bitmap)
{
  size_t n = tsn_bitmap_get_length (bitmap);
  size_t count = 0;

  for (size_t i = 0; i < n; i++)
    count += __builtin_popcountll (bitmap->words[i]);
  return count;
}
