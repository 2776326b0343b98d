/* The worker: the newest request wins, nothing stale is delivered, nothing is left behind. */
#include "core/inference/tsn-worker.h"
#include "golden.h"

typedef struct
{
  TsnSafetensors *file;
  TsnModel *model;
  TsnImage *photo;
  TsnWorker *worker;
  GMainLoop *loop;
  guint results;
  guint finished;
  guint cancelled;
  guint failed;
  double last_progress;
  char *last_task;
  guint last_width;
} Fixture;

static void
progress_cb (TsnWorker *worker, double fraction, gpointer data)
{
  Fixture *self = data;

  g_assert_cmpfloat (fraction, >, self->last_progress);
  g_assert_cmpfloat (fraction, <=, 1);
  self->last_progress = fraction;
}

static void
result_cb (TsnWorker *worker, guint index, TsnResult *result, gpointer data)
{
  Fixture *self = data;

  g_assert_cmpuint (index, ==, self->results);
  self->results++;
  g_free (self->last_task);
  self->last_task = g_strdup (result->task->name);
  self->last_width = result->width;
}

static void
finished_cb (TsnWorker *worker, double encode_seconds, double decode_seconds, gpointer data)
{
  Fixture *self = data;

  g_assert_cmpfloat (encode_seconds, >=, 0);
  g_assert_cmpfloat (decode_seconds, >=, 0);
  g_assert_false (tsn_worker_is_busy (worker));
  self->finished++;
  g_main_loop_quit (self->loop);
}

static void
cancelled_cb (TsnWorker *worker, gpointer data)
{
  ((Fixture *) data)->cancelled++;
}

static void
failed_cb (TsnWorker *worker, GError *error, gpointer data)
{
  ((Fixture *) data)->failed++;
}

static TsnImage *
make_photo (guint width, guint height)
{
  TsnImage *photo = tsn_image_new (width, height);

  for (guint i = 0; i < 3 * width * height; i++)
    photo->pixels[i] = i * 37 % 251;
  return photo;
}

static void
setup (Fixture *self, gconstpointer data)
{
  self->file = golden_open ("tsn");
  self->model = golden_model (self->file, TSN_CONDITIONING_TSN);
  self->photo = make_photo (90, 70);
  self->worker = tsn_worker_new ();
  self->loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect (self->worker, "progress", G_CALLBACK (progress_cb), self);
  g_signal_connect (self->worker, "result", G_CALLBACK (result_cb), self);
  g_signal_connect (self->worker, "finished", G_CALLBACK (finished_cb), self);
  g_signal_connect (self->worker, "cancelled", G_CALLBACK (cancelled_cb), self);
  g_signal_connect (self->worker, "failed", G_CALLBACK (failed_cb), self);
}

static void
drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
teardown (Fixture *self, gconstpointer data)
{
  gpointer worker = self->worker;

  g_assert_cmpuint (self->failed, ==, 0);
  g_object_add_weak_pointer (G_OBJECT (self->worker), &worker);
  g_object_unref (self->worker);
  drain ();
  g_assert_null (worker);
  g_main_loop_unref (self->loop);
  tsn_image_unref (self->photo);
  tsn_model_unref (self->model);
  tsn_safetensors_free (self->file);
  g_free (self->last_task);
}

static void
submit (Fixture *self, TsnImage *photo, guint size, const guint *tasks, guint n_tasks)
{
  TsnRequest request
      = { .model = self->model, .image = photo, .size = size, .tasks = tasks, .n_tasks = n_tasks };

  self->results = 0;
  self->last_progress = 0;
  tsn_worker_submit (self->worker, &request);
}

static void
test_six_tasks_one_encoder_pass (Fixture *self, gconstpointer data)
{
  static const guint tasks[] = { 5, 0, 1, 2, 3, 4 }, again[] = { 2 };

  submit (self, self->photo, 64, tasks, 6);
  g_assert_true (tsn_worker_is_busy (self->worker));
  g_main_loop_run (self->loop);
  g_assert_cmpuint (self->results, ==, 6);
  g_assert_cmpstr (self->last_task, ==, "saliency");
  g_assert_cmpuint (self->last_width, ==, 90);
  g_assert_cmpuint (tsn_worker_get_encoder_passes (self->worker), ==, 1);
  /* The photo is still encoded. */
  submit (self, self->photo, 64, again, 1);
  g_main_loop_run (self->loop);
  g_assert_cmpstr (self->last_task, ==, "edge");
  g_assert_cmpuint (tsn_worker_get_encoder_passes (self->worker), ==, 1);
  /* At another size it is not. */
  submit (self, self->photo, 96, again, 1);
  g_main_loop_run (self->loop);
  g_assert_cmpuint (tsn_worker_get_encoder_passes (self->worker), ==, 2);
}

