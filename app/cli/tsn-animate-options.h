/* The command line of `tsn animate`. */
#pragma once

#include "app/cli/tsn-cli.h"

#include "core/figure/tsn-study.h"

G_BEGIN_DECLS

/**
 * TsnAnimateOptions:
 *
 * The options as they stand on the command line; numbers that were not given are -1.
 */
typedef struct
{
  char *output;
  char *model;
  char **tasks;
  char *readout;
  char *space;
  int size;
  int side;
  int fps;
  double seconds;
  gboolean once;
  gboolean no_photo;
  gboolean no_captions;
  int threads;
  char **rest;
} TsnAnimateOptions;

gboolean tsn_animate_options_parse (TsnAnimateOptions *options, char ***args, GError **error);
void tsn_animate_options_clear (TsnAnimateOptions *options);
TsnExit tsn_animate_options_check (const TsnAnimateOptions *options);
gboolean
tsn_animate_options_make_study (const TsnAnimateOptions *options, TsnStudy *study, GError **error);

G_END_DECLS
