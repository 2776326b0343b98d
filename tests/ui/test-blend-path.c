/* Paths between mixes: how they are made, played and ended. */
#include "blend-fixture.h"

static void
test_path_tours_the_tasks (Studio *studio, gconstpointer data)
{
  TsnBlendPath *path = tsn_blend_get_path (studio->blend);
  double weights[6];

  tsn_blend_path_get_weights (path, 0.25 / 6, weights);
  g_assert_cmpfloat_with_epsilon (weights[0], 0.75, 1e-9);
  g_assert_cmpfloat_with_epsilon (weights[1], 0.25, 1e-9);
  tsn_blend_path_get_weights (path, 1, weights);
  g_assert_cmpfloat_with_epsilon (weights[0], 1, 1e-9);
  tsn_blend_path_set_loop (path, FALSE);
  tsn_blend_path_get_weights (path, 1, weights);
  g_assert_cmpfloat_with_epsilon (weights[5], 1, 1e-9);
  tsn_blend_path_set_time (path, 0.5);
  g_assert_cmpfloat_with_epsilon (tsn_blend_get_weights (studio->blend)[2], 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (tsn_blend_get_weights (studio->blend)[3], 0.5, 1e-9);
}

static void
test_path_plays (Studio *studio, gconstpointer data)
{
  TsnBlendPath *path = tsn_blend_get_path (studio->blend);

  tsn_blend_path_set_duration (path, 10);
  tsn_blend_path_advance (path, 1);
  g_assert_cmpfloat (tsn_blend_path_get_time (path), ==, 0);
  tsn_blend_path_set_playing (path, TRUE);
  tsn_blend_path_advance (path, 4);
  g_assert_cmpfloat_with_epsilon (tsn_blend_path_get_time (path), 0.4, 1e-9);
  g_assert_true (tsn_blend_path_get_playing (path));
  tsn_blend_path_advance (path, 8);
  g_assert_cmpfloat_with_epsilon (tsn_blend_path_get_time (path), 0.2, 1e-9);
  tsn_blend_path_set_loop (path, FALSE);
  tsn_blend_path_advance (path, 9);
  g_assert_cmpfloat (tsn_blend_path_get_time (path), ==, 1);
  g_assert_false (tsn_blend_path_get_playing (path));
  /* From the end it begins again; a hand on the pad stops it. */
  tsn_blend_path_set_playing (path, TRUE);
  g_assert_cmpfloat (tsn_blend_path_get_time (path), ==, 0);
  tsn_blend_set_place (studio->blend, 0.1, 0.1);
  g_assert_false (tsn_blend_path_get_playing (path));
}

static void
test_path_of_ones_own (Studio *studio, gconstpointer data)
{
  TsnBlendPath *path = tsn_blend_get_path (studio->blend);
  double weights[6];

  tsn_blend_set_task (studio->blend, 2);
  tsn_blend_path_add (path, tsn_blend_get_weights (studio->blend));
  tsn_blend_path_get_weights (path, 0.7, weights);
  g_assert_cmpfloat (weights[2], ==, 1);
  tsn_blend_set_task (studio->blend, 5);
  tsn_blend_path_add (path, tsn_blend_get_weights (studio->blend));
  tsn_blend_path_get_weights (path, 0.75, weights);
  g_assert_cmpfloat_with_epsilon (weights[2], 0.5, 1e-9);
  tsn_blend_path_remove (path, 0);
  g_assert_cmpfloat (tsn_blend_path_get_point (path, 0)[5], ==, 1);
  tsn_blend_path_add_tour (path);
  g_assert_cmpuint (tsn_blend_path_get_n_points (path), ==, 7);
  tsn_blend_path_clear (path);
  g_assert_cmpuint (tsn_blend_path_get_n_points (path), ==, 0);
}

/* Between two way-points when a model of fewer, then of more tasks comes. */
static void
test_path_ends_with_the_model (Studio *studio, gconstpointer data)
{
  TsnBlendPath *path = tsn_blend_get_path (studio->blend);

  tsn_blend_path_add_tour (path);
  tsn_blend_path_set_time (path, 0.6);
  tsn_document_load_model (studio->document, studio->files.twin);
  blend_wait (studio);
  g_assert_cmpfloat (tsn_blend_path_get_time (path), ==, 0);
  g_assert_cmpuint (tsn_blend_path_get_n_points (path), ==, 0);
  g_assert_cmpfloat (tsn_blend_get_weights (studio->blend)[0], ==, 1);
  tsn_blend_path_set_time (path, 0.5);
  g_assert_cmpfloat (tsn_blend_get_weights (studio->blend)[0], <, 1);
  tsn_document_load_model (studio->document, studio->files.model);
  blend_wait (studio);
  g_assert_cmpfloat (tsn_blend_path_get_time (path), ==, 0);
  g_assert_cmpfloat (tsn_blend_get_weights (studio->blend)[0], ==, 1);
}

static void
add (const char *path, void (*test) (Studio *, gconstpointer))
{
  g_test_add (path, Studio, NULL, blend_set_up, test, blend_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/blend/path/tour", test_path_tours_the_tasks);
  add ("/blend/path/play", test_path_plays);
  add ("/blend/path/own", test_path_of_ones_own);
  add ("/blend/path/other-model", test_path_ends_with_the_model);
  return g_test_run ();
}
