/* What the nodes of a network are called and what they do, in the language of the person. */
#pragma once

#include "core/figure/tsn-outline.h"
#include "core/model/tsn-model.h"

G_BEGIN_DECLS

char *tsn_node_text_name (const TsnModel *model, const TsnOutlineBlock *block);
const char *tsn_node_text_kind (const TsnModel *model, const TsnOutlineBlock *block);
const char *tsn_node_text_explanation (const TsnModel *model, const TsnOutlineBlock *block);
char *tsn_node_text_shape (const TsnModel *model,
                           const TsnOutlineBlock *block,
                           guint width,
                           guint height);
char *tsn_node_text_params (guint64 params);
char *tsn_node_text_params_short (guint64 params);

G_END_DECLS
