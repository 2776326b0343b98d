/* The row of photos below the panes, by pointer, action and key. */
#include "tests/core/data/data-fixture.h"
#include "loop-watch.h"
#include "studio-fixture.h"

#include "ui/tsn-canvas.h"
#include "ui/tsn-document-source.h"
#include "ui/tsn-filmstrip.h"
#include "ui/tsn-graph-view.h"
#include "ui/tsn-thumbnail.h"

#include <unistd.h>

#define N_PHOTOS 3

/* As many as a camera's card holds. */
#define N_MANY 3000

/* The longest turn of the main loop: GTK's list takes in all photos at once. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LONGEST_PAUSE_MS 1000
#else
#define LONGEST_PAUSE_MS 16
#endif

typedef struct
{
  Studio studio;
  char *root;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = data_fixture_new ();
  data_fixture_photos (fixture->root, N_PHOTOS);
  studio_set_up (&fixture->studio, NULL);
  g_assert_true (ui_wait (studio_is_ready, fixture->studio.document));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  studio_tear_down (&fixture->studio, NULL);
  data_fixture_free (fixture->root);
}

static GtkRevealer *
find_revealer (Fixture *fixture)
{
  GtkWidget *filmstrip = studio_find (fixture->studio.window, TSN_TYPE_FILMSTRIP);

  return GTK_REVEALER (gtk_widget_get_ancestor (filmstrip, GTK_TYPE_REVEALER));
}

/* The choice of splits has a list of its own. */
static GtkWidget *
find_list (Fixture *fixture)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (fixture->studio.window));

  for (guint i = 0; i < widgets->len; i++)
    if (gtk_widget_has_css_class (widgets->pdata[i], "filmstrip"))
      return widgets->pdata[i];
  return NULL;
}

static GtkDropDown *
find_splits (Fixture *fixture)
{
  g_autoptr (GPtrArray) widgets
      = studio_list_widgets (studio_find (fixture->studio.window, TSN_TYPE_FILMSTRIP));

  for (guint i = 0; i < widgets->len; i++)
    if (GTK_IS_DROP_DOWN (widgets->pdata[i]))
      return widgets->pdata[i];
  return NULL;
}

static gboolean
shows_strip (Fixture *fixture)
{
  return gtk_revealer_get_reveal_child (find_revealer (fixture));
}

static void
open_path (Fixture *fixture, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  tsn_window_open (fixture->studio.window, file);
  g_assert_true (ui_wait (studio_is_ready, fixture->studio.document));
}

static gboolean
all_seen (gpointer data)
{
  TsnGallery *gallery = data;

  for (guint i = 0; i < tsn_gallery_get_length (gallery); i++)
    if (tsn_gallery_photo_get_state (tsn_gallery_get_photo (gallery, i))
        == TSN_GALLERY_PHOTO_UNSEEN)
      return FALSE;
  return TRUE;
}

static void
test_shows_a_folder (Fixture *fixture, gconstpointer data)
{
  TsnGallery *gallery = tsn_document_get_gallery (fixture->studio.document);

  /* The sample is no folder that a person opened. */
  g_assert_false (shows_strip (fixture));
  open_path (fixture, fixture->root);
  g_assert_true (shows_strip (fixture));
  g_assert_cmpstr (tsn_document_get_photo (fixture->studio.document)->name, ==, "photo0.png");
  ui_iterate (400);
  g_assert_true (ui_wait (all_seen, gallery));
  g_assert_cmpuint (studio_count (fixture->studio.window, TSN_TYPE_THUMBNAIL), ==, N_PHOTOS);
  g_assert_nonnull (studio_find_label (fixture->studio.window, "1 of 3"));
}

static void
test_offers_the_folder_of_a_photo (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = data_fixture_path (fixture->root, "photo1.png");

  open_path (fixture, path);
  g_assert_true (shows_strip (fixture));
  g_assert_cmpuint (tsn_document_get_position (fixture->studio.document), ==, 1);
}

static void
test_steps_by_action (Fixture *fixture, gconstpointer data)
{
  GActionGroup *actions = G_ACTION_GROUP (fixture->studio.window);

  g_assert_false (g_action_group_get_action_enabled (actions, "next-photo"));
  open_path (fixture, fixture->root);
  g_assert_false (g_action_group_get_action_enabled (actions, "previous-photo"));
  studio_activate (&fixture->studio, "win.next-photo", -1);
  studio_activate (&fixture->studio, "win.next-photo", -1);
  g_assert_false (g_action_group_get_action_enabled (actions, "next-photo"));
  g_assert_true (ui_wait (studio_is_ready, fixture->studio.document));
  g_assert_cmpstr (tsn_document_get_photo (fixture->studio.document)->name, ==, "photo2.png");
  ui_iterate (400);
  g_assert_nonnull (studio_find_label (fixture->studio.window, "3 of 3"));
}

