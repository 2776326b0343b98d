/* Binary maps, one bit a pixel. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnBitmap:
 * @width: in pixels, at least 1
 * @height: in pixels, at least 1
 * @stride: 64-bit words per row
 * @words: @height x @stride words; pixel (x, y) is bit x % 64 of word y * @stride + x / 64
 *
 * A binary map.  Bits beyond @width are zero, which lets whole words be counted and compared.
 */
typedef struct
{
  guint width;
  guint height;
  size_t stride;
  guint64 *words;
} TsnBitmap;

TsnBitmap *tsn_bitmap_new (guint width, guint height);
TsnBitmap *tsn_bitmap_copy (const TsnBitmap *bitmap);
void tsn_bitmap_free (TsnBitmap *bitmap);

void tsn_bitmap_or (TsnBitmap *bitmap, const TsnBitmap *other);
gboolean tsn_bitmap_equal (const TsnBitmap *a, const TsnBitmap *b);
size_t tsn_bitmap_count (const TsnBitmap *bitmap);

static inline size_t
tsn_bitmap_get_length (const TsnBitmap *bitmap)
{
  return bitmap->stride * bitmap->height;
}

static inline gboolean
tsn_bitmap_get (const TsnBitmap *bitmap, guint x, guint y)
{
  return bitmap->words[y * bitmap->stride + x / 64] >> (x % 64) & 1;
}

static inline void
tsn_bitmap_set (TsnBitmap *bitmap, guint x, guint y)
{
  bitmap->words[y * bitmap->stride + x / 64] |= G_GUINT64_CONSTANT (1) << (x % 64);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnBitmap, tsn_bitmap_free)

G_END_DECLS
