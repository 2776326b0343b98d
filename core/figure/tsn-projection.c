#include "core/figure/tsn-projection.h"

#include <math.h>

#define MAX_SWEEPS 60

/* Turns rows and columns p and q so that the element between them vanishes. */
static void
rotate (double *a, double *v, guint n, guint p, guint q)
{
  double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
  double t = (theta >= 0 ? 1 : -1) / (fabs (theta) + sqrt (theta * theta + 1));
  double c = 1 / sqrt (t * t + 1), s = t * c;

  for (guint k = 0; k < n; k++)
    {
      double x = a[k * n + p], y = a[k * n + q];

      a[k * n + p] = c * x - s * y;
      a[k * n + q] = s * x + c * y;
    }
  for (guint k = 0; k < n; k++)
    {
      double x = a[p * n + k], y = a[q * n + k];

      a[p * n + k] = c * x - s * y;
      a[q * n + k] = s * x + c * y;
    }
  for (guint k = 0; k < n; k++)
    {
      double x = v[k * n + p], y = v[k * n + q];

      v[k * n + p] = c * x - s * y;
      v[k * n + q] = s * x + c * y;
    }
}

static double
off_diagonal (const double *a, guint n)
{
  double sum = 0;

  for (guint p = 0; p < n; p++)
    for (guint q = p + 1; q < n; q++)
      sum += a[p * n + q] * a[p * n + q];
  return sum;
}

/**
 * tsn_symmetric_eigen:
 * @matrix: (inout) (array): @n x @n numbers, symmetric; destroyed
 * @values: (out caller-allocates) (array length=n): eigenvalues
 * @vectors: (out caller-allocates) (array): @n x @n; column i is the eigenvector of values[i]
 *
 * Eigenvalues and orthonormal eigenvectors by Jacobi's rotations (1846), in no order.
 */
void
tsn_symmetric_eigen (double *matrix, guint n, double *values, double *vectors)
{
  double scale = 0;

  for (guint i = 0; i < n * n; i++)
    {
      vectors[i] = i % (n + 1) == 0;
      scale += matrix[i] * matrix[i];
    }
  for (guint sweep = 0; sweep < MAX_SWEEPS && off_diagonal (matrix, n) > 1e-28 * scale; sweep++)
    for (guint p = 0; p < n; p++)
      for (guint q = p + 1; q < n; q++)
        if (matrix[p * n + q] != 0)
          rotate (matrix, vectors, n, p, q);
  for (guint i = 0; i < n; i++)
    values[i] = matrix[i * n + i];
}

/* The scalar products of the centred vectors: few numbers, however long the vectors are. */
static double *
make_gram (const double *vectors, guint n, guint length)
{
  double *gram = g_new0 (double, (size_t) n *n);

  for (guint d = 0; d < length; d++)
    {
      double mean = 0;

      for (guint i = 0; i < n; i++)
        mean += vectors[(size_t) i * length + d] / n;
      for (guint i = 0; i < n; i++)
        for (guint j = 0; j < n; j++)
          gram[i * n + j] += (vectors[(size_t) i * length + d] - mean)
                             * (vectors[(size_t) j * length + d] - mean);
    }
  return gram;
}

static guint
find_largest (const double *values, guint n, guint except)
{
  guint best = except == 0 ? 1 : 0;

  for (guint i = 0; i < n; i++)
    if (i != except && values[i] > values[best])
      best = i;
  return best;
}

/* Coordinates along component @k; the largest of them is positive, as signs mean nothing. */
static void
take_component (const double *values, const double *vectors, guint n, guint k, double *out)
{
  double length = sqrt (MAX (values[k], 0));
  guint largest = 0;

  for (guint i = 0; i < n; i++)
    {
      out[i] = length * vectors[i * n + k];
      if (fabs (out[i]) > fabs (out[largest]) * (1 + 1e-9))
        largest = i;
    }
  for (guint i = 0; out[largest] < 0 && i < n; i++)
    out[i] = i == largest ? out[i] : -out[i];
  out[largest] = fabs (out[largest]);
}

/**
 * tsn_projection_new:
 * @vectors: (array): @n rows of @length numbers
 *
 * Returns: (transfer full): the vectors along their first two principal components, 0 where there
 *   is none.
 */
TsnProjection *
tsn_projection_new (const double *vectors, guint n, guint length)
{
  TsnProjection *projection = g_new0 (TsnProjection, 1);
  g_autofree double *gram = make_gram (vectors, n, length);
  g_autofree double *values = g_new (double, n);
  g_autofree double *eigen = g_new (double, (size_t) n *n);
  double total = 0;
  guint first;

  projection->n = n;
  projection->x = g_new0 (double, n);
  projection->y = g_new0 (double, n);
  tsn_symmetric_eigen (gram, n, values, eigen);
  for (guint i = 0; i < n; i++)
    total += MAX (values[i], 0);
  if (n < 2 || !(total > 0))
    return projection;
  first = find_largest (values, n, n);
  take_component (values, eigen, n, first, projection->x);
  projection->share_x = values[first] / total;
  first = find_largest (values, n, first);
  take_component (values, eigen, n, first, projection->y);
  projection->share_y = MAX (values[first], 0) / total;
  return projection;
}

void
tsn_projection_free (TsnProjection *projection)
{
  g_free (projection->x);
  g_free (projection->y);
  g_free (projection);
}
