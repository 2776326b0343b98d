#include "core/evaluation/tsn-boundary-nms.h"

#include <math.h>
#include <string.h>

/* Radius in pixels of the filter under which orientations are measured. */
#define ORIENTATION_SMOOTHING 4

/* Index @i mirrored into 0..n-1, the outermost element repeated. */
static int
mirror (int i, int n)
{
  for (;;)
    {
      if (i < 0)
        i = -1 - i;
      else if (i >= n)
        i = 2 * n - 1 - i;
      else
        return i;
    }
}

/* Filters @n elements, @step apart, with the triangle 1, 2, ..., r + 1, ..., 2, 1. */
static void
smooth_line (double *line, int n, size_t step, int r, double *scratch)
{
  double norm = 1.0 / ((r + 1.0) * (r + 1.0));

  for (int i = 0; i < n; i++)
    scratch[i] = line[i * step];
  for (int i = 0; i < n; i++)
    {
      double sum = 0;

      for (int k = -r; k <= r; k++)
        sum += (r + 1 - ABS (k)) * scratch[mirror (i + k, n)];
      line[i * step] = sum * norm;
    }
}

static void
smooth (double *map, guint width, guint height, guint radius)
{
  g_autofree double *scratch = g_new (double, MAX (width, height));

  for (guint y = 0; y < height; y++)
    smooth_line (map + (size_t)y * width, width, 1, radius, scratch);
  for (guint x = 0; x < width; x++)
    smooth_line (map + x, height, width, radius, scratch);
}

/* The central difference at element @i of @n, @step apart; one-sided at the ends. */
static inline double
difference (const double *line, guint i, guint n, size_t step)
{
  guint before = i > 0 ? i - 1 : 0, after = i + 1 < n ? i + 1 : n - 1;

  if (after == before)
    return 0;
  return (line[after * step] - line[before * step]) / (after - before);
}

static double *
difference_map (const double *map, guint width, guint height, gboolean along_y)
{
  double *d = g_new (double, height * (size_t)width);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      d[(size_t)y * width + x] = along_y ? difference (map + x, y, height, width)
                                         : difference (map + (size_t)y * width, x, width, 1);
  return d;
}

/* The direction across the boundary at every pixel, in 0..pi, from second derivatives. */
static double *
estimate_normals (const double *map, guint width, guint height)
{
  size_t n = (size_t)width * height;
  double *angle = g_memdup2 (map, n * sizeof (double));
  g_autofree double *dx = NULL, *dy = NULL, *dxx = NULL, *dxy = NULL, *dyy = NULL;

  smooth (angle, width, height, ORIENTATION_SMOOTHING);
  dx = difference_map (angle, width, height, FALSE);
  dy = difference_map (angle, width, height, TRUE);
  dxx = difference_map (dx, width, height, FALSE);
  dxy = difference_map (dy, width, height, FALSE);
  dyy = difference_map (dy, width, height, TRUE);
  for (size_t i = 0; i < n; i++)
    {
      double sign = (dxy[i] < 0) - (dxy[i] > 0);

      angle[i] = atan (dyy[i] * sign / (dxx[i] + 1e-5));
      if (angle[i] < 0)
        angle[i] += G_PI;
    }
  return angle;
}

/* The map before suppression. */
typedef struct
{
  const double *values;
  guint width;
  guint height;
} Soft;

/* The map at a place between pixels, bilinearly, held at the frame. */
static double
sample (const Soft *soft, double x, double y)
{
  size_t x0, y0, right, below;
  const double *p;

  x = CLAMP (x, 0, soft->width - 1.0);
  y = CLAMP (y, 0, soft->height - 1.0);
  x0 = (size_t)x;
  y0 = (size_t)y;
  right = x0 + 1 < soft->width ? 1 : 0;
  below = y0 + 1 < soft->height ? soft->width : 0;
  p = soft->values + y0 * soft->width + x0;
  x -= x0;
  y -= y0;
  return (p[0] * (1 - x) + p[right] * x) * (1 - y)
         + (p[below] * (1 - x) + p[below + right] * x) * y;
}

static gboolean
is_maximum (const Soft *soft, guint x, guint y, double angle, const TsnBoundaryNms *nms)
{
  double value = soft->values[(size_t)y * soft->width + x] * nms->tolerance;
  double dx = cos (angle), dy = sin (angle);

  for (int d = 1; d <= (int)nms->radius; d++)
    if (value < sample (soft, x + d * dx, y + d * dy)
        || value < sample (soft, x - d * dx, y - d * dy))
      return FALSE;
  return TRUE;
}

static void
fade_border (double *map, guint width, guint height, guint border)
{
  guint b = MIN (border, MIN (width, height) / 2);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint from_x = MIN (x, width - 1 - x), from_y = MIN (y, height - 1 - y);

        if (from_x < b)
          map[(size_t)y * width + x] *= (double)from_x / b;
        if (from_y < b)
          map[(size_t)y * width + x] *= (double)from_y / b;
      }
}

/**
 * tsn_boundary_nms:
 * @map: (inout): @height rows of @width boundary probabilities
 * @nms: how
 *
 * Sets to 0 what is not a maximum across the boundary (P. Dollar and C. L. Zitnick, "Fast edge
 * detection using structured forests", PAMI 2015): the direction across comes from the second
 * derivatives of the smoothed map, and values along it are interpolated bilinearly.
 */
void
tsn_boundary_nms (double *map, guint width, guint height, const TsnBoundaryNms *nms)
{
  size_t n = (size_t)width * height;
  g_autofree double *values = NULL, *angle = NULL;
  Soft soft;

  if (nms->smoothing > 0)
    smooth (map, width, height, nms->smoothing);
  angle = estimate_normals (map, width, height);
  values = g_memdup2 (map, n * sizeof (double));
  soft = (Soft){ values, width, height };
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        size_t i = (size_t)y * width + x;

        if (values[i] != 0 && !is_maximum (&soft, x, y, angle[i], nms))
          map[i] = 0;
      }
  fade_border (map, width, height, nms->border);
}
