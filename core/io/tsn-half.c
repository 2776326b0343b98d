#include "core/io/tsn-half.h"

#include <string.h>

#define SIGN 0x80000000u
#define INFINITY_BITS 0x7f800000u

static inline guint32
to_bits (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

static inline float
from_bits (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* The exponent of a half, put where a float has its own, is 127 - 15 = 112 too small.  A product
 * mends that, and turns subnormal halves into normal floats on the way; infinities and NaN, which
 * come out as 2^16 and more, get the exponent of all ones back. */
static inline float
half_to_float (guint16 half)
{
  float magnitude = from_bits ((guint32) (half & 0x7fff) << 13) * 0x1p112f;
  guint32 special = magnitude >= 0x1p16f ? INFINITY_BITS : 0;

  return from_bits (to_bits (magnitude) | special | (guint32) (half & 0x8000) << 16);
}

static inline guint16
half_from_float (float value)
{
  guint32 bits = to_bits (value), magnitude = bits & ~SIGN;
  guint16 sign = bits >> 16 & 0x8000;

  if (magnitude > INFINITY_BITS)
    return sign | 0x7e00; /* NaN */
  if (magnitude >= 0x477ff000u)
    return sign | 0x7c00; /* 65520 and more round to infinity */
  if (magnitude < 0x38800000u)
    /* Below 2^-14 a half counts steps of 2^-24, which is what the last place of 0.5 is worth: the
     * sum rounds to them. */
    return sign | (to_bits (from_bits (magnitude) + 0.5f) - to_bits (0.5f));
  magnitude += 0xfff + (magnitude >> 13 & 1);
  return sign | (magnitude - (112u << 23)) >> 13;
}

static inline float
bfloat_to_float (guint16 bfloat)
{
  return from_bits ((guint32) bfloat << 16);
}

static inline guint16
bfloat_from_float (float value)
{
  guint32 bits = to_bits (value);

  if ((bits & ~SIGN) > INFINITY_BITS)
    return bits >> 16 | 0x40; /* rounding could carry a NaN over to infinity */
  return (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
}

/**
 * tsn_half_to_float:
 * @half: bits of an IEEE 754 binary16 number
 *
 * Returns: the same number; exact for subnormals, infinities and NaN too.
 */
float
tsn_half_to_float (guint16 half)
{
  return half_to_float (half);
}

/**
 * tsn_half_from_float:
 *
 * Returns: the bits of the nearest IEEE 754 binary16 number, ties to even; NaN stays a NaN.
 */
guint16
tsn_half_from_float (float value)
{
  return half_from_float (value);
}

/**
 * tsn_bfloat_to_float:
 * @bfloat: bits of a bfloat16 number, the upper half of a float
 */
float
tsn_bfloat_to_float (guint16 bfloat)
{
  return bfloat_to_float (bfloat);
}

/**
 * tsn_bfloat_from_float:
 *
 * Returns: the bits of the nearest bfloat16 number, ties to even; NaN stays a NaN.
 */
guint16
tsn_bfloat_from_float (float value)
{
  return bfloat_from_float (value);
}

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
/* Models are millions of halves, and a person waits for them: four at a time. */
#define LANES 4
typedef guint16 Halves __attribute__ ((vector_size (2 * LANES)));
typedef guint32 Words __attribute__ ((vector_size (4 * LANES)));
typedef float Floats __attribute__ ((vector_size (4 * LANES)));

/* half_to_float() on vectors; returns how many of @n were read. */
static size_t
read_lanes (const guint8 *bytes, float *out, size_t n)
{
  size_t i = 0;

  for (; i + LANES <= n; i += LANES)
    {
      Halves halves;
      Words words;
      Floats magnitude;

      memcpy (&halves, bytes + 2 * i, sizeof halves);
      words = __builtin_convertvector(halves, Words);
      magnitude = (Floats) ((words & 0x7fff) << 13) * 0x1p112f;
      words = (Words) magnitude | ((Words) (magnitude >= 0x1p16f) & INFINITY_BITS)
              | (words & 0x8000) << 16;
      memcpy (out + i, &words, sizeof words);
    }
  return i;
}
#else
static size_t
read_lanes (const guint8 *bytes, float *out, size_t n)
{
  return 0;
}
#endif

/**
 * tsn_half_read:
 * @bytes: @n little-endian halves, at any address
 */
void
tsn_half_read (const guint8 *bytes, float *out, size_t n)
{
  for (size_t i = read_lanes (bytes, out, n); i < n; i++)
    out[i] = half_to_float (bytes[2 * i] | bytes[2 * i + 1] << 8);
}

/**
 * tsn_half_write:
 * @out: room for 2 @n bytes, filled with little-endian halves
 */
void
tsn_half_write (const float *values, guint8 *out, size_t n)
{
  for (size_t i = 0; i < n; i++)
    {
      guint16 half = half_from_float (values[i]);

      out[2 * i] = half & 0xff;
      out[2 * i + 1] = half >> 8;
    }
}

/**
 * tsn_bfloat_read:
 * @bytes: @n little-endian bfloat16 numbers, at any address
 */
void
tsn_bfloat_read (const guint8 *bytes, float *out, size_t n)
{
  for (size_t i = 0; i < n; i++)
    out[i] = bfloat_to_float (bytes[2 * i] | bytes[2 * i + 1] << 8);
}

/**
 * tsn_bfloat_write:
 * @out: room for 2 @n bytes, filled with little-endian bfloat16 numbers
 */
void
tsn_bfloat_write (const float *values, guint8 *out, size_t n)
{
  for (size_t i = 0; i < n; i++)
    {
      guint16 bfloat = bfloat_from_float (values[i]);

      out[2 * i] = bfloat & 0xff;
      out[2 * i + 1] = bfloat >> 8;
    }
}
