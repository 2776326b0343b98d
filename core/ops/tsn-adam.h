/* The arithmetic of Adam and AdamW (Kingma and Ba, 2015; Loshchilov and Hutter, 2019). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnAdam:
 * @clip: factor on the gradient
 * @decay: weight decay that is added to the gradient
 * @keep: factor on the value, for decay apart from the gradient
 * @beta1, @beta2: decay of the means of gradients and of their squares
 * @step: learning rate / (1 - beta1^t)
 * @root2: sqrt(1 - beta2^t)
 * @epsilon: added to the root of the mean of squares
 *
 * What is the same for all numbers of one parameter at its update t.
 */
typedef struct
{
  float clip;
  float decay;
  float keep;
  float beta1;
  float beta2;
  float step;
  float root2;
  float epsilon;
} TsnAdam;

void tsn_adam_move (
    const TsnAdam *adam, const float *grad, size_t n, float *value, float *first, float *second);

G_END_DECLS
