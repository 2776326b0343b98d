/* What sessions and steps back make of a window, and what they leave to the person. */
#include "session-fixture.h"

#include "ui/tsn-document-source.h"
#include "ui/tsn-history.h"
#include "ui/tsn-inspection.h"

/* What is looked at inside is as much of a session as the layout. */
static void
test_inspector (SessionFixture *fixture, gconstpointer data)
{
  TsnDocument *document = fixture->studio.document;
  TsnInspection *inspection = tsn_document_get_inspection (document);
  TsnInspectTopic topic = TSN_INSPECT_TOPIC_CHANGES;

  g_object_set (inspection, "topic", topic, "first", 5u, "second", 3u, "by-energy", TRUE,
                "lock-basis", TRUE, NULL);
  tsn_document_set_show_truth (document, FALSE);
  session_write (fixture, NULL);
  g_object_set (inspection, "topic", TSN_INSPECT_TOPIC_LOOK, "first", 0u, "second", 1u,
                "by-energy", FALSE, "lock-basis", FALSE, NULL);
  tsn_document_set_show_truth (document, TRUE);
  session_open_file (fixture, fixture->session);
  g_assert_true (ui_wait (session_is_overlay, fixture));
  g_assert_cmpint (tsn_inspection_get_topic (inspection), ==, topic);
  g_assert_cmpuint (tsn_inspection_get_first (inspection), ==, 5);
  g_assert_cmpuint (tsn_inspection_get_second (inspection), ==, 3);
  g_assert_true (tsn_inspection_get_by_energy (inspection));
  g_assert_true (tsn_inspection_get_lock_basis (inspection));
  g_assert_false (tsn_document_get_show_truth (document));
  g_settings_reset (fixture->studio.settings, "show-truth");
}

/* What the inspector and the labels look like can be taken back, too. */
static void
test_undo_inside (SessionFixture *fixture, gconstpointer data)
{
  TsnDocument *document = fixture->studio.document;
  TsnInspection *inspection = tsn_document_get_inspection (document);

  studio_activate_detailed (&fixture->studio, "inspect.topic::changes");
  ui_iterate (50);
  studio_activate (&fixture->studio, "win.show-truth", -1);
  ui_iterate (TSN_HISTORY_PAUSE_MS + 200);
  g_assert_false (tsn_document_get_show_truth (document));
  studio_activate (&fixture->studio, "win.undo", -1);
  ui_iterate (50);
  g_assert_true (tsn_document_get_show_truth (document));
  g_assert_cmpint (tsn_inspection_get_topic (inspection), ==, TSN_INSPECT_TOPIC_CHANGES);
  studio_activate (&fixture->studio, "win.undo", -1);
  ui_iterate (50);
  g_assert_cmpint (tsn_inspection_get_topic (inspection), ==, TSN_INSPECT_TOPIC_LOOK);
  g_settings_reset (fixture->studio.settings, "show-truth");
}

/* Somebody else's session, and a step back, are no wish for all windows to come; what is changed by
 * hand is, and goes on from what is shown. */
static void
test_preferences_stay (SessionFixture *fixture, gconstpointer data)
{
  GSettings *settings = fixture->studio.settings;
  TsnDocument *document = fixture->studio.document;

  tsn_document_set_show_photo (document, FALSE);
  tsn_document_set_size (document, 96);
  session_write (fixture, NULL);
  tsn_document_set_show_photo (document, TRUE);
  tsn_document_set_size (document, 64);
  g_assert_cmpuint (g_settings_get_uint (settings, "input-size"), ==, 64);
  session_open_file (fixture, fixture->session);
  g_assert_true (ui_wait (session_is_overlay, fixture));
  g_assert_cmpuint (tsn_document_get_size (document), ==, 96);
  g_assert_false (tsn_document_get_show_photo (document));
  g_assert_cmpuint (g_settings_get_uint (settings, "input-size"), ==, 64);
  g_assert_true (g_settings_get_boolean (settings, "show-photo"));
  ui_iterate (TSN_HISTORY_PAUSE_MS + 200);
  studio_activate (&fixture->studio, "win.show-photo", -1);
  g_assert_true (tsn_document_get_show_photo (document));
  ui_iterate (TSN_HISTORY_PAUSE_MS + 200);
  studio_activate (&fixture->studio, "win.undo", -1);
  g_assert_false (tsn_document_get_show_photo (document));
  g_assert_true (g_settings_get_boolean (settings, "show-photo"));
  g_settings_set_uint (settings, "input-size", 128);
  g_assert_cmpuint (tsn_document_get_size (document), ==, 128);
  g_settings_reset (settings, "input-size");
  g_settings_reset (settings, "show-photo");
}

static void
add (const char *name, void (*test) (SessionFixture *fixture, gconstpointer data))
{
  g_test_add (name, SessionFixture, NULL, session_set_up, test, session_tear_down);
}

static void
add_tests (void)
{
  add ("/ui/session/inspector", test_inspector);
  add ("/ui/session/undo-inside", test_undo_inside);
  add ("/ui/session/preferences-stay", test_preferences_stay);
}

int
main (int argc, char **argv)
{
  return studio_run (argc, argv, add_tests);
}
