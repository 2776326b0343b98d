/* Where two results differ: values, one number for all, colours. */
#include "core/figure/tsn-colour-map.h"
#include "core/figure/tsn-difference.h"

#include <math.h>

#define SIDE 4
#define PIXELS (SIDE * SIDE)

static TsnResult *
make_result (const TsnTask *task, const float *numbers)
{
  g_autoptr (TsnTensor) output = tsn_tensor_new_nchw (1, task->channels, SIDE, SIDE);

  for (size_t i = 0; i < tsn_tensor_length (output); i++)
    output->data[i] = numbers[i];
  return tsn_result_new (task, output, SIDE, SIDE);
}

static TsnTask *
make_classes (const char *last)
{
  const char *names[] = { "background", "cat", last, NULL };

  return tsn_task_new_classes ("semseg", names);
}

/* Every pixel is of one class. */
static TsnResult *
make_class_result (const TsnTask *task, const guint *classes)
{
  float numbers[3 * PIXELS] = { 0 };

  for (guint i = 0; i < PIXELS; i++)
    numbers[classes[i] * PIXELS + i] = 4;
  return make_result (task, numbers);
}

static float
logit (float probability)
{
  return logf (probability / (1 - probability));
}

static void
assert_colour (const guint8 *rgb, TsnColourMap map, float t)
{
  guint8 expected[3];

  tsn_colour_map_look_up (map, t, expected);
  g_assert_cmpmem (rgb, 3, expected, 3);
}

static void
test_classes (void)
{
  g_autoptr (TsnTask) task = make_classes ("dog");
  const guint first[PIXELS] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1 };
  const guint second[PIXELS] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2 };
  g_autoptr (TsnResult) a = make_class_result (task, first);
  g_autoptr (TsnResult) b = make_class_result (task, second);
  g_autoptr (TsnDifference) difference = tsn_difference_new (a, b);
  g_autofree guint8 *rgb = tsn_difference_render (difference);

  g_assert_false (tsn_difference_is_signed (difference));
  g_assert_cmpfloat_with_epsilon (difference->differing, 0.25, 1e-9);
  /* IoU of background 8/8, of cat 4/8, of dog 0/4. */
  g_assert_cmpfloat_with_epsilon (difference->agreement, 0.5, 1e-9);
  g_assert_cmpfloat (tsn_difference_sample (difference, 0, 0), ==, 0);
  g_assert_cmpfloat (tsn_difference_sample (difference, 3, 3), ==, 1);
  assert_colour (rgb, TSN_COLOUR_MAP_GREY, 0.88f);
  assert_colour (rgb + 3 * (PIXELS - 1), TSN_COLOUR_MAP_DIVERGING, 1);
}

static void
test_classes_must_be_the_same (void)
{
  g_autoptr (TsnTask) dogs = make_classes ("dog");
  g_autoptr (TsnTask) birds = make_classes ("bird");
  g_autoptr (TsnTask) edge = tsn_task_new ("edge", TSN_TASK_EDGE, 1);
  g_autoptr (TsnTask) saliency = tsn_task_new ("saliency", TSN_TASK_SALIENCY, 1);

  g_assert_true (tsn_difference_is_possible (dogs, dogs));
  g_assert_false (tsn_difference_is_possible (dogs, birds));
  g_assert_false (tsn_difference_is_possible (dogs, edge));
  g_assert_false (tsn_difference_is_possible (edge, saliency));
}

static void
test_angles (void)
{
  g_autoptr (TsnTask) task = tsn_task_new ("normals", TSN_TASK_NORMALS, 3);
  float toward[3 * PIXELS] = { 0 }, turned[3 * PIXELS] = { 0 };
  g_autoptr (TsnResult) a = NULL;
  g_autoptr (TsnResult) b = NULL;
  g_autoptr (TsnDifference) difference = NULL;
  g_autofree guint8 *rgb = NULL;

  for (guint i = 0; i < PIXELS; i++)
    {
      toward[2 * PIXELS + i] = 2; /* of any length */
      turned[i] = 1;              /* by 45 degrees to the right */
      turned[2 * PIXELS + i] = 1;
    }
  turned[0] = turned[2 * PIXELS] = 0; /* no direction */
  a = make_result (task, toward);
  b = make_result (task, turned);
  difference = tsn_difference_new (a, b);
  rgb = tsn_difference_render (difference);
  g_assert_cmpfloat_with_epsilon (difference->agreement, 45, 1e-3);
  g_assert_cmpfloat_with_epsilon (tsn_difference_sample (difference, 1, 1), 45, 1e-3);
  g_assert_true (isnan (tsn_difference_sample (difference, 0, 0)));
  g_assert_cmpfloat_with_epsilon (difference->limit, 50, 1e-3);
  assert_colour (rgb, TSN_COLOUR_MAP_GREY, 0.5f);
  assert_colour (rgb + 3 * (PIXELS - 1), TSN_COLOUR_MAP_VIRIDIS, 0.9f);
}

