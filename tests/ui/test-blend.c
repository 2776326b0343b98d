/* The blend of a document, without a window: what it asks for and what comes back. */
#include "ui-fixture.h"

#include "core/inference/tsn-session.h"
#include "ui/tsn-document.h"

#include <math.h>
#include <string.h>

typedef struct
{
  UiFixture files;
  TsnDocument *document;
  TsnBlend *blend;
  guint changes;
  guint predictions;
  guint whole; /* those of full size */
} Studio;

static gboolean
is_idle (gpointer document)
{
  return !tsn_document_is_busy (document);
}

static void
count_change_cb (Studio *studio)
{
  studio->changes++;
}

static void
count_prediction_cb (Studio *studio)
{
  studio->predictions++;
}

static void
wait (Studio *studio)
{
  g_assert_true (ui_wait (is_idle, studio->document));
}

static void
set_up (Studio *studio, gconstpointer data)
{
  g_autoptr (GFile) photo = NULL;

  ui_fixture_set_up (&studio->files, NULL);
  photo = g_file_new_for_path (studio->files.photo);
  studio->document = tsn_document_new ();
  studio->blend = tsn_document_get_blend (studio->document);
  tsn_document_load_model (studio->document, studio->files.model);
  tsn_document_open_file (studio->document, photo);
  wait (studio);
  g_signal_connect_swapped (studio->blend, "changed", G_CALLBACK (count_change_cb), studio);
  g_signal_connect_swapped (studio->blend, "predicted", G_CALLBACK (count_prediction_cb), studio);
}

static void
tear_down (Studio *studio, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (studio->blend), (gpointer *) &studio->blend);
  g_object_add_weak_pointer (G_OBJECT (studio->document), (gpointer *) &studio->document);
  g_object_unref (studio->document);
  /* Drawings and comparisons that are under way end first. */
  for (guint i = 0; i < 200 && (studio->document != NULL || studio->blend != NULL); i++)
    ui_iterate (20);
  g_assert_null (studio->document);
  g_assert_null (studio->blend);
  ui_fixture_tear_down (&studio->files, NULL);
}

static void
keep_cb (guint index, TsnTensor *output, gpointer data)
{
  *(TsnTensor **) data = tsn_tensor_ref (output);
}

/* What the network says under the blend, computed apart from worker and predictor. */
static TsnTensor *
compute (Studio *studio)
{
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  g_autoptr (TsnSession) session
      = tsn_session_new (tsn_document_get_model (studio->document), pool);
  g_autoptr (TsnMixture) mixture = tsn_blend_make_mixture (studio->blend);
  g_autoptr (TsnTensor) input = NULL;
  TsnTensor *output = NULL;
  guint width, height;

  g_assert_true (tsn_document_get_network_size (studio->document, &width, &height));
  input = tsn_image_to_tensor (tsn_document_get_photo (studio->document)->image, width, height);
  g_assert_true (tsn_session_encode (session, input, NULL, NULL));
  g_assert_true (tsn_session_decode_mixtures (session, (const TsnMixture *const *) &mixture, 1,
                                              keep_cb, &output, NULL, NULL));
  return output;
}

static void
assert_shows_the_mix (Studio *studio)
{
  TsnPrediction *prediction = tsn_blend_get_prediction (studio->blend);
  g_autoptr (TsnTensor) expected = compute (studio);
  const TsnTensor *found;

  g_assert_nonnull (prediction);
  found = prediction->result->output;
  g_assert_true (tsn_tensor_has_shape (found, expected->rank, expected->dim));
  for (size_t i = 0; i < tsn_tensor_length (expected); i++)
    g_assert_cmpfloat_with_epsilon (found->data[i], expected->data[i], 1e-4);
}

static void
test_rests_until_it_is_wanted (Studio *studio, gconstpointer data)
{
  g_assert_cmpuint (tsn_blend_get_n_tasks (studio->blend), ==, 6);
  g_assert_true (tsn_blend_can_mix (studio->blend));
  g_assert_cmpfloat (tsn_blend_get_weights (studio->blend)[0], ==, 1);
  tsn_blend_set_place (studio->blend, 0, 0);
  wait (studio);
  g_assert_cmpuint (studio->changes, ==, 1);
  g_assert_null (tsn_blend_get_prediction (studio->blend));
  tsn_blend_set_shown (studio->blend, TRUE);
  wait (studio);
  assert_shows_the_mix (studio);
  tsn_blend_set_open (studio->blend, TRUE);
  tsn_blend_set_shown (studio->blend, FALSE);
  g_assert_true (tsn_blend_is_active (studio->blend));
  g_assert_nonnull (tsn_blend_get_prediction (studio->blend));
  tsn_blend_set_open (studio->blend, FALSE);
  g_assert_null (tsn_blend_get_prediction (studio->blend));
}

