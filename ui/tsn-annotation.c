#include "ui/tsn-annotation.h"

#include "core/figure/tsn-render-truth.h"
#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* How many classes a sentence names. */
#define NAMED_CLASSES 3

/* Width in pixels of the stripes where nothing is labelled. */
#define STRIPE 4

static size_t
count_pixels (const TsnAnnotation *annotation)
{
  return (size_t) annotation->truth->width * annotation->truth->height;
}

static gboolean
is_labelled (const TsnAnnotation *annotation, size_t i)
{
  return annotation->truth->label == NULL || annotation->truth->label->valid->data[i] > 0;
}

/* The label's number at a pixel; of edges the share of annotators who drew one there. */
static float
get_value (const TsnAnnotation *annotation, size_t i)
{
  const TsnBoundaryTruth *boundaries = annotation->truth->boundaries;
  guint width = annotation->truth->width, n = 0;

  if (boundaries == NULL)
    return annotation->truth->label->label->data[i];
  for (guint a = 0; a < boundaries->n_annotators; a++)
    n += tsn_bitmap_get (boundaries->annotators[a], i % width, i / width);
  return (float) n / boundaries->n_annotators;
}

static void
get_normal (const TsnAnnotation *annotation, size_t i, float normal[3])
{
  size_t n = count_pixels (annotation);

  for (guint c = 0; c < 3; c++)
    normal[c] = annotation->truth->label->label->data[c * n + i];
}

static void
stripe (const TsnAnnotation *annotation, guint8 *rgb)
{
  guint width = annotation->truth->width;

  for (guint y = 0; y < annotation->truth->height; y++)
    for (guint x = 0; x < width; x++, rgb += 3)
      if (!is_labelled (annotation, (size_t) y * width + x))
        memset (rgb, (x + y) / STRIPE % 2 == 0 ? 0x60 : 0x78, 3);
}

/**
 * tsn_annotation_draw:
 * @options: (nullable): which class stands out and what patterns lie over classes; depth has the
 *   annotation's own scale
 *
 * Returns: (transfer full): another picture of the label; not for the main thread.
 */
TsnPicture *
tsn_annotation_draw (const TsnAnnotation *annotation, const TsnRenderOptions *options)
{
  TsnRenderOptions own = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  guint8 *rgb;

  if (options != NULL)
    own = *options;
  own.low = annotation->low;
  own.high = annotation->high;
  rgb = tsn_render_truth (annotation->truth, annotation->task, &own);
  bytes = g_bytes_new_take (rgb, 3 * count_pixels (annotation));
  stripe (annotation, rgb);
  return tsn_picture_new (bytes, annotation->truth->width, annotation->truth->height);
}

static void
find_range (TsnAnnotation *annotation)
{
  size_t n = count_pixels (annotation);
  float low = G_MAXFLOAT, high = 0;

  for (size_t i = 0; i < n; i++)
    if (is_labelled (annotation, i))
      {
        low = MIN (low, get_value (annotation, i));
        high = MAX (high, get_value (annotation, i));
      }
  annotation->low = MIN (low, high);
  annotation->high = high > annotation->low ? high : annotation->low + 1;
}

static float *
count_classes (const TsnAnnotation *annotation)
{
  size_t n = count_pixels (annotation), labelled = 0;
  g_autofree size_t *counts = g_new0 (size_t, annotation->task->channels);
  float *shares = g_new0 (float, annotation->task->channels);

  for (size_t i = 0; i < n; i++)
    if (is_labelled (annotation, i))
      {
        counts[(guint) get_value (annotation, i)]++;
        labelled++;
      }
  for (guint c = 0; labelled > 0 && c < annotation->task->channels; c++)
    shares[c] = (double) counts[c] / labelled;
  return shares;
}

/**
 * tsn_annotation_new:
 * @task: copied; a class of @truth must be one of its classes
 * @truth: (transfer full): the label
 *
 * Draws the label, depth between its own smallest and largest number; not for the main thread.
 *
 * Returns: (transfer full): an annotation.
 */
TsnAnnotation *
tsn_annotation_new (const TsnTask *task, TsnGroundTruth *truth)
{
  TsnAnnotation *annotation = g_new0 (TsnAnnotation, 1);

  g_atomic_ref_count_init (&annotation->ref_count);
  annotation->task = tsn_task_copy (task);
  annotation->truth = annotation->owned = truth;
  if (task->kind == TSN_TASK_DEPTH)
    find_range (annotation);
  if (task->kind == TSN_TASK_CLASSES)
    annotation->shares = count_classes (annotation);
  annotation->picture = tsn_annotation_draw (annotation, NULL);
  return annotation;
}

/**
 * tsn_annotation_new_scaled:
 * @low, @high: metres at the two ends of the colours
 *
 * Returns: (transfer full): the same depth in the colours that a prediction has.
 */
