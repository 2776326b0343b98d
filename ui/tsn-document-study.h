/* What a document shows, as plain data. */
#pragma once

#include "core/figure/tsn-study.h"
#include "ui/tsn-document.h"

G_BEGIN_DECLS

void tsn_document_get_study (TsnDocument *self, TsnStudy *study);

G_END_DECLS
