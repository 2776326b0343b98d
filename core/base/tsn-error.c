#include "core/base/tsn-error.h"

G_DEFINE_QUARK (tsn-error-quark, tsn_error)

/**
 * tsn_error_set:
 * @format: a sentence, as of printf
 *
 * Like g_set_error() in the domain %TSN_ERROR, to be returned in one breath.
 *
 * Returns: %FALSE
 */
gboolean
tsn_error_set (GError **error, TsnError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (TSN_ERROR, code, format, args));
  va_end (args);
  return FALSE;
}
