/* What the files of TsnWindow share. */
#pragma once

#include "ui/tsn-legend-panel.h"
#include "ui/tsn-panes.h"
#include "ui/tsn-status-bar.h"
#include "ui/tsn-task-panel.h"
#include "ui/tsn-window.h"

G_BEGIN_DECLS

struct _TsnWindow
{
  AdwApplicationWindow parent_instance;

  AdwWindowTitle *title;
  AdwSplitButton *open_button;
  AdwToastOverlay *toasts;
  AdwFlap *flap;
  AdwViewStack *side_stack;
  GtkStack *content;
  AdwStatusPage *no_model;
  TsnPanes *panes;
  TsnTaskPanel *task_panel;
  TsnLegendPanel *legend_panel;
  TsnStatusBar *status_bar;

  GSettings *settings;
  TsnDocument *document;
  char *default_model;
  char *sample;
  GtkNativeDialog *chooser; /* open, or NULL */
};

void tsn_window_add_actions (TsnWindow *self);
void tsn_window_remove_actions (TsnWindow *self);
void tsn_window_update_actions (TsnWindow *self);
void tsn_window_choose_photo (TsnWindow *self);
void tsn_window_choose_model (TsnWindow *self);
void tsn_window_paste (TsnWindow *self);
void tsn_window_copy (TsnWindow *self);
void tsn_window_accept_drops (TsnWindow *self);
void tsn_window_update_recent (TsnWindow *self);
void tsn_window_say (TsnWindow *self, const char *text);

G_END_DECLS
