/* The command line of `tsn figure`. */
#pragma once

#include "app/cli/tsn-cli.h"
#include "core/figure/tsn-figure-export.h"

G_BEGIN_DECLS

/**
 * TsnFigureOptions:
 *
 * What was asked for; zero and %NULL for what was not.
 */
typedef struct
{
  char *output;
  char *format;
  char *model;
  char *second;
  char **tasks;
  char **photos;
  int limit;
  int size;
  gboolean no_truth;
  char *width;
  double font_size;
  double gap;
  double dpi;
  int wrap;
  gboolean letters;
  gboolean transposed;
  gboolean no_labels;
  gboolean no_legends;
  char **labels;
  char **insets;
  gboolean raw;
  int threads;
  char **rest;
} TsnFigureOptions;

gboolean tsn_figure_options_parse (TsnFigureOptions *options, char ***args, GError **error);
void tsn_figure_options_clear (TsnFigureOptions *options);
TsnExit tsn_figure_options_check (const TsnFigureOptions *options);

gboolean tsn_figure_options_is_latex (const TsnFigureOptions *options);
TsnFigureFormat tsn_figure_options_get_format (const TsnFigureOptions *options);
gboolean
tsn_figure_options_make_study (const TsnFigureOptions *options, TsnStudy *study, GError **error);
gboolean tsn_figure_options_is_comparison (const TsnFigureOptions *options);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TsnFigureOptions, tsn_figure_options_clear)

G_END_DECLS
