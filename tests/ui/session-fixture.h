/* A window whose sessions lie in a folder of the test's own. */
#pragma once

#include "studio-fixture.h"

typedef struct
{
  Studio studio;
  char *session; /* a file that may be written */
  char *state;
  const char *said; /* what the window has to say */
} SessionFixture;

gboolean session_has_settled (gpointer document);
void session_set_up (SessionFixture *fixture, gconstpointer data);
void session_tear_down (SessionFixture *fixture, gconstpointer data);
TsnDisplay *session_get_display (SessionFixture *fixture);
gboolean session_is_overlay (gpointer fixture);
void session_write (SessionFixture *fixture, const char *photo);
void session_open_file (SessionFixture *fixture, const char *path);
