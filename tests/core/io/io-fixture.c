#include "tests/core/io/io-fixture.h"

#include "core/base/tsn-error.h"

#include <glib/gstdio.h>
#include <string.h>

void
io_fixture_set_up (IoFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("tsn-io-XXXXXX", &error);
  g_assert_no_error (error);
}

static guint
for_each_file (IoFixture *fixture, int (*func) (const char *path))
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = io_path (fixture, name);

      if (func != NULL)
        g_assert_cmpint (func (path), ==, 0);
      n++;
    }
  return n;
}

void
io_fixture_tear_down (IoFixture *fixture, gconstpointer data)
{
  for_each_file (fixture, g_remove);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

/* Adds a test that gets a scratch folder and @data. */
void
io_fixture_add (const char *name, void (*test) (IoFixture *, gconstpointer), gconstpointer data)
{
  g_test_add (name, IoFixture, data, io_fixture_set_up, test, io_fixture_tear_down);
}

/* Returns: (transfer full): the path of @name in the scratch folder. */
char *
io_path (IoFixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

/* Returns: (transfer full): the path of a new file with these bytes. */
char *
io_write (IoFixture *fixture, const char *name, const void *bytes, size_t n)
{
  g_autoptr (GError) error = NULL;
  char *path = io_path (fixture, name);

  g_file_set_contents (path, n > 0 ? bytes : "", n, &error);
  g_assert_no_error (error);
  return path;
}

guint
io_count_files (IoFixture *fixture)
{
  return for_each_file (fixture, NULL);
}

/* Returns: (transfer full): a file of this header, said to be as long as it is, and of
 * @data_bytes bytes 0, 1, 2 ... */
GByteArray *
io_safetensors (const char *header, size_t data_bytes)
{
  GByteArray *file = g_byte_array_new ();
  guint64 length = GUINT64_TO_LE (strlen (header));

  g_byte_array_append (file, (guint8 *) &length, sizeof length);
  g_byte_array_append (file, (guint8 *) header, strlen (header));
  for (size_t i = 0; i < data_bytes; i++)
    {
      guint8 byte = i & 0xff;

      g_byte_array_append (file, &byte, 1);
    }
  return file;
}

/* Asserts that there is one sentence of libtsn that contains @name and @part, and clears it. */
void
io_assert_error (GError **error, int code, const char *name, const char *part)
{
  g_assert_error (*error, TSN_ERROR, code);
  if (strstr ((*error)->message, name) == NULL || strstr ((*error)->message, part) == NULL)
    g_error ("'%s' should name '%s' and say '%s'", (*error)->message, name, part);
  g_assert_null (strchr ((*error)->message, '\n'));
  g_clear_error (error);
}
