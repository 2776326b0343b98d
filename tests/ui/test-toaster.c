/* Messages at the foot of a window, whatever the pace at which they come and frames are drawn. */
#include "studio-fixture.h"

#include "ui/tsn-toaster.h"

typedef struct
{
  GtkWindow *window;
  AdwToastOverlay *overlay;
  TsnToaster toaster;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->overlay = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (fixture->overlay, gtk_label_new ("below"));
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->overlay));
  gtk_window_set_default_size (fixture->window, 400, 300);
  gtk_window_present (fixture->window);
  ui_iterate (200);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  tsn_toaster_clear (&fixture->toaster);
  studio_destroy_and_check (fixture->window);
}

static guint
count_toasts (Fixture *fixture)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (fixture->overlay));
  guint n = 0;

  for (guint i = 0; i < widgets->len; i++)
    n += g_str_equal (G_OBJECT_TYPE_NAME (widgets->pdata[i]), "AdwToastWidget");
  return n;
}

static gboolean
is_said (Fixture *fixture, const char *text)
{
  return studio_shows_text (GTK_WIDGET (fixture->overlay), text);
}

static void
say (Fixture *fixture, const char *text)
{
  tsn_toaster_say (&fixture->toaster, fixture->overlay, text, NULL, NULL);
  g_assert_true (is_said (fixture, text));
}

static void
test_replace (Fixture *fixture, gconstpointer data)
{
  say (fixture, "first");
  ui_iterate (1000);
  g_assert_cmpuint (count_toasts (fixture), ==, 1);
  say (fixture, "second");
  ui_iterate (1500);
  g_assert_cmpuint (count_toasts (fixture), ==, 1);
  g_assert_true (is_said (fixture, "second"));
  g_assert_false (is_said (fixture, "first"));
}

/* What slides in must not go before it is there, however long its first frame takes. */
static void
test_slow_frames (Fixture *fixture, gconstpointer data)
{
  say (fixture, "first");
  g_usleep (1500000);
  say (fixture, "second");
  g_assert_cmpuint (count_toasts (fixture), ==, 1);
  for (int i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  say (fixture, "third");
  g_assert_cmpuint (count_toasts (fixture), ==, 1);
  ui_iterate (1000);
  g_assert_true (is_said (fixture, "third"));
}

static void
test_window_goes (Fixture *fixture, gconstpointer data)
{
  say (fixture, "first");
  ui_iterate (50);
}

static void
add_tests (void)
{
  g_test_add ("/toaster/replace", Fixture, NULL, set_up, test_replace, tear_down);
  g_test_add ("/toaster/slow-frames", Fixture, NULL, set_up, test_slow_frames, tear_down);
  g_test_add ("/toaster/window-goes", Fixture, NULL, set_up, test_window_goes, tear_down);
}

int
main (int argc, char **argv)
{
  return studio_run (argc, argv, add_tests);
}
