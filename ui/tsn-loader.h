/* Photos and models, read on a thread. */
#pragma once

#include "core/model/tsn-model.h"
#include "ui/tsn-picture.h"

G_BEGIN_DECLS

/**
 * TsnPhoto:
 * @image: the pixels
 * @picture: the same, ready to be drawn
 * @name: what to call it
 * @file: (nullable): where it came from
 *
 * A photo that somebody opened.
 */
typedef struct
{
  TsnImage *image;
  TsnPicture *picture;
  char *name;
  GFile *file;
} TsnPhoto;

void tsn_photo_free (TsnPhoto *photo);
char *tsn_photo_describe_at (const TsnPhoto *photo, double x, double y);

void tsn_loader_open_file (GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data);
void tsn_loader_open_texture (GdkTexture *texture,
                              const char *name,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
TsnPhoto *tsn_loader_open_finish (GAsyncResult *result, GError **error);

void tsn_loader_load_model (const char *path,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
TsnModel *tsn_loader_load_model_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnPhoto, tsn_photo_free)

G_END_DECLS
