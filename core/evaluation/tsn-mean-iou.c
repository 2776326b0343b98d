#include "core/evaluation/tsn-mean-iou.h"

#include "core/base/tsn-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct
{
  guint64 intersection;
  guint64 predicted;
  guint64 labelled;
} Count;

struct _TsnMeanIou
{
  guint classes;
  gboolean only_people;
  size_t images;
  size_t skipped;
  Count *counts; /* per class */
};

/**
 * tsn_mean_iou_new:
 * @classes: how many, at most 255
 * @only_people: skip images in which no pixel is labelled with a class but 0, the background: for
 *   human parts, where images without people say nothing
 *
 * Returns: (transfer full): an accumulator without images.
 */
TsnMeanIou *
tsn_mean_iou_new (guint classes, gboolean only_people)
{
  TsnMeanIou *self;

  g_return_val_if_fail (classes > 0 && classes <= TSN_MEAN_IOU_IGNORE, NULL);

  self = g_new0 (TsnMeanIou, 1);
  self->classes = classes;
  self->only_people = only_people;
  self->counts = g_new0 (Count, classes);
  return self;
}

void
tsn_mean_iou_free (TsnMeanIou *iou)
{
  g_free (iou->counts);
  g_free (iou);
}

static gboolean
check_class (const TsnMeanIou *self, gboolean is_label, guint8 class, size_t pixel, GError **error)
{
  if (class < self->classes)
    return TRUE;
  g_set_error (
      error, TSN_ERROR, TSN_ERROR_ARGUMENT,
      is_label
          ? _ ("Pixel %zu of the label should be of a class below %u, but is of class %u.")
          : _ ("Pixel %zu of the prediction should be of a class below %u, but is of class %u."),
      pixel, self->classes, class);
  return FALSE;
}

static gboolean
count_pixels (const TsnMeanIou *self,
              const guint8 *prediction,
              const guint8 *label,
              size_t n_pixels,
              Count *counts,
              GError **error)
{
  for (size_t i = 0; i < n_pixels; i++)
    {
      if (label[i] == TSN_MEAN_IOU_IGNORE)
        continue;
      if (!check_class (self, TRUE, label[i], i, error)
          || !check_class (self, FALSE, prediction[i], i, error))
        return FALSE;
      counts[label[i]].labelled++;
      counts[prediction[i]].predicted++;
      counts[label[i]].intersection += label[i] == prediction[i];
    }
  return TRUE;
}

static double
get_iou (const Count *count)
{
  guint64 all = count->predicted + count->labelled - count->intersection;

  return all > 0 ? count->intersection / (double)all : NAN;
}

/* The shares of @result from @counts; the images it leaves alone. */
static void
summarize (const Count *counts, guint classes, TsnMeanIouResult *result)
{
  double sum = 0;
  guint64 labelled = 0, right = 0;
  guint present = 0;

  for (guint c = 0; c < classes; c++)
    {
      double iou = get_iou (&counts[c]);

      labelled += counts[c].labelled;
      right += counts[c].intersection;
      if (isnan (iou))
        continue;
      sum += iou;
      present++;
    }
  result->mean = present > 0 ? sum / classes : NAN;
  result->mean_present = present > 0 ? sum / present : NAN;
  result->accuracy = labelled > 0 ? right / (double)labelled : NAN;
}

/* Whether an image with these counts says anything. */
static gboolean
counts_matter (const TsnMeanIou *self, const Count *counts)
{
  for (guint c = self->only_people ? 1 : 0; c < self->classes; c++)
    if (counts[c].labelled > 0)
      return TRUE;
  return FALSE;
}

/**
 * tsn_mean_iou_add:
 * @prediction: @n_pixels class indices
 * @label: @n_pixels class indices, 255 where the pixel does not count
 * @image: (out) (optional): the numbers of this image alone, of which @mean_present is the one to
 *   compare images by; NaN when it was skipped
 * @error: set to %TSN_ERROR_ARGUMENT when the class of a pixel that counts is out of range; the
 *   accumulator then is as it was
 *
 * Returns: %TRUE when the image was taken in or skipped.
 */
gboolean
tsn_mean_iou_add (TsnMeanIou *iou,
                  const guint8 *prediction,
                  const guint8 *label,
                  size_t n_pixels,
                  TsnMeanIouResult *image,
                  GError **error)
{
  g_autofree Count *counts = g_new0 (Count, iou->classes);
  gboolean matters;

  if (!count_pixels (iou, prediction, label, n_pixels, counts, error))
    return FALSE;
  matters = counts_matter (iou, counts);
  if (!matters)
    memset (counts, 0, iou->classes * sizeof *counts);
  for (guint c = 0; c < iou->classes; c++)
    {
      iou->counts[c].intersection += counts[c].intersection;
      iou->counts[c].predicted += counts[c].predicted;
      iou->counts[c].labelled += counts[c].labelled;
    }
  iou->images += matters;
  iou->skipped += !matters;
  if (image != NULL)
    {
      *image = (TsnMeanIouResult){ .images = matters, .skipped = !matters };
      summarize (counts, iou->classes, image);
    }
  return TRUE;
}

/**
 * tsn_mean_iou_result:
 * @result: (out caller-allocates): the numbers over all images so far
 */
void
tsn_mean_iou_result (const TsnMeanIou *iou, TsnMeanIouResult *result)
{
  *result = (TsnMeanIouResult){ .images = iou->images, .skipped = iou->skipped };
  summarize (iou->counts, iou->classes, result);
}

/**
 * tsn_mean_iou_get_class:
 * @index: below the number of classes
 *
 * Returns: the counts and the IoU of a class over all images so far.
 */
TsnMeanIouClass
tsn_mean_iou_get_class (const TsnMeanIou *iou, guint index)
{
  const Count *count = &iou->counts[index];

  return (TsnMeanIouClass){ count->intersection, count->predicted, count->labelled,
                            get_iou (count) };
}
