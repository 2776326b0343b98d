/* Steps that are taken back and taken again. */
#include "desk-fixture.h"

/* Every change is one step, is taken back and taken again. */
static void
test_every_step (Desk *desk, gconstpointer data)
{
  for (guint i = 0; i < desk_n_changes; i++)
    {
      g_auto (TsnStudy) before = { 0 };
      g_auto (TsnStudy) after = { 0 };
      g_auto (TsnStudy) undone = { 0 };
      g_auto (TsnStudy) redone = { 0 };

      g_test_message ("%s", desk_changes[i].name);
      desk_take (desk, &before);
      desk_changes[i].change (desk);
      tsn_history_commit (desk->history);
      desk_take (desk, &after);
      g_assert_false (tsn_study_equal (&before, &after));
      g_assert_true (tsn_history_can_undo (desk->history));
      tsn_history_undo (desk->history);
      desk_take (desk, &undone);
      desk_assert_equal (&undone, &before);
      g_assert_true (tsn_history_can_redo (desk->history));
      tsn_history_redo (desk->history);
      desk_take (desk, &redone);
      desk_assert_equal (&redone, &after);
      g_assert_false (tsn_history_can_redo (desk->history));
      tsn_history_commit (desk->history); /* the panes have settled */
    }
  for (guint i = 0; i < desk_n_changes; i++)
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
  desk_isolate (desk);
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
  g_assert_true (ui_wait (desk_is_ready, desk->document));
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
  desk_zoom_in (desk);
  tsn_history_commit (desk->history);
  tsn_document_open_file (desk->document, photo);
  g_assert_true (ui_wait (desk_is_ready, desk->document));
  ui_iterate (TSN_HISTORY_PAUSE_MS + 200);
  tsn_history_undo (desk->history);
  g_assert_cmpint (tsn_display_get_layout (display), ==, TSN_LAYOUT_GRID);
  g_assert_false (tsn_history_can_undo (desk->history));
  g_assert_true (g_file_equal (tsn_document_get_photo (desk->document)->file, photo));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  desk_add ("/ui/study/history/every-step", test_every_step);
  desk_add ("/ui/study/history/merged", test_merged);
  desk_add ("/ui/study/history/at-once", test_at_once);
  desk_add ("/ui/study/history/many", test_many);
  desk_add ("/ui/study/history/another-model", test_another_model);
  desk_add ("/ui/study/history/no-step", test_no_step);
  desk_add ("/ui/study/history/another-photo", test_another_photo);
  return g_test_run ();
}
