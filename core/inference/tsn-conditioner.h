/* From an embedding to the coefficients of every decoder module. */
#pragma once

#include "core/base/tsn-pool.h"
#include "core/inference/tsn-mixture.h"

G_BEGIN_DECLS

/**
 * TsnConditioner:
 *
 * Runs the embedding stage of a graph and keeps the coefficients of recent embeddings.  A module
 * is what has a conditional norm: O5, S4, O4 and so on, in the order of the graph.
 */
typedef struct _TsnConditioner TsnConditioner;

TsnConditioner *tsn_conditioner_new (TsnModel *model, TsnPool *pool);
void tsn_conditioner_free (TsnConditioner *conditioner);

guint tsn_conditioner_get_n_modules (TsnConditioner *conditioner);
const char *tsn_conditioner_get_module_name (TsnConditioner *conditioner, guint module);
guint tsn_conditioner_get_module_node (TsnConditioner *conditioner, guint module);
guint tsn_conditioner_get_dimensions (TsnConditioner *conditioner);

TsnTensor *tsn_conditioner_embed (TsnConditioner *conditioner, const TsnTensor *code);
TsnTensor *tsn_conditioner_embed_task (TsnConditioner *conditioner, guint task);
TsnTensor *tsn_conditioner_get_coefficients (TsnConditioner *conditioner,
                                             TsnTensor *embedding,
                                             guint module,
                                             guint64 *key);
TsnTensor *tsn_conditioner_get_mixed (TsnConditioner *conditioner,
                                      const TsnMixture *mixture,
                                      guint module,
                                      guint64 *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnConditioner, tsn_conditioner_free)

G_END_DECLS
