#include "core/data/tsn-warp.h"

#include <math.h>
#include <string.h>

/* How far rounding may take a point that lies on the source's border beyond it, in pixels. */
#define SLACK 1e-6

/* The finest grid of points that are averaged to a pixel, a side. */
#define MAX_TAPS 16

typedef struct
{
  double x;
  double y;
} Point;

/* The source's point under point (x, y) of the result. */
static inline Point
map_point (const TsnAffine *affine, double x, double y)
{
  return (Point){
    affine->origin[0] + affine->m[0][0] * x + affine->m[0][1] * y,
    affine->origin[1] + affine->m[1][0] * x + affine->m[1][1] * y,
  };
}

static inline gboolean
is_inside (Point p, size_t width, size_t height)
{
  return p.x > -SLACK && p.y > -SLACK && p.x < width + SLACK && p.y < height + SLACK;
}

static inline size_t
clamp_index (double i, size_t n)
{
  return i <= 0 ? 0 : i >= n - 1 ? n - 1 : (size_t)i;
}

/* Where a point falls between the centres of four pixels; beyond the outermost centres the
 * outermost pixels go on. */
typedef struct
{
  size_t x0, x1;
  size_t y0, y1;
  float fx, fy;
} Between;

static inline Between
find_neighbours (Point p, size_t width, size_t height)
{
  double x = floor (p.x - 0.5), y = floor (p.y - 0.5);

  return (Between){
    clamp_index (x, width),      clamp_index (x + 1, width), clamp_index (y, height),
    clamp_index (y + 1, height), (float)(p.x - 0.5 - x),     (float)(p.y - 0.5 - y),
  };
}

static inline float
mix (const Between *b, float v00, float v01, float v10, float v11)
{
  float top = v00 + b->fx * (v01 - v00), bottom = v10 + b->fx * (v11 - v10);

  return top + b->fy * (bottom - top);
}

/**
 * tsn_affine_get_step:
 *
 * Returns: how far apart in the source two neighbouring pixels of the result are; above 1 the
 *   source shrinks.
 */
double
tsn_affine_get_step (const TsnAffine *affine)
{
  double dx = hypot (affine->m[0][0], affine->m[1][0]);
  double dy = hypot (affine->m[0][1], affine->m[1][1]);

  return MAX (dx, dy);
}

/* Points a side over which a pixel of the result is averaged, so that shrinking does not alias. */
static guint
count_taps (const TsnAffine *affine)
{
  return (guint)CLAMP (ceil (tsn_affine_get_step (affine) - SLACK), 1, MAX_TAPS);
}

static void
sample_photo (const TsnImage *source, Point p, float rgb[3])
{
  Between b = find_neighbours (p, source->width, source->height);
  const guint8 *p00 = source->pixels + 3 * (b.y0 * source->width + b.x0);
  const guint8 *p01 = source->pixels + 3 * (b.y0 * source->width + b.x1);
  const guint8 *p10 = source->pixels + 3 * (b.y1 * source->width + b.x0);
  const guint8 *p11 = source->pixels + 3 * (b.y1 * source->width + b.x1);

  for (int c = 0; c < 3; c++)
    rgb[c] += mix (&b, p00[c], p01[c], p10[c], p11[c]);
}

/**
 * tsn_warp_photo:
 * @fill: colour of pixels whose centre is not over the source, 0 to 1
 * @result: (out): three planes, RGB in [0, 1]
 *
 * Interpolates between pixel centres; where the source shrinks, averages enough points a pixel.
 */
void
tsn_warp_photo (const TsnAffine *affine,
                const TsnImage *source,
                const float fill[3],
                TsnPlanes *result)
{
  guint taps = count_taps (affine);
  float scale = 1 / (255.0f * taps * taps);
  size_t plane = result->width * result->height;

  for (size_t y = 0; y < result->height; y++)
    for (size_t x = 0; x < result->width; x++)
      {
        float *out = result->values + y * result->width + x;
        float rgb[3] = { 0, 0, 0 };

        if (!is_inside (map_point (affine, x + 0.5, y + 0.5), source->width, source->height))
          {
            for (int c = 0; c < 3; c++)
              out[c * plane] = fill[c];
            continue;
          }
        for (guint j = 0; j < taps; j++)
          for (guint i = 0; i < taps; i++)
            sample_photo (source, map_point (affine, x + (i + 0.5) / taps, y + (j + 0.5) / taps),
                          rgb);
        for (int c = 0; c < 3; c++)
          out[c * plane] = rgb[c] * scale;
      }
}

/* The result's point over a point of the source. */
static Point
map_back (const TsnAffine *affine, Point p)
{
  double a = affine->m[0][0], b = affine->m[0][1], c = affine->m[1][0], d = affine->m[1][1];
  double x = p.x - affine->origin[0], y = p.y - affine->origin[1], determinant = a * d - b * c;

  return (Point){ (d * x - b * y) / determinant, (a * y - c * x) / determinant };
}

/**
 * tsn_warp_marks:
 * @source: one plane
 * @threshold: values from here on are marks
 * @result: (out): one plane: 1 where the centre of a mark falls, else 0
 *
 * For lines in a source that shrinks: every mark has a pixel it falls into, and marks side by side
 * fall into one pixel or two side by side, so that no line is torn, lost or made wider.
 */
void
tsn_warp_marks (const TsnAffine *affine, const TsnPlanes *source, float threshold,
                TsnPlanes *result)
{
  memset (result->values, 0, result->width * result->height * sizeof (float));
  for (size_t y = 0; y < source->height; y++)
    for (size_t x = 0; x < source->width; x++)
      {
        Point p;

        if (source->values[y * source->width + x] < threshold)
          continue;
        p = map_back (affine, (Point){ x + 0.5, y + 0.5 });
        if (p.x >= 0 && p.y >= 0 && p.x < result->width && p.y < result->height)
          result->values[(size_t)p.y * result->width + (size_t)p.x] = 1;
      }
}

/**
 * tsn_warp_nearest:
 * @fill: value of pixels whose centre is not over the source
 * @result: (out): as many planes as @source has
 *
 * Takes the value of the pixel that the result's pixel centre lies in.
 */
void
tsn_warp_nearest (const TsnAffine *affine, const TsnPlanes *source, float fill, TsnPlanes *result)
{
  size_t from_plane = source->width * source->height, to_plane = result->width * result->height;

  for (size_t y = 0; y < result->height; y++)
    for (size_t x = 0; x < result->width; x++)
      {
        Point p = map_point (affine, x + 0.5, y + 0.5);
        gboolean inside = is_inside (p, source->width, source->height);
        size_t from =
            clamp_index (p.y, source->height) * source->width + clamp_index (p.x, source->width);
        float *out = result->values + y * result->width + x;

        for (size_t c = 0; c < source->channels; c++)
          out[c * to_plane] = inside ? source->values[c * from_plane + from] : fill;
      }
}