static void
test_folds_away (Fixture *fixture, gconstpointer data)
{
  open_path (fixture, fixture->root);
  studio_activate (&fixture->studio, "win.show-filmstrip", -1);
  g_assert_false (shows_strip (fixture));
  g_assert_false (g_settings_get_boolean (fixture->studio.settings, "show-filmstrip"));
  ui_iterate (500);
  g_assert_cmpuint (studio_count (fixture->studio.window, TSN_TYPE_FILMSTRIP), ==, 0);
  /* The keys still lead from photo to photo. */
  studio_activate (&fixture->studio, "win.next-photo", -1);
  g_assert_cmpuint (tsn_document_get_position (fixture->studio.document), ==, 1);
}

typedef struct
{
  TsnDocument *document;
  guint position;
} Place;

static gboolean
is_at (gpointer data)
{
  const Place *place = data;

  return tsn_document_get_position (place->document) == place->position;
}

static void
press_until (Fixture *fixture, const char *key, guint position)
{
  Place place = { fixture->studio.document, position };

  studio_press (key);
  g_assert_true (ui_wait (is_at, &place));
}

static void
test_steps_by_key (Fixture *fixture, gconstpointer data)
{
  if (!studio_can_press ())
    {
      g_test_skip ("needs xdotool and a display of its own");
      return;
    }
  open_path (fixture, fixture->root);
  ui_iterate (400);
  g_assert_true (ui_wait (studio_is_active, fixture->studio.window));
  /* Wherever the focus is. */
  press_until (fixture, "alt+Right", 1);
  press_until (fixture, "alt+Left", 0);
  /* On a pane. */
  gtk_widget_grab_focus (studio_find (fixture->studio.window, TSN_TYPE_CANVAS));
  press_until (fixture, "Right", 1);
  press_until (fixture, "Left", 0);
  /* In the row itself. */
  gtk_widget_grab_focus (find_list (fixture));
  ui_iterate (100);
  press_until (fixture, "Right", 1);
  press_until (fixture, "End", 2);
}

/* Arrow keys lead from part to part of a network, and with Shift move the probe: neither leaves the
 * photo. */
static void
test_keeps_the_photo (Fixture *fixture, gconstpointer data)
{
  TsnDocument *document = fixture->studio.document;
  TsnView *view = tsn_window_get_view (fixture->studio.window);
  double x, y, next;

  if (!studio_can_press ())
    {
      g_test_skip ("needs xdotool and a display of its own");
      return;
    }
  open_path (fixture, fixture->root);
  ui_iterate (400);
  g_assert_true (ui_wait (studio_is_active, fixture->studio.window));
  gtk_widget_grab_focus (studio_find (fixture->studio.window, TSN_TYPE_CANVAS));
  ui_iterate (100);
  tsn_view_clear_probe (view);
  studio_press ("shift+Right");
  ui_iterate (200);
  g_assert_true (tsn_view_get_probe (view, &x, &y));
  studio_press ("shift+ctrl+Right");
  ui_iterate (200);
  g_assert_true (tsn_view_get_probe (view, &next, &y));
  g_assert_cmpfloat_with_epsilon (next, x + 1, 1e-6);
  studio_activate_detailed (&fixture->studio, "win.show-page::inspect");
  studio_activate_detailed (&fixture->studio, "inspect.mode::network");
  ui_iterate (400);
  g_assert_true (gtk_widget_child_focus (studio_find (fixture->studio.window, TSN_TYPE_GRAPH_VIEW),
                                         GTK_DIR_TAB_FORWARD));
  studio_press ("Right");
  ui_iterate (400);
  g_assert_cmpuint (tsn_document_get_position (document), ==, 0);
}

static void
test_steps_by_selection (Fixture *fixture, gconstpointer data)
{
  GtkListView *list;
  GtkSelectionModel *model;

  open_path (fixture, fixture->root);
  list = GTK_LIST_VIEW (find_list (fixture));
  model = gtk_list_view_get_model (list);
  gtk_selection_model_select_item (model, 2, TRUE);
  g_assert_true (ui_wait (studio_is_ready, fixture->studio.document));
  g_assert_cmpstr (tsn_document_get_photo (fixture->studio.document)->name, ==, "photo2.png");
  /* A file of another folder: nothing of this one is selected. */
  open_path (fixture, fixture->studio.files.other_photo);
  g_assert_true (ui_wait (studio_is_ready, fixture->studio.document));
  g_assert_cmpstr (tsn_gallery_photo_get_name (
                       gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (model))),
                   ==, "other.png");
}

