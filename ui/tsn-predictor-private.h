/* What the files of TsnPredictor share. */
#pragma once

#include "core/inference/tsn-worker.h"
#include "ui/tsn-predictor.h"

G_BEGIN_DECLS

#define TASK_BIT(task) (G_GUINT64_CONSTANT (1) << (task))

/* What somebody asks for beyond the tasks themselves. */
typedef struct
{
  GPtrArray *mixtures; /* of TsnMixture */
  char **taps;
  gboolean due;  /* not asked of the worker since it or the input changed */
  gboolean owed; /* of this input: no complete answer yet, nor was it given up */
  guint drawing; /* answers that are being drawn */
} Slot;

/* Whose answer a result of the worker is. */
typedef struct
{
  guint slot;  /* NO_SLOT for a task */
  guint index; /* of the task, or among the slot's mixtures */
} Asked;

#define NO_SLOT TSN_PREDICTOR_N_SLOTS

struct _TsnPredictor
{
  GObject parent_instance;

  TsnWorker *worker;
  TsnModel *model;
  TsnImage *image;
  guint size;

  TsnPrediction *predictions[TSN_PREDICTOR_MAX_TASKS];
  guint64 wanted;
  guint64 asked;   /* of the worker, without an answer */
  guint64 drawing; /* answered, being drawn */
  guint64 known;   /* predictions of this very model, image and size */
  Slot slots[TSN_PREDICTOR_N_SLOTS];
  GArray *request; /* of Asked: the newest request, in its order */
  guint drawn_side;
  guint epoch;     /* counts inputs; drawings of an earlier one are thrown away */

  double progress;
  TsnTiming timing;
};

G_END_DECLS
