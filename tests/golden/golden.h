/* The golden files: parameters, inputs and outputs of the PyTorch reference. */
#pragma once

#include "core/io/tsn-safetensors.h"
#include "core/model/tsn-model.h"

/* Six tasks: those of PASCAL-Context and depth. */
TsnTaskList *golden_tasks (void);

/* Opens golden-NAME.safetensors. */
TsnSafetensors *golden_open (const char *name);

/* The tensor called by a printf format; it must be there. */
TsnTensor *golden_read (TsnSafetensors *file, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* The network of a golden file with its parameters, taking the image as it is (no normalisation). */
TsnModel *golden_model (TsnSafetensors *file, TsnConditioning conditioning);

/* Largest difference relative to the largest magnitude of @expected; shapes must agree. */
double golden_difference (const TsnTensor *found, const TsnTensor *expected);
