/* Checks of a backward operation against central differences. */
#pragma once

#include "core/base/tsn-random.h"
#include "core/ops/tsn-instance-norm.h"
#include "ops-reference.h"

#define MAX_INPUTS 4

/* A function of up to four arrays, as one sum over its outputs weighted by @dy. */
typedef struct _Case Case;

struct _Case
{
  TsnPool *pool;
  TsnRandom random;
  TsnConv conv;
  TsnPlaneShape shape;
  size_t height;
  size_t width;
  size_t bins;
  float slope;
  guint n_inputs;
  float *x[MAX_INPUTS];
  size_t length[MAX_INPUTS];
  float *dx[MAX_INPUTS];
  float *dy;
  size_t out_length;
  void (*function) (const Case *self, double *y);
};

float *make_random (Case *self, size_t length);
float *new_scratch (size_t floats);
Case *case_new (guint threads, void (*function) (const Case *, double *), size_t out_length);
void add_input (Case *self, size_t length);

/* Compares dx of all inputs, relative to the largest of each; frees the case. */
void case_check (Case *self, double tolerance);
