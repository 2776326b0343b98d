/* Event files that TensorBoard reads. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnEventFile:
 *
 * A file of scalar events: TFRecord framing (length, masked CRC-32C, data, masked CRC-32C) around
 * the few fields of the Event message of TensorFlow's event.proto that scalars need.
 */
typedef struct _TsnEventFile TsnEventFile;

TsnEventFile *tsn_event_file_new (const char *folder, guint64 first_step, GError **error);
void tsn_event_file_free (TsnEventFile *file);
gboolean tsn_event_file_add (
    TsnEventFile *file, guint64 step, const char *tag, double value, GError **error);
gboolean tsn_event_file_flush (TsnEventFile *file, GError **error);

guint32 tsn_crc32c (const guint8 *bytes, size_t n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnEventFile, tsn_event_file_free)

G_END_DECLS
