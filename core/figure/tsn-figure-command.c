/* The command line that makes a figure again. */
#include "core/figure/tsn-figure-command.h"

#include "core/figure/tsn-figure-export.h"
#include "core/figure/tsn-record-path.h"
#include "core/figure/tsn-study-record.h"

#include <string.h>

static gboolean
is_plain (const char *text)
{
  static const char plain[]
      = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./,:+=@";

  return text[0] != '\0' && text[0] != '-' && strspn (text, plain) == strlen (text);
}

void
tsn_figure_command_add_word (GString *line, const char *text)
{
  g_autofree char *quoted = is_plain (text) ? g_strdup (text) : g_shell_quote (text);

  g_string_append_printf (line, " %s", quoted);
}

void
tsn_figure_command_add_path (GString *line, const char *path, const char *base)
{
  g_autofree char *relative = tsn_record_path_write (path, base);
  g_autofree char *safe
      = relative[0] == '-' ? g_strconcat ("./", relative, NULL) : g_strdup (relative);

  tsn_figure_command_add_word (line, safe);
}

void
tsn_figure_command_add_number (GString *line, const char *option, double value, double usual)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (value != usual)
    g_string_append_printf (line, " %s %s", option,
                            g_ascii_formatd (digits, sizeof digits, "%.10g", value));
}

static const TsnFigureColumn *
get_column (const TsnFigurePlan *plan, guint index)
{
  return g_ptr_array_index (plan->columns, index);
}

static gboolean
has_column (const TsnFigurePlan *plan, TsnFigureContent content, int model)
{
  for (guint c = 0; c < plan->columns->len; c++)
    if (get_column (plan, c)->content == content
        && (model < 0 || (int) get_column (plan, c)->model == model))
      return TRUE;
  return FALSE;
}

/* The columns that `tsn figure` makes of the options that this plan would need. */
static void
plan_again (const TsnFigurePlan *plan, TsnFigurePlan *again)
{
  gboolean second = has_column (plan, TSN_FIGURE_RESULT, TSN_FIGURE_MODEL_B);

  tsn_figure_plan_add_column (again, TSN_FIGURE_PHOTO, NULL);
  for (guint c = 0; c < plan->columns->len; c++)
    {
      const TsnFigureColumn *column = get_column (plan, c);
      gboolean truth = FALSE;

      if (column->content != TSN_FIGURE_RESULT || column->model != TSN_FIGURE_MODEL_A)
        continue;
      for (guint t = c + 1; t < plan->columns->len; t++)
        truth |= get_column (plan, t)->content == TSN_FIGURE_TRUTH
                 && g_strcmp0 (get_column (plan, t)->task, column->task) == 0;
      tsn_figure_plan_add_comparison (again, column->task, second, truth);
    }
}

static gboolean
is_plain_photo (const TsnFigurePhoto *photo)
{
  const TsnFigurePart *crop = &photo->crop;

  return photo->label == NULL && photo->insets->len == 0 && crop->x == 0 && crop->y == 0
         && crop->width == 1 && crop->height == 1;
}

/* Whether options can say all of it. */
static gboolean
has_options (const TsnStudy *study)
{
  g_auto (TsnStudy) again = { 0 };
  const TsnFigurePlan *plan = &study->figure;

  if (study->isolated->len > 0 || study->hatching || study->model.path == NULL)
    return FALSE;
  for (guint p = 0; p < plan->photos->len; p++)
    if (!is_plain_photo (g_ptr_array_index (plan->photos, p)))
      return FALSE;
  tsn_study_init (&again);
  plan_again (plan, &again.figure);
  g_ptr_array_unref (again.figure.photos);
  again.figure.photos = g_ptr_array_ref (plan->photos);
  again.figure.width = plan->width;
  again.figure.font_size = plan->font_size;
  again.figure.gap = plan->gap;
  again.figure.dpi = plan->dpi;
  again.figure.letters = plan->letters;
  again.figure.labels = plan->labels;
  again.figure.legends = plan->legends;
  again.figure.transposed = plan->transposed;
  again.figure.wrap = plan->wrap;
  return tsn_record_equal (&tsn_figure_plan_record, plan, &again.figure);
}

