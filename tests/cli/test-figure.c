/* `tsn figure`: from photos, from sessions, from figures. */
#include "tests/cli/tsn-cli-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "core/figure/tsn-figure-export.h"
#include "core/io/tsn-model-file.h"
#include "core/io/tsn-png.h"

#define N_TASKS 6

/* A second network of the same tasks, of the baseline's kind. */
static void
write_baseline (CliFixture *fixture)
{
  g_autofree char *path = cli_fixture_path (fixture, "baseline.safetensors");
  g_autoptr (TsnModel) model = tsn_model_load (fixture->model, NULL);
  TsnNetworkSpec spec = model->spec;
  g_autoptr (TsnModel) baseline = NULL;
  TsnRandom random;

  spec.conditioning = TSN_CONDITIONING_TS_IN;
  baseline = tsn_model_new (&spec, NULL);
  tsn_random_init (&random, 7);
  tsn_model_initialise (baseline, &random);
  baseline->size = CLI_MODEL_SIZE;
  g_assert_true (tsn_model_save (baseline, path, TSN_DTYPE_F32, NULL));
}

/* A data set of two photos of which one has a label of saliency. */
static void
write_data_set (CliFixture *fixture)
{
  static const char *const folders[] = { "set/images", "set/saliency", "set/splits" };
  static const guint8 rows[60 * 90] = { 255 };
  g_autoptr (TsnPngWriter) label = NULL;
  g_autofree char *path = cli_fixture_path (fixture, "set/saliency/a.png");

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = cli_fixture_path (fixture, folders[i]);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0777), ==, 0);
    }
  cli_fixture_write_photo (fixture, "set/images/a.png", 90, 60);
  cli_fixture_write_photo (fixture, "set/images/b.png", 90, 60);
  cli_fixture_write (fixture, "set/splits/val.txt", "a\nb\n", 4);
  label = tsn_png_writer_new (path, 90, 60, TSN_PNG_GREY8, NULL);
  g_assert_true (tsn_png_writer_write_rows (label, rows, 60, NULL));
  g_assert_true (tsn_png_writer_finish (label, NULL));
}

/* Photos as rows, tasks x {ours, baseline, truth} as columns. */
static void
test_comparison (CliFixture *fixture, gconstpointer unused)
{
  g_auto (TsnStudy) study = { 0 };
  guint truths = 0, second = 0;

  write_data_set (fixture);
  write_baseline (fixture);
  cli_fixture_run (fixture, "figure", "--second", "baseline.safetensors", "--photos", "set/images",
                   "-o", "six.pdf", NULL);
  cli_fixture_assert_written (fixture, "six.pdf");
  cli_fixture_read_study (fixture, "six.pdf", &study);
  g_assert_cmpuint (study.figure.photos->len, ==, 2);
  g_assert_cmpuint (study.figure.columns->len, ==, 1 + 2 * N_TASKS + 1);
  for (guint i = 0; i < study.figure.columns->len; i++)
    {
      const TsnFigureColumn *column = g_ptr_array_index (study.figure.columns, i);

      second += column->model == TSN_FIGURE_MODEL_B;
      if (column->content != TSN_FIGURE_TRUTH)
        continue;
      g_assert_cmpstr (column->task, ==, "saliency");
      truths++;
    }
  g_assert_cmpuint (second, ==, N_TASKS);
  g_assert_cmpuint (truths, ==, 1);
  g_assert_cmpuint (strlen (study.model.sha256), ==, 64);
  g_assert_cmpuint (strlen (study.second.sha256), ==, 64);
}

