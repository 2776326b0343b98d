/* `tsn`: the engine without a screen. */
#include "app/cli/tsn-cli.h"
#include "config.h"

#include <locale.h>
#include <signal.h>

static const TsnVerb verbs[] = {
  { "run", "predict every task of photos and write the results", tsn_verb_run },
  { "train", "train a network on data sets", tsn_verb_train },
  { "info", "say what a model file holds", tsn_verb_info },
  { "params", "count the parameters of the conditioning schemes", tsn_verb_params },
  { "convert", "turn weights of the reference into a model file", tsn_verb_convert },
  { "export", "write a model as an ONNX graph", tsn_verb_export },
  { "data", "check data sets, or draw one", tsn_verb_data },
  { "eval", "judge a model on data sets", tsn_verb_eval },
  { "score", "judge predictions of any origin", tsn_verb_score },
  { "compare", "put results side by side", tsn_verb_compare },
  { "analyze", "draw what a model learned about its tasks", tsn_verb_analyze },
  { "figure", "draw photos and results as a figure of a paper", tsn_verb_figure },
  { "animate", "show a photo on the way from task to task as a film", tsn_verb_animate },
  { "bench", "measure how fast a model runs", tsn_verb_bench },
};

static void
print_help (void)
{
  g_print ("Usage: tsn VERB [OPTION...] ARGUMENT...\n\n"
           "One Task Switching Network does many dense prediction tasks.\n\n"
           "Verbs:\n");
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_print ("  %-10s %s\n", verbs[i].name, verbs[i].summary);
  g_print ("\n`tsn VERB --help` explains a verb, `tsn --version` names the version.\n\n"
           "Exit status: 0 done, 1 something failed, 2 the command line makes no sense,\n"
           "130 interrupted.\n");
}

static TsnExit
run_verb (const TsnVerb *verb, char **args)
{
  g_autofree char *name = g_strdup_printf ("tsn %s", verb->name);
  g_auto (GStrv) rest = g_strdupv (args);

  g_set_prgname (name); /* GOption prints it in the usage line */
  return verb->run (&rest);
}

int
main (int argc, char **argv)
{
  const char *word = argc > 1 ? argv[1] : NULL;

  /* Only the character set: numbers are written the same everywhere. */
  setlocale (LC_CTYPE, "");
  /* A file that may grow no further is an error like a full disk, which leaves no rest behind. */
  signal (SIGXFSZ, SIG_IGN);
  g_set_prgname ("tsn");
  if (word == NULL)
    return tsn_cli_fail_usage ("A verb is needed, such as run");
  if (g_str_equal (word, "--help") || g_str_equal (word, "-h") || g_str_equal (word, "help"))
    {
      print_help ();
      return TSN_EXIT_OK;
    }
  if (g_str_equal (word, "--version"))
    {
      g_print ("tsn %s\n", TSN_VERSION);
      return TSN_EXIT_OK;
    }
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (word, verbs[i].name))
      return run_verb (&verbs[i], argv + 1);
  return tsn_cli_fail_usage ("There is no verb '%s'", word);
}
