/* Named numbers as bars, each of which can be chosen. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TSN_TYPE_BAR_LIST (tsn_bar_list_get_type ())
G_DECLARE_FINAL_TYPE (TsnBarList, tsn_bar_list, TSN, BAR_LIST, GtkBox)

/**
 * TsnBar:
 * @name: stands left of the bar
 * @id: what is activated
 * @value: length of the bar, at least 0
 */
typedef struct
{
  const char *name;
  guint id;
  double value;
} TsnBar;

/**
 * TsnBarList:
 *
 * A bar chart that is a list: keys and screen readers walk through it.  Bars are as long as their
 * shares of the largest.
 *
 * Signals: `activated` (guint id).
 */

TsnBarList *tsn_bar_list_new (void);
void tsn_bar_list_set_bars (TsnBarList *self, const TsnBar *bars, guint n);
guint tsn_bar_list_get_n_bars (TsnBarList *self);
void tsn_bar_list_select (TsnBarList *self, guint id);

G_END_DECLS
