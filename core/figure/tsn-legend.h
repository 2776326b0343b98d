/* What the colours of a task's picture mean, for whoever draws it. */
#pragma once

#include "core/figure/tsn-colour-map.h"
#include "core/inference/tsn-result.h"

G_BEGIN_DECLS

/**
 * TsnLegendKind:
 * @TSN_LEGEND_CLASSES: a list of colours with names
 * @TSN_LEGEND_SCALE: a colour map between two numbers
 * @TSN_LEGEND_SPHERE: a sphere whose surface shows the colour of each direction
 */
typedef enum
{
  TSN_LEGEND_CLASSES,
  TSN_LEGEND_SCALE,
  TSN_LEGEND_SPHERE,
} TsnLegendKind;

/**
 * TsnLegendEntry:
 * @label: name of the class
 * @colour: 0xRRGGBB
 * @class_index: index of the class
 * @share: of the result's pixels that have this class, 0 to 1; 0 without a result
 */
typedef struct
{
  char *label;
  guint32 colour;
  guint class_index;
  float share;
} TsnLegendEntry;

/**
 * TsnLegend:
 * @kind: which of the fields below count
 * @title: the task's title
 * @entries: (element-type TsnLegendEntry): for %TSN_LEGEND_CLASSES
 * @map: for %TSN_LEGEND_SCALE
 * @reversed: whether @map's beginning is at @high (near is bright) instead of at @low
 * @low, @high: numbers at the two ends of the scale
 * @unit: (nullable): their unit
 */
typedef struct
{
  TsnLegendKind kind;
  char *title;
  GArray *entries;
  TsnColourMap map;
  gboolean reversed;
  float low;
  float high;
  char *unit;
} TsnLegend;

TsnLegend *tsn_legend_new (const TsnTask *task, const TsnResult *result);
void tsn_legend_free (TsnLegend *legend);
void tsn_legend_get_colour (const TsnLegend *legend, float value, guint8 rgb[3]);
guint8 *tsn_legend_draw_sphere (guint size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnLegend, tsn_legend_free)

G_END_DECLS
