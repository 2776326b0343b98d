/* Where photos come from: folders, data sets with labels, and what happens in them meanwhile. */
#include "tests/core/data/data-fixture.h"
#include "ui-fixture.h"

#include "ui/tsn-document-live.h"
#include "ui/tsn-document-source.h"
#include "ui/tsn-styler.h"

#include <glib/gstdio.h>
#include <math.h>

#define WIDTH 96
#define HEIGHT 64

typedef struct
{
  UiFixture files;
  char *root; /* an empty folder, or that of a data set */
  TsnDocument *document;
  char *message;
} Fixture;

static void
failed_cb (Fixture *fixture, GError *error)
{
  g_free (fixture->message);
  fixture->message = g_strdup (error->message);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  ui_fixture_set_up (&fixture->files, NULL);
  fixture->root = data_fixture_new ();
  fixture->document = tsn_document_new ();
  g_signal_connect_swapped (fixture->document, "failed", G_CALLBACK (failed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->document), (gpointer *) &fixture->document);
  g_object_unref (fixture->document);
  /* An opening that was given up ends first. */
  for (guint i = 0; i < 200 && fixture->document != NULL; i++)
    ui_iterate (20);
  g_assert_null (fixture->document);
  data_fixture_free (fixture->root);
  ui_fixture_tear_down (&fixture->files, NULL);
  g_free (fixture->message);
}

static gboolean
is_idle (gpointer data)
{
  TsnDocument *document = data;

  return !tsn_document_is_busy (document) && !tsn_judge_is_busy (tsn_document_get_judge (document));
}

static void
add_photo (Fixture *fixture, const char *name)
{
  g_autoptr (TsnImage) image = data_fixture_gradient (WIDTH, HEIGHT);

  data_fixture_photo (fixture->root, name, image);
}

static void
open_root (Fixture *fixture)
{
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->root);

  tsn_document_open_folder (fixture->document, folder);
  g_assert_true (ui_wait (is_idle, fixture->document));
}

static void
open_path (Fixture *fixture, const char *name)
{
  g_autofree char *path = data_fixture_path (fixture->root, name);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  tsn_document_open_file (fixture->document, file);
  tsn_gallery_open_around (tsn_document_get_gallery (fixture->document), file);
  g_assert_true (ui_wait (is_idle, fixture->document));
}

static char *
list_names (Fixture *fixture)
{
  TsnGallery *gallery = tsn_document_get_gallery (fixture->document);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < tsn_gallery_get_length (gallery); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "",
                            tsn_gallery_photo_get_name (tsn_gallery_get_photo (gallery, i)));
  return g_string_free (names, FALSE);
}

static void
assert_names (Fixture *fixture, const char *expected)
{
  g_autofree char *names = list_names (fixture);

  g_assert_cmpstr (names, ==, expected);
}

static void
assert_photo (Fixture *fixture, const char *name, guint position)
{
  g_assert_cmpstr (tsn_document_get_photo (fixture->document)->name, ==, name);
  g_assert_cmpuint (tsn_document_get_position (fixture->document), ==, position);
}

static void
add_three (Fixture *fixture)
{
  add_photo (fixture, "img10.png");
  add_photo (fixture, "img9.png");
  add_photo (fixture, "img1.png");
  data_fixture_text (fixture->root, "notes.txt", "no photo");
  data_fixture_text (fixture->root, ".hidden.png", "no photo either");
}

static void
test_lists_a_folder_as_people_sort (Fixture *fixture, gconstpointer data)
{
  add_three (fixture);
  open_root (fixture);
  assert_names (fixture, "img1.png img9.png img10.png");
  assert_photo (fixture, "img1.png", 0);
  g_assert_null (tsn_gallery_get_dataset (tsn_document_get_gallery (fixture->document)));
  g_assert_null (fixture->message);
}

static void
test_steps_from_photo_to_photo (Fixture *fixture, gconstpointer data)
{
  add_three (fixture);
  open_root (fixture);
  g_assert_false (tsn_document_can_step (fixture->document, -1));
  /* Faster than photos can be read: both steps count. */
  tsn_document_step (fixture->document, 1);
  tsn_document_step (fixture->document, 1);
  g_assert_true (ui_wait (is_idle, fixture->document));
  assert_photo (fixture, "img10.png", 2);
  g_assert_false (tsn_document_can_step (fixture->document, 1));
  tsn_document_step (fixture->document, 1);
  tsn_document_step (fixture->document, -1);
  g_assert_true (ui_wait (is_idle, fixture->document));
  assert_photo (fixture, "img9.png", 1);
}

