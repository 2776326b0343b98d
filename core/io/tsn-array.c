#include "core/io/tsn-array.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-half.h"
#include "core/io/tsn-map-file.h"

#include <string.h>

/* The largest array that is taken: 2 GB of doubles. */
#define MAX_VALUES (256u * 1024 * 1024)

/* Magic, version and the length of the header's text. */
#define MAGIC "\x93NUMPY"
#define MAGIC_LENGTH 6

/**
 * tsn_array_new:
 * @rank: 1 to %TSN_MAX_RANK
 * @dim: the dimensions, each at least 1; the caller made sure that they are not too many numbers
 *
 * Returns: (transfer full): an array of zeros.
 */
TsnArray *
tsn_array_new (guint rank, const size_t *dim)
{
  TsnArray *array = g_new (TsnArray, 1);
  size_t length = 1;

  array->rank = rank;
  for (guint i = 0; i < TSN_MAX_RANK; i++)
    {
      array->dim[i] = i < rank ? dim[i] : 1;
      length *= array->dim[i];
    }
  array->values = g_new0 (double, length);
  return array;
}

void
tsn_array_free (TsnArray *array)
{
  g_free (array->values);
  g_free (array);
}

/* What the header of a .npy file says. */
typedef struct
{
  char type; /* 'f', 'i', 'u' or 'b' */
  guint bytes;
  gboolean columns_first;
  guint rank;
  size_t dim[TSN_MAX_RANK];
  size_t length;
  const guint8 *data;
  size_t data_bytes;
} Header;

/* Finds what follows 'KEY': in the dictionary of the header. */
static const char *
find_value (const char *text, const char *key)
{
  g_autofree char *quoted = g_strdup_printf ("'%s'", key);
  const char *at = strstr (text, quoted);

  if (at == NULL)
    return NULL;
  at += strlen (quoted);
  at += strspn (at, " ");
  if (*at != ':')
    return NULL;
  return at + 1 + strspn (at + 1, " ");
}

static gboolean
read_type (const char *text, Header *header)
{
  const char *value = find_value (text, "descr");

  if (value == NULL || value[0] != '\'' || strlen (value) < 5 || value[4] != '\'')
    return FALSE;
  header->type = value[2];
  header->bytes = value[3] - '0';
  if (value[1] != '<' && !(value[1] == '|' && header->bytes == 1))
    return FALSE;
  switch (header->type)
    {
    case 'f':
      return header->bytes == 2 || header->bytes == 4 || header->bytes == 8;
    case 'i':
    case 'u':
      return header->bytes == 1 || header->bytes == 2 || header->bytes == 4 || header->bytes == 8;
    default:
      return header->type == 'b' && header->bytes == 1;
    }
}

static gboolean
read_order (const char *text, Header *header)
{
  const char *value = find_value (text, "fortran_order");

  header->columns_first = value != NULL && g_str_has_prefix (value, "True");
  return header->columns_first || (value != NULL && g_str_has_prefix (value, "False"));
}

static gboolean
read_shape (const char *text, Header *header)
{
  const char *value = find_value (text, "shape");

  if (value == NULL || *value != '(')
    return FALSE;
  header->length = 1;
  for (value++; g_ascii_isdigit (*value); value += strspn (value, ", "))
    {
      char *end;
      guint64 n = g_ascii_strtoull (value, &end, 10);

      if (header->rank == TSN_MAX_RANK || n == 0 || n > MAX_VALUES
          || !g_size_checked_mul (&header->length, header->length, n)
          || header->length > MAX_VALUES)
        return FALSE;
      header->dim[header->rank++] = n;
      value = end;
    }
  return *value == ')' && header->rank > 0;
}

static gboolean
read_header (const guint8 *bytes, size_t n, Header *header)
{
  g_autofree char *text = NULL;
  size_t preamble, length;

  if (n < 12 || memcmp (bytes, MAGIC, MAGIC_LENGTH) != 0 || bytes[6] < 1 || bytes[6] > 3)
    return FALSE;
  preamble = bytes[6] == 1 ? 10 : 12;
  length = bytes[8] | (size_t) bytes[9] << 8;
  if (bytes[6] > 1)
    length |= (size_t) bytes[10] << 16 | (size_t) bytes[11] << 24;
  if (length > n - preamble)
    return FALSE;
  text = g_strndup ((const char *) bytes + preamble, length);
  if (!read_type (text, header) || !read_order (text, header) || !read_shape (text, header))
    return FALSE;
  header->data = bytes + preamble + length;
  header->data_bytes = n - preamble - length;
  return header->data_bytes >= header->length * header->bytes;
}

static double
read_number (const Header *header, size_t i)
{
  const guint8 *at = header->data + i * header->bytes;
  guint64 bits = 0;
  float single;
  double number;

  for (guint b = 0; b < header->bytes; b++)
    bits |= (guint64) at[b] << (8 * b);
  if (header->type == 'u' || header->type == 'b')
    return bits;
  if (header->type == 'i')
    return (double) ((gint64) (bits << (64 - 8 * header->bytes)) >> (64 - 8 * header->bytes));
  if (header->bytes == 2)
    return tsn_half_to_float (bits);
  if (header->bytes == 4)
    {
      memcpy (&single, &(guint32){ bits }, sizeof single);
      return single;
    }
  memcpy (&number, &bits, sizeof number);
  return number;
}

/* Where in a file that stores the first dimension innermost the i-th number in rows lies. */
static size_t
place_in_columns (const Header *header, size_t i)
{
  size_t place = 0;

  for (guint d = header->rank; d-- > 0; i /= header->dim[d])
    {
      size_t stride = 1;

      for (guint e = 0; e < d; e++)
        stride *= header->dim[e];
      place += i % header->dim[d] * stride;
    }
  return place;
}

/**
 * tsn_array_load_npy:
 * @path: of a .npy file (format version 1 to 3) of little-endian floating point numbers of 16, 32
 *   or 64 bits, integers or booleans
 * @error: %TSN_ERROR_IO; %TSN_ERROR_FORMAT when it is another file, has more than four dimensions,
 *   no numbers or too many of them, or ends too early
 *
 * Returns: (transfer full) (nullable): its numbers.
 */
TsnArray *
tsn_array_load_npy (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = tsn_map_file (path, error);
  g_autofree char *name = g_filename_display_name (path);
  Header header = { 0 };
  TsnArray *array;
  const guint8 *data;
  size_t n;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &n);
  if (data == NULL || !read_header (data, n, &header))
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                   "'%s' should be a complete .npy file of up to %u little-endian numbers in up to "
                   "%u dimensions, but it is not",
                   name, MAX_VALUES, TSN_MAX_RANK);
      return NULL;
    }
  array = tsn_array_new (header.rank, header.dim);
  for (size_t i = 0; i < header.length; i++)
    array->values[i]
        = read_number (&header, header.columns_first ? place_in_columns (&header, i) : i);
  return array;
}
