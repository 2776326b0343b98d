/* Photographs: 8-bit RGB pictures from files, fitted to what a network takes. */
#pragma once

#include <gio/gio.h>

#include "core/base/tsn-tensor.h"

G_BEGIN_DECLS

/**
 * TsnImage:
 * @width: in pixels, at least 1
 * @height: in pixels, at least 1
 * @pixels: 3 x @width x @height bytes, RGB, rows from the top, no padding
 *
 * A reference-counted, immutable photo, upright (EXIF orientation applied), transparent pixels
 * laid over white, 16 bits reduced to 8.
 */
typedef struct _TsnImage TsnImage;

struct _TsnImage
{
  guint width;
  guint height;
  guint8 *pixels;

  /*< private >*/
  gatomicrefcount ref_count;
};

/** The largest photo in pixels that is opened: a decoded picture of 768 MB. */
#define TSN_IMAGE_MAX_PIXELS (256u * 1024 * 1024)

/** The largest shorter side in pixels that a photo can be fitted to. */
#define TSN_IMAGE_MAX_SIZE 8192u

TsnImage *tsn_image_new (guint width, guint height);
TsnImage *tsn_image_load (const char *path, GError **error);
TsnImage *tsn_image_load_bytes (GBytes *bytes, const char *name, GError **error);
TsnImage *tsn_image_ref (TsnImage *image);
void tsn_image_unref (TsnImage *image);

gboolean tsn_image_fit_size (
    guint width, guint height, guint size, guint *fitted_width, guint *fitted_height);
TsnTensor *tsn_image_to_tensor (const TsnImage *image, guint width, guint height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnImage, tsn_image_unref)

G_END_DECLS
