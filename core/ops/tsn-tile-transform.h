/* The one-dimensional transforms of Winograd's F(4x4, 3x3) that inference and training share, on
 * vectors; see tsn-vector.h for what the file that includes this defines.  Private to core/ops. */
#pragma once

#include "core/ops/tsn-vector.h"

/* B^T of F(4x4, 3x3) (Lavin and Gray, 2016), on six vectors @step apart. */
INLINE void
transform_input_4 (const Vector *d, int step, Vector *out, int out_step)
{
  Vector a = d[4 * step] - 4 * d[2 * step], b = d[3 * step] - 4 * d[step];
  Vector e = d[4 * step] - d[2 * step], f = 2 * (d[3 * step] - d[step]);

  out[0] = 4 * d[0] - 5 * d[2 * step] + d[4 * step];
  out[out_step] = a + b;
  out[2 * out_step] = a - b;
  out[3 * out_step] = e + f;
  out[4 * out_step] = e - f;
  out[5 * out_step] = 4 * d[step] - 5 * d[3 * step] + d[5 * step];
}

/* A^T of F(4x4, 3x3): six vectors to four. */
INLINE void
transform_output_4 (const Vector *m, int step, Vector *out, int out_step)
{
  Vector a = m[step] + m[2 * step], b = m[step] - m[2 * step];
  Vector e = m[3 * step] + m[4 * step], f = m[3 * step] - m[4 * step];

  out[0] = m[0] + a + e;
  out[out_step] = b + 2 * f;
  out[2 * out_step] = a + 4 * e;
  out[3 * out_step] = b + 8 * f + m[5 * step];
}
