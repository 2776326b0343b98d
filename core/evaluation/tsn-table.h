/* Tables of text, written in the form that a reader wants. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnTableFormat:
 * @TSN_TABLE_TEXT: columns of a fixed width, for terminals
 * @TSN_TABLE_CSV: comma-separated values (RFC 4180), the header first
 * @TSN_TABLE_MARKDOWN: a pipe table
 * @TSN_TABLE_LATEX: a tabular environment for the package booktabs
 */
typedef enum
{
  TSN_TABLE_TEXT,
  TSN_TABLE_CSV,
  TSN_TABLE_MARKDOWN,
  TSN_TABLE_LATEX,
} TsnTableFormat;

/**
 * TsnTable:
 *
 * Rows of cells below a header.  Columns of numbers are set flush right.
 */
typedef struct _TsnTable TsnTable;

TsnTable *tsn_table_new (void);
void tsn_table_free (TsnTable *table);

void tsn_table_add_column (TsnTable *table, const char *title, gboolean number);
void tsn_table_add_row (TsnTable *table);
void tsn_table_add_rule (TsnTable *table);
void tsn_table_add_cell (TsnTable *table, const char *format, ...) G_GNUC_PRINTF (2, 3);
void tsn_table_add_number (TsnTable *table, double value, guint decimals);

guint tsn_table_get_n_rows (const TsnTable *table);
const char *tsn_table_get_cell (const TsnTable *table, guint row, guint column);
char *tsn_table_to_string (const TsnTable *table, TsnTableFormat format);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnTable, tsn_table_free)

G_END_DECLS
