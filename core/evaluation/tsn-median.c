#include "core/evaluation/tsn-median.h"

#include "core/base/tsn-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Numbers held in memory unless told otherwise: 64 MB. */
#define DEFAULT_IN_MEMORY (8u * 1024 * 1024)

/* Numbers read from the file at a time. */
#define CHUNK 65536

/* The bits of a number that one pass over all numbers looks at. */
#define DIGIT_BITS 16
#define DIGITS (1u << DIGIT_BITS)

struct _TsnMedian
{
  double *values;
  size_t n_values;
  size_t in_memory;
  FILE *file; /* NULL until memory is full */
  size_t n_file;
};

/**
 * tsn_median_new:
 * @in_memory: how many numbers to hold in memory; 0 for a fair number
 *
 * Returns: (transfer full): a stream without numbers.
 */
TsnMedian *
tsn_median_new (size_t in_memory)
{
  TsnMedian *self = g_new0 (TsnMedian, 1);

  self->in_memory = in_memory > 0 ? in_memory : DEFAULT_IN_MEMORY;
  return self;
}

void
tsn_median_free (TsnMedian *median)
{
  if (median->file != NULL)
    fclose (median->file);
  g_free (median->values);
  g_free (median);
}

/* @format says what cannot be done, and has room for the system's reason. */
static gboolean
fail (const char *format, GError **error)
{
  g_set_error (error, TSN_ERROR, TSN_ERROR_IO, format, g_strerror (errno));
  return FALSE;
}

static gboolean
spill (TsnMedian *self, const double *values, size_t n, GError **error)
{
  if (n == 0)
    return TRUE;
  if (self->file == NULL && (self->file = tmpfile ()) == NULL)
    return fail (_ ("The temporary file of numbers to find the median of cannot be made: %s."),
                 error);
  if (fwrite (values, sizeof *values, n, self->file) != n)
    return fail (_ ("The temporary file of numbers to find the median of cannot be written: %s."),
                 error);
  self->n_file += n;
  return TRUE;
}

/**
 * tsn_median_add:
 * @values: @n numbers, finite and not below 0
 * @error: set to %TSN_ERROR_IO when the temporary file fails
 *
 * Returns: %TRUE when the numbers were taken in.
 */
gboolean
tsn_median_add (TsnMedian *median, const double *values, size_t n, GError **error)
{
  size_t kept = MIN (n, median->in_memory - median->n_values);

  if (kept > 0)
    {
      median->values = g_renew (double, median->values, median->n_values + kept);
      memcpy (median->values + median->n_values, values, kept * sizeof *values);
      median->n_values += kept;
    }
  return spill (median, values + kept, n - kept, error);
}

/**
 * tsn_median_get_count:
 *
 * Returns: how many numbers there are.
 */
size_t
tsn_median_get_count (const TsnMedian *median)
{
  return median->n_values + median->n_file;
}

/* Numbers that are not negative are in the order of their bits. */
static guint64
to_bits (double value)
{
  guint64 bits;

  value += 0.0; /* -0 becomes 0 */
  memcpy (&bits, &value, sizeof bits);
  return bits;
}

/* Adds to @histogram, by their digit at @shift, the numbers whose higher digits are @prefix's. */
static void
count_digits (const double *values, size_t n, guint64 prefix, guint shift, size_t *histogram)
{
  for (size_t i = 0; i < n; i++)
    {
      guint64 bits = to_bits (values[i]) ^ prefix;

      if (shift + DIGIT_BITS == 64 || bits >> (shift + DIGIT_BITS) == 0)
        histogram[bits >> shift & (DIGITS - 1)]++;
    }
}

static gboolean
count_all_digits (TsnMedian *self, guint64 prefix, guint shift, size_t *histogram, GError **error)
{
  g_autofree double *chunk = NULL;

  memset (histogram, 0, DIGITS * sizeof *histogram);
  count_digits (self->values, self->n_values, prefix, shift, histogram);
  if (self->file == NULL)
    return TRUE;
  chunk = g_new (double, CHUNK);
  rewind (self->file);
  for (size_t left = self->n_file; left > 0;)
    {
      size_t n = MIN (left, CHUNK);

      if (fread (chunk, sizeof *chunk, n, self->file) != n)
        return fail (_ ("The temporary file of numbers to find the median of cannot be read: %s."),
                     error);
      count_digits (chunk, n, prefix, shift, histogram);
      left -= n;
    }
  /* Between reading and writing a stream has to be positioned. */
  return fseek (self->file, 0, SEEK_END) == 0
         || fail (
             _ ("The temporary file of numbers to find the median of cannot be positioned: %s."),
             error);
}

/* The number at place @rank in ascending order, a digit a pass from the top. */
static gboolean
select_rank (TsnMedian *self, size_t rank, double *value, GError **error)
{
  g_autofree size_t *histogram = g_new (size_t, DIGITS);
  guint64 prefix = 0;

  for (int shift = 64 - DIGIT_BITS; shift >= 0; shift -= DIGIT_BITS)
    {
      guint64 digit = 0;

      if (!count_all_digits (self, prefix, shift, histogram, error))
        return FALSE;
      while (rank >= histogram[digit])
        rank -= histogram[digit++];
      prefix |= digit << shift;
    }
  memcpy (value, &prefix, sizeof prefix);
  return TRUE;
}

/**
 * tsn_median_result:
 * @result: (out): the number in the middle, or the mean of the two in the middle; NaN of none
 * @error: set to %TSN_ERROR_IO when the temporary file fails
 *
 * Returns: %TRUE when @result is set.
 */
gboolean
tsn_median_result (TsnMedian *median, double *result, GError **error)
{
  size_t n = tsn_median_get_count (median);
  double low, high;

  *result = NAN;
  if (n == 0)
    return TRUE;
  if (!select_rank (median, (n - 1) / 2, &low, error))
    return FALSE;
  high = low;
  if (n % 2 == 0 && !select_rank (median, n / 2, &high, error))
    return FALSE;
  *result = (low + high) / 2;
  return TRUE;
}
