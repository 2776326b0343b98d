/* Vectors of many dimensions on a plane: principal components. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnProjection:
 * @n: how many vectors
 * @x: (array length=n): along the direction in which they vary most
 * @y: (array length=n): along the direction of the rest in which they vary most
 * @share_x: share of the variance along @x, 0..1
 * @share_y: share of the variance along @y
 */
typedef struct
{
  guint n;
  double *x;
  double *y;
  double share_x;
  double share_y;
} TsnProjection;

TsnProjection *tsn_projection_new (const double *vectors, guint n, guint length);
void tsn_projection_free (TsnProjection *projection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnProjection, tsn_projection_free)

G_END_DECLS
