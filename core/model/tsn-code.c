#include "core/model/tsn-code.h"

/**
 * tsn_code_orthogonal:
 * @length: n, ones per task
 *
 * Returns: (transfer full): [T, T n]; row t is one at [t n, (t + 1) n) and zero elsewhere.
 */
TsnTensor *
tsn_code_orthogonal (guint tasks, guint length)
{
  size_t d = (size_t) tasks * length;
  TsnTensor *codes = tsn_tensor_new (2, (const size_t[]){ tasks, d });

  for (guint t = 0; t < tasks; t++)
    for (guint i = 0; i < length; i++)
      codes->data[t * d + t * length + i] = 1;
  return codes;
}

/**
 * tsn_code_gaussian:
 *
 * Returns: (transfer full): [T, T n] of N(0, 1) numbers.
 */
TsnTensor *
tsn_code_gaussian (guint tasks, guint length, TsnRandom *random)
{
  TsnTensor *codes = tsn_tensor_new (2, (const size_t[]){ tasks, (size_t) tasks * length });

  for (size_t i = 0; i < tsn_tensor_length (codes); i++)
    codes->data[i] = tsn_random_normal (random);
  return codes;
}

/**
 * tsn_code_one_hot:
 *
 * Returns: (transfer full): [T, T], the identity: the codes of networks that keep a row of
 *   parameters per task.
 */
TsnTensor *
tsn_code_one_hot (guint tasks)
{
  return tsn_code_orthogonal (tasks, 1);
}
