/* The pad turns places into weights and back. */
#include "ui/tsn-pad-shape.h"

#include <math.h>

#define MAX_TASKS 12
#define N_PLACES 2000

static double
add_up (guint n, const double *weights)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += weights[i];
  return sum;
}

static void
test_corners_are_one_task (void)
{
  for (guint n = 1; n <= MAX_TASKS; n++)
    for (guint corner = 0; corner < n; corner++)
      {
        double weights[MAX_TASKS], x, y;

        tsn_pad_shape_get_corner (n, corner, &x, &y);
        tsn_pad_shape_get_weights (n, x, y, weights);
        for (guint i = 0; i < n; i++)
          g_assert_cmpfloat_with_epsilon (weights[i], i == corner, 1e-12);
      }
}

static void
test_centre_is_all_tasks_alike (void)
{
  for (guint n = 1; n <= MAX_TASKS; n++)
    {
      double weights[MAX_TASKS];

      tsn_pad_shape_get_weights (n, 0, 0, weights);
      for (guint i = 0; i < n; i++)
        g_assert_cmpfloat_with_epsilon (weights[i], 1.0 / n, 1e-12);
    }
}

static void
test_edges_are_two_tasks (void)
{
  for (guint n = 2; n <= MAX_TASKS; n++)
    for (guint corner = 0; corner < n; corner++)
      {
        double weights[MAX_TASKS], x[2], y[2];
        guint next = (corner + 1) % n;

        tsn_pad_shape_get_corner (n, corner, &x[0], &y[0]);
        tsn_pad_shape_get_corner (n, next, &x[1], &y[1]);
        tsn_pad_shape_get_weights (n, 0.7 * x[0] + 0.3 * x[1], 0.7 * y[0] + 0.3 * y[1], weights);
        g_assert_cmpfloat_with_epsilon (weights[corner], 0.7, 1e-9);
        g_assert_cmpfloat_with_epsilon (weights[next], 0.3, 1e-9);
        g_assert_cmpfloat_with_epsilon (add_up (n, weights), 1, 1e-12);
      }
}

static void
random_place (GRand *random, double reach, double *x, double *y)
{
  *x = g_rand_double_range (random, -reach, reach);
  *y = g_rand_double_range (random, -reach, reach);
}

static void
test_places_come_back (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint n = 3; n <= MAX_TASKS; n++)
    for (guint i = 0; i < N_PLACES; i++)
      {
        double weights[MAX_TASKS], x, y, back_x, back_y;

        random_place (random, 1.6, &x, &y);
        tsn_pad_shape_get_weights (n, x, y, weights);
        g_assert_cmpfloat_with_epsilon (add_up (n, weights), 1, 1e-9);
        tsn_pad_shape_get_place (n, weights, &back_x, &back_y);
        g_assert_cmpfloat_with_epsilon (back_x, x, 1e-7);
        g_assert_cmpfloat_with_epsilon (back_y, y, 1e-7);
      }
}

static void
test_mixes_are_convex_inside_only (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);

  for (guint n = 3; n <= MAX_TASKS; n++)
    for (guint i = 0; i < N_PLACES; i++)
      {
        double weights[MAX_TASKS], x, y, smallest = 1;

        random_place (random, 1.3, &x, &y);
        tsn_pad_shape_get_weights (n, x, y, weights);
        for (guint k = 0; k < n; k++)
          smallest = MIN (smallest, weights[k]);
        if (tsn_pad_shape_contains (n, x, y))
          g_assert_cmpfloat (smallest, >=, 0);
        else
          g_assert_cmpfloat (smallest, <, 0);
      }
}

static void
assert_near (guint n, double x, double y, double dx, double dy)
{
  double here[MAX_TASKS], there[MAX_TASKS];

  tsn_pad_shape_get_weights (n, x, y, here);
  tsn_pad_shape_get_weights (n, x + dx, y + dy, there);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (here[i], there[i], 1e-3);
}

/* Where formulas change, at edges, corners and their extensions, weights do not jump. */
static void
test_weights_never_jump (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint n = 2; n <= MAX_TASKS; n++)
    for (guint i = 0; i < N_PLACES; i++)
      {
        guint corner = g_rand_int_range (random, 0, n);
        double share = g_rand_double_range (random, -0.2, 1.2), x[2], y[2], dx, dy;

        random_place (random, 1e-5, &dx, &dy);
        tsn_pad_shape_get_corner (n, corner, &x[0], &y[0]);
        tsn_pad_shape_get_corner (n, (corner + 1) % n, &x[1], &y[1]);
        assert_near (n, x[0], y[0], dx, dy);
        assert_near (n, (1 - share) * x[0] + share * x[1], (1 - share) * y[0] + share * y[1], dx,
                     dy);
      }
}

static void
test_line_of_two_tasks_goes_on (void)
{
  double weights[2];

  tsn_pad_shape_get_weights (2, 0, 0.4, weights);
  g_assert_cmpfloat_with_epsilon (weights[0], 0.5, 1e-12);
  tsn_pad_shape_get_weights (2, 2, 0, weights);
  g_assert_cmpfloat_with_epsilon (weights[0], -0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (weights[1], 1.5, 1e-12);
}

static void
test_confines_to_the_nearest_place (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  for (guint n = 1; n <= MAX_TASKS; n++)
    for (guint i = 0; i < N_PLACES; i++)
      {
        double x, y, confined_x, confined_y, again_x, again_y;

        random_place (random, 2, &x, &y);
        confined_x = x;
        confined_y = y;
        tsn_pad_shape_confine (n, &confined_x, &confined_y);
        if (tsn_pad_shape_contains (n, x, y))
          g_assert_true (x == confined_x && y == confined_y);
        again_x = confined_x;
        again_y = confined_y;
        tsn_pad_shape_confine (n, &again_x, &again_y);
        g_assert_cmpfloat_with_epsilon (again_x, confined_x, 1e-9);
        g_assert_cmpfloat_with_epsilon (again_y, confined_y, 1e-9);
        g_assert_cmpfloat (hypot (confined_x, confined_y), <=, 1 + 1e-9);
        g_assert_cmpfloat (hypot (confined_x - x, confined_y - y), <=, hypot (x, y) + 1e-9);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pad-shape/corners", test_corners_are_one_task);
  g_test_add_func ("/pad-shape/centre", test_centre_is_all_tasks_alike);
  g_test_add_func ("/pad-shape/edges", test_edges_are_two_tasks);
  g_test_add_func ("/pad-shape/linear-precision", test_places_come_back);
  g_test_add_func ("/pad-shape/convex-inside", test_mixes_are_convex_inside_only);
  g_test_add_func ("/pad-shape/continuous", test_weights_never_jump);
  g_test_add_func ("/pad-shape/line", test_line_of_two_tasks_goes_on);
  g_test_add_func ("/pad-shape/confine", test_confines_to_the_nearest_place);
  return g_test_run ();
}
