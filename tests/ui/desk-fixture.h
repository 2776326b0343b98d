/* A document without a window, its steps and the opener of studies, and everything that may be
 * changed about it. */
#pragma once

#include "ui-fixture.h"

#include "ui/tsn-document-source.h"
#include "ui/tsn-history.h"
#include "ui/tsn-study-opener.h"

typedef struct
{
  UiFixture files;
  TsnDocument *document;
  TsnView *view;
  TsnHistory *history;
  TsnStudyOpener *opener;
  guint n_done;
  guint n_missing;
  guint n_differs;
  guint part;
} Desk;

/** A change that is one step. */
typedef struct
{
  const char *name;
  void (*change) (Desk *desk);
} DeskChange;

typedef void (*DeskTest) (Desk *desk, gconstpointer data);

extern const DeskChange desk_changes[];
extern const guint desk_n_changes;

gboolean desk_is_ready (gpointer document);
void desk_sit_down (Desk *desk);
void desk_stand_up (Desk *desk);
void desk_zoom_in (Desk *desk);
void desk_isolate (Desk *desk);
void desk_take (Desk *desk, TsnStudy *study);
void desk_assert_equal (const TsnStudy *study, const TsnStudy *expected);
void desk_add (const char *name, DeskTest test);
