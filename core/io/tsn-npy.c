#include "core/io/tsn-npy.h"

#include "core/base/tsn-tensor.h"
#include "core/io/tsn-file-writer.h"

#include <string.h>

/* NumPy aligns the numbers to this. */
#define ALIGNMENT 64

/* The mark, the version and the header's length. */
#define PREAMBLE 10

struct _TsnNpyWriter
{
  TsnFileWriter *file;
  size_t missing; /* numbers still to be written */
};

/* The header is a Python literal, padded with spaces before its end of line. */
static char *
describe (guint rank, const size_t *dim)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "{'descr': '%cf4', 'fortran_order': False, 'shape': (",
                          G_BYTE_ORDER == G_LITTLE_ENDIAN ? '<' : '>');
  for (guint i = 0; i < rank; i++)
    g_string_append_printf (text, "%s%zu", i == 0 ? "" : ", ", dim[i]);
  g_string_append (text, rank == 1 ? ",), }" : "), }");
  while ((PREAMBLE + text->len + 1) % ALIGNMENT != 0)
    g_string_append_c (text, ' ');
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

static gboolean
write_header (TsnFileWriter *file, guint rank, const size_t *dim, GError **error)
{
  g_autofree char *text = describe (rank, dim);
  size_t length = strlen (text);
  const guint8 preamble[PREAMBLE] = { 0x93, 'N', 'U', 'M',           'P',
                                      'Y',  1,   0,   length & 0xff, length >> 8 };

  return tsn_file_writer_write (file, preamble, sizeof preamble, error)
         && tsn_file_writer_write (file, text, length, error);
}

/**
 * tsn_npy_writer_new:
 * @path: the file to make or to replace
 * @rank: number of dimensions, up to %TSN_MAX_RANK
 * @dim: the dimensions, outermost first
 * @error: %TSN_ERROR_IO
 *
 * Returns: (transfer full) (nullable): a writer that waits for the numbers.
 */
TsnNpyWriter *
tsn_npy_writer_new (const char *path, guint rank, const size_t *dim, GError **error)
{
  g_autoptr (TsnFileWriter) file = NULL;
  TsnNpyWriter *writer;
  size_t length;

  g_return_val_if_fail (rank <= TSN_MAX_RANK, NULL);
  g_return_val_if_fail (tsn_shape_length (rank, dim, &length), NULL);

  file = tsn_file_writer_new (path, error);
  if (file == NULL || !write_header (file, rank, dim, error))
    return NULL;
  writer = g_new (TsnNpyWriter, 1);
  writer->file = g_steal_pointer (&file);
  writer->missing = length;
  return writer;
}

/**
 * tsn_npy_writer_write:
 * @values: the next @n numbers in row-major order
 * @n: not more than are missing
 * @error: %TSN_ERROR_IO; the writer is good for nothing then but to be freed
 */
gboolean
tsn_npy_writer_write (TsnNpyWriter *writer, const float *values, size_t n, GError **error)
{
  g_return_val_if_fail (n <= writer->missing, FALSE);

  writer->missing -= n;
  return tsn_file_writer_write (writer->file, values, n * sizeof *values, error);
}

/**
 * tsn_npy_writer_finish:
 * @error: %TSN_ERROR_IO
 *
 * Puts the file, of which all numbers have been written, into its place.
 */
gboolean
tsn_npy_writer_finish (TsnNpyWriter *writer, GError **error)
{
  g_return_val_if_fail (writer->missing == 0, FALSE);

  return tsn_file_writer_finish (writer->file, error);
}

void
tsn_npy_writer_free (TsnNpyWriter *writer)
{
  tsn_file_writer_free (writer->file);
  g_free (writer);
}
