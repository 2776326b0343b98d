/* Random numbers from an explicit state. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnRandom:
 *
 * State of a xoshiro256++ generator (Blackman and Vigna, 2019).  It is plain data: copy it to
 * fork a stream, store it to resume one.
 */
typedef struct
{
  guint64 s[4];
} TsnRandom;

void tsn_random_init (TsnRandom *random, guint64 seed);
guint64 tsn_random_next (TsnRandom *random);
double tsn_random_uniform (TsnRandom *random);
double tsn_random_normal (TsnRandom *random);
guint64 tsn_random_below (TsnRandom *random, guint64 n);

G_END_DECLS
