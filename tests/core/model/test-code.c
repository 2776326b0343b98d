#include "core/model/tsn-code.h"

static void
test_orthogonal (void)
{
  g_autoptr (TsnTensor) codes = tsn_code_orthogonal (3, 4);

  g_assert_true (tsn_tensor_has_shape (codes, 2, (const size_t[]){ 3, 12 }));
  for (size_t t = 0; t < 3; t++)
    for (size_t i = 0; i < 12; i++)
      g_assert_cmpfloat (codes->data[t * 12 + i], ==, i / 4 == t);
}

static void
test_gaussian_is_reproducible (void)
{
  TsnRandom a, b;
  g_autoptr (TsnTensor) first = NULL, second = NULL;
  double squares = 0;

  tsn_random_init (&a, 5);
  tsn_random_init (&b, 5);
  first = tsn_code_gaussian (5, 20, &a);
  second = tsn_code_gaussian (5, 20, &b);
  for (size_t i = 0; i < 500; i++)
    {
      g_assert_cmpfloat (first->data[i], ==, second->data[i]);
      squares += first->data[i] * first->data[i];
    }
  g_assert_cmpfloat_with_epsilon (squares / 500, 1, 0.25);
}

static void
test_one_hot (void)
{
  g_autoptr (TsnTensor) codes = tsn_code_one_hot (3);

  for (size_t i = 0; i < 9; i++)
    g_assert_cmpfloat (codes->data[i], ==, i % 4 == 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/code/orthogonal", test_orthogonal);
  g_test_add_func ("/model/code/gaussian-is-reproducible", test_gaussian_is_reproducible);
  g_test_add_func ("/model/code/one-hot", test_one_hot);
  return g_test_run ();
}
