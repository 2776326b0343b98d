/* Which classes the labels of a data set show. */
#pragma once

#include "core/data/tsn-dataset.h"

G_BEGIN_DECLS

/**
 * TsnClassSet:
 * @bits: bit c % 64 of word c / 64 says whether class c occurs
 *
 * The classes of one photo, %TSN_IGNORED_CLASS left out.
 */
typedef struct
{
  guint64 bits[4];
} TsnClassSet;

static inline gboolean
tsn_class_set_has (const TsnClassSet *set, guint class)
{
  return set->bits[class / 64] >> (class % 64) & 1;
}

gboolean tsn_class_census_read (
    const TsnDataset *dataset, guint index, const TsnTask *task, TsnClassSet *set, GError **error);
void tsn_class_census_weigh (const TsnClassSet *sets, guint n, double *weights);

G_END_DECLS
