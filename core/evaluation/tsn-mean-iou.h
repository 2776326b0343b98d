/* Mean intersection over union of class maps. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A label that leaves its pixel out. */
#define TSN_MEAN_IOU_IGNORE 255

/**
 * TsnMeanIouClass:
 * @intersection: pixels that are of the class in prediction and label
 * @predicted: pixels predicted to be of the class
 * @labelled: pixels labelled as of the class
 * @iou: intersection over union; NaN when neither has any
 */
typedef struct
{
  guint64 intersection;
  guint64 predicted;
  guint64 labelled;
  double iou;
} TsnMeanIouClass;

/**
 * TsnMeanIouResult:
 * @images: images that count
 * @skipped: images left out: nothing in them is labelled, or nobody is in them
 * @mean: mean of the IoU of all classes, where one that is nowhere counts as 0
 * @mean_present: mean of the IoU of the classes that are somewhere
 * @accuracy: share of pixels whose class is right
 *
 * Shares in 0..1, NaN when there is nothing to take a share of.
 */
typedef struct
{
  size_t images;
  size_t skipped;
  double mean;
  double mean_present;
  double accuracy;
} TsnMeanIouResult;

/**
 * TsnMeanIou:
 *
 * Counts pixels per class over a set of images: IoU = intersection / (predicted + labelled -
 * intersection), over all images together.
 */
typedef struct _TsnMeanIou TsnMeanIou;

TsnMeanIou *tsn_mean_iou_new (guint classes, gboolean only_people);
void tsn_mean_iou_free (TsnMeanIou *iou);

gboolean tsn_mean_iou_add (TsnMeanIou *iou,
                           const guint8 *prediction,
                           const guint8 *label,
                           size_t n_pixels,
                           TsnMeanIouResult *image,
                           GError **error);
void tsn_mean_iou_result (const TsnMeanIou *iou, TsnMeanIouResult *result);
TsnMeanIouClass tsn_mean_iou_get_class (const TsnMeanIou *iou, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnMeanIou, tsn_mean_iou_free)

G_END_DECLS
