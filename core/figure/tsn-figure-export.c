#include "core/figure/tsn-figure-export.h"

#include "core/base/tsn-error.h"
#include "core/figure/tsn-figure-xmp.h"
#include "core/io/tsn-map-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
draw_cb (cairo_t *cr, double width, double height, gpointer data)
{
  tsn_figure_grid_draw (data, cr);
}

static char *
folder_of (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);

  return g_path_get_dirname (absolute);
}

/**
 * tsn_figure_export:
 * @path: the file to make or to replace; it appears complete or not at all
 * @error: as by tsn_figure_save() and tsn_study_to_json()
 *
 * Writes a figure with the study that it shows and the command line that makes it again, both with
 * paths relative to the file's folder.  The same study gives the same bytes.
 */
gboolean
tsn_figure_export (const TsnFigureGrid *grid,
                   const char *path,
                   const TsnFigureExport *how,
                   GError **error)
{
  g_autofree char *base = folder_of (path);
  g_autoptr (GError) reason = NULL;
  g_autofree char *session = tsn_study_to_json (how->study, base, &reason);
  g_autofree char *command = NULL;
  TsnFigure figure = { .draw = draw_cb, .data = (gpointer) grid };
  TsnFigureFile file
      = { .format = how->format, .dpi = how->study->figure.dpi, .cancellable = how->cancellable };

  if (session == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT, _ ("'%s' %s"), name, reason->message);
      return FALSE;
    }
  command
      = tsn_figure_get_command (how->study, base, tsn_figure_format_get_extension (how->format));
  file.session = session;
  file.command = command;
  tsn_figure_grid_measure (grid, &figure.width, &figure.height);
  return tsn_figure_save (&figure, path, &file, error);
}

static char *
read_property (const char *path, const char *property, GError **error)
{
  g_autoptr (GBytes) bytes = tsn_map_file (path, error);
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (GError) reason = NULL;
  char *text;

  if (bytes == NULL)
    return NULL;
  text = tsn_figure_xmp_find (bytes, property, &reason);
  if (text == NULL)
    g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT, _ ("'%s' %s"), name, reason->message);
  return text;
}

/**
 * tsn_figure_read_study:
 * @study: an initialised study; replaced if there is no error, else left as it is
 * @path: a PDF, SVG or PNG file that tsn_figure_export() wrote
 * @error: %TSN_ERROR_IO; %TSN_ERROR_FORMAT when the file carries no study or a damaged one
 *
 * Restores what a figure shows.  Programs that change a file keep its metadata, or not.
 */
gboolean
tsn_figure_read_study (TsnStudy *study, const char *path, GError **error)
{
  g_autofree char *text = read_property (path, "session", error);
  g_autofree char *base = folder_of (path);
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (GError) reason = NULL;

  if (text == NULL)
    return FALSE;
  if (tsn_study_from_json (study, text, strlen (text), base, &reason))
    return TRUE;
  /* Translators: a figure, and what is wrong with its session, as "is not complete JSON". */
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT, _ ("The session in '%s' %s"), name,
               reason->message);
  return FALSE;
}

/**
 * tsn_figure_read_command:
 * @path: a PDF, SVG or PNG file that tsn_figure_export() wrote
 * @error: as by tsn_figure_read_study()
 *
 * Returns: (transfer full) (nullable): the command line that makes the figure again.
 */
char *
tsn_figure_read_command (const char *path, GError **error)
{
  return read_property (path, "command", error);
}
