/* The document: photos, models and tasks, without a window. */
#include "ui-fixture.h"

#include "ui/tsn-document.h"

#define ALL_TASKS 0x3f

typedef struct
{
  TsnDocument *document;
  guint failures;
  char *message;
  guint photos;
} Watch;

static void
failed_cb (Watch *watch, GError *error)
{
  watch->failures++;
  g_free (watch->message);
  watch->message = g_strdup (error->message);
}

static void
photo_cb (Watch *watch)
{
  watch->photos++;
}

static void
watch_init (Watch *watch)
{
  *watch = (Watch){ tsn_document_new (), 0, NULL, 0 };
  g_signal_connect_swapped (watch->document, "failed", G_CALLBACK (failed_cb), watch);
  g_signal_connect_swapped (watch->document, "photo-changed", G_CALLBACK (photo_cb), watch);
}

static void
watch_clear (Watch *watch)
{
  g_object_add_weak_pointer (G_OBJECT (watch->document), (gpointer *) &watch->document);
  g_object_unref (watch->document);
  g_assert_null (watch->document);
  g_free (watch->message);
}

static gboolean
is_idle (gpointer document)
{
  return !tsn_document_is_busy (document);
}

static void
open_path (TsnDocument *document, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  tsn_document_open_file (document, file);
}

static void
open_both (Watch *watch, UiFixture *fixture)
{
  watch_init (watch);
  tsn_document_load_model (watch->document, fixture->model);
  open_path (watch->document, fixture->photo);
  g_assert_true (tsn_document_is_busy (watch->document));
  g_assert_true (ui_wait (is_idle, watch->document));
  g_assert_cmpuint (watch->failures, ==, 0);
}

static void
test_predicts_all_tasks (UiFixture *fixture, gconstpointer data)
{
  Watch watch;
  guint width, height;
  const TsnTiming *timing;

  open_both (&watch, fixture);
  g_assert_cmpuint (tsn_document_get_n_tasks (watch.document), ==, 6);
  g_assert_cmphex (tsn_document_get_shown (watch.document), ==, ALL_TASKS);
  for (guint i = 0; i < 6; i++)
    {
      TsnPrediction *prediction = tsn_document_get_prediction (watch.document, i);

      g_assert_nonnull (prediction);
      g_assert_cmpstr (prediction->result->task->name, ==,
                       tsn_document_get_task (watch.document, i)->name);
      g_assert_cmpuint (tsn_picture_get_width (prediction->picture, 0), ==, UI_PHOTO_WIDTH);
    }
  g_assert_true (tsn_document_get_network_size (watch.document, &width, &height));
  g_assert_cmpuint (width, ==, 96);
  g_assert_cmpuint (height, ==, 64);
  timing = tsn_predictor_get_timing (tsn_document_get_predictor (watch.document));
  g_assert_cmpuint (timing->n_tasks, ==, 6);
  g_assert_false (timing->encoder_kept);
  watch_clear (&watch);
}

static void
test_encodes_once (UiFixture *fixture, gconstpointer data)
{
  Watch watch;
  TsnPredictor *predictor;

  watch_init (&watch);
  predictor = tsn_document_get_predictor (watch.document);
  tsn_document_load_model (watch.document, fixture->model);
  g_assert_true (ui_wait (is_idle, watch.document));
  tsn_document_show_only (watch.document, 2);
  open_path (watch.document, fixture->photo);
  g_assert_true (ui_wait (is_idle, watch.document));
  g_assert_nonnull (tsn_document_get_prediction (watch.document, 2));
  g_assert_null (tsn_document_get_prediction (watch.document, 4));
  tsn_document_show_all (watch.document);
  g_assert_true (ui_wait (is_idle, watch.document));
  g_assert_nonnull (tsn_document_get_prediction (watch.document, 4));
  g_assert_cmpuint (tsn_predictor_get_encoder_passes (predictor), ==, 1);
  g_assert_true (tsn_predictor_get_timing (predictor)->encoder_kept);
  g_assert_cmpuint (tsn_predictor_get_timing (predictor)->n_tasks, ==, 5);
  watch_clear (&watch);
}

static void
test_keeps_what_it_has (UiFixture *fixture, gconstpointer data)
{
  Watch watch;
  TsnPrediction *prediction;

  open_both (&watch, fixture);
  prediction = tsn_document_get_prediction (watch.document, 1);
  open_path (watch.document, fixture->broken);
  g_assert_true (ui_wait (is_idle, watch.document));
  g_assert_cmpuint (watch.failures, ==, 1);
  g_assert_nonnull (strstr (watch.message, "broken.png"));
  tsn_document_load_model (watch.document, fixture->broken);
  g_assert_true (ui_wait (is_idle, watch.document));
  g_assert_cmpuint (watch.failures, ==, 2);
  g_assert_true (tsn_document_get_prediction (watch.document, 1) == prediction);
  g_assert_cmpstr (tsn_document_get_photo (watch.document)->name, ==, "photo.png");
  g_assert_cmpstr (tsn_document_get_model_path (watch.document), ==, fixture->model);
  watch_clear (&watch);
}

