/* Task codes: the fixed vectors that the embedding network turns into task embeddings. */
#pragma once

#include "core/base/tsn-random.h"
#include "core/base/tsn-tensor.h"

G_BEGIN_DECLS

TsnTensor *tsn_code_orthogonal (guint tasks, guint length);
TsnTensor *tsn_code_gaussian (guint tasks, guint length, TsnRandom *random);
TsnTensor *tsn_code_one_hot (guint tasks);

G_END_DECLS
