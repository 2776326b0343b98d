#include "tests/core/io/onnx-run.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const OnnxNode *node;
  GHashTable *values; /* name -> TsnTensor */
} Call;

static const TsnTensor *
input (const Call *call, guint i)
{
  const TsnTensor *value = g_hash_table_lookup (call->values, call->node->inputs->pdata[i]);

  g_assert_nonnull (value);
  return value;
}

static void
set_output (const Call *call, guint i, TsnTensor *value)
{
  g_hash_table_insert (call->values, g_strdup (call->node->outputs->pdata[i]), value);
}

static float
real (const Call *call, const char *name)
{
  const OnnxAttribute *attribute = onnx_node_attribute (call->node, name);

  g_assert_cmpint (attribute->type, ==, 1);
  return attribute->real;
}

static gint64
integer (const Call *call, const char *name)
{
  const OnnxAttribute *attribute = onnx_node_attribute (call->node, name);

  g_assert_cmpint (attribute->type, ==, 2);
  return attribute->integer;
}

/* One of a list of integers, which has as many as are expected. */
static gint64
element (const Call *call, const char *name, guint i, guint n)
{
  const OnnxAttribute *attribute = onnx_node_attribute (call->node, name);

  g_assert_cmpint (attribute->type, ==, 7);
  g_assert_cmpuint (attribute->integers->len, ==, n);
  return g_array_index (attribute->integers, gint64, i);
}

/* The element of a smaller operand that meets element @i of @large: dimensions are aligned at the
 * end, and those of length 1 are repeated. */
static float
broadcast (const TsnTensor *small, const TsnTensor *large, size_t i)
{
  size_t index = 0, stride = 1;

  for (guint k = 0; k < large->rank; k++)
    {
      size_t length = large->dim[large->rank - 1 - k], at = i % length;
      size_t own = k < small->rank ? small->dim[small->rank - 1 - k] : 1;

      g_assert_true (own == length || own == 1);
      index += own > 1 ? at * stride : 0;
      stride *= own;
      i /= length;
    }
  return small->data[index];
}

static void
run_binary (const Call *call)
{
  const char *op = call->node->op;
  const TsnTensor *a = input (call, 0), *b = input (call, 1);
  TsnTensor *y = tsn_tensor_copy (a);

  for (size_t i = 0; i < tsn_tensor_length (y); i++)
    {
      float other = broadcast (b, y, i);

      y->data[i] = op[0] == 'A'   ? a->data[i] + other
                   : op[0] == 'S' ? a->data[i] - other
                   : op[0] == 'M' ? a->data[i] * other
                                  : a->data[i] / other;
    }
  set_output (call, 0, y);
}

static void
run_unary (const Call *call)
{
  TsnTensor *y = tsn_tensor_copy (input (call, 0));
  float slope = g_str_equal (call->node->op, "LeakyRelu") ? real (call, "alpha") : 0;

  for (size_t i = 0; i < tsn_tensor_length (y); i++)
    if (g_str_equal (call->node->op, "Sqrt"))
      y->data[i] = sqrtf (y->data[i]);
    else if (g_str_has_suffix (call->node->op, "elu") && y->data[i] < 0)
      y->data[i] *= slope;
  set_output (call, 0, y);
}

static void
run_reduce_mean (const Call *call)
{
  const TsnTensor *x = input (call, 0);
  TsnTensor *y = tsn_tensor_new_vector (1);
  double sum = 0;

  g_assert_cmpuint (x->rank, ==, 1);
  g_assert_cmpint (element (call, "axes", 0, 1), ==, 0);
  g_assert_cmpint (integer (call, "keepdims"), ==, 1);
  for (size_t i = 0; i < x->dim[0]; i++)
    sum += x->data[i];
  y->data[0] = sum / x->dim[0];
  set_output (call, 0, y);
}

/* A matrix and a vector, or a vector and a matrix. */
static void
run_mat_mul (const Call *call)
{
  const TsnTensor *a = input (call, 0), *b = input (call, 1);
  size_t rows = a->rank == 2 ? a->dim[0] : b->dim[1];
  size_t inner = a->rank == 2 ? a->dim[1] : a->dim[0];
  TsnTensor *y = tsn_tensor_new_vector (rows);

  g_assert_cmpuint (a->rank + b->rank, ==, 3);
  g_assert_cmpuint (inner, ==, b->dim[0]);
  for (size_t r = 0; r < rows; r++)
    {
      double sum = 0;

      for (size_t i = 0; i < inner; i++)
        sum += a->rank == 2 ? (double) a->data[r * inner + i] * b->data[i]
                            : (double) a->data[i] * b->data[i * rows + r];
      y->data[r] = sum;
    }
  set_output (call, 0, y);
}

static void
run_split (const Call *call)
{
  const TsnTensor *x = input (call, 0);

  g_assert_cmpuint (x->rank, ==, 1);
  g_assert_cmpint (integer (call, "axis"), ==, 0);
  g_assert_cmpuint (call->node->outputs->len, ==, 2);
  for (guint half = 0; half < 2; half++)
    {
      size_t length = x->dim[0] / 2;
      TsnTensor *y = tsn_tensor_new_vector (length);

      memcpy (y->data, x->data + half * length, length * sizeof (float));
      set_output (call, half, y);
    }
}

