/* What one decoding is conditioned on: a mix of tasks, for each decoder module. */
#pragma once

#include "core/model/tsn-model.h"

G_BEGIN_DECLS

/**
 * TsnMixSpace:
 * @TSN_MIX_CODES: the tasks' codes are mixed, before the embedding network
 * @TSN_MIX_EMBEDDINGS: the tasks' embeddings are mixed
 * @TSN_MIX_COEFFICIENTS: the scales and shifts that the embeddings become are mixed
 *
 * Where tasks are mixed.  Coefficients are an affine function of the embedding, so that the latter
 * two differ only when the weights do not add up to one.
 */
typedef enum
{
  TSN_MIX_CODES,
  TSN_MIX_EMBEDDINGS,
  TSN_MIX_COEFFICIENTS,
} TsnMixSpace;

/**
 * TsnMixture:
 * @space: where the tasks are mixed
 * @readout: the task whose read-out is wanted
 * @n_tasks: of the model
 * @n_modules: decoder modules of the model, see tsn_mixture_list_modules()
 * @weights: [n_modules, n_tasks] of any sign and sum
 *
 * What a decoding reads its image with.
 */
typedef struct
{
  TsnMixSpace space;
  guint readout;
  guint n_tasks;
  guint n_modules;
  float *weights;
} TsnMixture;

gboolean tsn_mixture_is_possible (const TsnModel *model);
TsnMixture *tsn_mixture_new (TsnModel *model, guint task);
TsnMixture *tsn_mixture_copy (const TsnMixture *mixture);
void tsn_mixture_free (TsnMixture *mixture);
gboolean tsn_mixture_equal (const TsnMixture *a, const TsnMixture *b);
void tsn_mixture_set_weights (TsnMixture *mixture, const float *weights);
void tsn_mixture_set_module (TsnMixture *mixture, guint module, const float *weights);
char **tsn_mixture_list_modules (TsnModel *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnMixture, tsn_mixture_free)

G_END_DECLS
