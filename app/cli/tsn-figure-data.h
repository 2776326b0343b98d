/* The numbers behind a figure, as files beside it. */
#pragma once

#include "core/figure/tsn-figure-maker.h"

G_BEGIN_DECLS

gboolean tsn_figure_data_write (TsnFigureMaker *maker,
                                const char *figure,
                                GPtrArray *written,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