/* A task by itself is that task, whatever is mixed. */
static void
test_corners_are_the_tasks (Studio *studio, gconstpointer data)
{
  tsn_blend_set_shown (studio->blend, TRUE);
  for (guint task = 0; task < 6; task++)
    {
      TsnPrediction *plain = tsn_document_get_prediction (studio->document, task);
      TsnTensor *found;

      tsn_blend_set_task (studio->blend, task);
      tsn_blend_set_space (studio->blend, task % 3);
      wait (studio);
      g_assert_cmpuint (tsn_blend_get_readout (studio->blend), ==, task);
      found = tsn_blend_get_prediction (studio->blend)->result->output;
      g_assert_cmpmem (found->data, tsn_tensor_length (found) * sizeof (float),
                       plain->result->output->data,
                       tsn_tensor_length (plain->result->output) * sizeof (float));
    }
}

/* The hand moves far quicker than the network answers: it answers on the way and at the end. */
static void
test_drag_ends_with_the_last_place (Studio *studio, gconstpointer data)
{
  guint64 encoder_passes;

  tsn_blend_set_shown (studio->blend, TRUE);
  wait (studio);
  encoder_passes = tsn_predictor_get_encoder_passes (tsn_document_get_predictor (studio->document));
  studio->predictions = 0;
  for (guint i = 0; i < 100; i++)
    {
      tsn_blend_set_place (studio->blend, 0.6 * sin (0.1 * i), 0.6 * cos (0.1 * i));
      ui_iterate (2);
    }
  g_assert_cmpuint (studio->predictions, >, 0);
  wait (studio);
  g_assert_cmpuint (studio->predictions, <=, 101);
  assert_shows_the_mix (studio);
  g_assert_cmpuint (
      tsn_predictor_get_encoder_passes (tsn_document_get_predictor (studio->document)), ==,
      encoder_passes);
}

static gboolean
is_whole (Studio *studio)
{
  guint width, height;
  TsnPrediction *prediction = tsn_blend_get_prediction (studio->blend);

  g_assert_true (tsn_document_get_network_size (studio->document, &width, &height));
  return prediction != NULL
         && prediction->result->output->dim[prediction->result->output->rank - 1] == width;
}

static void
count_whole_cb (Studio *studio)
{
  studio->whole += is_whole (studio);
}

/* A network that is too slow to follow says less while the mix moves, and all when it rests. */
static void
test_smaller_while_it_moves (Studio *studio, gconstpointer data)
{
  TsnPrediction *first;

  tsn_blend_set_shown (studio->blend, TRUE);
  wait (studio);
  tsn_document_set_size (studio->document, 128);
  wait (studio);
  first = tsn_blend_get_prediction (studio->blend);
  g_assert_true (is_whole (studio));
  tsn_blend_set_patience (studio->blend, 0);
  g_signal_connect_swapped (studio->blend, "predicted", G_CALLBACK (count_whole_cb), studio);
  studio->predictions = 0;
  for (guint i = 0; i < 30; i++)
    {
      tsn_blend_set_place (studio->blend, 0.6 * sin (0.1 * i), 0.6 * cos (0.1 * i));
      g_assert_true (tsn_document_is_busy (studio->document));
      ui_iterate (10);
    }
  while (tsn_blend_get_prediction (studio->blend) == first)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (studio->predictions, >, 0);
  g_assert_cmpuint (studio->whole, ==, 0);
  g_assert_null (tsn_blend_get_contrast (studio->blend));
  wait (studio);
  g_assert_cmpuint (studio->whole, ==, 1);
  assert_shows_the_mix (studio);
  ui_iterate (500);
  assert_shows_the_mix (studio);
  g_assert_nonnull (tsn_blend_get_contrast (studio->blend));
}

