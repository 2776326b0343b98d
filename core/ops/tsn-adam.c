#include "core/ops/tsn-adam.h"

#include "core/ops/tsn-train-kernels.h"

/**
 * tsn_adam_move:
 * @grad: [n]
 * @value: (inout): [n]
 * @first, @second: (inout): [n] means of gradients and of their squares
 *
 * Moves numbers by one step, on the calling thread.
 */
void
tsn_adam_move (
    const TsnAdam *adam, const float *grad, size_t n, float *value, float *first, float *second)
{
  tsn_train_kernels_get (tsn_cpu_get_isa ())->adam (adam, grad, n, value, first, second);
}
