#include "core/io/tsn-image.h"

#include "core/base/tsn-arena.h"
#include "core/io/tsn-resample.h"

/* Both sides of a network's input are multiples of this, the stride of the coarsest features. */
#define STRIDE 32

/* How much longer than the asked shorter side the longer one may be. */
#define MAX_ASPECT 4

/**
 * tsn_image_new:
 * @width: at least 1
 * @height: at least 1; not more than %TSN_IMAGE_MAX_PIXELS together
 *
 * Returns: (transfer full): a black picture, whose pixels may be written until it is shared.
 */
TsnImage *
tsn_image_new (guint width, guint height)
{
  TsnImage *image;

  g_return_val_if_fail (width > 0 && height > 0, NULL);
  g_return_val_if_fail ((guint64) width * height <= TSN_IMAGE_MAX_PIXELS, NULL);

  image = g_new (TsnImage, 1);
  image->width = width;
  image->height = height;
  image->pixels = tsn_aligned_alloc0 (3 * (size_t) width * height);
  g_atomic_ref_count_init (&image->ref_count);
  return image;
}

TsnImage *
tsn_image_ref (TsnImage *image)
{
  g_atomic_ref_count_inc (&image->ref_count);
  return image;
}

void
tsn_image_unref (TsnImage *image)
{
  if (g_atomic_ref_count_dec (&image->ref_count))
    {
      tsn_aligned_free (image->pixels);
      g_free (image);
    }
}

/* The nearest multiple of the stride, and at least one. */
static guint
round_to_stride (double length)
{
  return MAX (1, (guint) (length / STRIDE + 0.5)) * STRIDE;
}

/**
 * tsn_image_fit_size:
 * @width: of the photo
 * @height: of the photo
 * @size: what the shorter side should become, from 1 to %TSN_IMAGE_MAX_SIZE
 * @fitted_width: (out): a multiple of 32
 * @fitted_height: (out): a multiple of 32
 *
 * Finds the size at which a photo is given to a network.  The shorter side becomes @size and the
 * longer one follows, so that the aspect is kept; but a strip whose longer side would be more than
 * 4 @size gets that for its longer side.  Then both are rounded to the nearest multiple of 32, at
 * least 32.  So the area is about 4 @size^2 at most, whatever the aspect.
 *
 * Returns: %FALSE if a length is 0 or @size is too large.
 */
gboolean
tsn_image_fit_size (
    guint width, guint height, guint size, guint *fitted_width, guint *fitted_height)
{
  double shorter = MIN (width, height), longer = MAX (width, height), scale;

  if (shorter == 0 || size == 0 || size > TSN_IMAGE_MAX_SIZE)
    return FALSE;
  scale = MIN (size / shorter, MAX_ASPECT * size / longer);
  *fitted_width = round_to_stride (width * scale);
  *fitted_height = round_to_stride (height * scale);
  return TRUE;
}

/**
 * tsn_image_to_tensor:
 * @width: of the tensor, not more than %TSN_IMAGE_MAX_SIZE x 4; so is @height
 *
 * Resamples the whole picture, stretching it if the aspect differs: averages when it shrinks,
 * interpolates linearly when it grows.  Centres of pixels are at halves: the outer edges of the
 * picture and of the tensor coincide.
 *
 * Returns: (transfer full): [1, 3, @height, @width]: red, green and blue from 0 to 1.
 */
TsnTensor *
tsn_image_to_tensor (const TsnImage *image, guint width, guint height)
{
  TsnTensor *tensor;

  g_return_val_if_fail (width > 0 && width <= MAX_ASPECT * TSN_IMAGE_MAX_SIZE, NULL);
  g_return_val_if_fail (height > 0 && height <= MAX_ASPECT * TSN_IMAGE_MAX_SIZE, NULL);

  tensor = tsn_tensor_new_nchw (1, 3, height, width);
  tsn_resample_rgb (image->pixels, image->width, image->height, width, height, tensor->data);
  return tensor;
}