/* Neither a preview nor the whole result comes to what is no longer there. */
static void
test_previews_end (Studio *studio, gconstpointer data)
{
  g_autoptr (GFile) other = g_file_new_for_path (studio->files.other_photo);

  tsn_blend_set_shown (studio->blend, TRUE);
  wait (studio);
  tsn_blend_set_patience (studio->blend, 0);
  tsn_blend_set_place (studio->blend, 0.3, 0.2);
  tsn_blend_set_shown (studio->blend, FALSE);
  g_assert_false (tsn_document_is_busy (studio->document));
  ui_iterate (500);
  g_assert_null (tsn_blend_get_prediction (studio->blend));
  tsn_blend_set_shown (studio->blend, TRUE);
  wait (studio);
  tsn_blend_set_place (studio->blend, -0.3, 0.2);
  tsn_document_open_file (studio->document, other);
  wait (studio);
  assert_shows_the_mix (studio);
  tsn_blend_set_place (studio->blend, -0.2, 0.1);
  tsn_document_load_model (studio->document, studio->files.model);
  wait (studio);
  assert_shows_the_mix (studio);
}

static void
test_follows_every_new_photo (Studio *studio, gconstpointer data)
{
  g_autoptr (GFile) other = g_file_new_for_path (studio->files.other_photo);

  tsn_blend_set_shown (studio->blend, TRUE);
  tsn_blend_set_place (studio->blend, 0.3, 0.2);
  wait (studio);
  tsn_document_open_file (studio->document, other);
  wait (studio);
  g_assert_cmpuint (tsn_blend_get_prediction (studio->blend)->result->width, ==, UI_PHOTO_HEIGHT);
  assert_shows_the_mix (studio);
  tsn_document_set_size (studio->document, 96);
  wait (studio);
  assert_shows_the_mix (studio);
  /* The same model again keeps the mix. */
  tsn_document_load_model (studio->document, studio->files.model);
  wait (studio);
  g_assert_cmpfloat (tsn_blend_get_weights (studio->blend)[0], <, 1);
  assert_shows_the_mix (studio);
}

static void
test_readout_follows_the_heaviest (Studio *studio, gconstpointer data)
{
  const double weights[6] = { 0.1, 0, 0.5, 0, 0, 0.4 };
  const double alike[6] = { 0.1, 0, 0.45, 0, 0, 0.451 };

  tsn_blend_set_shown (studio->blend, TRUE);
  tsn_blend_set_weights (studio->blend, weights);
  g_assert_cmpuint (tsn_blend_get_readout (studio->blend), ==, 2);
  tsn_blend_set_weights (studio->blend, alike);
  g_assert_cmpuint (tsn_blend_get_readout (studio->blend), ==, 2);
  tsn_blend_set_weight (studio->blend, 5, 0.9);
  g_assert_cmpuint (tsn_blend_get_readout (studio->blend), ==, 5);
  tsn_blend_set_readout (studio->blend, 0);
  g_assert_false (tsn_blend_get_follow (studio->blend));
  tsn_blend_set_task (studio->blend, 4);
  g_assert_cmpuint (tsn_blend_get_readout (studio->blend), ==, 0);
  wait (studio);
  g_assert_cmpstr (tsn_blend_get_prediction (studio->blend)->result->task->name, ==,
                   tsn_blend_get_task (studio->blend, 0)->name);
  tsn_blend_set_follow (studio->blend, TRUE);
  g_assert_cmpuint (tsn_blend_get_readout (studio->blend), ==, 4);
}

static gboolean
has_contrast (gpointer blend)
{
  return tsn_blend_get_contrast (blend) != NULL;
}

/* A corner is the plain task; half way to another it is not. */
static void
test_contrast (Studio *studio, gconstpointer data)
{
  const double half[6] = { 0, 0, 0, 0, 0.4, 0.6 };

  tsn_blend_set_shown (studio->blend, TRUE);
  tsn_blend_set_task (studio->blend, 5);
  g_assert_true (ui_wait (has_contrast, studio->blend));
  g_assert_cmpfloat (tsn_blend_get_contrast (studio->blend)->difference->agreement, ==, 0);
  tsn_blend_set_weights (studio->blend, half);
  wait (studio);
  g_assert_null (tsn_blend_get_contrast (studio->blend));
  g_assert_true (ui_wait (has_contrast, studio->blend));
  g_assert_cmpfloat (tsn_blend_get_contrast (studio->blend)->difference->agreement, >, 0);
}