static void
test_again (CliFixture *fixture, gconstpointer unused)
{
  static const char *const endings[] = { "pdf", "svg", "png" };

  cli_fixture_write_photo (fixture, "photo.png", 90, 60);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *first = g_strconcat ("first.", endings[i], NULL);
      g_autofree char *again = g_strconcat ("again.", endings[i], NULL);

      cli_fixture_run (fixture, "figure", "photo.png", "-t", "edge", "-t", "semseg", "-o", first,
                       "--inset", "0.5,0.5,0.25,0.25,top-left", "--label", "one", "--letters",
                       NULL);
      cli_fixture_assert_written (fixture, first);
      cli_fixture_run (fixture, "figure", first, "-o", again, NULL);
      cli_fixture_assert_written (fixture, again);
      cli_fixture_assert_same (fixture, first, again);
    }
}

/* The line that a figure carries makes the same figure. */
static void
test_command (CliFixture *fixture, gconstpointer unused)
{
  g_autofree char *path = cli_fixture_path (fixture, "first.svg");
  g_autofree char *command = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  write_data_set (fixture);
  write_baseline (fixture);
  cli_fixture_run (fixture, "figure", "set/images/b.png", "set/images/a.png", "-2",
                   "baseline.safetensors", "-t", "saliency", "-t", "edge", "--width", "slide",
                   "--gap", "3.5", "--transposed", "-o", "first.svg", NULL);
  cli_fixture_assert_written (fixture, "first.svg");
  command = tsn_figure_read_command (path, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (command, "tiny.safetensors: SHA-256 "));
  g_assert_nonnull (strstr (command, "baseline.safetensors: SHA-256 "));
  g_assert_true (g_shell_parse_argv (command, NULL, &words, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (words[0], ==, "tsn");
  g_free (words[0]);
  words[0] = g_strdup (g_getenv ("TSN_PROGRAM"));
  g_subprocess_launcher_set_cwd (launcher, fixture->folder);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
  cli_fixture_assert_same (fixture, "first.svg", "figure.svg");
}

/* What a window showed: a photo of a folder, a result over it, a blend. */
static void
test_session (CliFixture *fixture, gconstpointer unused)
{
  g_autofree char *path = cli_fixture_path (fixture, "view.tsnsession");
  g_auto (TsnStudy) study = { 0 }, drawn = { 0 };

  cli_fixture_write_photo (fixture, "photo.png", 90, 60);
  tsn_study_init (&study);
  study.source.kind = TSN_STUDY_FOLDER;
  study.source.path = g_strdup (fixture->folder);
  study.source.item = g_strdup ("photo.png");
  study.model.path = g_strdup (fixture->model);
  study.layout = TSN_STUDY_OVERLAY;
  study.active = g_strdup ("depth");
  study.opacity = 0.25;
  study.blend.enabled = TRUE;
  study.blend.readout = g_strdup ("edge");
  tsn_study_set_weight (study.blend.weights, "edge", 0.5);
  tsn_study_set_weight (study.blend.weights, "normals", 0.5);
  g_assert_true (tsn_study_save (&study, path, NULL));
  cli_fixture_run (fixture, "figure", "view.tsnsession", "-o", "view.png", "--dpi", "100", NULL);
  cli_fixture_assert_written (fixture, "view.png");
  cli_fixture_read_study (fixture, "view.png", &drawn);
  g_assert_cmpuint (drawn.figure.columns->len, ==, 3); /* photo, overlay, blend */
  g_assert_cmpfloat (((TsnFigureColumn *) g_ptr_array_index (drawn.figure.columns, 1))->opacity, ==,
                     0.25);
}

/* Every kind of cell has its picture. */
static void
test_contents (CliFixture *fixture, gconstpointer unused)
{
  static const char *const nodes[] = { "F3", "O4", "O5", "S2", "O3" };
  g_autofree char *path = cli_fixture_path (fixture, "all.tsnsession");
  g_autofree char *photo = cli_fixture_path (fixture, "photo.png");
  g_auto (TsnStudy) study = { 0 };

  write_baseline (fixture);
  cli_fixture_write_photo (fixture, "photo.png", 90, 60);
  tsn_study_init (&study);
  study.model.path = g_strdup (fixture->model);
  study.second.path = cli_fixture_path (fixture, "baseline.safetensors");
  tsn_study_set_isolated (&study, "semseg", "person");
  tsn_figure_plan_add_photo (&study.figure, photo)->crop = (TsnFigurePart){ 0.1, 0.2, 0.5, 0.5 };
  for (guint content = TSN_FIGURE_PHOTO; content <= TSN_FIGURE_PLOT; content++)
    if (content != TSN_FIGURE_FEATURE)
      tsn_figure_plan_add_column (&study.figure, content, "semseg");
  tsn_figure_plan_add_column (&study.figure, TSN_FIGURE_DIFFERENCE, "normals");
  tsn_figure_plan_add_column (&study.figure, TSN_FIGURE_PLOT, "depth");
  for (guint view = 0; view <= TSN_FEATURE_VIEW_PCA; view++)
    {
      TsnFigureColumn *column
          = tsn_figure_plan_add_column (&study.figure, TSN_FIGURE_FEATURE, "edge");

      column->node = g_strdup (nodes[view]);
      column->mode = view;
    }
  g_assert_true (tsn_study_save (&study, path, NULL));
  cli_fixture_run (fixture, "figure", "all.tsnsession", "--wrap", "5", "-o", "all.svg", NULL);
  cli_fixture_assert_written (fixture, "all.svg");
  /* What cannot be made out is not drawn. */
  cli_fixture_run (fixture, "figure", "all.tsnsession", "--wrap", "2", "--width", "slide",
                   "--font-size", "30", "-o", "none.svg", NULL);
  cli_fixture_assert_fails (fixture, 1, "There is no room for so many pictures");
}

static void
test_changed_model (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_write_photo (fixture, "photo.png", 90, 60);
  cli_fixture_run (fixture, "figure", "photo.png", "-t", "edge", "-o", "a.svg", NULL);
  cli_fixture_assert_written (fixture, "a.svg");
  cli_fixture_write_model (fixture->model, 96);
  cli_fixture_run (fixture, "figure", "a.svg", "-o", "b.svg", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_nonnull (strstr (fixture->err, "tiny.safetensors' is not the one"));
  g_assert_true (strchr (fixture->err, '\n') == fixture->err + strlen (fixture->err) - 1);
}

static void
test_raw (CliFixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "out.photo.depth.png",
                                       "out.photo.depth.raw.png",
                                       "out.photo.depth.npy",
                                       "out.photo.depth.b.png",
                                       "out.photo.depth.b.raw.png",
                                       "out.photo.depth.b.npy",
                                       "out.csv",
                                       "out.pdf" };
  g_autofree char *csv = cli_fixture_path (fixture, "out.csv");
  g_autofree char *text = NULL;

  write_baseline (fixture);
  cli_fixture_write_photo (fixture, "photo.png", 90, 60);
  cli_fixture_run (fixture, "figure", "photo.png", "-t", "depth", "-2", "baseline.safetensors",
                   "--raw", "-o", "out.pdf", NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = cli_fixture_path (fixture, names[i]);
      g_autofree char *line = g_strconcat (names[i], "\n", NULL);

      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
      g_assert_nonnull (strstr (fixture->out, line));
    }
  g_assert_true (g_file_get_contents (csv, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "photo,model,task,quantity,value"));
  g_assert_nonnull (strstr (text, "photo,b,depth,highest,"));
}

static void
test_latex (CliFixture *fixture, gconstpointer unused)
{
  cli_fixture_write_photo (fixture, "photo.png", 90, 60);
  cli_fixture_run (fixture, "figure", "photo.png", "-t", "edge", "--width", "one", "-o", "f.tex",
                   NULL);
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_cmpstr (fixture->out, ==, "f-1-1.pdf\nf-1-2.pdf\nf-legend.pdf\nf.tex\n");
}

static void
test_usage (CliFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *option;
    const char *value;
  } wrong[] = { { "--width", "three" },   { "--format", "bmp" }, { "--font-size", "3" },
                { "--font-size", "nan" }, { "--dpi", "9999" },   { "--gap", "37" },
                { "--wrap", "-2" },       { "--size", "31" },    { "--limit", "-1" },
                { "--threads", "-1" },    { "--wrong", "x" } };

  cli_fixture_run (fixture, "figure", NULL);
  cli_fixture_assert_fails (fixture, 2, "photo");
  cli_fixture_run (fixture, "figure", "photo.png", NULL);
  cli_fixture_assert_fails (fixture, 2, "-o");
  cli_fixture_run (fixture, "figure", "photo.png", "-o", "figure", NULL);
  cli_fixture_assert_fails (fixture, 2, "pdf, svg, png, tex");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      cli_fixture_run (fixture, "figure", "photo.png", "-o", "a.pdf", wrong[i].option,
                       wrong[i].value, NULL);
      g_assert_cmpint (fixture->status, ==, 2);
    }
}

