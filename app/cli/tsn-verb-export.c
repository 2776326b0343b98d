#include "app/cli/tsn-cli.h"

#include "core/base/tsn-error.h"
#include "core/io/tsn-model-file.h"
#include "core/io/tsn-onnx.h"

#define SUMMARY                                                                                    \
  "Writes the model file MODEL as the ONNX graph OUT, for ONNX Runtime, Netron and other "         \
  "programs."

#define DESCRIPTION                                                                                \
  "The input 'image' is RGB in [0, 1], batch x 3 x height x width; height and width are any\n"     \
  "multiples of 32.  The graph normalises the image itself.  Each output is named after a task:\n" \
  "batch x channels x height x width, not activated (logits of classes, edges and saliency,\n"     \
  "vectors of any length for normals, metres for depth).\n\n"                                      \
  "  without options  a second input, 'code', switches the task: a vector, of which the\n"         \
  "                   metadata entry 'codes' has one for each task.  Every task's read-out is\n"   \
  "                   an output; the one named after the code's task is its prediction.\n"         \
  "  --task           the task's code is built in: 'image' is the only input, and the task the\n"  \
  "                   only output.\n"                                                              \
  "  --all-tasks      all codes are built in: one encoder, a decoder for each task, and each\n"    \
  "                   output is the prediction of its task.\n\n"                                   \
  "The graph is of operator set 17 and holds 32-bit numbers."

static gboolean
choose_task (TsnOnnxOptions *options, const TsnModel *model, const char *name, GError **error)
{
  int task = tsn_model_find_task (model, name);
  g_autofree char *known = NULL;

  if (task >= 0)
    {
      *options = (TsnOnnxOptions){ TSN_ONNX_ONE_TASK, task };
      return TRUE;
    }
  known = tsn_task_list_names (model->spec.tasks);
  g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT, "The model '%s' has no task '%s', only %s",
               model->name, name, known);
  return FALSE;
}

TsnExit
tsn_verb_export (char ***args)
{
  g_autofree char *task = NULL;
  gboolean all = FALSE;
  const GOptionEntry entries[] = {
    { "task", 't', 0, G_OPTION_ARG_STRING, &task, "Build in the code of this task", "TASK" },
    { "all-tasks", 'a', 0, G_OPTION_ARG_NONE, &all, "Build in the codes of all tasks", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = tsn_cli_options_new ("MODEL OUT", SUMMARY, entries);
  g_autoptr (TsnModel) model = NULL;
  g_autoptr (GError) error = NULL;
  TsnOnnxOptions options = { TSN_ONNX_CODE_INPUT, 0 };

  g_option_context_set_description (context, DESCRIPTION);
  if (!g_option_context_parse_strv (context, args, &error))
    return tsn_cli_fail_usage ("%s", error->message);
  if (g_strv_length (*args) != 3)
    return tsn_cli_fail_usage ("A model file to read and an ONNX file to write are needed");
  if (all && task != NULL)
    return tsn_cli_fail_usage ("--task and --all-tasks exclude each other");
  if (all)
    options.mode = TSN_ONNX_ALL_TASKS;
  model = tsn_model_load ((*args)[1], &error);
  if (model == NULL || (task != NULL && !choose_task (&options, model, task, &error))
      || !tsn_onnx_export (model, &options, (*args)[2], &error))
    return tsn_cli_fail (error);
  return TSN_EXIT_OK;
}
