/* What reading a pixel and reading a row of a result share; private to core/inference. */
#pragma once

#include "core/model/tsn-task.h"

G_BEGIN_DECLS

/**
 * TsnResultPosition:
 * @first: the sample at or before the pixel's centre
 * @second: the one behind it, or @first again at the edge
 * @weight: of @second, from 0 to 1
 *
 * Where along one axis of the read-out a pixel of the photo lies.
 */
typedef struct
{
  guint first;
  guint second;
  float weight;
} TsnResultPosition;

TsnResultPosition tsn_result_locate (guint pixel, guint pixels, size_t samples);
void tsn_result_activate (const TsnTask *task, float *pixel);

G_END_DECLS
