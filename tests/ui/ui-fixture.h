/* A small model, a photo and a broken file in a temporary folder, and waiting for things. */
#pragma once

#include <gio/gio.h>

#include "core/model/tsn-network.h"

typedef struct
{
  char *folder;
  char *model;
  char *twin;
  char *photo;
  char *other_photo;
  char *broken;
  GPtrArray *others; /* paths of what tests added */
} UiFixture;

/** Width and height of the photo; the other one is turned by a right angle. */
#define UI_PHOTO_WIDTH 96
#define UI_PHOTO_HEIGHT 64

/** The twin of the model, found beside it, lacks the last of the model's tasks. */
#define UI_TASKS 6
#define UI_TWIN_TASKS 5

typedef gboolean (*UiCondition) (gpointer data);

void ui_fixture_set_up (UiFixture *fixture, gconstpointer data);
void ui_fixture_tear_down (UiFixture *fixture, gconstpointer data);
char *ui_fixture_add_model (UiFixture *fixture, TsnConditioning conditioning);
gboolean ui_wait (UiCondition condition, gpointer data);
void ui_catch_up (void);
guint ui_paint_endlessly (void);
void ui_iterate (guint milliseconds);
