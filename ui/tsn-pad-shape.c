#include "ui/tsn-pad-shape.h"

#include <math.h>

/* Weights that are nearer to zero than this are what rounding left of one. */
#define SMALLEST_WEIGHT 1e-9

/* How near to an edge, in its length, a place is taken to lie on it. */
#define ON_EDGE 1e-9

/* Weights whose sum is smaller have no mean that could be drawn. */
#define SMALLEST_SUM 0.05

/**
 * tsn_pad_shape_get_corner:
 * @n: number of tasks, at least 1
 * @corner: which one
 */
void
tsn_pad_shape_get_corner (guint n, guint corner, double *x, double *y)
{
  double angle = 2 * G_PI * corner / n;

  g_return_if_fail (n > 0 && corner < n);

  *x = n == 1 ? 0 : sin (angle);
  *y = n == 1 ? 0 : -cos (angle);
  if (n == 2)
    {
      *x = corner == 0 ? -1 : 1;
      *y = 0;
    }
}

/* Half the angle's tangent, by whichever of two equal formulas loses no digits. */
static double
half_tangent (double cross, double dot, double length)
{
  if (dot < 0)
    return (length - dot) / cross;
  return cross / (length + dot);
}

static void
set_on_edge (guint n, guint from, double share, double *weights)
{
  for (guint i = 0; i < n; i++)
    weights[i] = 0;
  weights[from] = 1 - share;
  weights[(from + 1) % n] = share;
}

/* The vector from a place to a corner. */
typedef struct
{
  double x;
  double y;
  double length;
} Ray;

static Ray
ray_to (guint n, guint corner, double x, double y)
{
  Ray ray;

  tsn_pad_shape_get_corner (n, corner % n, &ray.x, &ray.y);
  ray.x -= x;
  ray.y -= y;
  ray.length = hypot (ray.x, ray.y);
  return ray;
}

/* Adds the tangents of an edge's angle to the weights of its ends; FALSE if the place lies on it,
 * which sets all weights. */
static gboolean
add_edge (guint n, guint edge, double x, double y, double *weights)
{
  Ray from = ray_to (n, edge, x, y), to = ray_to (n, edge + 1, x, y);
  double cross = from.x * to.y - from.y * to.x, dot = from.x * to.x + from.y * to.y;
  double length = from.length * to.length, tangent;

  if (from.length < ON_EDGE || to.length < ON_EDGE || (dot < 0 && fabs (cross) < ON_EDGE * length))
    {
      set_on_edge (n, edge, from.length / (from.length + to.length), weights);
      return FALSE;
    }
  tangent = half_tangent (cross, dot, length);
  weights[edge] += tangent / from.length;
  weights[(edge + 1) % n] += tangent / to.length;
  return TRUE;
}

static void
divide_by_sum (guint n, double *weights)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += weights[i];
  for (guint i = 0; i < n; i++)
    {
      weights[i] /= sum;
      if (fabs (weights[i]) < SMALLEST_WEIGHT)
        weights[i] = 0;
    }
}

/**
 * tsn_pad_shape_get_weights:
 * @n: number of tasks, at least 1
 * @x: any place
 * @weights: (out) (array length=n): they add up to 1
 */
void
tsn_pad_shape_get_weights (guint n, double x, double y, double *weights)
{
  g_return_if_fail (n > 0);

  for (guint i = 0; i < n; i++)
    weights[i] = 0;
  if (n == 1)
    weights[0] = 1;
  else if (n == 2)
    set_on_edge (n, 0, (x + 1) / 2, weights);
  else
    {
      for (guint i = 0; i < n; i++)
        if (!add_edge (n, i, x, y, weights))
          return;
      divide_by_sum (n, weights);
    }
}

/**
 * tsn_pad_shape_get_place:
 * @weights: (array length=n): of any sign and sum
 *
 * Says where the weighted mean of the corners lies; it is the centre if the weights have none.
 * From four tasks on, other weights have the same mean.
 */
void
tsn_pad_shape_get_place (guint n, const double *weights, double *x, double *y)
{
  double sum = 0;

  *x = *y = 0;
  for (guint i = 0; i < n; i++)
    {
      double corner_x, corner_y;

      tsn_pad_shape_get_corner (n, i, &corner_x, &corner_y);
      *x += weights[i] * corner_x;
      *y += weights[i] * corner_y;
      sum += weights[i];
    }
  *x = sum > SMALLEST_SUM ? *x / sum : 0;
  *y = sum > SMALLEST_SUM ? *y / sum : 0;
}

/* On which side of an edge a place is: positive inside. */
static double
side_of (guint n, guint edge, double x, double y)
{
  Ray from = ray_to (n, edge, x, y), to = ray_to (n, edge + 1, x, y);

  return from.x * to.y - from.y * to.x;
}

/**
 * tsn_pad_shape_contains:
 *
 * Returns: whether a place is within the shape or on its border.
 */
gboolean
tsn_pad_shape_contains (guint n, double x, double y)
{
  if (n == 1)
    return x == 0 && y == 0;
  if (n == 2)
    return fabs (x) <= 1 && y == 0;
  for (guint i = 0; i < n; i++)
    if (side_of (n, i, x, y) < -ON_EDGE)
      return FALSE;
  return TRUE;
}

/* The point of an edge that is nearest to a place. */
static void
nearest_on_edge (guint n, guint edge, double x, double y, double *near_x, double *near_y)
{
  Ray from = ray_to (n, edge, 0, 0), to = ray_to (n, edge + 1, 0, 0);
  double dx = to.x - from.x, dy = to.y - from.y;
  double share = ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy);

  share = CLAMP (share, 0, 1);
  *near_x = from.x + share * dx;
  *near_y = from.y + share * dy;
}

/**
 * tsn_pad_shape_confine:
 *
 * Moves a place that is not within the shape to the nearest one that is.
 */
void
tsn_pad_shape_confine (guint n, double *x, double *y)
{
  double best = INFINITY, place_x = *x, place_y = *y;

  if (n == 1)
    *x = *y = 0;
  if (tsn_pad_shape_contains (n, *x, *y))
    return;
  for (guint i = 0; i < n; i++)
    {
      double near_x, near_y, distance;

      nearest_on_edge (n, i, place_x, place_y, &near_x, &near_y);
      distance = hypot (near_x - place_x, near_y - place_y);
      if (distance < best)
        {
          best = distance;
          *x = near_x;
          *y = near_y;
        }
    }
}
