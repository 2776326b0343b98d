#include "core/io/tsn-file-writer.h"

#include "core/base/tsn-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

struct _TsnFileWriter
{
  char *path;
  char *temporary;
  FILE *stream; /* NULL once finished */
};

static gboolean
set_write_error (GError **error, const char *path, const char *reason)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, TSN_ERROR, TSN_ERROR_IO, _ ("Cannot write '%s': %s"), name, reason);
  return FALSE;
}

/* A rename would replace a device or a pipe by a file; that is never what was meant. */
static gboolean
check_target (const char *path, GError **error)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0 || S_ISREG (info.st_mode))
    return TRUE;
  return set_write_error (
      error, path, S_ISDIR (info.st_mode) ? _ ("it is a folder") : _ ("it is not a regular file"));
}

/**
 * tsn_file_writer_new:
 * @path: the file to make or to replace; its folder must exist
 * @error: %TSN_ERROR_IO
 *
 * The file gets the permissions that the process's umask leaves.
 *
 * Returns: (transfer full) (nullable): a writer at position 0.
 */
TsnFileWriter *
tsn_file_writer_new (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *temporary = g_build_filename (folder, ".tsn-XXXXXX", NULL);
  TsnFileWriter *writer;
  int fd;

  if (!check_target (path, error))
    return NULL;
  fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0666);
  if (fd < 0)
    {
      set_write_error (error, path, g_strerror (errno));
      return NULL;
    }
  writer = g_new (TsnFileWriter, 1);
  writer->path = g_strdup (path);
  writer->temporary = g_steal_pointer (&temporary);
  writer->stream = fdopen (fd, "wb");
  g_assert (writer->stream != NULL);
  return writer;
}

/**
 * tsn_file_writer_write:
 * @error: %TSN_ERROR_IO, such as a full disk
 *
 * Appends @n bytes.  After a failure the writer is good for nothing but to be freed.
 */
gboolean
tsn_file_writer_write (TsnFileWriter *writer, const void *bytes, size_t n, GError **error)
{
  g_return_val_if_fail (writer->stream != NULL, FALSE);

  if (n == 0 || fwrite (bytes, 1, n, writer->stream) == n)
    return TRUE;
  return set_write_error (error, writer->path, g_strerror (errno));
}

/**
 * tsn_file_writer_get_temporary:
 *
 * For libraries that open what they write by its name; they close it before
 * tsn_file_writer_finish(), and tsn_file_writer_write() is not called then.
 *
 * Returns: the path of the temporary file.
 */
const char *
tsn_file_writer_get_temporary (TsnFileWriter *writer)
{
  return writer->temporary;
}

/**
 * tsn_file_writer_finish:
 * @error: %TSN_ERROR_IO; the target is as it was before, and nothing is left of the temporary
 *
 * Brings everything to the disk and puts it in the target's place.
 */
gboolean
tsn_file_writer_finish (TsnFileWriter *writer, GError **error)
{
  FILE *stream = g_steal_pointer (&writer->stream);
  int failure = 0;

  g_return_val_if_fail (stream != NULL, FALSE);

  if (fflush (stream) != 0 || fsync (fileno (stream)) != 0)
    failure = errno;
  if (fclose (stream) != 0 && failure == 0)
    failure = errno;
  if (failure == 0 && g_rename (writer->temporary, writer->path) != 0)
    failure = errno;
  if (failure == 0)
    return TRUE;
  g_unlink (writer->temporary);
  return set_write_error (error, writer->path, g_strerror (failure));
}

void
tsn_file_writer_free (TsnFileWriter *writer)
{
  if (writer->stream != NULL)
    {
      fclose (writer->stream);
      g_unlink (writer->temporary);
    }
  g_free (writer->temporary);
  g_free (writer->path);
  g_free (writer);
}
