/* What the files of TsnCompare share. */
#pragma once

#include "ui/tsn-compare.h"
#include "ui/tsn-document.h"
#include "ui/tsn-judge.h"

G_BEGIN_DECLS

/* One task of the document's model. */
typedef struct
{
  TsnDisagreement *ready; /* the newest there is, or NULL */
  gboolean running;       /* one is being made */
} TsnCompareEntry;

struct _TsnCompare
{
  GObject parent_instance;

  TsnDocument *document; /* weak: it owns this */
  TsnPredictor *predictor;
  TsnModel *model;
  char *path;
  char *default_path;
  GCancellable *loading;

  gboolean enabled;
  TsnCompareMode mode;
  double wipe;
  gboolean second_shown;

  guint blink; /* sources, 0 for none */
  guint start;
  gboolean stopped;
  gboolean outdated; /* comparisons are to be brought up to date in the next turn */
  guint n_running;   /* comparisons that are being made */
  TsnJudge *judge; /* of the second model */
  const TsnModel *judged_model; /* what it was told, only to be told apart */
  const TsnDataset *judged_dataset;
  guint judged_position;
  TsnCompareEntry entries[TSN_PREDICTOR_MAX_TASKS];
};

/* Brings the comparisons of all tasks up to date. */
void tsn_compare_update (TsnCompare *self);
void tsn_compare_busy_changed (TsnCompare *self);
void tsn_compare_emit_updated (TsnCompare *self);

void tsn_compare_init_scores (TsnCompare *self);
void tsn_compare_dispose_scores (TsnCompare *self);
void tsn_compare_update_scores (TsnCompare *self);

G_END_DECLS
