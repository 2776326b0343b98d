/* A network with its parameters: what a model file holds. */
#pragma once

#include "core/base/tsn-random.h"
#include "core/model/tsn-network.h"

G_BEGIN_DECLS

/**
 * TsnModel:
 * @spec: what the network is; owns its task list
 * @graph: built from @spec
 * @params: (array): one tensor per parameter of the graph, in its order
 * @codes: [T, D] the task codes: rows are what is fed to the code node (T x T identity for the
 *   baselines, whose "embedding" picks a row)
 * @mean: of the image's channels, RGB in [0, 1]
 * @std: of the image's channels
 * @size: preferred length in pixels of the shorter side of the network's input
 * @provenance: (nullable): where the weights come from, a sentence or two
 * @name: (nullable): what people call it; loaders set the file's base name if the file says none
 * @named: whether @name is the model's own, which goes into its file
 *
 * Reference-counted and immutable once loaded: sessions on several threads may share one.
 */
typedef struct _TsnModel TsnModel;

struct _TsnModel
{
  TsnNetworkSpec spec;
  TsnGraph *graph;
  TsnTensor **params;
  TsnTensor *codes;
  float mean[3];
  float std[3];
  guint size;
  char *provenance;
  char *name;
  gboolean named;

  /*< private >*/
  gatomicrefcount ref_count;
};

/** Length of the shorter input side where a model file does not say better. */
#define TSN_DEFAULT_SIZE 256

TsnModel *tsn_model_new (const TsnNetworkSpec *spec, GError **error);
TsnModel *tsn_model_ref (TsnModel *model);
void tsn_model_unref (TsnModel *model);
void tsn_model_initialise (TsnModel *model, TsnRandom *random);

guint tsn_model_get_n_tasks (const TsnModel *model);
const TsnTask *tsn_model_get_task (const TsnModel *model, guint index);
int tsn_model_find_task (const TsnModel *model, const char *name);
guint tsn_model_get_code_length (const TsnModel *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnModel, tsn_model_unref)

G_END_DECLS
