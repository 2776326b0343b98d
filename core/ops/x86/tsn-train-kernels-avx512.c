/* The kernels of training for AVX-512; this file is built with its flags. */
#include <immintrin.h>

#define LANES 16
#define VECTOR_MAX _mm512_max_ps
#define KERNELS tsn_train_kernels_avx512
#define KERNELS_ISA TSN_ISA_AVX512
#include "core/ops/tsn-train-kernels-body.h"