/* One sentence that names what is wrong, and no file. */
static void
check_fails (CliFixture *fixture, const char *named)
{
  g_autofree char *path = cli_fixture_path (fixture, "out/a.pdf");

  cli_fixture_assert_fails (fixture, 1, named);
  g_assert_cmpuint (cli_fixture_count_files (fixture, "out"), ==, 0);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_bad_input (CliFixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *text;
    const char *named;
  } sessions[] = {
    { "", "s.tsnsession" },
    { "{\"format\": \"tsn-session\", \"version\": 2}", "version 2" },
    { "{\"format\": \"tsn-session\", \"version\": 1, \"opacity\": 1e999}", "opacity" },
    { "{\"format\": \"tsn-session\", \"version\": 1, \"opacity\": NaN}", "JSON" },
    { "{\"format\": \"tsn-session\", \"version\": 1, \"source\": {\"kind\": \"photo\", "
      "\"path\": \"a/../../../../etc/passwd\"}}",
      "source.path" },
    { "{\"format\": \"tsn-session\", \"version\": 1}", "photo" },
    { "{\"format\": \"tsn-session\", \"version\": 1, \"source\": {\"kind\": \"folder\", "
      "\"path\": \".\", \"item\": \"../../secret.png\"}}",
      "s.tsnsession' should have the name of a file within its folder as 'source.item'" },
    { "{\"format\": \"tsn-session\", \"version\": 1, \"source\": {\"kind\": \"dataset\", "
      "\"path\": \".\", \"item\": \"/etc/passwd\"}}",
      "source.item" },
    { "{\"format\": \"tsn-session\", \"version\": 1, \"source\": {\"kind\": \"folder\", "
      "\"path\": \".\", \"item\": \"gone.png\"}}",
      "gone.png" },
    { "{\"format\": \"tsn-session\", \"version\": 1, \"source\": {\"kind\": \"photo\", "
      "\"path\": \"/etc/passwd\"}}",
      "'/etc/passwd' is not an image" },
    { "{\"format\": \"tsn-session\", \"version\": 1, \"source\": {\"kind\": \"photo\", "
      "\"path\": \"/dev/zero\"}}",
      "'/dev/zero'" },
    { "{\"format\": \"tsn-session\", \"version\": 1, \"model\": "
      "{\"path\": \"a/../../../../etc/passwd\"}}",
      "model.path" },
    { "{\"format\": \"tsn-session\", \"version\": 1, \"source\": {\"kind\": \"photo\", "
      "\"path\": \"gone.png\"}}",
      "gone.png" },
    { "{\"format\": \"tsn-session\", \"version\": 1, \"model\": {\"path\": \"gone.safetensors\"}}",
      "gone.safetensors" },
    { "{\"format\": \"tsn-session\", \"version\": 1, \"figure\": {\"photos\": [{}]}}", "Photo 1" },
    { "{\"format\": \"tsn-session\", \"version\": 1, \"figure\": {\"photos\": [{\"path\": "
      "\"p.png\"}],"
      " \"columns\": [{\"content\": \"result\", \"task\": \"taste\"}]}}",
      "taste" },
    { "{\"format\": \"tsn-session\", \"version\": 1, \"figure\": {\"photos\": [{\"path\": "
      "\"p.png\"}],"
      " \"columns\": [{\"content\": \"result\", \"task\": \"edge\", \"model\": \"b\"}]}}",
      "second model" },
    { "{\"format\": \"tsn-session\", \"version\": 1, \"figure\": {\"photos\": [{\"path\": "
      "\"p.png\"}],"
      " \"columns\": [{\"content\": \"truth\"}]}}",
      "task" },
    { "{\"format\": \"tsn-session\", \"version\": 1, \"figure\": {\"photos\": [{\"path\": "
      "\"p.png\"}],"
      " \"columns\": [{\"content\": \"feature\", \"node\": \"X9\"}]}}",
      "X9" },
    { "{\"format\": \"tsn-session\", \"version\": 1, \"figure\": {\"photos\": [{\"path\": "
      "\"p.png\"}],"
      " \"columns\": [{\"content\": \"blend\"}]}, \"blend\": {\"readout\": \"taste\"}}",
      "taste" },
  };
  g_autofree char *out = cli_fixture_path (fixture, "out");

  g_assert_cmpint (g_mkdir (out, 0777), ==, 0);
  cli_fixture_write_photo (fixture, "p.png", 40, 30);
  for (guint i = 0; i < G_N_ELEMENTS (sessions); i++)
    {
      cli_fixture_write (fixture, "s.tsnsession", sessions[i].text, strlen (sessions[i].text));
      cli_fixture_run (fixture, "figure", "s.tsnsession", "-o", "out/a.pdf", NULL);
      check_fails (fixture, sessions[i].named);
    }
  cli_fixture_run (fixture, "figure", "gone.png", "-o", "out/a.pdf", NULL);
  check_fails (fixture, "gone.png");
  cli_fixture_run (fixture, "figure", "gone.pdf", "-o", "out/a.pdf", NULL);
  check_fails (fixture, "gone.pdf");
  cli_fixture_run (fixture, "figure", "p.png", "-t", "taste", "-o", "out/a.pdf", NULL);
  check_fails (fixture, "taste");
  cli_fixture_run (fixture, "figure", "p.png", "--inset", "0.9,0,0.2,0.2", "-o", "out/a.pdf", NULL);
  check_fails (fixture, "0.9,0,0.2,0.2");
  cli_fixture_run (fixture, "figure", "p.png", "-o", "out/none/a.pdf", NULL);
  check_fails (fixture, "out/none/a.pdf");
}

