#include "core/model/tsn-task-list.h"

static void
test_presets (void)
{
  g_autoptr (GPtrArray) pascal = tsn_task_list_new_pascal ();
  g_autoptr (GPtrArray) nyud = tsn_task_list_new_nyud ();
  g_autoptr (GPtrArray) everyday = tsn_task_list_new_everyday ();
  g_autofree char *names = tsn_task_list_names (pascal);

  g_assert_cmpstr (names, ==, "semseg, human_parts, edge, normals, saliency");
  g_assert_cmpuint (tsn_task_list_max_channels (pascal), ==, 21);
  g_assert_cmpuint (tsn_task_list_max_channels (nyud), ==, 41);
  g_assert_cmpuint (everyday->len, ==, 6);
  g_assert_cmpint (tsn_task_list_find (everyday, "depth"), ==, 5);
  g_assert_cmpint (tsn_task_list_find (everyday, "pose"), ==, -1);
  g_assert_cmpstr (tsn_task_list_get (everyday, 5)->unit, ==, "m");
  g_assert_cmpstr (tsn_task_list_get (everyday, 0)->class_names[15], ==, "person");
}

static void
test_guess (void)
{
  TsnTask *task = NULL;

  g_assert_true (tsn_task_guess ("semseg", 41, &task));
  g_assert_cmpint (task->kind, ==, TSN_TASK_CLASSES);
  g_assert_cmpstr (task->class_names[40], ==, "class 40");
  tsn_task_free (task);
  g_assert_true (tsn_task_guess ("normals", 3, &task));
  tsn_task_free (task);
  g_assert_false (tsn_task_guess ("normals", 2, &task));
  g_assert_false (tsn_task_guess ("semseg", 1, &task));
  g_assert_false (tsn_task_guess ("semseg", 256, &task));
  g_assert_false (tsn_task_guess ("pose", 17, &task));
}

static void
test_copy (void)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_pascal ();
  g_autoptr (TsnTask) copy = tsn_task_copy (tsn_task_list_get (tasks, 1));
  TsnTaskKind kind;

  g_assert_cmpstr (copy->class_names[6], ==, "lower legs");
  g_assert_true (copy->class_names != tsn_task_list_get (tasks, 1)->class_names);
  g_assert_true (tsn_task_kind_from_name (tsn_task_kind_get_name (TSN_TASK_NORMALS), &kind));
  g_assert_cmpint (kind, ==, TSN_TASK_NORMALS);
  g_assert_false (tsn_task_kind_from_name ("", &kind));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/task/presets", test_presets);
  g_test_add_func ("/model/task/guess", test_guess);
  g_test_add_func ("/model/task/copy", test_copy);
  return g_test_run ();
}
