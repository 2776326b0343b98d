#include "app/cli/tsn-cli.h"

#include "core/io/tsn-model-file.h"
#include "core/io/tsn-model-metadata.h"

#define SUMMARY                                                                                    \
  "Reads the safetensors file IN, a model file or weights as the reference program writes them,\n"  \
  "and writes the model file OUT, which describes itself completely and is what all other verbs\n"  \
  "read."

/* A model file describes itself; any other has to come from the reference. */
static TsnModel *
load (const char *path, GError **error)
{
  g_autoptr (TsnSafetensors) file = tsn_safetensors_open (path, error);

  if (file == NULL)
    return NULL;
  if (g_strcmp0 (tsn_safetensors_get_metadata (file, "format"), TSN_MODEL_FORMAT) == 0)
    return tsn_model_load (path, error);
  return tsn_model_import_reference (path, error);
}

TsnExit
tsn_verb_convert (char ***args)
{
  gboolean half = FALSE;
  gboolean single = FALSE;
  const GOptionEntry entries[] = {
    { "float16", 0, 0, G_OPTION_ARG_NONE, &half, "Store 16-bit numbers: half the size", NULL },
    { "float32", 0, 0, G_OPTION_ARG_NONE, &single, "Store 32-bit numbers (default)", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = tsn_cli_options_new ("IN OUT", SUMMARY, entries);
  g_autoptr (TsnModel) model = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_option_context_parse_strv (context, args, &error))
    return tsn_cli_fail_usage ("%s", error->message);
  if (g_strv_length (*args) != 3)
    return tsn_cli_fail_usage ("One file to read and one to write are needed");
  if (half && single)
    return tsn_cli_fail_usage ("--float16 and --float32 exclude each other");
  model = load ((*args)[1], &error);
  if (model == NULL
      || !tsn_model_save (model, (*args)[2], half ? TSN_DTYPE_F16 : TSN_DTYPE_F32, &error))
    return tsn_cli_fail (error);
  return TSN_EXIT_OK;
}
