/* A window whose photos are the frames of a source. */
#pragma once

#include "studio-fixture.h"

#include "ui/tsn-document-live.h"

typedef struct
{
  Studio studio;
  TsnLive *live;
} LiveFixture;

void live_set_up (LiveFixture *fixture, gconstpointer data);
void live_tear_down (LiveFixture *fixture, gconstpointer data);

void live_wait_for (LiveFixture *fixture, TsnLiveStatus status);
gboolean live_shows_frame (gpointer document);
void live_wait_for_frames (LiveFixture *fixture, guint n);
void live_play_pattern (LiveFixture *fixture, const TsnTestPattern *pattern);
void live_open_path (LiveFixture *fixture, const char *path);
const char *live_get_page (LiveFixture *fixture);
