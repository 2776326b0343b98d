/* What a document shows as plain data and back: studies saved and opened. */
#include "desk-fixture.h"
#include "tests/core/capture/capture-fixture.h"

#include "ui/tsn-document-live.h"

#include <glib/gstdio.h>

static gboolean
is_done (gpointer data)
{
  Desk *desk = data;

  return desk->n_done > 0 && desk_is_ready (desk->document);
}

static gboolean
is_asking (gpointer data)
{
  return ((Desk *) data)->n_missing > 0;
}

/* All that is shown goes into a file, and a new document shows the same after reading it. */
static void
test_round_trip (Desk *desk, gconstpointer data)
{
  g_auto (TsnStudy) saved = { 0 };
  g_auto (TsnStudy) read = { 0 };
  g_auto (TsnStudy) shown = { 0 };
  g_autofree char *path = g_build_filename (desk->files.folder, "all.tsnsession", NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < desk_n_changes; i++)
    desk_changes[i].change (desk);
  tsn_compare_load (tsn_document_get_compare (desk->document), desk->files.twin);
  g_assert_true (ui_wait (desk_is_ready, desk->document));
  tsn_study_init (&saved);
  tsn_document_get_study (desk->document, &saved);
  tsn_view_get_study (desk->view, &saved.view);
  saved.page = g_strdup ("tasks");
  g_assert_true (tsn_study_save (&saved, path, &error));
  g_assert_no_error (error);
  desk_stand_up (desk);

  desk_sit_down (desk);
  tsn_study_init (&read);
  g_assert_true (tsn_study_load (&read, path, &error));
  g_assert_cmpint (g_unlink (path), ==, 0);
  desk_assert_equal (&read, &saved);
  tsn_study_opener_open (desk->opener, &read);
  g_assert_true (ui_wait (is_done, desk));
  tsn_study_init (&shown);
  tsn_document_get_study (desk->document, &shown);
  tsn_view_get_study (desk->view, &shown.view);
  shown.page = g_strdup ("tasks");
  desk_assert_equal (&shown, &saved);
  g_assert_cmpuint (desk->n_missing + desk->n_differs, ==, 0);
}

static void
open_with_missing (Desk *desk, TsnStudyPart part)
{
  g_auto (TsnStudy) study = { 0 };

  tsn_study_init (&study);
  tsn_document_get_study (desk->document, &study);
  study.layout = TSN_STUDY_SINGLE;
  if (part == TSN_STUDY_PART_PHOTO)
    {
      g_free (study.source.path);
      g_clear_pointer (&study.source.item, g_free);
      study.source.kind = TSN_STUDY_PHOTO;
      study.source.path = g_build_filename (desk->files.folder, "gone.png", NULL);
    }
  else
    {
      TsnStudyModel *model = part == TSN_STUDY_PART_MODEL ? &study.model : &study.second;

      g_free (model->path);
      model->path = g_build_filename (desk->files.folder, "gone.safetensors", NULL);
    }
  tsn_study_opener_open (desk->opener, &study);
  g_assert_true (ui_wait (is_asking, desk));
  g_assert_cmpuint (desk->part, ==, part);
}

/* Nothing changes before the question is answered; then the photo that was found is opened. */
static void
test_located (Desk *desk, gconstpointer data)
{
  TsnDisplay *display = tsn_document_get_display (desk->document);

  open_with_missing (desk, TSN_STUDY_PART_PHOTO);
  ui_iterate (50);
  g_assert_cmpint (tsn_display_get_layout (display), ==, TSN_LAYOUT_GRID);
  tsn_study_opener_answer (desk->opener, desk->files.other_photo);
  g_assert_true (ui_wait (is_done, desk));
  g_assert_cmpint (tsn_display_get_layout (display), ==, TSN_LAYOUT_SINGLE);
  g_assert_cmpuint (tsn_document_get_photo (desk->document)->image->width, ==, UI_PHOTO_HEIGHT);
}

static void
test_skipped (Desk *desk, gconstpointer data)
{
  TsnDisplay *display = tsn_document_get_display (desk->document);

  for (guint part = 0; part < TSN_STUDY_N_PARTS; part++)
    {
      desk->n_done = desk->n_missing = 0;
      tsn_display_set_layout (display, TSN_LAYOUT_GRID);
      open_with_missing (desk, part);
      tsn_study_opener_answer (desk->opener, NULL);
      g_assert_true (ui_wait (is_done, desk));
      g_assert_cmpuint (desk->n_missing, ==, 1);
      g_assert_cmpint (tsn_display_get_layout (display), ==, TSN_LAYOUT_SINGLE);
      g_assert_cmpstr (tsn_document_get_model_path (desk->document), ==, desk->files.model);
    }
}

