#include "core/data/tsn-augment.h"

#include "core/base/tsn-error.h"

#include <math.h>

/* The mean colour of ImageNet: a network's input is 0 there after normalisation. */
static const float outside[3] = { 0.485f, 0.456f, 0.406f };

/**
 * tsn_augment_options_init:
 *
 * The augmentations of the paper: flips, turns within 20 degrees, zoom from 0.75 to 1.25,
 * brightness, gamma, contrast, hue, slight blur and noise.
 */
void
tsn_augment_options_init (TsnAugmentOptions *options)
{
  *options = (TsnAugmentOptions){
    .flip = 0.5,
    .rotation = 20,
    .min_zoom = 0.75,
    .max_zoom = 1.25,
    .move = TRUE,
    .brightness = 0.35,
    .contrast = 0.3,
    .tint = 0.1,
    .hue = 10,
    .min_gamma = 0.8,
    .max_gamma = 1.25,
    .blur_chance = 0.1,
    .blur = 1,
    .noise_chance = 0.1,
    .noise = 0.02,
  };
}

/**
 * tsn_augment_options_init_plain:
 *
 * Takes the largest crop from the photo's middle and changes nothing: for validation.
 */
void
tsn_augment_options_init_plain (TsnAugmentOptions *options)
{
  *options = (TsnAugmentOptions){
    .min_zoom = 1,
    .max_zoom = 1,
    .min_gamma = 1,
    .max_gamma = 1,
  };
}

/**
 * tsn_augment_options_check:
 * @error: set to %TSN_ERROR_ARGUMENT, naming the first option out of its range
 */
