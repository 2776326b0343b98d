#include "core/evaluation/tsn-table.h"

#include <math.h>
#include <string.h>

typedef struct
{
  char *title;
  gboolean number;
} Column;

struct _TsnTable
{
  GArray *columns;  /* of Column */
  GPtrArray *cells; /* of char *, row by row */
  GArray *rules;    /* of guint: rows that a rule is drawn above */
  guint rows;
};

static void
clear_column_cb (gpointer data)
{
  g_free (((Column *) data)->title);
}

TsnTable *
tsn_table_new (void)
{
  TsnTable *table = g_new0 (TsnTable, 1);

  table->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (table->columns, clear_column_cb);
  table->cells = g_ptr_array_new_with_free_func (g_free);
  table->rules = g_array_new (FALSE, FALSE, sizeof (guint));
  return table;
}

void
tsn_table_free (TsnTable *table)
{
  g_array_unref (table->columns);
  g_ptr_array_unref (table->cells);
  g_array_unref (table->rules);
  g_free (table);
}

/**
 * tsn_table_add_column:
 * @number: whether the column holds numbers
 *
 * Adds a column; all of them come before the first row.
 */
void
tsn_table_add_column (TsnTable *table, const char *title, gboolean number)
{
  Column column = { g_strdup (title), number };

  g_return_if_fail (table->rows == 0);

  g_array_append_val (table->columns, column);
}

/**
 * tsn_table_add_row:
 *
 * Begins a row.  Cells that it is not given stay empty.
 */
void
tsn_table_add_row (TsnTable *table)
{
  while (table->cells->len < table->rows * table->columns->len)
    g_ptr_array_add (table->cells, g_strdup (""));
  table->rows++;
}

/**
 * tsn_table_add_rule:
 *
 * Sets the rows that follow apart from those before.
 */
void
tsn_table_add_rule (TsnTable *table)
{
  g_array_append_val (table->rules, table->rows);
}

/**
 * tsn_table_add_cell:
 * @format: as for printf()
 *
 * Fills the next cell of the current row.
 */
void
tsn_table_add_cell (TsnTable *table, const char *format, ...)
{
  va_list args;

  g_return_if_fail (table->cells->len < table->rows * table->columns->len);

  va_start (args, format);
  g_ptr_array_add (table->cells, g_strdup_vprintf (format, args));
  va_end (args);
}

/**
 * tsn_table_add_number:
 *
 * Fills the next cell with a number; one that is not finite leaves it empty.
 */
void
tsn_table_add_number (TsnTable *table, double value, guint decimals)
{
  if (isfinite (value))
    tsn_table_add_cell (table, "%.*f", (int) decimals, value);
  else
    tsn_table_add_cell (table, "%s", "");
}

guint
tsn_table_get_n_rows (const TsnTable *table)
{
  return table->rows;
}

/**
 * tsn_table_get_cell:
 *
 * Returns: the text of a cell.
 */
const char *
tsn_table_get_cell (const TsnTable *table, guint row, guint column)
{
  guint index = row * table->columns->len + column;

  g_return_val_if_fail (row < table->rows && column < table->columns->len, NULL);

  return index < table->cells->len ? g_ptr_array_index (table->cells, index) : "";
}

static const Column *
get_column (const TsnTable *table, guint column)
{
  return &g_array_index (table->columns, Column, column);
}

static gboolean
has_rule (const TsnTable *table, guint row)
{
  for (guint i = 0; i < table->rules->len; i++)
    if (g_array_index (table->rules, guint, i) == row)
      return row > 0;
  return FALSE;
}

static int
column_width (const TsnTable *table, guint column)
{
  glong width = g_utf8_strlen (get_column (table, column)->title, -1);

  for (guint row = 0; row < table->rows; row++)
    width = MAX (width, g_utf8_strlen (tsn_table_get_cell (table, row, column), -1));
  return width;
}

static void
append_padded (GString *text, const char *cell, int width, gboolean right)
{
  int space = width - (int) g_utf8_strlen (cell, -1);

  g_string_append_printf (text, "%*s%s%*s", right ? space : 0, "", cell, right ? 0 : space, "");
}

