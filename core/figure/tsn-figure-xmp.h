/* What a figure's file says about itself (ISO 16684-1, XMP), the same in all formats; private to
 * core/figure. */
#pragma once

#include <glib.h>

#include "core/figure/tsn-figure.h"

G_BEGIN_DECLS

/** The keyword of a PNG's text chunk that holds a packet. */
#define TSN_FIGURE_XMP_KEYWORD "XML:com.adobe.xmp"

char *tsn_figure_xmp_write (const TsnFigureFile *file);
char *tsn_figure_xmp_find (GBytes *bytes, const char *property, GError **error);

gboolean tsn_figure_pdf_add_metadata (GByteArray *pdf, const char *packet, GError **error);
void tsn_figure_svg_finish (GByteArray *svg, const char *packet);

G_END_DECLS