/* The window of a convolution or of a pooling over one output element. */
typedef struct
{
  const TsnTensor *x;
  size_t kernel;
  size_t stride;
  size_t padding;
  size_t height;
  size_t width;
} Window;

static Window
get_window (const Call *call)
{
  Window window = { .x = input (call, 0),
                    .kernel = element (call, "kernel_shape", 0, 2),
                    .stride = element (call, "strides", 0, 2),
                    .padding = element (call, "pads", 0, 4) };

  g_assert_cmpint (element (call, "kernel_shape", 1, 2), ==, window.kernel);
  g_assert_cmpint (element (call, "strides", 1, 2), ==, window.stride);
  for (guint i = 1; i < 4; i++)
    g_assert_cmpint (element (call, "pads", i, 4), ==, window.padding);
  window.height = (window.x->dim[2] + 2 * window.padding - window.kernel) / window.stride + 1;
  window.width = (window.x->dim[3] + 2 * window.padding - window.kernel) / window.stride + 1;
  return window;
}

/* The element of the window at output (i, j), or NULL if it lies in the padding. */
static const float *
window_at (const Window *window, size_t plane, size_t i, size_t j, size_t u, size_t v)
{
  size_t h = window->x->dim[2], w = window->x->dim[3];
  size_t row = i * window->stride + u - window->padding;
  size_t column = j * window->stride + v - window->padding;

  return row < h && column < w ? window->x->data + (plane * h + row) * w + column : NULL;
}

static float
convolve (const Window *window, const float *weight, size_t n, size_t i, size_t j)
{
  size_t channels = window->x->dim[1];
  double sum = 0;

  for (size_t c = 0; c < channels; c++)
    for (size_t u = 0; u < window->kernel; u++)
      for (size_t v = 0; v < window->kernel; v++)
        {
          const float *x = window_at (window, n * channels + c, i, j, u, v);

          sum += x != NULL ? *x * weight[(c * window->kernel + u) * window->kernel + v] : 0;
        }
  return sum;
}

static void
run_conv (const Call *call)
{
  Window window = get_window (call);
  const TsnTensor *weight = input (call, 1);
  const TsnTensor *bias = call->node->inputs->len > 2 ? input (call, 2) : NULL;
  size_t n = window.x->dim[0], channels = weight->dim[0], at = 0;
  size_t size = window.x->dim[1] * window.kernel * window.kernel;
  TsnTensor *y = tsn_tensor_new_nchw (n, channels, window.height, window.width);

  g_assert_true (tsn_tensor_has_shape (
      weight, 4, (const size_t[]){ channels, window.x->dim[1], window.kernel, window.kernel }));
  for (size_t k = 0; k < n * channels; k++)
    for (size_t i = 0; i < window.height; i++)
      for (size_t j = 0; j < window.width; j++)
        y->data[at++] = convolve (&window, weight->data + k % channels * size, k / channels, i, j)
                        + (bias != NULL ? bias->data[k % channels] : 0);
  set_output (call, 0, y);
}

static void
run_max_pool (const Call *call)
{
  Window window = get_window (call);
  size_t n = window.x->dim[0], channels = window.x->dim[1], at = 0;
  TsnTensor *y = tsn_tensor_new_nchw (n, channels, window.height, window.width);

  for (size_t k = 0; k < n * channels; k++)
    for (size_t i = 0; i < window.height; i++)
      for (size_t j = 0; j < window.width; j++)
        {
          float largest = -INFINITY;

          for (size_t u = 0; u < window.kernel; u++)
            for (size_t v = 0; v < window.kernel; v++)
              {
                const float *x = window_at (&window, k, i, j, u, v);

                largest = x != NULL ? fmaxf (largest, *x) : largest;
              }
          y->data[at++] = largest;
        }
  set_output (call, 0, y);
}

static void
run_batch_norm (const Call *call)
{
  TsnTensor *y = tsn_tensor_copy (input (call, 0));
  size_t channels = y->dim[1], pixels = y->dim[2] * y->dim[3];
  float epsilon = real (call, "epsilon");

  for (guint i = 1; i < 5; i++)
    g_assert_true (tsn_tensor_has_shape (input (call, i), 1, &channels));
  for (size_t i = 0; i < tsn_tensor_length (y); i++)
    {
      size_t c = i / pixels % channels;

      y->data[i] = input (call, 1)->data[c] * (y->data[i] - input (call, 3)->data[c])
                       / sqrt (input (call, 4)->data[c] + epsilon)
                   + input (call, 2)->data[c];
    }
  set_output (call, 0, y);
}

