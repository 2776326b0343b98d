#include "core/io/tsn-image-end.h"

#include <string.h>

/* What is left of a file; taking more than there is empties it. */
typedef struct
{
  const guint8 *at;
  size_t left;
} Rest;

static gboolean
skip (Rest *rest, size_t n)
{
  gboolean enough = n <= rest->left;

  n = MIN (n, rest->left);
  rest->at += n;
  rest->left -= n;
  return enough;
}

static guint32
get_be (const guint8 *bytes, guint n)
{
  guint32 value = 0;

  for (guint i = 0; i < n; i++)
    value = value << 8 | bytes[i];
  return value;
}

static guint32
get_le (const guint8 *bytes, guint n)
{
  guint32 value = 0;

  for (guint i = n; i > 0; i--)
    value = value << 8 | bytes[i - 1];
  return value;
}

/* PNG: chunks of length, type, data and checksum, the last of which is IEND. */
static gboolean
skip_png (Rest *rest)
{
  skip (rest, 8);
  while (rest->left >= 12)
    {
      gboolean is_end = memcmp (rest->at + 4, "IEND", 4) == 0;

      if (!skip (rest, 12 + (size_t) get_be (rest->at, 4)))
        return FALSE;
      if (is_end)
        return TRUE;
    }
  return FALSE;
}

/* Moves on to the next marker of a JPEG: 0xff and a byte that is neither filling, nor a stuffed
 * zero, nor a restart marker; those belong to compressed data. */
static gboolean
find_marker (Rest *rest, guint8 *marker)
{
  while (rest->left >= 2)
    {
      guint8 code = rest->at[1];

      if (rest->at[0] == 0xff && code != 0xff && code != 0 && !(code >= 0xd0 && code <= 0xd7))
        {
          *marker = code;
          return skip (rest, 2);
        }
      skip (rest, 1);
    }
  return FALSE;
}

/* JPEG: segments, compressed data after some of them, and an end marker at last. */
static gboolean
skip_jpeg (Rest *rest)
{
  guint8 marker;

  skip (rest, 2);
  while (find_marker (rest, &marker))
    {
      if (marker == 0xd9)
        return TRUE;
      if (rest->left < 2 || !skip (rest, get_be (rest->at, 2)))
        return FALSE;
    }
  return FALSE;
}

/* Sub-blocks of a GIF: a length and as many bytes, until a length of 0. */
static gboolean
skip_blocks (Rest *rest)
{
  while (rest->left > 0)
    {
      guint8 length = rest->at[0];

      if (!skip (rest, 1 + (size_t) length))
        return FALSE;
      if (length == 0)
        return TRUE;
    }
  return FALSE;
}

static size_t
colour_table_bytes (guint8 flags)
{
  return flags & 0x80 ? 3u << ((flags & 7) + 1) : 0;
}

/* One image of a GIF, which has to have pixels. */
static gboolean
skip_gif_image (Rest *rest)
{
  return rest->left >= 10 && get_le (rest->at + 5, 2) > 0 && get_le (rest->at + 7, 2) > 0
         && skip (rest, 11 + colour_table_bytes (rest->at[9])) && skip_blocks (rest);
}

/* GIF: extensions and images; the first image is the one that is looked at. */
static gboolean
skip_gif (Rest *rest)
{
  if (rest->left < 13 || !skip (rest, 13 + colour_table_bytes (rest->at[10])))
    return FALSE;
  while (rest->left > 0)
    {
      if (rest->at[0] == 0x2c)
        return skip_gif_image (rest);
      if (rest->at[0] != 0x21 || !skip (rest, 2) || !skip_blocks (rest))
        return FALSE;
    }
  return FALSE;
}

/* BMP: where rows are not compressed their bytes can be counted. */
static gboolean
skip_bmp (Rest *rest)
{
  guint64 row, height, compression, begin;

  if (rest->left < 26)
    return FALSE;
  if (get_le (rest->at + 14, 4) < 40)
    return skip (rest, rest->left); /* the ancient header, whose fields are elsewhere */
  if (rest->left < 54)
    return FALSE;
  begin = get_le (rest->at + 10, 4);
  row = ((guint64) get_le (rest->at + 18, 4) * get_le (rest->at + 28, 2) + 31) / 32 * 4;
  height = ABS ((gint64) (gint32) get_le (rest->at + 22, 4));
  compression = get_le (rest->at + 30, 4);
  if ((compression == 0 || compression == 3) && height > 0
      && row > (rest->left - MIN (rest->left, begin)) / height)
    return FALSE;
  return skip (rest, rest->left);
}

/**
 * tsn_image_find_end:
 * @bytes: (array length=n): an image file
 * @end: (out): how many of its bytes a loader need see: of an animation, the first frame
 *
 * GdkPixbuf shows what there is of a file that was cut short and says nothing.  This looks for the
 * end of PNG, JPEG, GIF and BMP files; others are left to their loaders.
 *
 * Returns: %FALSE if the end is not there.
 */
gboolean
tsn_image_find_end (const guint8 *bytes, size_t n, size_t *end)
{
  Rest rest = { bytes, n };
  gboolean found;

  if (n >= 8 && memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) == 0)
    found = skip_png (&rest);
  else if (n >= 3 && memcmp (bytes, "\xff\xd8\xff", 3) == 0)
    found = skip_jpeg (&rest);
  else if (n >= 4 && memcmp (bytes, "GIF8", 4) == 0)
    found = skip_gif (&rest);
  else if (n >= 2 && memcmp (bytes, "BM", 2) == 0)
    found = skip_bmp (&rest);
  else
    found = skip (&rest, n);
  *end = n - rest.left;
  return found;
}
