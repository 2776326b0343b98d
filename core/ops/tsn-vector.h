/* Vectors of LANES floats, for files that are built once per instruction set: LANES is what the
 * file that includes this defines, and VECTOR_MAX, optionally, the instruction for the larger of
 * two vectors, which the vector extensions of C cannot name.  Private to core/ops. */
#pragma once

#include <glib.h>

typedef float Vector __attribute__ ((vector_size (LANES * sizeof (float)), may_alias));

#define INLINE static inline __attribute__ ((always_inline))

INLINE Vector
load (const float *p)
{
  return *(const Vector *) p;
}

INLINE void
store (float *p, Vector v)
{
  *(Vector *) p = v;
}

INLINE Vector
splat (float x)
{
  return x - (Vector){ 0 };
}

#ifdef VECTOR_MAX
INLINE Vector
larger (Vector a, Vector b)
{
  return VECTOR_MAX (a, b);
}
#else
typedef gint32 Mask __attribute__ ((vector_size (LANES * sizeof (gint32)), may_alias));

INLINE Vector
larger (Vector a, Vector b)
{
  Mask mask = a > b;

  return (Vector) (((Mask) a & mask) | ((Mask) b & ~mask));
}
#endif