static void
test_steps_over_a_broken_photo (Fixture *fixture, gconstpointer data)
{
  add_three (fixture);
  data_fixture_text (fixture->root, "img2.png", "no picture at all");
  open_root (fixture);
  tsn_document_step (fixture->document, 1);
  g_assert_true (ui_wait (is_idle, fixture->document));
  g_assert_nonnull (strstr (fixture->message, "img2.png"));
  assert_photo (fixture, "img1.png", 1);
  tsn_document_step (fixture->document, 1);
  g_assert_true (ui_wait (is_idle, fixture->document));
  assert_photo (fixture, "img9.png", 2);
}

static void
test_finds_the_others_of_a_photo (Fixture *fixture, gconstpointer data)
{
  add_three (fixture);
  open_path (fixture, "img9.png");
  assert_names (fixture, "img1.png img9.png img10.png");
  assert_photo (fixture, "img9.png", 1);
}

static void
test_says_that_a_folder_is_empty (Fixture *fixture, gconstpointer data)
{
  open_root (fixture);
  g_assert_nonnull (fixture->message);
  g_assert_nonnull (strstr (fixture->message, "holds no photos"));
  g_assert_null (tsn_document_get_photo (fixture->document));
}

typedef struct
{
  Fixture *fixture;
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
test_follows_what_happens_in_the_folder (Fixture *fixture, gconstpointer data)
{
  Expected more = { fixture, "img1.png img3.png img9.png img10.png" };
  Expected less = { fixture, "img3.png img9.png img10.png" };
  TsnGallery *gallery = tsn_document_get_gallery (fixture->document);
  g_autofree char *first = data_fixture_path (fixture->root, "img1.png");
  gpointer kept;

  add_three (fixture);
  open_root (fixture);
  tsn_document_step (fixture->document, 1);
  g_assert_true (ui_wait (is_idle, fixture->document));
  kept = tsn_gallery_get_photo (gallery, 1);
  add_photo (fixture, "img3.png");
  g_assert_true (ui_wait (lists, &more));
  g_assert_true (tsn_gallery_get_photo (gallery, 2) == kept);
  assert_photo (fixture, "img9.png", 2);
  g_assert_cmpint (g_unlink (first), ==, 0);
  g_assert_true (ui_wait (lists, &less));
  assert_photo (fixture, "img9.png", 1);
}

/* Three photos; the first two have labels. */
static void
add_dataset (Fixture *fixture, guint8 class)
{
  g_autofree guint8 *classes = g_malloc (WIDTH * HEIGHT);
  g_autofree guint8 *mask = g_malloc0 (WIDTH * HEIGHT);
  g_autofree guint8 *edges = g_malloc0 (WIDTH * HEIGHT);
  g_autofree guint16 *depth = g_new (guint16, WIDTH * HEIGHT);

  memset (classes, class, WIDTH * HEIGHT);
  memset (classes, 255, WIDTH);
  memset (mask, 255, WIDTH * HEIGHT / 2);
  memset (edges + WIDTH * HEIGHT / 2, 255, WIDTH);
  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    depth[i] = i < WIDTH ? 0 : 1500;
  for (const char *const *id = (const char *const[]){ "a", "b", "c", NULL }; *id != NULL; id++)
    {
      g_autofree char *name = g_strdup_printf ("images/%s.png", *id);

      add_photo (fixture, name);
    }
  data_fixture_grey8 (fixture->root, "semseg/a.png", WIDTH, HEIGHT, classes);
  data_fixture_grey8 (fixture->root, "saliency/a.png", WIDTH, HEIGHT, mask);
  data_fixture_grey8 (fixture->root, "edge/a.png", WIDTH, HEIGHT, edges);
  data_fixture_grey16 (fixture->root, "depth/a.png", WIDTH, HEIGHT, depth);
  data_fixture_grey8 (fixture->root, "saliency/b.png", WIDTH / 2, HEIGHT, mask);
  data_fixture_text (fixture->root, "splits/train.txt", "c\n");
  data_fixture_text (fixture->root, "splits/val.txt", "a\nb\n");
}

/* Tasks of the model: semseg, human parts, edge, saliency, normals, depth. */
enum
{
  SEMSEG,
  PARTS,
  EDGE,
  SALIENCY,
  NORMALS,
  DEPTH
};

static void
load_model (Fixture *fixture)
{
  tsn_document_load_model (fixture->document, fixture->files.model);
  g_assert_true (ui_wait (is_idle, fixture->document));
}

static void
test_reads_and_judges_labels (Fixture *fixture, gconstpointer data)
{
  TsnJudge *judge = tsn_document_get_judge (fixture->document);
  const TsnPrediction *depth;

  load_model (fixture);
  add_dataset (fixture, 15);
  open_root (fixture);
  g_assert_cmphex (tsn_judge_get_labelled (judge), ==,
                   1 << SEMSEG | 1 << EDGE | 1 << SALIENCY | 1 << DEPTH);
  for (guint t = 0; t <= DEPTH; t++)
    {
      const TsnVerdict *verdict = tsn_judge_get_verdict (judge, t);

      g_assert_true ((verdict != NULL) == tsn_document_shows_truth_of (fixture->document, t));
      g_assert_true ((verdict != NULL) == (tsn_document_get_truth (fixture->document, t) != NULL));
      if (verdict == NULL)
        continue;
      g_assert_true (isfinite (verdict->value));
      g_assert_cmpfloat (verdict->value, >=, 0);
    }
  /* The label has the colours of the prediction's legend. */
  depth = tsn_document_get_prediction (fixture->document, DEPTH);
  g_assert_cmpfloat (tsn_document_get_truth (fixture->document, DEPTH)->low, ==,
                     depth->legend->low);
  tsn_document_set_show_truth (fixture->document, FALSE);
  g_assert_false (tsn_document_shows_truth_of (fixture->document, DEPTH));
}

/* The root mean square error of a constant is what the definition says. */
static void
test_scores_by_the_definition (Fixture *fixture, gconstpointer data)
{
  const TsnPrediction *prediction;
  double sum = 0;

  load_model (fixture);
  add_dataset (fixture, 0);
  open_root (fixture);
  prediction = tsn_document_get_prediction (fixture->document, DEPTH);
  for (guint y = 1; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      {
        TsnResultSample sample;

        tsn_result_sample (prediction->result, x, y, &sample);
        sum += (sample.value - 1.5) * (sample.value - 1.5);
      }
  g_assert_cmpfloat_with_epsilon (
      tsn_judge_get_verdict (tsn_document_get_judge (fixture->document), DEPTH)->value,
      sqrt (sum / (WIDTH * (HEIGHT - 1))), 1e-3);
}

static gboolean
is_scored (gpointer data)
{
  Fixture *fixture = data;
  TsnCompare *compare = tsn_document_get_compare (fixture->document);

  return is_idle (fixture->document) && tsn_compare_get_verdict (compare, SEMSEG) != NULL
         && tsn_compare_get_verdict (compare, EDGE) != NULL
         && tsn_compare_get_verdict (compare, SALIENCY) != NULL;
}

static void
test_scores_two_models (Fixture *fixture, gconstpointer data)
{
  TsnCompare *compare = tsn_document_get_compare (fixture->document);
  TsnJudge *judge = tsn_document_get_judge (fixture->document);

  load_model (fixture);
  add_dataset (fixture, 15);
  open_root (fixture);
  g_assert_null (tsn_compare_get_verdict (compare, SALIENCY));
  /* The same model gets the same scores. */
  tsn_compare_load (compare, fixture->files.model);
  tsn_compare_set_enabled (compare, TRUE);
  g_assert_true (ui_wait (is_scored, fixture));
  g_assert_cmpfloat (tsn_compare_get_verdict (compare, SALIENCY)->value, ==,
                     tsn_judge_get_verdict (judge, SALIENCY)->value);
  /* Its twin gets others, and none for the task that it lacks or that has no labels. */
  tsn_compare_load (compare, fixture->files.twin);
  g_assert_true (ui_wait (is_idle, fixture->document));
  g_assert_true (ui_wait (is_scored, fixture));
  g_assert_cmpfloat (tsn_compare_get_verdict (compare, SALIENCY)->value, !=,
                     tsn_judge_get_verdict (judge, SALIENCY)->value);
  g_assert_null (tsn_compare_get_verdict (compare, DEPTH));
  g_assert_null (tsn_compare_get_verdict (compare, NORMALS));
  /* Without a comparison nothing is scored. */
  tsn_compare_set_enabled (compare, FALSE);
  g_assert_null (tsn_compare_get_verdict (compare, SALIENCY));
}

static void
test_describes_labels (Fixture *fixture, gconstpointer data)
{
  g_autofree char *classes = NULL;
  g_autofree char *there = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *saliency = NULL;
  TsnAnnotation *truth;

  load_model (fixture);
  add_dataset (fixture, 15);
  open_root (fixture);
  truth = tsn_document_get_truth (fixture->document, SEMSEG);
  classes = tsn_annotation_describe (truth);
  g_assert_cmpstr (classes, ==, "person 100 %");
  there = tsn_annotation_describe_at (truth, 5, 5);
  g_assert_cmpstr (there, ==, "person");
  nothing = tsn_annotation_describe_at (truth, 5, 0);
  g_assert_cmpstr (nothing, ==, "not labelled");
  saliency = tsn_annotation_describe (tsn_document_get_truth (fixture->document, SALIENCY));
  g_assert_cmpstr (saliency, ==, "50 % of the photo are salient");
}

static guint32
get_pixel (const TsnPicture *picture, int x, int y)
{
  cairo_rectangle_int_t area = { x, y, 1, 1 };
  cairo_surface_t *surface = tsn_picture_crop_surface (picture, 0, &area);
  guint32 pixel = *(guint32 *) cairo_image_surface_get_data (surface) & 0xffffff;

  cairo_surface_destroy (surface);
  return pixel;
}

/* One class that stands out and the patterns are those of predictions; what nobody labelled stays
 * striped. */
static void
test_draws_labels_otherwise (Fixture *fixture, gconstpointer data)
{
  TsnRenderOptions other = { .isolate = TRUE, .isolated = 1 }, hatched = { .hatch = 8 };
  g_autoptr (TsnStyler) styler = tsn_styler_new ();
  TsnAnnotation *truth;
  TsnPicture *picture;
  TsnTask *task;
  guint lines = 0;

  load_model (fixture);
  add_dataset (fixture, 15);
  open_root (fixture);
  truth = tsn_document_get_truth (fixture->document, SEMSEG);
  task = truth->task;
  g_assert_true (tsn_styler_get_label_picture (styler, 0, truth, &(TsnRenderOptions){ 0 })
                 == truth->picture);
  g_assert_true (tsn_styler_get_label_picture (styler, 0, truth, &other) == truth->picture);
  while ((picture = tsn_styler_get_label_picture (styler, 0, truth, &other)) == truth->picture)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (task->class_names[1], !=, "person");
  g_assert_cmphex (get_pixel (picture, 5, 5), !=, get_pixel (truth->picture, 5, 5));
  g_assert_cmphex (get_pixel (picture, 5, 0), ==, get_pixel (truth->picture, 5, 0));
  for (guint c = 0; c < task->channels; c++)
    if (g_str_equal (task->class_names[c], "person"))
      other.isolated = c;
  while (tsn_styler_get_label_picture (styler, 0, truth, &other) == picture)
    g_main_context_iteration (NULL, TRUE);
  picture = tsn_styler_get_label_picture (styler, 0, truth, &other);
  g_assert_cmphex (get_pixel (picture, 5, 5), ==, get_pixel (truth->picture, 5, 5));
  picture = tsn_annotation_draw (truth, &hatched);
  for (int x = 0; x < WIDTH; x++)
    lines += get_pixel (picture, x, 5) != get_pixel (truth->picture, x, 5);
  g_assert_cmpuint (lines, >, 0);
  g_assert_cmpuint (lines, <, WIDTH / 2);
  g_assert_cmphex (get_pixel (picture, 5, 0), ==, get_pixel (truth->picture, 5, 0));
  tsn_picture_unref (picture);
}

static TsnFrameSource *
new_missing_video (void)
{
  return tsn_frame_source_new_file ("/nowhere/film.mp4");
}

/* However long the listing of the folder takes. */
static void
test_newest_wish_counts (Fixture *fixture, gconstpointer data)
{
  TsnLive *live = tsn_document_get_live (fixture->document);
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->root);
  g_autoptr (GFile) other = g_file_new_for_path (fixture->files.photo);

  add_three (fixture);
  tsn_document_open_folder (fixture->document, folder);
  tsn_document_open_file (fixture->document, other);
  g_assert_true (ui_wait (is_idle, fixture->document));
  ui_iterate (200);
  g_assert_true (ui_wait (is_idle, fixture->document));
  g_assert_cmpstr (tsn_document_get_photo (fixture->document)->name, ==, "photo.png");
  tsn_document_open_folder (fixture->document, folder);
  tsn_live_open_source (live, new_missing_video (), TSN_LIVE_VIDEO);
  ui_iterate (200);
  g_assert_true (ui_wait (is_idle, fixture->document));
  g_assert_true (tsn_document_is_live (fixture->document));
  g_assert_null (fixture->message);
}

/* What changed in the folder is still seen, whatever is opened meanwhile. */
static void
test_listing_anew_is_no_wish (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) other = g_file_new_for_path (fixture->files.photo);
  TsnGallery *gallery = tsn_document_get_gallery (fixture->document);

  add_three (fixture);
  open_root (fixture);
  add_photo (fixture, "img2.png");
  while (!tsn_gallery_is_listing (gallery))
    g_main_context_iteration (NULL, TRUE);
  tsn_document_open_file (fixture->document, other);
  g_assert_true (ui_wait (is_idle, fixture->document));
  assert_names (fixture, "img1.png img2.png img9.png img10.png");
}

