/* The fields of a plan, for the files that lay it out and run it. */
#pragma once

#include "core/inference/tsn-plan.h"

/* Pixels that a read-out takes at a time. */
#define TSN_READOUT_PIXELS 64

/* The most decodings that run together. */
#define TSN_MAX_SLOTS 8

/**
 * TsnModuleSlot:
 * @map: the convolution's result; one for all slots of a module that reads a feature
 * @sums: [2, padded channels] of the convolution's result; shared as @map is
 * @scale, @shift: [padded channels] the norm and the coefficients in one
 * @content: key of what the map holds; 0 for nothing
 * @key: key of the activated output as of the last decode
 *
 * What a module made of one of the embeddings that are decoded together.
 */
typedef struct
{
  TsnMap map;
  double *sums;
  float *scale;
  float *shift;
  guint64 content;
  guint64 key;
} TsnModuleSlot;

/**
 * TsnModuleState:
 * @n_slots: 1, or as many as run together
 */
typedef struct
{
  TsnModuleSlot slots[TSN_MAX_SLOTS];
  guint n_slots;
} TsnModuleState;

struct _TsnPlan
{
  TsnProgram *program;
  TsnPool *pool;
  const TsnKernels *kernels;
  size_t height;
  size_t width;

  TsnMap *values; /* per node; of those that encoder steps make, and the image */
  TsnModuleState *modules;
  guint n_slots;    /* decodings that run together */
  guint last_slot;  /* that the last decoding used: what taps show */
  gboolean *needed; /* per node; scratch of a decode */
  float *arena;
  size_t arena_bytes;
  float *scratch;
  size_t scratch_bytes;
  guint64 encoded; /* key of the current image; 0 for none */
  guint64 next_encoded;
  TsnProfile *profile; /* not owned; NULL unless somebody wants to know */
};

/* Mixes two keys into one; never 0. */
guint64 tsn_plan_mix (guint64 a, guint64 b);

/* Notes a step that made what the convolution above @node is for, @n times at once. */
void tsn_plan_note (TsnPlan *plan, guint node, const char *method, guint n, gint64 start);

void tsn_plan_lay_out (TsnPlan *plan);
void tsn_plan_clear_memory (TsnPlan *plan);
void tsn_plan_read_out (TsnPlan *plan, guint slot, guint readout, float *output);

/* A module's share of decoding @slot. */
TsnModuleSlot *tsn_plan_slot (const TsnPlan *plan, guint module, guint slot);

/* The activation of a module with the coefficients of the last decode. */
TsnActivation tsn_plan_activation (const TsnPlan *plan, guint module, guint slot);
