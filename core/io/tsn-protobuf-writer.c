#include "core/io/tsn-protobuf-writer.h"

#include <string.h>

/* How a field's value is encoded: the lowest three bits of its tag. */
enum
{
  WIRE_VARINT = 0,
  WIRE_BYTES = 2,
  WIRE_FIXED32 = 5,
};

/* Numbers are converted in pieces of this many. */
#define CHUNK 4096

/* A stretch of the message: bytes of its own, or the numbers of a tensor. */
typedef struct
{
  GByteArray *bytes;
  TsnTensor *tensor;
} Piece;

struct _TsnProtobufWriter
{
  GPtrArray *pieces;
  size_t length;
};

static void
piece_free (Piece *piece)
{
  g_clear_pointer (&piece->bytes, g_byte_array_unref);
  g_clear_pointer (&piece->tensor, tsn_tensor_unref);
  g_free (piece);
}

/**
 * tsn_protobuf_writer_new:
 *
 * Returns: (transfer full): a message without fields.
 */
TsnProtobufWriter *
tsn_protobuf_writer_new (void)
{
  TsnProtobufWriter *writer = g_new0 (TsnProtobufWriter, 1);

  writer->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) piece_free);
  return writer;
}

void
tsn_protobuf_writer_free (TsnProtobufWriter *writer)
{
  g_ptr_array_unref (writer->pieces);
  g_free (writer);
}

static void
append_bytes (TsnProtobufWriter *writer, const void *bytes, size_t n)
{
  guint pieces = writer->pieces->len;
  Piece *last = pieces > 0 ? g_ptr_array_index (writer->pieces, pieces - 1) : NULL;

  if (last == NULL || last->bytes == NULL)
    {
      last = g_new0 (Piece, 1);
      last->bytes = g_byte_array_new ();
      g_ptr_array_add (writer->pieces, last);
    }
  g_byte_array_append (last->bytes, bytes, n);
  writer->length += n;
}

static void
append_tensor (TsnProtobufWriter *writer, TsnTensor *tensor)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->tensor = tsn_tensor_ref (tensor);
  g_ptr_array_add (writer->pieces, piece);
  writer->length += tsn_tensor_length (tensor) * sizeof (float);
}

/* Seven bits a byte, the lowest first; the highest bit says that more follow. */
static void
append_varint (TsnProtobufWriter *writer, guint64 value)
{
  guint8 bytes[10];
  size_t n = 0;

  for (; value >= 0x80; value >>= 7)
    bytes[n++] = 0x80 | (value & 0x7f);
  bytes[n++] = value;
  append_bytes (writer, bytes, n);
}

static void
append_tag (TsnProtobufWriter *writer, guint field, guint wire)
{
  append_varint (writer, (guint64) field << 3 | wire);
}

static void
append_prefix (TsnProtobufWriter *writer, guint field, size_t length)
{
  append_tag (writer, field, WIRE_BYTES);
  append_varint (writer, length);
}

/**
 * tsn_protobuf_writer_add_integer:
 *
 * Adds a field of type int32, int64 or an enumeration.
 */
void
tsn_protobuf_writer_add_integer (TsnProtobufWriter *writer, guint field, gint64 value)
{
  append_tag (writer, field, WIRE_VARINT);
  append_varint (writer, value);
}

void
tsn_protobuf_writer_add_float (TsnProtobufWriter *writer, guint field, float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  bits = GUINT32_TO_LE (bits);
  append_tag (writer, field, WIRE_FIXED32);
  append_bytes (writer, &bits, sizeof bits);
}

void
tsn_protobuf_writer_add_string (TsnProtobufWriter *writer, guint field, const char *text)
{
  append_prefix (writer, field, strlen (text));
  append_bytes (writer, text, strlen (text));
}

/**
 * tsn_protobuf_writer_add_tensor:
 * @tensor: must not change before the message is written
 *
 * Adds a field of type bytes that holds the numbers as little-endian float32.
 */
void
tsn_protobuf_writer_add_tensor (TsnProtobufWriter *writer, guint field, TsnTensor *tensor)
{
  append_prefix (writer, field, tsn_tensor_length (tensor) * sizeof (float));
  append_tensor (writer, tensor);
}

/**
 * tsn_protobuf_writer_take_message:
 * @message: (transfer full): a complete message
 */
void
tsn_protobuf_writer_take_message (TsnProtobufWriter *writer,
                                  guint field,
                                  TsnProtobufWriter *message)
{
  append_prefix (writer, field, message->length);
  for (guint i = 0; i < message->pieces->len; i++)
    {
      const Piece *piece = g_ptr_array_index (message->pieces, i);

      if (piece->bytes != NULL)
        append_bytes (writer, piece->bytes->data, piece->bytes->len);
      else
        append_tensor (writer, piece->tensor);
    }
  tsn_protobuf_writer_free (message);
}

/**
 * tsn_protobuf_writer_get_length:
 *
 * Returns: the number of bytes that the message has by now.
 */
size_t
tsn_protobuf_writer_get_length (const TsnProtobufWriter *writer)
{
  return writer->length;
}

static gboolean
write_tensor (const TsnTensor *tensor, TsnFileWriter *file, GError **error)
{
  size_t length = tsn_tensor_length (tensor);
  guint32 chunk[CHUNK];

  for (size_t i = 0; i < length; i += CHUNK)
    {
      size_t n = MIN (CHUNK, length - i);

      memcpy (chunk, tensor->data + i, n * sizeof *chunk);
      for (size_t j = 0; j < n; j++)
        chunk[j] = GUINT32_TO_LE (chunk[j]);
      if (!tsn_file_writer_write (file, chunk, n * sizeof *chunk, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * tsn_protobuf_writer_write:
 * @error: %TSN_ERROR_IO
 *
 * Writes the message, without a length before it: a file holds one message and ends with it.
 */
gboolean
tsn_protobuf_writer_write (const TsnProtobufWriter *writer, TsnFileWriter *file, GError **error)
{
  for (guint i = 0; i < writer->pieces->len; i++)
    {
      const Piece *piece = g_ptr_array_index (writer->pieces, i);
      gboolean written = piece->bytes != NULL ? tsn_file_writer_write (file, piece->bytes->data,
                                                                       piece->bytes->len, error)
                                              : write_tensor (piece->tensor, file, error);

      if (!written)
        return FALSE;
    }
  return TRUE;
}
