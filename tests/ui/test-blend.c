/* The blend of a document: what it asks for and what comes back. */
#include "blend-fixture.h"

#include "core/inference/tsn-session.h"

#include <math.h>
#include <string.h>

static void
test_rests_until_it_is_wanted (Studio *studio, gconstpointer data)
{
  g_assert_cmpuint (tsn_blend_get_n_tasks (studio->blend), ==, 6);
  g_assert_true (tsn_blend_can_mix (studio->blend));
  g_assert_cmpfloat (tsn_blend_get_weights (studio->blend)[0], ==, 1);
  tsn_blend_set_place (studio->blend, 0, 0);
  blend_wait (studio);
  g_assert_cmpuint (studio->changes, ==, 1);
  g_assert_null (tsn_blend_get_prediction (studio->blend));
  tsn_blend_set_shown (studio->blend, TRUE);
  blend_wait (studio);
  blend_assert_shown (studio);
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
      blend_wait (studio);
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
  blend_wait (studio);
  encoder_passes = tsn_predictor_get_encoder_passes (tsn_document_get_predictor (studio->document));
  studio->predictions = 0;
  for (guint i = 0; i < 100; i++)
    {
      tsn_blend_set_place (studio->blend, 0.6 * sin (0.1 * i), 0.6 * cos (0.1 * i));
      ui_iterate (2);
    }
  g_assert_cmpuint (studio->predictions, >, 0);
  blend_wait (studio);
  g_assert_cmpuint (studio->predictions, <=, 101);
  blend_assert_shown (studio);
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
  blend_wait (studio);
  tsn_document_set_size (studio->document, 128);
  blend_wait (studio);
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
  blend_wait (studio);
  g_assert_cmpuint (studio->whole, ==, 1);
  blend_assert_shown (studio);
  ui_iterate (500);
  blend_assert_shown (studio);
  g_assert_nonnull (tsn_blend_get_contrast (studio->blend));
}

/* Neither a preview nor the whole result comes to what is no longer there. */
static void
test_previews_end (Studio *studio, gconstpointer data)
{
  g_autoptr (GFile) other = g_file_new_for_path (studio->files.other_photo);

  tsn_blend_set_shown (studio->blend, TRUE);
  blend_wait (studio);
  tsn_blend_set_patience (studio->blend, 0);
  tsn_blend_set_place (studio->blend, 0.3, 0.2);
  tsn_blend_set_shown (studio->blend, FALSE);
  g_assert_false (tsn_document_is_busy (studio->document));
  ui_iterate (500);
  g_assert_null (tsn_blend_get_prediction (studio->blend));
  tsn_blend_set_shown (studio->blend, TRUE);
  blend_wait (studio);
  tsn_blend_set_place (studio->blend, -0.3, 0.2);
  tsn_document_open_file (studio->document, other);
  blend_wait (studio);
  blend_assert_shown (studio);
  tsn_blend_set_place (studio->blend, -0.2, 0.1);
  tsn_document_load_model (studio->document, studio->files.model);
  blend_wait (studio);
  blend_assert_shown (studio);
}

static void
test_follows_every_new_photo (Studio *studio, gconstpointer data)
{
  g_autoptr (GFile) other = g_file_new_for_path (studio->files.other_photo);

  tsn_blend_set_shown (studio->blend, TRUE);
  tsn_blend_set_place (studio->blend, 0.3, 0.2);
  blend_wait (studio);
  tsn_document_open_file (studio->document, other);
  blend_wait (studio);
  g_assert_cmpuint (tsn_blend_get_prediction (studio->blend)->result->width, ==, UI_PHOTO_HEIGHT);
  blend_assert_shown (studio);
  tsn_document_set_size (studio->document, 96);
  blend_wait (studio);
  blend_assert_shown (studio);
  /* The same model again keeps the mix. */
  tsn_document_load_model (studio->document, studio->files.model);
  blend_wait (studio);
  g_assert_cmpfloat (tsn_blend_get_weights (studio->blend)[0], <, 1);
  blend_assert_shown (studio);
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
  blend_wait (studio);
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
  blend_wait (studio);
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
  blend_wait (studio);
  blend_assert_shown (studio);
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
                                                  blend_keep_cb, &output, NULL, NULL));
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
  g_test_add (path, Studio, NULL, blend_set_up, test, blend_tear_down);
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
  add ("/blend/words", test_words);
  g_test_add_func ("/blend/words/spaces", test_spaces_in_words);
  return g_test_run ();
}