static void
test_small_angles_are_exact (void)
{
  g_autoptr (TsnTask) task = tsn_task_new ("normals", TSN_TASK_NORMALS, 3);
  float first[3 * PIXELS] = { 0 }, second[3 * PIXELS] = { 0 };
  g_autoptr (TsnResult) a = NULL;
  g_autoptr (TsnResult) b = NULL;
  g_autoptr (TsnDifference) difference = NULL;

  for (guint i = 0; i < PIXELS; i++)
    {
      first[2 * PIXELS + i] = 1;
      second[i] = sinf (0.001f);
      second[2 * PIXELS + i] = cosf (0.001f);
    }
  a = make_result (task, first);
  b = make_result (task, second);
  difference = tsn_difference_new (a, b);
  g_assert_cmpfloat_with_epsilon (difference->agreement, 0.001 * 180 / G_PI, 1e-5);
}

static void
test_metres (void)
{
  g_autoptr (TsnTask) task = tsn_task_new ("depth", TSN_TASK_DEPTH, 1);
  float near[PIXELS], far[PIXELS];
  g_autoptr (TsnResult) a = NULL;
  g_autoptr (TsnResult) b = NULL;
  g_autoptr (TsnDifference) difference = NULL;
  g_autofree guint8 *rgb = NULL;

  for (guint i = 0; i < PIXELS; i++)
    {
      near[i] = 2;
      far[i] = i < PIXELS / 2 ? 2.8f : 1.2f;
    }
  a = make_result (task, near);
  b = make_result (task, far);
  difference = tsn_difference_new (a, b);
  rgb = tsn_difference_render (difference);
  g_assert_true (tsn_difference_is_signed (difference));
  g_assert_cmpfloat_with_epsilon (difference->agreement, 0.8, 1e-5);
  g_assert_cmpfloat_with_epsilon (difference->limit, 1, 1e-5);
  g_assert_cmpfloat_with_epsilon (tsn_difference_sample (difference, 0, 0), 0.8, 1e-5);
  g_assert_cmpfloat_with_epsilon (tsn_difference_sample (difference, 3, 3), -0.8, 1e-5);
  /* Orange where the second is farther, blue where it is nearer. */
  g_assert_cmpuint (rgb[0], >, rgb[2]);
  g_assert_cmpuint (rgb[3 * (PIXELS - 1)], <, rgb[3 * (PIXELS - 1) + 2]);
}

static void
test_probabilities (void)
{
  g_autoptr (TsnTask) task = tsn_task_new ("edge", TSN_TASK_EDGE, 1);
  float low[PIXELS], high[PIXELS];
  g_autoptr (TsnResult) a = NULL;
  g_autoptr (TsnResult) b = NULL;
  g_autoptr (TsnDifference) there = NULL;
  g_autoptr (TsnDifference) back = NULL;

  for (guint i = 0; i < PIXELS; i++)
    {
      low[i] = logit (0.2f);
      high[i] = logit (0.5f);
    }
  a = make_result (task, low);
  b = make_result (task, high);
  there = tsn_difference_new (a, b);
  back = tsn_difference_new (b, a);
  g_assert_cmpfloat_with_epsilon (there->agreement, 0.3, 1e-6);
  g_assert_cmpfloat_with_epsilon (back->agreement, 0.3, 1e-6);
  g_assert_cmpfloat_with_epsilon (tsn_difference_sample (there, 2, 2), 0.3, 1e-6);
  g_assert_cmpfloat_with_epsilon (tsn_difference_sample (back, 2, 2), -0.3, 1e-6);
  g_assert_cmpfloat_with_epsilon (there->limit, 0.5, 1e-6);
}

static void
test_nothing_differs (void)
{
  g_autoptr (TsnTask) task = tsn_task_new ("depth", TSN_TASK_DEPTH, 1);
  float numbers[PIXELS] = { 0 };
  g_autoptr (TsnResult) result = make_result (task, numbers);
  g_autoptr (TsnDifference) difference = tsn_difference_new (result, result);
  g_autofree guint8 *rgb = tsn_difference_render (difference);

  g_assert_cmpfloat (difference->agreement, ==, 0);
  g_assert_cmpfloat (difference->limit, >, 0);
  assert_colour (rgb, TSN_COLOUR_MAP_DIVERGING, 0.5f);
}

static void
test_readouts_of_other_sizes (void)
{
  g_autoptr (TsnTask) task = tsn_task_new ("depth", TSN_TASK_DEPTH, 1);
  g_autoptr (TsnTensor) coarse = tsn_tensor_new_nchw (1, 1, 1, 1);
  float numbers[PIXELS];
  g_autoptr (TsnResult) a = NULL;
  g_autoptr (TsnResult) b = NULL;
  g_autoptr (TsnDifference) difference = NULL;

  coarse->data[0] = 3;
  for (guint i = 0; i < PIXELS; i++)
    numbers[i] = 2;
  a = make_result (task, numbers);
  b = tsn_result_new (task, coarse, SIDE, SIDE);
  difference = tsn_difference_new (a, b);
  g_assert_cmpfloat_with_epsilon (difference->agreement, 1, 1e-6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/difference/classes", test_classes);
  g_test_add_func ("/figure/difference/other-classes", test_classes_must_be_the_same);
  g_test_add_func ("/figure/difference/angles", test_angles);
  g_test_add_func ("/figure/difference/small-angles", test_small_angles_are_exact);
  g_test_add_func ("/figure/difference/metres", test_metres);
  g_test_add_func ("/figure/difference/probabilities", test_probabilities);
  g_test_add_func ("/figure/difference/nothing", test_nothing_differs);
  g_test_add_func ("/figure/difference/sizes", test_readouts_of_other_sizes);
  return g_test_run ();
}
