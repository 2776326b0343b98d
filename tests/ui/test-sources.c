/* Where photos come from: folders, data sets with labels, and what happens in them meanwhile. */
#include "sources-fixture.h"

#include "tests/core/data/data-fixture.h"
#include "ui/tsn-document-live.h"

#include <glib/gstdio.h>

static void
open_path (Sources *fixture, const char *name)
{
  g_autofree char *path = data_fixture_path (fixture->root, name);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  tsn_document_open_file (fixture->document, file);
  tsn_gallery_open_around (tsn_document_get_gallery (fixture->document), file);
  g_assert_true (ui_wait (sources_are_idle, fixture->document));
}

static char *
list_names (Sources *fixture)
{
  TsnGallery *gallery = tsn_document_get_gallery (fixture->document);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < tsn_gallery_get_length (gallery); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "",
                            tsn_gallery_photo_get_name (tsn_gallery_get_photo (gallery, i)));
  return g_string_free (names, FALSE);
}

static void
assert_names (Sources *fixture, const char *expected)
{
  g_autofree char *names = list_names (fixture);

  g_assert_cmpstr (names, ==, expected);
}

static void
assert_photo (Sources *fixture, const char *name, guint position)
{
  g_assert_cmpstr (tsn_document_get_photo (fixture->document)->name, ==, name);
  g_assert_cmpuint (tsn_document_get_position (fixture->document), ==, position);
}

static void
add_three (Sources *fixture)
{
  sources_add_photo (fixture, "img10.png");
  sources_add_photo (fixture, "img9.png");
  sources_add_photo (fixture, "img1.png");
  data_fixture_text (fixture->root, "notes.txt", "no photo");
  data_fixture_text (fixture->root, ".hidden.png", "no photo either");
}

static void
test_lists_a_folder_as_people_sort (Sources *fixture, gconstpointer data)
{
  add_three (fixture);
  sources_open (fixture);
  assert_names (fixture, "img1.png img9.png img10.png");
  assert_photo (fixture, "img1.png", 0);
  g_assert_null (tsn_gallery_get_dataset (tsn_document_get_gallery (fixture->document)));
  g_assert_null (fixture->message);
}

static void
test_steps_from_photo_to_photo (Sources *fixture, gconstpointer data)
{
  add_three (fixture);
  sources_open (fixture);
  g_assert_false (tsn_document_can_step (fixture->document, -1));
  /* Faster than photos can be read: both steps count. */
  tsn_document_step (fixture->document, 1);
  tsn_document_step (fixture->document, 1);
  g_assert_true (ui_wait (sources_are_idle, fixture->document));
  assert_photo (fixture, "img10.png", 2);
  g_assert_false (tsn_document_can_step (fixture->document, 1));
  tsn_document_step (fixture->document, 1);
  tsn_document_step (fixture->document, -1);
  g_assert_true (ui_wait (sources_are_idle, fixture->document));
  assert_photo (fixture, "img9.png", 1);
}

static void
test_steps_over_a_broken_photo (Sources *fixture, gconstpointer data)
{
  add_three (fixture);
  data_fixture_text (fixture->root, "img2.png", "no picture at all");
  sources_open (fixture);
  tsn_document_step (fixture->document, 1);
  g_assert_true (ui_wait (sources_are_idle, fixture->document));
  g_assert_nonnull (strstr (fixture->message, "img2.png"));
  assert_photo (fixture, "img1.png", 1);
  tsn_document_step (fixture->document, 1);
  g_assert_true (ui_wait (sources_are_idle, fixture->document));
  assert_photo (fixture, "img9.png", 2);
}

static void
test_finds_the_others_of_a_photo (Sources *fixture, gconstpointer data)
{
  add_three (fixture);
  open_path (fixture, "img9.png");
  assert_names (fixture, "img1.png img9.png img10.png");
  assert_photo (fixture, "img9.png", 1);
}

static void
test_says_that_a_folder_is_empty (Sources *fixture, gconstpointer data)
{
  sources_open (fixture);
  g_assert_nonnull (fixture->message);
  g_assert_nonnull (strstr (fixture->message, "holds no photos"));
  g_assert_null (tsn_document_get_photo (fixture->document));
}

typedef struct
{
  Sources *fixture;
  const char *names;
} Expected;

static gboolean
lists (gpointer data)
{
  const Expected *expected = data;
  g_autofree char *names = list_names (expected->fixture);

  return g_str_equal (names, expected->names);
}

static void
test_follows_what_happens_in_the_folder (Sources *fixture, gconstpointer data)
{
  Expected more = { fixture, "img1.png img3.png img9.png img10.png" };
  Expected less = { fixture, "img3.png img9.png img10.png" };
  TsnGallery *gallery = tsn_document_get_gallery (fixture->document);
  g_autofree char *first = data_fixture_path (fixture->root, "img1.png");
  gpointer kept;

  add_three (fixture);
  sources_open (fixture);
  tsn_document_step (fixture->document, 1);
  g_assert_true (ui_wait (sources_are_idle, fixture->document));
  kept = tsn_gallery_get_photo (gallery, 1);
  sources_add_photo (fixture, "img3.png");
  g_assert_true (ui_wait (lists, &more));
  g_assert_true (tsn_gallery_get_photo (gallery, 2) == kept);
  assert_photo (fixture, "img9.png", 2);
  g_assert_cmpint (g_unlink (first), ==, 0);
  g_assert_true (ui_wait (lists, &less));
  assert_photo (fixture, "img9.png", 1);
}

