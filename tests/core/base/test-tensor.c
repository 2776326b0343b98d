#include "core/base/tsn-tensor.h"

static void
test_shape (void)
{
  g_autoptr (TsnTensor) tensor = tsn_tensor_new_nchw (2, 3, 5, 7);
  g_autofree char *text = tsn_shape_to_string (tensor->rank, tensor->dim);

  g_assert_cmpuint (tsn_tensor_length (tensor), ==, 210);
  g_assert_cmpuint ((guintptr) tensor->data % TSN_ALIGNMENT, ==, 0);
  g_assert_cmpstr (text, ==, "2 x 3 x 5 x 7");
  g_assert_true (tsn_tensor_has_shape (tensor, 4, (const size_t[]){ 2, 3, 5, 7 }));
  g_assert_false (tsn_tensor_has_shape (tensor, 3, (const size_t[]){ 2, 3, 5 }));
  g_assert_false (tsn_tensor_has_shape (tensor, 4, (const size_t[]){ 2, 3, 5, 8 }));
  for (size_t i = 0; i < 210; i++)
    g_assert_cmpfloat (tensor->data[i], ==, 0);
}

static void
test_scalar (void)
{
  g_autoptr (TsnTensor) scalar = tsn_tensor_new (0, NULL);
  g_autofree char *text = tsn_shape_to_string (0, NULL);

  g_assert_cmpuint (tsn_tensor_length (scalar), ==, 1);
  g_assert_cmpstr (text, ==, "scalar");
}

static void
test_overflow (void)
{
  size_t length;

  g_assert_false (tsn_shape_length (2, (const size_t[]){ G_MAXSIZE, 2 }, &length));
  g_assert_false (tsn_shape_length (1, (const size_t[]){ G_MAXSIZE / 4 }, &length));
  g_assert_false (
      tsn_shape_length (4, (const size_t[]){ 1 << 20, 1 << 20, 1 << 20, 1 << 20 }, &length));
  g_assert_true (tsn_shape_length (3, (const size_t[]){ 0, 5, 6 }, &length));
  g_assert_cmpuint (length, ==, 0);
}

static void
test_copy_is_deep (void)
{
  g_autoptr (TsnTensor) tensor = tsn_tensor_new_vector (4), copy = NULL, same = NULL;

  tensor->data[2] = 5;
  copy = tsn_tensor_copy (tensor);
  same = tsn_tensor_ref (tensor);
  tensor->data[2] = 6;
  g_assert_cmpfloat (copy->data[2], ==, 5);
  g_assert_cmpfloat (same->data[2], ==, 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/tensor/shape", test_shape);
  g_test_add_func ("/base/tensor/scalar", test_scalar);
  g_test_add_func ("/base/tensor/overflow", test_overflow);
  g_test_add_func ("/base/tensor/copy-is-deep", test_copy_is_deep);
  return g_test_run ();
}
