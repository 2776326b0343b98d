#include "app/cli/tsn-bench.h"
#include "app/tsn-paths.h"

#include "core/base/tsn-cpu.h"
#include "core/base/tsn-error.h"
#include "core/inference/tsn-session.h"
#include "core/io/tsn-model-file.h"

#include <stdlib.h>

#define SUMMARY                                                                                    \
  "Measures how fast a model runs on random pixels: encoding, decoding one task, all tasks of a\n" \
  "photo and a new blend of embeddings, each the median of repeated runs, in milliseconds.\n"      \
  "With --train: whole steps of training instead, which change no file.\n"                         \
  "Without MODEL and --width: the default model.  TSN_ISA=c|avx2|avx512 limits the processor."

/* Of a training step, as in the comparison with PyTorch. */
#define TRAIN_BATCH 4
#define MAX_BATCH 64

/* Milliseconds of each repeat. */
typedef struct
{
  guint size;
  size_t bytes;
  GArray *encode;
  GArray *decode;
  GArray *all;
  GArray *blend;
  TsnProfile *profile;
} Measurement;

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
tsn_bench_median (GArray *values)
{
  g_array_sort (values, compare_cb);
  return (g_array_index (values, double, (values->len - 1) / 2)
          + g_array_index (values, double, values->len / 2))
         / 2;
}

static void
measurement_clear (Measurement *self)
{
  g_array_unref (self->encode);
  g_array_unref (self->decode);
  g_array_unref (self->all);
  g_array_unref (self->blend);
  g_ptr_array_unref (self->profile);
}

static TsnTensor *
random_image (guint size, TsnRandom *random)
{
  TsnTensor *image = tsn_tensor_new_nchw (1, 3, size, size);

  for (size_t i = 0; i < tsn_tensor_length (image); i++)
    image->data[i] = tsn_random_uniform (random);
  return image;
}

/* Decodes and returns the milliseconds. */
static double
decode (TsnSession *session, TsnTensor *embedding, guint readout)
{
  tsn_tensor_unref (tsn_session_decode (session, embedding, readout, NULL, NULL));
  return 1e3 * tsn_session_get_stats (session)->decode_seconds;
}

/* A convex mix of the first and the last task that no other run used. */
static TsnTensor *
mix_embeddings (TsnSession *session, double share)
{
  guint last = tsn_model_get_n_tasks (tsn_session_get_model (session)) - 1;
  g_autoptr (TsnTensor) a = tsn_session_embed_task (session, 0);
  TsnTensor *b = tsn_session_embed_task (session, last);

  for (size_t i = 0; i < tsn_tensor_length (a); i++)
    b->data[i] += share * (a->data[i] - b->data[i]);
  return b;
}

/* Decodes all tasks together and returns the milliseconds. */
static double
decode_all (TsnSession *session, guint tasks)
{
  g_autofree guint *indices = g_new (guint, tasks);

  for (guint t = 0; t < tasks; t++)
    indices[t] = t;
  tsn_session_decode_tasks (session, indices, tasks, NULL, NULL, NULL, NULL);
  return 1e3 * tsn_session_get_stats (session)->decode_seconds;
}

static double
encode (TsnSession *session, const TsnTensor *image)
{
  tsn_session_encode (session, image, NULL, NULL);
  return 1e3 * tsn_session_get_stats (session)->encode_seconds;
}

/* One repeat: a photo for one task, a new blend on it, the photo for all tasks. */
static void
run_once (TsnSession *session, const TsnTensor *image, double share, Measurement *into)
{
  guint tasks = tsn_model_get_n_tasks (tsn_session_get_model (session));
  g_autoptr (TsnTensor) blend = mix_embeddings (session, share);
  g_autoptr (TsnTensor) first = tsn_session_embed_task (session, 0);
  double encoded = encode (session, image), one = decode (session, first, 0);
  double blended = decode (session, blend, 0), all = encode (session, image);

  all += decode_all (session, tasks);
  if (into == NULL)
    return;
  g_array_append_val (into->encode, encoded);
  g_array_append_val (into->decode, one);
  g_array_append_val (into->blend, blended);
  g_array_append_val (into->all, all);
}

static void
measure (TsnSession *session, const TsnBenchOptions *options, Measurement *self)
{
  g_autoptr (TsnTensor) image = NULL;
  TsnRandom random;

  tsn_random_init (&random, 1);
  image = random_image (self->size, &random);
  self->encode = g_array_new (FALSE, FALSE, sizeof (double));
  self->decode = g_array_new (FALSE, FALSE, sizeof (double));
  self->all = g_array_new (FALSE, FALSE, sizeof (double));
  self->blend = g_array_new (FALSE, FALSE, sizeof (double));
  self->profile = tsn_profile_new ();
  self->bytes = tsn_session_get_bytes (session, self->size, self->size);
  for (guint i = 0; i < TSN_BENCH_WARM_UP; i++)
    run_once (session, image, tsn_random_uniform (&random), NULL);
  tsn_session_set_profile (session, self->profile);
  for (int i = 0; i < options->repeats; i++)
    run_once (session, image, tsn_random_uniform (&random), self);
  tsn_session_set_profile (session, NULL);
}

