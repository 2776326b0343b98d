/* Results at the photo's pixels, compared with the plain formula at every pixel. */
#include "core/base/tsn-random.h"
#include "core/inference/tsn-result-rows.h"

#include <math.h>

#define TOLERANCE 2e-5

typedef struct
{
  size_t h, w;
  guint height, width;
} Size;

/* Larger, smaller, the same, single samples, single pixels, and rows longer than one block. */
static const Size sizes[] = {
  { 5, 7, 33, 301 }, { 9, 13, 4, 5 }, { 6, 8, 6, 8 },     { 1, 1, 3, 130 },  { 1, 5, 1, 128 },
  { 4, 1, 17, 1 },   { 7, 3, 1, 1 },  { 3, 260, 2, 129 }, { 2, 2, 31, 257 },
};

static const TsnTaskKind kinds[] = {
  TSN_TASK_CLASSES, TSN_TASK_EDGE, TSN_TASK_SALIENCY, TSN_TASK_NORMALS, TSN_TASK_DEPTH,
};

static guint
channels_of (TsnTaskKind kind)
{
  return kind == TSN_TASK_CLASSES ? 6 : kind == TSN_TASK_NORMALS ? 3 : 1;
}

static TsnResult *
make_result (TsnTaskKind kind, const Size *size, guint64 seed)
{
  guint channels = channels_of (kind);
  g_autoptr (TsnTask) task = tsn_task_new ("task", kind, channels);
  g_autoptr (TsnTensor) output = tsn_tensor_new_nchw (1, channels, size->h, size->w);
  TsnRandom random;

  tsn_random_init (&random, seed);
  for (size_t i = 0; i < tsn_tensor_length (output); i++)
    output->data[i] = 3 * tsn_random_normal (&random);
  return tsn_result_new (task, output, size->width, size->height);
}

/* F.interpolate (mode "bilinear", align_corners False) of one channel at one pixel. */
static double
interpolate (const TsnResult *result, size_t c, guint x, guint y)
{
  size_t h = result->output->dim[2], w = result->output->dim[3];
  const float *plane = result->output->data + c * h * w;
  double sx = fmax ((x + 0.5) * w / result->width - 0.5, 0);
  double sy = fmax ((y + 0.5) * h / result->height - 0.5, 0);
  size_t x0 = (size_t) sx, y0 = (size_t) sy;
  size_t x1 = x0 + 1 < w ? x0 + 1 : x0, y1 = y0 + 1 < h ? y0 + 1 : y0;
  double tx = sx - x0, ty = sy - y0;

  return (1 - ty) * ((1 - tx) * plane[y0 * w + x0] + tx * plane[y0 * w + x1])
         + ty * ((1 - tx) * plane[y1 * w + x0] + tx * plane[y1 * w + x1]);
}

static void
expect_values (const TsnResult *result, guint x, guint y, double *values)
{
  guint n = channels_of (result->task->kind);
  double sum = 0;

  for (guint c = 0; c < n; c++)
    {
      values[c] = interpolate (result, c, x, y);
      sum += result->task->kind == TSN_TASK_CLASSES ? exp (values[c]) : values[c] * values[c];
    }
  for (guint c = 0; c < n; c++)
    if (result->task->kind == TSN_TASK_CLASSES)
      values[c] = exp (values[c]) / sum;
    else if (result->task->kind == TSN_TASK_NORMALS)
      values[c] /= sqrt (sum);
    else if (result->task->kind == TSN_TASK_DEPTH)
      values[c] = fmax (values[c], 0);
    else
      values[c] = 1 / (1 + exp (-values[c]));
}

static void
check_pixel (const TsnResult *result, guint x, guint y, const float *found)
{
  guint n = tsn_result_row_channels (result);
  TsnResultSample sample;
  double values[6];

  expect_values (result, x, y, values);
  for (guint c = 0; c < n; c++)
    g_assert_cmpfloat_with_epsilon (found[c], values[c], TOLERANCE);
  tsn_result_sample (result, x, y, &sample);
  if (result->task->kind == TSN_TASK_CLASSES)
    g_assert_cmpfloat_with_epsilon (sample.value, values[sample.class_index], TOLERANCE);
  else if (result->task->kind == TSN_TASK_NORMALS)
    g_assert_cmpfloat_with_epsilon (sample.normal[1], values[1], TOLERANCE);
  else
    g_assert_cmpfloat_with_epsilon (sample.value, values[0], TOLERANCE);
}

static void
test_rows (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        g_autoptr (TsnResult) result = make_result (kinds[k], &sizes[s], 10 * k + s);
        g_autoptr (TsnResultRows) rows = tsn_result_rows_new (result);
        guint n = tsn_result_row_channels (result);
        g_autofree float *row = g_new (float, (size_t) n * result->width);

        g_assert_cmpuint (n, ==, channels_of (kinds[k]));
        for (guint y = 0; y < result->height; y++)
          {
            tsn_result_rows_read (rows, y, row);
            for (guint x = 0; x < result->width; x++)
              check_pixel (result, x, y, row + (size_t) n * x);
          }
      }
}

static void
test_classes (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      g_autoptr (TsnResult) result = make_result (TSN_TASK_CLASSES, &sizes[s], 100 + s);
      g_autoptr (TsnResultRows) rows = tsn_result_rows_new (result);
      g_autofree guint8 *row = g_malloc (result->width);

      for (guint y = 0; y < result->height; y++)
        {
          tsn_result_rows_read_classes (rows, y, row);
          for (guint x = 0; x < result->width; x++)
            for (guint c = 0; c < 6; c++)
              g_assert_cmpfloat (interpolate (result, row[x], x, y), >=,
                                 interpolate (result, c, x, y) - TOLERANCE);
        }
    }
}

