/* Hierarchical clustering by average linkage, and its dendrogram. */
#pragma once

#include "core/figure/tsn-ink.h"

G_BEGIN_DECLS

/**
 * TsnMerge:
 * @first: a cluster: below n one of the n items, n + i what merge i made
 * @second: another; @first holds the item of the lowest index
 * @height: mean distance between the items of the two
 * @size: how many items the two have together
 */
typedef struct
{
  guint first;
  guint second;
  double height;
  guint size;
} TsnMerge;

TsnMerge *tsn_linkage_average (const double *distances, guint n);
guint *tsn_linkage_order (const TsnMerge *merges, guint n);
void tsn_linkage_draw (const TsnMerge *merges,
                       const char *const *names,
                       guint n,
                       const char *x_title,
                       cairo_t *cr,
                       const TsnBox *box);

G_END_DECLS
