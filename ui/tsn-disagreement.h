/* What two models say differently about one task of one photo, ready for the window. */
#pragma once

#include "core/figure/tsn-difference.h"
#include "ui/tsn-prediction.h"

G_BEGIN_DECLS

/**
 * TsnDisagreement:
 * @first: of the one model
 * @second: of the other
 * @difference: the numbers
 * @picture: the numbers as colours
 *
 * Reference-counted and immutable.
 */
typedef struct
{
  TsnPrediction *first;
  TsnPrediction *second;
  TsnDifference *difference;
  TsnPicture *picture;

  /*< private >*/
  gatomicrefcount ref_count;
} TsnDisagreement;

TsnDisagreement *tsn_disagreement_new (TsnPrediction *first, TsnPrediction *second);
TsnDisagreement *tsn_disagreement_ref (TsnDisagreement *disagreement);
void tsn_disagreement_unref (TsnDisagreement *disagreement);

char *tsn_disagreement_describe (const TsnDisagreement *disagreement);
char *tsn_disagreement_describe_at (const TsnDisagreement *disagreement, double x, double y);
char *tsn_disagreement_format (const TsnDisagreement *disagreement, double value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnDisagreement, tsn_disagreement_unref)

G_END_DECLS
