/* The main loop is not held up while a network of full width works at 512 x 512. */
#include "ui-fixture.h"

#include "config.h"
#include "core/io/tsn-model-file.h"
#include "loop-watch.h"
#include "ui/tsn-inspection.h"
#include "ui/tsn-window.h"

#include <glib/gstdio.h>
#include <math.h>

/* A frame at 60 Hz, in seconds. */
#define LONGEST_TURN 0.016

#define ATTEMPTS 4

/* Under sanitizers everything takes several times as long. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SLOWNESS 10
#else
#define SLOWNESS 1
#endif

typedef struct
{
  UiFixture files;
  char *model;
  GSettings *settings;
  TsnWindow *window;
  TsnDocument *document;
  double longest;   /* of all turns */
  const char *what; /* was done then */
} Studio;

static gboolean
is_ready (gpointer data)
{
  TsnDocument *document = data;

  return !tsn_document_is_busy (document) && tsn_document_get_model (document) != NULL
         && tsn_document_get_photo (document) != NULL;
}

/* Everything but the numbers is what a trained network of full width has. */
static void
write_wide_model (const char *path)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_everyday ();
  TsnNetworkSpec spec = { .depth = 18,
                          .width = 1,
                          .conditioning = TSN_CONDITIONING_TSN,
                          .code = TSN_CODE_ORTHOGONAL,
                          .code_length = 20,
                          .tasks = tasks };
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnModel) model = tsn_model_new (&spec, &error);
  TsnRandom random;

  g_assert_no_error (error);
  tsn_random_init (&random, 7);
  tsn_model_initialise (model, &random);
  model->size = 512;
  g_assert_true (tsn_model_save (model, path, TSN_DTYPE_F16, &error));
  g_assert_no_error (error);
}

static void
write_large_photo (const char *path)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1024, 1024);
  cairo_t *cr = cairo_create (surface);

  for (int i = 0; i < 64; i++)
    {
      cairo_set_source_rgb (cr, i % 4 / 3.0, i % 7 / 6.0, i % 5 / 4.0);
      cairo_rectangle (cr, i % 8 * 128, i / 8 * 128, 128, 128);
      cairo_fill (cr);
    }
  cairo_destroy (cr);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
}

static void
set_up (Studio *studio, gconstpointer data)
{
  TsnWindowFiles files;

  ui_fixture_set_up (&studio->files, NULL);
  studio->model = g_build_filename (studio->files.folder, "wide.safetensors", NULL);
  write_wide_model (studio->model);
  write_large_photo (studio->files.photo);
  files = (TsnWindowFiles){ studio->model, studio->files.photo, NULL };
  studio->settings = g_settings_new (TSN_APP_ID);
  studio->window
      = tsn_window_new (GTK_APPLICATION (g_application_get_default ()), studio->settings, &files);
  studio->document = tsn_window_get_document (studio->window);
  gtk_window_set_default_size (GTK_WINDOW (studio->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (studio->window));
  ui_iterate (200);
  loop_watch_follow (GTK_WIDGET (studio->window));
}

static void
tear_down (Studio *studio, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (studio->window));
  ui_iterate (50);
  for (const char *const *key
       = (const char *const[]){ "last-model", "hatching", "loupe", "overlay-opacity", NULL };
       *key != NULL; key++)
    g_settings_reset (studio->settings, *key);
  g_clear_object (&studio->settings);
  g_assert_cmpint (g_unlink (studio->model), ==, 0);
  g_free (studio->model);
  ui_fixture_tear_down (&studio->files, NULL);
}

/* Notes how long the loop was kept since the last check. */
static void
check (Studio *studio, const char *what)
{
  double longest = loop_watch_get_longest ();

  g_test_message ("%s: the longest turn took %.1f ms, layout %.1f ms, painting %.1f ms", what,
                  1e3 * longest, 1e3 * loop_watch_get_longest_layout (),
                  1e3 * loop_watch_get_longest_paint ());
  if (longest > studio->longest)
    {
      studio->longest = longest;
      studio->what = what;
    }
  loop_watch_reset ();
}

/* Over the whole pad, far quicker than the network answers. */
static void
drag_blend (Studio *studio)
{
  TsnBlend *blend = tsn_document_get_blend (studio->document);

  gtk_widget_activate_action (GTK_WIDGET (studio->window), "win.show-page", "s", "blend");
  ui_iterate (300);
  for (guint i = 0; i < 60; i++)
    {
      tsn_blend_set_place (blend, 0.9 * sin (0.1 * i), 0.9 * cos (0.1 * i));
      ui_iterate (10);
    }
  g_assert_true (ui_wait (is_ready, studio->document));
}

/* Every way to look at a map of 64 channels at the full size, under all tasks. */
static void
look_inside (Studio *studio)
{
  GObject *inspection = G_OBJECT (tsn_document_get_inspection (studio->document));

  gtk_widget_activate_action (GTK_WIDGET (studio->window), "win.show-page", "s", "inspect");
  for (TsnInspectMode mode = TSN_INSPECT_NETWORK; mode <= TSN_INSPECT_COLOURS; mode++)
    {
      g_object_set (inspection, "mode", mode, NULL);
      ui_iterate (500);
      g_assert_true (ui_wait (is_ready, studio->document));
      ui_iterate (500);
    }
  g_object_set (inspection, "topic", TSN_INSPECT_TOPIC_NUMBERS, NULL);
  ui_iterate (500);
  g_assert_true (ui_wait (is_ready, studio->document));
  check (studio, "look inside");
}

