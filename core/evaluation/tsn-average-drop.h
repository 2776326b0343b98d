/* How much a multi-task network loses against single-task ones. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TsnAverageDrop:
 *
 * The mean over tasks of (-1)^(lower is better) x (M - M_single) / M_single, in per cent: negative
 * when the multi-task network is worse (Maninis, Radosavovic and Kokkinos, "Attentive
 * single-tasking of multiple tasks", CVPR 2019).
 */
typedef struct _TsnAverageDrop TsnAverageDrop;

TsnAverageDrop *tsn_average_drop_new (void);
void tsn_average_drop_free (TsnAverageDrop *drop);

gboolean tsn_average_drop_add (TsnAverageDrop *drop,
                               double multi,
                               double single,
                               gboolean lower_is_better,
                               double *change,
                               GError **error);
double tsn_average_drop_result (const TsnAverageDrop *drop);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnAverageDrop, tsn_average_drop_free)

G_END_DECLS
