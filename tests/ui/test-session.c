/* Sessions in the window, and steps taken back by keys. */
#include "session-fixture.h"

#include "config.h"
#include "core/figure/tsn-figure.h"
#include "ui/tsn-document-live.h"
#include "ui/tsn-document-source.h"
#include "ui/tsn-document-study.h"
#include "ui/tsn-history.h"

#include <glib/gstdio.h>
#include <string.h>

static gboolean
is_grid (gpointer data)
{
  return tsn_display_get_layout (session_get_display (data)) == TSN_LAYOUT_GRID;
}

static gboolean
says_saved (gpointer data)
{
  return studio_find_label (((SessionFixture *) data)->studio.window, "Saved") != NULL;
}

/* Opened, changed, saved to the same file. */
static void
test_save (SessionFixture *fixture, gconstpointer data)
{
  g_auto (TsnStudy) study = { 0 };
  g_autoptr (GError) error = NULL;

  session_write (fixture, NULL);
  session_open_file (fixture, fixture->session);
  g_assert_true (ui_wait (session_is_overlay, fixture));
  tsn_display_set_opacity (session_get_display (fixture), 0.125);
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
  return studio_find_label (((SessionFixture *) data)->studio.window, "such a file already") != NULL;
}

/* A name without the ending gets it, but no file is replaced that nobody named. */
static void
test_save_as (SessionFixture *fixture, gconstpointer data)
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
test_no_step (SessionFixture *fixture, gconstpointer data)
{
  TsnWindow *window = fixture->studio.window;

  session_write (fixture, NULL);
  session_open_file (fixture, fixture->session);
  g_assert_true (ui_wait (session_is_overlay, fixture));
  ui_iterate (TSN_HISTORY_PAUSE_MS + 200);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "undo"));
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
  const SessionFixture *fixture = data;
  GtkLabel *label = studio_find_label (fixture->studio.window, fixture->said);

  return label != NULL && strstr (gtk_label_get_text (label), "talk.tsnsession") != NULL;
}

static void
check_wrong (SessionFixture *fixture, const Wrong *session)
{
  g_autofree char *text = g_strdup_printf (
      "{ \"format\": \"tsn-session\", \"layout\": \"overlay\", %s }", session->members);
  const TsnPhoto *photo = tsn_document_get_photo (fixture->studio.document);

  fixture->said = session->said;
  g_assert_true (g_file_set_contents (fixture->session, text, -1, NULL));
  session_open_file (fixture, fixture->session);
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
test_damaged (SessionFixture *fixture, gconstpointer data)
{
  fixture->said = "should be";
  g_assert_true (g_file_set_contents (fixture->session, "{ \"format\": 7 }", -1, NULL));
  session_open_file (fixture, fixture->session);
  g_assert_true (ui_wait (says_what_is_wrong, fixture));
  g_assert_true (is_grid (fixture));
  g_assert_nonnull (tsn_document_get_photo (fixture->studio.document));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    check_wrong (fixture, &wrong[i]);
}

/* What is no photo is told of by its name, and what was open stays. */
static void
test_no_photo (SessionFixture *fixture, gconstpointer data)
{
  const TsnPhoto *photo = tsn_document_get_photo (fixture->studio.document);

  session_write (fixture, "/etc/passwd");
  session_open_file (fixture, fixture->session);
  fixture->said = "not an image";
  g_assert_true (ui_wait (session_is_overlay, fixture));
  g_assert_nonnull (studio_find_label (fixture->studio.window, "passwd"));
  g_assert_true (tsn_document_get_photo (fixture->studio.document) == photo);
}

/* What was asked for last counts, not what took longest to read. */
static void
test_overtaken (SessionFixture *fixture, gconstpointer data)
{
  const TsnPhoto *photo = tsn_document_get_photo (fixture->studio.document);

  session_write (fixture, NULL);
  session_open_file (fixture, fixture->session);
  session_open_file (fixture, fixture->studio.files.photo);
  ui_iterate (300);
  g_assert_true (ui_wait (session_has_settled, fixture->studio.document));
  g_assert_true (is_grid (fixture));
  g_assert_true (tsn_document_get_photo (fixture->studio.document) != photo);
}

/* However it was asked for: not all that is opened comes through a file chooser. */
static void
test_overtaken_by_video (SessionFixture *fixture, gconstpointer data)
{
  TsnLive *live = tsn_document_get_live (fixture->studio.document);
  const TsnTestPattern pattern = { .width = 64, .height = 48, .fps = 10 };

  session_write (fixture, NULL);
  session_open_file (fixture, fixture->session);
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
test_missing_skipped (SessionFixture *fixture, gconstpointer data)
{
  session_write (fixture, "/nowhere/at/all.png");
  session_open_file (fixture, fixture->session);
  g_assert_true (ui_wait (is_asked, NULL));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (find_dialog ()), "all.png"));
  g_assert_true (is_grid (fixture));
  adw_message_dialog_response (find_dialog (), "skip");
  g_assert_true (ui_wait (session_is_overlay, fixture));
  g_assert_nonnull (tsn_document_get_photo (fixture->studio.document));
}

