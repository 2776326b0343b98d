/* `tsn train`: a short run on drawn rooms, going on with it, and what it refuses. */
#include "tests/cli/tsn-cli-fixture.h"
#include "tests/core/data/data-fixture.h"

#include <pty.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const char config_text[] = "[network]\n"
                                  "tasks=everyday:edge,depth\n"
                                  "width=0.0625\n"
                                  "code-length=4\n"
                                  "name=two tasks\n"
                                  "[data]\n"
                                  "width=32\n"
                                  "height=32\n"
                                  "batch=2\n"
                                  "[source edge]\n"
                                  "task=edge\n"
                                  "folder=rooms\n"
                                  "[source depth]\n"
                                  "task=depth\n"
                                  "folder=rooms\n"
                                  "[training]\n"
                                  "steps=4\n"
                                  "switch=batch\n";

static void
set_up (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_set_up (fixture, unused);
  cli_fixture_run (fixture, "data", "scenes", "rooms", "-n", "5", "-s", "48x48", "--samples", "1",
                   NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  cli_fixture_write (fixture, "config.ini", config_text, strlen (config_text));
}

static void
train (CliFixture *fixture)
{
  cli_fixture_run (fixture, "train", "config.ini", "-d", ".", "-o", "run", "-t", "2", NULL);
  g_test_message ("%s", fixture->err);
  g_assert_cmpint (fixture->status, ==, 0);
}

static void
assert_file (CliFixture *fixture, const char *name)
{
  g_autofree char *path = cli_fixture_path (fixture, name);

  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static char *
read_file (CliFixture *fixture, const char *name)
{
  g_autofree char *path = cli_fixture_path (fixture, name);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* What `tsn train` writes on a terminal of @columns. */
static char *
train_on_terminal (CliFixture *fixture, guint columns)
{
  const char *const argv[]
      = { g_getenv ("TSN_PROGRAM"), "train", "config.ini", "-d", ".", "-o", "run", NULL };
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  struct winsize size = { .ws_row = 24, .ws_col = columns };
  char buffer[256];
  int master, slave;
  ssize_t n;

  g_assert_cmpint (openpty (&master, &slave, NULL, NULL, &size), ==, 0);
  g_subprocess_launcher_set_cwd (launcher, fixture->folder);
  g_subprocess_launcher_take_stderr_fd (launcher, slave);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_clear_object (&launcher); /* closes our end of what the program writes to */
  while ((n = read (master, buffer, sizeof buffer)) > 0)
    g_string_append_len (text, buffer, n);
  close (master);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A line that wraps cannot be written over. */
static void
test_narrow_terminal (CliFixture *fixture, gconstpointer unused)
{
  g_autofree char *text = train_on_terminal (fixture, 30);
  g_auto (GStrv) lines = g_strsplit (text, "\r\033[K", 0);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "step ") && strchr (lines[i], '\n') == NULL)
      {
        g_test_message ("%s", lines[i]);
        g_assert_cmpuint (strlen (lines[i]), ==, 29);
        n++;
      }
  g_assert_cmpuint (n, ==, 4);
}

static guint
count_steps (const char *log)
{
  guint n = 0;

  for (const char *at = log; (at = strstr (at, ",train,")) != NULL; at++)
    n++;
  return n;
}

static void
test_smoke (CliFixture *fixture, gconstpointer unused)
{
  g_autofree char *log = NULL;

  train (fixture);
  g_assert_cmpstr (fixture->out, ==, "");
  g_assert_nonnull (strstr (fixture->err, "step 4/4"));
  g_assert_nonnull (strstr (fixture->err, "images/s"));
  assert_file (fixture, "run/config.ini");
  assert_file (fixture, "run/checkpoint.safetensors");
  assert_file (fixture, "run/best.safetensors");
  log = read_file (fixture, "run/log.csv");
  g_assert_cmpuint (count_steps (log), ==, 4);
  cli_fixture_run (fixture, "info", "run/model.safetensors", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_nonnull (strstr (fixture->out, "Name\n  two tasks\n"));
  g_assert_nonnull (strstr (fixture->out, "edge"));
  g_assert_nonnull (strstr (fixture->out, "depth"));
}

/* The way of going from task to task has an option of its own. */
static void
test_switch (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_run (fixture, "train", "config.ini", "-d", ".", "-o", "run", "--switch", "epoch",
                   NULL);
  g_test_message ("%s", fixture->err);
  g_assert_cmpint (fixture->status, ==, 0);
  {
    g_autofree char *config = read_file (fixture, "run/config.ini");

    g_assert_nonnull (strstr (config, "\nswitch=epoch\n"));
  }
  cli_fixture_run (fixture, "train", "config.ini", "--switch", "never", NULL);
  cli_fixture_assert_fails (fixture, 2, "--switch takes epoch or batch, not “never”");
}

/* The folder's own config says what to do; what is done is not done again. */
static void
test_resume (CliFixture *fixture, gconstpointer unused)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  train (fixture);
  before = read_file (fixture, "run/log.csv");
  cli_fixture_run (fixture, "train", "--resume", "run", "-s", "training.steps=6", NULL);
  g_test_message ("%s", fixture->err);
  g_assert_cmpint (fixture->status, ==, 0);
  after = read_file (fixture, "run/log.csv");
  g_assert_cmpuint (count_steps (after), ==, 6);
  g_assert_true (strncmp (after, before, strstr (before, "\n4,") - before) == 0);
}

static char *
read_last_line (GDataInputStream *lines)
{
  char *last = NULL, *line;

  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
    {
      g_free (last);
      last = line;
    }
  return last;
}

static guint64
interrupt_training (CliFixture *fixture)
{
  static const char *const args[]
      = { "train", "config.ini", "-d", ".", "-o", "run", "-s", "training.steps=1000000", NULL };
  static const char start[] = "tsn: Stopped after step ";
  g_autoptr (GSubprocess) process = cli_fixture_start_many (fixture, args, NULL, 0);
  g_autoptr (GDataInputStream) lines
      = g_data_input_stream_new (g_subprocess_get_stderr_pipe (process));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_autofree char *last = NULL;
  char *end = NULL;
  guint64 step;

  g_assert_nonnull (strstr (line, "validation")); /* it is at work */
  g_subprocess_send_signal (process, SIGINT);
  last = read_last_line (lines);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  g_test_message ("%s", last);
  g_assert_true (g_str_has_prefix (last, start));
  step = g_ascii_strtoull (last + strlen (start), &end, 10);
  g_assert_cmpstr (end, ==, "; go on with tsn train --resume run");
  return step;
}

/* Ctrl+C leaves a checkpoint of the step it names, and says how to go on. */
static void
test_interrupt (CliFixture *fixture, gconstpointer unused)
{
  guint64 step = interrupt_training (fixture);
  g_autofree char *steps = g_strdup_printf ("training.steps=%" G_GUINT64_FORMAT, step + 2);
  g_autofree char *log = NULL;

  cli_fixture_run (fixture, "train", "--resume", "run", "-s", steps, NULL);
  g_test_message ("%s", fixture->err);
  g_assert_cmpint (fixture->status, ==, 0);
  log = read_file (fixture, "run/log.csv");
  g_assert_cmpuint (count_steps (log), ==, step + 2);
}

static const char custom_text[] = "[network]\n"
                                  "tasks=custom\n"
                                  "width=0.0625\n"
                                  "code-length=4\n"
                                  "[task outline]\n"
                                  "kind=edge\n"
                                  "title=Where things end\n"
                                  "[task things]\n"
                                  "kind=classes\n"
                                  "classes=ground; thing ;sky\n"
                                  "[data]\n"
                                  "width=32\n"
                                  "height=32\n"
                                  "batch=2\n"
                                  "[source outline]\n"
                                  "task=outline\n"
                                  "folder=own\n"
                                  "[source things]\n"
                                  "task=things\n"
                                  "folder=own\n"
                                  "[training]\n"
                                  "steps=2\n"
                                  "switch=batch\n"
                                  "share-things=2\n";

static void
write_custom_set (CliFixture *fixture)
{
  guint8 things[48 * 48], outline[48 * 48];

  for (guint i = 0; i < 48 * 48; i++)
    {
      things[i] = i / 48 / 16;
      outline[i] = i / 48 % 16 == 0 ? 255 : 0;
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *photo = g_strdup_printf ("own/images/%u.png", i);
      g_autofree char *a = g_strdup_printf ("own/things/%u.png", i);
      g_autofree char *b = g_strdup_printf ("own/outline/%u.png", i);
      g_autoptr (TsnImage) image = data_fixture_gradient (48, 48);

      image->pixels[0] = i;
      data_fixture_photo (fixture->folder, photo, image);
      data_fixture_grey8 (fixture->folder, a, 48, 48, things);
      data_fixture_grey8 (fixture->folder, b, 48, 48, outline);
    }
  data_fixture_text (fixture->folder, "own/splits/train.txt", "0\n1\n");
  data_fixture_text (fixture->folder, "own/splits/val.txt", "2\n");
}

/* Tasks of one's own, from folders of their names, and a model that knows what they are. */
static void
test_custom_tasks (CliFixture *fixture, gconstpointer unused)
{
  write_custom_set (fixture);
  cli_fixture_write (fixture, "config.ini", custom_text, strlen (custom_text));
  train (fixture);
  cli_fixture_run (fixture, "info", "run/model.safetensors", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_nonnull (strstr (fixture->out, "Where things end"));
  cli_fixture_run (fixture, "eval", "run/model.safetensors", "own", "--json", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_nonnull (strstr (fixture->out, "{\"name\": \"thing\", \"iou\": "));
}

/* A config that is one change away from a good one, and what the message names. */
typedef struct
{
  const char *from;
  const char *to;
  const char *named;
} BadConfig;

static const BadConfig bad_custom_configs[] = {
  { "[task outline]", "[task out line]", "letters, digits" },
  { "kind=edge", "kind=smell", "classes, edge, saliency, normals or depth" },
  { "kind=edge\n", "", "“kind” of [task outline]" },
  { "ground; thing ;sky", "ground", "2 to 255 names" },
  { "kind=edge", "kind=edge\nwings=2", "wings" },
  { "task=things", "task=sky", "sky" },
  { "tasks=custom", "tasks=custom:thing", "thing" },
};

static const BadConfig bad_configs[] = {
  { "steps=4", "steps=many", "steps" },
  { "batch=2", "batches=2", "batches" },
  { "folder=rooms", "folder=attic", "attic" },
  { "everyday:edge,depth", "everyday:edge,taste", "taste" },
  { "[training]", "[schooling]", "schooling" },
};

static void
assert_bad (CliFixture *fixture, const char *good, const BadConfig *bad)
{
  const char *at = strstr (good, bad->from);
  g_autofree char *text
      = g_strdup_printf ("%.*s%s%s", (int) (at - good), good, bad->to, at + strlen (bad->from));

  cli_fixture_write (fixture, "config.ini", text, strlen (text));
  cli_fixture_run (fixture, "train", "config.ini", "-d", ".", "-o", "run", NULL);
  cli_fixture_assert_fails (fixture, 1, bad->named);
}

static void
test_bad_configs (CliFixture *fixture, gconstpointer unused)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_configs); i++)
    assert_bad (fixture, config_text, &bad_configs[i]);
  write_custom_set (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (bad_custom_configs); i++)
    assert_bad (fixture, custom_text, &bad_custom_configs[i]);
}

/* Every key of a resolved config stands in its manual page. */
static void
test_manual (CliFixture *fixture, gconstpointer unused)
{
  g_autofree char *page = g_test_build_filename (G_TEST_DIST, "..", "data", "man",
                                                 "tsn-train.5", NULL);
  g_autofree char *path = cli_fixture_path (fixture, "run/config.ini");
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *manual = NULL;
  g_auto (GStrv) groups = NULL;

  train (fixture);
  g_assert_true (g_file_get_contents (page, &manual, NULL, NULL));
  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL));
  groups = g_key_file_get_groups (file, NULL);
  for (guint g = 0; groups[g] != NULL; g++)
    {
      g_auto (GStrv) keys = g_key_file_get_keys (file, groups[g], NULL, NULL);

      for (guint i = 0; keys[i] != NULL; i++)
        {
          g_auto (GStrv) parts = g_strsplit (keys[i], "-", 0);
          g_autofree char *escaped = g_strjoinv ("\\-", parts);
          g_autofree char *entry = g_strconcat (".B ", escaped, "=", NULL);

          if (g_str_has_prefix (keys[i], "weight-") || g_str_has_prefix (keys[i], "share-"))
            continue;
          g_test_message ("[%s] %s", groups[g], keys[i]);
          g_assert_nonnull (strstr (manual, entry));
        }
    }
}

