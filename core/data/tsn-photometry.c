#include "core/data/tsn-photometry.h"

#include <math.h>
#include <string.h>

/* The widest blur: taps on either side of the centre. */
#define MAX_RADIUS 8

/* Steps of the table that stands for the power function. */
#define GAMMA_STEPS 4096

/**
 * tsn_photometry_init:
 *
 * Changes nothing.
 */
void
tsn_photometry_init (TsnPhotometry *photometry)
{
  *photometry = (TsnPhotometry){
    .brightness = 1,
    .contrast = 1,
    .tint = { 1, 1, 1 },
    .gamma = 1,
  };
}

/* Blurs one line of @n values, @stride apart; the outermost values go on beyond the ends. */
static void
blur_line (float *line, size_t n, size_t stride, const float *kernel, int radius, float *copy)
{
  for (size_t i = 0; i < n; i++)
    copy[i] = line[i * stride];
  for (size_t i = 0; i < n; i++)
    {
      float sum = 0;

      for (int k = -radius; k <= radius; k++)
        {
          gssize at = CLAMP ((gssize)i + k, 0, (gssize)n - 1);

          sum += kernel[ABS (k)] * copy[at];
        }
      line[i * stride] = sum;
    }
}

static void
blur (TsnPlanes *photo, float sigma)
{
  int radius = MIN ((int)ceilf (2.5f * sigma), MAX_RADIUS);
  float kernel[MAX_RADIUS + 1], sum = 0;
  g_autofree float *copy = g_new (float, MAX (photo->width, photo->height));

  for (int k = -radius; k <= radius; k++)
    sum += kernel[ABS (k)] = expf (-0.5f * k * k / (sigma * sigma));
  for (int k = 0; k <= radius; k++)
    kernel[k] /= sum;
  for (size_t c = 0; c < photo->channels; c++)
    {
      float *plane = photo->values + c * photo->width * photo->height;

      for (size_t y = 0; y < photo->height; y++)
        blur_line (plane + y * photo->width, photo->width, 1, kernel, radius, copy);
      for (size_t x = 0; x < photo->width; x++)
        blur_line (plane + x, photo->height, photo->width, kernel, radius, copy);
    }
}

static float
get_mean (const TsnPlanes *photo)
{
  size_t n = photo->channels * photo->width * photo->height;
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += photo->values[i];
  return sum / n;
}

/* Tint, then a turn in the plane of I and Q of the NTSC colour space, as one matrix; the inverse
 * of the transform is written out with its usual rounded coefficients, so that a turn by 0 needs
 * an exact special case. */
static void
make_colour_matrix (const TsnPhotometry *photometry, float matrix[3][3])
{
  static const float to_yiq[3][3] = { { 0.299f, 0.587f, 0.114f },
                                      { 0.5959f, -0.2746f, -0.3213f },
                                      { 0.2115f, -0.5227f, 0.3112f } };
  static const float to_rgb[3][3] = { { 1, 0.956f, 0.619f },
                                      { 1, -0.272f, -0.647f },
                                      { 1, -1.106f, 1.703f } };
  float c = cosf (photometry->hue), s = sinf (photometry->hue);

  memset (matrix, 0, 9 * sizeof (float));
  for (int j = 0; j < 3; j++)
    {
      float i_turned[3] = { to_yiq[0][j], c * to_yiq[1][j] - s * to_yiq[2][j],
                            s * to_yiq[1][j] + c * to_yiq[2][j] };

      for (int i = 0; i < 3; i++)
        {
          for (int k = 0; k < 3; k++)
            matrix[i][j] += to_rgb[i][k] * i_turned[k];
          if (photometry->hue == 0)
            matrix[i][j] = i == j;
          matrix[i][j] *= photometry->tint[j];
        }
    }
}

static void
change_colours (const TsnPhotometry *photometry, TsnPlanes *photo)
{
  size_t plane = photo->width * photo->height;
  float *red = photo->values, *green = red + plane, *blue = green + plane;
  float mean = photometry->brightness * get_mean (photo);
  float gain = photometry->brightness * photometry->contrast;
  float offset = mean * (1 - photometry->contrast);
  float m[3][3];

  make_colour_matrix (photometry, m);
  for (size_t i = 0; i < plane; i++)
    {
      float r = gain * red[i] + offset;
      float g = gain * green[i] + offset;
      float b = gain * blue[i] + offset;

      red[i] = CLAMP (m[0][0] * r + m[0][1] * g + m[0][2] * b, 0, 1);
      green[i] = CLAMP (m[1][0] * r + m[1][1] * g + m[1][2] * b, 0, 1);
      blue[i] = CLAMP (m[2][0] * r + m[2][1] * g + m[2][2] * b, 0, 1);
    }
}

/* x ^ gamma by interpolation in a table: far below what 8 bits can tell, and many times faster. */
static void
apply_gamma (float gamma, TsnPlanes *photo)
{
  size_t n = photo->channels * photo->width * photo->height;
  g_autofree float *table = g_new (float, GAMMA_STEPS + 2);

  for (int i = 0; i < GAMMA_STEPS + 2; i++)
    table[i] = powf ((float)i / GAMMA_STEPS, gamma);
  for (size_t i = 0; i < n; i++)
    {
      float at = CLAMP (photo->values[i], 0, 1) * GAMMA_STEPS;
      int step = (int)at;

      photo->values[i] = table[step] + (at - step) * (table[step + 1] - table[step]);
    }
}

/* The sum of four uniform numbers is close enough to normal for a sensor's noise. */
static void
add_noise (float sigma, TsnRandom *random, TsnPlanes *photo)
{
  const float unit = sqrtf (3.0f) / 65536; /* brings the sum's deviation to 1 */
  size_t n = photo->channels * photo->width * photo->height;

  for (size_t i = 0; i < n; i++)
    {
      guint64 bits = tsn_random_next (random);
      guint sum = (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48);
      float value = photo->values[i] + sigma * unit * ((float)sum - 2 * 65535.0f);

      photo->values[i] = CLAMP (value, 0, 1);
    }
}

/**
 * tsn_photometry_apply:
 * @random: (inout): for the noise
 * @photo: (inout): three planes, RGB in [0, 1], and so it stays
 */
void
tsn_photometry_apply (const TsnPhotometry *photometry, TsnRandom *random, TsnPlanes *photo)
{
  TsnPhotometry none;

  g_return_if_fail (photo->channels == 3);

  tsn_photometry_init (&none);
  if (photometry->blur > 0)
    blur (photo, photometry->blur);
  if (photometry->brightness != 1 || photometry->contrast != 1 || photometry->hue != 0
      || memcmp (photometry->tint, none.tint, sizeof none.tint) != 0)
    change_colours (photometry, photo);
  if (photometry->gamma != 1)
    apply_gamma (photometry->gamma, photo);
  if (photometry->noise > 0)
    add_noise (photometry->noise, random, photo);
}
