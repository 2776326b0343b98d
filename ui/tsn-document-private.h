/* What the files of TsnDocument share. */
#pragma once

#include "ui/tsn-document-live.h"
#include "ui/tsn-document.h"
#include "ui/tsn-inspection.h"
#include "ui/tsn-document-source.h"

G_BEGIN_DECLS

#define TASK_BIT(task) (G_GUINT64_CONSTANT (1) << (task))

struct _TsnDocument
{
  GObject parent_instance;

  TsnPredictor *predictor;
  TsnBlend *blend;
  TsnInspection *inspection;
  TsnPhoto *photo;
  TsnModel *model;
  char *model_path;

  guint64 shown;
  guint active;
  gboolean show_photo;
  guint size;
  gboolean busy;
  gboolean working; /* busy, or something else takes time */

  /* Of what is being read, NULL otherwise. */
  GCancellable *opening;
  GCancellable *loading;

  /* Where the photo came from. */
  TsnGallery *gallery;
  guint position; /* of the photo that is shown or being opened, in the gallery */
  TsnJudge *judge;
  gboolean show_truth;
  TsnDisplay *display;
  TsnCompare *compare;
  guint setting_look; /* depth of tsn_document_set_look() */

  /* What moves. */
  TsnLive *live;
  gconstpointer live_source; /* what plays; only to be compared */
  guint live_epoch;          /* counts what plays; frames of an earlier one are thrown away */
  gboolean rolling;          /* frames come */
  gboolean shows_frame;      /* whether the photo is a frame of what plays */
  gboolean preparing_frame;  /* one is on a thread */
  gboolean awaiting_results; /* of the frame that is shown */
  gint64 results_since;      /* when they were complete, or 0 */
  guint next_frame;          /* waits for the painting, or 0 */
  guint next_frame_anyway;   /* waits no longer than that, or 0 */
  guint pane_side;
};

enum
{
  TSN_DOCUMENT_PROP_SHOWN = 1,
  TSN_DOCUMENT_PROP_ACTIVE,
  TSN_DOCUMENT_PROP_SHOW_PHOTO,
  TSN_DOCUMENT_PROP_SIZE,
  TSN_DOCUMENT_PROP_BUSY,
  TSN_DOCUMENT_PROP_WORKING,
  TSN_DOCUMENT_PROP_POSITION,
  TSN_DOCUMENT_PROP_SHOW_TRUTH,
  TSN_DOCUMENT_N_PROPS
};

/* Tells everybody that a property has another value. */
void tsn_document_notify (TsnDocument *self, guint prop_id);

/* Tells everybody whether there is work to wait for. */
void tsn_document_update_busy (TsnDocument *self);
void tsn_document_tell_progress (TsnDocument *self);

/* Gives up the photo and the model that are being read. */
void tsn_document_stop_reading (TsnDocument *self);

/* Hands on what somebody should be told. */
void tsn_document_fail (TsnDocument *self, const GError *error);

/* Gives up the photo or folder that is being read, and tells everybody that something else was
 * asked for. */
void tsn_document_ask_source (TsnDocument *self);

/* Begins to read a photo that was asked for. */
void tsn_document_read_file (TsnDocument *self, GFile *file);

/* Shows another photo; @keep says whether the predictions of the last one stay until there are new
 * ones. */
void tsn_document_adopt_photo (TsnDocument *self, TsnPhoto *photo, gboolean keep);

void tsn_document_init_live (TsnDocument *self);
void tsn_document_dispose_live (TsnDocument *self);
void tsn_document_init_source (TsnDocument *self);
void tsn_document_dispose_source (TsnDocument *self);

G_END_DECLS
