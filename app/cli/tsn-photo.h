/* Photos, decoded ahead of time and fitted to the network. */
#pragma once

#include "core/base/tsn-tensor.h"

G_BEGIN_DECLS

/**
 * TsnPhoto:
 * @input: (nullable): [1, 3, H, W] RGB in [0, 1], as a session takes it; %NULL if it failed
 * @width: of the photo in pixels
 * @height: of the photo in pixels
 * @error: (nullable): why it failed
 *
 * What the network needs of one photo; the photo itself is not kept.
 */
typedef struct
{
  TsnTensor *input;
  guint width;
  guint height;
  GError *error;
} TsnPhoto;

GThread *tsn_photo_start (const char *path);
TsnPhoto *tsn_photo_finish (GThread *thread, guint size);
void tsn_photo_free (TsnPhoto *photo);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnPhoto, tsn_photo_free)

G_END_DECLS
