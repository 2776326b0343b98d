/* Every config that is installed with the program loads, and again after it was resolved. */
#include "core/training/tsn-train-config.h"
#include "data-fixture.h"

static void
check_config (const char *path, const char *scratch)
{
  const char *const overrides[] = { "data.root=/data", NULL };
  g_autofree char *resolved = g_build_filename (scratch, "resolved.ini", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnTrainConfig) config = tsn_train_config_load (path, overrides, &error);
  g_autoptr (TsnTrainConfig) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (config->root, ==, "/data");
  g_assert_cmpstr (config->name, !=, "");
  g_assert_cmpstr (config->provenance, !=, "");
  /* No task is without data. */
  for (guint t = 0; t < config->tasks->len; t++)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < config->sources->len; i++)
        found = found
                || g_str_equal (((TsnTrainSource *) g_ptr_array_index (config->sources, i))->task,
                                tsn_task_list_get (config->tasks, t)->name);
      g_assert_true (found);
    }
  tsn_train_config_save (config, resolved, &error);
  g_assert_no_error (error);
  again = tsn_train_config_load (resolved, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->tasks->len, ==, config->tasks->len);
  g_assert_cmpuint (again->sources->len, ==, config->sources->len);
}

static void
test_all (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "data", "configs", NULL);
  char *scratch = data_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;
  guint n = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_str_has_suffix (name, ".ini"))
        continue;
      g_test_message ("%s", name);
      check_config (path, scratch);
      n++;
    }
  g_assert_cmpuint (n, >=, 7);
  data_fixture_free (scratch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/configs/all", test_all);
  return g_test_run ();
}
