#include "core/figure/tsn-difference.h"

#include "core/evaluation/tsn-mean-iou.h"
#include "core/figure/tsn-colour-map.h"
#include "core/inference/tsn-result-rows.h"

#include <math.h>

/* Share of the pixels that the scale reaches to, and how many of them are looked at for that. */
#define REACHED 0.98
#define LOOKED_AT 16384

/* Lightness of pixels of the same class, and where there is nothing to compare. */
#define SAME_GREY 0.88f
#define NOTHING_GREY 0.5f

/* Reads the differences of two results row by row. */
typedef struct
{
  TsnTaskKind kind;
  guint width;
  TsnResultRows *first;
  TsnResultRows *second;
  void *first_row; /* guint8 for classes, else float */
  void *second_row;
} Reader;

static void
reader_init (Reader *reader, const TsnResult *first, const TsnResult *second)
{
  size_t size = first->width * (first->task->kind == TSN_TASK_CLASSES
                                    ? sizeof (guint8)
                                    : tsn_result_row_channels (first) * sizeof (float));

  *reader = (Reader){ .kind = first->task->kind,
                      .width = first->width,
                      .first = tsn_result_rows_new (first),
                      .second = tsn_result_rows_new (second),
                      .first_row = g_malloc (size),
                      .second_row = g_malloc (size) };
}

static void
reader_clear (Reader *reader)
{
  tsn_result_rows_free (reader->first);
  tsn_result_rows_free (reader->second);
  g_free (reader->first_row);
  g_free (reader->second_row);
}

/* In degrees, from the chord, which stays exact for small angles where the cosine does not. */
static float
angle_between (const float *a, const float *b)
{
  float chord = 0, lengths = 0;

  for (guint c = 0; c < 3; c++)
    {
      chord += (a[c] - b[c]) * (a[c] - b[c]);
      lengths += a[c] * a[c] + b[c] * b[c];
    }
  if (lengths < 1.5f) /* unit vectors sum to 2 */
    return NAN;
  return 2 * asinf (MIN (sqrtf (chord) / 2, 1)) * (float) (180 / G_PI);
}

static void
subtract (const Reader *reader, float *row)
{
  const guint8 *first_class = reader->first_row, *second_class = reader->second_row;
  const float *first = reader->first_row, *second = reader->second_row;

  for (size_t x = 0; x < reader->width; x++)
    switch (reader->kind)
      {
      case TSN_TASK_CLASSES:
        row[x] = first_class[x] != second_class[x];
        break;
      case TSN_TASK_NORMALS:
        row[x] = angle_between (first + 3 * x, second + 3 * x);
        break;
      case TSN_TASK_EDGE:
      case TSN_TASK_SALIENCY:
      case TSN_TASK_DEPTH:
      default:
        row[x] = second[x] - first[x];
      }
}

static void
reader_read (Reader *reader, guint y, float *row)
{
  if (reader->kind == TSN_TASK_CLASSES)
    {
      tsn_result_rows_read_classes (reader->first, y, reader->first_row);
      tsn_result_rows_read_classes (reader->second, y, reader->second_row);
    }
  else
    {
      tsn_result_rows_read (reader->first, y, reader->first_row);
      tsn_result_rows_read (reader->second, y, reader->second_row);
    }
  subtract (reader, row);
}

static gboolean
has_same_classes (const TsnTask *first, const TsnTask *second)
{
  if (first->channels != second->channels)
    return FALSE;
  for (guint c = 0; first->class_names != NULL && second->class_names != NULL && c < first->channels;
       c++)
    if (g_strcmp0 (first->class_names[c], second->class_names[c]) != 0)
      return FALSE;
  return TRUE;
}

/**
 * tsn_difference_is_possible:
 *
 * Returns: whether results of the two tasks can be taken from each other: they are of one kind and
 *   have the same classes, if any.
 */
gboolean
tsn_difference_is_possible (const TsnTask *first, const TsnTask *second)
{
  return first->kind == second->kind
         && (first->kind != TSN_TASK_CLASSES || has_same_classes (first, second));
}