static void
print_nodes (const Measurement *self, const TsnBenchOptions *options)
{
  double total = 0;

  for (guint i = 0; i < self->profile->len; i++)
    total += tsn_profile_get (self->profile, i)->seconds;
  g_print ("  %-28s %-20s %9s %9s %7s\n", "node", "method", "ms a run", "GFLOP/s", "share");
  for (guint i = 0; i < self->profile->len; i++)
    {
      const TsnProfileEntry *entry = tsn_profile_get (self->profile, i);
      double seconds = entry->seconds / entry->runs;

      g_print ("  %-28s %-20s %9.3f %9.0f %6.1f%%\n", entry->name, entry->method, 1e3 * seconds,
               2e-9 * entry->macs / entry->seconds, 100 * entry->seconds / total);
    }
  g_print ("  GFLOP/s are those of the plain algorithm; methods that do less arithmetic exceed "
           "the machine's peak.\n");
}

static void
print_text (
    const TsnModel *model, guint threads, const TsnBenchOptions *options, Measurement *all, guint n)
{
  g_print ("%s, %u thread%s, %s, median of %d runs\n", model->name, threads,
           threads == 1 ? "" : "s", tsn_isa_get_name (tsn_cpu_get_isa ()), options->repeats);
  g_print ("%10s %10s %10s %10s %10s %10s %10s\n", "size", "encode", "one task", "all tasks",
           "blend", "all / s", "memory");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *memory = g_format_size (all[i].bytes);
      double together = tsn_bench_median (all[i].all);

      g_print ("%10u %10.2f %10.2f %10.2f %10.2f %10.1f %10s\n", all[i].size,
               tsn_bench_median (all[i].encode), tsn_bench_median (all[i].decode), together,
               tsn_bench_median (all[i].blend), 1e3 / together, memory);
      if (options->nodes)
        print_nodes (&all[i], options);
    }
}

void
tsn_bench_add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
build_nodes (JsonBuilder *builder, const TsnProfile *profile)
{
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < profile->len; i++)
    {
      const TsnProfileEntry *entry = tsn_profile_get (profile, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "node");
      json_builder_add_string_value (builder, entry->name);
      json_builder_set_member_name (builder, "method");
      json_builder_add_string_value (builder, entry->method);
      tsn_bench_add_number (builder, "ms", 1e3 * entry->seconds / entry->runs);
      tsn_bench_add_number (builder, "gflops", 2e-9 * entry->macs / entry->seconds);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Opens the array of what was measured for each size. */
void
tsn_bench_begin_json (JsonBuilder *builder, const TsnModel *model, guint threads)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "model");
  json_builder_add_string_value (builder, model->name);
  json_builder_set_member_name (builder, "isa");
  json_builder_add_string_value (builder, tsn_isa_get_name (tsn_cpu_get_isa ()));
  json_builder_set_member_name (builder, "threads");
  json_builder_add_int_value (builder, threads);
  json_builder_set_member_name (builder, "sizes");
  json_builder_begin_array (builder);
}

/* Closes it, and prints. */
void
tsn_bench_end_json (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  g_print ("%s\n", text);
}

static void
print_json (
    const TsnModel *model, guint threads, const TsnBenchOptions *options, Measurement *all, guint n)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  tsn_bench_begin_json (builder, model, threads);
  for (guint i = 0; i < n; i++)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "size");
      json_builder_add_int_value (builder, all[i].size);
      tsn_bench_add_number (builder, "encode_ms", tsn_bench_median (all[i].encode));
      tsn_bench_add_number (builder, "decode_ms", tsn_bench_median (all[i].decode));
      tsn_bench_add_number (builder, "all_ms", tsn_bench_median (all[i].all));
      tsn_bench_add_number (builder, "blend_ms", tsn_bench_median (all[i].blend));
      json_builder_set_member_name (builder, "activation_bytes");
      json_builder_add_int_value (builder, all[i].bytes);
      if (options->nodes)
        build_nodes (builder, all[i].profile);
      json_builder_end_object (builder);
    }
  tsn_bench_end_json (builder);
}

/* The five tasks of PASCAL-Context with random weights: as fast as trained ones. */
static TsnModel *
random_model (double width, GError **error)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_pascal ();
  TsnNetworkSpec spec
      = { 18, width, TSN_CONDITIONING_TSN, TSN_CODE_ORTHOGONAL, TSN_DEFAULT_CODE_LENGTH, tasks };
  TsnModel *model = tsn_model_new (&spec, error);
  TsnRandom random;

  if (model == NULL)
    return NULL;
  tsn_random_init (&random, 7);
  tsn_model_initialise (model, &random);
  model->name = g_strdup_printf ("random TSN of width %g", width);
  return model;
}

