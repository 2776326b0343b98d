/* Figures as LaTeX: one file per picture, and the text that puts them together. */
#include "core/figure/tsn-figure-export.h"

#include "core/base/tsn-error.h"
#include "core/figure/tsn-figure-layout.h"
#include "core/io/tsn-file-writer.h"

#include <glib/gstdio.h>
#include <string.h>

/* What is being written. */
typedef struct
{
  const TsnFigureGrid *grid;
  const TsnFigureExport *how;
  char *stem; /* path without the extension */
  char *name; /* of the files, as LaTeX reads it */
  char *command;
  char *session;
  GPtrArray *written;
} Latex;

typedef struct
{
  const TsnFigureGrid *grid;
  guint row;
  guint column;
} CellDrawing;

static void
draw_cell_cb (cairo_t *cr, double width, double height, gpointer data)
{
  const CellDrawing *drawing = data;

  tsn_figure_grid_draw_cell (drawing->grid, drawing->row, drawing->column, cr, width, height);
}

static void
draw_key_cb (cairo_t *cr, double width, double height, gpointer data)
{
  const TsnFigureGrid *grid = data;
  const TsnBox box = { 0, 0, width, height };

  tsn_figure_key_draw (grid, 0.875 * grid->font_size, cr, &box, TRUE);
}

static gboolean
save (const Latex *latex, const TsnFigure *figure, const char *part, GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s-%s.pdf", latex->stem, part);
  const TsnFigureFile file = { .format = TSN_FIGURE_PDF,
                               .command = latex->command,
                               .session = latex->session,
                               .cancellable = latex->how->cancellable };

  if (!tsn_figure_save (figure, path, &file, error))
    return FALSE;
  g_ptr_array_add (latex->written, g_steal_pointer (&path));
  return TRUE;
}

static gboolean
save_cell (const Latex *latex, guint row, guint column, GError **error)
{
  CellDrawing drawing = { latex->grid, row, column };
  TsnFigure figure = { .draw = draw_cell_cb, .data = &drawing };
  g_autofree char *part = g_strdup_printf ("%u-%u", row + 1, column + 1);

  tsn_figure_grid_measure_cell (latex->grid, row, column, &figure.width, &figure.height);
  return save (latex, &figure, part, error);
}

static gboolean
save_key (const Latex *latex, GError **error)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  const TsnBox box = { 0, 0, latex->grid->width, 0 };
  const TsnFigure figure = {
    .width = latex->grid->width,
    .height = tsn_figure_key_draw (latex->grid, 0.875 * latex->grid->font_size, cr, &box, FALSE),
    .draw = draw_key_cb,
    .data = (gpointer) latex->grid,
  };

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return save (latex, &figure, "legend", error);
}

static void
append_escaped (GString *text, const char *plain)
{
  for (const char *c = plain; plain != NULL && *c != '\0'; c++)
    if (strchr ("&%$#_{}", *c) != NULL)
      g_string_append_printf (text, "\\%c", *c);
    else if (*c == '~' || *c == '^')
      g_string_append_printf (text, "\\%c{}", *c);
    else if (*c == '\\')
      g_string_append (text, "\\textbackslash{}");
    else
      g_string_append_c (text, *c == '\n' ? ' ' : *c);
}

static guint
span_of (const TsnFigureGrid *grid, guint first)
{
  guint last = first;

  while (last + 1 < grid->n_columns && grid->columns[first].group != NULL
         && g_strcmp0 (grid->columns[first].group, grid->columns[last + 1].group) == 0)
    last++;
  return last - first + 1;
}

static gboolean
has_rows (const TsnFigureGrid *grid)
{
  for (guint r = 0; r < grid->n_rows; r++)
    if (grid->rows[r].group != NULL || grid->rows[r].label != NULL)
      return TRUE;
  return FALSE;
}

static void
append_groups (const TsnFigureGrid *grid, GString *text, guint before)
{
  g_autoptr (GString) rules = g_string_new (NULL);
  gboolean any = FALSE;
  guint n;

  for (guint c = 0; c < grid->n_columns; c++)
    any |= grid->columns[c].group != NULL;
  if (!any)
    return;
  g_string_append (text, before > 0 ? "    & " : "    ");
  for (guint c = 0; c < grid->n_columns; c += n)
    {
      n = span_of (grid, c);
      g_string_append (text, c > 0 ? " & " : "");
      if (n > 1)
        g_string_append_printf (text, "\\multicolumn{%u}{c}{", n);
      append_escaped (text, grid->columns[c].group);
      g_string_append (text, n > 1 ? "}" : "");
      if (n > 1)
        g_string_append_printf (rules, "\\cmidrule(lr){%u-%u}", c + before + 1, c + before + n);
    }
  g_string_append_printf (text, " \\\\\n%s%s", rules->len > 0 ? "    " : "", rules->str);
  if (rules->len > 0)
    g_string_append_c (text, '\n');
}

static void
append_labels (const TsnFigureGrid *grid, GString *text, guint before)
{
  gboolean any = FALSE;

  for (guint c = 0; c < grid->n_columns; c++)
    any |= grid->columns[c].label != NULL;
  if (!any)
    return;
  g_string_append (text, before > 0 ? "    & " : "    ");
  for (guint c = 0; c < grid->n_columns; c++)
    {
      g_string_append (text, c > 0 ? " & " : "");
      append_escaped (text, grid->columns[c].label);
    }
  g_string_append (text, " \\\\\n");
}

