#include "core/base/tsn-error.h"
#include "core/io/tsn-file-writer.h"
#include "tests/core/io/io-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static void
assert_contents (const char *path, const char *expected)
{
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, expected);
}

static void
test_appears_when_finished (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = io_write (fixture, "file", "old", 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnFileWriter) writer = tsn_file_writer_new (path, &error);

  g_assert_no_error (error);
  g_assert_true (tsn_file_writer_write (writer, "new ", 4, &error));
  g_assert_true (tsn_file_writer_write (writer, "text", 4, &error));
  assert_contents (path, "old");
  g_assert_true (tsn_file_writer_finish (writer, &error));
  g_assert_no_error (error);
  assert_contents (path, "new text");
  g_assert_cmpuint (io_count_files (fixture), ==, 1);
}

static void
test_abandoned (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = io_write (fixture, "file", "old", 3);
  TsnFileWriter *writer = tsn_file_writer_new (path, NULL);

  g_assert_true (tsn_file_writer_write (writer, "new", 3, NULL));
  g_assert_cmpuint (io_count_files (fixture), ==, 2);
  tsn_file_writer_free (writer);
  g_assert_cmpuint (io_count_files (fixture), ==, 1);
  assert_contents (path, "old");
}

static void
test_umask (IoFixture *fixture, gconstpointer data)
{
  static const mode_t masks[] = { 022, 027, 077, 002 };
  g_autofree char *path = io_path (fixture, "file");

  for (guint i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      mode_t before = umask (masks[i]);
      g_autoptr (TsnFileWriter) writer = tsn_file_writer_new (path, NULL);
      GStatBuf info;

      g_assert_true (tsn_file_writer_finish (writer, NULL));
      umask (before);
      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpuint (info.st_mode & 0777, ==, 0666 & ~masks[i]);
    }
}

static void
test_bad_targets (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *file = io_write (fixture, "file", "old", 3);
  g_autofree char *inside = g_build_filename (file, "inside", NULL);
  g_autofree char *nowhere = io_path (fixture, "no/such/folder");
  g_autoptr (GError) error = NULL;

  g_assert_null (tsn_file_writer_new (inside, &error));
  io_assert_error (&error, TSN_ERROR_IO, inside, "Not a directory");
  g_assert_null (tsn_file_writer_new (nowhere, &error));
  io_assert_error (&error, TSN_ERROR_IO, nowhere, "No such file");
  g_assert_null (tsn_file_writer_new (fixture->folder, &error));
  io_assert_error (&error, TSN_ERROR_IO, fixture->folder, "is a folder");
  g_assert_null (tsn_file_writer_new ("/dev/null", &error));
  io_assert_error (&error, TSN_ERROR_IO, "/dev/null", "not a regular file");
}

static void
test_locked_folder (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = io_path (fixture, "file");
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may write everywhere");
      return;
    }
  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  g_assert_null (tsn_file_writer_new (path, &error));
  io_assert_error (&error, TSN_ERROR_IO, path, "Permission denied");
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
}

/* A limit on the size of files fails as a full disk does: in the midst of a write. */
static void
test_full_disk (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = io_write (fixture, "file", "old", 3);
  g_autofree char *block = g_malloc0 (1 << 20);
  g_autoptr (TsnFileWriter) writer = tsn_file_writer_new (path, NULL);
  g_autoptr (GError) error = NULL;
  struct rlimit before, small;
  gboolean written;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 10000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  written = tsn_file_writer_write (writer, block, 1 << 20, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_false (written);
  io_assert_error (&error, TSN_ERROR_IO, path, "File too large");
  g_clear_pointer (&writer, tsn_file_writer_free);
  assert_contents (path, "old");
  g_assert_cmpuint (io_count_files (fixture), ==, 1);
}

/* A few bytes sit in a buffer until the end; the disk may turn out to be full only then. */
static void
test_full_disk_at_the_end (IoFixture *fixture, gconstpointer data)
{
  g_autofree char *path = io_write (fixture, "file", "old", 3);
  g_autoptr (TsnFileWriter) writer = tsn_file_writer_new (path, NULL);
  g_autoptr (GError) error = NULL;
  struct rlimit before, small;
  gboolean finished;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_true (tsn_file_writer_write (writer, "new text", 8, &error));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 4;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  finished = tsn_file_writer_finish (writer, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_false (finished);
  io_assert_error (&error, TSN_ERROR_IO, path, "File too large");
  assert_contents (path, "old");
  g_assert_cmpuint (io_count_files (fixture), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  io_fixture_add ("/io/file-writer/appears-when-finished", test_appears_when_finished, NULL);
  io_fixture_add ("/io/file-writer/abandoned", test_abandoned, NULL);
  io_fixture_add ("/io/file-writer/umask", test_umask, NULL);
  io_fixture_add ("/io/file-writer/bad-targets", test_bad_targets, NULL);
  io_fixture_add ("/io/file-writer/locked-folder", test_locked_folder, NULL);
  io_fixture_add ("/io/file-writer/full-disk", test_full_disk, NULL);
  io_fixture_add ("/io/file-writer/full-disk-at-the-end", test_full_disk_at_the_end, NULL);
  return g_test_run ();
}