static void
end_text_line (GString *text)
{
  while (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  g_string_append_c (text, '\n');
}

static void
append_text_row (GString *text, const TsnTable *table, const int *widths, int row)
{
  for (guint c = 0; c < table->columns->len; c++)
    {
      const Column *column = get_column (table, c);

      if (c > 0)
        g_string_append (text, "  ");
      append_padded (text, row < 0 ? column->title : tsn_table_get_cell (table, row, c), widths[c],
                     column->number);
    }
  end_text_line (text);
}

static void
append_text_rule (GString *text, const TsnTable *table, const int *widths)
{
  for (guint c = 0; c < table->columns->len; c++)
    {
      if (c > 0)
        g_string_append (text, "  ");
      for (int i = 0; i < widths[c]; i++)
        g_string_append_c (text, '-');
    }
  g_string_append_c (text, '\n');
}

static void
append_text (GString *text, const TsnTable *table)
{
  g_autofree int *widths = g_new (int, table->columns->len);

  for (guint c = 0; c < table->columns->len; c++)
    widths[c] = column_width (table, c);
  append_text_row (text, table, widths, -1);
  append_text_rule (text, table, widths);
  for (guint row = 0; row < table->rows; row++)
    {
      if (has_rule (table, row))
        append_text_rule (text, table, widths);
      append_text_row (text, table, widths, row);
    }
}

static void
append_csv_cell (GString *text, const char *cell)
{
  if (strpbrk (cell, ",\"\r\n") == NULL)
    {
      g_string_append (text, cell);
      return;
    }
  g_string_append_c (text, '"');
  for (const char *c = cell; *c != '\0'; c++)
    g_string_append (text, *c == '"' ? "\"\"" : (char[]){ *c, '\0' });
  g_string_append_c (text, '"');
}

static void
append_markdown_cell (GString *text, const char *cell)
{
  for (const char *c = cell; *c != '\0'; c++)
    {
      if (strchr ("\\|*_`<[", *c) != NULL)
        g_string_append_c (text, '\\');
      g_string_append_c (text, *c == '\n' || *c == '\r' ? ' ' : *c);
    }
}

/* Whether a hyphen is the sign of a number. */
static gboolean
is_minus (const char *start, const char *at)
{
  return *at == '-' && g_ascii_isdigit (at[1]) && (at == start || at[-1] == ' ');
}

static void
append_latex_cell (GString *text, const char *cell)
{
  const char *start = cell;
  static const struct
  {
    const char *character;
    const char *code;
  } codes[] = {
    { "\\", "\\textbackslash{}" },
    { "~", "\\textasciitilde{}" },
    { "^", "\\textasciicircum{}" },
    { "<", "$<$" },
    { ">", "$>$" },
    { "±", "$\\pm$" },
    { "↑", "$\\uparrow$" },
    { "↓", "$\\downarrow$" },
    { "δ", "$\\delta$" },
    { "°", "$^\\circ$" },
    { "−", "$-$" },
    { "×", "$\\times$" },
    { "Δ", "$\\Delta$" },
  };

  while (*cell != '\0')
    {
      const char *next = g_utf8_next_char (cell);
      g_autofree char *character = g_strndup (cell, next - cell);
      const char *code = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (codes) && code == NULL; i++)
        code = g_str_equal (character, codes[i].character) ? codes[i].code : NULL;
      if (is_minus (start, cell))
        code = "$-$";
      if (code == NULL && strchr ("&%$#_{}", *cell) != NULL)
        g_string_append_c (text, '\\');
      g_string_append (text, code != NULL ? code : character);
      cell = next;
    }
}

typedef void (*AppendCell) (GString *text, const char *cell);

static void
append_joined (
    GString *text, const TsnTable *table, int row, AppendCell append, const char *separator)
{
  for (guint c = 0; c < table->columns->len; c++)
    {
      if (c > 0)
        g_string_append (text, separator);
      append (text, row < 0 ? get_column (table, c)->title : tsn_table_get_cell (table, row, c));
    }
}

static void
append_csv (GString *text, const TsnTable *table)
{
  for (int row = -1; row < (int) table->rows; row++)
    {
      append_joined (text, table, row, append_csv_cell, ",");
      g_string_append (text, "\r\n");
    }
}

static void
append_markdown (GString *text, const TsnTable *table)
{
  for (int row = -1; row < (int) table->rows; row++)
    {
      g_string_append (text, "| ");
      append_joined (text, table, row, append_markdown_cell, " | ");
      g_string_append (text, " |\n");
      for (guint c = 0; row < 0 && c < table->columns->len; c++)
        g_string_append (text, get_column (table, c)->number ? "|---:" : "|---");
      if (row < 0)
        g_string_append (text, "|\n");
    }
}

static void
append_latex (GString *text, const TsnTable *table)
{
  g_string_append (text, "\\begin{tabular}{");
  for (guint c = 0; c < table->columns->len; c++)
    g_string_append_c (text, get_column (table, c)->number ? 'r' : 'l');
  g_string_append (text, "}\n\\toprule\n");
  for (int row = -1; row < (int) table->rows; row++)
    {
      if (row > 0 && has_rule (table, row))
        g_string_append (text, "\\midrule\n");
      append_joined (text, table, row, append_latex_cell, " & ");
      g_string_append (text, row < 0 ? " \\\\\n\\midrule\n" : " \\\\\n");
    }
  g_string_append (text, "\\bottomrule\n\\end{tabular}\n");
}

/**
 * tsn_table_to_string:
 *
 * Returns: (transfer full): the table as text that ends with a line break.
 */
char *
tsn_table_to_string (const TsnTable *table, TsnTableFormat format)
{
  GString *text = g_string_new (NULL);

  switch (format)
    {
    case TSN_TABLE_CSV:
      append_csv (text, table);
      break;
    case TSN_TABLE_MARKDOWN:
      append_markdown (text, table);
      break;
    case TSN_TABLE_LATEX:
      append_latex (text, table);
      break;
    case TSN_TABLE_TEXT:
    default:
      append_text (text, table);
      break;
    }
  return g_string_free (text, FALSE);
}
