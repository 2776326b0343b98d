#include "core/base/tsn-error.h"

G_DEFINE_QUARK (tsn-error-quark, tsn_error)
