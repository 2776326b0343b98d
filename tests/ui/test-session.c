/* Sessions in the window, and steps taken back by keys. */
#include "studio-fixture.h"

#include "config.h"
#include "core/figure/tsn-figure.h"
#include "ui/tsn-document-live.h"
#include "ui/tsn-document-source.h"
#include "ui/tsn-document-study.h"
#include "ui/tsn-history.h"
#include "ui/tsn-inspection.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  Studio studio;
  char *session; /* a file that may be written */
  char *state;
  const char *said; /* what the window has to say */
} Fixture;

static gboolean
has_settled (gpointer data)
{
  return studio_is_ready (data);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  studio_set_up (&fixture->studio, NULL);
  fixture->session = g_build_filename (fixture->studio.files.folder, "talk.tsnsession", NULL);
  fixture->state
      = g_build_filename (fixture->studio.files.folder, "state", "last.tsnsession", NULL);
  g_assert_true (ui_wait (has_settled, fixture->studio.document));
  ui_iterate (TSN_HISTORY_PAUSE_MS + 200);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
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

static TsnDisplay *
get_display (Fixture *fixture)
{
  return tsn_document_get_display (fixture->studio.document);
}

static gboolean
is_overlay (gpointer data)
{
  return tsn_display_get_layout (get_display (data)) == TSN_LAYOUT_OVERLAY;
}

static gboolean
is_grid (gpointer data)
{
  return tsn_display_get_layout (get_display (data)) == TSN_LAYOUT_GRID;
}

/* A session of what is shown, with another layout. */
static void
write_session (Fixture *fixture, const char *photo)
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

static void
open_file (Fixture *fixture, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  tsn_window_open (fixture->studio.window, file);
}

static gboolean
says_saved (gpointer data)
{
  return studio_find_label (((Fixture *) data)->studio.window, "Saved") != NULL;
}

/* Opened, changed, saved to the same file. */
static void
test_save (Fixture *fixture, gconstpointer data)
{
  g_auto (TsnStudy) study = { 0 };
  g_autoptr (GError) error = NULL;

  write_session (fixture, NULL);
  open_file (fixture, fixture->session);
  g_assert_true (ui_wait (is_overlay, fixture));
  tsn_display_set_opacity (get_display (fixture), 0.125);
  studio_activate (&fixture->studio, "win.save-session", -1);
  g_assert_true (ui_wait (says_saved, fixture));
  tsn_study_init (&study);
  g_assert_true (tsn_study_load (&study, fixture->session, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (study.opacity, ==, 0.125);
  g_assert_cmpstr (study.model.path, ==, fixture->studio.files.model);
  g_assert_cmpuint (strlen (study.model.sha256), ==, 64);
  g_assert_cmpstr (study.page, ==, "compare");
}

static gboolean
says_there_is_one (gpointer data)
{
  return studio_find_label (((Fixture *) data)->studio.window, "such a file already") != NULL;
}

/* A name without the ending gets it, but no file is replaced that nobody named. */
static void
test_save_as (Fixture *fixture, gconstpointer data)
{
  const char *folder = fixture->studio.files.folder;
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (fixture->session, "other", -1, NULL));
  studio_activate (&fixture->studio, "win.save-session-as", -1);
  studio_answer_chooser (folder, "talk");
  g_assert_true (ui_wait (says_there_is_one, fixture));
  g_assert_true (g_file_get_contents (fixture->session, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "other");
  g_assert_cmpint (g_unlink (fixture->session), ==, 0);
  studio_activate (&fixture->studio, "win.save-session-as", -1);
  studio_answer_chooser (folder, "talk");
  g_assert_true (ui_wait (says_saved, fixture));
  g_assert_true (g_file_test (fixture->session, G_FILE_TEST_IS_REGULAR));
}

/* Opening a session is no step, and the steps before it stay. */
static void
test_no_step (Fixture *fixture, gconstpointer data)
{
  TsnWindow *window = fixture->studio.window;

  write_session (fixture, NULL);
  open_file (fixture, fixture->session);
  g_assert_true (ui_wait (is_overlay, fixture));
  ui_iterate (TSN_HISTORY_PAUSE_MS + 200);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "undo"));
}

static void
inspect (Fixture *fixture, const char *action)
{
  studio_activate_detailed (&fixture->studio, action);
}

/* What is looked at inside is as much of a session as the layout. */
static void
test_inspector (Fixture *fixture, gconstpointer data)
{
  TsnDocument *document = fixture->studio.document;
  TsnInspection *inspection = tsn_document_get_inspection (document);
  TsnInspectTopic topic = TSN_INSPECT_TOPIC_CHANGES;

  g_object_set (inspection, "topic", topic, "first", 5u, "second", 3u, "by-energy", TRUE,
                "lock-basis", TRUE, NULL);
  tsn_document_set_show_truth (document, FALSE);
  write_session (fixture, NULL);
  g_object_set (inspection, "topic", TSN_INSPECT_TOPIC_LOOK, "first", 0u, "second", 1u,
                "by-energy", FALSE, "lock-basis", FALSE, NULL);
  tsn_document_set_show_truth (document, TRUE);
  open_file (fixture, fixture->session);
  g_assert_true (ui_wait (is_overlay, fixture));
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
test_undo_inside (Fixture *fixture, gconstpointer data)
{
  TsnDocument *document = fixture->studio.document;
  TsnInspection *inspection = tsn_document_get_inspection (document);

  inspect (fixture, "inspect.topic::changes");
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
test_preferences_stay (Fixture *fixture, gconstpointer data)
{
  GSettings *settings = fixture->studio.settings;
  TsnDocument *document = fixture->studio.document;

  tsn_document_set_show_photo (document, FALSE);
  tsn_document_set_size (document, 96);
  write_session (fixture, NULL);
  tsn_document_set_show_photo (document, TRUE);
  tsn_document_set_size (document, 64);
  g_assert_cmpuint (g_settings_get_uint (settings, "input-size"), ==, 64);
  open_file (fixture, fixture->session);
  g_assert_true (ui_wait (is_overlay, fixture));
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

/* A session that is wrong in one place, and what has to be said of it. */
typedef struct
{
  const char *members;
  const char *said;
} Wrong;

static const Wrong wrong[] = {
  { "\"version\": 2", "version 2 from a newer program" },
  { "\"version\": 1, \"opacity\": NaN", "JSON" },
  { "\"version\": 1, \"view\": {\"zoom\": Infinity}", "JSON" },
  { "\"version\": 1, \"opacity\": 1e999", "'opacity'" },
  { "\"version\": 1, \"view\": {\"x\": -1e999}", "'view.x'" },
  { "\"version\": 1, \"model\": {\"path\": \"a/../../../../../etc/passwd\"}", "'model.path'" },
  { "\"version\": 1, \"model\": {\"path\": \"a\\u0000b\"}", "zero" },
  { "\"version\": 1, \"source\": {\"kind\": \"photo\", \"path\": \"a/../../passwd\"}",
    "'source.path'" },
  { "\"version\": 1, \"source\": {\"kind\": \"folder\", \"path\": \".\", "
    "\"item\": \"../../../../etc/passwd\"}",
    "'source.item'" },
  { "\"version\": 1, \"source\": {\"kind\": \"folder\", \"path\": \".\", "
    "\"item\": \"/etc/passwd\"}",
    "'source.item'" },
  { "\"version\": 1, \"source\": {\"kind\": \"dataset\", \"path\": \".\", "
    "\"item\": \"a/../../b.png\"}",
    "'source.item'" },
};

static gboolean
says_what_is_wrong (gpointer data)
{
  const Fixture *fixture = data;
  GtkLabel *label = studio_find_label (fixture->studio.window, fixture->said);

  return label != NULL && strstr (gtk_label_get_text (label), "talk.tsnsession") != NULL;
}

static void
check_wrong (Fixture *fixture, const Wrong *session)
{
  g_autofree char *text = g_strdup_printf (
      "{ \"format\": \"tsn-session\", \"layout\": \"overlay\", %s }", session->members);
  const TsnPhoto *photo = tsn_document_get_photo (fixture->studio.document);

  fixture->said = session->said;
  g_assert_true (g_file_set_contents (fixture->session, text, -1, NULL));
  open_file (fixture, fixture->session);
  if (!ui_wait (says_what_is_wrong, fixture))
    g_error ("nothing is said of %s", session->members);
  ui_iterate (100);
  g_assert_true (is_grid (fixture));
  g_assert_true (tsn_document_get_photo (fixture->studio.document) == photo);
  g_assert_cmpstr (tsn_document_get_model_path (fixture->studio.document), ==,
                   fixture->studio.files.model);
}

/* One sentence names the file and the member; what was open stays. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  fixture->said = "should be";
  g_assert_true (g_file_set_contents (fixture->session, "{ \"format\": 7 }", -1, NULL));
  open_file (fixture, fixture->session);
  g_assert_true (ui_wait (says_what_is_wrong, fixture));
  g_assert_true (is_grid (fixture));
  g_assert_nonnull (tsn_document_get_photo (fixture->studio.document));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    check_wrong (fixture, &wrong[i]);
}

/* What is no photo is told of by its name, and what was open stays. */
static void
test_no_photo (Fixture *fixture, gconstpointer data)
{
  const TsnPhoto *photo = tsn_document_get_photo (fixture->studio.document);

  write_session (fixture, "/etc/passwd");
  open_file (fixture, fixture->session);
  fixture->said = "not an image";
  g_assert_true (ui_wait (is_overlay, fixture));
  g_assert_nonnull (studio_find_label (fixture->studio.window, "passwd"));
  g_assert_true (tsn_document_get_photo (fixture->studio.document) == photo);
}

/* What was asked for last counts, not what took longest to read. */
static void
test_overtaken (Fixture *fixture, gconstpointer data)
{
  const TsnPhoto *photo = tsn_document_get_photo (fixture->studio.document);

  write_session (fixture, NULL);
  open_file (fixture, fixture->session);
  open_file (fixture, fixture->studio.files.photo);
  ui_iterate (300);
  g_assert_true (ui_wait (has_settled, fixture->studio.document));
  g_assert_true (is_grid (fixture));
  g_assert_true (tsn_document_get_photo (fixture->studio.document) != photo);
}

/* However it was asked for: not all that is opened comes through a file chooser. */
static void
test_overtaken_by_video (Fixture *fixture, gconstpointer data)
{
  TsnLive *live = tsn_document_get_live (fixture->studio.document);
  const TsnTestPattern pattern = { .width = 64, .height = 48, .fps = 10 };

  write_session (fixture, NULL);
  open_file (fixture, fixture->session);
  tsn_live_open_source (live, tsn_frame_source_new_pattern (&pattern), TSN_LIVE_VIDEO);
  ui_iterate (500);
  g_assert_true (is_grid (fixture));
  g_assert_cmpint (tsn_live_get_kind (live), ==, TSN_LIVE_VIDEO);
  tsn_live_close (live);
}

static AdwMessageDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static gboolean
is_asked (gpointer data)
{
  return find_dialog () != NULL;
}

static gboolean
is_not_asked (gpointer data)
{
  return find_dialog () == NULL;
}

static void
test_missing_skipped (Fixture *fixture, gconstpointer data)
{
  write_session (fixture, "/nowhere/at/all.png");
  open_file (fixture, fixture->session);
  g_assert_true (ui_wait (is_asked, NULL));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (find_dialog ()), "all.png"));
  g_assert_true (is_grid (fixture));
  adw_message_dialog_response (find_dialog (), "skip");
  g_assert_true (ui_wait (is_overlay, fixture));
  g_assert_nonnull (tsn_document_get_photo (fixture->studio.document));
}

/* Nothing changes; the dialog may also be open when the window goes. */
static void
test_missing_cancelled (Fixture *fixture, gconstpointer data)
{
  write_session (fixture, "/nowhere/at/all.png");
  open_file (fixture, fixture->session);
  g_assert_true (ui_wait (is_asked, NULL));
  adw_message_dialog_response (find_dialog (), "cancel");
  gtk_window_destroy (GTK_WINDOW (find_dialog ()));
  g_assert_true (ui_wait (is_not_asked, NULL));
  ui_iterate (100);
  g_assert_true (is_grid (fixture));
  open_file (fixture, fixture->session);
  g_assert_true (ui_wait (is_asked, NULL));
  studio_close (&fixture->studio);
  g_assert_true (ui_wait (is_not_asked, NULL));
}

static void
draw_cb (cairo_t *cr, double width, double height, gpointer data)
{
  cairo_rectangle (cr, width / 4, height / 4, width / 2, height / 2);
  cairo_fill (cr);
}

static void
test_figure (Fixture *fixture, gconstpointer data)
{
  static const char *const endings[] = { "pdf", "svg", "png" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      TsnFigure figure = { 40, 30, draw_cb, NULL };
      TsnFigureFile file = { 1 << i, 72, "tsn figure", NULL, NULL };
      g_autofree char *path
          = g_strdup_printf ("%s/figure.%s", fixture->studio.files.folder, endings[i]);
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      tsn_display_set_layout (get_display (fixture), TSN_LAYOUT_GRID);
      write_session (fixture, fixture->studio.files.photo);
      g_assert_true (g_file_get_contents (fixture->session, &text, NULL, NULL));
      file.session = text;
      g_assert_true (tsn_figure_save (&figure, path, &file, &error));
      g_assert_no_error (error);
      open_file (fixture, path);
      g_assert_true (ui_wait (is_overlay, fixture));
      g_assert_true (ui_wait (has_settled, fixture->studio.document));
      g_assert_cmpuint (tsn_document_get_photo (fixture->studio.document)->image->width, ==,
                        UI_PHOTO_WIDTH);
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

static gboolean
says_none (gpointer data)
{
  return studio_find_label (((Fixture *) data)->studio.window, "carries none") != NULL;
}

static void
test_plain_pdf (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->studio.files.folder, "plain.pdf", NULL);

  g_assert_true (g_file_set_contents (path, "%PDF-1.4\n", -1, NULL));
  open_file (fixture, path);
  g_assert_true (ui_wait (says_none, fixture));
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* A window that keeps what it shows. */
static void
open_keeping (Fixture *fixture)
{
  Studio *studio = &fixture->studio;
  TsnWindowFiles files = { studio->files.model, studio->files.photo, fixture->state };

  studio_close (studio);
  studio->window = tsn_window_new (GTK_APPLICATION (studio->application), studio->settings, &files);
  studio->document = tsn_window_get_document (studio->window);
  tsn_window_start (studio->window, NULL, NULL);
  gtk_window_present (GTK_WINDOW (studio->window));
  g_assert_true (ui_wait (has_settled, studio->document));
}

static void
close_as_people_do (Fixture *fixture)
{
  gtk_window_close (GTK_WINDOW (fixture->studio.window));
  fixture->studio.window = NULL;
  ui_iterate (200);
}

static void
test_restored (Fixture *fixture, gconstpointer data)
{
  open_keeping (fixture);
  open_file (fixture, fixture->studio.files.other_photo);
  g_assert_true (ui_wait (has_settled, fixture->studio.document));
  tsn_display_set_layout (get_display (fixture), TSN_LAYOUT_OVERLAY);
  tsn_document_show_only (fixture->studio.document, 3);
  close_as_people_do (fixture);
  g_assert_true (g_file_test (fixture->state, G_FILE_TEST_EXISTS));
  open_keeping (fixture);
  g_assert_true (ui_wait (is_overlay, fixture));
  g_assert_cmpuint (tsn_document_get_shown (fixture->studio.document), ==, 8);
  g_assert_cmpuint (tsn_document_get_photo (fixture->studio.document)->image->width, ==,
                    UI_PHOTO_HEIGHT);
}

static void
test_not_restored (Fixture *fixture, gconstpointer data)
{
  open_keeping (fixture);
  tsn_display_set_layout (get_display (fixture), TSN_LAYOUT_OVERLAY);
  close_as_people_do (fixture);
  g_settings_set_boolean (fixture->studio.settings, "restore-session", FALSE);
  open_keeping (fixture);
  g_assert_true (is_grid (fixture));
  g_settings_set_boolean (fixture->studio.settings, "restore-session", TRUE);
  studio_close (&fixture->studio);
  g_assert_true (g_file_set_contents (fixture->state, "no session at all", -1, NULL));
  open_keeping (fixture);
  g_assert_true (is_grid (fixture));
  g_assert_cmpuint (tsn_document_get_photo (fixture->studio.document)->image->width, ==,
                    UI_PHOTO_WIDTH);
}

/* What is gone is left out without a question; the sample takes the place of the photo. */
static void
test_restored_in_part (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->state);

  write_session (fixture, "/nowhere/at/all.png");
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (g_rename (fixture->session, fixture->state), ==, 0);
  open_keeping (fixture);
  g_assert_true (ui_wait (is_overlay, fixture));
  g_assert_true (ui_wait (has_settled, fixture->studio.document));
  g_assert_null (find_dialog ());
  g_assert_nonnull (tsn_document_get_photo (fixture->studio.document));
}

static void
test_reset_offers_undo (Fixture *fixture, gconstpointer data)
{
  TsnBlend *blend = tsn_document_get_blend (fixture->studio.document);

  tsn_blend_set_weight (blend, 1, 0.5);
  ui_iterate (TSN_HISTORY_PAUSE_MS + 200);
  studio_activate (&fixture->studio, "win.blend-reset", -1);
  g_assert_cmpfloat (tsn_blend_get_weights (blend)[1], ==, 0);
  ui_iterate (100);
  g_assert_nonnull (studio_find_label (fixture->studio.window, "Blend reset"));
  g_assert_nonnull (studio_find_label (fixture->studio.window, "Undo"));
  studio_activate (&fixture->studio, "win.undo", -1);
  g_assert_cmpfloat (tsn_blend_get_weights (blend)[1], ==, 0.5);
}

static gboolean
is_hatched (gpointer data)
{
  return tsn_display_get_hatching (get_display (data));
}

static gboolean
is_plain (gpointer data)
{
  return !is_hatched (data);
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");

  if (xdotool == NULL || g_getenv ("TSN_TEST_OWN_DISPLAY") == NULL)
    {
      g_test_skip ("keys may only be pressed on a display of the test's own, with xdotool");
      return;
    }
  g_assert_true (ui_wait (studio_is_active, fixture->studio.window));
  studio_press ("o");
  g_assert_true (ui_wait (is_overlay, fixture));
  ui_iterate (TSN_HISTORY_PAUSE_MS + 200);
  studio_press ("h");
  g_assert_true (ui_wait (is_hatched, fixture));
  studio_press ("ctrl+z");
  g_assert_true (ui_wait (is_plain, fixture));
  studio_press ("ctrl+z");
  g_assert_true (ui_wait (is_grid, fixture));
  studio_press ("ctrl+shift+z");
  g_assert_true (ui_wait (is_overlay, fixture));
  studio_press ("ctrl+shift+z");
  g_assert_true (ui_wait (is_hatched, fixture));
  tsn_display_set_hatching (get_display (fixture), FALSE);
  write_session (fixture, NULL);
  open_file (fixture, fixture->session);
  ui_iterate (500);
  studio_press ("ctrl+s");
  g_assert_true (ui_wait (says_saved, fixture));
}

static void
test_finalized (Fixture *fixture, gconstpointer data)
{
  write_session (fixture, NULL);
  open_file (fixture, fixture->session);
  g_assert_true (ui_wait (is_overlay, fixture));
  studio_activate (&fixture->studio, "win.undo", -1);
  studio_destroy_and_check (GTK_WINDOW (fixture->studio.window));
  fixture->studio.window = NULL;
}

static void
add (const char *name, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (name, Fixture, NULL, set_up, test, tear_down);
}

static void
add_tests (void)
{
  add ("/ui/session/save", test_save);
  add ("/ui/session/save-as", test_save_as);
  add ("/ui/session/no-step", test_no_step);
  add ("/ui/session/inspector", test_inspector);
  add ("/ui/session/undo-inside", test_undo_inside);
  add ("/ui/session/preferences-stay", test_preferences_stay);
  add ("/ui/session/damaged", test_damaged);
  add ("/ui/session/no-photo", test_no_photo);
  add ("/ui/session/overtaken", test_overtaken);
  add ("/ui/session/overtaken-by-video", test_overtaken_by_video);
  add ("/ui/session/missing-skipped", test_missing_skipped);
  add ("/ui/session/missing-cancelled", test_missing_cancelled);
  add ("/ui/session/figure", test_figure);
  add ("/ui/session/plain-pdf", test_plain_pdf);
  add ("/ui/session/restored", test_restored);
  add ("/ui/session/not-restored", test_not_restored);
  add ("/ui/session/restored-in-part", test_restored_in_part);
  add ("/ui/session/reset-offers-undo", test_reset_offers_undo);
  add ("/ui/session/finalized", test_finalized);
  add ("/ui/session/keyboard", test_keys);
}

int
main (int argc, char **argv)
{
  return studio_run (argc, argv, add_tests);
}
