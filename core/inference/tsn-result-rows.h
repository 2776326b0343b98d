/* Results at the photo's pixels, row by row. */
#pragma once

#include "core/inference/tsn-result.h"

G_BEGIN_DECLS

/**
 * TsnResultRows:
 *
 * Reads a result row by row at the photo's pixels.  It holds the scratch memory, so that reading
 * allocates nothing; one thread at a time may use it, and several threads each take their own.
 */
typedef struct _TsnResultRows TsnResultRows;

TsnResultRows *tsn_result_rows_new (const TsnResult *result);
void tsn_result_rows_free (TsnResultRows *rows);
void tsn_result_rows_read (TsnResultRows *rows, guint y, float *row);
void tsn_result_rows_read_classes (TsnResultRows *rows, guint y, guint8 *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnResultRows, tsn_result_rows_free)

G_END_DECLS