/* Sums over the pixels that count. */
typedef struct
{
  size_t n;
  double absolute;
  double squares;
  GArray *some; /* of float: the absolute values of a share of them */
} Sums;

static void
add_row (Sums *sums, const float *row, guint width, size_t stride)
{
  for (guint x = 0; x < width; x++)
    {
      float absolute = fabsf (row[x]);

      if (isnan (absolute))
        continue;
      if (sums->n++ % stride == 0)
        g_array_append_val (sums->some, absolute);
      sums->absolute += absolute;
      sums->squares += (double) absolute * absolute;
    }
}

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  float first = *(const float *) a, second = *(const float *) b;

  return (first > second) - (first < second);
}

/* The next of 1, 2 and 5 times a power of ten. */
static float
round_up (float number)
{
  static const float steps[] = { 1, 2, 5, 10 };
  float power = powf (10, floorf (log10f (number)));

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (number <= steps[i] * power * 1.0001f)
      return steps[i] * power;
  return 10 * power;
}

static float
choose_limit (TsnTaskKind kind, Sums *sums)
{
  static const float least[] = { [TSN_TASK_EDGE] = 0.05f,
                                 [TSN_TASK_SALIENCY] = 0.05f,
                                 [TSN_TASK_NORMALS] = 5,
                                 [TSN_TASK_DEPTH] = 0.1f };
  float reached = 0;

  if (kind == TSN_TASK_CLASSES)
    return 1;
  g_array_sort (sums->some, compare_floats);
  if (sums->some->len > 0)
    reached = g_array_index (sums->some, float, (guint) (REACHED * (sums->some->len - 1)));
  reached = round_up (MAX (reached, least[kind]));
  if (kind == TSN_TASK_EDGE || kind == TSN_TASK_SALIENCY)
    return MIN (reached, 1);
  return kind == TSN_TASK_NORMALS ? MIN (reached, 180) : reached;
}

static double
mean_iou (const TsnResult *first, const TsnResult *second)
{
  g_autoptr (TsnMeanIou) iou = tsn_mean_iou_new (first->task->channels, FALSE);
  g_autoptr (TsnResultRows) rows = tsn_result_rows_new (first);
  g_autoptr (TsnResultRows) other_rows = tsn_result_rows_new (second);
  g_autofree guint8 *row = g_malloc (first->width);
  g_autofree guint8 *other = g_malloc (first->width);
  TsnMeanIouResult result;

  for (guint y = 0; y < first->height; y++)
    {
      tsn_result_rows_read_classes (rows, y, row);
      tsn_result_rows_read_classes (other_rows, y, other);
      /* Classes of a result are always in range. */
      tsn_mean_iou_add (iou, row, other, first->width, NULL, NULL);
    }
  tsn_mean_iou_result (iou, &result);
  return result.mean_present;
}

/* Both at the larger of the resolutions of their read-outs. */
static void
measure (TsnDifference *difference)
{
  const TsnTensor *a = difference->first->output, *b = difference->second->output;
  guint width = MAX (a->dim[3], b->dim[3]), height = MAX (a->dim[2], b->dim[2]);
  g_autoptr (TsnResult) first
      = tsn_result_new (difference->first->task, difference->first->output, width, height);
  g_autoptr (TsnResult) second
      = tsn_result_new (difference->second->task, difference->second->output, width, height);
  g_autoptr (GArray) some = g_array_new (FALSE, FALSE, sizeof (float));
  g_autofree float *row = g_new (float, width);
  Sums sums = { .some = some };
  Reader reader;
  double n;

  reader_init (&reader, first, second);
  for (guint y = 0; y < height; y++)
    {
      reader_read (&reader, y, row);
      add_row (&sums, row, width, 1 + (size_t) width * height / LOOKED_AT);
    }
  reader_clear (&reader);
  n = sums.n > 0 ? (double) sums.n : NAN;
  difference->limit = choose_limit (first->task->kind, &sums);
  difference->differing = sums.absolute / n;
  difference->agreement = sums.absolute / n;
  if (first->task->kind == TSN_TASK_CLASSES)
    difference->agreement = mean_iou (first, second);
  else if (first->task->kind == TSN_TASK_DEPTH)
    difference->agreement = sqrt (sums.squares / n);
}