static void
test_shows_truth_of_a_data_set (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TsnImage) image = data_fixture_gradient (48, 32);
  g_autofree guint8 *mask = g_malloc0 (48 * 32);
  char *root = data_fixture_new ();
  TsnDocument *document = fixture->studio.document;

  memset (mask, 255, 48 * 16);
  data_fixture_photo (root, "images/a.png", image);
  data_fixture_photo (root, "images/b.png", image);
  data_fixture_grey8 (root, "saliency/a.png", 48, 32, mask);
  data_fixture_text (root, "splits/val.txt", "a\nb\n");
  data_fixture_text (root, "splits/train.txt", "b\n");
  open_path (fixture, root);
  while (tsn_judge_is_busy (tsn_document_get_judge (document)))
    ui_iterate (20);
  ui_iterate (400);
  g_assert_cmpuint (studio_count (fixture->studio.window, TSN_TYPE_CANVAS), ==, 8);
  g_assert_nonnull (studio_find_label (fixture->studio.window, "Truth: Saliency"));
  g_assert_nonnull (studio_find_label (fixture->studio.window, " %"));
  g_assert_nonnull (studio_find_label (fixture->studio.window, "val"));
  studio_activate (&fixture->studio, "win.show-truth", -1);
  g_assert_cmpuint (studio_count (fixture->studio.window, TSN_TYPE_CANVAS), ==, 7);
  gtk_drop_down_set_selected (find_splits (fixture), 0);
  g_assert_true (ui_wait (studio_is_ready, document));
  g_assert_cmpuint (tsn_gallery_get_length (tsn_document_get_gallery (document)), ==, 1);
  data_fixture_free (root);
}

static void
test_stays_quick_with_thousands (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = data_fixture_path (fixture->root, "photo0.png");
  GtkWidget *list;

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/many%u.png", fixture->root, i);

      g_assert_cmpint (link (first, path), ==, 0);
    }
  loop_watch_start ();
  loop_watch_follow (GTK_WIDGET (fixture->studio.window));
  loop_watch_reset ();
  open_path (fixture, fixture->root);
  ui_iterate (500);
  list = find_list (fixture);
  gtk_widget_activate_action (list, "list.scroll-to-item", "u", N_MANY);
  ui_iterate (500);
  loop_watch_stop ();
  g_test_message ("the longest turn took %.1f ms", 1e3 * loop_watch_get_longest ());
  g_assert_cmpfloat (1e3 * loop_watch_get_longest (), <, LONGEST_PAUSE_MS);
  /* Only what is in sight has widgets, and thumbnails. */
  g_assert_cmpuint (studio_count (fixture->studio.window, TSN_TYPE_THUMBNAIL), <, 300);
  g_assert_false (all_seen (tsn_document_get_gallery (fixture->studio.document)));
}

static void
test_leaves_nothing_behind (Fixture *fixture, gconstpointer data)
{
  TsnGallery *gallery = tsn_document_get_gallery (fixture->studio.document);

  open_path (fixture, fixture->root);
  ui_iterate (400);
  g_object_add_weak_pointer (G_OBJECT (gallery), (gpointer *) &gallery);
  studio_destroy_and_check (GTK_WINDOW (g_steal_pointer (&fixture->studio.window)));
  g_assert_null (gallery);
}

static GtkDropTarget *
find_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  return NULL;
}

static void
drop_two (Fixture *fixture, const char *first, const char *second)
{
  GtkDropTarget *target = find_drop_target (GTK_WIDGET (fixture->studio.window));
  g_autoptr (GFile) one = g_file_new_for_path (first), other = g_file_new_for_path (second);
  GSList files[] = { { one, &files[1] }, { other, NULL } };
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken;

  g_assert_nonnull (target);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, files);
  g_signal_emit_by_name (target, "drop", &value, 0.0, 0.0, &taken);
  g_assert_true (taken);
  g_assert_true (ui_wait (studio_is_ready, fixture->studio.document));
  ui_iterate (200);
  g_assert_true (ui_wait (studio_is_ready, fixture->studio.document));
}

/* Photos of one folder are all in the strip; of others it is said that they are not. */
static void
test_takes_several_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = data_fixture_path (fixture->root, "photo1.png");
  g_autofree char *second = data_fixture_path (fixture->root, "photo2.png");

  drop_two (fixture, first, second);
  g_assert_cmpuint (tsn_document_get_position (fixture->studio.document), ==, 1);
  g_assert_true (shows_strip (fixture));
  g_assert_null (studio_find_label (fixture->studio.window, "One at a time"));
  drop_two (fixture, second, fixture->studio.files.other_photo);
  g_assert_cmpuint (tsn_document_get_position (fixture->studio.document), ==, 2);
  g_assert_nonnull (studio_find_label (fixture->studio.window, "One at a time: “photo2.png”"));
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

static void
add_tests (void)
{
  add ("/filmstrip/folder", test_shows_a_folder);
  add ("/filmstrip/photo", test_offers_the_folder_of_a_photo);
  add ("/filmstrip/action", test_steps_by_action);
  add ("/filmstrip/fold", test_folds_away);
  add ("/filmstrip/key", test_steps_by_key);
  add ("/filmstrip/keys-elsewhere", test_keeps_the_photo);
  add ("/filmstrip/selection", test_steps_by_selection);
  add ("/filmstrip/truth", test_shows_truth_of_a_data_set);
  add ("/filmstrip/thousands", test_stays_quick_with_thousands);
  add ("/filmstrip/drop", test_takes_several_files);
  add ("/filmstrip/finalized", test_leaves_nothing_behind);
}

int
main (int argc, char **argv)
{
  return studio_run (argc, argv, add_tests);
}
