/* Which photo comes next: the examples of one task in training's order. */
#pragma once

#include "core/data/tsn-source.h"

G_BEGIN_DECLS

/**
 * TsnDraw:
 * @source: number of the source
 * @photo: number of the photo in it
 *
 * One example.
 */
typedef struct
{
  guint source;
  guint photo;
} TsnDraw;

/**
 * TsnSamplerState:
 * @seed: of everything that is random
 * @position: how many examples were drawn
 *
 * All that a sampler is besides its sources: plain data, to be stored in a checkpoint.
 */
typedef struct
{
  guint64 seed;
  guint64 position;
} TsnSamplerState;

/**
 * TsnSampler:
 *
 * Draws the examples of one task.  An epoch has a fixed number of examples, which its sources share
 * by their weights and which come in shuffled order.  A source gives its photos in one shuffled
 * pass after another, each photo once a pass; passes go on from epoch to epoch.  A balanced source
 * draws every example by itself.  What is drawn depends on seed, task and position alone.
 *
 * Not for several threads at a time.
 */
typedef struct _TsnSampler TsnSampler;

TsnSampler *tsn_sampler_new (guint task, GPtrArray *sources, guint64 epoch_length, guint64 seed);
void tsn_sampler_free (TsnSampler *sampler);

guint64 tsn_sampler_get_epoch_length (const TsnSampler *sampler);
const TsnSource *tsn_sampler_get_source (const TsnSampler *sampler, guint source);
TsnDraw tsn_sampler_peek (TsnSampler *sampler, guint64 position);
TsnDraw tsn_sampler_next (TsnSampler *sampler);
void tsn_sampler_get_state (const TsnSampler *sampler, TsnSamplerState *state);
void tsn_sampler_set_state (TsnSampler *sampler, const TsnSamplerState *state);

guint64 tsn_sources_count (GPtrArray *sources);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnSampler, tsn_sampler_free)

G_END_DECLS
