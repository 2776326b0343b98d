#include "core/figure/tsn-projection.h"

#include "core/figure/tsn-eigen.h"

#include <math.h>

/* The scalar products of the centred vectors: few numbers, however long the vectors are. */
static double *
make_gram (const double *vectors, guint n, guint length)
{
  double *gram = g_new0 (double, (size_t) n * n);

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

/* Coordinates along component @k; the largest of them is positive, as signs mean nothing. */
static void
take_component (const double *values, const double *vectors, guint n, guint k, double *out)
{
  double length = sqrt (MAX (values[k], 0));
  guint largest = 0;

  for (guint i = 0; i < n; i++)
    {
      out[i] = length * vectors[k * n + i];
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
  g_autofree double *eigen = g_new (double, (size_t) n * n);
  double total = 0;

  projection->n = n;
  projection->x = g_new0 (double, n);
  projection->y = g_new0 (double, n);
  tsn_symmetric_eigen (gram, n, values, eigen);
  for (guint i = 0; i < n; i++)
    total += MAX (values[i], 0);
  if (n < 2 || !(total > 0))
    return projection;
  take_component (values, eigen, n, 0, projection->x);
  projection->share_x = values[0] / total;
  take_component (values, eigen, n, 1, projection->y);
  projection->share_y = MAX (values[1], 0) / total;
  return projection;
}

void
tsn_projection_free (TsnProjection *projection)
{
  g_free (projection->x);
  g_free (projection->y);
  g_free (projection);
}
