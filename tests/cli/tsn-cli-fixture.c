#include "tests/cli/tsn-cli-fixture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/figure/tsn-figure-export.h"
#include "core/io/tsn-model-file.h"

/* Writes a six-task network with random weights. */
void
cli_fixture_write_model (const char *path, guint size)
{
  g_autoptr (GPtrArray) tasks = tsn_task_list_new_everyday ();
  const TsnNetworkSpec spec = {
    .depth = 18,
    .width = 1 / 16.0,
    .conditioning = TSN_CONDITIONING_TSN,
    .code = TSN_CODE_ORTHOGONAL,
    .code_length = 4,
    .tasks = tasks,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (TsnModel) model = tsn_model_new (&spec, &error);
  TsnRandom random;

  g_assert_no_error (error);
  tsn_random_init (&random, 3);
  tsn_model_initialise (model, &random);
  model->size = size;
  tsn_model_save (model, path, TSN_DTYPE_F32, &error);
  g_assert_no_error (error);
}

void
cli_fixture_set_up (CliFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("tsn-cli-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->model = cli_fixture_path (fixture, "tiny.safetensors");
  cli_fixture_write_model (fixture->model, CLI_MODEL_SIZE);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

void
cli_fixture_tear_down (CliFixture *fixture, gconstpointer unused)
{
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->model);
  g_free (fixture->out);
  g_free (fixture->err);
}

/* Returns: (transfer full): the path of a file in the fixture's folder. */
char *
cli_fixture_path (CliFixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

void
cli_fixture_write (CliFixture *fixture, const char *name, const void *bytes, size_t n)
{
  g_autofree char *path = cli_fixture_path (fixture, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, n, &error);
  g_assert_no_error (error);
}

GBytes *
cli_fixture_read (CliFixture *fixture, const char *name)
{
  g_autofree char *path = cli_fixture_path (fixture, name);
  char *contents;
  size_t length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  return g_bytes_new_take (contents, length);
}

/* What a figure or a film carries, into a study that holds nothing yet. */
void
cli_fixture_read_study (CliFixture *fixture, const char *name, TsnStudy *study)
{
  g_autofree char *path = cli_fixture_path (fixture, name);
  g_autoptr (GError) error = NULL;

  tsn_study_init (study);
  g_assert_true (tsn_figure_read_study (study, path, &error));
  g_assert_no_error (error);
}

/* Two files are the same to the byte. */
void
cli_fixture_assert_same (CliFixture *fixture, const char *a, const char *b)
{
  g_autoptr (GBytes) first = cli_fixture_read (fixture, a), second = cli_fixture_read (fixture, b);

  g_assert_true (g_bytes_equal (first, second));
}

/* The last run wrote a file, said so and nothing else. */
void
cli_fixture_assert_written (CliFixture *fixture, const char *name)
{
  g_autofree char *line = g_strdup_printf ("%s\n", name);

  g_test_message ("%s", fixture->err);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpstr (fixture->err, ==, "");
  g_assert_cmpstr (fixture->out, ==, line);
}

/* Draws a picture with some shapes in it. */
void
cli_fixture_write_photo (CliFixture *fixture, const char *name, int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  g_autofree char *path = cli_fixture_path (fixture, name);
  g_autoptr (GError) error = NULL;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint8 *pixel = pixels + y * stride + 3 * x;

        pixel[0] = 255 * x / width;
        pixel[1] = 255 * y / height;
        pixel[2] = x / 16 % 2 == y / 16 % 2 ? 220 : 40;
      }
  gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  g_assert_no_error (error);
}

/* Returns: how many files a folder holds, hidden ones included. */
guint
cli_fixture_count_files (CliFixture *fixture, const char *folder)
{
  g_autofree char *path = cli_fixture_path (fixture, folder);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Runs `tsn` with arguments up to NULL in the fixture's folder. */
void
cli_fixture_run (CliFixture *fixture, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;

  g_ptr_array_add (argv, (char *) g_getenv ("TSN_PROGRAM"));
  va_start (args, fixture);
  do
    g_ptr_array_add (argv, va_arg (args, char *));
  while (g_ptr_array_index (argv, argv->len - 1) != NULL);
  va_end (args);
  g_subprocess_launcher_set_cwd (launcher, fixture->folder);
  g_subprocess_launcher_setenv (launcher, "TSN_MODEL", fixture->model, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  g_clear_pointer (&fixture->out, g_free);
  g_clear_pointer (&fixture->err, g_free);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &fixture->out, &fixture->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  fixture->status = g_subprocess_get_exit_status (process);
}

/* Starts `tsn` with @args and then @n times the same photo in the fixture's folder.
 *
 * Returns: (transfer full): the process, which has pipes for what it prints. */
GSubprocess *
cli_fixture_start_many (CliFixture *fixture, const char *const *args, const char *photo, guint n)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  GSubprocess *process;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (argv, (char *) g_getenv ("TSN_PROGRAM"));
  for (; *args != NULL; args++)
    g_ptr_array_add (argv, (char *) *args);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (argv, (char *) photo);
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_set_cwd (launcher, fixture->folder);
  g_subprocess_launcher_setenv (launcher, "TSN_MODEL", fixture->model, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  return process;
}

/* Checks that the last run failed and said why in one line that contains @named. */
void
cli_fixture_assert_fails (CliFixture *fixture, int status, const char *named)
{
  const char *end = strchr (fixture->err, '\n');

  g_test_message ("%s", fixture->err);
  g_assert_cmpint (fixture->status, ==, status);
  g_assert_true (g_str_has_prefix (fixture->err, "tsn: "));
  g_assert_nonnull (strstr (fixture->err, named));
  g_assert_nonnull (end);
  g_assert_cmpstr (end, ==, "\n");
  g_assert_cmpstr (fixture->out, ==, "");
}
