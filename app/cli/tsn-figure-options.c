#include "app/cli/tsn-figure-options.h"

#include "app/cli/tsn-photo-list.h"
#include "app/cli/tsn-session-file.h"
#include "app/tsn-paths.h"

#include "core/base/tsn-error.h"
#include "core/base/tsn-names.h"

#include <math.h>
#include <string.h>

#define SUMMARY                                                                                    \
  "Draws photos as rows and what one or two models say of them as columns, with labels and\n"      \
  "legends, as a figure of a paper.  SESSION is a .tsnsession file of TSN Studio, or a figure\n"   \
  "(PDF, SVG, PNG) that TSN Studio or `tsn figure` wrote, which is made again; options change\n"   \
  "what it says."

#define DESCRIPTION                                                                                \
  "A photo that is listed in a data set, such as NAME/images/ID.jpg, gets the columns of its\n"    \
  "labels, too.  --inset X,Y,WIDTH,HEIGHT[,CORNER[,SIZE]] shows a part of every picture\n"         \
  "larger: shares of its width and height, top-left, top-right, bottom-left or bottom-right\n"     \
  "(default), and a share of the cell (default 0.45).\n\n"                                         \
  "The file carries the session and the command line that makes it again, with the SHA-256 of\n"   \
  "the models: the same models and photos give the same bytes.  LaTeX gets FILE.tex and one\n"     \
  "PDF file per picture beside it.\n\n"                                                            \
  "Files of --raw, beside FILE and called as it is without its ending: .PHOTO.TASK.png,\n"         \
  ".PHOTO.TASK.raw.png and .PHOTO.TASK.npy as `tsn run --raw` writes them, those of the second\n"  \
  "model .PHOTO.TASK.b.png and so on, and .csv with the shares of classes and the range of\n"      \
  "values."

static const char *const width_words[] = { "one", "two", "slide" };
static const char *const format_words[] = { "pdf", "svg", "png", "tex" };
static const char *const corner_words[]
    = { "top-left", "top-right", "bottom-left", "bottom-right" };

gboolean
tsn_figure_options_parse (TsnFigureOptions *options, char ***args, GError **error)
{
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output, "File to write", "FILE" },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options->format,
      "pdf, svg, png or tex (default: what FILE ends in)", "FORMAT" },
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &options->model, "Model file", "FILE" },
    { "second", '2', 0, G_OPTION_ARG_FILENAME, &options->second,
      "Model file to compare with, such as the TS-IN baseline", "FILE" },
    { "task", 't', 0, G_OPTION_ARG_STRING_ARRAY, &options->tasks,
      "Show this task; may be given several times (default: all tasks)", "TASK" },
    { "photos", 'p', 0, G_OPTION_ARG_FILENAME_ARRAY, &options->photos,
      "A photo, or a folder of photos; may be given several times", "PATH" },
    { "limit", 'n', 0, G_OPTION_ARG_INT, &options->limit,
      "Take at most that many photos of each folder, evenly (default: 6; 0 for all)", "N" },
    { "size", 's', 0, G_OPTION_ARG_INT, &options->size,
      "Shorter side of the networks' input in pixels (default: the models' own)", "N" },
    { "no-truth", 0, 0, G_OPTION_ARG_NONE, &options->no_truth, "Leave labels out", NULL },
    { "width", 'w', 0, G_OPTION_ARG_STRING, &options->width,
      "one column (3.3 in), two columns (6.9 in) or slide (16:9) (default: two)", "WIDTH" },
    { "font-size", 0, 0, G_OPTION_ARG_DOUBLE, &options->font_size,
      "Size of labels in points (default: 8, on a slide 16)", "PT" },
    { "gap", 0, 0, G_OPTION_ARG_DOUBLE, &options->gap,
      "Space between pictures in points (default: 2)", "PT" },
    { "dpi", 0, 0, G_OPTION_ARG_DOUBLE, &options->dpi,
      "Pixels to the inch of a PNG file (default: 300)", "N" },
    { "wrap", 0, 0, G_OPTION_ARG_INT, &options->wrap,
      "Pictures in a line, after which a photo goes on below (default: all)", "N" },
    { "letters", 0, 0, G_OPTION_ARG_NONE, &options->letters, "Mark pictures (a), (b) ...", NULL },
    { "transposed", 0, 0, G_OPTION_ARG_NONE, &options->transposed,
      "Photos side by side, tasks below one another", NULL },
    { "label", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->labels,
      "Label of the first photo, given again of the second, and so on", "TEXT" },
    { "inset", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->insets,
      "Show a part larger (see below); up to four times", "PART" },
    { "no-labels", 0, 0, G_OPTION_ARG_NONE, &options->no_labels,
      "Leave labels of rows and columns out", NULL },
    { "no-legends", 0, 0, G_OPTION_ARG_NONE, &options->no_legends, "Leave legends out", NULL },
    { "raw", 'r', 0, G_OPTION_ARG_NONE, &options->raw, "Write the numbers, too (see below)", NULL },
    { "threads", 0, 0, G_OPTION_ARG_INT, &options->threads,
      "Threads to compute with (default: one per core)", "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->rest, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context
      = tsn_cli_options_new ("[SESSION] [PHOTO...]", SUMMARY, entries);

  *options = (TsnFigureOptions){ .limit = 6, .font_size = -1, .gap = -1, .dpi = -1, .wrap = -1 };
  g_option_context_set_description (context, DESCRIPTION);
  return g_option_context_parse_strv (context, args, error);
}

