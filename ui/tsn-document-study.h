/* What a document shows, as plain data and back. */
#pragma once

#include "core/figure/tsn-study.h"
#include "ui/tsn-document.h"
#include "ui/tsn-view.h"

G_BEGIN_DECLS

/*
 * The look of a document is all that can be taken back at once: tasks, layout, blend, comparison,
 * what is inspected.  Where the photo comes from and which models run takes time to restore, see
 * #TsnStudyOpener.
 */

void tsn_document_get_study (TsnDocument *self, TsnStudy *study);
void tsn_document_get_look (TsnDocument *self, TsnStudy *study);
void tsn_document_set_look (TsnDocument *self, const TsnStudy *study);
gboolean tsn_document_is_setting_look (TsnDocument *self);

void tsn_view_get_study (TsnView *self, TsnStudyView *study);
void tsn_view_set_study (TsnView *self, const TsnStudyView *study);

G_END_DECLS
