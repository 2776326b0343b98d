/* How the verbs that judge networks print what they found. */
#pragma once

#include "core/evaluation/tsn-report.h"

G_BEGIN_DECLS

/**
 * TsnOutputForm:
 * @csv: comma-separated values
 * @json: JSON
 * @latex: LaTeX for the package booktabs
 * @markdown: Markdown
 *
 * Which form was asked for; none means text for people.
 */
typedef struct
{
  gboolean csv;
  gboolean json;
  gboolean latex;
  gboolean markdown;
} TsnOutputForm;

void tsn_output_form_add_options (TsnOutputForm *form, GOptionContext *context);
gboolean tsn_output_form_is_clear (const TsnOutputForm *form);
TsnTableFormat tsn_output_form_get_table (const TsnOutputForm *form);

void tsn_output_print_table (const TsnTable *table, TsnTableFormat format);
void tsn_output_print_report (const TsnReport *report, const TsnOutputForm *form);
gboolean tsn_output_write_images (const TsnReport *report, const char *path, GError **error);

G_END_DECLS
