/* A window that thousands of random actions are done to, and what they need. */
#pragma once

#include "ui-fixture.h"
#include "ui/tsn-window.h"

typedef struct
{
  UiFixture files;
  char *folder; /* of all below; the current folder, so that nothing is written elsewhere */
  char *photos; /* a folder of photos */
  char *film;
  char *broken_film;
  char *session;
  char *state;
  GSettings *settings;
  TsnWindow *window; /* weak: some actions close it */
  TsnDocument *document;
  GPtrArray *windows;   /* that are not finalized, */
  GPtrArray *documents; /* and their documents */
  GRand *random;
  GPtrArray *deck;    /* names of actions that are still to be done before any is done again */
  GPtrArray *waiting; /* those that were not available at their turn */
  GHashTable *done;   /* names of those that were done at least once */
} Soak;

int soak_pick (Soak *soak, int n);
double soak_pick_between (Soak *soak, double low, double high);
gboolean soak_chance (Soak *soak, double probability);
void soak_note (const char *format, ...) G_GNUC_PRINTF (1, 2);

void soak_files_set_up (Soak *soak);
void soak_files_tear_down (Soak *soak);
char *soak_make_uri (Soak *soak);
void soak_write_session (Soak *soak);
void soak_change_cameras (Soak *soak);
void soak_unplug_all (void);

void soak_act (Soak *soak);
GPtrArray *soak_list_actions (Soak *soak);
gboolean soak_is_enabled (Soak *soak, const char *name);

void soak_operate (Soak *soak, GtkWidget *root);
void soak_gesture (Soak *soak, GtkWidget *root);
void soak_type (Soak *soak);

GtkWindow *soak_find_dialog (Soak *soak);
void soak_attend (Soak *soak, GtkWindow *dialog);
void soak_close_dialogs (Soak *soak);
