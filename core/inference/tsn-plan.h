/* How a program is run for one image size: memory, order, threads. */
#pragma once

#include <gio/gio.h>

#include "core/base/tsn-pool.h"
#include "core/inference/tsn-profile.h"
#include "core/inference/tsn-program.h"

G_BEGIN_DECLS

/**
 * TsnPlan:
 *
 * Runs a program on images of one size.  All memory is laid out when the plan is made: what only
 * the encoder needs shares its place with what only the decoder needs.
 */
typedef struct _TsnPlan TsnPlan;

/**
 * TsnPlanItem:
 * @coefficients: (array): for each module its coefficients, scales first, then shifts
 * @keys: (array): numbers that tell different coefficients apart
 * @readout: the task whose read-out is wanted
 * @output: (out) (transfer full): [1, C, H, W] of the read-out, or %NULL as long as there is none
 * @run, @reused: (out): how many modules were run, how many were still valid from before
 *
 * One decoding.
 */
typedef struct
{
  TsnTensor **coefficients;
  const guint64 *keys;
  guint readout;
  TsnTensor *output;
  guint run;
  guint reused;
} TsnPlanItem;

/**
 * TsnPlanFunc:
 * @index: the item whose output is ready
 */
typedef void (*TsnPlanFunc) (guint index, gpointer data);

TsnPlan *tsn_plan_new (TsnProgram *program, TsnPool *pool, size_t height, size_t width);
void tsn_plan_free (TsnPlan *plan);
gboolean tsn_plan_has_size (TsnPlan *plan, size_t height, size_t width);
size_t tsn_plan_get_bytes (TsnPlan *plan);
void tsn_plan_set_profile (TsnPlan *plan, TsnProfile *profile);
gboolean
tsn_plan_encode (TsnPlan *plan, const float *image, GCancellable *cancellable, GError **error);
gboolean tsn_plan_decode (TsnPlan *plan,
                          TsnPlanItem *items,
                          guint n_items,
                          TsnPlanFunc ready,
                          gpointer data,
                          GCancellable *cancellable,
                          GError **error);
TsnTensor *tsn_plan_tap (TsnPlan *plan, guint node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnPlan, tsn_plan_free)

G_END_DECLS
