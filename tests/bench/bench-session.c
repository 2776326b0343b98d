/* bench-session MODEL THREADS: times a session on request.
 *
 * It obeys the commands that it reads, one a line, and answers each by a line of JSON, so that
 * compare/compare.py can let several engines work in turn:
 *
 *   image H W FILE   take this image, 3 x H x W little-endian float32 in [0, 1]
 *   one TASK         encode and decode a task             {"seconds": 0.05}
 *   all              encode once, decode every task       {"seconds": 0.2}
 *   encode           encode alone                         {"seconds": 0.02}
 *   blend            decode a blend that is new each time {"seconds": 0.03}
 *   write TASK FILE  encode, decode, write the numbers    {}
 *   write-all DIR    the same for all tasks together, as DIR/TASK.f32
 *   codes            each task's code                     {"codes": {"edge": [0, 1]}}
 *   memory           most memory used until now           {"bytes": 100000000}
 */
#include "core/base/tsn-error.h"
#include "core/inference/tsn-session.h"
#include "core/io/tsn-model-file.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

typedef struct
{
  TsnModel *model;
  TsnPool *pool;
  TsnSession *session;
  TsnTensor *image;
  guint blends;
} Bench;

/* A command's arguments, and what is answered. */
typedef struct
{
  Bench *bench;
  char **args;
  JsonBuilder *answer;
} Call;

static gboolean
fail (GError **error, const char *reason)
{
  g_set_error_literal (error, TSN_ERROR, TSN_ERROR_ARGUMENT, reason);
  return FALSE;
}

static void
answer_number (const Call *call, const char *name, double number)
{
  json_builder_set_member_name (call->answer, name);
  json_builder_add_double_value (call->answer, number);
}

static gboolean
encode (Bench *bench, GError **error)
{
  if (bench->image == NULL)
    return fail (error, "There is no image yet");
  return tsn_session_encode (bench->session, bench->image, NULL, error);
}

static TsnTensor *
decode (Bench *bench, guint task, GError **error)
{
  g_autoptr (TsnTensor) embedding = tsn_session_embed_task (bench->session, task);

  return tsn_session_decode (bench->session, embedding, task, NULL, error);
}

static gboolean
decode_all (Bench *bench, TsnSessionFunc ready, gpointer data, GError **error)
{
  guint n = tsn_model_get_n_tasks (bench->model);
  g_autofree guint *tasks = g_new (guint, n);

  for (guint t = 0; t < n; t++)
    tasks[t] = t;
  return tsn_session_decode_tasks (bench->session, tasks, n, ready, data, NULL, error);
}

static gboolean
find_task (const Call *call, guint *task, GError **error)
{
  int index = tsn_model_find_task (call->bench->model, call->args[1]);

  if (index < 0)
    return fail (error, "There is no such task");
  *task = index;
  return TRUE;
}

static gboolean
run_image (const Call *call, GError **error)
{
  size_t height = g_ascii_strtoull (call->args[1], NULL, 10);
  size_t width = g_ascii_strtoull (call->args[2], NULL, 10), n;
  g_autofree char *bytes = NULL;

  if (!g_file_get_contents (call->args[3], &bytes, &n, error))
    return FALSE;
  if (height == 0 || width == 0 || height % 32 != 0 || width % 32 != 0
      || n / sizeof (float) / 3 / height != width || n % (sizeof (float) * 3 * height) != 0)
    return fail (error, "The image does not have this size");
  g_clear_pointer (&call->bench->image, tsn_tensor_unref);
  call->bench->image = tsn_tensor_new_nchw (1, 3, height, width);
  memcpy (call->bench->image->data, bytes, n);
  return TRUE;
}

static gboolean
run_one (const Call *call, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (TsnTensor) output = NULL;
  guint task;

  if (!find_task (call, &task, error) || !encode (call->bench, error))
    return FALSE;
  output = decode (call->bench, task, error);
  answer_number (call, "seconds", (g_get_monotonic_time () - start) / 1e6);
  return output != NULL;
}

static gboolean
run_all (const Call *call, GError **error)
{
  gint64 start = g_get_monotonic_time ();

  if (!encode (call->bench, error) || !decode_all (call->bench, NULL, NULL, error))
    return FALSE;
  answer_number (call, "seconds", (g_get_monotonic_time () - start) / 1e6);
  return TRUE;
}

static gboolean
run_encode (const Call *call, GError **error)
{
  gint64 start = g_get_monotonic_time ();

  if (!encode (call->bench, error))
    return FALSE;
  answer_number (call, "seconds", (g_get_monotonic_time () - start) / 1e6);
  return TRUE;
}

