#include "core/base/tsn-error.h"
#include "core/data/tsn-augment.h"
#include "tests/core/data/data-fixture.h"

#include <math.h>
#include <string.h>

#define SIDE 240

/* A square photo whose red and green tell where a pixel was, and for a kind of task a label that
 * follows from the place. */
static TsnTruth *
make_truth (TsnTaskKind kind, guint side)
{
  TsnTruth *truth = tsn_truth_new (kind, side, side);

  for (guint y = 0; y < side; y++)
    for (guint x = 0; x < side; x++)
      {
        float *label = truth->label->data + y * side + x;

        truth->valid->data[y * side + x] = 1;
        if (kind == TSN_TASK_CLASSES)
          *label = x * 8 / side + 8 * (y * 8 / side);
        else if (kind == TSN_TASK_DEPTH)
          *label = 1 + x;
        else if (kind == TSN_TASK_EDGE)
          *label = x == side / 2;
      }
  return truth;
}

static TsnBatch *
crop (const TsnAugmentOptions *options,
      const TsnImage *photo,
      const TsnTruth *truth,
      TsnTaskKind kind,
      guint side,
      guint64 seed)
{
  TsnBatch *batch = tsn_batch_new (0, kind, 1, side, side);
  TsnBatchRow row = tsn_batch_get_row (batch, 0);
  TsnAugmentation augmentation;
  TsnRandom random;

  tsn_random_init (&random, seed);
  tsn_augment_draw (options, photo, &row, &random, &augmentation);
  tsn_augment_apply (&augmentation, photo, truth, kind, &random, &row);
  return batch;
}

/* With nothing changed and the crop of the photo's size, all comes back bit for bit. */
static void
test_identity (void)
{
  g_autoptr (TsnImage) photo = data_fixture_gradient (64, 64);
  g_autoptr (TsnTruth) truth = make_truth (TSN_TASK_CLASSES, 64);
  g_autoptr (TsnBatch) batch = NULL;
  TsnAugmentOptions options;

  tsn_augment_options_init_plain (&options);
  batch = crop (&options, photo, truth, TSN_TASK_CLASSES, 64, 1);
  for (guint i = 0; i < 64 * 64; i++)
    {
      for (guint c = 0; c < 3; c++)
        g_assert_cmpfloat_with_epsilon (batch->image->data[c * 4096 + i],
                                        photo->pixels[3 * i + c] / 255.0f, 1e-6);
      g_assert_cmpfloat (batch->label->data[i], ==, truth->label->data[i]);
      g_assert_cmpfloat (batch->valid->data[i], ==, 1);
    }
}

static void
test_flip (void)
{
  g_autoptr (TsnImage) photo = data_fixture_gradient (64, 64);
  g_autoptr (TsnTruth) truth = make_truth (TSN_TASK_CLASSES, 64);
  g_autoptr (TsnBatch) batch = NULL;
  TsnAugmentOptions options;

  tsn_augment_options_init_plain (&options);
  options.flip = 1;
  batch = crop (&options, photo, truth, TSN_TASK_CLASSES, 64, 1);
  for (guint y = 0; y < 64; y++)
    for (guint x = 0; x < 64; x++)
      {
        guint from = y * 64 + 63 - x;

        g_assert_cmpfloat_with_epsilon (batch->image->data[y * 64 + x],
                                        photo->pixels[3 * from] / 255.0f, 1e-6);
        g_assert_cmpfloat (batch->label->data[y * 64 + x], ==, truth->label->data[from]);
      }
}

/* Whatever the turn, the zoom and the place, the label is that of the place which the photo's own
 * colours tell. */
