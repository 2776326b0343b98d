/* What the files of TsnDocument share. */
#pragma once

#include "ui/tsn-document-source.h"

G_BEGIN_DECLS

#define TASK_BIT(task) (G_GUINT64_CONSTANT (1) << (task))

struct _TsnDocument
{
  GObject parent_instance;

  TsnPredictor *predictor;
  TsnPhoto *photo;
  TsnModel *model;
  char *model_path;

  guint64 shown;
  guint active;
  gboolean show_photo;
  guint size;
  gboolean busy;

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
};

enum
{
  TSN_DOCUMENT_PROP_SHOWN = 1,
  TSN_DOCUMENT_PROP_ACTIVE,
  TSN_DOCUMENT_PROP_SHOW_PHOTO,
  TSN_DOCUMENT_PROP_SIZE,
  TSN_DOCUMENT_PROP_BUSY,
  TSN_DOCUMENT_PROP_POSITION,
  TSN_DOCUMENT_PROP_SHOW_TRUTH,
  TSN_DOCUMENT_N_PROPS
};

/* Tells everybody that a property has another value. */
void tsn_document_notify (TsnDocument *self, guint prop_id);

/* Tells everybody whether there is work to wait for. */
void tsn_document_update_busy (TsnDocument *self);

/* Hands on what somebody should be told. */
void tsn_document_fail (TsnDocument *self, const GError *error);

void tsn_document_init_source (TsnDocument *self);
void tsn_document_dispose_source (TsnDocument *self);

G_END_DECLS