/* The well-known case: two samples become four pixels 0, 1/4, 3/4, 1. */
static void
test_half_pixel_centres (void)
{
  g_autoptr (TsnTask) task = tsn_task_new ("depth", TSN_TASK_DEPTH, 1);
  g_autoptr (TsnTensor) output = tsn_tensor_new_nchw (1, 1, 1, 2);
  g_autoptr (TsnResult) result = NULL;
  g_autoptr (TsnResultRows) rows = NULL;
  float row[4];

  output->data[0] = 0;
  output->data[1] = 1;
  result = tsn_result_new (task, output, 4, 1);
  rows = tsn_result_rows_new (result);
  tsn_result_rows_read (rows, 0, row);
  g_assert_cmpfloat (row[0], ==, 0);
  g_assert_cmpfloat (row[1], ==, 0.25);
  g_assert_cmpfloat (row[2], ==, 0.75);
  g_assert_cmpfloat (row[3], ==, 1);
}

static void
test_equal_logits_take_the_first_class (void)
{
  g_autoptr (TsnTask) task = tsn_task_new ("semseg", TSN_TASK_CLASSES, 4);
  g_autoptr (TsnTensor) output = tsn_tensor_new_nchw (1, 4, 1, 1);
  g_autoptr (TsnResult) result = NULL;
  g_autoptr (TsnResultRows) rows = NULL;
  guint8 row[3];

  for (guint c = 0; c < 4; c++)
    output->data[c] = c == 0 ? 1 : 2;
  result = tsn_result_new (task, output, 3, 1);
  rows = tsn_result_rows_new (result);
  tsn_result_rows_read_classes (rows, 0, row);
  for (guint x = 0; x < 3; x++)
    g_assert_cmpuint (row[x], ==, 1);
}

static void
test_zero_normals_stay_zero (void)
{
  g_autoptr (TsnTask) task = tsn_task_new ("normals", TSN_TASK_NORMALS, 3);
  g_autoptr (TsnTensor) output = tsn_tensor_new_nchw (1, 3, 2, 2);
  g_autoptr (TsnResult) result = NULL;
  TsnResultSample sample;

  for (guint i = 0; i < 12; i++)
    output->data[i] = 0;
  result = tsn_result_new (task, output, 5, 5);
  tsn_result_sample (result, 2, 2, &sample);
  for (guint c = 0; c < 3; c++)
    g_assert_cmpfloat (sample.normal[c], ==, 0);
}

/* Whatever a broken network says, the values are numbers within their range. */
static void
test_wild_numbers (void)
{
  const float wild[] = { NAN, INFINITY, -INFINITY, 3e38f, -3e38f, 1e-40f, 0, 5 };
  const Size size = { 4, 6, 11, 140 };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (TsnResult) tame = make_result (kinds[k], &size, 1);
      g_autoptr (TsnTensor) output = tsn_tensor_copy (tame->output);
      g_autoptr (TsnResult) result = NULL;
      g_autoptr (TsnResultRows) rows = NULL;
      float row[6 * 140], low, high;

      for (size_t i = 0; i < tsn_tensor_length (output); i++)
        output->data[i] = wild[i * 7 % G_N_ELEMENTS (wild)];
      result = tsn_result_new (tame->task, output, size.width, size.height);
      g_assert_true (isnan (output->data[0])); /* what was given is left alone */
      rows = tsn_result_rows_new (result);
      tsn_result_get_range (result, &low, &high);
      for (guint y = 0; y < size.height; y++)
        {
          tsn_result_rows_read (rows, y, row);
          for (guint i = 0; i < tsn_result_row_channels (result) * size.width; i++)
            {
              g_assert_cmpfloat (row[i], >=, low - TOLERANCE);
              g_assert_cmpfloat (row[i], <=, high + TOLERANCE * MAX (high, 1));
            }
        }
    }
}

static void
test_range (void)
{
  const Size size = { 3, 4, 9, 9 };
  g_autoptr (TsnResult) depth = make_result (TSN_TASK_DEPTH, &size, 5);
  g_autoptr (TsnResult) normals = make_result (TSN_TASK_NORMALS, &size, 5);
  float low, high, largest = 0;

  for (size_t i = 0; i < tsn_tensor_length (depth->output); i++)
    largest = MAX (largest, depth->output->data[i]);
  tsn_result_get_range (depth, &low, &high);
  g_assert_cmpfloat (low, ==, 0); /* some of the random numbers are negative: clamped */
  g_assert_cmpfloat (high, ==, largest);
  tsn_result_get_range (normals, &low, &high);
  g_assert_cmpfloat (low, ==, -1);
  g_assert_cmpfloat (high, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inference/result/rows", test_rows);
  g_test_add_func ("/inference/result/classes", test_classes);
  g_test_add_func ("/inference/result/half-pixel-centres", test_half_pixel_centres);
  g_test_add_func ("/inference/result/equal-logits", test_equal_logits_take_the_first_class);
  g_test_add_func ("/inference/result/zero-normals", test_zero_normals_stay_zero);
  g_test_add_func ("/inference/result/wild-numbers", test_wild_numbers);
  g_test_add_func ("/inference/result/range", test_range);
  return g_test_run ();
}