static void
tap_cb (TsnWorker *worker, guint index, const char *node, TsnTensor *value, gpointer data)
{
  GString *taps = data;

  g_string_append_printf (taps, "%u %s %zu; ", index, node, value->dim[1]);
}

/* Mixtures come after the tasks, each followed by what its nodes held. */
static void
test_mixtures_and_taps (Fixture *self, gconstpointer data)
{
  static const guint tasks[] = { 1 };
  g_autoptr (TsnMixture) a = tsn_mixture_new (self->model, 0), b = tsn_mixture_new (self->model, 3);
  const TsnMixture *mixtures[] = { a, b };
  g_autoptr (GString) taps = g_string_new (NULL);
  TsnRequest request = { .model = self->model,
                         .image = self->photo,
                         .size = 64,
                         .tasks = tasks,
                         .n_tasks = 1,
                         .mixtures = mixtures,
                         .n_mixtures = 2,
                         .taps = (const char *const[]){ "F1", "O5", NULL } };

  g_signal_connect (self->worker, "tap", G_CALLBACK (tap_cb), taps);
  tsn_worker_submit (self->worker, &request);
  g_main_loop_run (self->loop);
  g_assert_cmpuint (self->results, ==, 3);
  g_assert_cmpstr (self->last_task, ==, tsn_model_get_task (self->model, 3)->name);
  g_assert_true (g_str_has_prefix (taps->str, "1 F1 "));
  g_assert_nonnull (strstr (taps->str, "1 O5 "));
  g_assert_nonnull (strstr (taps->str, "2 O5 "));
}

static void
test_newest_request_wins (Fixture *self, gconstpointer data)
{
  static const guint tasks[] = { 0, 1, 2, 3, 4, 5 };

  for (guint i = 0; i < 50; i++)
    {
      submit (self, self->photo, 64, tasks, 6);
      if (i % 7 == 0)
        drain ();
    }
  submit (self, self->photo, 64, tasks + 3, 1);
  g_main_loop_run (self->loop);
  drain ();
  g_assert_cmpuint (self->results, ==, 1);
  g_assert_cmpstr (self->last_task, ==, "normals");
  g_assert_cmpuint (self->finished, >=, 1);
  g_assert_cmpuint (self->cancelled, ==, 0);
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  static const guint tasks[] = { 0, 1, 2, 3, 4, 5 };

  submit (self, self->photo, 512, tasks, 6);
  tsn_worker_cancel (self->worker);
  g_assert_cmpuint (self->cancelled, ==, 1);
  g_assert_false (tsn_worker_is_busy (self->worker));
  tsn_worker_cancel (self->worker);
  g_assert_cmpuint (self->cancelled, ==, 1);
  g_usleep (100000);
  drain ();
  g_assert_cmpuint (self->results, ==, 0);
  g_assert_cmpuint (self->finished, ==, 0);
  submit (self, self->photo, 64, tasks, 2);
  g_main_loop_run (self->loop);
  g_assert_cmpuint (self->results, ==, 2);
}

static void
test_other_photos_and_shapes (Fixture *self, gconstpointer data)
{
  static const guint tasks[] = { 0 };

  for (guint i = 0; i < 5; i++)
    {
      TsnImage *photo = make_photo (1 + 60 * i, 300 - 70 * i);

      submit (self, photo, 32, tasks, 1);
      tsn_image_unref (photo);
      g_main_loop_run (self->loop);
      g_assert_cmpuint (self->last_width, ==, 1 + 60 * i);
    }
  g_assert_cmpuint (tsn_worker_get_encoder_passes (self->worker), ==, 5);
}

static void
test_dropped_while_running (Fixture *self, gconstpointer data)
{
  static const guint tasks[] = { 0, 1, 2, 3, 4, 5 };

  submit (self, self->photo, 256, tasks, 6);
  g_usleep (3000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/inference/worker/" name, Fixture, NULL, setup, test, teardown)
  ADD ("six-tasks-one-encoder-pass", test_six_tasks_one_encoder_pass);
  ADD ("mixtures-and-taps", test_mixtures_and_taps);
  ADD ("newest-request-wins", test_newest_request_wins);
  ADD ("cancel", test_cancel);
  ADD ("other-photos-and-shapes", test_other_photos_and_shapes);
  ADD ("dropped-while-running", test_dropped_while_running);
  return g_test_run ();
}