static void
test_photo_and_label_stay_together (void)
{
  g_autoptr (TsnImage) photo = data_fixture_gradient (SIDE, SIDE);
  g_autoptr (TsnTruth) truth = make_truth (TSN_TASK_CLASSES, SIDE);
  TsnAugmentOptions options;
  guint compared = 0;

  tsn_augment_options_init_plain (&options);
  options.flip = 0.5;
  options.rotation = 20;
  options.min_zoom = 0.7;
  options.max_zoom = 3;
  options.move = TRUE;
  for (guint64 seed = 0; seed < 50; seed++)
    {
      guint side = 96 + 32 * (seed % 6); /* shrinks and grows */
      g_autoptr (TsnBatch) batch = crop (&options, photo, truth, TSN_TASK_CLASSES, side, seed);
      const float *red = batch->image->data, *green = red + side * side;

      for (guint i = 0; i < side * side; i++)
        {
          double x = red[i] * (SIDE - 1) + 0.5, y = green[i] * (SIDE - 1) + 0.5;
          double in_x = fmod (x, SIDE / 8.0), in_y = fmod (y, SIDE / 8.0);

          if (batch->valid->data[i] == 0)
            {
              g_assert_cmpfloat (batch->label->data[i], ==, TSN_IGNORED_CLASS);
              continue;
            }
          /* 8-bit colours tell the place to within a pixel. */
          if (in_x < 1.1 || in_x > SIDE / 8.0 - 1.1 || in_y < 1.1 || in_y > SIDE / 8.0 - 1.1)
            continue;
          g_assert_cmpfloat (batch->label->data[i], ==,
                             floor (x * 8 / SIDE) + 8 * floor (y * 8 / SIDE));
          compared++;
        }
    }
  g_assert_cmpuint (compared, >, 500000);
}

/* A crop that reaches beyond the photo is ignored there, and exactly there. */
static void
test_outside_is_ignored (void)
{
  g_autoptr (TsnImage) photo = data_fixture_gradient (64, 64);
  g_autoptr (TsnTruth) truth = make_truth (TSN_TASK_DEPTH, 64);
  g_autoptr (TsnBatch) batch = NULL;
  TsnAugmentOptions options;

  tsn_augment_options_init_plain (&options);
  options.min_zoom = options.max_zoom = 0.5;
  batch = crop (&options, photo, truth, TSN_TASK_DEPTH, 128, 1);
  for (guint y = 0; y < 128; y++)
    for (guint x = 0; x < 128; x++)
      {
        gboolean inside = x >= 32 && x < 96 && y >= 32 && y < 96;
        guint i = y * 128 + x;

        g_assert_cmpfloat (batch->valid->data[i], ==, inside);
        g_assert_cmpfloat (batch->label->data[i], ==, inside ? 1 + x - 32 : 0);
        if (!inside)
          g_assert_cmpfloat_with_epsilon (batch->image->data[i], 0.485f, 1e-6);
      }
}

static void
test_depth_and_zoom (void)
{
  g_autoptr (TsnImage) photo = data_fixture_gradient (64, 64);
  g_autoptr (TsnTruth) truth = make_truth (TSN_TASK_DEPTH, 64);
  g_autoptr (TsnBatch) metres = NULL;
  g_autoptr (TsnBatch) closer = NULL;
  TsnAugmentOptions options;

  tsn_augment_options_init_plain (&options);
  options.min_zoom = options.max_zoom = 2;
  metres = crop (&options, photo, truth, TSN_TASK_DEPTH, 32, 1);
  options.depth_follows_zoom = TRUE;
  closer = crop (&options, photo, truth, TSN_TASK_DEPTH, 32, 1);
  for (guint i = 0; i < 32 * 32; i++)
    {
      g_assert_cmpfloat (metres->label->data[i], ==, 1 + 16 + i % 32);
      g_assert_cmpfloat (closer->label->data[i], ==, metres->label->data[i] / 2);
    }
}

/* A line that is one pixel wide survives a photo shrunk three times, in one piece. */
static void
test_edge_shrinks (void)
{
  g_autoptr (TsnImage) photo = data_fixture_gradient (SIDE, SIDE);
  g_autoptr (TsnTruth) truth = make_truth (TSN_TASK_EDGE, SIDE);
  g_autoptr (TsnBatch) batch = NULL;
  TsnAugmentOptions options;

  tsn_augment_options_init_plain (&options);
  batch = crop (&options, photo, truth, TSN_TASK_EDGE, SIDE / 3, 1);
  for (guint y = 0; y < SIDE / 3; y++)
    {
      guint n = 0;

      for (guint x = 0; x < SIDE / 3; x++)
        {
          float value = batch->label->data[y * SIDE / 3 + x];

          g_assert_true (value == 0 || value == 1);
          n += value == 1;
        }
      g_assert_cmpuint (n, ==, 1);
    }
}

/* What only two of five annotators drew is an edge, however much the photo shrinks: each of its
 * pixels has the one it falls into, and no others are edges. */