TsnAnnotation *
tsn_annotation_new_scaled (TsnAnnotation *origin, float low, float high)
{
  TsnAnnotation *annotation = g_new0 (TsnAnnotation, 1);

  if (origin->origin != NULL)
    origin = origin->origin;
  g_atomic_ref_count_init (&annotation->ref_count);
  annotation->task = tsn_task_copy (origin->task);
  annotation->truth = origin->truth;
  annotation->origin = tsn_annotation_ref (origin);
  annotation->low = low;
  annotation->high = high > low ? high : low + 1;
  annotation->picture = tsn_annotation_draw (annotation, NULL);
  return annotation;
}

TsnAnnotation *
tsn_annotation_ref (TsnAnnotation *annotation)
{
  g_atomic_ref_count_inc (&annotation->ref_count);
  return annotation;
}

void
tsn_annotation_unref (TsnAnnotation *annotation)
{
  if (!g_atomic_ref_count_dec (&annotation->ref_count))
    return;
  tsn_task_free (annotation->task);
  tsn_picture_unref (annotation->picture);
  g_free (annotation->shares);
  g_clear_pointer (&annotation->owned, tsn_ground_truth_free);
  g_clear_pointer (&annotation->origin, tsn_annotation_unref);
  g_free (annotation);
}

/* Share of the labelled pixels whose number is at least @from. */
static char *
describe_share (const TsnAnnotation *annotation, float from)
{
  size_t n = count_pixels (annotation), labelled = 0, positive = 0;

  for (size_t i = 0; i < n; i++)
    if (is_labelled (annotation, i))
      {
        labelled++;
        positive += get_value (annotation, i) >= from;
      }
  return tsn_task_text_percent (labelled > 0 ? (double) positive / labelled : 0);
}

static char *
describe_classes (const TsnAnnotation *annotation)
{
  guint n = annotation->task->channels;
  g_autofree float *shares = g_memdup2 (annotation->shares, n * sizeof (float));
  GString *text = g_string_new (NULL);

  for (guint named = 0; named < NAMED_CLASSES; named++)
    {
      g_autofree char *share = NULL;
      guint best = 0;

      for (guint c = 1; c < n; c++)
        best = shares[c] > shares[best] ? c : best;
      if (shares[best] == 0)
        break;
      share = tsn_task_text_percent (shares[best]);
      g_string_append_printf (text, "%s%s %s", named == 0 ? "" : ", ",
                              tsn_task_text_class (annotation->task, best), share);
      shares[best] = 0;
    }
  return g_string_free (text, FALSE);
}

/**
 * tsn_annotation_describe:
 *
 * Returns: (transfer full): what is labelled, in a few words, for people who cannot see it.
 */
char *
tsn_annotation_describe (const TsnAnnotation *annotation)
{
  g_autofree char *share = NULL;

  switch (annotation->task->kind)
    {
    case TSN_TASK_CLASSES:
      return describe_classes (annotation);
    case TSN_TASK_EDGE:
      share = describe_share (annotation, TSN_EDGE_SHARE);
      return g_strdup_printf (_ ("%s of the photo are edges"), share);
    case TSN_TASK_SALIENCY:
      share = describe_share (annotation, 0.5f);
      return g_strdup_printf (_ ("%s of the photo are salient"), share);
    case TSN_TASK_DEPTH:
      return g_strdup_printf (_ ("From %.1f m to %.1f m"), annotation->low, annotation->high);
    case TSN_TASK_NORMALS:
    default:
      return g_strdup (_ ("Directions that surfaces face"));
    }
}

/**
 * tsn_annotation_describe_at:
 * @x, @y: position on the photo in pixels
 *
 * Returns: (transfer full): the label at one position in a few words.
 */
char *
tsn_annotation_describe_at (const TsnAnnotation *annotation, double x, double y)
{
  size_t column = CLAMP (x, 0, annotation->truth->width - 1);
  size_t row = CLAMP (y, 0, annotation->truth->height - 1);
  size_t i = row * annotation->truth->width + column;
  float normal[3];

  if (!is_labelled (annotation, i))
    return g_strdup (_ ("not labelled"));
  switch (annotation->task->kind)
    {
    case TSN_TASK_CLASSES:
      return g_strdup (tsn_task_text_class (annotation->task, get_value (annotation, i)));
    case TSN_TASK_DEPTH:
      return g_strdup_printf (_ ("%.2f m"), get_value (annotation, i));
    case TSN_TASK_NORMALS:
      get_normal (annotation, i, normal);
      return g_strdup_printf ("(%+.2f, %+.2f, %+.2f)", normal[0], normal[1], normal[2]);
    case TSN_TASK_EDGE:
    case TSN_TASK_SALIENCY:
    default:
      return tsn_task_text_percent (get_value (annotation, i));
    }
}
