/* Tables in every form. */
#include "core/evaluation/tsn-table.h"

#include <math.h>
#include <string.h>

static TsnTable *
make_table (void)
{
  TsnTable *table = tsn_table_new ();

  tsn_table_add_column (table, "task", FALSE);
  tsn_table_add_column (table, "mIoU (%) ↑", TRUE);
  tsn_table_add_row (table);
  tsn_table_add_cell (table, "human_parts");
  tsn_table_add_number (table, 55.04, 1);
  tsn_table_add_rule (table);
  tsn_table_add_row (table);
  tsn_table_add_cell (table, "a|b, \"c\" & −1");
  tsn_table_add_number (table, NAN, 1);
  tsn_table_add_row (table);
  return table;
}

static void
assert_table (TsnTableFormat format, const char *wanted)
{
  g_autoptr (TsnTable) table = make_table ();
  g_autofree char *text = tsn_table_to_string (table, format);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_text (void)
{
  assert_table (TSN_TABLE_TEXT, "task           mIoU (%) ↑\n"
                                "-------------  ----------\n"
                                "human_parts          55.0\n"
                                "-------------  ----------\n"
                                "a|b, \"c\" & −1\n"
                                "\n");
}

static void
test_csv (void)
{
  assert_table (TSN_TABLE_CSV, "task,mIoU (%) ↑\r\n"
                               "human_parts,55.0\r\n"
                               "\"a|b, \"\"c\"\" & −1\",\r\n"
                               ",\r\n");
}

static void
test_markdown (void)
{
  assert_table (TSN_TABLE_MARKDOWN, "| task | mIoU (%) ↑ |\n"
                                    "|---|---:|\n"
                                    "| human\\_parts | 55.0 |\n"
                                    "| a\\|b, \"c\" & −1 |  |\n"
                                    "|  |  |\n");
}

static void
test_latex (void)
{
  assert_table (TSN_TABLE_LATEX, "\\begin{tabular}{lr}\n"
                                 "\\toprule\n"
                                 "task & mIoU (\\%) $\\uparrow$ \\\\\n"
                                 "\\midrule\n"
                                 "human\\_parts & 55.0 \\\\\n"
                                 "\\midrule\n"
                                 "a|b, \"c\" \\& $-$1 &  \\\\\n"
                                 " &  \\\\\n"
                                 "\\bottomrule\n"
                                 "\\end{tabular}\n");
}

static void
test_signs_in_latex (void)
{
  g_autoptr (TsnTable) table = tsn_table_new ();
  g_autofree char *text = NULL;

  tsn_table_add_column (table, "x", TRUE);
  tsn_table_add_row (table);
  tsn_table_add_cell (table, "-1.5 to -0.5 in ts-in");
  text = tsn_table_to_string (table, TSN_TABLE_LATEX);
  g_assert_nonnull (strstr (text, "$-$1.5 to $-$0.5 in ts-in \\\\\n"));
}

static void
test_cells (void)
{
  g_autoptr (TsnTable) table = make_table ();

  g_assert_cmpuint (tsn_table_get_n_rows (table), ==, 3);
  g_assert_cmpstr (tsn_table_get_cell (table, 0, 1), ==, "55.0");
  g_assert_cmpstr (tsn_table_get_cell (table, 1, 1), ==, "");
  g_assert_cmpstr (tsn_table_get_cell (table, 2, 0), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evaluation/table/text", test_text);
  g_test_add_func ("/evaluation/table/csv", test_csv);
  g_test_add_func ("/evaluation/table/markdown", test_markdown);
  g_test_add_func ("/evaluation/table/latex", test_latex);
  g_test_add_func ("/evaluation/table/signs-in-latex", test_signs_in_latex);
  g_test_add_func ("/evaluation/table/cells", test_cells);
  return g_test_run ();
}
