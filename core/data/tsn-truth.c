#include "core/data/tsn-truth.h"

#include "core/base/tsn-error.h"
#include "core/data/tsn-batch.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Shorter vectors are no directions: what JPEG makes of the zero vector is well below. */
#define SHORTEST_NORMAL 0.5f

/**
 * tsn_truth_new:
 *
 * Returns: (transfer full): a label of zeros, all ignored.
 */
TsnTruth *
tsn_truth_new (TsnTaskKind kind, guint width, guint height)
{
  TsnTruth *truth = g_new (TsnTruth, 1);

  truth->label = tsn_tensor_new_nchw (1, tsn_label_channels (kind), height, width);
  truth->valid = tsn_tensor_new_nchw (1, 1, height, width);
  return truth;
}

void
tsn_truth_free (TsnTruth *truth)
{
  tsn_tensor_unref (truth->label);
  tsn_tensor_unref (truth->valid);
  g_free (truth);
}

/**
 * tsn_truth_from_classes:
 * @n_classes: classes of the task; %TSN_IGNORED_CLASS is always allowed
 * @path: of the label's file, for messages
 * @error: set to %TSN_ERROR_FORMAT at the first pixel whose class does not exist
 *
 * Returns: (transfer full): class indices, or %NULL.
 */
TsnTruth *
tsn_truth_from_classes (const TsnLabel *label, guint n_classes, const char *path, GError **error)
{
  g_autoptr (TsnTruth) truth = tsn_truth_new (TSN_TASK_CLASSES, label->width, label->height);
  size_t n = (size_t)label->width * label->height;

  for (size_t i = 0; i < n; i++)
    {
      guint class = label->values[i];

      if (class >= n_classes && class != TSN_IGNORED_CLASS)
        {
          g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
                       _ ("The label “%s” should hold classes 0 to %u or %u for ignored, but pixel "
                          "(%zu, %zu) has class %u."),
                       path, n_classes - 1, TSN_IGNORED_CLASS, i % label->width, i / label->width,
                       class);
          return NULL;
        }
      truth->label->data[i] = class;
      truth->valid->data[i] = class != TSN_IGNORED_CLASS;
    }
  return g_steal_pointer (&truth);
}

/**
 * tsn_truth_from_shares:
 *
 * Returns: (transfer full): the values as shares of the largest that the file's bits can hold.
 */
TsnTruth *
tsn_truth_from_shares (const TsnLabel *label)
{
  TsnTruth *truth = tsn_truth_new (TSN_TASK_EDGE, label->width, label->height);
  float max = tsn_label_get_max (label);
  size_t n = (size_t)label->width * label->height;

  for (size_t i = 0; i < n; i++)
    {
      truth->label->data[i] = label->values[i] / max;
      truth->valid->data[i] = 1;
    }
  return truth;
}

/**
 * tsn_truth_from_mask:
 *
 * Returns: (transfer full): 1 where the value is above half of the largest possible, else 0.
 */
TsnTruth *
tsn_truth_from_mask (const TsnLabel *label)
{
  TsnTruth *truth = tsn_truth_new (TSN_TASK_SALIENCY, label->width, label->height);
  guint max = tsn_label_get_max (label);
  size_t n = (size_t)label->width * label->height;

  for (size_t i = 0; i < n; i++)
    {
      truth->label->data[i] = 2u * label->values[i] > max;
      truth->valid->data[i] = 1;
    }
  return truth;
}

/**
 * tsn_truth_from_millimetres:
 * @path: of the label's file, for messages
 * @error: set to %TSN_ERROR_FORMAT unless the file has 16 bits a pixel
 *
 * Returns: (transfer full): metres, or %NULL.
 */
TsnTruth *
tsn_truth_from_millimetres (const TsnLabel *label, const char *path, GError **error)
{
  TsnTruth *truth;
  size_t n = (size_t)label->width * label->height;

  if (label->bits != 16)
    {
      g_set_error (
          error, TSN_ERROR, TSN_ERROR_FORMAT,
          _ ("The depth label “%s” should hold millimetres in 16 bits, but it has %u bits."), path,
          label->bits);
      return NULL;
    }
  truth = tsn_truth_new (TSN_TASK_DEPTH, label->width, label->height);
  for (size_t i = 0; i < n; i++)
    {
      truth->label->data[i] = label->values[i] / 1000.0f;
      truth->valid->data[i] = label->values[i] > 0;
    }
  return truth;
}

/**
 * tsn_truth_from_normals:
 * @image: (v + 1) x 127.5 in red, green and blue
 *
 * Vectors shorter than 0.5 are ignored, the others brought to length 1.
 *
 * Returns: (transfer full): unit vectors.
 */
TsnTruth *
tsn_truth_from_normals (const TsnImage *image)
{
  TsnTruth *truth = tsn_truth_new (TSN_TASK_NORMALS, image->width, image->height);
  size_t plane = (size_t)image->width * image->height;

  for (size_t i = 0; i < plane; i++)
    {
      float v[3], length;

      for (int c = 0; c < 3; c++)
        v[c] = image->pixels[3 * i + c] / 127.5f - 1;
      length = sqrtf (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
      if (length < SHORTEST_NORMAL)
        continue;
      for (int c = 0; c < 3; c++)
        truth->label->data[c * plane + i] = v[c] / length;
      truth->valid->data[i] = 1;
    }
  return truth;
}

static TsnTruth *
convert_label (const TsnTask *task, const TsnLabel *label, const char *path, GError **error)
{
  switch (task->kind)
    {
    case TSN_TASK_CLASSES:
      return tsn_truth_from_classes (label, task->channels, path, error);
    case TSN_TASK_EDGE:
      return tsn_truth_from_shares (label);
    case TSN_TASK_SALIENCY:
      return tsn_truth_from_mask (label);
    default:
      return tsn_truth_from_millimetres (label, path, error);
    }
}

/**
 * tsn_truth_load:
 * @path: of a PNG file; for normals of any picture
 * @error: set to %TSN_ERROR_IO or %TSN_ERROR_FORMAT
 *
 * Reads a label as the folder layout stores it: class indices; shares of annotators x 255;
 * masks; (normal + 1) x 127.5; millimetres.
 *
 * Returns: (transfer full): the ground truth, or %NULL.
 */
TsnTruth *
tsn_truth_load (const TsnTask *task, const char *path, GError **error)
{
  g_autoptr (TsnLabel) label = NULL;

  if (task->kind == TSN_TASK_NORMALS)
    {
      g_autoptr (TsnImage) image = tsn_image_load (path, error);

      return image != NULL ? tsn_truth_from_normals (image) : NULL;
    }
  label = tsn_label_load (path, error);
  return label != NULL ? convert_label (task, label, path, error) : NULL;
}

/**
 * tsn_truth_check_size:
 * @path: of the label's file, for messages
 * @error: set to %TSN_ERROR_FORMAT when the label has not the photo's size
 */
gboolean
tsn_truth_check_size (const TsnTruth *truth,
                      const TsnImage *photo,
                      const char *path,
                      GError **error)
{
  const size_t *dim = truth->valid->dim;

  if (dim[3] == photo->width && dim[2] == photo->height)
    return TRUE;
  g_set_error (error, TSN_ERROR, TSN_ERROR_FORMAT,
               _ ("The label “%s” should be %u x %u pixels as its photo is, but it is %zu x %zu."),
               path, photo->width, photo->height, dim[3], dim[2]);
  return FALSE;
}