/* The image must have been encoded by an earlier command. */
static gboolean
run_blend (const Call *call, GError **error)
{
  Bench *bench = call->bench;
  gint64 start = g_get_monotonic_time ();
  guint last = tsn_model_get_n_tasks (bench->model) - 1;
  g_autoptr (TsnTensor) a = tsn_session_embed_task (bench->session, 0);
  g_autoptr (TsnTensor) b = tsn_session_embed_task (bench->session, last);
  g_autoptr (TsnTensor) output = NULL;
  double share = fmod (++bench->blends * 0.618034, 1);

  if (tsn_session_get_stats (bench->session)->encoder_passes == 0)
    return fail (error, "No image has been encoded yet");
  for (size_t i = 0; i < tsn_tensor_length (a); i++)
    a->data[i] += share * (b->data[i] - a->data[i]);
  output = tsn_session_decode (bench->session, a, 0, NULL, error);
  answer_number (call, "seconds", (g_get_monotonic_time () - start) / 1e6);
  return output != NULL;
}

static gboolean
run_write (const Call *call, GError **error)
{
  g_autoptr (TsnTensor) output = NULL;
  guint task;

  if (!find_task (call, &task, error) || !encode (call->bench, error))
    return FALSE;
  output = decode (call->bench, task, error);
  return output != NULL
         && g_file_set_contents (call->args[2], (const char *) output->data,
                                 tsn_tensor_length (output) * sizeof (float), error);
}

typedef struct
{
  const Call *call;
  GError **error;
  gboolean failed;
} WriteAll;

static void
write_cb (guint task, TsnTensor *output, gpointer data)
{
  WriteAll *self = data;
  g_autofree char *name
      = g_strconcat (tsn_model_get_task (self->call->bench->model, task)->name, ".f32", NULL);
  g_autofree char *path = g_build_filename (self->call->args[1], name, NULL);

  if (!self->failed)
    self->failed = !g_file_set_contents (path, (const char *) output->data,
                                         tsn_tensor_length (output) * sizeof (float), self->error);
}

static gboolean
run_write_all (const Call *call, GError **error)
{
  WriteAll all = { call, error, FALSE };

  return encode (call->bench, error) && decode_all (call->bench, write_cb, &all, error)
         && !all.failed;
}

static gboolean
run_codes (const Call *call, GError **error)
{
  const TsnModel *model = call->bench->model;
  size_t length = tsn_model_get_code_length (model);

  json_builder_set_member_name (call->answer, "codes");
  json_builder_begin_object (call->answer);
  for (guint t = 0; t < tsn_model_get_n_tasks (model); t++)
    {
      json_builder_set_member_name (call->answer, tsn_model_get_task (model, t)->name);
      json_builder_begin_array (call->answer);
      for (size_t i = 0; i < length; i++)
        json_builder_add_double_value (call->answer, model->codes->data[t * length + i]);
      json_builder_end_array (call->answer);
    }
  json_builder_end_object (call->answer);
  return TRUE;
}

static gboolean
run_memory (const Call *call, GError **error)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  answer_number (call, "bytes", 1024.0 * usage.ru_maxrss);
  return TRUE;
}

static const struct
{
  const char *name;
  guint n_args;
  gboolean (*run) (const Call *call, GError **error);
} commands[] = {
  { "image", 3, run_image },         { "one", 1, run_one },     { "all", 0, run_all },
  { "encode", 0, run_encode },       { "blend", 0, run_blend }, { "write", 2, run_write },
  { "write-all", 1, run_write_all }, { "codes", 0, run_codes }, { "memory", 0, run_memory },
};

static gboolean
run_command (const Call *call, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, call->args[0])
        && g_strv_length (call->args) == commands[i].n_args + 1)
      return commands[i].run (call, error);
  return fail (error, "There is no such command");
}

static void
print_answer (JsonBuilder *answer)
{
  g_autoptr (JsonNode) root = json_builder_get_root (answer);
  g_autofree char *text = json_to_string (root, FALSE);

  puts (text);
  fflush (stdout);
}

static void
obey (Bench *bench, char *line)
{
  g_auto (GStrv) args = g_strsplit (g_strchomp (line), " ", 4);
  g_autoptr (JsonBuilder) answer = json_builder_new ();
  g_autoptr (GError) error = NULL;
  const Call call = { bench, args, answer };

  json_builder_begin_object (answer);
  if (args[0] == NULL || !run_command (&call, &error))
    {
      json_builder_set_member_name (answer, "error");
      json_builder_add_string_value (answer, error != NULL ? error->message : "Nothing was said");
    }
  json_builder_end_object (answer);
  print_answer (answer);
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  g_autoptr (GError) error = NULL;
  char *line = NULL;
  size_t room = 0;

  if (argc != 3)
    {
      g_printerr ("Usage: bench-session MODEL THREADS\n");
      return 2;
    }
  bench.model = tsn_model_load (argv[1], &error);
  if (bench.model == NULL)
    {
      g_printerr ("bench-session: %s\n", error->message);
      return 1;
    }
  bench.pool = tsn_pool_new (g_ascii_strtoull (argv[2], NULL, 10));
  bench.session = tsn_session_new (bench.model, bench.pool);
  tsn_session_drop_parameters (bench.session);
  while (getline (&line, &room, stdin) > 0)
    obey (&bench, line);
  free (line);
  g_clear_pointer (&bench.image, tsn_tensor_unref);
  tsn_session_free (bench.session);
  tsn_pool_free (bench.pool);
  tsn_model_unref (bench.model);
  return 0;
}
