/* The session, which runs fused and packed, gives what the reference gives. */
#include "core/base/tsn-error.h"
#include "core/inference/tsn-session.h"
#include "golden.h"

#include <string.h>

#define TOLERANCE 1e-4

typedef struct
{
  TsnSafetensors *file;
  TsnModel *model;
  TsnPool *pool;
  TsnSession *session;
} Fixture;

static Fixture *
fixture_new (TsnConditioning conditioning)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->file = golden_open (tsn_conditioning_get_name (conditioning));
  self->model = golden_model (self->file, conditioning);
  self->pool = tsn_pool_new (2);
  self->session = tsn_session_new (self->model, self->pool);
  return self;
}

static void
fixture_free (Fixture *self)
{
  tsn_session_free (self->session);
  tsn_pool_free (self->pool);
  tsn_model_unref (self->model);
  tsn_safetensors_free (self->file);
  g_free (self);
}

/* Image @index of a batch. */
static TsnTensor *
slice (const TsnTensor *batch, size_t index)
{
  TsnTensor *image = tsn_tensor_new_nchw (1, batch->dim[1], batch->dim[2], batch->dim[3]);
  size_t length = tsn_tensor_length (image);

  memcpy (image->data, batch->data + index * length, length * sizeof (float));
  return image;
}

static void
encode (Fixture *self, size_t index)
{
  g_autoptr (TsnTensor) batch = golden_read (self->file, "image");
  g_autoptr (TsnTensor) image = slice (batch, index);
  g_autoptr (GError) error = NULL;

  g_assert_true (tsn_session_encode (self->session, image, NULL, &error));
  g_assert_no_error (error);
}

/* Compares with image @index of a stored batch. */
static void
compare (const TsnTensor *found, const TsnTensor *batch, size_t index, const char *name)
{
  g_autoptr (TsnTensor) expected = slice (batch, index);
  double difference = golden_difference (found, expected);

  g_test_message ("%s of image %zu: %.2g", name, index, difference);
  g_assert_cmpfloat (difference, <, TOLERANCE);
}

static void
compare_taps (Fixture *self, const char *prefix, size_t index)
{
  for (guint i = 0; i < tsn_safetensors_get_n_tensors (self->file); i++)
    {
      const char *name = tsn_safetensors_get_name (self->file, i);
      const char *node = name + strlen (prefix);
      g_autoptr (TsnTensor) found = NULL, expected = NULL;
      g_autoptr (GError) error = NULL;

      if (!g_str_has_prefix (name, prefix) || strlen (node) != 2)
        continue;
      found = tsn_session_tap (self->session, node, &error);
      g_assert_no_error (error);
      expected = golden_read (self->file, "%s", name);
      compare (found, expected, index, name);
    }
}

static void
check_task (Fixture *self, guint task, size_t index)
{
  const char *name = tsn_model_get_task (self->model, task)->name;
  g_autofree char *prefix = g_strdup_printf ("eval.%s.", name);
  g_autoptr (TsnTensor) expected = golden_read (self->file, "eval.%s.output", name);
  g_autoptr (TsnTensor) embedding = tsn_session_embed_task (self->session, task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnTensor) output = tsn_session_decode (self->session, embedding, task, NULL, &error);

  g_assert_no_error (error);
  compare (output, expected, index, name);
  compare_taps (self, prefix, index);
}

static void
test_golden (gconstpointer data)
{
  TsnConditioning conditioning = GPOINTER_TO_INT (data);
  Fixture *self = fixture_new (conditioning);

  for (size_t index = 0; index < 2; index++)
    {
      encode (self, index);
      compare_taps (self, "eval.", index);
      for (guint t = 0; t < tsn_model_get_n_tasks (self->model); t++)
        if (conditioning == TSN_CONDITIONING_TSN || t == 1 || t == 3)
          check_task (self, t, index);
    }
  g_assert_cmpuint (tsn_session_get_stats (self->session)->encoder_passes, ==, 2);
  fixture_free (self);
}

static void
test_embeddings (void)
{
  Fixture *self = fixture_new (TSN_CONDITIONING_TSN);

  for (guint t = 0; t < tsn_model_get_n_tasks (self->model); t++)
    {
      g_autoptr (TsnTensor) found = tsn_session_embed_task (self->session, t);
      g_autoptr (TsnTensor) stored = golden_read (self->file, "eval.%s.embedding",
                                                  tsn_model_get_task (self->model, t)->name);

      for (size_t i = 0; i < tsn_tensor_length (stored); i++)
        g_assert_cmpfloat_with_epsilon (found->data[i], stored->data[i], 1e-5);
    }
  fixture_free (self);
}

