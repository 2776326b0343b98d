#include "ui/tsn-tip.h"

static GQuark
tip_quark (void)
{
  return g_quark_from_static_string ("tsn-tip");
}

static gboolean
query_cb (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, tsn_tip_get (widget));
  return TRUE;
}

/**
 * tsn_tip_set:
 * @text: (nullable): what to say of the widget, %NULL for nothing
 */
void
tsn_tip_set (GtkWidget *widget, const char *text)
{
  if (g_signal_handler_find (widget, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, query_cb, NULL) == 0)
    g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_cb), NULL);
  g_object_set_qdata_full (G_OBJECT (widget), tip_quark (), g_strdup (text), g_free);
  gtk_widget_set_has_tooltip (widget, text != NULL);
}

/**
 * tsn_tip_get:
 *
 * Returns: (nullable): the tooltip of any widget, whoever set it.
 */
const char *
tsn_tip_get (GtkWidget *widget)
{
  const char *text = g_object_get_qdata (G_OBJECT (widget), tip_quark ());

  return text != NULL ? text : gtk_widget_get_tooltip_text (widget);
}
