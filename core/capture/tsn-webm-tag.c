#include "core/capture/tsn-webm-tag.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "core/base/tsn-error.h"

/* Identities of elements ("Matroska Media Container Format", RFC 9559). */
#define TAGS 0x1254c367
#define TAG 0x7373
#define TARGETS 0x63c0
#define SIMPLE_TAG 0x67c8
#define TAG_NAME 0x45a3
#define TAG_STRING 0x4487

/* Before the segment stands a short header. */
#define HEAD 256

static void
put_number (GByteArray *out, guint64 number, guint n_bytes)
{
  for (guint i = n_bytes; i-- > 0;)
    {
      guint8 byte = number >> (8 * i);

      g_byte_array_append (out, &byte, 1);
    }
}

/* An element: its identity, its length as a number of eight bytes, what is in it. */
static GByteArray *
new_element (guint32 id, const void *data, size_t length)
{
  GByteArray *out = g_byte_array_new ();

  put_number (out, id, id > 0xffff ? 4 : 2);
  put_number (out, G_GUINT64_CONSTANT (1) << 56 | length, 8);
  if (length > 0)
    g_byte_array_append (out, data, length);
  return out;
}

static GByteArray *
join (guint32 id, GByteArray *first, GByteArray *second)
{
  GByteArray *out;

  g_byte_array_append (first, second->data, second->len);
  out = new_element (id, first->data, first->len);
  g_byte_array_unref (first);
  g_byte_array_unref (second);
  return out;
}

static GByteArray *
make_tags (const char *name, const char *text)
{
  GByteArray *simple = join (SIMPLE_TAG, new_element (TAG_NAME, name, strlen (name)),
                             new_element (TAG_STRING, text, strlen (text)));

  return join (TAGS, join (TAG, new_element (TARGETS, NULL, 0), simple), g_byte_array_new ());
}

/* Where the segment's length stands, a number of eight bytes; 0 if there is none. */
static long
find_length (FILE *file, guint64 *length)
{
  static const guint8 id[] = { 0x18, 0x53, 0x80, 0x67, 0x01 };
  guint8 head[HEAD];
  size_t n = fread (head, 1, sizeof head, file);
  const guint8 *found = memmem (head, n, id, sizeof id);

  if (found == NULL || found + 12 > head + n)
    return 0;
  *length = 0;
  for (guint i = 5; i < 12; i++)
    *length = *length << 8 | found[i];
  return found + 4 - head;
}

static gboolean
write_at (FILE *file, long offset, int whence, const GByteArray *bytes)
{
  return fseek (file, offset, whence) == 0
         && fwrite (bytes->data, 1, bytes->len, file) == bytes->len && fflush (file) == 0;
}

/**
 * tsn_webm_add_tag:
 * @path: a file as GStreamer's webmmux finishes it: one segment, whose length is known
 * @name: of the tag
 * @text: UTF-8 of any length, kept as it is; the muxer's own tags are quoted as in a program's text
 * @error: %TSN_ERROR_IO, in the system's words alone
 *
 * Adds a tag that stands for the whole film behind everything else.
 */
gboolean
tsn_webm_add_tag (const char *path, const char *name, const char *text, GError **error)
{
  g_autoptr (GByteArray) tags = make_tags (name, text), size = g_byte_array_new ();
  FILE *file = fopen (path, "r+b");
  guint64 length;
  long place;
  gboolean ok;

  if (file == NULL)
    return tsn_error_set (error, TSN_ERROR_IO, "%s", g_strerror (errno));
  place = find_length (file, &length);
  if (place == 0)
    {
      fclose (file);
      return tsn_error_set (error, TSN_ERROR_IO, _ ("the muxer left its length open"));
    }
  put_number (size, G_GUINT64_CONSTANT (1) << 56 | (length + tags->len), 8);
  errno = 0;
  ok = write_at (file, 0, SEEK_END, tags) && write_at (file, place, SEEK_SET, size);
  if (!ok)
    tsn_error_set (error, TSN_ERROR_IO, "%s", g_strerror (errno));
  return fclose (file) == 0 && ok;
}