static void
test_cancelled (Desk *desk, gconstpointer data)
{
  open_with_missing (desk, TSN_STUDY_PART_MODEL);
  tsn_study_opener_cancel (desk->opener);
  tsn_study_opener_answer (desk->opener, NULL);
  ui_iterate (100);
  g_assert_cmpuint (desk->n_done, ==, 0);
  g_assert_false (tsn_study_opener_is_busy (desk->opener));
  g_assert_cmpint (tsn_display_get_layout (tsn_document_get_display (desk->document)), ==,
                   TSN_LAYOUT_GRID);
}

/* A model with another hash is used all the same, and somebody is told once. */
static void
test_differs (Desk *desk, gconstpointer data)
{
  g_auto (TsnStudy) study = { 0 };

  tsn_study_init (&study);
  tsn_document_get_study (desk->document, &study);
  study.model.sha256 = g_strnfill (64, 'a');
  tsn_study_opener_open (desk->opener, &study);
  g_assert_true (ui_wait (is_done, desk));
  g_assert_cmpuint (desk->n_differs, ==, 1);
}

/* Names that this model does not know change nothing that it knows. */
static void
test_unknown_names (Desk *desk, gconstpointer data)
{
  g_auto (TsnStudy) study = { 0 };
  TsnBlend *blend = tsn_document_get_blend (desk->document);

  tsn_study_init (&study);
  study.shown = g_strsplit ("lane flow", " ", -1);
  study.active = g_strdup ("lane");
  study.inspector.node = g_strdup ("nowhere");
  study.blend.readout = g_strdup ("flow");
  tsn_study_set_weight (study.blend.weights, "lane", 1);
  tsn_study_set_weight (tsn_study_add_module (&study, "O77")->weights, "flow", 1);
  tsn_document_set_look (desk->document, &study);
  g_assert_cmpuint (tsn_document_count_shown (desk->document), ==, UI_TASKS);
  g_assert_cmpfloat (tsn_blend_get_sum (blend), ==, 1);
  g_assert_true (tsn_blend_get_follow (blend));
  g_assert_cmpuint (tsn_blend_count_own_modules (blend), ==, 0);
}

/* Of two seconds. */
static char *
make_film (Desk *desk)
{
  char *path = g_build_filename (desk->files.folder, "film.webm", NULL);

  capture_launch ("videotestsrc num-buffers=20 ! video/x-raw,width=96,height=64,framerate=10/1 ! "
                  "vp8enc deadline=1 keyframe-max-dist=5 ! webmmux ! filesink location=%s",
                  path);
  return path;
}

/* A study of a film that stands at its second second, seen from nearby. */
static void
open_film_study (Desk *desk, const char *path)
{
  g_auto (TsnStudy) study = { 0 };

  tsn_study_init (&study);
  tsn_document_get_study (desk->document, &study);
  g_free (study.source.path);
  g_clear_pointer (&study.source.item, g_free);
  study.source.kind = TSN_STUDY_VIDEO;
  study.source.path = g_strdup (path);
  study.source.position = 1;
  study.layout = TSN_STUDY_SINGLE;
  study.view.fit = FALSE;
  study.view.zoom = 7;
  tsn_study_opener_open (desk->opener, &study);
}

static gboolean
is_playing (gpointer data)
{
  return tsn_live_get_source (tsn_document_get_live (((Desk *) data)->document)) != NULL;
}

static gboolean
shows_frame (gpointer data)
{
  return tsn_document_shows_frame (((Desk *) data)->document);
}

static gboolean
is_frozen (gpointer data)
{
  TsnFrameSource *film = tsn_live_get_source (tsn_document_get_live (((Desk *) data)->document));

  return tsn_frame_source_get_state (film) == TSN_FRAME_SOURCE_PAUSED;
}

/* Plays a film as a person opens it, and proves that nobody stops it. */
static void
check_plays (Desk *desk, const char *path)
{
  TsnLive *live = tsn_document_get_live (desk->document);

  tsn_live_open_source (live, tsn_frame_source_new_file (path), TSN_LIVE_VIDEO);
  g_assert_true (ui_wait (shows_frame, desk));
  ui_iterate (300);
  g_assert_false (is_frozen (desk));
}

