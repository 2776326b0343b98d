/* How much read-outs depend on the embedding, without labels. */
#pragma once

#include <gio/gio.h>

#include "core/base/tsn-pool.h"
#include "core/evaluation/tsn-estimate.h"
#include "core/model/tsn-model.h"

G_BEGIN_DECLS

/**
 * TsnAgreement:
 * @model: the model
 * @pool: threads
 * @photos: (array zero-terminated=1): files
 * @size: shorter side of the network's input in pixels, 0 for the model's own
 * @progress: (nullable): called before each photo with how many of how many are done
 * @data: for @progress
 */
typedef struct
{
  TsnModel *model;
  TsnPool *pool;
  char *const *photos;
  guint size;
  void (*progress) (gpointer data, guint done, guint total, const char *photo);
  gpointer data;
} TsnAgreement;

double tsn_agreement_measure (const TsnEstimate *a, const TsnEstimate *b);
double *
tsn_agreement_run (const TsnAgreement *agreement, GCancellable *cancellable, GError **error);

G_END_DECLS
