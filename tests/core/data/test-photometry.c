#include "core/data/tsn-photometry.h"

#include <math.h>

#define SIDE 32
#define PLANE (SIDE * SIDE)

static void
fill (float *values, float red, float green, float blue)
{
  for (guint i = 0; i < PLANE; i++)
    {
      values[i] = red;
      values[PLANE + i] = green;
      values[2 * PLANE + i] = blue;
    }
}

static void
apply (const TsnPhotometry *photometry, float *values)
{
  TsnPlanes planes = { SIDE, SIDE, 3, values };
  TsnRandom random;

  tsn_random_init (&random, 3);
  tsn_photometry_apply (photometry, &random, &planes);
}

static void
assert_colour (const float *values, float red, float green, float blue)
{
  for (guint i = 0; i < PLANE; i++)
    {
      g_assert_cmpfloat_with_epsilon (values[i], red, 2e-3);
      g_assert_cmpfloat_with_epsilon (values[PLANE + i], green, 2e-3);
      g_assert_cmpfloat_with_epsilon (values[2 * PLANE + i], blue, 2e-3);
    }
}

static void
test_brightness_and_tint (void)
{
  float values[3 * PLANE];
  TsnPhotometry photometry;

  tsn_photometry_init (&photometry);
  photometry.brightness = 1.5f;
  photometry.tint[2] = 0.5f;
  fill (values, 0.2f, 0.4f, 0.8f);
  apply (&photometry, values);
  assert_colour (values, 0.3f, 0.6f, 0.6f);
}

static void
test_contrast (void)
{
  float values[3 * PLANE];
  TsnPhotometry photometry;

  tsn_photometry_init (&photometry);
  photometry.contrast = 0.5f;
  fill (values, 0.2f, 0.5f, 0.8f); /* the mean is 0.5 */
  apply (&photometry, values);
  assert_colour (values, 0.35f, 0.5f, 0.65f);
}

static void
test_gamma (void)
{
  float values[3 * PLANE];
  TsnPhotometry photometry;

  tsn_photometry_init (&photometry);
  photometry.gamma = 2;
  fill (values, 0, 0.5f, 1);
  apply (&photometry, values);
  assert_colour (values, 0, 0.25f, 1);
}

/* A third of a turn takes red toward green or blue, grey nowhere, and luma stays. */
static void
test_hue (void)
{
  float values[3 * PLANE];
  TsnPhotometry photometry;

  tsn_photometry_init (&photometry);
  photometry.hue = 2 * G_PI / 3;
  fill (values, 0.5f, 0.5f, 0.5f);
  apply (&photometry, values);
  assert_colour (values, 0.5f, 0.5f, 0.5f);
  fill (values, 0.6f, 0.4f, 0.4f);
  apply (&photometry, values);
  g_assert_cmpfloat (values[0], <, MAX (values[PLANE], values[2 * PLANE]));
  g_assert_cmpfloat_with_epsilon (0.299f * values[0] + 0.587f * values[PLANE]
                                      + 0.114f * values[2 * PLANE],
                                  0.299f * 0.6f + 0.701f * 0.4f, 2e-3);
}

static void
test_blur (void)
{
  float values[3 * PLANE];
  TsnPhotometry photometry;
  float sum = 0;

  tsn_photometry_init (&photometry);
  photometry.blur = 1;
  fill (values, 0, 0.7f, 0.7f);
  values[16 * SIDE + 16] = 1;
  apply (&photometry, values);
  for (guint i = 0; i < PLANE; i++)
    sum += values[i];
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-4);
  g_assert_cmpfloat_with_epsilon (values[16 * SIDE + 16], 1 / (2 * G_PI), 0.01);
  g_assert_cmpfloat_with_epsilon (values[16 * SIDE + 15], values[15 * SIDE + 16], 1e-6);
  g_assert_cmpfloat_with_epsilon (values[PLANE], 0.7f, 1e-5);
}

static void
test_noise (void)
{
  float values[3 * PLANE];
  TsnPhotometry photometry;
  double sum = 0, squares = 0;

  tsn_photometry_init (&photometry);
  photometry.noise = 0.05f;
  fill (values, 0.5f, 0.5f, 0.5f);
  apply (&photometry, values);
  for (guint i = 0; i < 3 * PLANE; i++)
    {
      sum += values[i] - 0.5;
      squares += (values[i] - 0.5) * (values[i] - 0.5);
    }
  g_assert_cmpfloat_with_epsilon (sum / (3 * PLANE), 0, 0.004);
  g_assert_cmpfloat_with_epsilon (sqrt (squares / (3 * PLANE)), 0.05, 0.003);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/photometry/brightness-and-tint", test_brightness_and_tint);
  g_test_add_func ("/data/photometry/contrast", test_contrast);
  g_test_add_func ("/data/photometry/gamma", test_gamma);
  g_test_add_func ("/data/photometry/hue", test_hue);
  g_test_add_func ("/data/photometry/blur", test_blur);
  g_test_add_func ("/data/photometry/noise", test_noise);
  return g_test_run ();
}
