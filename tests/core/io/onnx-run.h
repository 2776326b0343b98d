/* Runs ONNX graphs slowly and plainly, as the operators' definitions say. */
#pragma once

#include "core/base/tsn-tensor.h"
#include "tests/core/io/onnx-reader.h"

G_BEGIN_DECLS

GHashTable *onnx_run (const OnnxFile *file, TsnTensor *image, TsnTensor *code);

G_END_DECLS
