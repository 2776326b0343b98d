#include "core/evaluation/tsn-boundary-image.h"

#include "core/evaluation/tsn-boundary-match.h"
#include "core/data/tsn-thin.h"

#include <math.h>

/* Pixels in order of the highest threshold that they reach. */
typedef struct
{
  guint *pixels;
  guint *first; /* of the pixels whose count of thresholds reached is the index */
} Levels;

static void
levels_clear (Levels *levels)
{
  g_free (levels->pixels);
  g_free (levels->first);
}

/* How many of the ascending thresholds @value reaches. */
static guint
count_reached (const double *thresholds, guint n, double value)
{
  guint i = (guint)CLAMP (value * (n + 1.0), 0.0, (double)n);

  while (i > 0 && value < thresholds[i - 1])
    i--;
  while (i < n && value >= thresholds[i])
    i++;
  return i;
}

static void
levels_init (Levels *levels, const double *map, size_t n_pixels, guint n)
{
  g_autofree double *thresholds = g_new (double, n);
  g_autofree guint *reached = g_new (guint, n_pixels);
  g_autofree guint *next = NULL;

  levels->pixels = g_new (guint, n_pixels);
  levels->first = g_new0 (guint, n + 2);
  for (guint i = 0; i < n; i++)
    thresholds[i] = tsn_boundary_threshold (n, i);
  for (size_t i = 0; i < n_pixels; i++)
    {
      reached[i] = count_reached (thresholds, n, map[i]);
      levels->first[reached[i] + 1]++;
    }
  for (guint i = 0; i <= n; i++)
    levels->first[i + 1] += levels->first[i];
  next = g_memdup2 (levels->first, (n + 1) * sizeof (guint));
  for (size_t i = 0; i < n_pixels; i++)
    levels->pixels[next[reached[i]]++] = i;
}

/* The thinned map at every threshold.  The higher a threshold the fewer its pixels, so the maps
 * are built from the highest threshold down by adding to the one before. */
static TsnBitmap **
make_maps (const Levels *levels, const TsnBoundaryTruth *truth, const TsnBoundaryOptions *options)
{
  g_autoptr (TsnBitmap) raw = tsn_bitmap_new (truth->width, truth->height);
  TsnBitmap **maps = g_new (TsnBitmap *, options->thresholds);

  for (guint t = options->thresholds; t-- > 0;)
    {
      const guint *first = levels->first + t + 1;

      for (guint i = first[0]; i < first[1]; i++)
        tsn_bitmap_set (raw, levels->pixels[i] % truth->width, levels->pixels[i] / truth->width);
      if (first[0] == first[1] && t + 1 < options->thresholds)
        maps[t] = tsn_bitmap_copy (maps[t + 1]);
      else
        {
          maps[t] = tsn_bitmap_copy (raw);
          if (options->thin)
            tsn_bitmap_thin (maps[t]);
        }
    }
  return maps;
}

static void
match_annotator (TsnBitmap **maps,
                 TsnBitmap **matched,
                 const TsnBitmap *all,
                 const TsnBitmap *truth,
                 const TsnBoundaryOptions *options,
                 TsnBoundaryCount *counts)
{
  double radius = options->max_distance * hypot (truth->width, truth->height);
  g_autoptr (TsnBoundaryMatch) match = tsn_boundary_match_new (all, truth, radius);
  size_t n_truth = tsn_bitmap_count (truth);

  for (guint t = options->thresholds; t-- > 0;)
    {
      tsn_boundary_match_update (match, maps[t]);
      tsn_boundary_match_mark (match, matched[t]);
      counts[t].matched_truth += tsn_boundary_match_get_count (match);
      counts[t].truth += n_truth;
    }
}

/**
 * tsn_boundary_count_image:
 * @map: (inout): boundary probabilities in 0..1, as many as @truth has pixels; overwritten when
 *   @options ask for suppression
 * @counts: (out caller-allocates): one per threshold, ascending
 *
 * Matches the map, thresholded and thinned, with every annotator's.
 */
void
tsn_boundary_count_image (double *map,
                          const TsnBoundaryTruth *truth,
                          const TsnBoundaryOptions *options,
                          TsnBoundaryCount *counts)
{
  guint n = options->thresholds;
  g_autoptr (TsnBitmap) all = tsn_bitmap_new (truth->width, truth->height);
  TsnBitmap **maps, **matched = g_new (TsnBitmap *, n);
  Levels levels;

  if (options->suppress)
    tsn_boundary_nms (map, truth->width, truth->height, &options->nms);
  levels_init (&levels, map, (size_t)truth->width * truth->height, n);
  maps = make_maps (&levels, truth, options);
  levels_clear (&levels);
  for (guint t = 0; t < n; t++)
    {
      tsn_bitmap_or (all, maps[t]);
      matched[t] = tsn_bitmap_new (truth->width, truth->height);
      counts[t] = (TsnBoundaryCount){ 0 };
    }
  for (guint i = 0; i < truth->n_annotators; i++)
    match_annotator (maps, matched, all, truth->annotators[i], options, counts);
  for (guint t = 0; t < n; t++)
    {
      counts[t].predicted = tsn_bitmap_count (maps[t]);
      counts[t].matched_predicted = tsn_bitmap_count (matched[t]);
      tsn_bitmap_free (maps[t]);
      tsn_bitmap_free (matched[t]);
    }
  g_free (maps);
  g_free (matched);
}
