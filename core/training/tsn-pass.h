/* One task's pass through a network, forward and backward, in memory planned by lifetimes. */
#pragma once

#include "core/model/tsn-backward.h"

G_BEGIN_DECLS

/**
 * TsnPassSpec:
 * @model: the network; its running statistics are written to
 * @task: which read-out
 * @n: N, images per batch
 * @height, @width: of the images, multiples of 32
 * @param_grads: (array): for each parameter its gradient, or %NULL for running statistics
 * @pool: threads
 *
 * What a pass is planned for; everything is borrowed.
 */
typedef struct
{
  TsnModel *model;
  guint task;
  size_t n;
  size_t height;
  size_t width;
  TsnTensor **param_grads;
  TsnPool *pool;
} TsnPassSpec;

/**
 * TsnPass:
 *
 * Where every value and gradient of one task's nodes lies in an arena.  Passes of several tasks
 * may share one arena, since only one of them runs at a time.
 */
typedef struct _TsnPass TsnPass;

TsnPass *tsn_pass_new (const TsnPassSpec *spec);
void tsn_pass_free (TsnPass *pass);
const TsnPassSpec *tsn_pass_get_spec (TsnPass *pass);
size_t tsn_pass_get_arena_bytes (TsnPass *pass);
void tsn_pass_bind (TsnPass *pass, void *arena);
const gboolean *tsn_pass_get_reached (TsnPass *pass);

float *tsn_pass_get_image (TsnPass *pass);
const float *tsn_pass_get_output (TsnPass *pass);
float *tsn_pass_get_output_gradient (TsnPass *pass);
void tsn_pass_train (TsnPass *pass);
void tsn_pass_backward (TsnPass *pass);
void tsn_pass_evaluate (TsnPass *pass);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnPass, tsn_pass_free)

G_END_DECLS
