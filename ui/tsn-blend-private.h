/* What the files of TsnBlend share. */
#pragma once

#include "ui/tsn-blend.h"

G_BEGIN_DECLS

struct _TsnBlend
{
  GObject parent_instance;

  TsnPredictor *predictor;
  TsnBlendPath *path;
  TsnModel *model; /* NULL before there is one */
  guint n_tasks;

  double *weights; /* [n_tasks] */
  TsnMixSpace space;
  guint readout;
  gboolean follow;
  char **modules;    /* names, in the order of the model's mixtures */
  GPtrArray *pinned; /* for each module double[n_tasks], or NULL for "as the pad" */

  gboolean shown;
  gboolean open;
  gboolean walking; /* the weights are being set by the path */
  TsnPrediction *prediction;
  gboolean whole;            /* the prediction is of full size, not one while the mix moves */
  TsnPredictor *preview;     /* makes those, NULL before one was needed */
  guint settle;              /* the timeout after which the whole one is asked for */
  double patience;           /* seconds that a decoding may take without them */
  TsnDisagreement *contrast; /* of the prediction with the plain task, or NULL */
  guint rest;                /* the timeout after which it is made */
};

enum
{
  TSN_BLEND_PROP_SHOWN = 1,
  TSN_BLEND_PROP_OPEN,
  TSN_BLEND_PROP_ACTIVE,
  TSN_BLEND_PROP_SPACE,
  TSN_BLEND_PROP_READOUT,
  TSN_BLEND_PROP_FOLLOW,
  TSN_BLEND_N_PROPS
};

/* Tells everybody that a property has another value. */
void tsn_blend_notify (TsnBlend *self, guint prop_id);

/* Shows a result. */
void tsn_blend_take (TsnBlend *self, TsnPrediction *prediction);

gboolean tsn_blend_preview (TsnBlend *self);
void tsn_blend_drop_preview (TsnBlend *self);
void tsn_blend_dispose_preview (TsnBlend *self);

void tsn_blend_update_contrast (TsnBlend *self);
void tsn_blend_contrasted (TsnBlend *self);

/* To be called after any change of the mix. */
void tsn_blend_changed (TsnBlend *self);

G_END_DECLS