static void
test_weak_edge_shrinks (void)
{
  static const guint sides[] = { 217, 191, 167, 151, 109 };
  g_autoptr (TsnImage) photo = data_fixture_gradient (SIDE, SIDE);
  g_autoptr (TsnTruth) truth = make_truth (TSN_TASK_EDGE, SIDE);
  TsnAugmentOptions options;

  tsn_augment_options_init_plain (&options);
  for (guint i = 0; i < SIDE * SIDE; i++)
    truth->label->data[i] = 0;
  for (guint x = 0; x < SIDE; x++)
    truth->label->data[(SIDE / 2 + x / 3) * SIDE + x] = 0.4f;
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      guint side = sides[i], n = 0, expected = 0;
      g_autofree gboolean *marked = g_new0 (gboolean, side * side);
      g_autoptr (TsnBatch) batch = crop (&options, photo, truth, TSN_TASK_EDGE, side, 1);

      for (guint x = 0; x < SIDE; x++)
        {
          guint column = (x + 0.5) * side / SIDE, row = (SIDE / 2 + x / 3 + 0.5) * side / SIDE;

          expected += !marked[row * side + column];
          marked[row * side + column] = TRUE;
          g_assert_cmpfloat (batch->label->data[row * side + column], ==, 1);
        }
      for (guint k = 0; k < side * side; k++)
        n += batch->label->data[k] == 1;
      g_assert_cmpuint (n, ==, expected);
    }
}

/* The map of a crop that turns by @angle against the clock, as seen, about its middle. */
static void
make_turn (double angle, double flip, guint side, TsnAffine *affine)
{
  double c = cos (angle), s = sin (angle);

  *affine = (TsnAffine){ { { flip * c, -s }, { flip * s, c } }, { 0, 0 } };
  for (int i = 0; i < 2; i++)
    affine->origin[i] = side / 2.0 - affine->m[i][0] * side / 2.0 - affine->m[i][1] * side / 2.0;
}

/* The normals of a hemisphere follow from the place.  Turned or flipped, a hemisphere looks the
 * same, so its normals must be those that it had there before. */
static void
test_normals_of_a_ball (void)
{
  enum
  {
    side = 160
  };
  g_autoptr (TsnImage) photo = data_fixture_gradient (side, side);
  g_autoptr (TsnTruth) truth = tsn_truth_new (TSN_TASK_NORMALS, side, side);
  static const double angles[] = { 0, 0.3, -0.3, G_PI / 2, G_PI, 1 };
  const guint plane = side * side;
  const double radius = 70;

  for (guint i = 0; i < plane; i++)
    {
      double x = (i % side + 0.5 - side / 2.0) / radius;
      double y = -(i / side + 0.5 - side / 2.0) / radius;

      if (x * x + y * y >= 1)
        continue;
      truth->valid->data[i] = 1;
      truth->label->data[i] = x;
      truth->label->data[plane + i] = y;
      truth->label->data[2 * plane + i] = sqrt (1 - x * x - y * y);
    }
  for (guint j = 0; j < 2 * G_N_ELEMENTS (angles); j++)
    {
      g_autoptr (TsnBatch) batch = tsn_batch_new (0, TSN_TASK_NORMALS, 1, side, side);
      TsnBatchRow row = tsn_batch_get_row (batch, 0);
      TsnAugmentation augmentation = { .depth_factor = 1 };
      TsnRandom random = { { 1 } };

      tsn_photometry_init (&augmentation.photometry);
      make_turn (angles[j / 2], j % 2 == 0 ? 1 : -1, side, &augmentation.affine);
      tsn_augment_apply (&augmentation, photo, truth, TSN_TASK_NORMALS, &random, &row);
      for (guint i = 0; i < plane; i++)
        {
          double dot = 0, length = 0;

          /* Nearest neighbours are off by up to a pixel's diagonal, which near the rim of the ball
           * makes much of an angle. */
          if (row.valid[i] == 0 || truth->valid->data[i] == 0
              || truth->label->data[2 * plane + i] < 0.3)
            continue;
          for (guint c = 0; c < 3; c++)
            {
              dot += row.label[c * plane + i] * truth->label->data[c * plane + i];
              length += row.label[c * plane + i] * row.label[c * plane + i];
            }
          g_assert_cmpfloat_with_epsilon (length, 1, 1e-5);
          g_assert_cmpfloat (dot, >, cos (2.5 * G_PI / 180));
        }
    }
}

