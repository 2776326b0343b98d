#include "tests/fuzz/fuzz-targets.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t n);

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t n)
{
  fuzz_figure (bytes, n);
  return 0;
}
