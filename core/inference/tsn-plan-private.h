/* The fields of a plan, for the files that lay it out and run it. */
#pragma once

#include "core/inference/tsn-plan.h"

/* Pixels that a read-out takes at a time. */
#define TSN_READOUT_PIXELS 64

/**
 * TsnModuleState:
 * @map: the convolution's result; activated in place if a module above upsamples it and it is
 *   made anew for every embedding
 * @activated: the activated result of a @feature module that is upsampled; no data otherwise
 * @sums: [2, padded channels] of the convolution's result
 * @scale, @shift: [padded channels] the norm and the coefficients in one
 * @content: key of what the map holds, or the activated map of a feature module; 0 for nothing
 * @key: key of the activated output as of the last decode
 */
typedef struct
{
  TsnMap map;
  TsnMap activated;
  double *sums;
  float *scale;
  float *shift;
  guint64 content;
  guint64 key;
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
  gboolean *needed; /* per node; scratch of a decode */
  float *arena;
  size_t arena_bytes;
  float *scratch;
  size_t scratch_bytes;
  guint64 encoded; /* key of the current image; 0 for none */
  guint64 next_encoded;
  TsnProfile *profile; /* not owned; NULL unless somebody wants to know */
};

void tsn_plan_lay_out (TsnPlan *plan);
void tsn_plan_read_out (TsnPlan *plan, guint readout, float *output);

/* The activation of a module with the coefficients of the last decode. */
TsnActivation tsn_plan_activation (const TsnPlan *plan, guint module);

/* y = activation of x over whole maps; y may be x. */
void tsn_plan_activate (const TsnPlan *plan,
                        const TsnMap *x,
                        const TsnActivation *activation,
                        const TsnMap *y);
