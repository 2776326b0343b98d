#include "keyboard-reach.h"

#include "studio-fixture.h"

#include <adwaita.h>

/**
 * keyboard_reach_is_control:
 *
 * Returns: whether @widget is in sight and takes the focus.  What only scrolls is no control, and a
 *   window's own buttons are those of the toolkit.
 */
gboolean
keyboard_reach_is_control (GtkWidget *widget)
{
  return gtk_widget_get_focusable (widget) && gtk_widget_get_mapped (widget)
         && !GTK_IS_SCROLLED_WINDOW (widget) && !GTK_IS_WINDOW (widget)
         && !GTK_IS_LIST_VIEW (widget)
         && gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) == NULL;
}

/* Controls that hand the focus to a part of themselves, which says no more than they do. */
static gboolean
is_whole (GtkWidget *widget)
{
  return GTK_IS_DROP_DOWN (widget) || GTK_IS_SPIN_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget)
         || ADW_IS_SPLIT_BUTTON (widget) || ADW_IS_ACTION_ROW (widget);
}

/**
 * keyboard_reach_whole:
 *
 * Returns: (transfer none): the control that @widget is a part of, or itself
 */
GtkWidget *
keyboard_reach_whole (GtkWidget *widget)
{
  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL;
       parent = gtk_widget_get_parent (parent))
    if (is_whole (parent))
      return parent;
  return widget;
}

/**
 * keyboard_reach_describe:
 *
 * Returns: (transfer full): what @widget is and which part of ours it is in
 */
char *
keyboard_reach_describe (GtkWidget *widget)
{
  GString *place = g_string_new (G_OBJECT_TYPE_NAME (widget));

  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL;
       parent = gtk_widget_get_parent (parent))
    if (g_str_has_prefix (G_OBJECT_TYPE_NAME (parent), "Tsn"))
      {
        g_string_append_printf (place, " in %s", G_OBJECT_TYPE_NAME (parent));
        break;
      }
  return g_string_free (place, FALSE);
}

/* Where Tab stops on its way once through the window, until it comes to where it was before. */
static GPtrArray *
list_stops (GtkWindow *window)
{
  GPtrArray *stops = g_ptr_array_new ();

  gtk_window_set_focus (window, NULL);
  while (gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD)
         && !g_ptr_array_find (stops, gtk_window_get_focus (window), NULL))
    g_ptr_array_add (stops, gtk_window_get_focus (window));
  return stops;
}

/* What Tab enters as one, and arrows move about in; NULL if it is none. */
static GtkWidget *
get_list (GtkWidget *widget)
{
  GtkWidget *list = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX);

  return list != NULL ? list : gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_VIEW);
}

static gboolean
is_near (GtkWidget *stop, GtkWidget *widget)
{
  GtkWidget *list = get_list (widget);

  return stop == widget || gtk_widget_is_ancestor (stop, widget)
         || (list != NULL && gtk_widget_is_ancestor (stop, list));
}

static gboolean
is_reached (GPtrArray *stops, GtkWidget *widget)
{
  for (guint i = 0; i < stops->len; i++)
    if (is_near (stops->pdata[i], widget))
      return TRUE;
  return FALSE;
}

/* Of a list its rows are reached, those that can be used; it is no control itself. */
static gboolean
is_to_be_reached (GtkWidget *widget)
{
  return keyboard_reach_is_control (widget) && gtk_widget_is_sensitive (widget)
         && !GTK_IS_LIST_BOX (widget);
}

/**
 * keyboard_reach_check:
 *
 * Fails the test for every control in sight that Tab does not come to, or, in a list, arrows.
 *
 * Returns: at how many places Tab stops
 */
guint
keyboard_reach_check (GtkWindow *window)
{
  g_autoptr (GPtrArray) stops = list_stops (window);
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (window));

  for (guint i = 0; i < widgets->len; i++)
    if (is_to_be_reached (widgets->pdata[i])
        && !is_reached (stops, keyboard_reach_whole (widgets->pdata[i])))
      {
        g_autofree char *place = keyboard_reach_describe (widgets->pdata[i]);

        g_test_message ("Tab does not reach a %s", place);
        g_test_fail ();
      }
  return stops->len;
}
