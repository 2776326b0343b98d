/* What the processor can do. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnIsa:
 * @TSN_ISA_C: portable C
 * @TSN_ISA_AVX2: AVX2 with FMA
 * @TSN_ISA_AVX512: AVX-512 F, BW, DQ and VL
 *
 * Instruction sets that kernels are written for, each including the ones before it.
 */
typedef enum
{
  TSN_ISA_C,
  TSN_ISA_AVX2,
  TSN_ISA_AVX512,
} TsnIsa;

TsnIsa tsn_cpu_get_isa (void);
TsnIsa tsn_cpu_detect_isa (void);
const char *tsn_isa_get_name (TsnIsa isa);
guint tsn_cpu_count_cores (void);

G_END_DECLS
