/* Figures as files that know how they were made. */
#pragma once

#include "core/figure/tsn-figure-grid.h"
#include "core/figure/tsn-figure.h"
#include "core/figure/tsn-study.h"

G_BEGIN_DECLS

/**
 * TsnFigureExport:
 * @study: what the figure shows, see tsn_figure_maker_get_study()
 * @format: of tsn_figure_export()
 * @cancellable: (nullable): ends the writing; what was written is removed
 *
 * How a figure leaves the program.
 */
typedef struct
{
  const TsnStudy *study;
  TsnFigureFormat format;
  GCancellable *cancellable;
} TsnFigureExport;

gboolean tsn_figure_export (const TsnFigureGrid *grid,
                            const char *path,
                            const TsnFigureExport *how,
                            GError **error);
gboolean tsn_figure_export_latex (const TsnFigureGrid *grid,
                                  const char *path,
                                  const TsnFigureExport *how,
                                  GPtrArray *written,
                                  GError **error);

char *tsn_figure_get_command (const TsnStudy *study, const char *base, const char *extension);
gboolean tsn_figure_read_study (TsnStudy *study, const char *path, GError **error);
char *tsn_figure_read_command (const char *path, GError **error);

G_END_DECLS
