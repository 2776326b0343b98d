/* Predictions and labels drawn another way than they come: one class isolated, hatched, on a common scale. */
#pragma once

#include "core/figure/tsn-render.h"
#include "ui/tsn-annotation.h"
#include "ui/tsn-predictor.h"

G_BEGIN_DECLS

#define TSN_TYPE_STYLER (tsn_styler_get_type ())
G_DECLARE_FINAL_TYPE (TsnStyler, tsn_styler, TSN, STYLER, GObject)

/**
 * TsnStyler:
 *
 * Draws on threads and remembers what it drew last for every slot, which is what a caller calls a
 * place where a prediction or a label is shown.
 *
 * Signals: `changed` () when another picture is ready.
 */

/** Slots are numbers below this: every task of two models and of labels, and the blend. */
#define TSN_STYLER_SLOTS (3 * TSN_PREDICTOR_MAX_TASKS + 1)

TsnStyler *tsn_styler_new (void);
TsnPicture *tsn_styler_get_picture (TsnStyler *self,
                                    guint slot,
                                    TsnPrediction *prediction,
                                    const TsnRenderOptions *options);
TsnPicture *tsn_styler_get_label_picture (TsnStyler *self,
                                          guint slot,
                                          TsnAnnotation *annotation,
                                          const TsnRenderOptions *options);

G_END_DECLS
