#include "core/data/tsn-class-census.h"

#include "core/data/tsn-batch.h"

#include <string.h>

/* Weight of a photo that shows nothing but background, against 1 / count for a class. */
#define BACKGROUND_WEIGHT 1e-4

/**
 * tsn_class_census_read:
 * @task: a task of classes
 * @set: (out): the classes that the photo's label shows
 * @error: as by tsn_dataset_load_label()
 */
gboolean
tsn_class_census_read (
    const TsnDataset *dataset, guint index, const TsnTask *task, TsnClassSet *set, GError **error)
{
  g_autoptr (TsnTruth) truth = tsn_dataset_load_label (dataset, index, task, error);
  size_t n;

  if (truth == NULL)
    return FALSE;
  n = tsn_tensor_length (truth->label);
  memset (set, 0, sizeof *set);
  for (size_t i = 0; i < n; i++)
    {
      guint class = (guint)truth->label->data[i];

      if (class != TSN_IGNORED_CLASS)
        set->bits[class / 64] |= G_GUINT64_CONSTANT (1) << (class % 64);
    }
  return TRUE;
}

/**
 * tsn_class_census_weigh:
 * @sets: (array length=n): the classes of every photo
 * @weights: (out) (array length=n): how often to draw each photo, against the others
 *
 * A photo weighs 1 / count of the rarest class that it shows, counted in photos; class 0, the
 * background, does not count.  So the rarest classes are drawn as often as the common ones.
 */
void
tsn_class_census_weigh (const TsnClassSet *sets, guint n, double *weights)
{
  guint counts[TSN_IGNORED_CLASS] = { 0 };

  for (guint i = 0; i < n; i++)
    for (guint c = 1; c < TSN_IGNORED_CLASS; c++)
      counts[c] += tsn_class_set_has (&sets[i], c);
  for (guint i = 0; i < n; i++)
    {
      weights[i] = 0;
      for (guint c = 1; c < TSN_IGNORED_CLASS; c++)
        if (tsn_class_set_has (&sets[i], c))
          weights[i] = MAX (weights[i], 1.0 / counts[c]);
      if (weights[i] == 0)
        weights[i] = BACKGROUND_WEIGHT;
    }
}
