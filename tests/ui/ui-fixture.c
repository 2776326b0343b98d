#include "ui-fixture.h"

#include "core/io/tsn-model-file.h"
#include "ui/tsn-turns.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <gtk/gtk.h>

/* Longer than any of these small networks takes, even under sanitizers on a busy machine. */
/* How long to wait before something counts as never happening: sanitizers make a network of full
 * width ten times as slow. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PATIENCE_SECONDS 600
#else
#define PATIENCE_SECONDS 60
#endif

static void
write_photo (const char *path, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 0.2, 0.4, 0.8);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.9, 0.6, 0.2);
  cairo_arc (cr, width / 2.0, height / 2.0, height / 3.0, 0, 6.3);
  cairo_fill (cr);
  cairo_destroy (cr);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
}

static void
write_model (const char *path, TsnConditioning conditioning, guint n_tasks)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_everyday ();
  TsnNetworkSpec spec = { .depth = 18,
                          .width = 0.07,
                          .conditioning = conditioning,
                          .code = TSN_CODE_ORTHOGONAL,
                          .code_length = 2,
                          .tasks = tasks };
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnModel) model = NULL;
  TsnRandom random;

  g_ptr_array_set_size (tasks, n_tasks);
  model = tsn_model_new (&spec, &error);
  g_assert_no_error (error);
  tsn_random_init (&random, 7);
  tsn_model_initialise (model, &random);
  model->size = 64;
  g_assert_true (tsn_model_save (model, path, TSN_DTYPE_F32, &error));
  g_assert_no_error (error);
}

void
ui_fixture_set_up (UiFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("tsn-ui-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->model = g_build_filename (fixture->folder, "tiny.safetensors", NULL);
  fixture->photo = g_build_filename (fixture->folder, "photo.png", NULL);
  fixture->other_photo = g_build_filename (fixture->folder, "other.png", NULL);
  fixture->broken = g_build_filename (fixture->folder, "broken.png", NULL);
  fixture->twin = g_build_filename (fixture->folder, "everyday-ts-in.safetensors", NULL);
  write_model (fixture->model, TSN_CONDITIONING_TSN, UI_TASKS);
  write_model (fixture->twin, TSN_CONDITIONING_TS_IN, UI_TWIN_TASKS);
  write_photo (fixture->photo, UI_PHOTO_WIDTH, UI_PHOTO_HEIGHT);
  write_photo (fixture->other_photo, UI_PHOTO_HEIGHT, UI_PHOTO_WIDTH);
  g_assert_true (g_file_set_contents (fixture->broken, "no picture at all", -1, NULL));
}

void
ui_fixture_tear_down (UiFixture *fixture, gconstpointer data)
{
  char **files[] = { &fixture->model, &fixture->twin, &fixture->photo, &fixture->other_photo,
                     &fixture->broken };

  for (guint i = 0; fixture->others != NULL && i < fixture->others->len; i++)
    g_assert_cmpint (g_unlink (fixture->others->pdata[i]), ==, 0);
  g_clear_pointer (&fixture->others, g_ptr_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_assert_cmpint (g_unlink (*files[i]), ==, 0);
      g_clear_pointer (files[i], g_free);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_clear_pointer (&fixture->folder, g_free);
}

/* Writes a small model of another kind beside the others; returns its path. */
char *
ui_fixture_add_model (UiFixture *fixture, TsnConditioning conditioning)
{
  g_autofree char *name
      = g_strconcat (tsn_conditioning_get_name (conditioning), ".safetensors", NULL);
  char *path = g_build_filename (fixture->folder, name, NULL);

  if (fixture->others == NULL)
    fixture->others = g_ptr_array_new_with_free_func (g_free);
  write_model (path, conditioning, UI_TASKS);
  g_ptr_array_add (fixture->others, g_strdup (path));
  return path;
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until the condition holds; whether it did in time. */
gboolean
ui_wait (UiCondition condition, gpointer data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;
  guint tick = g_timeout_add (20, tick_cb, NULL);
  gboolean held;

  while (!(held = condition (data)) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  ui_catch_up ();
  return held;
}

/* Has widgets do what they would have done before the next frame. */
void
ui_catch_up (void)
{
  while (tsn_turns_are_due ())
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
paint_cb (gpointer data)
{
  g_usleep (1000);
  return G_SOURCE_CONTINUE;
}

/* As where something moves and painting takes longer than a frame may: nothing that is to be done
 * after painting is ever done.  To be removed by the identity that it returns. */
guint
ui_paint_endlessly (void)
{
  return g_idle_add_full (GDK_PRIORITY_REDRAW, paint_cb, NULL, NULL);
}

/* Runs the main loop for a while. */
void
ui_iterate (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;
  guint tick = g_timeout_add (5, tick_cb, NULL);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}