/**
 * tsn_difference_new:
 * @first: a result
 * @second: one for which tsn_difference_is_possible(), of a photo of the same size
 *
 * Takes some milliseconds.
 *
 * Returns: (transfer full): what there is to say about the two.
 */
TsnDifference *
tsn_difference_new (TsnResult *first, TsnResult *second)
{
  TsnDifference *difference;

  g_return_val_if_fail (tsn_difference_is_possible (first->task, second->task), NULL);
  g_return_val_if_fail (first->width == second->width && first->height == second->height, NULL);

  difference = g_new0 (TsnDifference, 1);
  difference->first = tsn_result_ref (first);
  difference->second = tsn_result_ref (second);
  measure (difference);
  return difference;
}

void
tsn_difference_free (TsnDifference *difference)
{
  tsn_result_unref (difference->first);
  tsn_result_unref (difference->second);
  g_free (difference);
}

/**
 * tsn_difference_is_signed:
 *
 * Returns: whether numbers below 0 are those where the second is smaller; else none is below 0.
 */
gboolean
tsn_difference_is_signed (const TsnDifference *difference)
{
  TsnTaskKind kind = difference->first->task->kind;

  return kind != TSN_TASK_CLASSES && kind != TSN_TASK_NORMALS;
}

/**
 * tsn_difference_sample:
 * @x: column of the photo, below its width
 * @y: row of the photo, below its height
 *
 * Returns: the number at that pixel, NaN where there is nothing to compare.
 */
float
tsn_difference_sample (const TsnDifference *difference, guint x, guint y)
{
  TsnResultSample first, second;

  tsn_result_sample (difference->first, x, y, &first);
  tsn_result_sample (difference->second, x, y, &second);
  switch (difference->first->task->kind)
    {
    case TSN_TASK_CLASSES:
      return first.class_index != second.class_index;
    case TSN_TASK_NORMALS:
      return angle_between (first.normal, second.normal);
    case TSN_TASK_EDGE:
    case TSN_TASK_SALIENCY:
    case TSN_TASK_DEPTH:
    default:
      return second.value - first.value;
    }
}

/**
 * tsn_difference_get_colour:
 * @value: a number at a pixel
 * @rgb: (out): its colour: viridis for angles; blue below 0, white at it, orange above for signed
 *   numbers; the orange for another class and pale grey for the same; a darker grey for NaN
 */
void
tsn_difference_get_colour (const TsnDifference *difference, float value, guint8 rgb[3])
{
  if (isnan (value))
    tsn_colour_map_look_up (TSN_COLOUR_MAP_GREY, NOTHING_GREY, rgb);
  else if (tsn_difference_is_signed (difference))
    tsn_colour_map_look_up (TSN_COLOUR_MAP_DIVERGING, (value / difference->limit + 1) / 2, rgb);
  else if (difference->first->task->kind == TSN_TASK_NORMALS)
    tsn_colour_map_look_up (TSN_COLOUR_MAP_VIRIDIS, value / difference->limit, rgb);
  else if (value > 0)
    tsn_colour_map_look_up (TSN_COLOUR_MAP_DIVERGING, 1, rgb);
  else
    tsn_colour_map_look_up (TSN_COLOUR_MAP_GREY, SAME_GREY, rgb);
}

/**
 * tsn_difference_render:
 *
 * Returns: (transfer full): 3 x width x height bytes, RGB, rows from the top; g_free() it.
 */
guint8 *
tsn_difference_render (const TsnDifference *difference)
{
  guint width = difference->first->width, height = difference->first->height;
  guint8 *rgb = g_malloc_n (3 * (size_t) width, height), *pixel = rgb;
  g_autofree float *row = g_new (float, width);
  Reader reader;

  reader_init (&reader, difference->first, difference->second);
  for (guint y = 0; y < height; y++)
    {
      reader_read (&reader, y, row);
      for (guint x = 0; x < width; x++, pixel += 3)
        tsn_difference_get_colour (difference, row[x], pixel);
    }
  reader_clear (&reader);
  return rgb;
}
