/* What a document shows as plain data and back; steps taken back; studies opened. */
#include "ui-fixture.h"

#include "ui/tsn-document-source.h"
#include "ui/tsn-history.h"
#include "ui/tsn-inspection.h"
#include "ui/tsn-study-opener.h"

#include <glib/gstdio.h>

typedef struct
{
  UiFixture files;
  TsnDocument *document;
  TsnView *view;
  TsnHistory *history;
  TsnStudyOpener *opener;
  guint n_done;
  guint n_missing;
  guint n_differs;
  guint part;
} Desk;

static gboolean
is_ready (gpointer document)
{
  return !tsn_document_is_busy (document) && tsn_document_get_model (document) != NULL
         && tsn_document_get_photo (document) != NULL;
}

/* As the panes do. */
static void
photo_changed_cb (Desk *desk)
{
  const TsnPhoto *photo = tsn_document_get_photo (desk->document);

  tsn_view_set_image_size (desk->view, photo->image->width, photo->image->height);
}

static void
done_cb (Desk *desk)
{
  desk->n_done++;
}

static void
missing_cb (Desk *desk, guint part)
{
  desk->n_missing++;
  desk->part = part;
}

static void
differs_cb (Desk *desk)
{
  desk->n_differs++;
}

static void
desk_sit_down (Desk *desk)
{
  desk->document = tsn_document_new ();
  desk->view = tsn_view_new ();
  tsn_view_set_viewport (desk->view, 40, 30, 1);
  g_signal_connect_swapped (desk->document, "photo-changed", G_CALLBACK (photo_changed_cb), desk);
  desk->history = tsn_history_new (desk->document, desk->view);
  desk->opener = tsn_study_opener_new (desk->document, desk->view);
  g_signal_connect_swapped (desk->opener, "done", G_CALLBACK (done_cb), desk);
  g_signal_connect_swapped (desk->opener, "missing", G_CALLBACK (missing_cb), desk);
  g_signal_connect_swapped (desk->opener, "differs", G_CALLBACK (differs_cb), desk);
}

static void
desk_stand_up (Desk *desk)
{
  tsn_document_cancel (desk->document);
  g_assert_finalize_object (desk->opener);
  g_assert_finalize_object (desk->history);
  g_object_unref (desk->view);
  ui_iterate (20);
  g_object_unref (desk->document);
}

static void
set_up (Desk *desk, gconstpointer data)
{
  g_autoptr (GFile) photo = NULL;

  ui_fixture_set_up (&desk->files, NULL);
  photo = g_file_new_for_path (desk->files.photo);
  desk_sit_down (desk);
  tsn_document_load_model (desk->document, desk->files.model);
  tsn_document_open_file (desk->document, photo);
  g_assert_true (ui_wait (is_ready, desk->document));
  ui_iterate (TSN_HISTORY_PAUSE_MS + 100);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  desk_stand_up (desk);
  ui_fixture_tear_down (&desk->files, NULL);
}

static void
zoom_in (Desk *desk)
{
  tsn_view_zoom_about (desk->view, 3, 5, 5);
}

static void
zoom_to_actual (Desk *desk)
{
  tsn_view_show_actual_size (desk->view);
}

static void
show_two (Desk *desk)
{
  tsn_document_set_shown (desk->document, 5);
}

static void
explain_another (Desk *desk)
{
  tsn_document_set_active (desk->document, 2);
}

static void
hide_photo (Desk *desk)
{
  tsn_document_set_show_photo (desk->document, FALSE);
}

static void
enlarge_input (Desk *desk)
{
  tsn_document_set_size (desk->document, 96);
}

static void
lay_over (Desk *desk)
{
  tsn_display_set_layout (tsn_document_get_display (desk->document), TSN_LAYOUT_OVERLAY);
}

static void
fade (Desk *desk)
{
  tsn_display_set_opacity (tsn_document_get_display (desk->document), 0.25);
}

static void
hatch (Desk *desk)
{
  tsn_display_set_hatching (tsn_document_get_display (desk->document), TRUE);
}

static void
isolate (Desk *desk)
{
  for (guint i = 0; i < tsn_document_get_n_tasks (desk->document); i++)
    if (tsn_document_get_task (desk->document, i)->kind == TSN_TASK_CLASSES)
      {
        tsn_document_set_active (desk->document, i);
        break;
      }
  tsn_display_set_isolated (tsn_document_get_display (desk->document), 1);
}

static void
compare (Desk *desk)
{
  tsn_compare_set_enabled (tsn_document_get_compare (desk->document), TRUE);
}

static void
wipe (Desk *desk)
{
  tsn_compare_set_mode (tsn_document_get_compare (desk->document), TSN_COMPARE_WIPE);
  tsn_compare_set_wipe (tsn_document_get_compare (desk->document), 0.25);
}

static void
mix (Desk *desk)
{
  TsnBlend *blend = tsn_document_get_blend (desk->document);

  tsn_blend_set_weight (blend, 0, 0.25);
  tsn_blend_set_weight (blend, 3, -0.5);
}