/* Nothing changes; the dialog may also be open when the window goes. */
static void
test_missing_cancelled (SessionFixture *fixture, gconstpointer data)
{
  session_write (fixture, "/nowhere/at/all.png");
  session_open_file (fixture, fixture->session);
  g_assert_true (ui_wait (is_asked, NULL));
  adw_message_dialog_response (find_dialog (), "cancel");
  gtk_window_destroy (GTK_WINDOW (find_dialog ()));
  g_assert_true (ui_wait (is_not_asked, NULL));
  ui_iterate (100);
  g_assert_true (is_grid (fixture));
  session_open_file (fixture, fixture->session);
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
test_figure (SessionFixture *fixture, gconstpointer data)
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

      tsn_display_set_layout (session_get_display (fixture), TSN_LAYOUT_GRID);
      session_write (fixture, fixture->studio.files.photo);
      g_assert_true (g_file_get_contents (fixture->session, &text, NULL, NULL));
      file.session = text;
      g_assert_true (tsn_figure_save (&figure, path, &file, &error));
      g_assert_no_error (error);
      session_open_file (fixture, path);
      g_assert_true (ui_wait (session_is_overlay, fixture));
      g_assert_true (ui_wait (session_has_settled, fixture->studio.document));
      g_assert_cmpuint (tsn_document_get_photo (fixture->studio.document)->image->width, ==,
                        UI_PHOTO_WIDTH);
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

static gboolean
says_none (gpointer data)
{
  return studio_find_label (((SessionFixture *) data)->studio.window, "carries none") != NULL;
}

static void
test_plain_pdf (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->studio.files.folder, "plain.pdf", NULL);

  g_assert_true (g_file_set_contents (path, "%PDF-1.4\n", -1, NULL));
  session_open_file (fixture, path);
  g_assert_true (ui_wait (says_none, fixture));
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* A window that keeps what it shows. */
static void
open_keeping (SessionFixture *fixture)
{
  Studio *studio = &fixture->studio;
  TsnWindowFiles files = { studio->files.model, studio->files.photo, fixture->state };

  studio_close (studio);
  studio->window = tsn_window_new (GTK_APPLICATION (studio->application), studio->settings, &files);
  studio->document = tsn_window_get_document (studio->window);
  tsn_window_start (studio->window, NULL, NULL);
  gtk_window_present (GTK_WINDOW (studio->window));
  g_assert_true (ui_wait (session_has_settled, studio->document));
}

static void
close_as_people_do (SessionFixture *fixture)
{
  gtk_window_close (GTK_WINDOW (fixture->studio.window));
  fixture->studio.window = NULL;
  ui_iterate (200);
}

static void
test_restored (SessionFixture *fixture, gconstpointer data)
{
  open_keeping (fixture);
  session_open_file (fixture, fixture->studio.files.other_photo);
  g_assert_true (ui_wait (session_has_settled, fixture->studio.document));
  tsn_display_set_layout (session_get_display (fixture), TSN_LAYOUT_OVERLAY);
  tsn_document_show_only (fixture->studio.document, 3);
  close_as_people_do (fixture);
  g_assert_true (g_file_test (fixture->state, G_FILE_TEST_EXISTS));
  open_keeping (fixture);
  g_assert_true (ui_wait (session_is_overlay, fixture));
  g_assert_cmpuint (tsn_document_get_shown (fixture->studio.document), ==, 8);
  g_assert_cmpuint (tsn_document_get_photo (fixture->studio.document)->image->width, ==,
                    UI_PHOTO_HEIGHT);
}

static void
test_not_restored (SessionFixture *fixture, gconstpointer data)
{
  open_keeping (fixture);
  tsn_display_set_layout (session_get_display (fixture), TSN_LAYOUT_OVERLAY);
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
test_restored_in_part (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->state);

  session_write (fixture, "/nowhere/at/all.png");
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (g_rename (fixture->session, fixture->state), ==, 0);
  open_keeping (fixture);
  g_assert_true (ui_wait (session_is_overlay, fixture));
  g_assert_true (ui_wait (session_has_settled, fixture->studio.document));
  g_assert_null (find_dialog ());
  g_assert_nonnull (tsn_document_get_photo (fixture->studio.document));
}

static void
test_reset_offers_undo (SessionFixture *fixture, gconstpointer data)
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
  return tsn_display_get_hatching (session_get_display (data));
}

