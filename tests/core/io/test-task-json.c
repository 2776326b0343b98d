/* Lists of tasks as model files hold them. */
#include "core/io/tsn-task-json.h"
#include "core/model/tsn-class-colour.h"

#define NYUD_CLASSES 41

static void
paint (TsnTaskList *list, guint32 (*get_colour) (guint))
{
  const TsnTask *task = tsn_task_list_get (list, 0);

  for (guint i = 0; i < task->channels; i++)
    task->colours[i] = get_colour (i);
}

static TsnTaskList *
write_and_read (const TsnTaskList *list)
{
  g_autofree char *text = tsn_task_list_to_json (list);
  g_autoptr (GError) error = NULL;
  TsnTaskList *back = tsn_task_list_from_json (text, &error);

  g_assert_no_error (error);
  return back;
}

static void
assert_colours (const TsnTaskList *list, const TsnTaskList *expected)
{
  const TsnTask *a = tsn_task_list_get (list, 0), *b = tsn_task_list_get (expected, 0);

  g_assert_cmpmem (a->colours, a->channels * sizeof *a->colours, b->colours,
                   b->channels * sizeof *b->colours);
}

/* The defaults of earlier days, which files from then name one by one. */
static void
test_old_defaults_become_new_ones (void)
{
  g_autoptr (GPtrArray) today = tsn_task_list_new_nyud ();
  g_autoptr (GPtrArray) old = tsn_task_list_new_nyud ();
  g_autoptr (GPtrArray) back = NULL;

  g_assert_cmpuint (tsn_task_list_get (today, 0)->channels, ==, NYUD_CLASSES);
  paint (old, tsn_class_colour_golden);
  back = write_and_read (old);
  assert_colours (back, today);
}

static void
test_chosen_colours_stay (void)
{
  g_autoptr (GPtrArray) chosen = tsn_task_list_new_nyud ();
  g_autoptr (GPtrArray) back = NULL;

  paint (chosen, tsn_class_colour_golden);
  tsn_task_list_get (chosen, 0)->colours[NYUD_CLASSES - 1] = 0x123456;
  back = write_and_read (chosen);
  assert_colours (back, chosen);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/io/task-json/old-defaults", test_old_defaults_become_new_ones);
  g_test_add_func ("/io/task-json/chosen-colours", test_chosen_colours_stay);
  return g_test_run ();
}
