/* A mix of tasks and what the network says under it. */
#pragma once

#include "core/inference/tsn-mixture.h"
#include "ui/tsn-blend-path.h"
#include "ui/tsn-disagreement.h"
#include "ui/tsn-predictor.h"

G_BEGIN_DECLS

#define TSN_TYPE_BLEND (tsn_blend_get_type ())
G_DECLARE_FINAL_TYPE (TsnBlend, tsn_blend, TSN, BLEND, GObject)

/**
 * TsnBlend:
 *
 * The weights of all tasks, the space that they are mixed in, the read-out, and the decoder modules
 * that do not follow the weights but have a mix of their own.  While the blend is active, every
 * change of them asks the predictor for the result; the predictor sees to it that quick changes
 * neither queue nor starve.  With a network that is too slow to follow, a smaller result is shown
 * until the mix has come to rest.
 *
 * Properties: `shown` (gboolean, somebody wants the blend beside the tasks), `open` (gboolean, the
 * page of the blend is open), `active` (gboolean, read-only, either of the two), `space` (guint, a
 * #TsnMixSpace), `readout` (guint, the task by whose head the blend is read), `follow` (gboolean,
 * the read-out is that of the heaviest task).
 *
 * Signals: `changed` () when another mix is asked for, `predicted` () when its result arrived or
 * went, `contrasted` () when it was compared with the plain task or no longer is, `model-changed` ()
 * when there are other tasks and modules.
 */

/**
 * What a module does that has no task of its own: %TSN_BLEND_AS_PAD follows the weights of the
 * blend, %TSN_BLEND_PINNED keeps a mix of its own.
 */
#define TSN_BLEND_AS_PAD (-1)
#define TSN_BLEND_PINNED (-2)

/**
 * TsnBlendStage:
 * @TSN_BLEND_COARSE: the first half of the decoder, at strides from 32 to 8
 * @TSN_BLEND_FINE: the second half, down to single pixels
 * @TSN_BLEND_SKIPS: the modules that read the encoder's finer maps, S4 to S1
 *
 * Modules that are chosen together.
 */
typedef enum
{
  TSN_BLEND_COARSE,
  TSN_BLEND_FINE,
  TSN_BLEND_SKIPS,
} TsnBlendStage;

#define TSN_BLEND_N_STAGES 3

TsnBlend *tsn_blend_new (TsnPredictor *predictor);
void tsn_blend_set_model (TsnBlend *self, TsnModel *model);
void tsn_blend_ask (TsnBlend *self);
void tsn_blend_forget (TsnBlend *self);
gboolean tsn_blend_is_settling (TsnBlend *self);
void tsn_blend_set_patience (TsnBlend *self, double seconds);
TsnBlendPath *tsn_blend_get_path (TsnBlend *self);

gboolean tsn_blend_can_mix (TsnBlend *self);
guint tsn_blend_get_n_tasks (TsnBlend *self);
const TsnTask *tsn_blend_get_task (TsnBlend *self, guint task);

const double *tsn_blend_get_weights (TsnBlend *self);
void tsn_blend_set_weights (TsnBlend *self, const double *weights);
void tsn_blend_set_weight (TsnBlend *self, guint task, double weight);
void tsn_blend_set_task (TsnBlend *self, guint task);
void tsn_blend_set_place (TsnBlend *self, double x, double y);
double tsn_blend_get_sum (TsnBlend *self);
void tsn_blend_normalise (TsnBlend *self);
void tsn_blend_reset (TsnBlend *self);

TsnMixSpace tsn_blend_get_space (TsnBlend *self);
void tsn_blend_set_space (TsnBlend *self, TsnMixSpace space);
guint tsn_blend_get_readout (TsnBlend *self);
void tsn_blend_set_readout (TsnBlend *self, guint task);
gboolean tsn_blend_get_follow (TsnBlend *self);
void tsn_blend_set_follow (TsnBlend *self, gboolean follow);

guint tsn_blend_get_n_modules (TsnBlend *self);
const char *tsn_blend_get_module_name (TsnBlend *self, guint module);
int tsn_blend_get_module (TsnBlend *self, guint module);
void tsn_blend_set_module (TsnBlend *self, guint module, int choice);
const double *tsn_blend_get_module_weights (TsnBlend *self, guint module);
void tsn_blend_set_module_weights (TsnBlend *self, guint module, const double *weights);
gboolean tsn_blend_is_in_stage (TsnBlend *self, guint module, TsnBlendStage stage);
void tsn_blend_set_stage (TsnBlend *self, TsnBlendStage stage, int choice);
guint tsn_blend_count_own_modules (TsnBlend *self);
void tsn_blend_reset_modules (TsnBlend *self);

gboolean tsn_blend_get_shown (TsnBlend *self);
void tsn_blend_set_shown (TsnBlend *self, gboolean shown);
gboolean tsn_blend_get_open (TsnBlend *self);
void tsn_blend_set_open (TsnBlend *self, gboolean open);
gboolean tsn_blend_is_active (TsnBlend *self);

TsnMixture *tsn_blend_make_mixture (TsnBlend *self);
TsnPrediction *tsn_blend_get_prediction (TsnBlend *self);
TsnDisagreement *tsn_blend_get_contrast (TsnBlend *self);
char *tsn_blend_describe (TsnBlend *self);
char *tsn_blend_make_title (TsnBlend *self);
char *tsn_blend_describe_weights (TsnBlend *self, const double *weights);
const char *tsn_blend_explain_space (TsnBlend *self);

G_END_DECLS