static TsnModel *
get_model (const char *path, const TsnBenchOptions *options, GError **error)
{
  g_autofree char *found = NULL;

  if (options->width != 0)
    return random_model (options->width, error);
  found = tsn_paths_find_model (path, error);
  return found != NULL ? tsn_model_load (found, error) : NULL;
}

/* Without --size: 256 and 512, but training of 256 alone. */
static guint
count_sizes (const TsnBenchOptions *options)
{
  if (options->sizes != NULL)
    return g_strv_length (options->sizes);
  return options->train ? 1 : 2;
}

static gboolean
parse_sizes (const TsnBenchOptions *options, guint *all, guint n, GError **error)
{
  static char *usual[] = { "256", "512", NULL };
  char **sizes = options->sizes != NULL ? options->sizes : usual;

  for (guint i = 0; i < n; i++)
    {
      char *end;
      long size = strtol (sizes[i], &end, 10);

      if (*end != '\0' || size < TSN_SESSION_MIN_SIZE || size > TSN_SESSION_MAX_SIZE
          || size % 32 != 0)
        {
          g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                       "A size of '%s' is not a multiple of 32 in %d to %d", sizes[i],
                       TSN_SESSION_MIN_SIZE, TSN_SESSION_MAX_SIZE);
          return FALSE;
        }
      all[i] = size;
    }
  return TRUE;
}

static void
bench_inference (
    TsnModel *model, TsnPool *pool, const TsnBenchOptions *options, const guint *sizes, guint n)
{
  g_autofree Measurement *all = g_new0 (Measurement, n);
  g_autoptr (TsnSession) session = tsn_session_new (model, pool);

  for (guint i = 0; i < n; i++)
    {
      all[i].size = sizes[i];
      measure (session, options, &all[i]);
    }
  if (options->json)
    print_json (model, tsn_pool_get_threads (pool), options, all, n);
  else
    print_text (model, tsn_pool_get_threads (pool), options, all, n);
  for (guint i = 0; i < n; i++)
    measurement_clear (&all[i]);
}

static TsnExit
bench (const char *path, const TsnBenchOptions *options)
{
  guint n = count_sizes (options);
  g_autofree guint *sizes = g_new (guint, n);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnModel) model = NULL;
  g_autoptr (TsnPool) pool = NULL;

  if (!parse_sizes (options, sizes, n, &error)
      || (model = get_model (path, options, &error)) == NULL)
    return tsn_cli_fail (error);
  pool = tsn_pool_new (options->threads);
  if (options->train)
    return tsn_bench_training (model, pool, options, sizes, n);
  bench_inference (model, pool, options, sizes, n);
  return TSN_EXIT_OK;
}

TsnExit
tsn_verb_bench (char ***args)
{
  TsnBenchOptions options = { .repeats = 20, .batch = TRAIN_BATCH };
  const GOptionEntry entries[] = {
    { "size", 's', 0, G_OPTION_ARG_STRING_ARRAY, &options.sizes,
      "Side of the square input in pixels; may be given several times (256 and 512)", "N" },
    { "width", 'w', 0, G_OPTION_ARG_DOUBLE, &options.width,
      "Measure a network of this width with random weights instead of a model", "W" },
    { "threads", 't', 0, G_OPTION_ARG_INT, &options.threads,
      "Threads (TSN_THREADS, or one per core)", "N" },
    { "repeat", 'r', 0, G_OPTION_ARG_INT, &options.repeats, "Runs to take the median of (20)",
      "N" },
    { "train", 0, 0, G_OPTION_ARG_NONE, &options.train,
      "Measure steps of training: forward, loss, backward and Adam", NULL },
    { "batch", 'b', 0, G_OPTION_ARG_INT, &options.batch, "Images of a training step (4)", "N" },
    { "nodes", 'n', 0, G_OPTION_ARG_NONE, &options.nodes, "Add a table of the network's nodes",
      NULL },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, "Write JSON, for programs to read", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = tsn_cli_options_new ("[MODEL]", SUMMARY, entries);
  g_autoptr (GError) error = NULL;
  TsnExit status;

  if (!g_option_context_parse_strv (context, args, &error))
    status = tsn_cli_fail_usage ("%s", error->message);
  else if (g_strv_length (*args) > 2)
    status = tsn_cli_fail_usage ("bench measures one model at a time");
  else if (options.repeats < 1 || options.threads < 0 || options.threads > 256)
    status = tsn_cli_fail_usage ("--repeat is at least 1 and --threads 0 to 256");
  else if (options.batch < 1 || options.batch > MAX_BATCH)
    status = tsn_cli_fail_usage ("--batch is 1 to %d", MAX_BATCH);
  else if (options.train && options.nodes)
    status = tsn_cli_fail_usage ("--nodes is of a run, not of --train");
  else
    status = bench ((*args)[1], &options);
  g_strfreev (options.sizes);
  return status;
}
