#include "core/capture/tsn-png-sequence.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "core/base/tsn-error.h"
#include "core/io/tsn-png.h"

/* The keyword of a text chunk that holds an XMP packet (ISO 16684-3). */
#define XMP_KEYWORD "XML:com.adobe.xmp"

struct _TsnPngSequence
{
  char *path;
  char *temporary; /* NULL once it has its name */
  char *comment;   /* or NULL */
  guint n_frames;
};

static gboolean
set_error (GError **error, const char *path, const char *reason)
{
  g_autofree char *name = g_filename_display_name (path);

  return tsn_error_set (error, TSN_ERROR_IO, _ ("Cannot write '%s': %s"), name, reason);
}

/* What is there already is not thrown away for a film. */
static gboolean
check_target (const char *path, GError **error)
{
  g_autoptr (GDir) folder = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return set_error (error, path, _ ("it is not a folder"));
  folder = g_dir_open (path, 0, NULL);
  if (folder != NULL && g_dir_read_name (folder) != NULL)
    return set_error (error, path, _ ("the folder is not empty"));
  return TRUE;
}

static char *
frame_path (const TsnPngSequence *sequence, guint frame)
{
  return g_strdup_printf ("%s" G_DIR_SEPARATOR_S "frame-%05u.png", sequence->temporary, frame);
}

/**
 * tsn_png_sequence_new:
 * @path: the folder to make; it may be there if it is empty
 * @comment: (nullable): an XMP packet for the first file
 * @error: %TSN_ERROR_IO
 *
 * Returns: (transfer full) (nullable): a sequence without frames.
 */
TsnPngSequence *
tsn_png_sequence_new (const char *path, const char *comment, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *temporary = g_build_filename (parent, ".tsn-XXXXXX", NULL);
  TsnPngSequence *sequence;

  if (!check_target (path, error))
    return NULL;
  if (g_mkdtemp_full (temporary, 0777) == NULL)
    {
      set_error (error, path, g_strerror (errno));
      return NULL;
    }
  sequence = g_new0 (TsnPngSequence, 1);
  sequence->path = g_strdup (path);
  sequence->comment = g_strdup (comment);
  sequence->temporary = g_steal_pointer (&temporary);
  return sequence;
}

/* People know the folder by the name that it will have. */
static void
rename_in_error (const TsnPngSequence *sequence, GError **error)
{
  g_autofree char *from = g_filename_display_name (sequence->temporary);
  g_autofree char *to = g_filename_display_name (sequence->path);
  g_autoptr (GString) message = NULL;

  if (error == NULL)
    return;
  message = g_string_new ((*error)->message);
  g_string_replace (message, from, to, 1);
  g_free ((*error)->message);
  (*error)->message = g_string_free (g_steal_pointer (&message), FALSE);
}

/**
 * tsn_png_sequence_write:
 * @error: %TSN_ERROR_IO, such as a full disk
 */
gboolean
tsn_png_sequence_write (TsnPngSequence *sequence, const TsnImage *frame, GError **error)
{
  g_autofree char *path = frame_path (sequence, sequence->n_frames);
  g_autoptr (TsnPngWriter) writer
      = tsn_png_writer_new (path, frame->width, frame->height, TSN_PNG_RGB8, error);

  if (writer != NULL && sequence->comment != NULL && sequence->n_frames == 0)
    tsn_png_writer_set_text (writer, XMP_KEYWORD, sequence->comment);
  if (writer == NULL || !tsn_png_writer_write_rows (writer, frame->pixels, frame->height, error)
      || !tsn_png_writer_finish (writer, error))
    {
      rename_in_error (sequence, error);
      return FALSE;
    }
  sequence->n_frames++;
  return TRUE;
}

/**
 * tsn_png_sequence_finish:
 * @error: %TSN_ERROR_IO: the name has been taken meanwhile
 */
gboolean
tsn_png_sequence_finish (TsnPngSequence *sequence, GError **error)
{
  if (g_rename (sequence->temporary, sequence->path) != 0)
    return set_error (error, sequence->path, g_strerror (errno));
  g_clear_pointer (&sequence->temporary, g_free);
  return TRUE;
}

void
tsn_png_sequence_free (TsnPngSequence *sequence)
{
  if (sequence->temporary != NULL)
    {
      for (guint i = 0; i < sequence->n_frames; i++)
        {
          g_autofree char *path = frame_path (sequence, i);

          g_unlink (path);
        }
      g_rmdir (sequence->temporary);
    }
  g_free (sequence->temporary);
  g_free (sequence->comment);
  g_free (sequence->path);
  g_free (sequence);
}