static void
test_sums (Studio *studio, gconstpointer data)
{
  const double weights[6] = { 0.5, 0, 1, 0, 0.5, 0 }, nothing[6] = { 0 };

  tsn_blend_set_weights (studio->blend, weights);
  g_assert_cmpfloat_with_epsilon (tsn_blend_get_sum (studio->blend), 2, 1e-12);
  tsn_blend_normalise (studio->blend);
  g_assert_cmpfloat_with_epsilon (tsn_blend_get_weights (studio->blend)[2], 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (tsn_blend_get_sum (studio->blend), 1, 1e-12);
  tsn_blend_set_weights (studio->blend, nothing);
  tsn_blend_normalise (studio->blend);
  g_assert_cmpfloat (tsn_blend_get_sum (studio->blend), ==, 0);
}

static const float *
weights_of (const TsnMixture *mixture, guint module)
{
  return mixture->weights + module * mixture->n_tasks;
}

static void
test_modules_go_their_own_way (Studio *studio, gconstpointer data)
{
  g_autoptr (TsnMixture) mixture = NULL;

  g_assert_cmpstr (tsn_blend_get_module_name (studio->blend, 0), ==, "O5");
  tsn_blend_set_shown (studio->blend, TRUE);
  tsn_blend_set_task (studio->blend, 2);
  tsn_blend_set_module (studio->blend, 4, 5);
  g_assert_cmpint (tsn_blend_get_module (studio->blend, 4), ==, 5);
  g_assert_cmpint (tsn_blend_get_module (studio->blend, 3), ==, TSN_BLEND_AS_PAD);
  mixture = tsn_blend_make_mixture (studio->blend);
  for (guint i = 0; i < mixture->n_modules; i++)
    {
      g_assert_cmpfloat (weights_of (mixture, i)[2], ==, i != 4);
      g_assert_cmpfloat (weights_of (mixture, i)[5], ==, i == 4);
    }
  wait (studio);
  assert_shows_the_mix (studio);
  tsn_blend_set_place (studio->blend, 0, 0);
  tsn_blend_set_module (studio->blend, 1, TSN_BLEND_PINNED);
  tsn_blend_set_task (studio->blend, 0);
  g_assert_cmpint (tsn_blend_get_module (studio->blend, 1), ==, TSN_BLEND_PINNED);
  g_assert_cmpfloat_with_epsilon (tsn_blend_get_module_weights (studio->blend, 1)[3], 1.0 / 6,
                                  1e-9);
  g_assert_cmpuint (tsn_blend_count_own_modules (studio->blend), ==, 2);
  tsn_blend_reset_modules (studio->blend);
  g_assert_cmpuint (tsn_blend_count_own_modules (studio->blend), ==, 0);
}

static void
test_stages (Studio *studio, gconstpointer data)
{
  guint n = tsn_blend_get_n_modules (studio->blend), skips = 0;

  tsn_blend_set_stage (studio->blend, TSN_BLEND_COARSE, 0);
  tsn_blend_set_stage (studio->blend, TSN_BLEND_FINE, 2);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (tsn_blend_get_module (studio->blend, i), ==, i < n / 2 ? 0 : 2);
  tsn_blend_set_stage (studio->blend, TSN_BLEND_SKIPS, TSN_BLEND_AS_PAD);
  for (guint i = 0; i < n; i++)
    skips += tsn_blend_get_module (studio->blend, i) == TSN_BLEND_AS_PAD;
  g_assert_cmpuint (skips, ==, 4);
  tsn_blend_reset (studio->blend);
  g_assert_cmpuint (tsn_blend_count_own_modules (studio->blend), ==, 0);
}

/* The maps before a module that goes its own way stay what they were; from there on they change. */
static void
test_module_changes_what_follows (Studio *studio, gconstpointer data)
{
  TsnModel *model = tsn_document_get_model (studio->document);
  g_autoptr (TsnPool) pool = tsn_pool_new (1);
  g_autoptr (TsnSession) session = tsn_session_new (model, pool);
  g_autoptr (TsnTensor) input = tsn_tensor_new_nchw (1, 3, 64, 96);
  guint n = tsn_blend_get_n_modules (studio->blend);
  TsnTensor **before = g_new0 (TsnTensor *, n);

  for (size_t i = 0; i < tsn_tensor_length (input); i++)
    input->data[i] = (i * 7 % 101) / 100.0f;
  g_assert_true (tsn_session_encode (session, input, NULL, NULL));
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (TsnMixture) mixture = tsn_blend_make_mixture (studio->blend);
      g_autoptr (TsnTensor) output = NULL;

      g_assert_true (tsn_session_decode_mixtures (session, (const TsnMixture *const *) &mixture, 1,
                                                  keep_cb, &output, NULL, NULL));
      for (guint i = 0; i < n; i++)
        {
          const char *name = tsn_blend_get_module_name (studio->blend, i);
          g_autoptr (TsnTensor) map = tsn_session_tap (session, name, NULL);
          size_t bytes = tsn_tensor_length (map) * sizeof (float);

          if (round == 0)
            before[i] = tsn_tensor_copy (map);
          else if (i < 4 || name[0] == 'S')
            g_assert_cmpmem (map->data, bytes, before[i]->data, bytes);
          else
            g_assert_cmpint (memcmp (map->data, before[i]->data, bytes), !=, 0);
        }
      tsn_blend_set_module (studio->blend, 4, 5);
    }
  for (guint i = 0; i < n; i++)
    tsn_tensor_unref (before[i]);
  g_free (before);
}

