/* Building the things of a scene, each in a frame of its own. */
#pragma once

#include "core/data/tsn-scene.h"

G_BEGIN_DECLS

/**
 * TsnBuilder:
 * @scene: what is built
 * @random: where choices come from
 * @origin: of the thing's frame, on the floor for most
 * @yaw: turn of the frame about the vertical; at 0 the thing faces positive z
 * @material: of the next shapes
 * @segment: likewise
 * @class_index: likewise
 * @part: likewise
 * @salient: likewise
 *
 * Where things are put and how their next shapes are labelled.
 */
typedef struct
{
  TsnScene *scene;
  TsnRandom *random;
  TsnVec3 origin;
  double yaw;
  guint material;
  guint16 segment;
  guint8 class_index;
  guint8 part;
  gboolean salient;
} TsnBuilder;

void tsn_builder_start (TsnBuilder *builder, guint class_index, TsnVec3 origin, double yaw);
void tsn_builder_end (TsnBuilder *builder);

void tsn_builder_surface (TsnBuilder *builder);
void tsn_builder_paint (TsnBuilder *builder, const TsnMaterial *material);
void tsn_builder_plain (TsnBuilder *builder, guint32 rgb);
void tsn_builder_pattern (
    TsnBuilder *builder, TsnPattern pattern, guint32 rgb, guint32 other, double size);

void tsn_builder_box (TsnBuilder *builder, TsnVec3 centre, TsnVec3 half, double round);
void tsn_builder_tilted_box (
    TsnBuilder *builder, TsnVec3 centre, TsnVec3 half, double round, double pitch, double roll);
void tsn_builder_cylinder (
    TsnBuilder *builder, TsnVec3 centre, double radius, double half_height, double round);
void tsn_builder_ellipsoid (TsnBuilder *builder, TsnVec3 centre, TsnVec3 half);
void
tsn_builder_blade (TsnBuilder *builder, TsnVec3 from, TsnVec3 to, double width, double thickness);
void tsn_builder_limb (
    TsnBuilder *builder, TsnVec3 from, TsnVec3 to, double from_radius, double to_radius);

double tsn_builder_draw (TsnBuilder *builder, double min, double max);
guint32 tsn_builder_choose (TsnBuilder *builder, const guint32 *colours, guint n);

G_END_DECLS
