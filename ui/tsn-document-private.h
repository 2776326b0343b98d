/* What the files of TsnDocument share. */
#pragma once

#include "ui/tsn-document.h"
#include "ui/tsn-inspection.h"

G_BEGIN_DECLS

#define TASK_BIT(task) (G_GUINT64_CONSTANT (1) << (task))

struct _TsnDocument
{
  GObject parent_instance;

  TsnPredictor *predictor;
  TsnInspection *inspection;
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
};

enum
{
  TSN_DOCUMENT_PROP_SHOWN = 1,
  TSN_DOCUMENT_PROP_ACTIVE,
  TSN_DOCUMENT_PROP_SHOW_PHOTO,
  TSN_DOCUMENT_PROP_SIZE,
  TSN_DOCUMENT_PROP_BUSY,
  TSN_DOCUMENT_N_PROPS
};

/* Tells everybody that a property has another value. */
void tsn_document_notify (TsnDocument *self, guint prop_id);

G_END_DECLS
