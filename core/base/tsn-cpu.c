#include "core/base/tsn-cpu.h"

#include <sched.h>

static const char *const isa_names[] = { "c", "avx2", "avx512" };

const char *
tsn_isa_get_name (TsnIsa isa)
{
  return isa_names[isa];
}

/**
 * tsn_cpu_detect_isa:
 *
 * Returns: the best instruction set that this processor and its system support.
 */
TsnIsa
tsn_cpu_detect_isa (void)
{
#if defined(__x86_64__)
  __builtin_cpu_init ();
  if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw")
      && __builtin_cpu_supports ("avx512dq") && __builtin_cpu_supports ("avx512vl"))
    return TSN_ISA_AVX512;
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma"))
    return TSN_ISA_AVX2;
#endif
  return TSN_ISA_C;
}

/**
 * tsn_cpu_get_isa:
 *
 * Returns: tsn_cpu_detect_isa(), or less if the environment variable TSN_ISA asks for less
 *   ("c", "avx2", "avx512"; other values are ignored).
 */
TsnIsa
tsn_cpu_get_isa (void)
{
  const char *wanted = g_getenv ("TSN_ISA");
  TsnIsa best = tsn_cpu_detect_isa ();

  for (TsnIsa isa = TSN_ISA_C; isa < best; isa++)
    if (g_strcmp0 (wanted, isa_names[isa]) == 0)
      return isa;
  return best;
}

/**
 * tsn_cpu_count_cores:
 *
 * Returns: the number of processors this process may run on, at least 1.
 */
guint
tsn_cpu_count_cores (void)
{
  cpu_set_t set;

  if (sched_getaffinity (0, sizeof set, &set) == 0)
    return MAX (1, CPU_COUNT (&set));
  return g_get_num_processors ();
}
