#include "session-fixture.h"

#include "ui/tsn-document-study.h"
#include "ui/tsn-history.h"

#include <glib/gstdio.h>


gboolean
session_has_settled (gpointer data)
{
  return studio_is_ready (data);
}

void
session_set_up (SessionFixture *fixture, gconstpointer data)
{
  studio_set_up (&fixture->studio, NULL);
  fixture->session = g_build_filename (fixture->studio.files.folder, "talk.tsnsession", NULL);
  fixture->state
      = g_build_filename (fixture->studio.files.folder, "state", "last.tsnsession", NULL);
  g_assert_true (ui_wait (session_has_settled, fixture->studio.document));
  ui_iterate (TSN_HISTORY_PAUSE_MS + 200);
}

void
session_tear_down (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->state);

  studio_close (&fixture->studio);
  g_unlink (fixture->session);
  g_unlink (fixture->state);
  g_rmdir (folder);
  g_settings_reset (fixture->studio.settings, "restore-session");
  g_settings_reset (fixture->studio.settings, "overlay-opacity");
  g_free (fixture->session);
  g_free (fixture->state);
  studio_tear_down (&fixture->studio, NULL);
}

TsnDisplay *
session_get_display (SessionFixture *fixture)
{
  return tsn_document_get_display (fixture->studio.document);
}

gboolean
session_is_overlay (gpointer data)
{
  return tsn_display_get_layout (session_get_display (data)) == TSN_LAYOUT_OVERLAY;
}

/* A session of what is shown, with another layout. */
void
session_write (SessionFixture *fixture, const char *photo)
{
  g_auto (TsnStudy) study = { 0 };
  g_autoptr (GError) error = NULL;

  tsn_study_init (&study);
  tsn_document_get_study (fixture->studio.document, &study);
  study.layout = TSN_STUDY_OVERLAY;
  study.page = g_strdup ("compare");
  if (photo != NULL)
    {
      g_clear_pointer (&study.source.item, g_free);
      g_free (study.source.path);
      study.source.kind = TSN_STUDY_PHOTO;
      study.source.path = g_strdup (photo);
    }
  g_assert_true (tsn_study_save (&study, fixture->session, &error));
  g_assert_no_error (error);
}

void
session_open_file (SessionFixture *fixture, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  tsn_window_open (fixture->studio.window, file);
}
