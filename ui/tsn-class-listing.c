#include "ui/tsn-class-listing.h"

#include "ui/tsn-task-text.h"

#include <glib/gi18n.h>

/* Smaller classes are specks on the border of two others. */
#define SMALLEST_SHARE 0.0005f

static void
add_prediction (TsnClassItem *items, const TsnPrediction *prediction, gboolean second)
{
  const GArray *entries = prediction->legend->entries;

  for (guint i = 0; i < entries->len; i++)
    {
      const TsnLegendEntry *entry = &g_array_index (entries, TsnLegendEntry, i);

      if (second)
        items[entry->class_index].second = entry->share;
      else
        items[entry->class_index].share = entry->share;
    }
}

static gboolean
is_seen (float share)
{
  return share >= SMALLEST_SHARE;
}

/* The prediction's classes first, the commonest first; then the others, in the same way. */
static int
compare_items (gconstpointer a, gconstpointer b)
{
  const TsnClassItem *first = a, *second = b;
  float here = is_seen (first->share) ? first->share : 0;
  float there = is_seen (second->share) ? second->share : 0;

  if (here == there)
    {
      here = MAX (first->truth, first->second);
      there = MAX (second->truth, second->second);
    }
  if (here != there || first->class_index == second->class_index)
    return here < there ? 1 : here > there ? -1 : 0;
  return first->class_index < second->class_index ? -1 : 1;
}

/**
 * tsn_class_listing_new:
 *
 * Lists the classes of the prediction, then those that are only in the label or in the second
 * prediction, and in any case the isolated one.
 *
 * Returns: (transfer full) (element-type TsnClassItem): the classes in their order; none without a
 *   prediction.
 */
GArray *
tsn_class_listing_new (const TsnClassSources *sources)
{
  GArray *list = g_array_new (FALSE, TRUE, sizeof (TsnClassItem));
  const TsnTask *task = sources->prediction != NULL ? sources->prediction->result->task : NULL;
  guint n = task != NULL ? task->channels : 0;
  g_autofree TsnClassItem *items = g_new0 (TsnClassItem, MAX (n, 1));

  if (task == NULL)
    return list;
  add_prediction (items, sources->prediction, FALSE);
  if (sources->second != NULL && sources->second->result->task->channels == n)
    add_prediction (items, sources->second, TRUE);
  for (guint c = 0; c < n; c++)
    {
      items[c].class_index = c;
      if (sources->truth != NULL && sources->truth->task->channels == n)
        items[c].truth = sources->truth->shares[c];
      if (is_seen (items[c].share) || is_seen (items[c].truth) || is_seen (items[c].second)
          || (int) c == sources->isolated)
        g_array_append_val (list, items[c]);
    }
  g_array_sort (list, compare_items);
  return list;
}

/**
 * tsn_class_item_remark:
 *
 * Returns: (transfer full) (nullable): where a class is to be seen that is not in the prediction.
 */
char *
tsn_class_item_remark (const TsnClassItem *item)
{
  g_autofree char *truth = tsn_task_text_percent (item->truth);
  g_autofree char *second = tsn_task_text_percent (item->second);

  if (is_seen (item->share))
    return NULL;
  if (is_seen (item->truth) && is_seen (item->second))
    /* Translators: shares of a class in the label and in the second model's result. */
    return g_strdup_printf (_ ("Truth: %s, B: %s"), truth, second);
  if (is_seen (item->truth))
    /* Translators: the share of a class in the label. */
    return g_strdup_printf (_ ("Truth: %s"), truth);
  if (is_seen (item->second))
    /* Translators: the share of a class in the second model's result. */
    return g_strdup_printf (_ ("B: %s"), second);
  return g_strdup (_ ("Not in this result"));
}
