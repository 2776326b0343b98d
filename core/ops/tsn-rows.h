/* A row of a table, picked by a vector. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void tsn_rows_forward (size_t rows, size_t length, const float *v, const float *table, float *y);
void tsn_rows_backward (size_t rows,
                        size_t length,
                        const float *v,
                        const float *table,
                        const float *dy,
                        float *dtable,
                        float *dv);

G_END_DECLS
