#include "core/base/tsn-error.h"
#include "core/io/tsn-npy.h"
#include "tests/core/io/io-fixture.h"

#include <string.h>

static void
check_file (IoFixture *fixture, guint rank, const size_t *dim, const char *shape, size_t length)
{
  g_autofree char *path = io_path (fixture, "numbers.npy");
  g_autofree char *expected =
      g_strdup_printf ("{'descr': '<f4', 'fortran_order': False, 'shape': %s, }", shape);
  g_autofree float *values = g_new (float, length);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnNpyWriter) writer = tsn_npy_writer_new (path, rank, dim, &error);
  size_t bytes, header;

  g_assert_no_error (error);
  for (size_t i = 0; i < length; i++)
    values[i] = 0.5f + i;
  g_assert_true (tsn_npy_writer_write (writer, values, length / 3, &error));
  g_assert_true (tsn_npy_writer_write (writer, values + length / 3, length - length / 3, &error));
  g_assert_true (tsn_npy_writer_finish (writer, &error));
  g_assert_no_error (error);

  g_assert_true (g_file_get_contents (path, &contents, &bytes, NULL));
  g_assert_cmpmem (contents, 8, "\x93NUMPY\x01\x00", 8);
  header = 10 + (guint8) contents[8] + 256 * (guint8) contents[9];
  g_assert_cmpuint (header % 64, ==, 0);
  g_assert_true (g_str_has_prefix (contents + 10, expected));
  g_assert_cmpint (contents[header - 1], ==, '\n');
  for (size_t i = 10 + strlen (expected); i < header - 1; i++)
    g_assert_cmpint (contents[i], ==, ' ');
  g_assert_cmpmem (contents + header, bytes - header, values, length * sizeof *values);
}

static void
test_shapes (IoFixture *fixture, gconstpointer data)
{
  check_file (fixture, 0, NULL, "()", 1);
  check_file (fixture, 1, (const size_t[]){ 5 }, "(5,)", 5);
  check_file (fixture, 2, (const size_t[]){ 4, 6 }, "(4, 6)", 24);
  check_file (fixture, 3, (const size_t[]){ 3, 1, 70 }, "(3, 1, 70)", 210);
  check_file (fixture, 4, (const size_t[]){ 1, 3, 0, 2 }, "(1, 3, 0, 2)", 0);
}

static void
test_abandoned (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = io_path (fixture, "numbers.npy");
  TsnNpyWriter *writer = tsn_npy_writer_new (path, 1, (const size_t[]){ 2 }, NULL);

  g_assert_true (tsn_npy_writer_write (writer, (const float[]){ 1 }, 1, NULL));
  tsn_npy_writer_free (writer);
  g_assert_cmpuint (io_count_files (fixture), ==, 0);
}

static void
test_nowhere (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = io_path (fixture, "none/numbers.npy");
  g_autoptr (GError) error = NULL;

  g_assert_null (tsn_npy_writer_new (path, 1, (const size_t[]){ 2 }, &error));
  io_assert_error (&error, TSN_ERROR_IO, path, "No such file");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  io_fixture_add ("/io/npy/shapes", test_shapes, NULL);
  io_fixture_add ("/io/npy/abandoned", test_abandoned, NULL);
  io_fixture_add ("/io/npy/nowhere", test_nowhere, NULL);
  return g_test_run ();
}
