/* Eigenvectors, and feature maps as colours. */
#include "core/base/tsn-random.h"
#include "core/figure/tsn-eigen.h"
#include "core/figure/tsn-pca.h"

#include <math.h>
#include <string.h>

/* M v = l v for every pair, vectors of length 1 at right angles, values descending. */
static void
check_eigen (const double *matrix, guint n, double *values, double *vectors, double tolerance)
{
  g_autofree double *copy = g_memdup2 (matrix, n * n * sizeof *matrix);

  tsn_symmetric_eigen (copy, n, values, vectors);
  for (guint k = 0; k < n; k++)
    {
      g_assert_true (k == 0 || values[k] <= values[k - 1]);
      for (guint l = 0; l <= k; l++)
        {
          double product = 0;

          for (guint i = 0; i < n; i++)
            product += vectors[k * n + i] * vectors[l * n + i];
          g_assert_cmpfloat_with_epsilon (product, k == l, tolerance);
        }
      for (guint i = 0; i < n; i++)
        {
          double product = 0;

          for (guint j = 0; j < n; j++)
            product += matrix[i * n + j] * vectors[k * n + j];
          g_assert_cmpfloat_with_epsilon (product, values[k] * vectors[k * n + i], tolerance);
        }
    }
}

static void
test_random_matrices (void)
{
  static const guint sizes[] = { 1, 2, 3, 5, 40, 130 };
  TsnRandom random;

  tsn_random_init (&random, 4);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      guint n = sizes[s];
      g_autofree double *matrix = g_new (double, n *n);
      g_autofree double *values = g_new (double, n);
      g_autofree double *vectors = g_new (double, n *n);

      for (guint i = 0; i < n; i++)
        for (guint j = 0; j <= i; j++)
          matrix[i * n + j] = matrix[j * n + i] = tsn_random_normal (&random);
      check_eigen (matrix, n, values, vectors, 1e-10);
    }
}

/* The second difference has known eigenvalues: 2 - 2 cos (k pi / (n + 1)). */
static void
test_second_difference (void)
{
  enum
  {
    N = 24
  };
  double matrix[N * N] = { 0 }, values[N], vectors[N * N];

  for (guint i = 0; i < N; i++)
    {
      matrix[i * N + i] = 2;
      if (i > 0)
        matrix[i * N + i - 1] = matrix[(i - 1) * N + i] = -1;
    }
  check_eigen (matrix, N, values, vectors, 1e-12);
  for (guint k = 0; k < N; k++)
    g_assert_cmpfloat_with_epsilon (values[k], 2 - 2 * cos ((N - k) * G_PI / (N + 1)), 1e-12);
}

/* Nothing to divide by, equal eigenvalues, and numbers of very different size. */
static void
test_degenerate_matrices (void)
{
  enum
  {
    N = 6
  };
  double matrix[N * N] = { 0 }, values[N], vectors[N * N];

  check_eigen (matrix, N, values, vectors, 1e-15);
  for (guint i = 0; i < N; i++)
    matrix[i * N + i] = 3;
  check_eigen (matrix, N, values, vectors, 1e-15);
  g_assert_cmpfloat (values[0], ==, 3);
  for (guint i = 0; i < N * N; i++)
    matrix[i] = 1;
  check_eigen (matrix, N, values, vectors, 1e-12);
  g_assert_cmpfloat_with_epsilon (values[0], N, 1e-12);
  g_assert_cmpfloat_with_epsilon (values[1], 0, 1e-12);
  matrix[0] = 1e12;
  check_eigen (matrix, N, values, vectors, 1e-3);
}

/* A map whose pixels lie along given directions: value = mean + a u + b v, a varying more. */
static TsnTensor *
make_map (guint seed, size_t height, size_t width, float offset)
{
  TsnTensor *map = tsn_tensor_new_nchw (1, 5, height, width);
  size_t pixels = height * width;
  TsnRandom random;

  tsn_random_init (&random, seed);
  for (size_t i = 0; i < pixels; i++)
    {
      float a = 10 * tsn_random_normal (&random) + offset, b = 2 * tsn_random_normal (&random);

      map->data[i] = 7;
      map->data[pixels + i] = 0.6f * a;
      map->data[2 * pixels + i] = 0.8f * a + 3;
      map->data[3 * pixels + i] = b;
      map->data[4 * pixels + i] = 0;
    }
  return map;
}

