/* The exact median of a long stream of numbers. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnMedian:
 *
 * Keeps every number it is given: the first few million in memory, the rest in a temporary file
 * that has no name, so that a data set of any size takes little memory.
 */
typedef struct _TsnMedian TsnMedian;

TsnMedian *tsn_median_new (size_t in_memory);
void tsn_median_free (TsnMedian *median);

gboolean tsn_median_add (TsnMedian *median, const double *values, size_t n, GError **error);
size_t tsn_median_get_count (const TsnMedian *median);
gboolean tsn_median_result (TsnMedian *median, double *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnMedian, tsn_median_free)

G_END_DECLS
