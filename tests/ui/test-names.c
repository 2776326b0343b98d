/* Without eyes or pointer: every control has a name that a screen reader says and is reached by the
 * keys, every picture has a text. */
#include "keyboard-reach.h"
#include "studio-fixture.h"

#include "ui/tsn-help.h"
#include "ui/tsn-preferences.h"
#include "ui/tsn-tip.h"

#include <adwaita.h>

static gboolean
has_text (GtkWidget *root)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (root);

  for (guint i = 0; i < widgets->len; i++)
    if (GTK_IS_LABEL (widgets->pdata[i]) && gtk_widget_get_mapped (widgets->pdata[i])
        && *gtk_label_get_text (widgets->pdata[i]) != '\0')
      return TRUE;
  return FALSE;
}

/* The item of a list that is chosen, or a number, does not say what it is chosen for. */
static gboolean
shows_value (GtkWidget *widget)
{
  return GTK_IS_DROP_DOWN (widget) || GTK_IS_SPIN_BUTTON (widget) || GTK_IS_RANGE (widget);
}

static gboolean
has_name (GtkWidget *widget)
{
  return tsn_tip_get (widget) != NULL
         || gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget),
                                              GTK_ACCESSIBLE_PROPERTY_LABEL)
         || gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                              GTK_ACCESSIBLE_RELATION_LABELLED_BY)
         || (!shows_value (widget) && has_text (widget));
}

static gboolean
is_own_picture (GtkWidget *widget)
{
  return g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Tsn") && gtk_widget_get_mapped (widget)
         && gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_IMG;
}

static void
complain (GtkWidget *widget, const char *what, guint *n_nameless)
{
  g_autofree char *place = keyboard_reach_describe (widget);

  g_test_message ("%s: a %s", what, place);
  (*n_nameless)++;
}

/* Returns: how many controls were looked at. */
static guint
check (GtkWindow *window)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (window));
  guint n = 0, n_nameless = 0;

  for (guint i = 0; i < widgets->len; i++)
    {
      GtkWidget *widget = widgets->pdata[i];

      if (keyboard_reach_is_control (widget))
        {
          n++;
          if (!has_name (keyboard_reach_whole (widget)))
            complain (keyboard_reach_whole (widget), "without a name", &n_nameless);
        }
      if (is_own_picture (widget)
          && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget),
                                                GTK_ACCESSIBLE_PROPERTY_LABEL))
        complain (widget, "without a text", &n_nameless);
    }
  if (n_nameless > 0)
    g_test_fail ();
  g_test_message ("%u controls, Tab stops at %u places", n, keyboard_reach_check (window));
  return n;
}

static void
check_after (Studio *studio, const char *action)
{
  if (action != NULL)
    studio_activate_detailed (studio, action);
  ui_iterate (300);
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  g_test_message ("after %s", action);
  g_assert_cmpuint (check (GTK_WINDOW (studio->window)), >, 20);
}

static void
test_window (Studio *studio, gconstpointer data)
{
  static const char *const actions[] = { NULL,
                                         "win.layout('overlay')",
                                         "win.layout('grid')",
                                         "win.show-page('blend')",
                                         "win.show-page('inspect')",
                                         "inspect.mode::grid",
                                         "inspect.mode::network",
                                         "inspect.mode::colours",
                                         "inspect.topic::numbers",
                                         "inspect.topic::changes",
                                         "win.show-page('compare')",
                                         "win.compare",
                                         "win.compare-mode('wipe')",
                                         "win.compare-mode('difference')" };

  g_assert_true (ui_wait (studio_is_ready, studio->document));
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    check_after (studio, actions[i]);
}

/* Everything of the blend that folds away. */
static void
test_blend (Studio *studio, gconstpointer data)
{
  g_autoptr (GPtrArray) widgets = NULL;

  g_assert_true (ui_wait (studio_is_ready, studio->document));
  check_after (studio, "win.show-page('blend')");
  widgets = studio_list_widgets (GTK_WIDGET (studio->window));
  for (guint i = 0; i < widgets->len; i++)
    if (gtk_widget_has_css_class (widgets->pdata[i], "disclosure"))
      gtk_toggle_button_set_active (widgets->pdata[i], TRUE);
  check_after (studio, "win.blend-add-tour");
}

static guint
check_dialog (GtkWindow *dialog)
{
  guint n;

  gtk_window_present (dialog);
  ui_iterate (300);
  n = check (dialog);
  gtk_window_destroy (dialog);
  return n;
}

static void
test_dialogs (Studio *studio, gconstpointer data)
{
  g_assert_true (ui_wait (studio_is_ready, studio->document));
  g_assert_cmpuint (check_dialog (tsn_preferences_new (studio->settings)), >, 3);
  check_dialog (tsn_help_new ());
}

static void
test_composer (Studio *studio, gconstpointer data)
{
  g_autoptr (GList) windows = NULL;
  guint n = 0;

  g_assert_true (ui_wait (studio_is_ready, studio->document));
  studio_activate_detailed (studio, "win.figure");
  ui_iterate (500);
  windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_window_get_transient_for (l->data) == GTK_WINDOW (studio->window)
        && gtk_widget_get_mapped (l->data))
      {
        g_assert_cmpuint (check (l->data), >, 10);
        n++;
      }
  g_assert_cmpuint (n, ==, 1);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  /* Names are kept where the test can ask for them. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_application_set_default (G_APPLICATION (application));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_test_add ("/names/window", Studio, NULL, studio_set_up, test_window, studio_tear_down);
  g_test_add ("/names/blend", Studio, NULL, studio_set_up, test_blend, studio_tear_down);
  g_test_add ("/names/dialogs", Studio, NULL, studio_set_up, test_dialogs, studio_tear_down);
  g_test_add ("/names/composer", Studio, NULL, studio_set_up, test_composer, studio_tear_down);
  return g_test_run ();
}
