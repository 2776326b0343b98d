#include "core/training/tsn-event-file.h"

#include "core/base/tsn-error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct _TsnEventFile
{
  char *path;
  FILE *stream;
};

/* Castagnoli's polynomial, bits reversed. */
#define CRC32C_POLYNOMIAL 0x82f63b78u

/**
 * tsn_crc32c:
 *
 * Returns: the CRC-32C (Castagnoli) of @n bytes, bit by bit: events are few and short.
 */
guint32
tsn_crc32c (const guint8 *bytes, size_t n)
{
  guint32 crc = ~0u;

  for (size_t i = 0; i < n; i++)
    {
      crc ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 1 ? crc >> 1 ^ CRC32C_POLYNOMIAL : crc >> 1;
    }
  return ~crc;
}

/* TFRecord's mask, so that the CRC of data that holds CRCs stays a good one. */
static guint32
masked_crc (const guint8 *bytes, size_t n)
{
  guint32 crc = tsn_crc32c (bytes, n);

  return (crc >> 15 | crc << 17) + 0xa282ead8u;
}

/* Fields of a protocol buffer message, appended to bytes. */

enum
{
  WIRE_VARINT = 0,
  WIRE_64_BITS = 1,
  WIRE_BYTES = 2,
  WIRE_32_BITS = 5,
};

static void
put_varint (GByteArray *message, guint64 value)
{
  do
    {
      guint8 byte = (value & 0x7f) | (value > 0x7f ? 0x80 : 0);

      g_byte_array_append (message, &byte, 1);
      value >>= 7;
    }
  while (value > 0);
}

static void
put_key (GByteArray *message, guint field, guint wire)
{
  put_varint (message, field << 3 | wire);
}

static void
put_little_endian (GByteArray *message, guint64 bits, guint bytes)
{
  for (guint i = 0; i < bytes; i++)
    {
      guint8 byte = bits >> (8 * i);

      g_byte_array_append (message, &byte, 1);
    }
}

static void
put_double (GByteArray *message, guint field, double value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  put_key (message, field, WIRE_64_BITS);
  put_little_endian (message, bits, 8);
}

static void
put_float (GByteArray *message, guint field, float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  put_key (message, field, WIRE_32_BITS);
  put_little_endian (message, bits, 4);
}

static void
put_bytes (GByteArray *message, guint field, const void *bytes, size_t n)
{
  put_key (message, field, WIRE_BYTES);
  put_varint (message, n);
  g_byte_array_append (message, bytes, n);
}

/* Fields of TensorFlow's Event, Summary and SessionLog. */
enum
{
  EVENT_WALL_TIME = 1,
  EVENT_STEP = 2,
  EVENT_FILE_VERSION = 3,
  EVENT_SUMMARY = 5,
  EVENT_SESSION_LOG = 7,
  SUMMARY_VALUE = 1,
  VALUE_TAG = 1,
  VALUE_SIMPLE_VALUE = 2,
  SESSION_LOG_STATUS = 1,
};

#define SESSION_START 1

static GByteArray *
new_event (guint64 step)
{
  GByteArray *event = g_byte_array_new ();

  put_double (event, EVENT_WALL_TIME, g_get_real_time () / 1e6);
  put_key (event, EVENT_STEP, WIRE_VARINT);
  put_varint (event, step);
  return event;
}

static gboolean
fail (TsnEventFile *file, GError **error)
{
  int code = errno;
  g_autofree char *name = g_filename_display_name (file->path);

  g_set_error (error, TSN_ERROR, TSN_ERROR_IO, "Cannot write '%s': %s", name, g_strerror (code));
  return FALSE;
}

static gboolean
write_event (TsnEventFile *file, const GByteArray *event, GError **error)
{
  g_autoptr (GByteArray) record = g_byte_array_new ();

  put_little_endian (record, event->len, 8);
  put_little_endian (record, masked_crc (record->data, 8), 4);
  g_byte_array_append (record, event->data, event->len);
  put_little_endian (record, masked_crc (event->data, event->len), 4);
  if (fwrite (record->data, 1, record->len, file->stream) == record->len)
    return TRUE;
  return fail (file, error);
}

static gboolean
write_opening (TsnEventFile *file, guint64 first_step, GError **error)
{
  g_autoptr (GByteArray) version = new_event (0), start = new_event (first_step);
  const guint8 status[] = { SESSION_LOG_STATUS << 3 | WIRE_VARINT, SESSION_START };

  put_bytes (version, EVENT_FILE_VERSION, "brain.Event:2", strlen ("brain.Event:2"));
  put_bytes (start, EVENT_SESSION_LOG, status, sizeof status);
  return write_event (file, version, error) && write_event (file, start, error);
}

/* A name in @folder that no file has: a resumed run adds a file of its own. */
static char *
find_path (const char *folder)
{
  for (guint i = 0;; i++)
    {
      g_autofree char *name = g_strdup_printf ("events.out.tfevents.%010u.tsn", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

/**
 * tsn_event_file_new:
 * @folder: where the file goes, beside those of earlier sessions of the same run
 * @first_step: TensorBoard forgets what earlier files say of this step and later ones
 * @error: %TSN_ERROR_IO
 *
 * Returns: (transfer full) (nullable): a new event file.
 */
TsnEventFile *
tsn_event_file_new (const char *folder, guint64 first_step, GError **error)
{
  g_autoptr (TsnEventFile) file = g_new0 (TsnEventFile, 1);

  file->path = find_path (folder);
  file->stream = fopen (file->path, "wbxe");
  if (file->stream == NULL)
    {
      fail (file, error);
      return NULL;
    }
  return write_opening (file, first_step, error) ? g_steal_pointer (&file) : NULL;
}

void
tsn_event_file_free (TsnEventFile *file)
{
  if (file->stream != NULL)
    fclose (file->stream);
  g_free (file->path);
  g_free (file);
}

/**
 * tsn_event_file_add:
 * @tag: name of the curve, such as "loss/depth"
 *
 * Appends one point of a curve.
 */
gboolean
tsn_event_file_add (TsnEventFile *file, guint64 step, const char *tag, double value, GError **error)
{
  g_autoptr (GByteArray) event = new_event (step), summary = g_byte_array_new ();
  g_autoptr (GByteArray) scalar = g_byte_array_new ();

  put_bytes (scalar, VALUE_TAG, tag, strlen (tag));
  put_float (scalar, VALUE_SIMPLE_VALUE, value);
  put_bytes (summary, SUMMARY_VALUE, scalar->data, scalar->len);
  put_bytes (event, EVENT_SUMMARY, summary->data, summary->len);
  return write_event (file, event, error);
}

/**
 * tsn_event_file_flush:
 *
 * Hands everything to the system, for TensorBoard to see.
 */
gboolean
tsn_event_file_flush (TsnEventFile *file, GError **error)
{
  return fflush (file->stream) == 0 || fail (file, error);
}
