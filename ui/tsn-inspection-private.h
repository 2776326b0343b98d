/* What the files of TsnInspection share. */
#pragma once

#include "ui/tsn-inspection.h"

G_BEGIN_DECLS

struct _TsnInspection
{
  GObject parent_instance;

  TsnDocument *document; /* weak: it owns this, and may go first while a thread draws */
  TsnModel *model;       /* what the outline is of */
  TsnOutline *outline;
  TsnTaskSpace *space;

  char *node;
  TsnInspectMode mode;
  TsnInspectTopic topic;
  guint channel;
  gboolean by_energy;
  gboolean lock_basis;
  guint first;
  guint second;
  gboolean active;

  guint asking;       /* source that asks the predictor soon */
  GArray *tasks;      /* of guint: what was asked */
  char **taps;        /* of the node first */
  TsnTensor **values; /* [tasks, taps] */
  guint n_arrived;
  gboolean complete; /* values are of one photo, all of them */

  GCancellable *drawing; /* NULL while nothing is drawn */
  gboolean outdated;     /* what is being drawn */
  gboolean stopped;      /* the values that are there are not to be drawn */
  guint epoch;       /* counts models */
  TsnInspectionResult *result;
  TsnPca *basis;
};

/* The state and the signals. */
const TsnOutlineBlock *tsn_inspection_find_block (TsnInspection *self, const char *name);
void tsn_inspection_busy_changed (TsnInspection *self);
void tsn_inspection_set_result (TsnInspection *self, TsnInspectionResult *result);

/* Asking the predictor, and drawing what it answers. */
void tsn_inspection_tapped (
    TsnInspection *self, guint slot, guint index, const char *node, TsnTensor *value);
void tsn_inspection_queue_ask (TsnInspection *self);
void tsn_inspection_clear_values (TsnInspection *self);
void tsn_inspection_draw (TsnInspection *self);

G_END_DECLS
