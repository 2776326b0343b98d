#include "core/ops/tsn-concat.h"

#include <string.h>

/* Both ways: planes [0, a) of each image of the whole belong to one part, the rest to the other. */
typedef struct
{
  size_t channels_a;
  size_t channels_b;
  size_t pixels;
  float *a;
  float *b;
  float *whole;
  gboolean apart;
} Job;

static void
planes_cb (gpointer data, size_t first, size_t last, guint thread)
{
  const Job *job = data;
  size_t channels = job->channels_a + job->channels_b, bytes = job->pixels * sizeof (float);

  for (size_t i = first; i < last; i++)
    {
      size_t image = i / channels, c = i % channels;
      float *whole = job->whole + i * job->pixels;
      float *part = c < job->channels_a
                        ? job->a + (image * job->channels_a + c) * job->pixels
                        : job->b + (image * job->channels_b + c - job->channels_a) * job->pixels;

      memcpy (job->apart ? part : whole, job->apart ? whole : part, bytes);
    }
}

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
                    float *y,
                    TsnPool *pool)
{
  Job job = { channels_a, channels_b, pixels, (float *) a, (float *) b, y, FALSE };

  tsn_pool_for (pool, n * (channels_a + channels_b), 8, planes_cb, &job);
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
                     float *db,
                     TsnPool *pool)
{
  Job job = { channels_a, channels_b, pixels, da, db, (float *) dy, TRUE };

  tsn_pool_for (pool, n * (channels_a + channels_b), 8, planes_cb, &job);
}