static TsnFrameSource *
new_missing_video (void)
{
  return tsn_frame_source_new_file ("/nowhere/film.mp4");
}

/* However long the listing of the folder takes. */
static void
test_newest_wish_counts (Sources *fixture, gconstpointer data)
{
  TsnLive *live = tsn_document_get_live (fixture->document);
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->root);
  g_autoptr (GFile) other = g_file_new_for_path (fixture->files.photo);

  add_three (fixture);
  tsn_document_open_folder (fixture->document, folder);
  tsn_document_open_file (fixture->document, other);
  g_assert_true (ui_wait (sources_are_idle, fixture->document));
  ui_iterate (200);
  g_assert_true (ui_wait (sources_are_idle, fixture->document));
  g_assert_cmpstr (tsn_document_get_photo (fixture->document)->name, ==, "photo.png");
  tsn_document_open_folder (fixture->document, folder);
  tsn_live_open_source (live, new_missing_video (), TSN_LIVE_VIDEO);
  ui_iterate (200);
  g_assert_true (ui_wait (sources_are_idle, fixture->document));
  g_assert_true (tsn_document_is_live (fixture->document));
  g_assert_null (fixture->message);
}

/* What changed in the folder is still seen, whatever is opened meanwhile. */
static void
test_listing_anew_is_no_wish (Sources *fixture, gconstpointer data)
{
  g_autoptr (GFile) other = g_file_new_for_path (fixture->files.photo);
  TsnGallery *gallery = tsn_document_get_gallery (fixture->document);

  add_three (fixture);
  sources_open (fixture);
  sources_add_photo (fixture, "img2.png");
  while (!tsn_gallery_is_listing (gallery))
    g_main_context_iteration (NULL, TRUE);
  tsn_document_open_file (fixture->document, other);
  g_assert_true (ui_wait (sources_are_idle, fixture->document));
  assert_names (fixture, "img1.png img2.png img9.png img10.png");
}

/* A camera or video that has no picture hides the photo: its folder brings it back. */
static void
test_folder_of_a_hidden_photo (Sources *fixture, gconstpointer data)
{
  TsnLive *live = tsn_document_get_live (fixture->document);

  add_three (fixture);
  open_path (fixture, "img9.png");
  tsn_live_open_source (live, new_missing_video (), TSN_LIVE_VIDEO);
  g_assert_true (tsn_document_is_live (fixture->document));
  sources_open (fixture);
  g_assert_false (tsn_document_is_live (fixture->document));
  assert_photo (fixture, "img9.png", 1);
}

static void
test_changes_the_split (Sources *fixture, gconstpointer data)
{
  TsnGallery *gallery = tsn_document_get_gallery (fixture->document);

  sources_load_model (fixture);
  sources_add_dataset (fixture, 0);
  sources_open (fixture);
  assert_names (fixture, "a b");
  g_assert_cmpstr (tsn_gallery_get_splits (gallery)[0], ==, "train");
  tsn_gallery_choose_split (gallery, "train");
  g_assert_true (ui_wait (sources_are_idle, fixture->document));
  assert_names (fixture, "c");
  assert_photo (fixture, "c.png", 0);
  g_assert_cmphex (tsn_judge_get_labelled (tsn_document_get_judge (fixture->document)), ==, 0);
}

static void
test_knows_a_photo_of_a_data_set (Sources *fixture, gconstpointer data)
{
  sources_load_model (fixture);
  sources_add_dataset (fixture, 0);
  open_path (fixture, "images/a.png");
  assert_names (fixture, "a b");
  g_assert_nonnull (tsn_document_get_truth (fixture->document, SALIENCY));
  /* A photo of no data set has no labels. */
  {
    g_autoptr (GFile) other = g_file_new_for_path (fixture->files.photo);

    tsn_document_open_file (fixture->document, other);
  }
  g_assert_true (ui_wait (sources_are_idle, fixture->document));
  g_assert_cmphex (tsn_judge_get_labelled (tsn_document_get_judge (fixture->document)), ==, 0);
  g_assert_null (tsn_document_get_truth (fixture->document, SALIENCY));
}

static void
test_is_dropped_while_listing_and_judging (Sources *fixture, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->root);

  sources_load_model (fixture);
  sources_add_dataset (fixture, 0);
  sources_open (fixture);
  tsn_document_rerun (fixture->document);
  ui_iterate (30);
  tsn_document_open_folder (fixture->document, folder);
}

static void
add (const char *path, void (*test) (Sources *, gconstpointer))
{
  g_test_add (path, Sources, NULL, sources_set_up, test, sources_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/sources/folder", test_lists_a_folder_as_people_sort);
  add ("/sources/steps", test_steps_from_photo_to_photo);
  add ("/sources/broken", test_steps_over_a_broken_photo);
  add ("/sources/around", test_finds_the_others_of_a_photo);
  add ("/sources/empty", test_says_that_a_folder_is_empty);
  add ("/sources/newest", test_newest_wish_counts);
  add ("/sources/listed-anew", test_listing_anew_is_no_wish);
  add ("/sources/hidden", test_folder_of_a_hidden_photo);
  add ("/sources/watched", test_follows_what_happens_in_the_folder);
  add ("/sources/dataset/split", test_changes_the_split);
  add ("/sources/dataset/around", test_knows_a_photo_of_a_data_set);
  add ("/sources/dropped", test_is_dropped_while_listing_and_judging);
  return g_test_run ();
}