static void
test_path_tours_the_tasks (Studio *studio, gconstpointer data)
{
  TsnBlendPath *path = tsn_blend_get_path (studio->blend);
  double weights[6];

  tsn_blend_path_get_weights (path, 0.25 / 6, weights);
  g_assert_cmpfloat_with_epsilon (weights[0], 0.75, 1e-9);
  g_assert_cmpfloat_with_epsilon (weights[1], 0.25, 1e-9);
  tsn_blend_path_get_weights (path, 1, weights);
  g_assert_cmpfloat_with_epsilon (weights[0], 1, 1e-9);
  tsn_blend_path_set_loop (path, FALSE);
  tsn_blend_path_get_weights (path, 1, weights);
  g_assert_cmpfloat_with_epsilon (weights[5], 1, 1e-9);
  tsn_blend_path_set_time (path, 0.5);
  g_assert_cmpfloat_with_epsilon (tsn_blend_get_weights (studio->blend)[2], 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (tsn_blend_get_weights (studio->blend)[3], 0.5, 1e-9);
}

static void
test_path_plays (Studio *studio, gconstpointer data)
{
  TsnBlendPath *path = tsn_blend_get_path (studio->blend);

  tsn_blend_path_set_duration (path, 10);
  tsn_blend_path_advance (path, 1);
  g_assert_cmpfloat (tsn_blend_path_get_time (path), ==, 0);
  tsn_blend_path_set_playing (path, TRUE);
  tsn_blend_path_advance (path, 4);
  g_assert_cmpfloat_with_epsilon (tsn_blend_path_get_time (path), 0.4, 1e-9);
  g_assert_true (tsn_blend_path_get_playing (path));
  tsn_blend_path_advance (path, 8);
  g_assert_cmpfloat_with_epsilon (tsn_blend_path_get_time (path), 0.2, 1e-9);
  tsn_blend_path_set_loop (path, FALSE);
  tsn_blend_path_advance (path, 9);
  g_assert_cmpfloat (tsn_blend_path_get_time (path), ==, 1);
  g_assert_false (tsn_blend_path_get_playing (path));
  /* From the end it begins again; a hand on the pad stops it. */
  tsn_blend_path_set_playing (path, TRUE);
  g_assert_cmpfloat (tsn_blend_path_get_time (path), ==, 0);
  tsn_blend_set_place (studio->blend, 0.1, 0.1);
  g_assert_false (tsn_blend_path_get_playing (path));
}

static void
test_path_of_ones_own (Studio *studio, gconstpointer data)
{
  TsnBlendPath *path = tsn_blend_get_path (studio->blend);
  double weights[6];

  tsn_blend_set_task (studio->blend, 2);
  tsn_blend_path_add (path, tsn_blend_get_weights (studio->blend));
  tsn_blend_path_get_weights (path, 0.7, weights);
  g_assert_cmpfloat (weights[2], ==, 1);
  tsn_blend_set_task (studio->blend, 5);
  tsn_blend_path_add (path, tsn_blend_get_weights (studio->blend));
  tsn_blend_path_get_weights (path, 0.75, weights);
  g_assert_cmpfloat_with_epsilon (weights[2], 0.5, 1e-9);
  tsn_blend_path_remove (path, 0);
  g_assert_cmpfloat (tsn_blend_path_get_point (path, 0)[5], ==, 1);
  tsn_blend_path_add_tour (path);
  g_assert_cmpuint (tsn_blend_path_get_n_points (path), ==, 7);
  tsn_blend_path_clear (path);
  g_assert_cmpuint (tsn_blend_path_get_n_points (path), ==, 0);
}

/* Between two way-points when a model of fewer, then of more tasks comes. */
static void
test_path_ends_with_the_model (Studio *studio, gconstpointer data)
{
  TsnBlendPath *path = tsn_blend_get_path (studio->blend);

  tsn_blend_path_add_tour (path);
  tsn_blend_path_set_time (path, 0.6);
  tsn_document_load_model (studio->document, studio->files.twin);
  wait (studio);
  g_assert_cmpfloat (tsn_blend_path_get_time (path), ==, 0);
  g_assert_cmpuint (tsn_blend_path_get_n_points (path), ==, 0);
  g_assert_cmpfloat (tsn_blend_get_weights (studio->blend)[0], ==, 1);
  tsn_blend_path_set_time (path, 0.5);
  g_assert_cmpfloat (tsn_blend_get_weights (studio->blend)[0], <, 1);
  tsn_document_load_model (studio->document, studio->files.model);
  wait (studio);
  g_assert_cmpfloat (tsn_blend_path_get_time (path), ==, 0);
  g_assert_cmpfloat (tsn_blend_get_weights (studio->blend)[0], ==, 1);
}

static void
test_words (Studio *studio, gconstpointer data)
{
  const double weights[6] = { 0, 0, 0.7, 0, -0.1, 0.4 }, nothing[6] = { 0.001 };
  g_autofree char *text = tsn_blend_describe_weights (studio->blend, weights);
  g_autofree char *none = tsn_blend_describe_weights (studio->blend, nothing);
  g_autofree char *all = NULL;

  g_assert_cmpstr (text, ==, "70 % Edges, 40 % Depth, −10 % Surface normals");
  g_assert_cmpstr (none, ==, "No task at all");
  tsn_blend_set_weights (studio->blend, weights);
  tsn_blend_set_module (studio->blend, 0, 1);
  all = tsn_blend_describe (studio->blend);
  g_assert_cmpstr (all, ==,
                   "70 % Edges, 40 % Depth, −10 % Surface normals; 1 module has a mix of its own; "
                   "read as Edges");
}

static TsnModel *
make_model (TsnConditioning conditioning)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_everyday ();
  const TsnNetworkSpec spec = { 18, 0.07, conditioning, TSN_CODE_ORTHOGONAL, 2, tasks };
  g_autoptr (GError) error = NULL;
  TsnModel *model = tsn_model_new (&spec, &error);

  g_assert_no_error (error);
  return model;
}

