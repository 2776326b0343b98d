/* Matrices as coloured cells. */
#pragma once

#include "core/figure/tsn-ink.h"

G_BEGIN_DECLS

/**
 * TsnHeatScale:
 * @TSN_HEAT_SEQUENTIAL: viridis from the lowest number to the highest
 * @TSN_HEAT_DIVERGING: blue below @middle, white at it, orange above
 */
typedef enum
{
  TSN_HEAT_SEQUENTIAL,
  TSN_HEAT_DIVERGING,
} TsnHeatScale;

/**
 * TsnHeatMap:
 * @title: (nullable): stands above
 * @x_title: (nullable): of the columns
 * @y_title: (nullable): of the rows
 * @n_rows: how many rows
 * @n_columns: how many columns
 * @row_names: (array length=n_rows)
 * @column_names: (array length=n_columns)
 * @values: (array): @n_rows x @n_columns numbers that decide on the colours; NaN is grey
 * @texts: (nullable) (array): what is written into the cells, %NULL for @values
 * @decimals: digits of the values behind the point
 * @scale: the colours
 * @low: number of the first colour; the smallest value if not below @high
 * @high: number of the last colour
 * @middle: for %TSN_HEAT_DIVERGING
 */
typedef struct
{
  const char *title;
  const char *x_title;
  const char *y_title;
  guint n_rows;
  guint n_columns;
  const char *const *row_names;
  const char *const *column_names;
  const double *values;
  const char *const *texts;
  guint decimals;
  TsnHeatScale scale;
  double low;
  double high;
  double middle;
} TsnHeatMap;

void tsn_heat_map_draw (const TsnHeatMap *map, cairo_t *cr, const TsnBox *box);

G_END_DECLS
