#include "core/capture/tsn-camera-caps.h"

/* What networks need: enough to see, few enough pixels to be quick. */
#define WIDTH 640
#define HEIGHT 480
#define FPS 30

/* A rate this low stutters, whatever the size. */
#define LOWEST_FPS 20

/* What stuttering and decoding cost, in pixels of width and height. */
#define STUTTER 10000
#define DECODING 100

/* Narrows an offer to its best; less is better, negative is no offer at all. */
static int
narrow (GstStructure *offer)
{
  int width, height, numerator = 0, denominator = 1, cost;

  gst_structure_fixate_field_nearest_int (offer, "width", WIDTH);
  gst_structure_fixate_field_nearest_int (offer, "height", HEIGHT);
  gst_structure_fixate_field_nearest_fraction (offer, "framerate", FPS, 1);
  if (!gst_structure_get_int (offer, "width", &width)
      || !gst_structure_get_int (offer, "height", &height))
    return -1;
  cost = ABS (width - WIDTH) + ABS (height - HEIGHT);
  if (gst_structure_get_fraction (offer, "framerate", &numerator, &denominator)
      && numerator < LOWEST_FPS * denominator)
    cost += STUTTER;
  if (gst_structure_has_name (offer, "image/jpeg"))
    cost += DECODING;
  else if (!gst_structure_has_name (offer, "video/x-raw"))
    return -1;
  return cost;
}

/**
 * tsn_camera_caps_choose:
 * @offered: all that a camera can give
 *
 * Chooses the size nearest to 640 x 480 at a rate near to 30 a second, of raw pictures or JPEG.
 * Left to itself a camera gives its largest picture, however slowly.
 *
 * Returns: (transfer full) (nullable): what to ask for, or %NULL to leave the choice to the camera.
 */
GstCaps *
tsn_camera_caps_choose (GstCaps *offered)
{
  g_autoptr (GstStructure) best = NULL;
  GstCapsFeatures *features = NULL;
  int best_cost = G_MAXINT;
  GstCaps *caps;

  for (guint i = 0; i < gst_caps_get_size (offered); i++)
    {
      g_autoptr (GstStructure) offer = gst_structure_copy (gst_caps_get_structure (offered, i));
      int cost = narrow (offer);

      if (cost < 0 || cost >= best_cost)
        continue;
      best_cost = cost;
      g_clear_pointer (&best, gst_structure_free);
      best = g_steal_pointer (&offer);
      features = gst_caps_get_features (offered, i);
    }
  if (best == NULL)
    return NULL;
  caps = gst_caps_new_empty ();
  gst_caps_append_structure_full (caps, g_steal_pointer (&best),
                                  features != NULL ? gst_caps_features_copy (features) : NULL);
  return caps;
}