static void
test_finds_the_directions (void)
{
  g_autoptr (TsnTensor) map = make_map (1, 40, 50, 0);
  g_autoptr (TsnPca) pca = tsn_pca_fit (&map, 1, NULL);
  static const double wanted[2][5] = { { 0, 0.6, 0.8, 0, 0 }, { 0, 0, 0, 1, 0 } };

  for (guint k = 0; k < 2; k++)
    for (guint c = 0; c < 5; c++)
      g_assert_cmpfloat_with_epsilon (pca->axes[k * 5 + c], wanted[k][c], 0.02);
  g_assert_cmpfloat_with_epsilon (pca->share[0], 100 / 104.0, 0.01);
  g_assert_cmpfloat_with_epsilon (pca->share[0] + pca->share[1], 1, 1e-6);
  g_assert_cmpfloat (pca->share[2], ==, 0);
  g_assert_cmpfloat_with_epsilon (pca->mean[0], 7, 1e-9);
}

/* Equal features have equal colours in all maps of one basis, whatever else is in them. */
static void
test_one_basis_for_several_maps (void)
{
  g_autoptr (TsnTensor) first = make_map (1, 20, 30, -30);
  g_autoptr (TsnTensor) second = make_map (2, 20, 30, 30);
  TsnTensor *maps[] = { first, second };
  g_autoptr (TsnPca) pca = tsn_pca_fit (maps, 2, NULL);
  g_autofree guint8 *a = g_malloc (3 * 600), *b = g_malloc (3 * 600);
  double red_a = 0, red_b = 0;

  for (guint c = 0; c < 5; c++)
    second->data[c * 600 + 17] = first->data[c * 600 + 99];
  tsn_pca_colour (pca, first, a);
  tsn_pca_colour (pca, second, b);
  g_assert_cmpmem (a + 3 * 99, 3, b + 3 * 17, 3);
  for (guint i = 0; i < 600; i++)
    {
      red_a += a[3 * i] / 600.0;
      red_b += b[3 * i] / 600.0;
      g_assert_cmpuint (a[3 * i + 2], ==, 128);
    }
  /* What tells the maps apart most is red. */
  g_assert_cmpfloat (red_b - red_a, >, 100);
}

static void
test_projects_a_pixel (void)
{
  g_autoptr (TsnTensor) map = make_map (3, 20, 20, 0);
  g_autoptr (TsnPca) pca = tsn_pca_fit (&map, 1, NULL);
  double at[TSN_PCA_COMPONENTS];

  for (guint c = 0; c < 5; c++)
    map->data[c * 400 + 5] = pca->mean[c] + 4 * pca->axes[c] - 3 * pca->axes[5 + c];
  tsn_pca_project (pca, map, 5, at);
  g_assert_cmpfloat_with_epsilon (at[0], 4, 1e-4);
  g_assert_cmpfloat_with_epsilon (at[1], -3, 1e-4);
}

/* Without an earlier basis the largest number of an axis is positive; with one, its side counts. */
static void
test_signs_stay (void)
{
  g_autoptr (TsnTensor) map = make_map (4, 30, 30, 0);
  g_autoptr (TsnPca) fresh = tsn_pca_fit (&map, 1, NULL);
  g_autoptr (TsnPca) turned = tsn_pca_fit (&map, 1, NULL);
  g_autoptr (TsnPca) again = NULL;

  for (guint i = 0; i < 5; i++)
    turned->axes[i] = -turned->axes[i];
  again = tsn_pca_fit (&map, 1, turned);
  g_assert_cmpfloat (fresh->axes[2], >, 0);
  g_assert_cmpfloat (again->axes[2], <, 0);
  g_assert_cmpfloat (again->axes[5 + 3], >, 0);
}

/* One channel, one pixel, a constant map: nothing varies, nothing fails. */
static void
test_small_maps (void)
{
  g_autoptr (TsnTensor) one = tsn_tensor_new_nchw (1, 1, 1, 1);
  g_autoptr (TsnTensor) flat = tsn_tensor_new_nchw (1, 2, 3, 3);
  g_autoptr (TsnPca) of_one = NULL, of_flat = NULL;
  guint8 rgb[27];

  one->data[0] = 5;
  for (guint i = 0; i < 18; i++)
    flat->data[i] = -2;
  of_one = tsn_pca_fit (&one, 1, NULL);
  of_flat = tsn_pca_fit (&flat, 1, of_one);
  g_assert_cmpfloat (of_one->share[0], ==, 0);
  tsn_pca_colour (of_flat, flat, rgb);
  for (guint i = 0; i < 27; i++)
    g_assert_cmpuint (rgb[i], ==, 128);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/eigen/random", test_random_matrices);
  g_test_add_func ("/figure/eigen/second-difference", test_second_difference);
  g_test_add_func ("/figure/eigen/degenerate", test_degenerate_matrices);
  g_test_add_func ("/figure/pca/directions", test_finds_the_directions);
  g_test_add_func ("/figure/pca/joint", test_one_basis_for_several_maps);
  g_test_add_func ("/figure/pca/pixel", test_projects_a_pixel);
  g_test_add_func ("/figure/pca/signs", test_signs_stay);
  g_test_add_func ("/figure/pca/small", test_small_maps);
  return g_test_run ();
}