static void
test_blend (void)
{
  Fixture *self = fixture_new (TSN_CONDITIONING_TSN);
  g_autoptr (TsnTensor) a = tsn_session_embed_task (self->session, 0);
  g_autoptr (TsnTensor) b = tsn_session_embed_task (self->session, 3);
  g_autoptr (TsnTensor) expected = golden_read (self->file, "eval.blend_semseg_normals.output");

  for (size_t i = 0; i < tsn_tensor_length (a); i++)
    a->data[i] = 0.5f * (a->data[i] + b->data[i]);
  for (size_t index = 0; index < 2; index++)
    {
      g_autoptr (TsnTensor) output = NULL;

      encode (self, index);
      output = tsn_session_decode (self->session, a, 0, NULL, NULL);
      compare (output, expected, index, "blend");
    }
  fixture_free (self);
}

static void
test_encode_once (void)
{
  Fixture *self = fixture_new (TSN_CONDITIONING_TSN);
  guint tasks = tsn_model_get_n_tasks (self->model);

  encode (self, 0);
  for (guint t = 0; t < tasks; t++)
    check_task (self, t, 0);
  g_assert_cmpuint (tsn_session_get_stats (self->session)->encoder_passes, ==, 1);
  g_assert_cmpuint (tsn_session_get_stats (self->session)->decoder_passes, ==, tasks);
  fixture_free (self);
}

/* The names of the modules that reading out again made anew. */
static guint64
count_run (Fixture *self, TsnTensor **embeddings, guint readout)
{
  guint64 before = tsn_session_get_stats (self->session)->modules_run;
  g_autoptr (TsnTensor) output
      = tsn_session_decode_modules (self->session, embeddings, readout, NULL, NULL);

  g_assert_nonnull (output);
  return tsn_session_get_stats (self->session)->modules_run - before;
}

static void
test_unchanged_modules_are_kept (void)
{
  Fixture *self = fixture_new (TSN_CONDITIONING_TSN);
  guint n = tsn_session_get_n_modules (self->session);
  g_autoptr (TsnTensor) a = tsn_session_embed_task (self->session, 0);
  g_autoptr (TsnTensor) b = tsn_session_embed_task (self->session, 2);
  g_autofree TsnTensor **embeddings = g_new (TsnTensor *, n);

  g_assert_cmpuint (n, ==, 10);
  encode (self, 0);
  for (guint i = 0; i < n; i++)
    embeddings[i] = a;
  g_assert_cmpuint (count_run (self, embeddings, 0), ==, n);
  g_assert_cmpuint (count_run (self, embeddings, 0), ==, 0);
  /* Another read-out of the same embedding costs the head alone. */
  g_assert_cmpuint (count_run (self, embeddings, 4), ==, 0);
  for (guint i = 0; i < n; i++)
    if (strcmp (tsn_session_get_module_name (self->session, i), "S1") == 0)
      embeddings[i] = b;
  /* The convolution of S1 does not depend on the embedding; O1 and O0, which it feeds, do. */
  g_assert_cmpuint (count_run (self, embeddings, 0), ==, 2);
  encode (self, 1);
  g_assert_cmpuint (count_run (self, embeddings, 0), ==, n);
  fixture_free (self);
}

/* Decoding with reuse gives what decoding from scratch gives. */
static void
test_per_module_mixing (void)
{
  Fixture *self = fixture_new (TSN_CONDITIONING_TSN), *other = fixture_new (TSN_CONDITIONING_TSN);
  guint n = tsn_session_get_n_modules (self->session);
  g_autoptr (TsnTensor) a = tsn_session_embed_task (self->session, 0);
  g_autoptr (TsnTensor) b = tsn_session_embed_task (self->session, 2);
  g_autofree TsnTensor **embeddings = g_new (TsnTensor *, n);

  encode (self, 0);
  encode (other, 0);
  for (guint i = 0; i < n; i++)
    embeddings[i] = a;
  for (guint i = 0; i <= n; i++)
    {
      g_autoptr (TsnTensor) kept
          = tsn_session_decode_modules (self->session, embeddings, 0, NULL, NULL);
      g_autoptr (TsnTensor) fresh = NULL;

      encode (other, 0);
      fresh = tsn_session_decode_modules (other->session, embeddings, 0, NULL, NULL);
      g_assert_cmpmem (kept->data, tsn_tensor_length (kept) * sizeof (float), fresh->data,
                       tsn_tensor_length (fresh) * sizeof (float));
      if (i < n)
        embeddings[i] = b;
    }
  fixture_free (self);
  fixture_free (other);
}

typedef struct
{
  TsnTensor *outputs[12];
  guint n;
} Collection;