static void
test_usage (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_run (fixture, "train", NULL);
  cli_fixture_assert_fails (fixture, 2, "config");
  cli_fixture_run (fixture, "train", "config.ini", "-t", "300", NULL);
  cli_fixture_assert_fails (fixture, 2, "300");
  cli_fixture_run (fixture, "train", "config.ini", "--resume", "run", NULL);
  cli_fixture_assert_fails (fixture, 2, "resumed");
  cli_fixture_run (fixture, "train", "nowhere.ini", "-o", "run", NULL);
  cli_fixture_assert_fails (fixture, 1, "nowhere.ini");
  cli_fixture_run (fixture, "train", "--resume", "nowhere", NULL);
  cli_fixture_assert_fails (fixture, 1, "nowhere");
}

/* Steps of training may be timed, too. */
static void
test_bench (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_run (fixture, "bench", "--train", "-s", "32", "-b", "2", "-r", "1", "-j", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_nonnull (strstr (fixture->out, "\"batch\" : 2"));
  g_assert_nonnull (strstr (fixture->out, "\"images_per_second\""));
  cli_fixture_run (fixture, "bench", "--train", "-b", "0", NULL);
  cli_fixture_assert_fails (fixture, 2, "--batch");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/cli/train/" name, CliFixture, NULL, set_up, function, cli_fixture_tear_down)
  ADD ("smoke", test_smoke);
  ADD ("narrow-terminal", test_narrow_terminal);
  ADD ("interrupt", test_interrupt);
  ADD ("switch", test_switch);
  ADD ("resume", test_resume);
  ADD ("bad-configs", test_bad_configs);
  ADD ("custom-tasks", test_custom_tasks);
  ADD ("manual", test_manual);
  ADD ("usage", test_usage);
  ADD ("bench", test_bench);
  return g_test_run ();
}