/* With the inspector open, which draws the network and looks into the new one at once. */
static void
load_again (Studio *studio)
{
  tsn_document_load_model (studio->document, studio->model);
  ui_iterate (100);
  g_assert_true (ui_wait (is_ready, studio->document));
  ui_iterate (500);
  check (studio, "load a model while the inspector is open");
}

static void
compare_two_models (Studio *studio)
{
  TsnCompare *compare = tsn_document_get_compare (studio->document);

  tsn_compare_load (compare, studio->model);
  tsn_compare_set_enabled (compare, TRUE);
  g_assert_true (ui_wait (is_ready, studio->document));
  check (studio, "run a second model");
  for (guint mode = TSN_COMPARE_SIDE; mode <= TSN_COMPARE_DIFFERENCE; mode++)
    {
      tsn_compare_set_mode (compare, mode);
      ui_iterate (100);
    }
  check (studio, "compare in every way");
  tsn_compare_set_mode (compare, TSN_COMPARE_WIPE);
  for (guint i = 0; i < 40; i++)
    {
      tsn_compare_set_wipe (compare, i / 40.0);
      ui_iterate (20);
    }
  check (studio, "drag the divider");
  tsn_compare_set_enabled (compare, FALSE);
}

static void
draw_otherwise (Studio *studio)
{
  TsnDisplay *display = tsn_document_get_display (studio->document);

  tsn_display_set_layout (display, TSN_LAYOUT_OVERLAY);
  for (guint i = 0; i < 20; i++)
    {
      tsn_display_set_opacity (display, i / 20.0);
      tsn_display_set_isolated (display, i % 4);
      tsn_display_set_hatching (display, i % 3 == 0);
      tsn_display_set_loupe (display, TRUE);
      tsn_view_set_probe (tsn_window_get_view (studio->window), 40 * i, 20 * i);
      ui_iterate (30);
    }
  check (studio, "overlay, isolated class, patterns and loupe");
}

static void
work (Studio *studio)
{
  TsnView *view = tsn_window_get_view (studio->window);

  studio->longest = 0;
  loop_watch_reset ();
  tsn_window_start (studio->window, NULL, NULL);
  g_assert_true (ui_wait (is_ready, studio->document));
  check (studio, "load and decode six tasks");
  for (guint i = 0; i < 40; i++)
    {
      tsn_view_zoom_about (view, i < 20 ? 1.1 : 1 / 1.1, 30 + i, 40);
      tsn_view_pan (view, 5, -3);
      tsn_view_set_probe (view, 20 * i, 10 * i);
      ui_iterate (20);
    }
  check (studio, "zoom, pan and probe");
  for (guint i = 0; i < 6; i++)
    {
      tsn_document_show_only (studio->document, i);
      ui_iterate (40);
    }
  tsn_document_show_all (studio->document);
  g_assert_true (ui_wait (is_ready, studio->document));
  check (studio, "switch tasks");
  look_inside (studio);
  load_again (studio);
  drag_blend (studio);
  check (studio, "drag the blend");
  compare_two_models (studio);
  draw_otherwise (studio);
}

/* As a window begins, so that every attempt is at the same thing. */
static void
begin (Studio *studio)
{
  TsnDisplay *display = tsn_document_get_display (studio->document);

  gtk_widget_activate_action (GTK_WIDGET (studio->window), "win.show-page", "s", "tasks");
  tsn_compare_set_enabled (tsn_document_get_compare (studio->document), FALSE);
  tsn_display_set_layout (display, TSN_LAYOUT_GRID);
  tsn_display_set_isolated (display, -1);
  tsn_display_set_hatching (display, FALSE);
  tsn_display_set_loupe (display, FALSE);
  tsn_view_fit (tsn_window_get_view (studio->window));
  tsn_view_clear_probe (tsn_window_get_view (studio->window));
  ui_iterate (500);
}

/* Where other programs fight for the caches a turn takes longer than it should, but not always
 * the same one, and not each time. */
static void
test_window (Studio *studio, gconstpointer data)
{
  for (guint i = 0; i < ATTEMPTS; i++)
    {
      begin (studio);
      work (studio);
      if (studio->longest < LONGEST_TURN * SLOWNESS)
        return;
    }
  g_test_message ("It was too long to %s", studio->what);
  g_assert_cmpfloat (studio->longest, <, LONGEST_TURN * SLOWNESS);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  gtk_test_init (&argc, &argv, NULL);
  application = adw_application_new (TSN_APP_ID, G_APPLICATION_NON_UNIQUE);
  g_application_set_default (G_APPLICATION (application));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  loop_watch_start ();
  g_test_add ("/ui/responsive/window", Studio, NULL, set_up, test_window, tear_down);
  status = g_test_run ();
  loop_watch_stop ();
  return status;
}