void
tsn_figure_options_clear (TsnFigureOptions *options)
{
  g_free (options->output);
  g_free (options->format);
  g_free (options->model);
  g_free (options->second);
  g_strfreev (options->tasks);
  g_strfreev (options->photos);
  g_free (options->width);
  g_strfreev (options->labels);
  g_strfreev (options->insets);
  g_strfreev (options->rest);
}

/* Which of the words the figure's format is, or -1. */
static int
find_format (const TsnFigureOptions *options)
{
  const char *dot = strrchr (options->output, '.');
  g_autofree char *word = options->format != NULL ? g_strdup (options->format)
                          : dot != NULL           ? g_ascii_strdown (dot + 1, -1)
                                                  : NULL;
  guint index;

  return tsn_names_find (format_words, G_N_ELEMENTS (format_words), word, &index) ? (int) index
                                                                                  : -1;
}

gboolean
tsn_figure_options_is_latex (const TsnFigureOptions *options)
{
  return find_format (options) == 3;
}

TsnFigureFormat
tsn_figure_options_get_format (const TsnFigureOptions *options)
{
  static const TsnFigureFormat formats[]
      = { TSN_FIGURE_PDF, TSN_FIGURE_SVG, TSN_FIGURE_PNG, TSN_FIGURE_PDF };

  return formats[find_format (options)];
}

static gboolean
is_outside (double value, double low, double high)
{
  return value != -1 && !(value >= low && value <= high);
}

static TsnExit
check_looks (const TsnFigureOptions *options)
{
  guint index;

  if (options->width != NULL
      && !tsn_names_find (width_words, G_N_ELEMENTS (width_words), options->width, &index))
    return tsn_cli_fail_usage ("A width of '%s' is none of one, two, slide", options->width);
  if (is_outside (options->font_size, 4, 48))
    return tsn_cli_fail_usage ("A font size of %g is not in 4 to 48", options->font_size);
  if (is_outside (options->gap, 0, 36))
    return tsn_cli_fail_usage ("A gap of %g is not in 0 to 36", options->gap);
  if (is_outside (options->dpi, 36, 2400))
    return tsn_cli_fail_usage ("%g pixels to the inch are not in 36 to 2400", options->dpi);
  if (is_outside (options->wrap, 0, 200))
    return tsn_cli_fail_usage ("%d pictures in a line are not in 0 to 200", options->wrap);
  if (options->insets != NULL && g_strv_length (options->insets) > 4)
    return tsn_cli_fail_usage ("More than four insets do not fit into a picture");
  return TSN_EXIT_OK;
}

TsnExit
tsn_figure_options_check (const TsnFigureOptions *options)
{
  TsnExit status;

  if (options->rest == NULL && options->photos == NULL)
    return tsn_cli_fail_usage ("A session or a photo is needed");
  if (options->output == NULL)
    return tsn_cli_fail_usage ("A file to write is needed (-o)");
  if (find_format (options) < 0)
    return tsn_cli_fail_usage ("The format of '%s' is none of pdf, svg, png, tex",
                               options->format != NULL ? options->format : options->output);
  status = tsn_cli_check_size (options->size);
  if (status == TSN_EXIT_OK)
    status = tsn_cli_check_limit (options->limit);
  if (status == TSN_EXIT_OK)
    status = tsn_cli_check_threads (options->threads);
  if (status == TSN_EXIT_OK)
    status = check_looks (options);
  return status;
}

static void
add_photo (TsnStudy *study, const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);

  tsn_figure_plan_add_photo (&study->figure, absolute);
}

static gboolean
add_photos (const TsnFigureOptions *options, TsnStudy *study, char *const *plain, GError **error)
{
  if ((plain != NULL && *plain != NULL) || options->photos != NULL)
    g_ptr_array_set_size (study->figure.photos, 0);
  for (; plain != NULL && *plain != NULL; plain++)
    add_photo (study, *plain);
  for (char **path = options->photos; path != NULL && *path != NULL; path++)
    {
      g_auto (GStrv) list = NULL;

      if (!g_file_test (*path, G_FILE_TEST_IS_DIR))
        {
          add_photo (study, *path);
          continue;
        }
      list = tsn_photo_list (*path, options->limit, error);
      if (list == NULL)
        return FALSE;
      for (char **photo = list; *photo != NULL; photo++)
        add_photo (study, *photo);
    }
  return TRUE;
}

static void
set_model (TsnStudyModel *model, const char *path)
{
  g_free (model->path);
  g_clear_pointer (&model->sha256, g_free);
  model->path = g_canonicalize_filename (path, NULL);
}

