/* A model as an ONNX graph; private to core/io. */
#pragma once

#include "core/io/tsn-onnx.h"
#include "core/io/tsn-protobuf-writer.h"

G_BEGIN_DECLS

TsnProtobufWriter *tsn_onnx_make_graph (const TsnModel *model, const TsnOnnxOptions *options);

G_END_DECLS
