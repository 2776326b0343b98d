/* From numbers to colours. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnColourMap:
 * @TSN_COLOUR_MAP_GREY: black to white
 * @TSN_COLOUR_MAP_VIRIDIS: dark violet over green to yellow, of evenly rising lightness (Smith and
 *   van der Walt, 2015); within 1/255 of the original's table
 * @TSN_COLOUR_MAP_DIVERGING: blue over white in the middle to orange; people of any colour vision
 *   tell the two ends apart
 *
 * A scale of colours for numbers from 0 to 1.
 */
typedef enum
{
  TSN_COLOUR_MAP_GREY,
  TSN_COLOUR_MAP_VIRIDIS,
  TSN_COLOUR_MAP_DIVERGING,
} TsnColourMap;

void tsn_colour_map_look_up (TsnColourMap map, float t, guint8 rgb[3]);
void tsn_colour_map_normal (const float normal[3], guint8 rgb[3]);

G_END_DECLS