/* Ctrl+C in the middle of many photos. */
static void
test_interrupt (CliFixture *fixture, gconstpointer unused)
{
  static const char *const args[] = { "figure", "-o", "out/a.pdf", NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *out = cli_fixture_path (fixture, "out");
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (out, 0777), ==, 0);
  cli_fixture_write_photo (fixture, "photo.png", 400, 300);
  process = cli_fixture_start_many (fixture, args, "photo.png", 500);
  g_usleep (G_USEC_PER_SEC);
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  g_assert_true (g_str_has_prefix (err, "tsn: "));
  g_assert_cmpuint (cli_fixture_count_files (fixture, "out"), ==, 0);
}

static void
add (const char *name, void (*test) (CliFixture *, gconstpointer))
{
  g_test_add (name, CliFixture, NULL, cli_fixture_set_up, test, cli_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/cli/figure/comparison", test_comparison);
  add ("/cli/figure/again", test_again);
  add ("/cli/figure/command", test_command);
  add ("/cli/figure/session", test_session);
  add ("/cli/figure/contents", test_contents);
  add ("/cli/figure/changed-model", test_changed_model);
  add ("/cli/figure/raw", test_raw);
  add ("/cli/figure/latex", test_latex);
  add ("/cli/figure/usage", test_usage);
  add ("/cli/figure/bad-input", test_bad_input);
  add ("/cli/figure/interrupt", test_interrupt);
  return g_test_run ();
}
