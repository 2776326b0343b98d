/* People and animals. */
#pragma once

#include "core/data/tsn-scene-builder.h"

G_BEGIN_DECLS

void tsn_being_add_person (TsnBuilder *builder, TsnVec3 at, double yaw);
void tsn_being_add_dog (TsnBuilder *builder, TsnVec3 at, double yaw);

G_END_DECLS
