#include "sources-fixture.h"

#include "tests/core/data/data-fixture.h"

static void
failed_cb (Sources *fixture, GError *error)
{
  g_free (fixture->message);
  fixture->message = g_strdup (error->message);
}

void
sources_set_up (Sources *fixture, gconstpointer data)
{
  ui_fixture_set_up (&fixture->files, NULL);
  fixture->root = data_fixture_new ();
  fixture->document = tsn_document_new ();
  g_signal_connect_swapped (fixture->document, "failed", G_CALLBACK (failed_cb), fixture);
}

void
sources_tear_down (Sources *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->document), (gpointer *) &fixture->document);
  g_object_unref (fixture->document);
  /* An opening that was given up ends first. */
  for (guint i = 0; i < 200 && fixture->document != NULL; i++)
    ui_iterate (20);
  g_assert_null (fixture->document);
  data_fixture_free (fixture->root);
  ui_fixture_tear_down (&fixture->files, NULL);
  g_free (fixture->message);
}

gboolean
sources_are_idle (gpointer data)
{
  TsnDocument *document = data;

  return !tsn_document_is_busy (document) && !tsn_judge_is_busy (tsn_document_get_judge (document));
}

void
sources_add_photo (Sources *fixture, const char *name)
{
  g_autoptr (TsnImage) image = data_fixture_gradient (SOURCES_WIDTH, SOURCES_HEIGHT);

  data_fixture_photo (fixture->root, name, image);
}

void
sources_open (Sources *fixture)
{
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->root);

  tsn_document_open_folder (fixture->document, folder);
  g_assert_true (ui_wait (sources_are_idle, fixture->document));
}

/* Three photos; the first two have labels. */
void
sources_add_dataset (Sources *fixture, guint8 class)
{
  g_autofree guint8 *classes = g_malloc (SOURCES_WIDTH * SOURCES_HEIGHT);
  g_autofree guint8 *mask = g_malloc0 (SOURCES_WIDTH * SOURCES_HEIGHT);
  g_autofree guint8 *edges = g_malloc0 (SOURCES_WIDTH * SOURCES_HEIGHT);
  g_autofree guint16 *depth = g_new (guint16, SOURCES_WIDTH * SOURCES_HEIGHT);

  memset (classes, class, SOURCES_WIDTH * SOURCES_HEIGHT);
  memset (classes, 255, SOURCES_WIDTH);
  memset (mask, 255, SOURCES_WIDTH * SOURCES_HEIGHT / 2);
  memset (edges + SOURCES_WIDTH * SOURCES_HEIGHT / 2, 255, SOURCES_WIDTH);
  for (guint i = 0; i < SOURCES_WIDTH * SOURCES_HEIGHT; i++)
    depth[i] = i < SOURCES_WIDTH ? 0 : 1500;
  for (const char *const *id = (const char *const[]){ "a", "b", "c", NULL }; *id != NULL; id++)
    {
      g_autofree char *name = g_strdup_printf ("images/%s.png", *id);

      sources_add_photo (fixture, name);
    }
  data_fixture_grey8 (fixture->root, "semseg/a.png", SOURCES_WIDTH, SOURCES_HEIGHT, classes);
  data_fixture_grey8 (fixture->root, "saliency/a.png", SOURCES_WIDTH, SOURCES_HEIGHT, mask);
  data_fixture_grey8 (fixture->root, "edge/a.png", SOURCES_WIDTH, SOURCES_HEIGHT, edges);
  data_fixture_grey16 (fixture->root, "depth/a.png", SOURCES_WIDTH, SOURCES_HEIGHT, depth);
  data_fixture_grey8 (fixture->root, "saliency/b.png", SOURCES_WIDTH / 2, SOURCES_HEIGHT, mask);
  data_fixture_text (fixture->root, "splits/train.txt", "c\n");
  data_fixture_text (fixture->root, "splits/val.txt", "a\nb\n");
}

void
sources_load_model (Sources *fixture)
{
  tsn_document_load_model (fixture->document, fixture->files.model);
  g_assert_true (ui_wait (sources_are_idle, fixture->document));
}