gboolean
tsn_augment_options_check (const TsnAugmentOptions *options, GError **error)
{
  const struct
  {
    const char *name;
    double value, min, max;
  } ranges[] = {
    { "flip", options->flip, 0, 1 },
    { "rotation", options->rotation, 0, 180 },
    { "min-zoom", options->min_zoom, 0.05, 20 },
    { "max-zoom", options->max_zoom, options->min_zoom, 20 },
    { "brightness", options->brightness, 0, 1 },
    { "contrast", options->contrast, 0, 1 },
    { "tint", options->tint, 0, 1 },
    { "hue", options->hue, 0, 180 },
    { "min-gamma", options->min_gamma, 0.05, 20 },
    { "max-gamma", options->max_gamma, options->min_gamma, 20 },
    { "blur-chance", options->blur_chance, 0, 1 },
    { "blur", options->blur, 0, 3 },
    { "noise-chance", options->noise_chance, 0, 1 },
    { "noise", options->noise, 0, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (!(ranges[i].value >= ranges[i].min && ranges[i].value <= ranges[i].max))
      {
        g_set_error (error, TSN_ERROR, TSN_ERROR_ARGUMENT,
                     "The augmentation “%s” should be from %g to %g, but it is %g.", ranges[i].name,
                     ranges[i].min, ranges[i].max, ranges[i].value);
        return FALSE;
      }
  return TRUE;
}

static double
draw (TsnRandom *random, double min, double max)
{
  return min + (max - min) * tsn_random_uniform (random);
}

static double
draw_around (TsnRandom *random, double middle, double reach)
{
  return draw (random, middle - reach, middle + reach);
}

/* The middle of a crop of @extent in a side of @side: anywhere that keeps the smaller of the two
 * inside the larger. */
static double
draw_middle (const TsnAugmentOptions *options, TsnRandom *random, double side, double extent)
{
  double at = tsn_random_uniform (random);

  return options->move ? extent / 2 + at * (side - extent) : side / 2;
}

/* The numbers are drawn one after the other whether they are needed or not, so that one option
 * never changes what another draws. */
static double
draw_geometry (const TsnAugmentOptions *options,
               const TsnImage *photo,
               const TsnBatchRow *row,
               TsnRandom *random,
               TsnAffine *affine)
{
  double flip = tsn_random_uniform (random) < options->flip ? -1 : 1;
  double angle = draw_around (random, 0, options->rotation) * G_PI / 180;
  double zoom = draw (random, options->min_zoom, options->max_zoom);
  double cover = MIN ((double)photo->width / row->width, (double)photo->height / row->height);
  double step = cover / zoom;
  double x = draw_middle (options, random, photo->width, step * row->width);
  double y = draw_middle (options, random, photo->height, step * row->height);
  double c = step * cos (angle), s = step * sin (angle);

  affine->m[0][0] = flip * c;
  affine->m[0][1] = -s;
  affine->m[1][0] = flip * s;
  affine->m[1][1] = c;
  for (int i = 0; i < 2; i++)
    affine->origin[i] =
        (i == 0 ? x : y) - affine->m[i][0] * row->width / 2 - affine->m[i][1] * row->height / 2;
  return zoom;
}

static double
draw_sometimes (TsnRandom *random, double chance, double max)
{
  gboolean happens = tsn_random_uniform (random) < chance;
  double value = draw (random, 0, max);

  return happens ? value : 0;
}

static void
draw_photometry (const TsnAugmentOptions *options, TsnRandom *random, TsnPhotometry *photometry)
{
  photometry->brightness = draw_around (random, 1, options->brightness);
  photometry->contrast = draw_around (random, 1, options->contrast);
  for (int c = 0; c < 3; c++)
    photometry->tint[c] = draw_around (random, 1, options->tint);
  photometry->hue = draw_around (random, 0, options->hue) * G_PI / 180;
  photometry->gamma = draw (random, options->min_gamma, options->max_gamma);
  photometry->blur = draw_sometimes (random, options->blur_chance, options->blur);
  photometry->noise = draw_sometimes (random, options->noise_chance, options->noise);
}

/**
 * tsn_augment_draw:
 * @photo: the photo it is for; only its size matters
 * @row: what it will be written to; only its size matters
 * @random: (inout): where the numbers come from; as many are drawn whatever the options are
 * @augmentation: (out): what to do
 */
void
tsn_augment_draw (const TsnAugmentOptions *options,
                  const TsnImage *photo,
                  const TsnBatchRow *row,
                  TsnRandom *random,
                  TsnAugmentation *augmentation)
{
  double zoom = draw_geometry (options, photo, row, random, &augmentation->affine);

  augmentation->depth_factor = options->depth_follows_zoom ? 1 / zoom : 1;
  draw_photometry (options, random, &augmentation->photometry);
}

static TsnPlanes
planes_of (const TsnTensor *tensor)
{
  return (TsnPlanes){ tensor->dim[3], tensor->dim[2], tensor->dim[1], tensor->data };
}

/* An edge is one pixel wide: where the photo shrinks, picking single pixels would tear it, and
 * averages of what few annotators drew would fall below the share that counts. */
static void
resample_edges (const TsnAffine *affine, const TsnPlanes *source, TsnPlanes *result)
{
  size_t n = result->width * result->height;

  if (tsn_affine_get_step (affine) > 1)
    {
      tsn_warp_marks (affine, source, TSN_EDGE_SHARE, result);
      return;
    }
  tsn_warp_nearest (affine, source, 0, result);
  for (size_t i = 0; i < n; i++)
    result->values[i] = result->values[i] >= TSN_EDGE_SHARE;
}

/* Turns and flips vectors with the picture they are seen in: the transpose of the map's orthogonal
 * part, with y up where the map has y down. */
static void
turn_normals (const TsnAffine *affine, TsnPlanes *normals)
{
  double step = tsn_affine_get_step (affine);
  float m00 = affine->m[0][0] / step, m01 = affine->m[0][1] / step;
  float m10 = affine->m[1][0] / step, m11 = affine->m[1][1] / step;
  size_t plane = normals->width * normals->height;
  float *nx = normals->values, *ny = nx + plane;

  for (size_t i = 0; i < plane; i++)
    {
      float x = nx[i], y = ny[i];

      nx[i] = m00 * x - m10 * y;
      ny[i] = m11 * y - m01 * x;
    }
}

static void
scale_depth (float factor, TsnPlanes *depth)
{
  size_t n = depth->width * depth->height;

  for (size_t i = 0; i < n; i++)
    depth->values[i] *= factor;
}

static void
resample_label (const TsnAugmentation *augmentation,
                TsnTaskKind kind,
                const TsnTruth *truth,
                TsnBatchRow *row)
{
  const TsnAffine *affine = &augmentation->affine;
  TsnPlanes source = planes_of (truth->label), valid_source = planes_of (truth->valid);
  TsnPlanes label = { row->width, row->height, source.channels, row->label };
  TsnPlanes valid = { row->width, row->height, 1, row->valid };

  tsn_warp_nearest (affine, &valid_source, 0, &valid);
  if (kind == TSN_TASK_EDGE)
    resample_edges (affine, &source, &label);
  else
    tsn_warp_nearest (affine, &source, kind == TSN_TASK_CLASSES ? TSN_IGNORED_CLASS : 0, &label);
  if (kind == TSN_TASK_NORMALS)
    turn_normals (affine, &label);
  else if (kind == TSN_TASK_DEPTH)
    scale_depth (augmentation->depth_factor, &label);
}

/**
 * tsn_augment_apply:
 * @truth: the label of @photo
 * @kind: of its task
 * @random: (inout): for noise
 * @row: (inout): is filled with the crop
 *
 * Photo and label go through one and the same map, so they never shift against each other.  What
 * lies beyond the photo is ignored: 0 in the valid plane, class %TSN_IGNORED_CLASS, else 0.
 */
void
tsn_augment_apply (const TsnAugmentation *augmentation,
                   const TsnImage *photo,
                   const TsnTruth *truth,
                   TsnTaskKind kind,
                   TsnRandom *random,
                   TsnBatchRow *row)
{
  TsnPlanes image = { row->width, row->height, 3, row->image };

  tsn_warp_photo (&augmentation->affine, photo, outside, &image);
  tsn_photometry_apply (&augmentation->photometry, random, &image);
  resample_label (augmentation, kind, truth, row);
}