/* Only a network with an embedding has three spaces; nothing is said that is not in it. */
static void
test_spaces_in_words (void)
{
  static const char *const words[] = { "before the embedding network", "straight", "linear layer" };
  g_autoptr (TsnDocument) document = tsn_document_new ();
  TsnBlend *blend = tsn_document_get_blend (document);

  for (guint i = 0; i < TSN_N_CONDITIONINGS; i++)
    {
      g_autoptr (TsnModel) model = make_model (i);

      tsn_blend_set_model (blend, model);
      for (guint space = TSN_MIX_CODES; space <= TSN_MIX_COEFFICIENTS; space++)
        {
          const char *said;

          tsn_blend_set_space (blend, space);
          said = tsn_blend_explain_space (blend);
          if (tsn_conditioning_has_embedding (i))
            g_assert_nonnull (strstr (said, words[space]));
          else
            g_assert_nonnull (strstr (said, "no embedding network"));
        }
    }
}

static void
add (const char *path, void (*test) (Studio *, gconstpointer))
{
  g_test_add (path, Studio, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/blend/rests", test_rests_until_it_is_wanted);
  add ("/blend/corners", test_corners_are_the_tasks);
  add ("/blend/drag", test_drag_ends_with_the_last_place);
  add ("/blend/preview", test_smaller_while_it_moves);
  add ("/blend/preview/ends", test_previews_end);
  add ("/blend/new-input", test_follows_every_new_photo);
  add ("/blend/readout", test_readout_follows_the_heaviest);
  add ("/blend/contrast", test_contrast);
  add ("/blend/sum", test_sums);
  add ("/blend/modules", test_modules_go_their_own_way);
  add ("/blend/stages", test_stages);
  add ("/blend/modules/order", test_module_changes_what_follows);
  add ("/blend/path/tour", test_path_tours_the_tasks);
  add ("/blend/path/play", test_path_plays);
  add ("/blend/path/own", test_path_of_ones_own);
  add ("/blend/path/other-model", test_path_ends_with_the_model);
  add ("/blend/words", test_words);
  g_test_add_func ("/blend/words/spaces", test_spaces_in_words);
  return g_test_run ();
}
