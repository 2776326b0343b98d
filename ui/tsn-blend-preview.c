/* What a mix looks like while it moves and the network is too slow to follow. */
#include "ui/tsn-blend-private.h"

/* How long the mix must rest before its whole result is asked for, in milliseconds. */
#define SETTLE_MS 200

/* A decoding takes about a quarter of the time then, and so does the one encoding. */
#define FRACTION 2

static void
mixed_cb (TsnBlend *self, guint slot, guint index, TsnPrediction *prediction)
{
  if (slot == TSN_PREDICTOR_BLEND && !self->whole)
    tsn_blend_take (self, prediction);
}

static gboolean
settle_cb (gpointer data)
{
  TsnBlend *self = data;

  self->settle = 0;
  tsn_blend_ask (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_slow (TsnBlend *self)
{
  const TsnTiming *timing = tsn_predictor_get_timing (self->predictor);

  return timing->n_tasks > 0 && timing->decode_seconds / timing->n_tasks > self->patience;
}

/**
 * tsn_blend_preview:
 *
 * Asks for a smaller result now and for the whole one when the mix has come to rest, if the whole
 * one could not follow it.
 *
 * Returns: whether it does so.
 */
gboolean
tsn_blend_preview (TsnBlend *self)
{
  g_autoptr (TsnMixture) mixture = NULL;

  if (!tsn_blend_is_active (self) || !tsn_blend_can_mix (self) || !is_slow (self))
    return FALSE;
  if (self->preview == NULL)
    {
      self->preview = tsn_predictor_new ();
      g_signal_connect_swapped (self->preview, "mixed", G_CALLBACK (mixed_cb), self);
    }
  self->whole = FALSE;
  mixture = tsn_blend_make_mixture (self);
  /* Nothing else is to be worked on meanwhile; what is begun comes to its end. */
  tsn_predictor_ask (self->predictor, TSN_PREDICTOR_BLEND, NULL, 0, NULL);
  tsn_predictor_take_input (self->preview, self->predictor, FRACTION);
  tsn_predictor_ask (self->preview, TSN_PREDICTOR_BLEND, (const TsnMixture *const *) &mixture, 1,
                     NULL);
  g_clear_handle_id (&self->settle, g_source_remove);
  self->settle = g_timeout_add (SETTLE_MS, settle_cb, self);
  return TRUE;
}

/* Previews that are under way are of another photo or model. */
void
tsn_blend_drop_preview (TsnBlend *self)
{
  if (self->preview != NULL)
    tsn_predictor_set_input (self->preview, NULL, NULL, 0);
}

void
tsn_blend_dispose_preview (TsnBlend *self)
{
  g_clear_handle_id (&self->settle, g_source_remove);
  if (self->preview != NULL)
    g_signal_handlers_disconnect_by_data (self->preview, self);
  g_clear_object (&self->preview);
}

/**
 * tsn_blend_set_patience:
 * @seconds: that a decoding may take for the blend to follow every change at full size
 *
 * Above it a smaller result is shown until the mix has come to rest.
 */
void
tsn_blend_set_patience (TsnBlend *self, double seconds)
{
  self->patience = seconds;
}

/**
 * tsn_blend_is_settling:
 *
 * Returns: whether the whole result is still to be asked for.
 */
gboolean
tsn_blend_is_settling (TsnBlend *self)
{
  return self->settle != 0;
}
