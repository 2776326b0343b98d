#include "core/ops/tsn-concat.h"

#include <string.h>

/**
 * tsn_concat_forward:
 * @a: [N, Ca, pixels]
 * @b: [N, Cb, pixels]
 * @y: (out): [N, Ca + Cb, pixels], the channels of @a first; must not overlap them
 */
void
tsn_concat_forward (size_t n,
                    size_t channels_a,
                    size_t channels_b,
                    size_t pixels,
                    const float *a,
                    const float *b,
                    float *y)
{
  size_t length_a = channels_a * pixels, length_b = channels_b * pixels;

  for (size_t i = 0; i < n; i++, y += length_a + length_b)
    {
      memcpy (y, a + i * length_a, length_a * sizeof (float));
      memcpy (y + length_a, b + i * length_b, length_b * sizeof (float));
    }
}

/**
 * tsn_concat_backward:
 * @dy: [N, Ca + Cb, pixels]
 * @da: (out): [N, Ca, pixels]
 * @db: (out): [N, Cb, pixels]
 */
void
tsn_concat_backward (size_t n,
                     size_t channels_a,
                     size_t channels_b,
                     size_t pixels,
                     const float *dy,
                     float *da,
                     float *db)
{
  size_t length_a = channels_a * pixels, length_b = channels_b * pixels;

  for (size_t i = 0; i < n; i++, dy += length_a + length_b)
    {
      memcpy (da + i * length_a, dy, length_a * sizeof (float));
      memcpy (db + i * length_b, dy + length_a, length_b * sizeof (float));
    }
}
