/* The portable kernels of training: 16-byte vectors are what every 64-bit processor has. */
#define LANES 4
#define KERNELS tsn_train_kernels_c
#define KERNELS_ISA TSN_ISA_C
#include "core/ops/tsn-train-kernels-body.h"
