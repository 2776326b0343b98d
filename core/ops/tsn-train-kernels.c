#include "core/ops/tsn-train-kernels.h"

/**
 * tsn_train_kernels_get:
 * @isa: at most what the processor has
 *
 * Returns: the kernels written for @isa.
 */
const TsnTrainKernels *
tsn_train_kernels_get (TsnIsa isa)
{
  switch (isa)
    {
#if defined(__x86_64__)
    case TSN_ISA_AVX512:
      return &tsn_train_kernels_avx512;
    case TSN_ISA_AVX2:
      return &tsn_train_kernels_avx2;
#endif
    default:
      return &tsn_train_kernels_c;
    }
}