/* A wall seen from the left has normals to the right; mirrored, to the left. */
static void
test_normals_flip (void)
{
  g_autoptr (TsnImage) photo = data_fixture_gradient (8, 8);
  g_autoptr (TsnTruth) truth = tsn_truth_new (TSN_TASK_NORMALS, 8, 8);
  g_autoptr (TsnBatch) batch = NULL;
  TsnAugmentOptions options;

  for (guint i = 0; i < 64; i++)
    {
      truth->label->data[i] = 0.6f;
      truth->label->data[64 + i] = 0.48f;
      truth->label->data[128 + i] = 0.64f;
      truth->valid->data[i] = 1;
    }
  tsn_augment_options_init_plain (&options);
  options.flip = 1;
  batch = crop (&options, photo, truth, TSN_TASK_NORMALS, 8, 1);
  for (guint i = 0; i < 64; i++)
    {
      g_assert_cmpfloat_with_epsilon (batch->label->data[i], -0.6f, 1e-6);
      g_assert_cmpfloat_with_epsilon (batch->label->data[64 + i], 0.48f, 1e-6);
      g_assert_cmpfloat_with_epsilon (batch->label->data[128 + i], 0.64f, 1e-6);
    }
}

/* The same numbers, the same crop; and what one option draws never depends on another. */
static void
test_reproducible (void)
{
  g_autoptr (TsnImage) photo = data_fixture_gradient (SIDE, SIDE);
  g_autoptr (TsnTruth) truth = make_truth (TSN_TASK_CLASSES, SIDE);
  g_autoptr (TsnBatch) a = NULL;
  g_autoptr (TsnBatch) b = NULL;
  g_autoptr (TsnBatch) c = NULL;
  TsnAugmentOptions options;
  size_t bytes = 3 * 96 * 96 * sizeof (float);

  tsn_augment_options_init (&options);
  options.noise_chance = options.blur_chance = 1;
  a = crop (&options, photo, truth, TSN_TASK_CLASSES, 96, 5);
  b = crop (&options, photo, truth, TSN_TASK_CLASSES, 96, 5);
  g_assert_cmpmem (a->image->data, bytes, b->image->data, bytes);
  g_assert_cmpmem (a->label->data, bytes / 3, b->label->data, bytes / 3);
  options.brightness = options.hue = options.noise_chance = options.blur_chance = 0;
  c = crop (&options, photo, truth, TSN_TASK_CLASSES, 96, 5);
  g_assert_cmpmem (a->label->data, bytes / 3, c->label->data, bytes / 3);
  g_assert_cmpint (memcmp (a->image->data, c->image->data, bytes), !=, 0);
}

static void
test_options (void)
{
  TsnAugmentOptions options;
  g_autoptr (GError) error = NULL;

  tsn_augment_options_init (&options);
  g_assert_true (tsn_augment_options_check (&options, NULL));
  options.max_zoom = 0.5;
  g_assert_false (tsn_augment_options_check (&options, &error));
  DATA_ASSERT_ERROR (error, TSN_ERROR_ARGUMENT, "max-zoom", "0.75", "0.5");
  options.max_zoom = 1;
  options.flip = NAN;
  g_assert_false (tsn_augment_options_check (&options, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/augment/identity", test_identity);
  g_test_add_func ("/data/augment/flip", test_flip);
  g_test_add_func ("/data/augment/photo-and-label-stay-together",
                   test_photo_and_label_stay_together);
  g_test_add_func ("/data/augment/outside-is-ignored", test_outside_is_ignored);
  g_test_add_func ("/data/augment/depth-and-zoom", test_depth_and_zoom);
  g_test_add_func ("/data/augment/edge-shrinks", test_edge_shrinks);
  g_test_add_func ("/data/augment/weak-edge-shrinks", test_weak_edge_shrinks);
  g_test_add_func ("/data/augment/normals-of-a-ball", test_normals_of_a_ball);
  g_test_add_func ("/data/augment/normals-flip", test_normals_flip);
  g_test_add_func ("/data/augment/reproducible", test_reproducible);
  g_test_add_func ("/data/augment/options", test_options);
  return g_test_run ();
}
