#include "app/cli/tsn-cli.h"

#include "core/base/tsn-error.h"
#include "core/model/tsn-scheme.h"

#define SUMMARY                                                                                    \
  "Counts the trained parameters of the schemes: TSN, one instance norm per task (ts-in), one\n"   \
  "batch norm per task (ts-bn), batch norm with a task embedding (te-bn), one head or one decoder\n" \
  "per task, one network per task (single-task) and reparameterised convolutions (rcm).\n"         \
  "With --csv for 1 to 10 tasks; those beyond the profile's repeat it."

typedef struct
{
  char *profile;
  int tasks;
  int encoder;
  double width;
  gboolean csv;
} Options;

#define CSV_TASKS 10

static const struct
{
  const char *name;
  TsnTaskList *(*make) (void);
} profiles[] = {
  { "pascal", tsn_task_list_new_pascal },
  { "nyud", tsn_task_list_new_nyud },
  { "everyday", tsn_task_list_new_everyday },
};

static TsnTaskList *
make_tasks (const Options *options, GError **error)
{
  const char *name = options->profile != NULL ? options->profile : "pascal";
  TsnTaskList *tasks = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    if (g_str_equal (name, profiles[i].name))
      tasks = profiles[i].make ();
  if (tasks == NULL)
    g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                 "There is no task profile '%s', only pascal, nyud and everyday", name);
  else if (options->tasks < 0 || (guint) options->tasks > tasks->len)
    {
      g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                   "The task profile %s has %u tasks, so it cannot give the first %d", name,
                   tasks->len, options->tasks);
      g_clear_pointer (&tasks, g_ptr_array_unref);
    }
  else if (options->tasks > 0)
    g_ptr_array_set_size (tasks, options->tasks);
  return tasks;
}

static TsnNetworkSpec
make_spec (const Options *options, TsnTaskList *tasks)
{
  return (TsnNetworkSpec) {
    .depth = options->encoder,
    .width = options->width,
    .code = TSN_CODE_ORTHOGONAL,
    .code_length = TSN_DEFAULT_CODE_LENGTH,
    .tasks = tasks,
  };
}

static gboolean
print_table (const Options *options, TsnTaskList *tasks, GError **error)
{
  const TsnNetworkSpec spec = make_spec (options, tasks);
  g_autoptr (GString) table = g_string_new (NULL);
  g_autofree char *names = tsn_task_list_names (tasks);

  g_string_append_printf (table, "%u tasks: %s\n\n%-13s", tasks->len, names, "scheme");
  for (guint stage = 0; stage < TSN_N_STAGES; stage++)
    g_string_append_printf (table, " %12s", tsn_stage_get_name (stage));
  g_string_append_printf (table, " %12s\n", "total");
  for (guint scheme = 0; scheme < tsn_scheme_get_n (); scheme++)
    {
      TsnCount count;

      if (!tsn_scheme_count (tsn_scheme_get (scheme), &spec, &count, error))
        return FALSE;
      g_string_append_printf (table, "%-13s", tsn_scheme_get (scheme)->name);
      for (guint stage = 0; stage < TSN_N_STAGES; stage++)
        g_string_append_printf (table, " %12" G_GUINT64_FORMAT, count.params[stage]);
      g_string_append_printf (table, " %12" G_GUINT64_FORMAT "\n", count.total_params);
    }
  g_print ("%s", table->str);
  return TRUE;
}

static gboolean
print_csv (const Options *options, const TsnTaskList *profile, GError **error)
{
  g_autoptr (GString) table = g_string_new ("tasks,scheme,encoder,embedding,decoder,total\n");

  for (guint n = 1; n <= CSV_TASKS; n++)
    {
      g_autoptr (GPtrArray) tasks = tsn_task_list_repeat (profile, n);
      const TsnNetworkSpec spec = make_spec (options, tasks);

      for (guint scheme = 0; scheme < tsn_scheme_get_n (); scheme++)
        {
          TsnCount count;

          if (!tsn_scheme_count (tsn_scheme_get (scheme), &spec, &count, error))
            return FALSE;
          g_string_append_printf (table, "%u,%s", n, tsn_scheme_get (scheme)->name);
          for (guint stage = 0; stage < TSN_N_STAGES; stage++)
            g_string_append_printf (table, ",%" G_GUINT64_FORMAT, count.params[stage]);
          g_string_append_printf (table, ",%" G_GUINT64_FORMAT "\n", count.total_params);
        }
    }
  g_print ("%s", table->str);
  return TRUE;
}

TsnExit
tsn_verb_params (char ***args)
{
  Options options = { .encoder = 18, .width = 1 };
  const GOptionEntry entries[] = {
    { "profile", 'p', 0, G_OPTION_ARG_STRING, &options.profile,
      "Whose tasks: pascal (default), nyud or everyday", "NAME" },
    { "tasks", 't', 0, G_OPTION_ARG_INT, &options.tasks,
      "Take only the first N tasks (default: all)", "N" },
    { "encoder", 'e', 0, G_OPTION_ARG_INT, &options.encoder,
      "Depth of the ResNet encoder: 18 (default) or 34", "DEPTH" },
    { "width", 'w', 0, G_OPTION_ARG_DOUBLE, &options.width,
      "Factor on all channel counts (default: 1)", "FACTOR" },
    { "csv", 'c', 0, G_OPTION_ARG_NONE, &options.csv,
      "Print a table of comma-separated values for 1 to 10 tasks", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = tsn_cli_options_new (NULL, SUMMARY, entries);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autofree char *profile = NULL;
  gboolean printed;

  if (!g_option_context_parse_strv (context, args, &error))
    return tsn_cli_fail_usage ("%s", error->message);
  profile = options.profile;
  if (g_strv_length (*args) > 1)
    return tsn_cli_fail_usage ("'%s' is not an option", (*args)[1]);
  tasks = make_tasks (&options, &error);
  if (tasks == NULL)
    return tsn_cli_fail (error);
  printed = options.csv ? print_csv (&options, tasks, &error)
                        : print_table (&options, tasks, &error);
  return printed ? TSN_EXIT_OK : tsn_cli_fail (error);
}
