#include "core/figure/tsn-eigen.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Steps that one eigenvalue may take; two or three are usual. */
#define MAX_STEPS 60

/* A matrix on its way to diagonal form. */
typedef struct
{
  guint n;
  double *matrix;
  double *diagonal;
  double *beside;  /* [n - 1] what is next to the diagonal */
  double *vectors; /* rows: the transformations so far */
} Work;

/* The unit vector whose reflection turns the numbers below the diagonal in column @k into one.
 * Returns: that one. */
static double
make_reflector (const Work *work, guint k, double *v)
{
  guint n = work->n;
  double squares = 0, length, target;

  for (guint i = k + 1; i < n; i++)
    {
      v[i] = work->matrix[(size_t) i * n + k];
      squares += v[i] * v[i];
    }
  /* Away from the first number, so that nothing cancels. */
  target = v[k + 1] > 0 ? -sqrt (squares) : sqrt (squares);
  v[k + 1] -= target;
  length
      = sqrt (2 * (squares > 0 ? target * (target - work->matrix[(size_t) (k + 1) * n + k]) : 0));
  for (guint i = k + 1; i < n; i++)
    v[i] = length > 0 ? v[i] / length : 0;
  return target;
}

/* Reflects the rest of the matrix from both sides; @w is scratch. */
static void
reflect_matrix (Work *work, guint k, const double *v, double *w)
{
  guint n = work->n;
  double product = 0;

  for (guint i = k + 1; i < n; i++)
    {
      const double *row = work->matrix + (size_t) i * n;

      w[i] = 0;
      for (guint j = k + 1; j < n; j++)
        w[i] += row[j] * v[j];
      product += v[i] * w[i];
    }
  for (guint i = k + 1; i < n; i++)
    w[i] -= product * v[i];
  for (guint i = k + 1; i < n; i++)
    {
      double *row = work->matrix + (size_t) i * n;

      for (guint j = k + 1; j < n; j++)
        row[j] -= 2 * (v[i] * w[j] + w[i] * v[j]);
    }
}

static void
reflect_vectors (Work *work, guint k, const double *v, double *sum)
{
  guint n = work->n;

  memset (sum, 0, n * sizeof *sum);
  for (guint i = k + 1; i < n; i++)
    for (guint j = 0; j < n; j++)
      sum[j] += v[i] * work->vectors[(size_t) i * n + j];
  for (guint i = k + 1; i < n; i++)
    for (guint j = 0; j < n; j++)
      work->vectors[(size_t) i * n + j] -= 2 * v[i] * sum[j];
}

/* Householder, "Unitary triangularization of a nonsymmetric matrix" (1958). */
static void
make_tridiagonal (Work *work)
{
  guint n = work->n;
  g_autofree double *v = g_new0 (double, n);
  g_autofree double *scratch = g_new0 (double, n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      work->vectors[(size_t) i * n + j] = i == j;
  for (guint k = 0; k + 1 < n; k++)
    {
      if (k + 2 == n)
        {
          work->beside[k] = work->matrix[(size_t) (k + 1) * n + k];
          break;
        }
      work->beside[k] = make_reflector (work, k, v);
      reflect_matrix (work, k, v, scratch);
      reflect_vectors (work, k, v, scratch);
    }
  for (guint i = 0; i < n; i++)
    work->diagonal[i] = work->matrix[(size_t) i * n + i];
}

static void
rotate_vectors (Work *work, guint k, double c, double s)
{
  double *first = work->vectors + (size_t) k * work->n;
  double *second = first + work->n;

  for (guint j = 0; j < work->n; j++)
    {
      double x = first[j], y = second[j];

      first[j] = c * x + s * y;
      second[j] = c * y - s * x;
    }
}

/* One implicit QR step with Wilkinson's shift on the rows from @low to @high. */
static void
step (Work *work, guint low, guint high)
{
  double *d = work->diagonal, *e = work->beside;
  double half = (d[high - 1] - d[high]) / 2, last = e[high - 1];
  double shift = d[high] - last * last / (half + copysign (hypot (half, last), half));
  double x = d[low] - shift, z = e[low];

  for (guint k = low; k < high; k++)
    {
      double r = hypot (x, z), c = r > 0 ? x / r : 1, s = r > 0 ? z / r : 0;
      double a = d[k], b = e[k], g = d[k + 1];

      if (k > low)
        e[k - 1] = r;
      d[k] = c * c * a + 2 * c * s * b + s * s * g;
      d[k + 1] = s * s * a - 2 * c * s * b + c * c * g;
      e[k] = c * s * (g - a) + (c * c - s * s) * b;
      x = e[k];
      if (k + 1 < high)
        {
          z = s * e[k + 1];
          e[k + 1] *= c;
        }
      rotate_vectors (work, k, c, s);
    }
}

/* Francis, "The QR transformation" (1961). */
static void
make_diagonal (Work *work)
{
  const double *d = work->diagonal;
  double *e = work->beside;
  guint high = work->n - 1, steps = 0;

  while (high > 0)
    {
      guint low;

      for (guint i = 0; i < high; i++)
        if (fabs (e[i]) <= DBL_EPSILON * (fabs (d[i]) + fabs (d[i + 1])) || fabs (e[i]) < DBL_MIN)
          e[i] = 0;
      if (e[high - 1] == 0 || steps == MAX_STEPS)
        {
          high--;
          steps = 0;
          continue;
        }
      for (low = high - 1; low > 0 && e[low - 1] != 0;)
        low--;
      step (work, low, high);
      steps++;
    }
}

static void
sort (const Work *work)
{
  size_t row = work->n * sizeof (double);
  g_autofree double *kept = g_malloc (row);

  for (guint i = 0; i + 1 < work->n; i++)
    {
      double *here = work->vectors + (size_t) i * work->n, *there, value = work->diagonal[i];
      guint best = i;

      for (guint j = i + 1; j < work->n; j++)
        if (work->diagonal[j] > work->diagonal[best])
          best = j;
      if (best == i)
        continue;
      there = work->vectors + (size_t) best * work->n;
      memcpy (kept, here, row);
      memcpy (here, there, row);
      memcpy (there, kept, row);
      work->diagonal[i] = work->diagonal[best];
      work->diagonal[best] = value;
    }
}

/**
 * tsn_symmetric_eigen:
 * @matrix: (inout) (array): @n x @n numbers, symmetric; destroyed
 * @n: at least 1
 * @values: (out caller-allocates) (array length=n): eigenvalues, the largest first
 * @vectors: (out caller-allocates) (array): @n x @n; row i is the eigenvector of values[i], of
 *   length 1 and of either sign
 *
 * Tridiagonal form by Householder's reflections, then QR steps with implicit shifts: about 5 n^3
 * multiplications, a fraction of a second for 512 channels.
 */
void
tsn_symmetric_eigen (double *matrix, guint n, double *values, double *vectors)
{
  g_autofree double *beside = g_new0 (double, n);
  Work work = { n, matrix, values, beside, vectors };

  g_return_if_fail (n > 0);

  make_tridiagonal (&work);
  make_diagonal (&work);
  sort (&work);
}
