/* Runs the fuzz targets without a fuzzer: valid files, damaged in thousands of ways that are the
 * same at every run. */
#include "core/base/tsn-random.h"
#include "core/figure/tsn-figure-xmp.h"
#include "core/figure/tsn-study.h"
#include "core/io/tsn-model-file.h"
#include "tests/core/io/io-fixture.h"
#include "tests/core/io/io-picture.h"
#include "tests/fuzz/fuzz-targets.h"

#include <string.h>

typedef gboolean (*Target) (const guint8 *bytes, size_t n);

static const guint8 *
pick_token (TsnRandom *random, guint *length)
{
  static const char *const tokens[] = { "\xff\xff\xff\xff\xff\xff\xff\xff",
                                        "\x7f\xff\xff\xff",
                                        "[",
                                        "]",
                                        "{",
                                        "}",
                                        "\"",
                                        ",",
                                        ":",
                                        "-",
                                        "9223372036854775807",
                                        "99999999999999999999",
                                        "0",
                                        "1e999",
                                        "null",
                                        "\\u0000",
                                        "\"F32\"",
                                        "\"shape\":[0]",
                                        "[[[[",
                                        "\xff\xd9",
                                        "\xff\xda",
                                        "IDAT",
                                        "IEND",
                                        "\x2c" };
  const char *token = tokens[tsn_random_below (random, G_N_ELEMENTS (tokens))];

  *length = strlen (token);
  return (const guint8 *) token;
}

/* A place to damage: mostly near the start, where headers are. */
static guint
pick_place (TsnRandom *random, guint length)
{
  guint reach = tsn_random_below (random, 4) > 0 ? MIN (length, 6000) : length;

  return tsn_random_below (random, reach);
}

static void
damage_once (GByteArray *file, TsnRandom *random)
{
  guint at, n;
  const guint8 *token;

  if (file->len < 2)
    return;
  at = pick_place (random, file->len);
  n = 1 + tsn_random_below (random, MIN (40, file->len - at));
  switch (tsn_random_below (random, 6))
    {
    case 0:
      file->data[at] = tsn_random_next (random);
      break;
    case 1:
      file->data[at] ^= 1 << tsn_random_below (random, 8);
      break;
    case 2:
      g_byte_array_remove_range (file, at, n);
      break;
    case 3:
      g_byte_array_set_size (file, at);
      break;
    case 4:
      memmove (file->data + tsn_random_below (random, file->len - n + 1), file->data + at, n);
      break;
    case 5:
      token = pick_token (random, &n);
      memcpy (file->data + at, token, MIN (n, file->len - at));
      break;
    }
}

/* Keeps the first eight bytes of a safetensors file true at times, so that deeper code is met. */
static void
mend_length (GByteArray *file, guint before, TsnRandom *random)
{
  guint64 length;

  if (file->len < 8 || tsn_random_below (random, 2) == 0)
    return;
  memcpy (&length, file->data, sizeof length);
  length = GUINT64_FROM_LE (length) + file->len - before;
  length = GUINT64_TO_LE (length);
  memcpy (file->data, &length, sizeof length);
}

static void
replay (GBytes *seed, Target target, guint rounds, gboolean mend)
{
  size_t n;
  const guint8 *bytes = g_bytes_get_data (seed, &n);
  TsnRandom random;

  tsn_random_init (&random, n);
  g_assert_true (target (bytes, n));
  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr (GByteArray) file = g_byte_array_new ();
      guint damages = 1 + tsn_random_below (&random, 4);

      g_byte_array_append (file, bytes, n);
      for (guint j = 0; j < damages; j++)
        damage_once (file, &random);
      if (mend)
        mend_length (file, n, &random);
      target (file->data, file->len);
    }
}

static GBytes *
make_model (IoFixture *fixture, TsnConditioning conditioning)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_pascal ();
  const TsnNetworkSpec spec = { 18, 1.0 / 64, conditioning, TSN_CODE_GAUSSIAN, 1, tasks };
  g_autoptr (TsnModel) model = tsn_model_new (&spec, NULL);
  g_autofree char *path = io_path (fixture, "model.safetensors");
  char *contents;
  size_t length;

  g_assert_true (tsn_model_save (model, path, TSN_DTYPE_F16, NULL));
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  return g_bytes_new_take (contents, length);
}

static void
test_models (IoFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) seed = make_model (fixture, GPOINTER_TO_INT (data));

  replay (seed, fuzz_model, 1500, TRUE);
}

static void
test_images (gconstpointer format)
{
  g_autoptr (GBytes) seed =
      strcmp (format, "gif") == 0 ? io_picture_gif () : io_picture_save (format, 24, 17);

  replay (seed, fuzz_image, 800, FALSE);
}

static void
test_orientations (void)
{
  g_autoptr (GBytes) jpeg = io_picture_save ("jpeg", 16, 8);
  g_autoptr (GBytes) seed = io_picture_with_orientation (jpeg, 6);

  replay (seed, fuzz_image, 800, FALSE);
}

static char *
make_study (void)
{
  const TsnFigurePart part = { 0.25, 0.5, 0.125, 0.0625 };
  g_auto (TsnStudy) study = { 0 };

  tsn_study_init (&study);
  study.source.kind = TSN_STUDY_PHOTO;
  study.source.path = g_strdup ("/home/photos/1.jpg");
  study.shown = g_strsplit ("semseg depth edge", " ", -1);
  tsn_study_set_isolated (&study, "semseg", "wall");
  tsn_study_set_weight (study.blend.weights, "depth", 0.25);
  tsn_study_set_weight (tsn_study_add_module (&study, "O4")->weights, "edge", 1);
  tsn_figure_photo_add_inset (tsn_figure_plan_add_photo (&study.figure, "/home/photos/1.jpg"),
                              &part, TSN_FIGURE_TOP_LEFT);
  tsn_figure_plan_add_column (&study.figure, TSN_FIGURE_RESULT, "semseg");
  return tsn_study_to_json (&study, "/home/fuzz", NULL);
}

static void
test_studies (void)
{
  char *text = make_study ();
  g_autoptr (GBytes) seed = g_bytes_new_take (text, strlen (text));

  replay (seed, fuzz_study, 4000, FALSE);
}

static void
test_figures (void)
{
  g_autofree char *session = make_study ();
  const TsnFigureFile file = { .command = "tsn figure", .session = session };
  char *packet = tsn_figure_xmp_write (&file);
  g_autoptr (GBytes) seed = g_bytes_new_take (packet, strlen (packet));

  replay (seed, fuzz_figure, 4000, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  io_fixture_add ("/fuzz/model/tsn", test_models, GINT_TO_POINTER (TSN_CONDITIONING_TSN));
  io_fixture_add ("/fuzz/model/ts-bn", test_models, GINT_TO_POINTER (TSN_CONDITIONING_TS_BN));
  g_test_add_data_func ("/fuzz/image/png", "png", test_images);
  g_test_add_data_func ("/fuzz/image/jpeg", "jpeg", test_images);
  g_test_add_data_func ("/fuzz/image/gif", "gif", test_images);
  g_test_add_data_func ("/fuzz/image/bmp", "bmp", test_images);
  g_test_add_func ("/fuzz/image/exif", test_orientations);
  g_test_add_func ("/fuzz/study", test_studies);
  g_test_add_func ("/fuzz/figure", test_figures);
  return g_test_run ();
}