static void
collect_cb (guint index, TsnTensor *output, gpointer data)
{
  Collection *collection = data;

  g_assert_cmpuint (index, ==, collection->n);
  collection->outputs[collection->n++] = tsn_tensor_ref (output);
}

/* Decoding many tasks together, more than fit at once, gives what one by one gives. */
static void
test_together (gconstpointer data)
{
  Fixture *self = fixture_new (GPOINTER_TO_INT (data));
  static const guint tasks[] = { 3, 0, 1, 2, 5, 4, 4, 3, 2, 1, 0, 5 };
  Collection collection = { .n = 0 };

  for (guint round = 0; round < 2; round++)
    {
      encode (self, round);
      collection.n = 0;
      g_assert_true (
          tsn_session_decode_tasks (self->session, tasks, 12, collect_cb, &collection, NULL, NULL));
      g_assert_cmpuint (collection.n, ==, 12);
      encode (self, round);
      for (guint i = 0; i < 12; i++)
        {
          g_autoptr (TsnTensor) embedding = tsn_session_embed_task (self->session, tasks[i]);
          g_autoptr (TsnTensor) alone
              = tsn_session_decode (self->session, embedding, tasks[i], NULL, NULL);

          g_assert_cmpfloat (golden_difference (collection.outputs[i], alone), <, 1e-5);
          tsn_tensor_unref (collection.outputs[i]);
        }
    }
  fixture_free (self);
}

