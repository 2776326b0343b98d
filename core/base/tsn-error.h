/* The error domain of libtsn. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TSN_ERROR:
 *
 * Domain of every error that libtsn raises itself.  Messages are one sentence that names the file
 * (or tensor, task, option), what was expected and what was found.  A cancelled operation reports
 * G_IO_ERROR_CANCELLED instead.
 */
#define TSN_ERROR (tsn_error_quark ())

/**
 * TsnError:
 * @TSN_ERROR_IO: a file or folder cannot be read or written
 * @TSN_ERROR_FORMAT: a file's content is not what its format demands
 * @TSN_ERROR_MODEL: a model does not fit: unknown version, missing or misshapen tensor
 * @TSN_ERROR_ARGUMENT: what was asked for does not exist or is out of range
 */
typedef enum
{
  TSN_ERROR_IO,
  TSN_ERROR_FORMAT,
  TSN_ERROR_MODEL,
  TSN_ERROR_ARGUMENT,
} TsnError;

GQuark tsn_error_quark (void);
gboolean tsn_error_set (GError **error, TsnError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

G_END_DECLS
