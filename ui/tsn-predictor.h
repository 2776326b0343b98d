/* Predictions of one model on one photo, made as they are wanted. */
#pragma once

#include "core/inference/tsn-mixture.h"
#include "ui/tsn-prediction.h"

G_BEGIN_DECLS

#define TSN_TYPE_PREDICTOR (tsn_predictor_get_type ())
G_DECLARE_FINAL_TYPE (TsnPredictor, tsn_predictor, TSN, PREDICTOR, GObject)

/**
 * TsnPredictor:
 *
 * Keeps the worker busy with the tasks that are wanted and not yet known, draws what comes back on
 * a thread, and remembers it until the photo, the model or the size changes.
 *
 * Besides the tasks themselves it keeps what others ask for, a set of mixtures per slot, and asks
 * again whenever the input changes.
 *
 * Signals: `predicted` (guint task) when a prediction arrived or went, `mixed` (guint slot, guint
 * index, #TsnPrediction) when an answer for a slot without taps arrived, perhaps to what it asked before,
 * `tapped` (guint slot, guint index, const char *node, #TsnTensor) when a node's value arrived for
 * what the slot asked last, `busy-changed` () when work began, went on or ended, `failed`
 * (#GError).
 */

/** Sets of tasks are bits of a guint64. */
#define TSN_PREDICTOR_MAX_TASKS 64

/**
 * TsnPredictorSlot:
 * @TSN_PREDICTOR_BLEND: the blend of tasks
 * @TSN_PREDICTOR_INSPECT: what the inspector looks at
 *
 * Who asks for more than the tasks' own predictions.
 */
typedef enum
{
  TSN_PREDICTOR_BLEND,
  TSN_PREDICTOR_INSPECT,
  TSN_PREDICTOR_N_SLOTS
} TsnPredictorSlot;

/**
 * TsnTiming:
 * @encode_seconds: the encoder pass that the last request used
 * @encoder_kept: whether that pass was made for an earlier request
 * @decode_seconds: all decoder passes of the last request together
 * @n_tasks: how many decodings there were; 0 before the first request is done
 * @task_seconds: a decoding in the last request that was of tasks; 0 before there was one
 */
typedef struct
{
  double encode_seconds;
  gboolean encoder_kept;
  double decode_seconds;
  guint n_tasks;
  double task_seconds;
} TsnTiming;

TsnPredictor *tsn_predictor_new (void);
void tsn_predictor_set_input (TsnPredictor *self, TsnModel *model, TsnImage *image, guint size);
void tsn_predictor_take_input (TsnPredictor *self, TsnPredictor *other, guint divisor);
void tsn_predictor_set_drawn_side (TsnPredictor *self, guint side);
void tsn_predictor_forget (TsnPredictor *self);
void tsn_predictor_want (TsnPredictor *self, guint64 tasks);
void tsn_predictor_ask (TsnPredictor *self,
                        TsnPredictorSlot slot,
                        const TsnMixture *const *mixtures,
                        guint n_mixtures,
                        const char *const *taps);
void tsn_predictor_cancel (TsnPredictor *self);

gboolean tsn_predictor_is_busy (TsnPredictor *self);
gboolean tsn_predictor_is_waiting_for (TsnPredictor *self, guint task);
gboolean tsn_predictor_is_waiting_for_slot (TsnPredictor *self, TsnPredictorSlot slot);
gboolean tsn_predictor_owes (TsnPredictor *self, TsnPredictorSlot slot);
double tsn_predictor_get_progress (TsnPredictor *self);
const TsnTiming *tsn_predictor_get_timing (TsnPredictor *self);
TsnPrediction *tsn_predictor_get_prediction (TsnPredictor *self, guint task);
gboolean tsn_predictor_is_current (TsnPredictor *self, guint task);
guint64 tsn_predictor_get_encoder_passes (TsnPredictor *self);

G_END_DECLS