/* A camera or video that has no picture hides the photo: its folder brings it back. */
static void
test_folder_of_a_hidden_photo (Fixture *fixture, gconstpointer data)
{
  TsnLive *live = tsn_document_get_live (fixture->document);

  add_three (fixture);
  open_path (fixture, "img9.png");
  tsn_live_open_source (live, new_missing_video (), TSN_LIVE_VIDEO);
  g_assert_true (tsn_document_is_live (fixture->document));
  open_root (fixture);
  g_assert_false (tsn_document_is_live (fixture->document));
  assert_photo (fixture, "img9.png", 1);
}

static void
test_says_why_labels_do_not_fit (Fixture *fixture, gconstpointer data)
{
  TsnJudge *judge = tsn_document_get_judge (fixture->document);

  load_model (fixture);
  add_dataset (fixture, 30);
  open_root (fixture);
  g_assert_cmphex (tsn_judge_get_labelled (judge) & 1 << SEMSEG, ==, 0);
  g_assert_nonnull (strstr (tsn_judge_get_objection (judge, SEMSEG), "class"));
  /* The second photo has a label of another size. */
  tsn_document_step (fixture->document, 1);
  g_assert_true (ui_wait (is_idle, fixture->document));
  g_assert_cmphex (tsn_judge_get_labelled (judge), ==, 0);
  g_assert_nonnull (strstr (tsn_judge_get_objection (judge, SALIENCY), "48"));
}