static void
mix_elsewhere (Desk *desk)
{
  tsn_blend_set_space (tsn_document_get_blend (desk->document), TSN_MIX_COEFFICIENTS);
}

static void
mix_modules (Desk *desk)
{
  TsnBlend *blend = tsn_document_get_blend (desk->document);

  tsn_blend_set_module (blend, 0, 2);
  tsn_blend_set_module (blend, 3, TSN_BLEND_PINNED);
}

static void
read_by_another (Desk *desk)
{
  tsn_blend_set_readout (tsn_document_get_blend (desk->document), 4);
}

static void
read_by_the_same (Desk *desk)
{
  tsn_blend_set_follow (tsn_document_get_blend (desk->document), FALSE);
}

static void
show_blend (Desk *desk)
{
  tsn_blend_set_shown (tsn_document_get_blend (desk->document), TRUE);
}

static void
inspect (Desk *desk)
{
  TsnInspection *inspection = tsn_document_get_inspection (desk->document);
  const char *node = tsn_inspection_get_node (inspection);
  const TsnOutline *outline = tsn_inspection_get_outline (inspection);
  const TsnOutlineBlock *last = &g_array_index (outline->blocks, TsnOutlineBlock,
                                                outline->blocks->len - 1);
  const char *other
      = tsn_graph_node (tsn_document_get_model (desk->document)->graph, last->node)->name;

  g_assert_cmpstr (node, !=, other);
  tsn_inspection_set_node (inspection, other);
}

static void
look_at_channel (Desk *desk)
{
  tsn_inspection_show_channel (tsn_document_get_inspection (desk->document), 1);
}

/* Everything that a step may change. */
static const struct
{
  const char *name;
  void (*change) (Desk *desk);
} changes[] = {
  { "zoom", zoom_in },
  { "actual size", zoom_to_actual },
  { "tasks", show_two },
  { "active task", explain_another },
  { "photo beside", hide_photo },
  { "size", enlarge_input },
  { "layout", lay_over },
  { "opacity", fade },
  { "hatching", hatch },
  { "isolated class", isolate },
  { "comparison", compare },
  { "wipe", wipe },
  { "weights", mix },
  { "space", mix_elsewhere },
  { "modules", mix_modules },
  { "fixed read-out", read_by_the_same },
  { "read-out", read_by_another },
  { "blend beside", show_blend },
  { "node", inspect },
  { "channel", look_at_channel },
};

static void
take (Desk *desk, TsnStudy *study)
{
  tsn_study_init (study);
  tsn_document_get_look (desk->document, study);
  tsn_view_get_study (desk->view, &study->view);
}

/* Compares as text, which says where the two differ. */
static void
assert_equal (const TsnStudy *study, const TsnStudy *expected)
{
  g_autofree char *text = tsn_study_to_json (study, "/", NULL);
  g_autofree char *expected_text = tsn_study_to_json (expected, "/", NULL);

  g_assert_cmpstr (text, ==, expected_text);
  g_assert_true (tsn_study_equal (study, expected));
}

/* Every change is one step, is taken back and taken again. */
static void
test_every_step (Desk *desk, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_auto (TsnStudy) before = { 0 };
      g_auto (TsnStudy) after = { 0 };
      g_auto (TsnStudy) undone = { 0 };
      g_auto (TsnStudy) redone = { 0 };

      g_test_message ("%s", changes[i].name);
      take (desk, &before);
      changes[i].change (desk);
      tsn_history_commit (desk->history);
      take (desk, &after);
      g_assert_false (tsn_study_equal (&before, &after));
      g_assert_true (tsn_history_can_undo (desk->history));
      tsn_history_undo (desk->history);
      take (desk, &undone);
      assert_equal (&undone, &before);
      g_assert_true (tsn_history_can_redo (desk->history));
      tsn_history_redo (desk->history);
      take (desk, &redone);
      assert_equal (&redone, &after);
      g_assert_false (tsn_history_can_redo (desk->history));
      tsn_history_commit (desk->history); /* the panes have settled */
    }
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    tsn_history_undo (desk->history);
  g_assert_false (tsn_history_can_undo (desk->history));
}

/* A slider that is dragged is one step. */
static void
test_merged (Desk *desk, gconstpointer data)
{
  TsnDisplay *display = tsn_document_get_display (desk->document);
  double before = tsn_display_get_opacity (display);

  for (guint i = 0; i < 20; i++)
    {
      tsn_display_set_opacity (display, 0.1 + 0.02 * i);
      ui_iterate (5);
    }
  ui_iterate (TSN_HISTORY_PAUSE_MS + 200);
  tsn_history_undo (desk->history);
  g_assert_cmpfloat (tsn_display_get_opacity (display), ==, before);
  g_assert_false (tsn_history_can_undo (desk->history));
}

