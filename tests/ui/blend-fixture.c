#include "blend-fixture.h"

#include "core/inference/tsn-session.h"

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

void
blend_wait (Studio *studio)
{
  g_assert_true (ui_wait (is_idle, studio->document));
}

void
blend_set_up (Studio *studio, gconstpointer data)
{
  g_autoptr (GFile) photo = NULL;

  ui_fixture_set_up (&studio->files, NULL);
  photo = g_file_new_for_path (studio->files.photo);
  studio->document = tsn_document_new ();
  studio->blend = tsn_document_get_blend (studio->document);
  tsn_document_load_model (studio->document, studio->files.model);
  tsn_document_open_file (studio->document, photo);
  blend_wait (studio);
  g_signal_connect_swapped (studio->blend, "changed", G_CALLBACK (count_change_cb), studio);
  g_signal_connect_swapped (studio->blend, "predicted", G_CALLBACK (count_prediction_cb), studio);
}

void
blend_tear_down (Studio *studio, gconstpointer data)
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

/* Keeps the only output of a decoding. */
void
blend_keep_cb (guint index, TsnTensor *output, gpointer data)
{
  *(TsnTensor **) data = tsn_tensor_ref (output);
}

/* What the network says under the blend, computed apart from worker and predictor. */
TsnTensor *
blend_compute (Studio *studio)
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
                                              blend_keep_cb, &output, NULL, NULL));
  return output;
}

void
blend_assert_shown (Studio *studio)
{
  TsnPrediction *prediction = tsn_blend_get_prediction (studio->blend);
  g_autoptr (TsnTensor) expected = blend_compute (studio);
  const TsnTensor *found;

  g_assert_nonnull (prediction);
  found = prediction->result->output;
  g_assert_true (tsn_tensor_has_shape (found, expected->rank, expected->dim));
  for (size_t i = 0; i < tsn_tensor_length (expected); i++)
    g_assert_cmpfloat_with_epsilon (found->data[i], expected->data[i], 1e-4);
}