static gboolean
is_plain (gpointer data)
{
  return !is_hatched (data);
}

static void
test_keys (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");

  if (xdotool == NULL || g_getenv ("TSN_TEST_OWN_DISPLAY") == NULL)
    {
      g_test_skip ("keys may only be pressed on a display of the test's own, with xdotool");
      return;
    }
  g_assert_true (ui_wait (studio_is_active, fixture->studio.window));
  studio_press ("o");
  g_assert_true (ui_wait (session_is_overlay, fixture));
  ui_iterate (TSN_HISTORY_PAUSE_MS + 200);
  studio_press ("h");
  g_assert_true (ui_wait (is_hatched, fixture));
  studio_press ("ctrl+z");
  g_assert_true (ui_wait (is_plain, fixture));
  studio_press ("ctrl+z");
  g_assert_true (ui_wait (is_grid, fixture));
  studio_press ("ctrl+shift+z");
  g_assert_true (ui_wait (session_is_overlay, fixture));
  studio_press ("ctrl+shift+z");
  g_assert_true (ui_wait (is_hatched, fixture));
  tsn_display_set_hatching (session_get_display (fixture), FALSE);
  session_write (fixture, NULL);
  session_open_file (fixture, fixture->session);
  ui_iterate (500);
  studio_press ("ctrl+s");
  g_assert_true (ui_wait (says_saved, fixture));
}

static void
test_finalized (SessionFixture *fixture, gconstpointer data)
{
  session_write (fixture, NULL);
  session_open_file (fixture, fixture->session);
  g_assert_true (ui_wait (session_is_overlay, fixture));
  studio_activate (&fixture->studio, "win.undo", -1);
  studio_destroy_and_check (GTK_WINDOW (fixture->studio.window));
  fixture->studio.window = NULL;
}

static void
add (const char *name, void (*test) (SessionFixture *fixture, gconstpointer data))
{
  g_test_add (name, SessionFixture, NULL, session_set_up, test, session_tear_down);
}

static void
add_tests (void)
{
  add ("/ui/session/save", test_save);
  add ("/ui/session/save-as", test_save_as);
  add ("/ui/session/no-step", test_no_step);
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