static gboolean
is_empty (const TsnFigureCell *cell)
{
  return cell->picture == NULL && cell->plot == NULL;
}

static void
append_row_heading (const TsnFigureHeading *heading, GString *text)
{
  g_string_append (text, "    \\rotatebox[origin=c]{90}{");
  append_escaped (text, heading->group);
  if (heading->group != NULL && heading->label != NULL)
    g_string_append (text, " ");
  append_escaped (text, heading->label);
  g_string_append (text, "} & ");
}

static void
append_cell (const Latex *latex, GString *text, guint row, guint column)
{
  const TsnFigureCell *cell = tsn_figure_grid_get_cell (latex->grid, row, column);
  double width, height;
  char share[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, column > 0 ? " &\n    " : "");
  if (is_empty (cell))
    return;
  tsn_figure_grid_measure_cell (latex->grid, row, column, &width, &height);
  g_ascii_formatd (share, sizeof share, "%.4f", width / latex->grid->width);
  g_string_append_printf (text, "\\includegraphics[width=%s\\linewidth,valign=m]{%s-%u-%u}", share,
                          latex->name, row + 1, column + 1);
}

static void
append_table (const Latex *latex, GString *text)
{
  const TsnFigureGrid *grid = latex->grid;
  guint before = has_rows (grid) ? 1 : 0;
  char gap[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (gap, sizeof gap, "%.2f", grid->gap / 2);
  g_string_append_printf (text, "  \\setlength{\\tabcolsep}{%spt}\n  \\begin{tabular}{@{}", gap);
  for (guint c = 0; c < grid->n_columns + before; c++)
    g_string_append_c (text, 'c');
  g_string_append (text, "@{}}\n");
  append_groups (grid, text, before);
  append_labels (grid, text, before);
  for (guint r = 0; r < grid->n_rows; r++)
    {
      if (before > 0)
        append_row_heading (&grid->rows[r], text);
      else
        g_string_append (text, "    ");
      for (guint c = 0; c < grid->n_columns; c++)
        append_cell (latex, text, r, c);
      g_ascii_formatd (gap, sizeof gap, "%.2f", grid->gap);
      g_string_append_printf (text, " \\\\[%spt]\n", gap);
    }
  g_string_append (text, "  \\end{tabular}\n");
}

static char *
write_text (const Latex *latex)
{
  GString *text = g_string_new ("% ");
  const char *kind = latex->grid->width > TSN_FIGURE_GRID_ONE ? "figure*" : "figure";

  g_string_append_printf (text, "%s\n", latex->command);
  g_string_append_printf (
      text,
      "%% Needs \\usepackage{graphicx,booktabs} and \\usepackage[export]{adjustbox}.\n"
      "\\begin{%s}[t]\n  \\centering\\footnotesize\n",
      kind);
  append_table (latex, text);
  if (latex->grid->legends->len > 0)
    g_string_append_printf (
        text, "  \\\\[4pt]\n  \\includegraphics[width=\\linewidth]{%s-legend}\n", latex->name);
  g_string_append_printf (text, "  \\caption{}\n  \\label{fig:%s}\n\\end{%s}\n", latex->name, kind);
  return g_string_free (text, FALSE);
}

static gboolean
save_files (const Latex *latex, const char *path, GError **error)
{
  g_autofree char *text = write_text (latex);
  g_autoptr (TsnFileWriter) writer = NULL;

  for (guint r = 0; r < latex->grid->n_rows; r++)
    for (guint c = 0; c < latex->grid->n_columns; c++)
      if (!is_empty (tsn_figure_grid_get_cell (latex->grid, r, c))
          && !save_cell (latex, r, c, error))
        return FALSE;
  if (latex->grid->legends->len > 0 && !save_key (latex, error))
    return FALSE;
  writer = tsn_file_writer_new (path, error);
  if (writer == NULL || !tsn_file_writer_write (writer, text, strlen (text), error)
      || !tsn_file_writer_finish (writer, error))
    return FALSE;
  g_ptr_array_add (latex->written, g_strdup (path));
  return TRUE;
}

/**
 * tsn_figure_export_latex:
 * @path: NAME.tex, to make or to replace
 * @written: (element-type filename): gets the paths of all files
 * @error: as by tsn_figure_export()
 *
 * Writes a figure as a table of pictures for LaTeX, whose labels are text of the paper: NAME.tex,
 * NAME-ROW-COLUMN.pdf for every picture and NAME-legend.pdf.  If one cannot be written, those that
 * were are removed again.
 */
gboolean
tsn_figure_export_latex (const TsnFigureGrid *grid,
                         const char *path,
                         const TsnFigureExport *how,
                         GPtrArray *written,
                         GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *stem = g_strdup (path);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *base = g_path_get_dirname (absolute);
  g_autofree char *session = tsn_study_to_json (how->study, base, error);
  g_autofree char *command = tsn_figure_get_command (how->study, base, "tex");
  Latex latex = { grid, how, stem, name, command, session, written };
  guint before = written->len;

  if (session == NULL)
    return FALSE;
  if (g_str_has_suffix (name, ".tex"))
    {
      name[strlen (name) - strlen (".tex")] = '\0';
      stem[strlen (stem) - strlen (".tex")] = '\0';
    }
  if (save_files (&latex, path, error))
    return TRUE;
  for (guint i = before; i < written->len; i++)
    g_unlink (g_ptr_array_index (written, i));
  g_ptr_array_set_size (written, before);
  return FALSE;
}
