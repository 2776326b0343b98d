/* The tasks of a model as vectors. */
#pragma once

#include "core/base/tsn-pool.h"
#include "core/model/tsn-model.h"

G_BEGIN_DECLS

/**
 * TsnCoefficients:
 * @gamma_mean: mean over channels of the scales
 * @gamma_deviation: standard deviation over channels of the scales
 * @beta_mean: mean over channels of the shifts
 * @beta_deviation: standard deviation over channels of the shifts
 *
 * The coefficients of one decoder module under one task.
 */
typedef struct
{
  double gamma_mean;
  double gamma_deviation;
  double beta_mean;
  double beta_deviation;
} TsnCoefficients;

/**
 * TsnTaskSpace:
 * @n_tasks: how many tasks
 * @length: of a vector
 * @vectors: (array): @n_tasks x @length: the task embeddings; for networks without an embedding
 *   network the coefficients of all decoder modules, which are what differs between their tasks
 * @embedded: whether the vectors are embeddings
 * @n_modules: how many decoder modules
 * @module_names: (array length=n_modules) (array zero-terminated=1): their names
 * @coefficients: (array): @n_modules x @n_tasks
 * @norms: (array length=n_modules): the nodes that apply the coefficients
 * @scales_shifts: (array): @n_modules x @n_tasks vectors: the scales (gamma) of a module's channels,
 *   then their shifts (beta)
 */
typedef struct
{
  guint n_tasks;
  guint length;
  double *vectors;
  gboolean embedded;
  guint n_modules;
  char **module_names;
  TsnCoefficients *coefficients;
  guint *norms;
  TsnTensor **scales_shifts;
} TsnTaskSpace;

TsnTaskSpace *tsn_task_space_new (TsnModel *model, TsnPool *pool);
void tsn_task_space_free (TsnTaskSpace *space);

double *tsn_task_space_distances (const TsnTaskSpace *space);
double *tsn_task_space_cosines (const TsnTaskSpace *space);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnTaskSpace, tsn_task_space_free)

G_END_DECLS
