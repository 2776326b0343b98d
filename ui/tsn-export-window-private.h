/* What the parts of an export window share; private to them. */
#pragma once

#include "ui/tsn-export-progress.h"
#include "ui/tsn-export-window.h"
#include "ui/tsn-figure-preview.h"
#include "ui/tsn-toaster.h"

G_BEGIN_DECLS

typedef struct _TsnExportWindowPrivate TsnExportWindowPrivate;

struct _TsnExportWindowPrivate
{
  AdwToastOverlay *toasts;
  TsnToaster toaster;
  AdwHeaderBar *header;
  AdwFlap *flap;
  GtkStack *pages;
  GtkBox *preview_page;
  TsnFigurePreview *preview;
  AdwStatusPage *problem;
  GtkButton *again;
  TsnExportProgress *progress;
  GtkWidget *write;
  AdwBin *panel;

  TsnDocument *document;
  TsnExportWork *work;
  GCancellable *drawing; /* of the preview that is being made, or NULL */
  GCancellable *writing; /* of the file or the like that is being made, or NULL */
  gboolean redraw;       /* whether another quick preview is wanted once this one is there */
  gboolean possible;     /* whether what is chosen can be written */
  guint refresh;         /* source, or 0 */
  GtkNativeDialog *chooser;
  GFile *folder; /* of the newest file, or NULL */
};

TsnExportWindowPrivate *tsn_export_window_get_private (TsnExportWindow *self);
void tsn_export_window_update (TsnExportWindow *self);
void tsn_export_window_stop_preview (TsnExportWindow *self);
void tsn_export_window_choose (TsnExportWindow *self);
char *tsn_export_window_describe_result (const TsnExportOrder *order);
void tsn_export_window_finished (TsnExportWindow *self, const TsnExportOrder *order);
void tsn_export_window_stop_writing (TsnExportWindow *self);

G_END_DECLS