static TsnTensor *
decode_mixture (Fixture *self, const TsnMixture *mixture)
{
  Collection collection = { .n = 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (tsn_session_decode_mixtures (self->session, &mixture, 1, collect_cb, &collection,
                                              NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (collection.n, ==, 1);
  return collection.outputs[0];
}

static double
mixture_difference (Fixture *self, const TsnMixture *mixture, const TsnTensor *expected)
{
  g_autoptr (TsnTensor) found = decode_mixture (self, mixture);

  return golden_difference (found, expected);
}

/* Half of one task and half of another, in every space; the reference mixed embeddings. */
static void
test_mixtures (void)
{
  Fixture *self = fixture_new (TSN_CONDITIONING_TSN);
  g_autoptr (TsnMixture) mixture = tsn_mixture_new (self->model, 0);
  g_autoptr (TsnMixture) copy = tsn_mixture_copy (mixture);
  g_autoptr (TsnTensor) batch = golden_read (self->file, "eval.blend_semseg_normals.output");
  g_autoptr (TsnTensor) expected = slice (batch, 0);
  float weights[16] = { 0.5f, 0, 0, 0.5f };

  g_assert_cmpuint (mixture->n_modules, ==, tsn_session_get_n_modules (self->session));
  encode (self, 0);
  tsn_mixture_set_weights (mixture, weights);
  g_assert_false (tsn_mixture_equal (mixture, copy));
  g_assert_cmpfloat (mixture_difference (self, mixture, expected), <, TOLERANCE);
  /* Equal weights are the same mix in the space of coefficients, up to rounding. */
  mixture->space = TSN_MIX_COEFFICIENTS;
  g_assert_cmpfloat (mixture_difference (self, mixture, expected), <, TOLERANCE);
  /* The embedding network is not linear. */
  mixture->space = TSN_MIX_CODES;
  g_assert_cmpfloat (mixture_difference (self, mixture, expected), >, 10 * TOLERANCE);
  fixture_free (self);
}

/* A task by itself is exactly that task, in every space. */
static void
test_pure_mixtures (gconstpointer data)
{
  Fixture *self = fixture_new (GPOINTER_TO_INT (data));

  encode (self, 0);
  for (guint t = 0; t < tsn_model_get_n_tasks (self->model); t++)
    {
      g_autoptr (TsnMixture) mixture = tsn_mixture_new (self->model, t);
      g_autoptr (TsnTensor) embedding = tsn_session_embed_task (self->session, t);
      g_autoptr (TsnTensor) expected = tsn_session_decode (self->session, embedding, t, NULL, NULL);

      for (mixture->space = TSN_MIX_CODES; mixture->space <= TSN_MIX_COEFFICIENTS; mixture->space++)
        {
          g_autoptr (TsnTensor) found = decode_mixture (self, mixture);

          g_assert_cmpmem (found->data, tsn_tensor_length (found) * sizeof (float), expected->data,
                           tsn_tensor_length (expected) * sizeof (float));
        }
    }
  fixture_free (self);
}

/* Weights of one module's own reach that module and what follows, and nothing else. */
static void
test_mixture_of_modules (void)
{
  Fixture *self = fixture_new (TSN_CONDITIONING_TSN);
  g_autoptr (TsnMixture) mixture = tsn_mixture_new (self->model, 0);
  g_auto (GStrv) modules = tsn_mixture_list_modules (self->model);
  g_autoptr (TsnTensor) a = tsn_session_embed_task (self->session, 0);
  g_autoptr (TsnTensor) b = tsn_session_embed_task (self->session, 2);
  g_autofree TsnTensor **embeddings = g_new (TsnTensor *, mixture->n_modules);
  g_autoptr (TsnTensor) expected = NULL, found = NULL;
  float weights[16] = { 0, 0, 1 };

  encode (self, 0);
  g_assert_cmpstr (modules[3], ==, tsn_session_get_module_name (self->session, 3));
  for (guint i = 0; i < mixture->n_modules; i++)
    embeddings[i] = i == 3 ? b : a;
  expected = tsn_session_decode_modules (self->session, embeddings, 0, NULL, NULL);
  tsn_mixture_set_module (mixture, 3, weights);
  found = decode_mixture (self, mixture);
  g_assert_cmpmem (found->data, tsn_tensor_length (found) * sizeof (float), expected->data,
                   tsn_tensor_length (expected) * sizeof (float));
  fixture_free (self);
}

static void
test_cancel (void)
{
  Fixture *self = fixture_new (TSN_CONDITIONING_TSN);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (TsnTensor) embedding = tsn_session_embed_task (self->session, 1);
  g_autoptr (TsnTensor) image = tsn_tensor_new_nchw (1, 3, 64, 64);
  g_autoptr (GError) error = NULL;

  encode (self, 0);
  g_cancellable_cancel (cancellable);
  g_assert_null (tsn_session_decode (self->session, embedding, 1, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  check_task (self, 1, 0);
  g_assert_false (tsn_session_encode (self->session, image, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  encode (self, 1);
  check_task (self, 1, 1);
  fixture_free (self);
}

static void
test_other_sizes (void)
{
  Fixture *self = fixture_new (TSN_CONDITIONING_TSN);
  g_autoptr (TsnTensor) embedding = tsn_session_embed_task (self->session, 1);

  for (size_t height = 32; height <= 160; height += 64)
    for (size_t width = 32; width <= 128; width += 96)
      {
        g_autoptr (TsnTensor) image = tsn_tensor_new_nchw (1, 3, height, width), output = NULL;

        g_assert_true (tsn_session_encode (self->session, image, NULL, NULL));
        output = tsn_session_decode (self->session, embedding, 1, NULL, NULL);
        g_assert_true (tsn_tensor_has_shape (output, 4, (const size_t[]){ 1, 7, height, width }));
      }
  encode (self, 0);
  check_task (self, 1, 0);
  fixture_free (self);
}

static void
test_taps_refuse (void)
{
  Fixture *self = fixture_new (TSN_CONDITIONING_TSN);
  static const char *const bad[] = { "O9", "O4", "F1", "O4.conv" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (tsn_session_tap (self->session, bad[i], &error));
      g_assert_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT);
      g_assert_nonnull (strstr (error->message, bad[i]));
    }
  fixture_free (self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (TsnConditioning c = TSN_CONDITIONING_TSN; c <= TSN_CONDITIONING_NONE; c++)
    {
      g_autofree char *path
          = g_strdup_printf ("/inference/session/golden/%s", tsn_conditioning_get_name (c));

      g_test_add_data_func (path, GINT_TO_POINTER (c), test_golden);
      g_free (g_steal_pointer (&path));
      path = g_strdup_printf ("/inference/session/together/%s", tsn_conditioning_get_name (c));
      g_test_add_data_func (path, GINT_TO_POINTER (c), test_together);
      g_free (g_steal_pointer (&path));
      path = g_strdup_printf ("/inference/session/pure-mixtures/%s", tsn_conditioning_get_name (c));
      g_test_add_data_func (path, GINT_TO_POINTER (c), test_pure_mixtures);
    }
  g_test_add_func ("/inference/session/embeddings", test_embeddings);
  g_test_add_func ("/inference/session/blend", test_blend);
  g_test_add_func ("/inference/session/encode-once", test_encode_once);
  g_test_add_func ("/inference/session/unchanged-modules-are-kept",
                   test_unchanged_modules_are_kept);
  g_test_add_func ("/inference/session/per-module-mixing", test_per_module_mixing);
  g_test_add_func ("/inference/session/mixtures", test_mixtures);
  g_test_add_func ("/inference/session/mixture-of-modules", test_mixture_of_modules);
  g_test_add_func ("/inference/session/cancel", test_cancel);
  g_test_add_func ("/inference/session/other-sizes", test_other_sizes);
  g_test_add_func ("/inference/session/taps-refuse", test_taps_refuse);
  return g_test_run ();
}
