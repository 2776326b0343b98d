#include "core/figure/tsn-render.h"

#include "core/figure/tsn-colour-map.h"
#include "core/figure/tsn-hatch.h"
#include "core/inference/tsn-result-rows.h"

/* What remains of the colour of a class that does not stand out, in 256ths, and what it fades to.
 */
#define FADED 56
#define FADED_TO 112

/* What all rows of one picture share. */
typedef struct
{
  const TsnTask *task;
  guint width;
  float low;        /* of the depth scale, metres */
  float span;       /* its length, never 0 */
  guint32 *colours; /* of the classes, and of the lines upon them */
  guint32 *shades;
  guint hatch;
} Picture;

static guint32
fade (guint32 colour)
{
  guint32 faded = 0;

  for (guint shift = 0; shift < 24; shift += 8)
    faded |= ((colour >> shift & 0xff) * FADED + FADED_TO * (256 - FADED)) / 256 << shift;
  return faded;
}

static void
picture_init_classes (Picture *picture, const TsnRenderOptions *options)
{
  const TsnTask *task = picture->task;

  picture->hatch = options != NULL ? options->hatch : 0;
  picture->colours = g_new (guint32, task->channels);
  picture->shades = g_new (guint32, task->channels);
  for (guint c = 0; c < task->channels; c++)
    {
      gboolean faded = options != NULL && options->isolate && c != options->isolated;

      picture->colours[c] = faded ? fade (task->colours[c]) : task->colours[c];
      picture->shades[c] = faded ? picture->colours[c] : tsn_hatch_shade (picture->colours[c]);
    }
}

static void
picture_clear (Picture *picture)
{
  g_free (picture->colours);
  g_free (picture->shades);
}

static void
picture_init (Picture *picture, const TsnResult *result, const TsnRenderOptions *options)
{
  float low = options != NULL ? options->low : 0;
  float high = options != NULL ? options->high : 0;

  if (low == 0 && high == 0)
    tsn_result_get_range (result, &low, &high);
  *picture = (Picture){
    .task = result->task, .width = result->width, .low = low, .span = high > low ? high - low : 1
  };
  if (result->task->kind == TSN_TASK_CLASSES)
    picture_init_classes (picture, options);
}

static void
colour_classes (const Picture *picture, const guint8 *classes, guint y, guint8 *rgb)
{
  for (guint x = 0; x < picture->width; x++, rgb += 3)
    {
      gboolean line = picture->hatch > 0 && tsn_hatch_covers (classes[x], picture->hatch, x, y);
      guint32 colour = line ? picture->shades[classes[x]] : picture->colours[classes[x]];

      rgb[0] = colour >> 16 & 0xff;
      rgb[1] = colour >> 8 & 0xff;
      rgb[2] = colour & 0xff;
    }
}

static void
colour_values (const Picture *picture, const float *row, guint8 *rgb)
{
  for (guint x = 0; x < picture->width; x++, rgb += 3)
    switch (picture->task->kind)
      {
      case TSN_TASK_NORMALS:
        tsn_colour_map_normal (row + 3 * (size_t) x, rgb);
        break;
      case TSN_TASK_DEPTH:
        tsn_colour_map_look_up (TSN_COLOUR_MAP_VIRIDIS, 1 - (row[x] - picture->low) / picture->span,
                                rgb);
        break;
      case TSN_TASK_CLASSES:
      case TSN_TASK_EDGE:
      case TSN_TASK_SALIENCY:
      default:
        tsn_colour_map_look_up (TSN_COLOUR_MAP_GREY, row[x], rgb);
        break;
      }
}

/**
 * tsn_render_rows:
 * @options: (nullable): how; %NULL for the defaults
 * @first_row: first row of the photo
 * @n_rows: how many, within the photo
 * @rgb: (out): 3 x width x @n_rows bytes
 *
 * Draws some rows of a result at the photo's size.  Setting up costs about as much as a row, so
 * ask for strips of several.
 */
void
tsn_render_rows (const TsnResult *result,
                 const TsnRenderOptions *options,
                 guint first_row,
                 guint n_rows,
                 guint8 *rgb)
{
  g_autoptr (TsnResultRows) rows = tsn_result_rows_new (result);
  gboolean classes = result->task->kind == TSN_TASK_CLASSES;
  size_t stride = 3 * (size_t) result->width;
  size_t channels = tsn_result_row_channels (result);
  g_autofree void *row = NULL;
  Picture picture;

  g_return_if_fail (first_row <= result->height && n_rows <= result->height - first_row);

  picture_init (&picture, result, options);
  row = classes ? g_malloc (result->width) : g_malloc_n (result->width, channels * sizeof (float));
  for (guint y = first_row; y < first_row + n_rows; y++, rgb += stride)
    if (classes)
      {
        tsn_result_rows_read_classes (rows, y, row);
        colour_classes (&picture, row, y, rgb);
      }
    else
      {
        tsn_result_rows_read (rows, y, row);
        colour_values (&picture, row, rgb);
      }
  picture_clear (&picture);
}

/**
 * tsn_render:
 * @options: (nullable): how; %NULL for the defaults
 *
 * Returns: (transfer full): 3 x width x height bytes, RGB, rows from the top; g_free() it.
 */
guint8 *
tsn_render (const TsnResult *result, const TsnRenderOptions *options)
{
  guint8 *rgb = g_malloc_n (3 * (size_t) result->width, result->height);

  tsn_render_rows (result, options, 0, result->height, rgb);
  return rgb;
}

/**
 * tsn_render_classes:
 * @task: a task of kind %TSN_TASK_CLASSES
 * @options: (nullable): how; %NULL for the defaults
 * @classes: (array): @width x @height indices of classes of @task
 * @rgb: (out): 3 x @width x @height bytes
 *
 * Draws a label as tsn_render() draws a result.
 */
void
tsn_render_classes (const TsnTask *task,
                    const TsnRenderOptions *options,
                    const guint8 *classes,
                    guint width,
                    guint height,
                    guint8 *rgb)
{
  Picture picture = { .task = task, .width = width };

  picture_init_classes (&picture, options);
  for (guint y = 0; y < height; y++)
    colour_classes (&picture, classes + (size_t) y * width, y, rgb + 3 * (size_t) y * width);
  picture_clear (&picture);
}
