/* The data of a training run, opened as its config says. */
#pragma once

#include "core/training/tsn-train-config.h"

G_BEGIN_DECLS

/**
 * TsnTrainData:
 * @sources: (element-type GPtrArray): for each task an array of #TsnSource to train on
 * @validation: (element-type GPtrArray): the same to validate on; may be empty
 */
typedef struct
{
  GPtrArray *sources;
  GPtrArray *validation;
} TsnTrainData;

TsnTrainData *tsn_train_data_open (const TsnTrainConfig *config, GError **error);
void tsn_train_data_free (TsnTrainData *data);
TsnLoader *
tsn_train_data_load (const TsnTrainData *data, const TsnTrainConfig *config, GError **error);
guint tsn_train_data_count_validation (const TsnTrainData *data,
                                       const TsnTrainConfig *config,
                                       guint task);
TsnBatch *tsn_train_data_load_validation (const TsnTrainData *data,
                                          const TsnTrainConfig *config,
                                          guint task,
                                          guint first,
                                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnTrainData, tsn_train_data_free)

G_END_DECLS
