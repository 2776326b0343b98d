#include "ui/tsn-figure-wish.h"

/**
 * tsn_figure_wish_new:
 *
 * Returns: (transfer full): a wish for the figure of an empty window.
 */
TsnFigureWish *
tsn_figure_wish_new (void)
{
  TsnFigureWish *wish = g_new0 (TsnFigureWish, 1);

  tsn_study_init (&wish->study);
  return wish;
}

TsnFigureWish *
tsn_figure_wish_copy (const TsnFigureWish *wish)
{
  TsnFigureWish *copy = g_new0 (TsnFigureWish, 1);

  tsn_study_copy (&wish->study, &copy->study);
  copy->comparison = wish->comparison;
  copy->tasks = g_strdupv (wish->tasks);
  copy->truth = wish->truth;
  return copy;
}

void
tsn_figure_wish_free (TsnFigureWish *wish)
{
  tsn_study_clear (&wish->study);
  g_strfreev (wish->tasks);
  g_free (wish);
}

static gboolean
equal_names (char *const *a, char *const *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strv_equal ((const char *const *) a, (const char *const *) b);
}

/**
 * tsn_figure_wish_has_same_content:
 *
 * Returns: whether two figures differ in their looks at most, so that no network has to run again.
 */
gboolean
tsn_figure_wish_has_same_content (const TsnFigureWish *wish, const TsnFigureWish *other)
{
  g_auto (TsnStudy) study;

  tsn_study_copy (&wish->study, &study);
  tsn_figure_plan_copy_look (&other->study.figure, &study.figure);
  return wish->comparison == other->comparison && wish->truth == other->truth
         && equal_names (wish->tasks, other->tasks) && tsn_study_equal (&study, &other->study);
}

/**
 * tsn_figure_order_new:
 * @wish: (transfer full): which figure
 *
 * Returns: (transfer full): an order that nothing is found for yet.
 */
TsnFigureOrder *
tsn_figure_order_new (TsnFigureWish *wish, TsnFigureForm form)
{
  TsnFigureOrder *order = g_new0 (TsnFigureOrder, 1);

  order->wish = wish;
  order->form = form;
  order->format = TSN_FIGURE_PNG;
  order->written = g_ptr_array_new_with_free_func (g_free);
  return order;
}

/**
 * tsn_figure_order_free:
 * @base: (transfer full): of a #TsnFigureOrder
 *
 * Frees an order of a figure.
 */
void
tsn_figure_order_free (TsnExportOrder *base)
{
  TsnFigureOrder *order = (TsnFigureOrder *) base;

  tsn_export_order_clear (base);
  tsn_figure_wish_free (order->wish);
  g_clear_object (&order->content);
  g_ptr_array_unref (order->written);
  g_free (order);
}
