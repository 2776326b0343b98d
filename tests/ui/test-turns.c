/* Work that waits for turns of the main loop of its own. */
#include "ui/tsn-turns.h"

typedef struct
{
  GString *done;
  char name;
} Worker;

static void
first (gpointer data)
{
  Worker *worker = data;

  g_string_append_c (worker->done, worker->name);
}

static void
again (gpointer data)
{
  Worker *worker = data;

  g_string_append_c (worker->done, g_ascii_toupper (worker->name));
}

static void
ask_for_more (gpointer data)
{
  first (data);
  tsn_turns_add (data, ask_for_more);
}

static void
turn (void)
{
  g_assert_true (g_main_context_iteration (NULL, FALSE));
}

static void
test_once_and_apart (void)
{
  g_autoptr (GString) done = g_string_new (NULL);
  Worker a = { done, 'a' }, b = { done, 'b' };

  g_assert_false (tsn_turns_are_due ());
  tsn_turns_add (&a, first);
  tsn_turns_add (&b, first);
  tsn_turns_add (&a, first);
  tsn_turns_add (&a, again);
  g_assert_cmpstr (done->str, ==, "");
  turn ();
  g_assert_cmpstr (done->str, ==, "a");
  turn ();
  g_assert_cmpstr (done->str, ==, "ab");
  g_assert_true (tsn_turns_are_due ());
  turn ();
  g_assert_cmpstr (done->str, ==, "abA");
  g_assert_false (tsn_turns_are_due ());
  g_assert_false (g_main_context_iteration (NULL, FALSE));
  tsn_turns_add (&b, again);
  turn ();
  g_assert_cmpstr (done->str, ==, "abAB");
}

/* Who asks again while it has its turn waits behind the others. */
static void
test_asked_again (void)
{
  g_autoptr (GString) done = g_string_new (NULL);
  Worker a = { done, 'a' }, b = { done, 'b' };

  tsn_turns_add (&a, ask_for_more);
  tsn_turns_add (&b, first);
  for (guint i = 0; i < 3; i++)
    turn ();
  g_assert_cmpstr (done->str, ==, "aba");
  tsn_turns_remove (&a);
  g_assert_false (tsn_turns_are_due ());
}

static void
test_taken_back (void)
{
  g_autoptr (GString) done = g_string_new (NULL);
  Worker a = { done, 'a' }, b = { done, 'b' };

  tsn_turns_remove (&a);
  tsn_turns_add (&a, first);
  tsn_turns_add (&b, first);
  tsn_turns_add (&a, again);
  tsn_turns_remove (&a);
  turn ();
  g_assert_cmpstr (done->str, ==, "b");
  g_assert_false (g_main_context_iteration (NULL, FALSE));
  tsn_turns_add (&a, first);
  tsn_turns_remove (&a);
  g_assert_false (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpstr (done->str, ==, "b");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/turns/once-and-apart", test_once_and_apart);
  g_test_add_func ("/turns/asked-again", test_asked_again);
  g_test_add_func ("/turns/taken-back", test_taken_back);
  return g_test_run ();
}
