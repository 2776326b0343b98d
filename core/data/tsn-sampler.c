#include "core/data/tsn-sampler.h"

#include "core/data/tsn-stream.h"

#include <math.h>

struct _TsnSampler
{
  guint task;
  GPtrArray *sources; /* of TsnSource */
  TsnSamplerState state;
  guint64 length;  /* of an epoch */
  guint64 *shares; /* examples of an epoch that each source gives */
  guint64 epoch;   /* the one that draws and order are of; G_MAXUINT64 for none yet */
  TsnDraw *draws;  /* what the epoch holds, source after source */
  guint32 *order;  /* in which the draws come */
};

/**
 * tsn_sources_count:
 * @sources: (element-type TsnSource): sources of one task
 *
 * Returns: the number of their photos.
 */
guint64
tsn_sources_count (GPtrArray *sources)
{
  guint64 n = 0;

  for (guint i = 0; i < sources->len; i++)
    n += tsn_source_get_length (g_ptr_array_index (sources, i));
  return n;
}

/* Divides the epoch by the weights: the running sum is rounded, so that the shares add up. */
static void
share_out (TsnSampler *sampler)
{
  double sum = 0, so_far = 0;
  guint64 given = 0;

  for (guint i = 0; i < sampler->sources->len; i++)
    sum += tsn_source_get_weight (g_ptr_array_index (sampler->sources, i));
  for (guint i = 0; i < sampler->sources->len; i++)
    {
      guint64 end;

      so_far += tsn_source_get_weight (g_ptr_array_index (sampler->sources, i));
      end = i + 1 == sampler->sources->len ? sampler->length
                                           : (guint64)floor (sampler->length * so_far / sum + 0.5);
      sampler->shares[i] = end - given;
      given = end;
    }
}

/**
 * tsn_sampler_new:
 * @task: number of the task, which tells its random numbers from those of others
 * @sources: (element-type TsnSource): at least one; it and they are kept
 * @epoch_length: examples in an epoch, 1 to 2^31; usually tsn_sources_count()
 * @seed: of everything that is random
 *
 * Returns: (transfer full): a sampler at position 0.
 */
TsnSampler *
tsn_sampler_new (guint task, GPtrArray *sources, guint64 epoch_length, guint64 seed)
{
  TsnSampler *sampler;

  g_return_val_if_fail (sources->len > 0, NULL);
  g_return_val_if_fail (epoch_length > 0 && epoch_length <= G_MAXINT32, NULL);

  sampler = g_new0 (TsnSampler, 1);
  sampler->task = task;
  sampler->sources = g_ptr_array_ref (sources);
  sampler->state.seed = seed;
  sampler->length = epoch_length;
  sampler->shares = g_new (guint64, sources->len);
  sampler->epoch = G_MAXUINT64;
  sampler->draws = g_new (TsnDraw, epoch_length);
  sampler->order = g_new (guint32, epoch_length);
  share_out (sampler);
  return sampler;
}

void
tsn_sampler_free (TsnSampler *sampler)
{
  g_ptr_array_unref (sampler->sources);
  g_free (sampler->shares);
  g_free (sampler->draws);
  g_free (sampler->order);
  g_free (sampler);
}

guint64
tsn_sampler_get_epoch_length (const TsnSampler *sampler)
{
  return sampler->length;
}

const TsnSource *
tsn_sampler_get_source (const TsnSampler *sampler, guint source)
{
  return g_ptr_array_index (sampler->sources, source);
}

/* Tells the streams of one task's sources apart. */
static guint64
get_stream_number (const TsnSampler *sampler, guint source)
{
  return (guint64)sampler->task << 32 | source;
}

static void
shuffle_pass (const TsnSampler *sampler, guint source, guint64 pass, guint32 *photos, guint n)
{
  TsnRandom random;

  for (guint i = 0; i < n; i++)
    photos[i] = i;
  tsn_stream_init (&random, sampler->state.seed, TSN_STREAM_PASS,
                   get_stream_number (sampler, source), pass);
  tsn_stream_shuffle (&random, photos, n);
}

static void
draw_passes (const TsnSampler *sampler, guint source, guint64 first, guint64 n, TsnDraw *draws)
{
  guint length = tsn_source_get_length (tsn_sampler_get_source (sampler, source));
  g_autofree guint32 *photos = g_new (guint32, length);

  for (guint64 i = 0; i < n; i++)
    {
      guint place = (first + i) % length;

      if (i == 0 || place == 0)
        shuffle_pass (sampler, source, (first + i) / length, photos, length);
      draws[i] = (TsnDraw){ source, photos[place] };
    }
}

static void
draw_balanced (const TsnSampler *sampler, guint source, guint64 first, guint64 n, TsnDraw *draws)
{
  const TsnSource *from = tsn_sampler_get_source (sampler, source);

  for (guint64 i = 0; i < n; i++)
    {
      TsnRandom random;

      tsn_stream_init (&random, sampler->state.seed, TSN_STREAM_BALANCED,
                       get_stream_number (sampler, source), first + i);
      draws[i] = (TsnDraw){ source, tsn_source_draw_balanced (from, &random) };
    }
}

static void
fill_epoch (TsnSampler *sampler, guint64 epoch)
{
  TsnDraw *draws = sampler->draws;
  TsnRandom random;

  for (guint i = 0; i < sampler->sources->len; i++)
    {
      guint64 share = sampler->shares[i];

      if (tsn_source_is_balanced (tsn_sampler_get_source (sampler, i)))
        draw_balanced (sampler, i, epoch * share, share, draws);
      else
        draw_passes (sampler, i, epoch * share, share, draws);
      draws += share;
    }
  for (guint64 i = 0; i < sampler->length; i++)
    sampler->order[i] = i;
  tsn_stream_init (&random, sampler->state.seed, TSN_STREAM_EPOCH, sampler->task, epoch);
  tsn_stream_shuffle (&random, sampler->order, sampler->length);
  sampler->epoch = epoch;
}

/**
 * tsn_sampler_peek:
 * @position: how many examples come before
 *
 * Returns: the example at any position, without moving there.
 */
TsnDraw
tsn_sampler_peek (TsnSampler *sampler, guint64 position)
{
  guint64 epoch = position / sampler->length;

  if (sampler->epoch != epoch)
    fill_epoch (sampler, epoch);
  return sampler->draws[sampler->order[position % sampler->length]];
}

/**
 * tsn_sampler_next:
 *
 * Returns: the example at the sampler's position, which moves on.
 */
TsnDraw
tsn_sampler_next (TsnSampler *sampler)
{
  return tsn_sampler_peek (sampler, sampler->state.position++);
}

void
tsn_sampler_get_state (const TsnSampler *sampler, TsnSamplerState *state)
{
  *state = sampler->state;
}

/**
 * tsn_sampler_set_state:
 *
 * Continues where a sampler of the same task, sources and epoch length was.
 */
void
tsn_sampler_set_state (TsnSampler *sampler, const TsnSamplerState *state)
{
  sampler->state = *state;
  sampler->epoch = G_MAXUINT64;
}