static void
test_changes_the_split (Fixture *fixture, gconstpointer data)
{
  TsnGallery *gallery = tsn_document_get_gallery (fixture->document);

  load_model (fixture);
  add_dataset (fixture, 0);
  open_root (fixture);
  assert_names (fixture, "a b");
  g_assert_cmpstr (tsn_gallery_get_splits (gallery)[0], ==, "train");
  tsn_gallery_choose_split (gallery, "train");
  g_assert_true (ui_wait (is_idle, fixture->document));
  assert_names (fixture, "c");
  assert_photo (fixture, "c.png", 0);
  g_assert_cmphex (tsn_judge_get_labelled (tsn_document_get_judge (fixture->document)), ==, 0);
}

static void
test_knows_a_photo_of_a_data_set (Fixture *fixture, gconstpointer data)
{
  load_model (fixture);
  add_dataset (fixture, 0);
  open_path (fixture, "images/a.png");
  assert_names (fixture, "a b");
  g_assert_nonnull (tsn_document_get_truth (fixture->document, SALIENCY));
  /* A photo of no data set has no labels. */
  {
    g_autoptr (GFile) other = g_file_new_for_path (fixture->files.photo);

    tsn_document_open_file (fixture->document, other);
  }
  g_assert_true (ui_wait (is_idle, fixture->document));
  g_assert_cmphex (tsn_judge_get_labelled (tsn_document_get_judge (fixture->document)), ==, 0);
  g_assert_null (tsn_document_get_truth (fixture->document, SALIENCY));
}

static void
test_is_dropped_while_listing_and_judging (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->root);

  load_model (fixture);
  add_dataset (fixture, 0);
  open_root (fixture);
  tsn_document_rerun (fixture->document);
  ui_iterate (30);
  tsn_document_open_folder (fixture->document, folder);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
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
  add ("/sources/dataset/judged", test_reads_and_judges_labels);
  add ("/sources/dataset/definition", test_scores_by_the_definition);
  add ("/sources/dataset/two-models", test_scores_two_models);
  add ("/sources/dataset/described", test_describes_labels);
  add ("/sources/dataset/looks", test_draws_labels_otherwise);
  add ("/sources/dataset/other-classes", test_says_why_labels_do_not_fit);
  add ("/sources/dataset/split", test_changes_the_split);
  add ("/sources/dataset/around", test_knows_a_photo_of_a_data_set);
  add ("/sources/dropped", test_is_dropped_while_listing_and_judging);
  return g_test_run ();
}
