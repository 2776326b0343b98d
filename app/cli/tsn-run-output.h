/* The files that `tsn run` makes of one result. */
#pragma once

#include <gio/gio.h>

#include "core/inference/tsn-result.h"

G_BEGIN_DECLS

/**
 * TsnOutputOptions:
 * @raw: write the numbers, not only their colours
 * @cancellable: (nullable): ends the writing between two strips of rows
 */
typedef struct
{
  gboolean raw;
  GCancellable *cancellable;
} TsnOutputOptions;

gboolean tsn_run_write (const TsnResult *result,
                        const char *base,
                        const TsnOutputOptions *options,
                        GPtrArray *written,
                        GError **error);

G_END_DECLS
