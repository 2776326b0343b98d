/* Furniture, plants and what else is in a living room. */
#pragma once

#include "core/data/tsn-scene-builder.h"

G_BEGIN_DECLS

void tsn_thing_add_sofa (TsnBuilder *builder, TsnVec3 at, double yaw);
void tsn_thing_add_table (TsnBuilder *builder, TsnVec3 at, double yaw);
void tsn_thing_add_chair (TsnBuilder *builder, TsnVec3 at, double yaw);
void tsn_thing_add_television (TsnBuilder *builder, TsnVec3 at, double yaw);
void tsn_thing_add_bookshelf (TsnBuilder *builder, TsnVec3 at, double yaw);
void tsn_thing_add_floor_lamp (TsnBuilder *builder, TsnVec3 at);
void tsn_thing_add_plant (TsnBuilder *builder, TsnVec3 at, double height);
void tsn_thing_add_picture (TsnBuilder *builder, TsnVec3 at, double yaw, double width);
void tsn_thing_add_rug (TsnBuilder *builder, TsnVec3 at, double yaw);

G_END_DECLS
