/* The files that `tsn run` makes of one result. */
#pragma once

#include <gio/gio.h>

#include "core/inference/tsn-result.h"

G_BEGIN_DECLS

/**
 * TsnOutput:
 * @result: what to write
 * @base: what its files are called, without their extensions
 * @written: (element-type filename): the files, as they are done
 * @error: (nullable): why the first one that is missing is missing
 *
 * The files of one result.
 */
typedef struct
{
  TsnResult *result;
  char *base;
  GPtrArray *written;
  GError *error;
} TsnOutput;

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

TsnOutput *tsn_output_new (TsnResult *result, const char *base);
void tsn_output_free (TsnOutput *output);
void tsn_output_write (TsnOutput *output, const TsnOutputOptions *options);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnOutput, tsn_output_free)

G_END_DECLS
