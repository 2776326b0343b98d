#include "app/cli/tsn-cli.h"
#include "app/cli/tsn-verb-data.h"

#include <string.h>

static const TsnVerb verbs[] = {
  { "check", "count, hash and check the photos and labels of data sets", tsn_verb_data_check },
  { "scenes", "draw a data set of labelled living rooms", tsn_verb_data_scenes },
};

static void
print_help (void)
{
  g_print ("Usage:\n  tsn data VERB [OPTION...] FOLDER\n\n"
           "Works on data sets for training and judging.\n\nVerbs:\n");
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_print ("  %-10s %s\n", verbs[i].name, verbs[i].summary);
  g_print ("\n`tsn data VERB --help` explains a verb.\n");
}

TsnExit
tsn_verb_data (char ***args)
{
  const char *word = (*args)[1];

  if (word == NULL)
    return tsn_cli_fail_usage ("A verb is needed, such as check");
  if (g_str_equal (word, "--help") || g_str_equal (word, "-h"))
    {
      print_help ();
      return TSN_EXIT_OK;
    }
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (word, verbs[i].name))
      {
        g_autofree char *name = g_strdup_printf ("tsn data %s", word);
        g_auto (GStrv) rest = g_strdupv (*args + 1);

        g_set_prgname (name);
        return verbs[i].run (&rest);
      }
  return tsn_cli_fail_usage ("There is no verb \"%s\"", word);
}
