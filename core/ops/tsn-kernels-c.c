/* The portable kernels: 16-byte vectors are what every 64-bit processor has. */
#define LANES 4
#define ROWS 4
#define COLUMNS 2
#define KERNELS tsn_kernels_c
#define KERNELS_ISA TSN_ISA_C
#include "core/ops/tsn-kernels-body.h"
