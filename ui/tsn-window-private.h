/* What the files of TsnWindow share. */
#pragma once

#include "ui/tsn-blend-panel.h"
#include "ui/tsn-compare-panel.h"
#include "ui/tsn-document-live.h"
#include "ui/tsn-filmstrip.h"
#include "ui/tsn-inspect-panel.h"
#include "ui/tsn-inspect-view.h"
#include "ui/tsn-legend-panel.h"
#include "ui/tsn-live-bar.h"
#include "ui/tsn-live-page.h"
#include "ui/tsn-panes.h"
#include "ui/tsn-status-bar.h"
#include "ui/tsn-take.h"
#include "ui/tsn-task-panel.h"
#include "ui/tsn-toaster.h"
#include "ui/tsn-view-panel.h"
#include "ui/tsn-window.h"

G_BEGIN_DECLS

typedef struct _TsnWindowSession TsnWindowSession;

struct _TsnWindow
{
  AdwApplicationWindow parent_instance;

  AdwWindowTitle *title;
  AdwSplitButton *open_button;
  AdwToastOverlay *toasts;
  AdwFlap *flap;
  GtkWidget *camera_label;
  GtkWidget *figure_label;
  GtkWidget *compare_label;
  AdwViewStack *side_stack;
  GtkStack *content;
  AdwStatusPage *no_model;
  TsnPanes *panes;
  TsnTaskPanel *task_panel;
  TsnViewPanel *view_panel;
  TsnLegendPanel *legend_panel;
  TsnBlendPanel *blend_panel;
  TsnInspectPanel *inspect_panel;
  TsnInspectView *inspect_view;
  TsnComparePanel *compare_panel;
  TsnStatusBar *status_bar;
  GtkRevealer *filmstrip_revealer;
  TsnFilmstrip *filmstrip;
  TsnLiveBar *live_bar;
  TsnLivePage *live_page;

  GSettings *settings;
  TsnDocument *document;
  char *default_model;
  char *sample;
  TsnToaster toaster;
  GtkNativeDialog *chooser; /* open, or NULL */
  TsnWindowSession *session;
  TsnTake *take;   /* that is being recorded, or NULL */
  char *take_path; /* of the newest film, or NULL */

  gconstpointer focused_source; /* the live source that was given the focus; only to be compared */
  gboolean pointed;             /* the pointer was used last, not the keyboard */
  gboolean focus_pointed_at;    /* what has the focus got it by the pointer */
};

void tsn_window_add_actions (TsnWindow *self);
void tsn_window_remove_actions (TsnWindow *self);
void tsn_window_update_actions (TsnWindow *self);
void tsn_window_init_sources (TsnWindow *self);
void tsn_window_bind_sources (TsnWindow *self);
void tsn_window_add_source_actions (TsnWindow *self);
void tsn_window_update_source_actions (TsnWindow *self);
void tsn_window_install_source_keys (GtkApplication *application);
void tsn_window_append_source_menu (GMenu *menu);
gboolean tsn_window_is_ours (GtkRecentInfo *info);
void tsn_window_init_live (TsnWindow *self);
void tsn_window_bind_live (TsnWindow *self);
void tsn_window_add_live_actions (TsnWindow *self);
void tsn_window_update_live_actions (TsnWindow *self);
void tsn_window_open_camera (TsnWindow *self);
void tsn_window_open_video (TsnWindow *self, GFile *file);
void tsn_window_choose (TsnWindow *self,
                        const char *title,
                        GtkFileChooserAction action,
                        GtkFileFilter *filter);
void tsn_window_add_session (TsnWindow *self, const char *state);
void tsn_window_remove_session (TsnWindow *self);
void tsn_window_install_session_keys (GtkApplication *application);
gboolean tsn_window_open_session (TsnWindow *self, GFile *file);
void tsn_window_stop_reading (TsnWindow *self);
gboolean tsn_window_restore_session (TsnWindow *self);
void tsn_window_say_undo (TsnWindow *self, const char *text);
void tsn_window_open_sample (TsnWindow *self);
void tsn_window_add_view_actions (TsnWindow *self);
void tsn_window_remove_view_actions (TsnWindow *self);
void tsn_window_install_view_keys (GtkApplication *application);
void tsn_window_add_figure_actions (TsnWindow *self);
void tsn_window_update_figure_actions (TsnWindow *self);
void tsn_window_install_figure_keys (GtkApplication *application);
void tsn_window_choose_photo (TsnWindow *self);
void tsn_window_choose_model (TsnWindow *self);
void tsn_window_choose_second_model (TsnWindow *self);
void tsn_window_paste (TsnWindow *self);
void tsn_window_copy (TsnWindow *self);
void tsn_window_accept_drops (TsnWindow *self);
void tsn_window_update_recent (TsnWindow *self);
void tsn_window_prefer_typing (TsnWindow *self);
gboolean tsn_window_is_typing (TsnWindow *self);
void tsn_window_init_focus (TsnWindow *self);
void tsn_window_update_words (TsnWindow *self);
void tsn_window_init_record (TsnWindow *self);
void tsn_window_end_take (TsnWindow *self);
void tsn_window_install_record_keys (GtkApplication *application);
void tsn_window_say (TsnWindow *self, const char *text);
void
tsn_window_say_action (TsnWindow *self, const char *text, const char *button, const char *action);

G_END_DECLS
