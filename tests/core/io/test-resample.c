#include "core/base/tsn-random.h"
#include "core/io/tsn-image.h"
#include "core/io/tsn-resample.h"

#include <math.h>

/* The weight of input (x, y) before they are scaled to a sum of 1: straight from the definition. */
static double
triangle (guint i, guint n_in, guint o, guint n_out)
{
  double scale = (double) n_in / n_out;

  return MAX (0, 1 - fabs (i + 0.5 - (o + 0.5) * scale) / MAX (scale, 1));
}

static double
direct (const TsnImage *image, guint c, guint ox, guint oy, guint width, guint height)
{
  double sum = 0, weights = 0;

  for (guint y = 0; y < image->height; y++)
    for (guint x = 0; x < image->width; x++)
      {
        double weight =
            triangle (x, image->width, ox, width) * triangle (y, image->height, oy, height);

        weights += weight;
        sum += weight * image->pixels[3 * (y * image->width + x) + c] / 255;
      }
  return sum / weights;
}

static TsnImage *
noise (guint width, guint height)
{
  TsnImage *image = tsn_image_new (width, height);
  TsnRandom random;

  tsn_random_init (&random, width * 1000 + height);
  for (guint i = 0; i < 3 * width * height; i++)
    image->pixels[i] = tsn_random_next (&random);
  return image;
}

static void
test_direct_formula (void)
{
  static const guint sizes[][4] = {
    { 37, 23, 11, 7 },  { 37, 23, 37, 23 }, { 5, 9, 32, 64 },
    { 64, 48, 32, 96 }, { 1, 1, 32, 32 },   { 1, 50, 32, 8 },
    { 97, 2, 3, 32 },   { 41, 31, 1, 1 },   { 100, 100, 99, 101 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      const guint *s = sizes[i];
      g_autoptr (TsnImage) image = noise (s[0], s[1]);
      g_autoptr (TsnTensor) tensor = tsn_image_to_tensor (image, s[2], s[3]);

      g_assert_true (tsn_tensor_has_shape (tensor, 4, (const size_t[]){ 1, 3, s[3], s[2] }));
      for (guint c = 0; c < 3; c++)
        for (guint y = 0; y < s[3]; y++)
          for (guint x = 0; x < s[2]; x++)
            g_assert_cmpfloat_with_epsilon (tensor->data[(c * s[3] + y) * s[2] + x],
                                            direct (image, c, x, y, s[2], s[3]), 2e-6);
    }
}

static void
test_weights_sum_to_one (void)
{
  static const guint sizes[][2] = { { 1, 1 },   { 1, 7 },      { 7, 1 },       { 4000, 341 },
                                    { 13, 13 }, { 3, 100000 }, { 100000, 3 },  { 1000003, 512 },
                                    { 2, 3 },   { 512, 511 },  { 16777216, 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (TsnResampleAxis) axis = tsn_resample_axis_new (sizes[i][0], sizes[i][1]);

      for (guint o = 0; o < axis->n_out; o++)
        {
          double sum = 0;

          g_assert_cmpuint (axis->count[o], >=, 1);
          g_assert_cmpuint (axis->count[o], <=, axis->taps);
          g_assert_cmpuint (axis->first[o] + axis->count[o], <=, sizes[i][0]);
          for (guint k = 0; k < axis->count[o]; k++)
            sum += axis->weights[(size_t) o * axis->taps + k];
          g_assert_cmpfloat_with_epsilon (sum, 1, 1e-4);
        }
    }
}

/* Fine stripes become grey, not coarse stripes. */
static void
test_no_aliasing (void)
{
  g_autoptr (TsnImage) image = tsn_image_new (1000, 1000);
  g_autoptr (TsnTensor) tensor = NULL;

  for (guint i = 0; i < 1000 * 1000; i++)
    image->pixels[3 * i] = i % 2 * 255;
  tensor = tsn_image_to_tensor (image, 96, 96);
  for (guint i = 0; i < 96 * 96; i++)
    g_assert_cmpfloat_with_epsilon (tensor->data[i], 0.5, 0.03);
}

static void
test_range (void)
{
  g_autoptr (TsnImage) image = tsn_image_new (301, 203);
  g_autoptr (TsnTensor) tensor = NULL;

  for (guint i = 0; i < 3 * 301 * 203; i++)
    image->pixels[i] = 255;
  tensor = tsn_image_to_tensor (image, 160, 416);
  for (guint i = 0; i < 3 * 160 * 416; i++)
    g_assert_cmpfloat_with_epsilon (tensor->data[i], 1, 1e-5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/io/resample/direct-formula", test_direct_formula);
  g_test_add_func ("/io/resample/weights-sum-to-one", test_weights_sum_to_one);
  g_test_add_func ("/io/resample/no-aliasing", test_no_aliasing);
  g_test_add_func ("/io/resample/range", test_range);
  return g_test_run ();
}
