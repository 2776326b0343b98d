#include "app/cli/tsn-progress.h"
#include "app/cli/tsn-verb-data.h"

#include "core/base/tsn-error.h"
#include "core/data/tsn-data-check.h"

#include <string.h>

#define SUMMARY                                                                                    \
  "Reads every photo and label of data sets in the folder, PASCAL_MT or NYUD_MT layout, counts\n"  \
  "and hashes them per split and task, and says what is wrong: missing or unreadable files, "      \
  "labels\n"                                                                                       \
  "of another size than their photo, classes out of range, labels that ignore every pixel, "       \
  "photos\n"                                                                                       \
  "that occur twice.  A folder of data sets stands for all of them.  Exit status 1 if anything "   \
  "is\n"                                                                                           \
  "wrong."

/* How many problems of a data set are printed unless all are wanted. */
#define MAX_PRINTED 20

typedef struct
{
  char **splits;
  char **classes;
  gboolean all;
  GHashTable *n_classes;
  TsnProgress *progress;
  guint shown; /* the last step that the progress bar shows */
} Options;

static void
progress_cb (gpointer data, guint done, guint total)
{
  Options *options = data;
  guint percent = 100 * (guint64) done / total;

  if (percent == options->shown)
    return;
  options->shown = percent;
  tsn_progress_show (options->progress, percent, "checking");
}

static gboolean
parse_classes (Options *options, GError **error)
{
  for (guint i = 0; options->classes != NULL && options->classes[i] != NULL; i++)
    {
      const char *equals = strchr (options->classes[i], '=');
      guint64 n = equals != NULL ? g_ascii_strtoull (equals + 1, NULL, 10) : 0;

      if (n < 2 || n > TSN_MAX_CLASSES)
        {
          g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                       "“%s” should be TASK=N with N from 2 to %u.", options->classes[i],
                       TSN_MAX_CLASSES);
          return FALSE;
        }
      g_hash_table_insert (options->n_classes,
                           g_strndup (options->classes[i], equals - options->classes[i]),
                           GUINT_TO_POINTER ((guint) n));
    }
  return TRUE;
}

static void
print_task (const TsnDataCheckTask *task)
{
  g_print ("    %-12s %6u labels", task->task, task->labels);
  if (task->max_class >= 0)
    g_print ("  classes 0-%-3d", task->max_class);
  else
    g_print ("               ");
  g_print ("  sha256 %.16s", task->sha256);
  if (task->missing > 0)
    g_print ("  %u missing", task->missing);
  if (task->broken > 0)
    g_print ("  %u broken", task->broken);
  g_print ("\n");
}

static void
print_split (const TsnDataCheckSplit *split)
{
  g_print ("  %-14s %6u photos                 sha256 %.16s", split->split, split->photos,
           split->sha256);
  if (split->broken > 0)
    g_print ("  %u broken", split->broken);
  g_print ("\n");
  for (guint i = 0; i < split->tasks->len; i++)
    print_task (g_ptr_array_index (split->tasks, i));
}

static void
print_check (const TsnDataCheck *check, const Options *options)
{
  guint n = options->all ? check->problems->len : MIN (check->problems->len, MAX_PRINTED);

  g_print ("%s (%s layout): %s\n", check->root, check->layout,
           check->problems->len == 0 ? "all is well" : "something is wrong");
  for (guint i = 0; i < check->splits->len; i++)
    print_split (g_ptr_array_index (check->splits, i));
  for (guint i = 0; i < n; i++)
    g_print ("  ! %s\n", (const char *) g_ptr_array_index (check->problems, i));
  if (n < check->problems->len)
    g_print ("  ! ... and %u more; --all prints every one.\n", check->problems->len - n);
}

static gboolean
check_set (const char *root, Options *options, gboolean *clean, GError **error)
{
  TsnDataCheckOptions request = {
    .splits = (const char *const *) options->splits,
    .n_classes = options->n_classes,
    .progress = progress_cb,
    .data = options,
  };
  g_autoptr (TsnDataCheck) check = tsn_data_check (root, &request, error);

  tsn_progress_hide (options->progress);
  if (check == NULL)
    return FALSE;
  print_check (check, options);
  *clean = *clean && check->problems->len == 0;
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The sub-folders of @root that are data sets, in the order of their names. */
static GPtrArray *
list_sets (const char *root)
{
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  GPtrArray *sets = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, name, NULL);

      if (tsn_dataset_layout_detect (path) != NULL)
        g_ptr_array_add (sets, g_steal_pointer (&path));
    }
  g_ptr_array_sort (sets, compare_names);
  return sets;
}

static gboolean
check_folder (const char *root, Options *options, gboolean *clean, GError **error)
{
  g_autoptr (GPtrArray) sets = NULL;

  if (tsn_dataset_layout_detect (root) == NULL)
    sets = list_sets (root);
  if (sets == NULL || sets->len == 0)
    return check_set (root, options, clean, error);
  for (guint i = 0; i < sets->len; i++)
    if (!check_set (g_ptr_array_index (sets, i), options, clean, error))
      return FALSE;
  return TRUE;
}

static TsnExit
check_all (char **folders, Options *options)
{
  g_autoptr (GError) error = NULL;
  gboolean clean = TRUE;

  if (!parse_classes (options, &error))
    return tsn_cli_fail_usage ("%s", error->message);
  for (guint i = 0; folders[i] != NULL; i++)
    if (!check_folder (folders[i], options, &clean, &error))
      return tsn_cli_fail (error);
  return clean ? TSN_EXIT_OK : TSN_EXIT_ERROR;
}

TsnExit
tsn_verb_data_check (char ***args)
{
  Options options = { .shown = G_MAXUINT };
  const GOptionEntry entries[] = {
    { "split", 's', 0, G_OPTION_ARG_STRING_ARRAY, &options.splits,
      "Check this split (several times for several; default: train and val)", "NAME" },
    { "classes", 'c', 0, G_OPTION_ARG_STRING_ARRAY, &options.classes,
      "How many classes a task has, as in semseg=21", "TASK=N" },
    { "all", 'a', 0, G_OPTION_ARG_NONE, &options.all, "Print every problem, not only the first",
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = tsn_cli_options_new ("FOLDER...", SUMMARY, entries);
  g_autoptr (GHashTable) n_classes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (TsnProgress) progress = tsn_progress_new (100);
  g_autoptr (GError) error = NULL;
  TsnExit status;

  options.n_classes = n_classes;
  options.progress = progress;
  if (!g_option_context_parse_strv (context, args, &error))
    status = tsn_cli_fail_usage ("%s", error->message);
  else if ((*args)[1] == NULL)
    status = tsn_cli_fail_usage ("Name the folder of a data set");
  else
    status = check_all (*args + 1, &options);
  g_strfreev (options.splits);
  g_strfreev (options.classes);
  return status;
}