static void
test_film (Desk *desk, gconstpointer data)
{
  g_autofree char *film = make_film (desk);

  open_film_study (desk, film);
  g_assert_true (ui_wait (is_done, desk));
  g_assert_true (ui_wait (is_frozen, desk));
  g_assert_cmpfloat (tsn_view_get_zoom (desk->view), ==, 7);
  tsn_live_close (tsn_document_get_live (desk->document));
  g_assert_cmpint (g_unlink (film), ==, 0);
}

/* Whoever opens a photo meanwhile sees that photo; the study ends, and leaves alone what is opened
 * later. */
static void
test_film_overtaken_by_photo (Desk *desk, gconstpointer data)
{
  g_autofree char *film = make_film (desk);
  g_autoptr (GFile) photo = g_file_new_for_path (desk->files.other_photo);

  open_film_study (desk, film);
  g_assert_true (ui_wait (is_playing, desk));
  tsn_document_open_file (desk->document, photo);
  g_assert_true (ui_wait (is_done, desk));
  ui_iterate (300);
  g_assert_false (is_playing (desk));
  g_assert_cmpuint (tsn_document_get_photo (desk->document)->image->width, ==, UI_PHOTO_HEIGHT);
  g_assert_false (tsn_study_opener_is_busy (desk->opener));
  g_assert_cmpuint (desk->n_done, ==, 1);
  g_assert_cmpint (tsn_display_get_layout (tsn_document_get_display (desk->document)), ==,
                   TSN_LAYOUT_SINGLE);
  g_assert_cmpfloat (tsn_view_get_zoom (desk->view), !=, 7);
  check_plays (desk, film);
  tsn_live_close (tsn_document_get_live (desk->document));
  g_assert_cmpint (g_unlink (film), ==, 0);
}

/* Whoever opens a photo while the study's files are being looked for never sees its film. */
static void
test_film_not_begun (Desk *desk, gconstpointer data)
{
  g_autofree char *film = make_film (desk);
  g_autoptr (GFile) photo = g_file_new_for_path (desk->files.other_photo);

  open_film_study (desk, film);
  tsn_document_open_file (desk->document, photo);
  g_assert_true (ui_wait (is_done, desk));
  ui_iterate (300);
  g_assert_false (is_playing (desk));
  g_assert_cmpuint (tsn_document_get_photo (desk->document)->image->width, ==, UI_PHOTO_HEIGHT);
  g_assert_cmpuint (desk->n_done, ==, 1);
  g_assert_cmpint (tsn_display_get_layout (tsn_document_get_display (desk->document)), ==,
                   TSN_LAYOUT_SINGLE);
  g_assert_cmpfloat (tsn_view_get_zoom (desk->view), !=, 7);
  g_assert_cmpint (g_unlink (film), ==, 0);
}

/* A film that cannot be played keeps the study waiting, but not for another film. */
static void
test_film_overtaken_by_film (Desk *desk, gconstpointer data)
{
  g_autofree char *film = make_film (desk);
  g_autofree char *broken = g_build_filename (desk->files.folder, "broken.webm", NULL);

  g_assert_true (g_file_set_contents (broken, "no film at all", -1, NULL));
  open_film_study (desk, broken);
  g_assert_true (ui_wait (is_playing, desk));
  ui_iterate (300);
  g_assert_true (tsn_study_opener_is_busy (desk->opener));
  check_plays (desk, film);
  g_assert_false (tsn_study_opener_is_busy (desk->opener));
  g_assert_cmpuint (desk->n_done, ==, 1);
  g_assert_cmpfloat (tsn_view_get_zoom (desk->view), !=, 7);
  tsn_live_close (tsn_document_get_live (desk->document));
  g_assert_cmpint (g_unlink (film), ==, 0);
  g_assert_cmpint (g_unlink (broken), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  desk_add ("/ui/study/opener/round-trip", test_round_trip);
  desk_add ("/ui/study/opener/located", test_located);
  desk_add ("/ui/study/opener/skipped", test_skipped);
  desk_add ("/ui/study/opener/cancelled", test_cancelled);
  desk_add ("/ui/study/opener/differs", test_differs);
  desk_add ("/ui/study/opener/film", test_film);
  desk_add ("/ui/study/opener/film-overtaken-by-photo", test_film_overtaken_by_photo);
  desk_add ("/ui/study/opener/film-not-begun", test_film_not_begun);
  desk_add ("/ui/study/opener/film-overtaken-by-film", test_film_overtaken_by_film);
  desk_add ("/ui/study/unknown-names", test_unknown_names);
  return g_test_run ();
}