static void
run_instance_norm (const Call *call)
{
  TsnTensor *y = tsn_tensor_copy (input (call, 0));
  size_t channels = y->dim[1], pixels = y->dim[2] * y->dim[3];
  float epsilon = real (call, "epsilon");

  for (guint i = 1; i < 3; i++)
    g_assert_true (tsn_tensor_has_shape (input (call, i), 1, &channels));
  for (size_t k = 0; k < y->dim[0] * channels; k++)
    {
      float *plane = y->data + k * pixels;
      double sum = 0, squares = 0, mean;

      for (size_t i = 0; i < pixels; i++)
        sum += plane[i];
      mean = sum / pixels;
      for (size_t i = 0; i < pixels; i++)
        squares += (plane[i] - mean) * (plane[i] - mean);
      for (size_t i = 0; i < pixels; i++)
        plane[i] = (plane[i] - mean) / sqrt (squares / pixels + epsilon)
                       * input (call, 1)->data[k % channels]
                   + input (call, 2)->data[k % channels];
    }
  set_output (call, 0, y);
}

/* The point of the input that an output index falls on, corners falling on corners. */
static double
align (size_t index, size_t length)
{
  return length > 1 ? index * (length - 1.0) / (2 * length - 1) : 0;
}

static void
run_resize (const Call *call)
{
  const TsnTensor *x = input (call, 0);
  size_t h = x->dim[2], w = x->dim[3];
  TsnTensor *y = tsn_tensor_new_nchw (x->dim[0], x->dim[1], 2 * h, 2 * w);

  g_assert_cmpstr (call->node->inputs->pdata[1], ==, "");
  g_assert_cmpmem (input (call, 2)->data, 16, ((const float[]){ 1, 1, 2, 2 }), 16);
  g_assert_cmpstr (onnx_node_attribute (call->node, "mode")->text, ==, "linear");
  g_assert_cmpstr (onnx_node_attribute (call->node, "coordinate_transformation_mode")->text, ==,
                   "align_corners");
  for (size_t at = 0; at < tsn_tensor_length (y); at++)
    {
      double row = align (at / (2 * w) % (2 * h), h), column = align (at % (2 * w), w);
      size_t r = row, c = column, below = MIN (r + 1, h - 1), right = MIN (c + 1, w - 1);
      const float *plane = x->data + at / (4 * h * w) * h * w;
      double top = plane[r * w + c] + (column - c) * (plane[r * w + right] - plane[r * w + c]);
      double bottom
          = plane[below * w + c] + (column - c) * (plane[below * w + right] - plane[below * w + c]);

      y->data[at] = top + (row - r) * (bottom - top);
    }
  set_output (call, 0, y);
}

static void
run_concat (const Call *call)
{
  const TsnTensor *a = input (call, 0), *b = input (call, 1);
  TsnTensor *y = tsn_tensor_new_nchw (a->dim[0], a->dim[1] + b->dim[1], a->dim[2], a->dim[3]);
  size_t first = tsn_tensor_length (a) / a->dim[0], second = tsn_tensor_length (b) / b->dim[0];

  g_assert_cmpint (integer (call, "axis"), ==, 1);
  for (size_t n = 0; n < a->dim[0]; n++)
    {
      float *out = y->data + n * (first + second);

      memcpy (out, a->data + n * first, first * sizeof (float));
      memcpy (out + first, b->data + n * second, second * sizeof (float));
    }
  set_output (call, 0, y);
}

static const struct
{
  const char *op;
  void (*run) (const Call *call);
} operators[] = {
  { "Add", run_binary },
  { "Sub", run_binary },
  { "Mul", run_binary },
  { "Div", run_binary },
  { "Sqrt", run_unary },
  { "Relu", run_unary },
  { "LeakyRelu", run_unary },
  { "Identity", run_unary },
  { "ReduceMean", run_reduce_mean },
  { "MatMul", run_mat_mul },
  { "Split", run_split },
  { "Conv", run_conv },
  { "MaxPool", run_max_pool },
  { "BatchNormalization", run_batch_norm },
  { "InstanceNormalization", run_instance_norm },
  { "Resize", run_resize },
  { "Concat", run_concat },
};

static void
run_node (const Call *call)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (operators[i].op, call->node->op))
      {
        operators[i].run (call);
        return;
      }
  g_error ("nobody knows the operator %s", call->node->op);
}

static void
add_initialisers (const OnnxFile *file, GHashTable *values)
{
  for (guint i = 0; i < file->initialisers->len; i++)
    {
      const OnnxValue *value = g_ptr_array_index (file->initialisers, i);
      TsnTensor *tensor = tsn_tensor_new (value->rank, value->dim);

      memcpy (tensor->data, value->bytes, value->n_bytes);
      g_hash_table_insert (values, g_strdup (value->name), tensor);
    }
}

/* Returns: (transfer full): every value of the graph by its name.  @code may be NULL. */
GHashTable *
onnx_run (const OnnxFile *file, TsnTensor *image, TsnTensor *code)
{
  GHashTable *values
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tsn_tensor_unref);

  add_initialisers (file, values);
  g_hash_table_insert (values, g_strdup ("image"), tsn_tensor_ref (image));
  if (code != NULL)
    g_hash_table_insert (values, g_strdup ("code"), tsn_tensor_ref (code));
  for (guint i = 0; i < file->nodes->len; i++)
    {
      const Call call = { g_ptr_array_index (file->nodes, i), values };

      run_node (&call);
    }
  return values;
}
