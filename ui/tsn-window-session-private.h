/* What the files about a window's session share. */
#pragma once

#include "ui/tsn-hash-cache.h"
#include "ui/tsn-history.h"
#include "ui/tsn-study-opener.h"
#include "ui/tsn-window-private.h"

G_BEGIN_DECLS

struct _TsnWindowSession
{
  TsnHistory *history;
  TsnStudyOpener *opener;
  TsnHashCache *hashes;
  GCancellable *reading; /* a session is being read, or NULL */
  GFile *saving;         /* where to save once hashes are known, or NULL */
  GFile *file;           /* where the session lies, or NULL */
  TsnStudy rest;         /* what the window cannot show, such as a figure that is composed */
  char *state;           /* the file that keeps what the last window showed, or NULL */
  GtkWindow *question;   /* weak: about a missing file */
  gboolean restoring;    /* whether nobody asked for what is opened: nothing is said about it */
};

GtkFileFilter *tsn_window_new_session_filter (void);
void tsn_window_begin_session (TsnWindow *self, const TsnStudy *study, GFile *file);
void tsn_window_follow_session (TsnWindow *self);
void tsn_window_make_study (TsnWindow *self, TsnStudy *study);
void tsn_window_save_session (TsnWindow *self, GFile *file);

G_END_DECLS
