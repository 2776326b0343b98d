/* Independent streams of random numbers from one seed. */
#pragma once

#include "core/base/tsn-random.h"

G_BEGIN_DECLS

/**
 * TsnStream:
 *
 * What random numbers are for; streams of different use never meet.
 */
typedef enum
{
  TSN_STREAM_TURNS = 1,
  TSN_STREAM_EPOCH,
  TSN_STREAM_PASS,
  TSN_STREAM_BALANCED,
  TSN_STREAM_AUGMENT,
  TSN_STREAM_SCENE,
} TsnStream;

void tsn_stream_init (TsnRandom *random, guint64 seed, TsnStream use, guint64 a, guint64 b);
void tsn_stream_shuffle (TsnRandom *random, guint32 *values, guint n);

G_END_DECLS
