#include "core/ops/tsn-kernels.h"

/**
 * tsn_kernels_get:
 * @isa: at most what the processor has
 *
 * Returns: the kernels written for @isa.
 */
const TsnKernels *
tsn_kernels_get (TsnIsa isa)
{
  switch (isa)
    {
#if defined(__x86_64__)
    case TSN_ISA_AVX512:
      return &tsn_kernels_avx512;
    case TSN_ISA_AVX2:
      return &tsn_kernels_avx2;
#endif
    default:
      return &tsn_kernels_c;
    }
}
