/* The photos of a folder or of a data set, in a row. */
#pragma once

#include "ui/tsn-document-source.h"

G_BEGIN_DECLS

#define TSN_TYPE_FILMSTRIP (tsn_filmstrip_get_type ())
G_DECLARE_FINAL_TYPE (TsnFilmstrip, tsn_filmstrip, TSN, FILMSTRIP, GtkBox)

/**
 * TsnFilmstrip:
 *
 * Shows a document's gallery.  Choosing a thumbnail, by pointer or by arrow key, opens its photo.  A
 * data set has a choice of its splits, and a button that shows what is right.
 */

void tsn_filmstrip_set_document (TsnFilmstrip *self, TsnDocument *document);

G_END_DECLS