static void
add_looks (GString *line, const TsnFigurePlan *plan)
{
  static const char *const widths[] = { "one", "two", "slide" };

  g_string_append_printf (line, " --width %s", widths[plan->width]);
  tsn_figure_command_add_number (line, "--font-size", plan->font_size,
                                 tsn_figure_width_get_font_size (plan->width));
  tsn_figure_command_add_number (line, "--gap", plan->gap, 2);
  tsn_figure_command_add_number (line, "--dpi", plan->dpi, 300);
  tsn_figure_command_add_number (line, "--wrap", plan->wrap, 0);
  g_string_append (line, plan->letters ? " --letters" : "");
  g_string_append (line, plan->transposed ? " --transposed" : "");
  g_string_append (line, plan->labels ? "" : " --no-labels");
  g_string_append (line, plan->legends ? "" : " --no-legends");
}

static void
add_content (GString *line, const TsnStudy *study, const char *base)
{
  const TsnFigurePlan *plan = &study->figure;

  g_string_append (line, " --model");
  tsn_figure_command_add_path (line, study->model.path, base);
  if (has_column (plan, TSN_FIGURE_RESULT, TSN_FIGURE_MODEL_B))
    {
      g_string_append (line, " --second");
      tsn_figure_command_add_path (line, study->second.path, base);
    }
  tsn_figure_command_add_number (line, "--size", study->size, 0);
  for (guint c = 0; c < plan->columns->len; c++)
    if (get_column (plan, c)->content == TSN_FIGURE_RESULT
        && get_column (plan, c)->model == TSN_FIGURE_MODEL_A)
      {
        g_string_append (line, " --task");
        tsn_figure_command_add_word (line, get_column (plan, c)->task);
      }
  if (!has_column (plan, TSN_FIGURE_TRUTH, -1))
    g_string_append (line, " --no-truth");
  add_looks (line, plan);
  for (guint p = 0; p < plan->photos->len; p++)
    tsn_figure_command_add_path (
        line, ((TsnFigurePhoto *) g_ptr_array_index (plan->photos, p))->path, base);
}

void
tsn_figure_command_add_hash (GString *line, const TsnStudyModel *model)
{
  g_autofree char *name = NULL;

  if (model->path == NULL || model->sha256 == NULL)
    return;
  name = g_path_get_basename (model->path);
  g_strdelimit (name, "\n\r", ' ');
  g_string_append_printf (line, "  # %s: SHA-256 %s", name, model->sha256);
}

/**
 * tsn_figure_get_command:
 * @study: what the figure shows
 * @base: the folder that paths are relative to, absolute
 * @extension: of the file to make, without the dot
 *
 * The line stands for a shell in the folder @base.  It names everything where options can; else,
 * as for a blend, it starts from the figure's own file (for LaTeX its first picture), which carries
 * the session.  What the models are is a comment behind it.
 *
 * Returns: (transfer full): the line, whatever the name of the figure's file.
 */
char *
tsn_figure_get_command (const TsnStudy *study, const char *base, const char *extension)
{
  GString *line = g_string_new ("tsn figure");
  g_autofree char *dotted = g_strconcat (".", extension, NULL);

  if (has_options (study))
    add_content (line, study, base);
  else
    g_string_append_printf (line, " figure%s",
                            g_str_equal (extension, "tex") ? "-1-1.pdf" : dotted);
  g_string_append_printf (line, " -o figure%s", dotted);
  tsn_figure_command_add_hash (line, &study->model);
  if (has_column (&study->figure, TSN_FIGURE_RESULT, TSN_FIGURE_MODEL_B)
      || has_column (&study->figure, TSN_FIGURE_DIFFERENCE, -1))
    tsn_figure_command_add_hash (line, &study->second);
  return g_string_free (line, FALSE);
}