/* Another active task means no isolated class: one wish, one step. */
static void
test_at_once (Desk *desk, gconstpointer data)
{
  isolate (desk);
  ui_iterate (10);
  tsn_document_show_only (desk->document, 4);
  ui_iterate (10);
  tsn_history_undo (desk->history);
  g_assert_cmpuint (tsn_document_count_shown (desk->document), ==, UI_TASKS);
  g_assert_cmpint (tsn_display_get_isolated (tsn_document_get_display (desk->document)), ==, 1);
  tsn_history_undo (desk->history);
  g_assert_false (tsn_history_can_undo (desk->history));
}

/* Choices that follow each other quickly are steps of their own; so many are remembered. */
static void
test_many (Desk *desk, gconstpointer data)
{
  TsnDisplay *display = tsn_document_get_display (desk->document);
  guint n = 0;

  for (guint i = 0; i < TSN_HISTORY_STEPS + 20; i++)
    {
      tsn_display_set_hatching (display, !tsn_display_get_hatching (display));
      ui_iterate (1);
    }
  for (; tsn_history_can_undo (desk->history); n++)
    tsn_history_undo (desk->history);
  g_assert_cmpuint (n, ==, TSN_HISTORY_STEPS);
}

/* Steps outlive their model, as far as another knows the tasks. */
static void
test_another_model (Desk *desk, gconstpointer data)
{
  tsn_document_show_only (desk->document, 2);
  ui_iterate (10);
  tsn_document_load_model (desk->document, desk->files.twin);
  g_assert_true (ui_wait (is_ready, desk->document));
  ui_iterate (TSN_HISTORY_PAUSE_MS + 200);
  g_assert_cmphex (tsn_document_get_shown (desk->document), ==, 1 << 2);
  tsn_history_undo (desk->history);
  g_assert_cmpuint (tsn_document_count_shown (desk->document), ==, UI_TWIN_TASKS);
}

/* What was changed back is no step; a new step ends what could be taken again. */
static void
test_no_step (Desk *desk, gconstpointer data)
{
  TsnDisplay *display = tsn_document_get_display (desk->document);

  tsn_display_set_hatching (display, TRUE);
  tsn_display_set_hatching (display, FALSE);
  tsn_history_commit (desk->history);
  g_assert_false (tsn_history_can_undo (desk->history));
  tsn_display_set_hatching (display, TRUE);
  tsn_history_undo (desk->history);
  g_assert_false (tsn_display_get_hatching (display));
  tsn_display_set_opacity (display, 0.5);
  ui_iterate (TSN_HISTORY_PAUSE_MS + 200);
  g_assert_false (tsn_history_can_redo (desk->history));
}

/* Another photo is no step, and the steps before it stay. */
static void
test_another_photo (Desk *desk, gconstpointer data)
{
  TsnDisplay *display = tsn_document_get_display (desk->document);
  g_autoptr (GFile) photo = g_file_new_for_path (desk->files.other_photo);

  tsn_display_set_layout (display, TSN_LAYOUT_SINGLE);
  zoom_in (desk);
  tsn_history_commit (desk->history);
  tsn_document_open_file (desk->document, photo);
  g_assert_true (ui_wait (is_ready, desk->document));
  ui_iterate (TSN_HISTORY_PAUSE_MS + 200);
  tsn_history_undo (desk->history);
  g_assert_cmpint (tsn_display_get_layout (display), ==, TSN_LAYOUT_GRID);
  g_assert_false (tsn_history_can_undo (desk->history));
  g_assert_true (g_file_equal (tsn_document_get_photo (desk->document)->file, photo));
}

static gboolean
is_done (gpointer data)
{
  Desk *desk = data;

  return desk->n_done > 0 && is_ready (desk->document);
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

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    changes[i].change (desk);
  tsn_compare_load (tsn_document_get_compare (desk->document), desk->files.twin);
  g_assert_true (ui_wait (is_ready, desk->document));
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
  assert_equal (&read, &saved);
  tsn_study_opener_open (desk->opener, &read);
  g_assert_true (ui_wait (is_done, desk));
  tsn_study_init (&shown);
  tsn_document_get_study (desk->document, &shown);
  tsn_view_get_study (desk->view, &shown.view);
  shown.page = g_strdup ("tasks");
  assert_equal (&shown, &saved);
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

static void
add (const char *name, void (*test) (Desk *desk, gconstpointer data))
{
  g_test_add (name, Desk, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/ui/study/history/every-step", test_every_step);
  add ("/ui/study/history/merged", test_merged);
  add ("/ui/study/history/at-once", test_at_once);
  add ("/ui/study/history/many", test_many);
  add ("/ui/study/history/another-model", test_another_model);
  add ("/ui/study/history/no-step", test_no_step);
  add ("/ui/study/history/another-photo", test_another_photo);
  add ("/ui/study/opener/round-trip", test_round_trip);
  add ("/ui/study/opener/located", test_located);
  add ("/ui/study/opener/skipped", test_skipped);
  add ("/ui/study/opener/cancelled", test_cancelled);
  add ("/ui/study/opener/differs", test_differs);
  add ("/ui/study/unknown-names", test_unknown_names);
  return g_test_run ();
}
