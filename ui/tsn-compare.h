/* A second model beside the first, on the same photo. */
#pragma once

#include "ui/tsn-disagreement.h"
#include "ui/tsn-predictor.h"
#include "ui/tsn-verdict.h"

G_BEGIN_DECLS

/**
 * TsnCompareMode:
 * @TSN_COMPARE_SIDE: a pane for either model, side by side
 * @TSN_COMPARE_WIPE: one pane, the first model left of a divider, the second right of it
 * @TSN_COMPARE_BLINK: one pane, the models in turn
 * @TSN_COMPARE_DIFFERENCE: a map of where they differ
 */
typedef enum
{
  TSN_COMPARE_SIDE,
  TSN_COMPARE_WIPE,
  TSN_COMPARE_BLINK,
  TSN_COMPARE_DIFFERENCE,
} TsnCompareMode;

#define TSN_TYPE_COMPARE_MODE (tsn_compare_mode_get_type ())
GType tsn_compare_mode_get_type (void);

#define TSN_TYPE_COMPARE (tsn_compare_get_type ())
G_DECLARE_FINAL_TYPE (TsnCompare, tsn_compare, TSN, COMPARE, GObject)

typedef struct _TsnDocument TsnDocument;

/**
 * TsnCompare:
 *
 * Runs a second model on the document's photo, on a worker of its own that starts whenever the
 * first is idle, and compares what the two say about the shown tasks.  Tasks are matched by name;
 * every "task" below is an index of the document's model.
 *
 * Properties: `enabled` (gboolean, whether to compare; without a second model this waits for one),
 * `mode` (#TsnCompareMode), `wipe` (double, where the divider is, 0 to 1), `second-shown`
 * (gboolean, whether a blinking pane shows the second model now).
 *
 * Signals: `model-changed` () when another second model was adopted, `updated` () when a prediction
 * or a comparison came or went, `busy-changed` (), `failed` (#GError).
 */

TsnCompare *tsn_compare_new (TsnDocument *document);

void tsn_compare_set_default (TsnCompare *self, const char *path);
const char *tsn_compare_get_default (TsnCompare *self);
void tsn_compare_load (TsnCompare *self, const char *path);
void tsn_compare_cancel (TsnCompare *self);
void tsn_compare_resume (TsnCompare *self);
TsnModel *tsn_compare_get_model (TsnCompare *self);
const char *tsn_compare_get_model_path (TsnCompare *self);
TsnPredictor *tsn_compare_get_predictor (TsnCompare *self);
gboolean tsn_compare_is_loading (TsnCompare *self);
gboolean tsn_compare_is_busy (TsnCompare *self);
gboolean tsn_compare_is_judging (TsnCompare *self);

gboolean tsn_compare_get_enabled (TsnCompare *self);
void tsn_compare_set_enabled (TsnCompare *self, gboolean enabled);
gboolean tsn_compare_is_on (TsnCompare *self);
TsnCompareMode tsn_compare_get_mode (TsnCompare *self);
void tsn_compare_set_mode (TsnCompare *self, TsnCompareMode mode);
double tsn_compare_get_wipe (TsnCompare *self);
void tsn_compare_set_wipe (TsnCompare *self, double wipe);
gboolean tsn_compare_get_second_shown (TsnCompare *self);
void tsn_compare_swap (TsnCompare *self);

int tsn_compare_match (TsnCompare *self, guint task);
TsnPrediction *tsn_compare_get_prediction (TsnCompare *self, guint task);
gboolean tsn_compare_can_differ (TsnCompare *self, guint task);
gboolean tsn_compare_is_waiting_for (TsnCompare *self, guint task);
const TsnVerdict *tsn_compare_get_verdict (TsnCompare *self, guint task);
TsnDisagreement *tsn_compare_get_disagreement (TsnCompare *self, guint task);

G_END_DECLS
