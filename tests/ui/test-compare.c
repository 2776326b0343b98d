/* Two models on one photo, without a window. */
#include "ui-fixture.h"

#include "ui/tsn-document.h"

#include <math.h>

typedef struct
{
  TsnDocument *document;
  TsnCompare *compare;
  guint failures;
} Pair;

static void
failed_cb (Pair *pair)
{
  pair->failures++;
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
pair_open (Pair *pair, UiFixture *fixture)
{
  *pair = (Pair){ .document = tsn_document_new () };
  pair->compare = tsn_document_get_compare (pair->document);
  g_signal_connect_swapped (pair->document, "failed", G_CALLBACK (failed_cb), pair);
  tsn_document_load_model (pair->document, fixture->model);
  open_path (pair->document, fixture->photo);
  g_assert_true (ui_wait (is_idle, pair->document));
}

static void
pair_close (Pair *pair)
{
  g_object_add_weak_pointer (G_OBJECT (pair->document), (gpointer *) &pair->document);
  g_object_unref (pair->document);
  g_assert_null (pair->document);
}

/* Whether every task that both models have is compared. */
static gboolean
is_compared (gpointer data)
{
  Pair *pair = data;

  for (guint i = 0; i < UI_TWIN_TASKS; i++)
    {
      TsnDisagreement *disagreement = tsn_compare_get_disagreement (pair->compare, i);

      if (disagreement == NULL
          || disagreement->first != tsn_document_get_prediction (pair->document, i)
          || disagreement->second != tsn_compare_get_prediction (pair->compare, i))
        return FALSE;
    }
  return !tsn_document_is_busy (pair->document);
}

static void
test_does_nothing_unasked (UiFixture *fixture, gconstpointer data)
{
  Pair pair;

  pair_open (&pair, fixture);
  tsn_compare_set_default (pair.compare, fixture->twin);
  ui_iterate (100);
  g_assert_null (tsn_compare_get_model (pair.compare));
  g_assert_false (tsn_compare_is_on (pair.compare));
  g_assert_null (tsn_compare_get_prediction (pair.compare, 0));
  pair_close (&pair);
}

static void
test_compares_with_the_twin (UiFixture *fixture, gconstpointer data)
{
  Pair pair;

  pair_open (&pair, fixture);
  tsn_compare_set_default (pair.compare, fixture->twin);
  tsn_compare_set_enabled (pair.compare, TRUE);
  g_assert_true (tsn_document_is_busy (pair.document));
  g_assert_true (ui_wait (is_compared, &pair));
  g_assert_true (tsn_compare_is_on (pair.compare));
  g_assert_cmpstr (tsn_compare_get_model_path (pair.compare), ==, fixture->twin);
  for (guint i = 0; i < UI_TWIN_TASKS; i++)
    g_assert_cmpint (tsn_compare_match (pair.compare, i), ==, i);
  g_assert_cmpint (tsn_compare_match (pair.compare, UI_TWIN_TASKS), ==, -1);
  g_assert_null (tsn_compare_get_prediction (pair.compare, UI_TWIN_TASKS));
  g_assert_null (tsn_compare_get_disagreement (pair.compare, UI_TWIN_TASKS));
  g_assert_cmpuint (pair.failures, ==, 0);
  pair_close (&pair);
}

static void
test_compares_while_painting (UiFixture *fixture, gconstpointer data)
{
  Pair pair;
  guint painting;

  pair_open (&pair, fixture);
  painting = ui_paint_endlessly ();
  tsn_compare_set_default (pair.compare, fixture->twin);
  tsn_compare_set_enabled (pair.compare, TRUE);
  g_assert_true (ui_wait (is_compared, &pair));
  g_source_remove (painting);
  pair_close (&pair);
}

static void
test_says_what_differs (UiFixture *fixture, gconstpointer data)
{
  Pair pair;

  pair_open (&pair, fixture);
  tsn_compare_load (pair.compare, fixture->twin);
  tsn_compare_set_enabled (pair.compare, TRUE);
  g_assert_true (ui_wait (is_compared, &pair));
  for (guint i = 0; i < UI_TWIN_TASKS; i++)
    {
      TsnDisagreement *disagreement = tsn_compare_get_disagreement (pair.compare, i);
      g_autofree char *whole = tsn_disagreement_describe (disagreement);
      g_autofree char *there = tsn_disagreement_describe_at (disagreement, 10, 20);

      g_assert_true (isfinite (disagreement->difference->agreement));
      g_assert_cmpuint (tsn_picture_get_width (disagreement->picture, 0), ==, UI_PHOTO_WIDTH);
      g_assert_cmpstr (whole, !=, "");
      g_assert_nonnull (strstr (there, " → "));
    }
  pair_close (&pair);
}

static void
test_agrees_with_itself (UiFixture *fixture, gconstpointer data)
{
  static const double expected[] = { 1, 1, 0, 0, 0 };
  Pair pair;

  pair_open (&pair, fixture);
  tsn_compare_load (pair.compare, fixture->model);
  tsn_compare_set_enabled (pair.compare, TRUE);
  g_assert_true (ui_wait (is_compared, &pair));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpfloat_with_epsilon (
        tsn_compare_get_disagreement (pair.compare, i)->difference->agreement, expected[i], 1e-4);
  pair_close (&pair);
}

static void
test_follows_the_document (UiFixture *fixture, gconstpointer data)
{
  Pair pair;

  pair_open (&pair, fixture);
  tsn_document_show_only (pair.document, 2);
  tsn_compare_load (pair.compare, fixture->twin);
  tsn_compare_set_enabled (pair.compare, TRUE);
  g_assert_true (ui_wait (is_idle, pair.document));
  g_assert_nonnull (tsn_compare_get_prediction (pair.compare, 2));
  g_assert_null (tsn_compare_get_prediction (pair.compare, 3));
  tsn_document_show_all (pair.document);
  g_assert_true (ui_wait (is_compared, &pair));
  open_path (pair.document, fixture->other_photo);
  g_assert_true (ui_wait (is_compared, &pair));
  g_assert_cmpuint (tsn_compare_get_prediction (pair.compare, 0)->result->width, ==,
                    UI_PHOTO_HEIGHT);
  tsn_document_set_size (pair.document, 96);
  g_assert_true (ui_wait (is_compared, &pair));
  g_assert_cmpuint (tsn_compare_get_prediction (pair.compare, 0)->result->output->dim[3], ==, 96);
  pair_close (&pair);
}

/* The second worker begins when the first is done. */
static gboolean
both_work (gpointer data)
{
  Pair *pair = data;
  gboolean both = tsn_predictor_is_busy (tsn_document_get_predictor (pair->document))
                  && tsn_predictor_is_busy (tsn_compare_get_predictor (pair->compare));

  g_assert_false (both);
  return is_compared (pair);
}

static void
test_waits_for_the_first (UiFixture *fixture, gconstpointer data)
{
  Pair pair;

  pair_open (&pair, fixture);
  tsn_compare_load (pair.compare, fixture->twin);
  tsn_compare_set_enabled (pair.compare, TRUE);
  g_assert_true (ui_wait (is_compared, &pair));
  open_path (pair.document, fixture->other_photo);
  g_assert_true (ui_wait (both_work, &pair));
  pair_close (&pair);
}

static void
test_keeps_what_it_has (UiFixture *fixture, gconstpointer data)
{
  Pair pair;

  pair_open (&pair, fixture);
  tsn_compare_set_default (pair.compare, fixture->broken);
  tsn_compare_set_enabled (pair.compare, TRUE);
  g_assert_true (ui_wait (is_idle, pair.document));
  g_assert_cmpuint (pair.failures, ==, 1);
  g_assert_false (tsn_compare_get_enabled (pair.compare));
  tsn_compare_load (pair.compare, fixture->twin);
  tsn_compare_set_enabled (pair.compare, TRUE);
  g_assert_true (ui_wait (is_compared, &pair));
  tsn_compare_load (pair.compare, fixture->broken);
  g_assert_true (ui_wait (is_idle, pair.document));
  g_assert_cmpuint (pair.failures, ==, 2);
  g_assert_cmpstr (tsn_compare_get_model_path (pair.compare), ==, fixture->twin);
  g_assert_true (is_compared (&pair));
  pair_close (&pair);
}

static void
test_modes (UiFixture *fixture, gconstpointer data)
{
  Pair pair;

  pair_open (&pair, fixture);
  tsn_compare_set_wipe (pair.compare, 3);
  g_assert_cmpfloat (tsn_compare_get_wipe (pair.compare), ==, 1);
  tsn_compare_load (pair.compare, fixture->twin);
  tsn_compare_set_enabled (pair.compare, TRUE);
  tsn_compare_set_mode (pair.compare, TSN_COMPARE_BLINK);
  g_assert_true (ui_wait (is_compared, &pair));
  tsn_compare_swap (pair.compare);
  tsn_compare_set_mode (pair.compare, TSN_COMPARE_SIDE);
  g_assert_false (tsn_compare_get_second_shown (pair.compare));
  pair_close (&pair);
}

/* What is stopped while the first model works does not go on with the second. */
static void
test_stops_both (UiFixture *fixture, gconstpointer data)
{
  Pair pair;
  TsnPredictor *first, *second;
  guint64 passes;

  pair_open (&pair, fixture);
  tsn_compare_load (pair.compare, fixture->twin);
  tsn_compare_set_enabled (pair.compare, TRUE);
  g_assert_true (ui_wait (is_compared, &pair));
  first = tsn_document_get_predictor (pair.document);
  second = tsn_compare_get_predictor (pair.compare);
  passes = tsn_predictor_get_encoder_passes (second);
  tsn_document_set_size (pair.document, 512);
  g_assert_true (tsn_predictor_is_busy (first));
  tsn_document_cancel (pair.document);
  ui_iterate (300);
  g_assert_false (tsn_document_is_busy (pair.document));
  g_assert_cmpuint (tsn_predictor_get_encoder_passes (second), ==, passes);
  tsn_document_rerun (pair.document);
  g_assert_true (ui_wait (is_idle, pair.document));
  g_assert_true (is_compared (&pair));
  g_assert_cmpuint (tsn_predictor_get_encoder_passes (second), >, passes);
  pair_close (&pair);
}

static void
test_goes_while_busy (UiFixture *fixture, gconstpointer data)
{
  Pair pair;
  TsnCompare *compare;

  pair_open (&pair, fixture);
  compare = pair.compare;
  g_object_add_weak_pointer (G_OBJECT (compare), (gpointer *) &compare);
  tsn_compare_load (compare, fixture->twin);
  tsn_compare_set_enabled (compare, TRUE);
  pair_close (&pair);
  for (guint i = 0; i < 200 && compare != NULL; i++)
    ui_iterate (20);
  g_assert_null (compare);
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
  add ("/compare/unasked", test_does_nothing_unasked);
  add ("/compare/twin", test_compares_with_the_twin);
  add ("/compare/painting", test_compares_while_painting);
  add ("/compare/differs", test_says_what_differs);
  add ("/compare/itself", test_agrees_with_itself);
  add ("/compare/follows", test_follows_the_document);
  add ("/compare/waits", test_waits_for_the_first);
  add ("/compare/keeps", test_keeps_what_it_has);
  add ("/compare/modes", test_modes);
  add ("/compare/stopped", test_stops_both);
  add ("/compare/busy", test_goes_while_busy);
  return g_test_run ();
}