static void
test_opens_only_the_newest (UiFixture *fixture, gconstpointer data)
{
  Watch watch;

  watch_init (&watch);
  tsn_document_load_model (watch.document, fixture->model);
  for (guint i = 0; i < 5; i++)
    open_path (watch.document, i % 2 == 0 ? fixture->photo : fixture->broken);
  open_path (watch.document, fixture->other_photo);
  g_assert_true (ui_wait (is_idle, watch.document));
  ui_iterate (100);
  g_assert_cmpuint (watch.photos, ==, 1);
  g_assert_cmpuint (watch.failures, ==, 0);
  g_assert_cmpstr (tsn_document_get_photo (watch.document)->name, ==, "other.png");
  watch_clear (&watch);
}

static void
test_shows_at_least_one_task (UiFixture *fixture, gconstpointer data)
{
  Watch watch;

  open_both (&watch, fixture);
  tsn_document_show_only (watch.document, 3);
  g_assert_cmphex (tsn_document_get_shown (watch.document), ==, 1 << 3);
  g_assert_cmpuint (tsn_document_get_active (watch.document), ==, 3);
  tsn_document_toggle (watch.document, 3);
  g_assert_true (tsn_document_is_shown (watch.document, 3));
  tsn_document_toggle (watch.document, 5);
  g_assert_cmpuint (tsn_document_count_shown (watch.document), ==, 2);
  g_assert_cmpuint (tsn_document_get_active (watch.document), ==, 5);
  tsn_document_set_active (watch.document, 0);
  g_assert_cmpuint (tsn_document_get_active (watch.document), ==, 5);
  tsn_document_toggle (watch.document, 5);
  g_assert_cmpuint (tsn_document_get_active (watch.document), ==, 3);
  tsn_document_show_only (watch.document, 99);
  tsn_document_toggle (watch.document, 99);
  g_assert_cmphex (tsn_document_get_shown (watch.document), ==, 1 << 3);
  watch_clear (&watch);
}

static void
test_changes_size (UiFixture *fixture, gconstpointer data)
{
  Watch watch;
  TsnPrediction *before;
  guint width, height;

  open_both (&watch, fixture);
  before = tsn_document_get_prediction (watch.document, 5);
  tsn_prediction_ref (before);
  tsn_document_set_size (watch.document, 128);
  g_assert_true (tsn_document_get_prediction (watch.document, 5) == before);
  g_assert_true (ui_wait (is_idle, watch.document));
  g_assert_true (tsn_document_get_prediction (watch.document, 5) != before);
  g_assert_true (tsn_document_get_network_size (watch.document, &width, &height));
  g_assert_cmpuint (height, ==, 128);
  tsn_prediction_unref (before);
  watch_clear (&watch);
}

static void
test_cancels_and_runs_again (UiFixture *fixture, gconstpointer data)
{
  Watch watch;

  open_both (&watch, fixture);
  tsn_document_set_size (watch.document, 256);
  tsn_document_cancel (watch.document);
  g_assert_true (ui_wait (is_idle, watch.document));
  g_assert_cmpuint (watch.failures, ==, 0);
  tsn_document_rerun (watch.document);
  g_assert_true (tsn_document_is_busy (watch.document));
  g_assert_true (ui_wait (is_idle, watch.document));
  g_assert_cmpuint (watch.failures, ==, 0);
  watch_clear (&watch);
}

static void
test_takes_a_texture (UiFixture *fixture, gconstpointer data)
{
  /* Half transparent black over white is grey. */
  const guint8 rgba[8] = { 255, 0, 0, 255, 0, 0, 0, 127 };
  g_autoptr (GBytes) bytes = g_bytes_new (rgba, sizeof rgba);
  g_autoptr (GdkTexture) texture
      = gdk_memory_texture_new (2, 1, GDK_MEMORY_R8G8B8A8, bytes, sizeof rgba);
  const TsnImage *image;
  Watch watch;

  watch_init (&watch);
  tsn_document_open_texture (watch.document, texture, "pasted");
  g_assert_true (ui_wait (is_idle, watch.document));
  image = tsn_document_get_photo (watch.document)->image;
  g_assert_cmpuint (image->width, ==, 2);
  g_assert_cmpuint (image->pixels[0], ==, 255);
  g_assert_cmpuint (image->pixels[1], ==, 0);
  g_assert_cmpint (ABS (image->pixels[4] - 128), <=, 1);
  g_assert_null (tsn_document_get_photo (watch.document)->file);
  watch_clear (&watch);
}

static void
test_goes_away_while_busy (UiFixture *fixture, gconstpointer data)
{
  Watch watch;

  watch_init (&watch);
  tsn_document_load_model (watch.document, fixture->model);
  open_path (watch.document, fixture->photo);
  g_object_add_weak_pointer (G_OBJECT (watch.document), (gpointer *) &watch.document);
  g_object_unref (watch.document);
  for (guint i = 0; i < 200 && watch.document != NULL; i++)
    ui_iterate (20);
  g_assert_null (watch.document);
}

static void
add (const char *path, void (*test) (UiFixture *, gconstpointer))
{
  g_test_add (path, UiFixture, NULL, ui_fixture_set_up, test, ui_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/document/all-tasks", test_predicts_all_tasks);
  add ("/document/encode-once", test_encodes_once);
  add ("/document/errors-keep-results", test_keeps_what_it_has);
  add ("/document/newest-photo", test_opens_only_the_newest);
  add ("/document/shown-tasks", test_shows_at_least_one_task);
  add ("/document/size", test_changes_size);
  add ("/document/cancel", test_cancels_and_runs_again);
  add ("/document/texture", test_takes_a_texture);
  add ("/document/dropped-while-busy", test_goes_away_while_busy);
  return g_test_run ();
}
