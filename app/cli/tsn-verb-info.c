#include "app/cli/tsn-cli.h"
#include "app/tsn-paths.h"

#include "core/inference/tsn-session.h"
#include "core/io/tsn-model-file.h"
#include "core/model/tsn-count.h"

#include <json-glib/json-glib.h>
#include <math.h>

#define SUMMARY                                                                                    \
  "Says what a model file holds: its tasks and their classes, the network, its parameters per\n"   \
  "stage, the input it prefers and where its weights come from.  Without MODEL: the default one."

static void
print_tasks (const TsnModel *model)
{
  g_print ("Tasks\n");
  for (guint i = 0; i < tsn_model_get_n_tasks (model); i++)
    {
      const TsnTask *task = tsn_model_get_task (model, i);

      g_print ("  %-12s %s: %s, %u channel%s", task->name, task->title,
               tsn_task_kind_get_name (task->kind), task->channels, task->channels == 1 ? "" : "s");
      if (task->unit != NULL)
        g_print (", in %s", task->unit);
      g_print ("\n");
      if (task->class_names != NULL)
        {
          g_autofree char *names = g_strjoinv (", ", task->class_names);

          g_print ("  %-12s   %s\n", "", names);
        }
    }
}

static void
print_network (const TsnModel *model)
{
  const TsnNetworkSpec *spec = &model->spec;

  g_print ("Network\n");
  g_print ("  conditioning %s\n", tsn_conditioning_get_name (spec->conditioning));
  g_print ("  encoder      ResNet-%u\n", spec->depth);
  g_print ("  width        %g\n", spec->width);
  if (tsn_conditioning_has_embedding (spec->conditioning))
    g_print ("  code         %s, %u a task, %u in all\n", tsn_code_kind_get_name (spec->code),
             spec->code_length, tsn_model_get_code_length (model));
  g_print ("  input        shorter side %u pixels, mean %g %g %g, deviation %g %g %g\n",
           model->size, model->mean[0], model->mean[1], model->mean[2], model->std[0],
           model->std[1], model->std[2]);
}

static void
print_parameters (const TsnModel *model)
{
  TsnCount count;

  tsn_count_params (model->graph, &count);
  g_print ("Parameters\n");
  for (guint stage = 0; stage < TSN_N_STAGES; stage++)
    g_print ("  %-12s %12" G_GUINT64_FORMAT "\n", tsn_stage_get_name (stage), count.params[stage]);
  g_print ("  %-12s %12" G_GUINT64_FORMAT "\n", "total", count.total_params);
}

static void
print_text (const TsnModel *model, const char *path)
{
  g_autofree char *display = g_filename_display_name (path);

  g_print ("%s\n", display);
  if (model->named)
    g_print ("Name\n  %s\n", model->name);
  print_tasks (model);
  print_network (model);
  print_parameters (model);
  if (model->provenance != NULL)
    g_print ("Provenance\n  %s\n", model->provenance);
}

static void
build_member (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
build_number (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
build_vector (JsonBuilder *builder, const char *name, const float vector[3])
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < 3; i++) /* rounded: 0.485, not the float next to it */
    json_builder_add_double_value (builder, round (vector[i] * 1e6) / 1e6);
  json_builder_end_array (builder);
}