static gboolean
set_models (const TsnFigureOptions *options, TsnStudy *study, GError **error)
{
  if (options->model != NULL || study->model.path == NULL)
    {
      g_autofree char *path = tsn_paths_find_model (options->model, error);

      if (path == NULL)
        return FALSE;
      set_model (&study->model, path);
    }
  if (options->second != NULL)
    set_model (&study->second, options->second);
  if (options->size > 0)
    study->size = options->size;
  return TRUE;
}

static void
set_looks (const TsnFigureOptions *options, TsnFigurePlan *plan)
{
  guint width;

  if (options->width != NULL
      && tsn_names_find (width_words, G_N_ELEMENTS (width_words), options->width, &width))
    {
      /* The size of fonts goes with the page, unless somebody chose one. */
      if (plan->font_size == tsn_figure_width_get_font_size (plan->width))
        plan->font_size = tsn_figure_width_get_font_size (width);
      plan->width = width;
    }
  plan->font_size = options->font_size != -1 ? options->font_size : plan->font_size;
  plan->gap = options->gap != -1 ? options->gap : plan->gap;
  plan->dpi = options->dpi != -1 ? options->dpi : plan->dpi;
  plan->wrap = options->wrap != -1 ? (guint) options->wrap : plan->wrap;
  plan->letters |= options->letters;
  plan->transposed |= options->transposed;
  plan->labels &= !options->no_labels;
  plan->legends &= !options->no_legends;
}

static gboolean
read_inset (const char *text, TsnFigureInset *inset)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  guint n = g_strv_length (words), corner = TSN_FIGURE_BOTTOM_RIGHT;
  double numbers[4];

  if (n < 4 || n > 6
      || (n > 4 && !tsn_names_find (corner_words, G_N_ELEMENTS (corner_words), words[4], &corner)))
    return FALSE;
  for (guint i = 0; i < 4; i++)
    {
      char *end;

      numbers[i] = g_ascii_strtod (words[i], &end);
      if (end == words[i] || *end != '\0' || !(numbers[i] >= 0 && numbers[i] <= 1))
        return FALSE;
    }
  inset->part = (TsnFigurePart){ numbers[0], numbers[1], numbers[2], numbers[3] };
  inset->corner = corner;
  inset->size = n == 6 ? g_ascii_strtod (words[5], NULL) : 0.45;
  return inset->part.width >= 1e-4 && inset->part.height >= 1e-4
         && inset->part.x + inset->part.width <= 1 && inset->part.y + inset->part.height <= 1
         && inset->size >= 0.1 && inset->size <= 0.9;
}

static gboolean
add_insets (const TsnFigureOptions *options, TsnFigurePhoto *photo, GError **error)
{
  if (options->insets != NULL)
    g_ptr_array_set_size (photo->insets, 0);
  for (char **text = options->insets; text != NULL && *text != NULL; text++)
    {
      TsnFigureInset inset;

      if (!read_inset (*text, &inset))
        {
          g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                       "An inset should be X,Y,WIDTH,HEIGHT[,CORNER[,SIZE]] within the photo, but "
                       "it is '%s'",
                       *text);
          return FALSE;
        }
      tsn_figure_photo_add_inset (photo, &inset.part, inset.corner)->size = inset.size;
    }
  return TRUE;
}

static gboolean
decorate_photos (const TsnFigureOptions *options, TsnFigurePlan *plan, GError **error)
{
  guint n_labels = options->labels != NULL ? g_strv_length (options->labels) : 0;

  for (guint i = 0; i < plan->photos->len; i++)
    {
      TsnFigurePhoto *photo = g_ptr_array_index (plan->photos, i);

      if (i < n_labels)
        {
          g_free (photo->label);
          photo->label = g_strdup (options->labels[i]);
        }
      if (!add_insets (options, photo, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * tsn_figure_options_make_study:
 * @study: an initialised study
 * @error: %TSN_ERROR_IO, %TSN_ERROR_FORMAT, %TSN_ERROR_ARGUMENT
 *
 * Loads the session, if one is given, and changes it as the options say.
 */
gboolean
tsn_figure_options_make_study (const TsnFigureOptions *options, TsnStudy *study, GError **error)
{
  char **plain = options->rest;

  if (plain != NULL && tsn_session_file_is (plain[0]))
    {
      if (!tsn_session_file_load (study, plain[0], error))
        return FALSE;
      plain++;
    }
  if (!add_photos (options, study, plain, error) || !set_models (options, study, error))
    return FALSE;
  set_looks (options, &study->figure);
  return decorate_photos (options, &study->figure, error);
}

/**
 * tsn_figure_options_is_comparison:
 *
 * Returns: whether the columns are those of the qualitative figure of a paper; else they are what
 *   the session says.
 */
gboolean
tsn_figure_options_is_comparison (const TsnFigureOptions *options)
{
  return options->rest == NULL || !tsn_session_file_is (options->rest[0]) || options->tasks != NULL
         || options->second != NULL;
}
