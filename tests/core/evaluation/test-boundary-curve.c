#include "core/evaluation/tsn-boundary-curve.h"

#include <math.h>

#define assert_near(a, b) g_assert_cmpfloat_with_epsilon ((a), (b), 1e-12)

static TsnBoundaryPoint
make_point (double threshold, double recall, double precision)
{
  return (TsnBoundaryPoint){ threshold, recall, precision, tsn_boundary_f (recall, precision) };
}

static void
test_curve_thresholds (void)
{
  for (guint i = 0; i < 99; i++)
    assert_near (tsn_boundary_threshold (99, i), (i + 1) / 100.0);
  assert_near (tsn_boundary_threshold (1, 0), 0.5);
  /* Of 5 thresholds, the benchmark's second is a hair above one third: the value 85 of 255 is
   * below it. */
  g_assert_cmpfloat (85 / 255.0, <, tsn_boundary_threshold (5, 1));
  g_assert_cmpfloat (51 / 255.0, >=, tsn_boundary_threshold (99, 19));
}

static void
test_curve_counts (void)
{
  TsnBoundaryCount nothing = { 0 }, some = { 3, 4, 5, 10 };
  TsnBoundaryPoint point = tsn_boundary_count_to_point (&nothing, 0.5);

  assert_near (point.recall, 0);
  assert_near (point.precision, 0);
  assert_near (point.f, 0);
  point = tsn_boundary_count_to_point (&some, 0.5);
  assert_near (point.recall, 0.75);
  assert_near (point.precision, 0.5);
  assert_near (point.f, 0.6);
}

/* F is 2/3 at both ends; half-way recall and precision are 0.75 and F is 0.75. */
static void
test_curve_best_lies_between (void)
{
  TsnBoundaryPoint points[] = { make_point (0.2, 1, 0.5), make_point (0.4, 0.5, 1) };
  TsnBoundaryPoint best = tsn_boundary_curve_best (points, 2);

  /* Of a hundred places, 49/99 and 50/99 are nearest to the middle. */
  assert_near (fabs (best.recall - 0.75), 0.25 / 99);
  assert_near (best.recall + best.precision, 1.5);
  assert_near (best.threshold, 0.2 + 0.4 * (1 - best.recall));
  assert_near (best.f, 2 * best.recall * best.precision / 1.5);
  g_assert_cmpuint (tsn_boundary_curve_best_index (points, 2), ==, 0);
}

static void
test_curve_best_of_one (void)
{
  TsnBoundaryPoint point = make_point (0.5, 0.6, 0.6);

  assert_near (tsn_boundary_curve_best (&point, 1).f, 0.6);
  assert_near (tsn_boundary_curve_area (&point, 1), 0);
}

static void
test_curve_best_index_takes_first (void)
{
  TsnBoundaryPoint points[] = { make_point (0.2, 0.1, 0.1), make_point (0.4, 0.5, 1),
                                make_point (0.6, 1, 0.5) };

  g_assert_cmpuint (tsn_boundary_curve_best_index (points, 3), ==, 1);
}

/* Precision 1 - r/2 over recalls 0.25 to 0.75: 51 places count, their mean is at r = 0.5. */
static void
test_curve_area (void)
{
  TsnBoundaryPoint points[] = { make_point (0.25, 0.75, 0.625), make_point (0.5, 0.5, 0.75),
                                make_point (0.75, 0.25, 0.875) };

  g_assert_cmpfloat_with_epsilon (tsn_boundary_curve_area (points, 3), 51 * 0.75 * 0.01, 1e-9);
}

/* Of two points with one recall the one of the lower threshold counts. */
static void
test_curve_area_same_recall (void)
{
  TsnBoundaryPoint points[] = { make_point (0.2, 1, 0.5), make_point (0.4, 1, 0.9),
                                make_point (0.6, 0, 0.5) };

  g_assert_cmpfloat_with_epsilon (tsn_boundary_curve_area (points, 3), 101 * 0.5 * 0.01, 1e-9);
}

static void
test_curve_r50 (void)
{
  TsnBoundaryPoint crossing[] = { make_point (0.2, 0.9, 0.3), make_point (0.4, 0.5, 0.7) };
  TsnBoundaryPoint above[] = { make_point (0.2, 0.9, 0.6), make_point (0.4, 0.5, 0.7) };
  TsnBoundaryPoint below[] = { make_point (0.2, 0.9, 0.1), make_point (0.4, 0.5, 0.2) };
  TsnBoundaryPoint ties[] = { make_point (0.2, 0.9, 0.5), make_point (0.4, 0.5, 0.5),
                              make_point (0.5, 0.1, 0.9) };

  assert_near (tsn_boundary_curve_r50 (crossing, 2), 0.7);
  assert_near (tsn_boundary_curve_r50 (above, 2), 0.9);
  g_assert_true (isnan (tsn_boundary_curve_r50 (below, 2)));
  assert_near (tsn_boundary_curve_r50 (ties, 3), 0.9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/boundary-curve/thresholds", test_curve_thresholds);
  g_test_add_func ("/boundary-curve/counts", test_curve_counts);
  g_test_add_func ("/boundary-curve/best-lies-between", test_curve_best_lies_between);
  g_test_add_func ("/boundary-curve/best-of-one", test_curve_best_of_one);
  g_test_add_func ("/boundary-curve/best-index-takes-first", test_curve_best_index_takes_first);
  g_test_add_func ("/boundary-curve/area", test_curve_area);
  g_test_add_func ("/boundary-curve/area-same-recall", test_curve_area_same_recall);
  g_test_add_func ("/boundary-curve/r50", test_curve_r50);
  return g_test_run ();
}
