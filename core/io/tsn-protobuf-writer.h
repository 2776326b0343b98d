/* The wire format of Protocol Buffers, as far as ONNX needs it; private to core/io. */
#pragma once

#include "core/base/tsn-tensor.h"
#include "core/io/tsn-file-writer.h"

G_BEGIN_DECLS

/**
 * TsnProtobufWriter:
 *
 * One message under construction: its fields in the order in which they are added.  Tensors are
 * only referenced, so that a message with a network's weights costs no second copy of them.
 * (protobuf.dev/programming-guides/encoding describes the format.)
 */
typedef struct _TsnProtobufWriter TsnProtobufWriter;

TsnProtobufWriter *tsn_protobuf_writer_new (void);
void tsn_protobuf_writer_free (TsnProtobufWriter *writer);

void tsn_protobuf_writer_add_integer (TsnProtobufWriter *writer, guint field, gint64 value);
void tsn_protobuf_writer_add_float (TsnProtobufWriter *writer, guint field, float value);
void tsn_protobuf_writer_add_string (TsnProtobufWriter *writer, guint field, const char *text);
void tsn_protobuf_writer_add_tensor (TsnProtobufWriter *writer, guint field, TsnTensor *tensor);
void tsn_protobuf_writer_take_message (TsnProtobufWriter *writer,
                                       guint field,
                                       TsnProtobufWriter *message);

size_t tsn_protobuf_writer_get_length (const TsnProtobufWriter *writer);
gboolean
tsn_protobuf_writer_write (const TsnProtobufWriter *writer, TsnFileWriter *file, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnProtobufWriter, tsn_protobuf_writer_free)

G_END_DECLS
