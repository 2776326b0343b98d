/* Undo and redo of what a document shows, without a window. */
#include "ui-fixture.h"

#include "ui/tsn-document.h"

typedef struct
{
  UiFixture files;
  TsnDocument *document;
  TsnDisplay *display;
  TsnHistory *history;
} Fixture;

static gboolean
is_idle (gpointer document)
{
  return !tsn_document_is_busy (document);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  ui_fixture_set_up (&fixture->files, NULL);
  fixture->document = tsn_document_new ();
  fixture->display = tsn_document_get_display (fixture->document);
  fixture->history = tsn_document_get_history (fixture->document);
  tsn_document_load_model (fixture->document, fixture->files.model);
  g_assert_true (ui_wait (is_idle, fixture->document));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->history), (gpointer *) &fixture->history);
  g_object_unref (fixture->document);
  g_assert_null (fixture->history);
  ui_fixture_tear_down (&fixture->files, NULL);
}

/* What follows is another step. */
static void
end_step (void)
{
  ui_iterate (10);
}

static void
test_begins_empty (Fixture *fixture, gconstpointer data)
{
  g_assert_false (tsn_history_can_undo (fixture->history));
  g_assert_false (tsn_history_can_redo (fixture->history));
  tsn_history_undo (fixture->history);
  tsn_history_redo (fixture->history);
  g_assert_cmphex (tsn_document_get_shown (fixture->document), ==, 0x3f);
}

static void
test_goes_there_and_back (Fixture *fixture, gconstpointer data)
{
  tsn_display_set_layout (fixture->display, TSN_LAYOUT_OVERLAY);
  end_step ();
  tsn_display_set_hatching (fixture->display, TRUE);
  end_step ();
  tsn_history_undo (fixture->history);
  g_assert_false (tsn_display_get_hatching (fixture->display));
  g_assert_cmpint (tsn_display_get_layout (fixture->display), ==, TSN_LAYOUT_OVERLAY);
  tsn_history_undo (fixture->history);
  g_assert_cmpint (tsn_display_get_layout (fixture->display), ==, TSN_LAYOUT_GRID);
  g_assert_false (tsn_history_can_undo (fixture->history));
  tsn_history_redo (fixture->history);
  tsn_history_redo (fixture->history);
  g_assert_true (tsn_display_get_hatching (fixture->display));
  g_assert_false (tsn_history_can_redo (fixture->history));
}

static void
test_what_changes_at_once_is_one_step (Fixture *fixture, gconstpointer data)
{
  tsn_document_set_active (fixture->document, 1);
  end_step ();
  tsn_display_set_isolated (fixture->display, 3);
  end_step ();
  /* Another active task, and no isolated class any more. */
  tsn_document_show_only (fixture->document, 4);
  end_step ();
  g_assert_cmpint (tsn_display_get_isolated (fixture->display), ==, -1);
  tsn_history_undo (fixture->history);
  g_assert_cmphex (tsn_document_get_shown (fixture->document), ==, 0x3f);
  g_assert_cmpuint (tsn_document_get_active (fixture->document), ==, 1);
  g_assert_cmpint (tsn_display_get_isolated (fixture->display), ==, 3);
  tsn_history_redo (fixture->history);
  g_assert_cmphex (tsn_document_get_shown (fixture->document), ==, 1 << 4);
  g_assert_cmpuint (tsn_document_get_active (fixture->document), ==, 4);
  g_assert_cmpint (tsn_display_get_isolated (fixture->display), ==, -1);
}

static void
test_a_drag_is_one_step (Fixture *fixture, gconstpointer data)
{
  TsnCompare *compare = tsn_document_get_compare (fixture->document);

  for (guint i = 1; i <= 5; i++)
    {
      tsn_compare_set_wipe (compare, 0.5 + 0.05 * i);
      end_step ();
    }
  tsn_display_set_opacity (fixture->display, 0.1);
  end_step ();
  tsn_history_undo (fixture->history);
  g_assert_cmpfloat_with_epsilon (tsn_compare_get_wipe (compare), 0.75, 1e-9);
  tsn_history_undo (fixture->history);
  g_assert_cmpfloat_with_epsilon (tsn_compare_get_wipe (compare), 0.5, 1e-9);
  g_assert_false (tsn_history_can_undo (fixture->history));
  tsn_history_redo (fixture->history);
  g_assert_cmpfloat_with_epsilon (tsn_compare_get_wipe (compare), 0.75, 1e-9);
}

static void
test_a_new_step_ends_the_future (Fixture *fixture, gconstpointer data)
{
  tsn_document_show_only (fixture->document, 2);
  end_step ();
  tsn_history_undo (fixture->history);
  g_assert_true (tsn_history_can_redo (fixture->history));
  tsn_document_show_only (fixture->document, 3);
  end_step ();
  g_assert_false (tsn_history_can_redo (fixture->history));
  tsn_history_undo (fixture->history);
  g_assert_cmphex (tsn_document_get_shown (fixture->document), ==, 0x3f);
}

static void
test_forgets_with_the_model (Fixture *fixture, gconstpointer data)
{
  tsn_document_show_only (fixture->document, 2);
  end_step ();
  g_assert_true (tsn_history_can_undo (fixture->history));
  tsn_document_load_model (fixture->document, fixture->files.twin);
  g_assert_true (ui_wait (is_idle, fixture->document));
  g_assert_false (tsn_history_can_undo (fixture->history));
  g_assert_cmphex (tsn_document_get_shown (fixture->document), ==, 1 << 2);
}

static void
test_remembers_so_many (Fixture *fixture, gconstpointer data)
{
  guint n = 0;

  for (guint i = 0; i < TSN_HISTORY_STEPS + 20; i++)
    {
      /* By turns, for changes of one property in a row are one step. */
      if (i % 2 == 0)
        tsn_display_set_hatching (fixture->display, !tsn_display_get_hatching (fixture->display));
      else
        tsn_document_toggle (fixture->document, 3);
      g_main_context_iteration (NULL, FALSE);
      ui_iterate (1);
    }
  for (; tsn_history_can_undo (fixture->history); n++)
    tsn_history_undo (fixture->history);
  g_assert_cmpuint (n, ==, TSN_HISTORY_STEPS);
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
  add ("/history/empty", test_begins_empty);
  add ("/history/there-and-back", test_goes_there_and_back);
  add ("/history/at-once", test_what_changes_at_once_is_one_step);
  add ("/history/drag", test_a_drag_is_one_step);
  add ("/history/future", test_a_new_step_ends_the_future);
  add ("/history/model", test_forgets_with_the_model);
  add ("/history/many", test_remembers_so_many);
  return g_test_run ();
}
