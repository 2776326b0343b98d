#include "core/base/tsn-random.h"
#include "core/evaluation/tsn-assignment.h"

#include "brute.h"

/* A random sparse problem: a table of costs, -1 where there is no edge. */
typedef struct
{
  guint n_left;
  guint n_right;
  gint32 *table;
  TsnAssignment *assignment;
} Problem;

static void
problem_init (Problem *problem, TsnRandom *random, guint max_side, gint32 max_cost, gint32 outlier)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (TsnAssignmentEdge));
  double density = tsn_random_uniform (random);

  problem->n_left = 1 + tsn_random_below (random, max_side);
  problem->n_right = 1 + tsn_random_below (random, max_side);
  problem->table = g_new (gint32, problem->n_left * problem->n_right);
  for (guint i = 0; i < problem->n_left * problem->n_right; i++)
    {
      TsnAssignmentEdge edge = { i / problem->n_right, i % problem->n_right,
                                 (gint32)tsn_random_below (random, max_cost) };

      problem->table[i] = tsn_random_uniform (random) < density ? edge.cost : -1;
      if (problem->table[i] >= 0)
        g_array_append_val (edges, edge);
    }
  problem->assignment =
      tsn_assignment_new (problem->n_left, problem->n_right,
                          (TsnAssignmentEdge *)(void *)edges->data, edges->len, outlier);
}

static void
problem_clear (Problem *problem)
{
  tsn_assignment_free (problem->assignment);
  g_free (problem->table);
}

/* The table without the left vertices whose bit is clear. */
static gint32 *
mask_table (const Problem *problem, guint64 present)
{
  gint32 *table = g_memdup2 (problem->table, problem->n_left * problem->n_right * sizeof (gint32));

  for (guint i = 0; i < problem->n_left * problem->n_right; i++)
    if ((present >> (i / problem->n_right) & 1) == 0)
      table[i] = -1;
  return table;
}

static void
assert_is_matching (const Problem *problem, guint64 present)
{
  guint64 used = 0;
  size_t count = 0;
  gint64 cost = 0;

  for (guint left = 0; left < problem->n_left; left++)
    {
      gint right = tsn_assignment_get_match (problem->assignment, left);

      if (right < 0)
        continue;
      g_assert_true (present >> left & 1);
      g_assert_cmpint (problem->table[left * problem->n_right + right], >=, 0);
      g_assert_false (used >> right & 1);
      used |= G_GUINT64_CONSTANT (1) << right;
      count++;
      cost += problem->table[left * problem->n_right + right];
    }
  g_assert_cmpuint (tsn_assignment_get_count (problem->assignment), ==, count);
  g_assert_cmpint (tsn_assignment_get_cost (problem->assignment), ==, cost);
}

static void
test_assignment_nothing (void)
{
  g_autoptr (TsnAssignment) none = tsn_assignment_new (0, 0, NULL, 0, 10);
  g_autoptr (TsnAssignment) apart = tsn_assignment_new (1, 1, NULL, 0, 10);

  tsn_assignment_solve (none);
  g_assert_cmpuint (tsn_assignment_get_count (none), ==, 0);
  tsn_assignment_insert (apart, 0);
  tsn_assignment_solve (apart);
  g_assert_cmpint (tsn_assignment_get_match (apart, 0), ==, -1);
}

/* Two pairs at cost 3 + 3 beat the one at cost 0, since being alone costs more. */
static void
test_assignment_largest_then_cheapest (void)
{
  static const TsnAssignmentEdge edges[] = { { 0, 0, 0 }, { 0, 1, 3 }, { 1, 0, 3 } };
  g_autoptr (TsnAssignment) a = tsn_assignment_new (2, 2, edges, 3, 100);

  tsn_assignment_insert (a, 0);
  tsn_assignment_solve (a);
  g_assert_cmpint (tsn_assignment_get_match (a, 0), ==, 0);
  tsn_assignment_insert (a, 1);
  tsn_assignment_solve (a);
  g_assert_cmpint (tsn_assignment_get_match (a, 0), ==, 1);
  g_assert_cmpint (tsn_assignment_get_match (a, 1), ==, 0);
  g_assert_cmpint (tsn_assignment_get_cost (a), ==, 6);
  tsn_assignment_remove (a, 1);
  tsn_assignment_solve (a);
  g_assert_cmpint (tsn_assignment_get_match (a, 0), ==, 0);
}

/* With a cheap outlier the pair at cost 0 is the better one. */
static void
test_assignment_outliers (void)
{
  static const TsnAssignmentEdge edges[] = { { 0, 0, 0 }, { 0, 1, 3 }, { 1, 0, 3 } };
  g_autoptr (TsnAssignment) a = tsn_assignment_new (2, 2, edges, 3, 4);

  tsn_assignment_insert (a, 1);
  tsn_assignment_insert (a, 0);
  tsn_assignment_solve (a);
  g_assert_cmpint (tsn_assignment_get_match (a, 0), ==, 0);
  g_assert_cmpint (tsn_assignment_get_match (a, 1), ==, -1);
}

static void
test_assignment_every_matching (void)
{
  TsnRandom random;

  tsn_random_init (&random, 5);
  for (int round = 0; round < 3000; round++)
    {
      gint32 outlier = round % 2 ? 1000 : 12;
      Problem problem;
      gint64 best;

      problem_init (&problem, &random, 5, 10, outlier);
      for (guint left = 0; left < problem.n_left; left++)
        tsn_assignment_insert (problem.assignment, left);
      tsn_assignment_solve (problem.assignment);
      assert_is_matching (&problem, G_MAXUINT64);
      best = brute_enumerate (problem.table, problem.n_left, problem.n_right, outlier, 0, 0);
      g_assert_cmpint (
          tsn_assignment_get_cost (problem.assignment)
              + outlier * (gint64)(problem.n_right - tsn_assignment_get_count (problem.assignment)),
          ==, best);
      problem_clear (&problem);
    }
}

/* Vertices come and go at random; after each step the matching is the optimum of what is there. */
static void
test_assignment_changes (void)
{
  TsnRandom random;

  tsn_random_init (&random, 6);
  for (int round = 0; round < 200; round++)
    {
      Problem problem;
      guint64 present = 0;

      problem_init (&problem, &random, 30, 400, 40000);
      for (int step = 0; step < 15; step++)
        {
          g_autofree gint32 *table = NULL;
          guint64 flips = tsn_random_next (&random) & tsn_random_next (&random);
          size_t count;
          gint64 cost;

          for (guint left = 0; left < problem.n_left; left++)
            if ((flips >> left & 1) == 0)
              continue;
            else if (present >> left & 1)
              tsn_assignment_remove (problem.assignment, left);
            else
              tsn_assignment_insert (problem.assignment, left);
          present ^= flips;
          tsn_assignment_solve (problem.assignment);
          assert_is_matching (&problem, present);
          table = mask_table (&problem, present);
          brute_match (table, problem.n_left, problem.n_right, 40000, &count, &cost);
          g_assert_cmpuint (tsn_assignment_get_count (problem.assignment), ==, count);
          g_assert_cmpint (tsn_assignment_get_cost (problem.assignment), ==, cost);
        }
      problem_clear (&problem);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assignment/nothing", test_assignment_nothing);
  g_test_add_func ("/assignment/largest-then-cheapest", test_assignment_largest_then_cheapest);
  g_test_add_func ("/assignment/outliers", test_assignment_outliers);
  g_test_add_func ("/assignment/every-matching", test_assignment_every_matching);
  g_test_add_func ("/assignment/changes", test_assignment_changes);
  return g_test_run ();
}
