/* The kernels of training for AVX2 with FMA; this file is built with their flags. */
#include <immintrin.h>

#define LANES 8
#define VECTOR_MAX _mm256_max_ps
#define KERNELS tsn_train_kernels_avx2
#define KERNELS_ISA TSN_ISA_AVX2
#include "core/ops/tsn-train-kernels-body.h"
