#include "core/data/tsn-scene-smooth.h"

#include <math.h>
#include <string.h>

/* Passes of the filter; each reaches twice as far as the one before. */
#define PASSES 4

/* Colours darker than this are not divided out. */
#define DARKEST 0.02f

/* How much darker or brighter than a pixel its neighbours may be to be mixed with it, as a share of
 * its own light: shadows stay sharp. */
#define CONTRAST 0.45f

/* One pass over the light that falls on surfaces. */
typedef struct
{
  const TsnSceneView *view;
  const float *from;
  float *to;
  int step;
} Pass;

static float
luminance (const float *rgb)
{
  return 0.2126f * rgb[0] + 0.7152f * rgb[1] + 0.0722f * rgb[2];
}

/* How alike two pixels are: of one surface, turned the same way, lit alike. */
static float
weigh (const Pass *pass, size_t a, size_t b, float light, float reach)
{
  const TsnSceneView *view = pass->view;
  const float *n = view->normals;
  size_t plane = (size_t) view->width * view->height;
  float facing, difference;

  if (view->segment[a] != view->segment[b])
    return 0;
  facing = n[a] * n[b] + n[plane + a] * n[plane + b] + n[2 * plane + a] * n[2 * plane + b];
  difference = (luminance (pass->from + 3 * b) - light) / reach;
  return powf (MAX (facing, 0), 32) * expf (-difference * difference);
}

static void
smooth_pixel (const Pass *pass, int x, int y)
{
  static const float kernel[] = { 0.375f, 0.25f, 0.0625f };
  const TsnSceneView *view = pass->view;
  size_t at = (size_t) y * view->width + x;
  float light = luminance (pass->from + 3 * at);
  float reach = CONTRAST * (light + 0.05f) * 2 / (1 + pass->step);
  float sum[3] = { 0, 0, 0 }, weights = 0;

  for (int j = -2; j <= 2; j++)
    for (int i = -2; i <= 2; i++)
      {
        int u = x + i * pass->step, v = y + j * pass->step;
        size_t other = (size_t) v * view->width + u;
        float weight;

        if (u < 0 || v < 0 || u >= (int) view->width || v >= (int) view->height)
          continue;
        weight = kernel[ABS (i)] * kernel[ABS (j)] * weigh (pass, at, other, light, reach);
        for (int c = 0; c < 3; c++)
          sum[c] += weight * pass->from[3 * other + c];
        weights += weight;
      }
  for (int c = 0; c < 3; c++)
    pass->to[3 * at + c] = weights > 0 ? sum[c] / weights : pass->from[3 * at + c];
}

static void
smooth_rows (gpointer data, size_t first, size_t last, guint thread)
{
  const Pass *pass = data;

  for (size_t y = first; y < last; y++)
    for (guint x = 0; x < pass->view->width; x++)
      smooth_pixel (pass, x, y);
}

/**
 * tsn_scene_smooth:
 * @view: with its labels, which say where surfaces end
 * @colour: mean colour of the surfaces at each pixel, three values a pixel
 * @light: (inout): what comes to the eye, three values a pixel
 *
 * Evens out noise within surfaces by the edge-avoiding À-Trous transform (Dammertz et al., HPG
 * 2010).  Colours are divided out before and multiplied back afterwards, so patterns stay crisp.
 */
void
tsn_scene_smooth (const TsnSceneView *view, const float *colour, float *light, TsnPool *pool)
{
  size_t n = 3 * (size_t) view->width * view->height;
  g_autofree float *a = g_new (float, n);
  g_autofree float *b = g_new (float, n);

  for (size_t i = 0; i < n; i++)
    a[i] = light[i] / MAX (colour[i], DARKEST);
  for (int i = 0; i < PASSES; i++)
    {
      Pass pass = { view, i % 2 == 0 ? a : b, i % 2 == 0 ? b : a, 1 << i };

      tsn_pool_for (pool, view->height, 4, smooth_rows, &pass);
    }
  for (size_t i = 0; i < n; i++)
    light[i] = (PASSES % 2 == 0 ? a : b)[i] * MAX (colour[i], DARKEST);
}
