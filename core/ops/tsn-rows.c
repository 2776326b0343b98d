#include "core/ops/tsn-rows.h"

/**
 * tsn_rows_forward:
 * @v: [rows], one-hot picks a row, anything else blends rows
 * @table: [rows, length]
 * @y: (out): [length], v times @table
 */
void
tsn_rows_forward (size_t rows, size_t length, const float *v, const float *table, float *y)
{
  for (size_t i = 0; i < length; i++)
    {
      double sum = 0;

      for (size_t t = 0; t < rows; t++)
        sum += (double) v[t] * table[t * length + i];
      y[i] = sum;
    }
}

/**
 * tsn_rows_backward:
 * @dy: [length]
 * @dtable: (out): [rows, length]; zero in the rows that were not picked
 * @dv: (out) (nullable): [rows]
 */
void
tsn_rows_backward (size_t rows,
                   size_t length,
                   const float *v,
                   const float *table,
                   const float *dy,
                   float *dtable,
                   float *dv)
{
  for (size_t t = 0; t < rows; t++)
    {
      double sum = 0;

      for (size_t i = 0; i < length; i++)
        {
          dtable[t * length + i] = v[t] * dy[i];
          sum += (double) table[t * length + i] * dy[i];
        }
      if (dv != NULL)
        dv[t] = sum;
    }
}
