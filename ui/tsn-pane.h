/* One canvas of the window and what it is for. */
#pragma once

#include "ui/tsn-canvas.h"
#include "ui/tsn-document.h"
#include "ui/tsn-styler.h"

G_BEGIN_DECLS

/**
 * TsnPaneRole:
 * @TSN_PANE_PHOTO: the photo
 * @TSN_PANE_TRUTH: what people say is right for a task
 * @TSN_PANE_FIRST: a task by the document's model
 * @TSN_PANE_SECOND: the same by the model it is compared with
 * @TSN_PANE_WIPE: both, with a divider between them
 * @TSN_PANE_BLINK: both, in turn
 * @TSN_PANE_DIFFERENCE: where the two differ
 * @TSN_PANE_BLEND: the blend of tasks
 */
typedef enum
{
  TSN_PANE_PHOTO,
  TSN_PANE_TRUTH,
  TSN_PANE_FIRST,
  TSN_PANE_SECOND,
  TSN_PANE_WIPE,
  TSN_PANE_BLINK,
  TSN_PANE_DIFFERENCE,
  TSN_PANE_BLEND,
} TsnPaneRole;

/**
 * TsnPane:
 * @role: what it shows
 * @task: of which task; 0 for the photo and the blend
 * @canvas: (nullable): where; its parent owns it
 */
typedef struct
{
  TsnPaneRole role;
  guint task;
  TsnCanvas *canvas;
} TsnPane;

GArray *tsn_pane_list (TsnDocument *document, guint *group, guint *lead);
void tsn_pane_update (const TsnPane *pane, TsnDocument *document, TsnStyler *styler);
void tsn_pane_update_looks (const TsnPane *pane, TsnDocument *document);
char *tsn_pane_describe_at (const TsnPane *pane, TsnDocument *document, double x, double y);

G_END_DECLS
