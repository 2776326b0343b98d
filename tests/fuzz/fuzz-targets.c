#include "tests/fuzz/fuzz-targets.h"

#include "core/base/tsn-error.h"
#include "core/figure/tsn-figure-xmp.h"
#include "core/figure/tsn-study.h"
#include "core/io/tsn-image.h"
#include "core/io/tsn-model-file.h"

#include <string.h>

/* Errors of readers are sentences of libtsn that name the file. */
static void
check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == TSN_ERROR);
  g_assert_nonnull (strstr (error->message, "fuzz.bin"));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
check_result (gboolean result, GError *error)
{
  if (result)
    g_assert_no_error (error);
  else
    check_error (error);
  g_clear_error (&error);
}

static void
read_tensors (TsnSafetensors *file)
{
  for (guint i = 0; i < tsn_safetensors_get_n_tensors (file); i++)
    {
      const char *name = tsn_safetensors_get_name (file, i);
      GError *error = NULL;
      g_autoptr (TsnTensor) tensor = tsn_safetensors_read (file, name, &error);

      check_result (tensor != NULL, error);
    }
}

static gboolean
read_models (TsnSafetensors *file)
{
  GError *load_error = NULL, *import_error = NULL;
  g_autoptr (TsnModel) loaded = tsn_model_load_safetensors (file, &load_error);
  g_autoptr (TsnModel) imported = tsn_model_import_safetensors (file, &import_error);

  check_result (loaded != NULL, load_error);
  check_result (imported != NULL, import_error);
  return loaded != NULL || imported != NULL;
}

/* Opens the bytes as a safetensors file, reads every tensor and then the model.
 *
 * Returns: whether it was a model. */
gboolean
fuzz_model (const guint8 *bytes, size_t n)
{
  /* A copy of just this length, so that a sanitizer sees what reads beyond it. */
  g_autoptr (GBytes) copy = g_bytes_new (bytes, n);
  GError *error = NULL;
  g_autoptr (TsnSafetensors) file = tsn_safetensors_new_from_bytes (copy, "fuzz.bin", &error);

  check_result (file != NULL, error);
  if (file == NULL)
    return FALSE;
  read_tensors (file);
  return read_models (file);
}

/* Returns: whether it was an image. */
gboolean
fuzz_image (const guint8 *bytes, size_t n)
{
  g_autoptr (GBytes) copy = g_bytes_new (bytes, n);
  GError *error = NULL;
  g_autoptr (TsnImage) image = tsn_image_load_bytes (copy, "fuzz.bin", &error);

  check_result (image != NULL, error);
  return image != NULL;
}

/* What was read can be written and read again, and is the same then.
 *
 * Returns: whether it was a study. */
gboolean
fuzz_study (const guint8 *bytes, size_t n)
{
  g_autofree char *copy = g_memdup2 (bytes, n);
  g_auto (TsnStudy) study = { 0 }, again = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  tsn_study_init (&study);
  tsn_study_init (&again);
  if (!tsn_study_from_json (&study, copy, n, "/home/fuzz", &error))
    {
      g_assert_error (error, TSN_ERROR, TSN_ERROR_FORMAT);
      g_assert_true (tsn_study_equal (&study, &again));
      return FALSE;
    }
  text = tsn_study_to_json (&study, "/home/fuzz", NULL);
  g_assert_nonnull (text);
  g_assert_true (tsn_study_from_json (&again, text, strlen (text), "/home/fuzz", &error));
  g_assert_no_error (error);
  g_free (text);
  text = tsn_study_to_json (&again, "/home/fuzz", NULL);
  g_assert_true (tsn_study_from_json (&study, text, strlen (text), "/home/fuzz", NULL));
  g_assert_true (tsn_study_equal (&study, &again));
  return TRUE;
}

/* Looks for what a figure's file carries.
 *
 * Returns: whether it was a session. */
gboolean
fuzz_figure (const guint8 *bytes, size_t n)
{
  g_autoptr (GBytes) copy = g_bytes_new (bytes, n);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = tsn_figure_xmp_find (copy, "session", &error);

  if (text != NULL)
    return fuzz_study ((const guint8 *) text, strlen (text));
  g_assert_error (error, TSN_ERROR, TSN_ERROR_FORMAT);
  return FALSE;
}
