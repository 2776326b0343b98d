/* Runs one node of a graph in training: forward on batch statistics, and backward. */
#pragma once

#include "core/model/tsn-forward.h"

G_BEGIN_DECLS

/**
 * TsnReads:
 * @TSN_READS_X: the value of the first input
 * @TSN_READS_SECOND: the value of the second input
 * @TSN_READS_Y: the node's own value
 *
 * What the backward pass of a node still needs of the forward pass.
 */
typedef enum
{
  TSN_READS_X = 1 << 0,
  TSN_READS_SECOND = 1 << 1,
  TSN_READS_Y = 1 << 2,
} TsnReads;

/**
 * TsnBackward:
 * @forward: values, as in a plain forward pass; its model's running statistics are written to;
 *   its scratch has tsn_backward_scratch() floats
 * @saved: (array): for each node tsn_backward_saved_length() floats that its backward pass needs
 * @grads: (array) (element-type float*): for each node the gradient of its value, or %NULL where
 *   nobody wants it; may be that of the node's consumer where tsn_backward_works_in_place()
 * @filled: (array): for each node, whether @grads holds a sum begun by one of its consumers
 * @spare: two buffers, each as long as the longest gradient with several consumers
 * @param_grads: (array): for each parameter the gradient, or %NULL for running statistics
 * @slopes: (array): for each node the slope of the activation that is folded into it, 1 for none;
 *   only where tsn_backward_folds_activation(), and where the activation's value and gradient lie
 *   where the node's do.  The activation itself then has nothing to do in training.
 *
 * The state of one training step.  Every parameter belongs to one node, so that its gradient is
 * overwritten, not added to.
 */
typedef struct
{
  TsnForward forward;
  float **saved;
  float **grads;
  gboolean *filled;
  float *spare[2];
  TsnTensor **param_grads;
  float *slopes;
} TsnBackward;

TsnReads tsn_backward_get_reads (TsnOp op);
gboolean tsn_backward_works_in_place (TsnOp op);
gboolean tsn_backward_folds_activation (TsnOp op);
size_t tsn_backward_saved_length (const TsnGraph *graph, guint node, size_t n);
size_t tsn_backward_scratch (
    const TsnGraph *graph, guint node, size_t n, size_t height, size_t width, guint threads);
guint tsn_backward_pick_row (const float *v, guint rows);
void tsn_backward_train_node (const TsnBackward *backward, guint node);
void tsn_backward_judge_node (const TsnBackward *backward, guint node);
void tsn_backward_node (const TsnBackward *backward, guint node);

G_END_DECLS