static void
build_task (JsonBuilder *builder, const TsnTask *task)
{
  json_builder_begin_object (builder);
  build_member (builder, "name", task->name);
  build_member (builder, "title", task->title);
  build_member (builder, "kind", tsn_task_kind_get_name (task->kind));
  build_number (builder, "channels", task->channels);
  if (task->unit != NULL)
    build_member (builder, "unit", task->unit);
  if (task->class_names != NULL)
    {
      json_builder_set_member_name (builder, "classes");
      json_builder_begin_array (builder);
      for (guint c = 0; c < task->channels; c++)
        {
          g_autofree char *colour = g_strdup_printf ("#%06x", task->colours[c]);

          json_builder_begin_object (builder);
          build_member (builder, "name", task->class_names[c]);
          build_member (builder, "colour", colour);
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

static void
build_network (JsonBuilder *builder, const TsnModel *model)
{
  const TsnNetworkSpec *spec = &model->spec;

  build_member (builder, "conditioning", tsn_conditioning_get_name (spec->conditioning));
  build_number (builder, "encoder", spec->depth);
  json_builder_set_member_name (builder, "width");
  json_builder_add_double_value (builder, spec->width);
  if (tsn_conditioning_has_embedding (spec->conditioning))
    {
      build_member (builder, "code", tsn_code_kind_get_name (spec->code));
      build_number (builder, "code_length", spec->code_length);
      build_number (builder, "code_dimensions", tsn_model_get_code_length (model));
    }
  build_number (builder, "size", model->size);
  build_vector (builder, "mean", model->mean);
  build_vector (builder, "std", model->std);
}

static void
build_parameters (JsonBuilder *builder, const TsnModel *model)
{
  TsnCount count;

  tsn_count_params (model->graph, &count);
  json_builder_set_member_name (builder, "parameters");
  json_builder_begin_object (builder);
  for (guint stage = 0; stage < TSN_N_STAGES; stage++)
    build_number (builder, tsn_stage_get_name (stage), count.params[stage]);
  build_number (builder, "total", count.total_params);
  json_builder_end_object (builder);
}

/* What an input of @size x @size pixels takes; planned, not measured: nothing is run. */
typedef struct
{
  guint size;
  guint threads;
  size_t weights;
  size_t activations;
} Memory;

static Memory
plan_memory (TsnModel *model, guint size)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (0);
  g_autoptr (TsnSession) session = tsn_session_new (model, pool);

  return (Memory){ .size = size,
                   .threads = tsn_pool_get_threads (pool),
                   .weights = tsn_session_get_weight_bytes (session),
                   .activations = tsn_session_get_bytes (session, size, size) };
}

static void
print_memory (const Memory *memory)
{
  g_autofree char *activations = g_format_size (memory->activations);
  g_autofree char *weights = g_format_size (memory->weights);

  g_print ("Memory for an input of %u x %u, %u thread%s\n", memory->size, memory->size,
           memory->threads, memory->threads == 1 ? "" : "s");
  g_print ("  %-12s %12s\n", "weights", weights);
  g_print ("  %-12s %12s\n", "activations", activations);
}

static void
build_memory (JsonBuilder *builder, const Memory *memory)
{
  json_builder_set_member_name (builder, "memory");
  json_builder_begin_object (builder);
  build_number (builder, "size", memory->size);
  build_number (builder, "threads", memory->threads);
  build_number (builder, "weights", memory->weights);
  build_number (builder, "activations", memory->activations);
  json_builder_end_object (builder);
}

static void
print_json (const TsnModel *model, const char *path, const Memory *memory)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *display = g_filename_display_name (path);
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  build_member (builder, "file", display);
  build_member (builder, "name", model->name);
  json_builder_set_member_name (builder, "tasks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < tsn_model_get_n_tasks (model); i++)
    build_task (builder, tsn_model_get_task (model, i));
  json_builder_end_array (builder);
  build_network (builder, model);
  build_parameters (builder, model);
  if (model->provenance != NULL)
    build_member (builder, "provenance", model->provenance);
  if (memory != NULL)
    build_memory (builder, memory);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  g_print ("%s\n", text);
}

static gboolean
is_size (int size)
{
  return size >= TSN_SESSION_MIN_SIZE && size <= TSN_SESSION_MAX_SIZE && size % 32 == 0;
}

TsnExit
tsn_verb_info (char ***args)
{
  gboolean json = FALSE;
  int size = 0;
  Memory memory;
  const GOptionEntry entries[] = {
    { "size", 's', 0, G_OPTION_ARG_INT, &size,
      "Add the memory that an input of N x N pixels takes; a multiple of 32", "N" },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json, "Write JSON, for programs to read", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = tsn_cli_options_new ("[MODEL]", SUMMARY, entries);
  g_autofree char *path = NULL;
  g_autoptr (TsnModel) model = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_option_context_parse_strv (context, args, &error))
    return tsn_cli_fail_usage ("%s", error->message);
  if (g_strv_length (*args) > 2)
    return tsn_cli_fail_usage ("One model at a time can be described");
  if (size != 0 && !is_size (size))
    return tsn_cli_fail_usage ("A size of %d is not a multiple of 32 in %d to %d", size,
                               TSN_SESSION_MIN_SIZE, TSN_SESSION_MAX_SIZE);
  path = tsn_paths_find_model ((*args)[1], &error);
  model = path != NULL ? tsn_model_load (path, &error) : NULL;
  if (model == NULL)
    return tsn_cli_fail (error);
  if (size != 0)
    memory = plan_memory (model, size);
  if (json)
    {
      print_json (model, path, size != 0 ? &memory : NULL);
      return TSN_EXIT_OK;
    }
  print_text (model, path);
  if (size != 0)
    print_memory (&memory);
  return TSN_EXIT_OK;
}
