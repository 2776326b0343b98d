#include "core/capture/tsn-lzw.h"

#include <string.h>

/* Codes have at most 12 bits (GIF89a specification, appendix F). */
#define MAX_CODE 4095

/* A power of two, so large that probing for one of 4096 strings is short. */
#define TABLE_SIZE 16384

/* A string is the code of all but its last index, and that index. */
typedef struct
{
  guint32 string; /* 1 + (code << 8 | index), or 0 where the table is empty */
  guint16 code;
} Entry;

typedef struct
{
  Entry table[TABLE_SIZE];
  GByteArray *out;
  guint32 pending; /* bits that do not fill a byte, the oldest lowest */
  guint n_pending;
  guint clear;   /* the code that empties the table */
  guint n_codes; /* the next free code */
  guint code_size;
} Encoder;

static void
put (Encoder *encoder, guint code)
{
  encoder->pending |= code << encoder->n_pending;
  encoder->n_pending += encoder->code_size;
  while (encoder->n_pending >= 8)
    {
      guint8 byte = encoder->pending & 0xff;

      g_byte_array_append (encoder->out, &byte, 1);
      encoder->pending >>= 8;
      encoder->n_pending -= 8;
    }
}

static void
reset (Encoder *encoder, guint bits)
{
  memset (encoder->table, 0, sizeof encoder->table);
  encoder->n_codes = encoder->clear + 2;
  encoder->code_size = bits + 1;
}

/* Where a string is, or where it would be put. */
static Entry *
find (Encoder *encoder, guint32 string)
{
  guint at = string * 2654435761u >> 18;

  while (encoder->table[at].string != 0 && encoder->table[at].string != string)
    at = (at + 1) % TABLE_SIZE;
  return &encoder->table[at];
}

/**
 * tsn_lzw_encode:
 * @indices: into a palette, each less than 2^@bits
 * @n: at least 1
 * @bits: the "minimum code size", from 2 to 8
 * @out: gets the bytes appended, not divided into blocks
 *
 * Variable-length-code LZW as GIF has it.
 */
void
tsn_lzw_encode (const guint8 *indices, size_t n, guint bits, GByteArray *out)
{
  g_autofree Encoder *encoder = g_new0 (Encoder, 1);
  guint prefix;

  g_return_if_fail (n > 0 && bits >= 2 && bits <= 8);

  encoder->out = out;
  encoder->clear = 1u << bits;
  reset (encoder, bits);
  put (encoder, encoder->clear);
  prefix = indices[0];
  for (size_t i = 1; i < n; i++)
    {
      guint32 string = 1 + (prefix << 8 | indices[i]);
      Entry *entry = find (encoder, string);

      if (entry->string == string)
        {
          prefix = entry->code;
          continue;
        }
      put (encoder, prefix);
      prefix = indices[i];
      if (encoder->n_codes > MAX_CODE)
        {
          put (encoder, encoder->clear);
          reset (encoder, bits);
          continue;
        }
      /* The reader knows a string one code later than the writer does. */
      if (encoder->n_codes == 1u << encoder->code_size)
        encoder->code_size++;
      entry->string = string;
      entry->code = encoder->n_codes++;
    }
  put (encoder, prefix);
  if (encoder->n_codes == 1u << encoder->code_size && encoder->code_size < 12)
    encoder->code_size++;
  put (encoder, encoder->clear + 1);
  if (encoder->n_pending > 0)
    {
      encoder->code_size = 8 - encoder->n_pending;
      put (encoder, 0);
    }
}
