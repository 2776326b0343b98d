/* Small data sets in a temporary folder. */
#pragma once

#include "core/data/tsn-source.h"

G_BEGIN_DECLS

char *data_fixture_new (void);
void data_fixture_free (char *root);

char *data_fixture_path (const char *root, const char *name);
void data_fixture_text (const char *root, const char *name, const char *text);
void data_fixture_bytes (const char *root, const char *name, const void *bytes, size_t n);
void data_fixture_photo (const char *root, const char *name, const TsnImage *image);
void data_fixture_photos (const char *root, guint n);
void data_fixture_grey8 (
    const char *root, const char *name, guint width, guint height, const guint8 *values);
void data_fixture_grey16 (
    const char *root, const char *name, guint width, guint height, const guint16 *values);
void data_fixture_matrix (const char *root,
                          const char *name,
                          const char *variable,
                          guint width,
                          guint height,
                          const float *values);
TsnImage *data_fixture_gradient (guint width, guint height);
GPtrArray *data_fixture_classes (const char *root, guint n_photos, guint n_classes);

void data_assert_error (const GError *error, int code, const char *const *words);

#define DATA_ASSERT_ERROR(error, code, ...)                                                        \
  data_assert_error (error, code, (const char *const[]){ __VA_ARGS__, NULL })

G_END_DECLS
