#include "desk-fixture.h"

#include "ui/tsn-inspection.h"

gboolean
desk_is_ready (gpointer document)
{
  return !tsn_document_is_busy (document) && tsn_document_get_model (document) != NULL
         && tsn_document_get_photo (document) != NULL;
}

/* As the panes do. */
static void
photo_changed_cb (Desk *desk)
{
  const TsnPhoto *photo = tsn_document_get_photo (desk->document);

  tsn_view_set_image_size (desk->view, photo->image->width, photo->image->height);
}

static void
done_cb (Desk *desk)
{
  desk->n_done++;
}

static void
missing_cb (Desk *desk, guint part)
{
  desk->n_missing++;
  desk->part = part;
}

static void
differs_cb (Desk *desk)
{
  desk->n_differs++;
}

void
desk_sit_down (Desk *desk)
{
  desk->document = tsn_document_new ();
  desk->view = tsn_view_new ();
  tsn_view_set_viewport (desk->view, 40, 30, 1);
  g_signal_connect_swapped (desk->document, "photo-changed", G_CALLBACK (photo_changed_cb), desk);
  desk->history = tsn_history_new (desk->document, desk->view);
  desk->opener = tsn_study_opener_new (desk->document, desk->view);
  g_signal_connect_swapped (desk->opener, "done", G_CALLBACK (done_cb), desk);
  g_signal_connect_swapped (desk->opener, "missing", G_CALLBACK (missing_cb), desk);
  g_signal_connect_swapped (desk->opener, "differs", G_CALLBACK (differs_cb), desk);
}

void
desk_stand_up (Desk *desk)
{
  tsn_document_cancel (desk->document);
  g_assert_finalize_object (desk->opener);
  g_assert_finalize_object (desk->history);
  g_object_unref (desk->view);
  ui_iterate (20);
  g_object_unref (desk->document);
}

static void
desk_set_up (Desk *desk, gconstpointer data)
{
  g_autoptr (GFile) photo = NULL;

  ui_fixture_set_up (&desk->files, NULL);
  photo = g_file_new_for_path (desk->files.photo);
  desk_sit_down (desk);
  tsn_document_load_model (desk->document, desk->files.model);
  tsn_document_open_file (desk->document, photo);
  g_assert_true (ui_wait (desk_is_ready, desk->document));
  ui_iterate (TSN_HISTORY_PAUSE_MS + 100);
}

static void
desk_tear_down (Desk *desk, gconstpointer data)
{
  desk_stand_up (desk);
  ui_fixture_tear_down (&desk->files, NULL);
}

void
desk_zoom_in (Desk *desk)
{
  tsn_view_zoom_about (desk->view, 3, 5, 5);
}

static void
zoom_to_actual (Desk *desk)
{
  tsn_view_show_actual_size (desk->view);
}

static void
show_two (Desk *desk)
{
  tsn_document_set_shown (desk->document, 5);
}

static void
explain_another (Desk *desk)
{
  tsn_document_set_active (desk->document, 2);
}

static void
hide_photo (Desk *desk)
{
  tsn_document_set_show_photo (desk->document, FALSE);
}

static void
enlarge_input (Desk *desk)
{
  tsn_document_set_size (desk->document, 96);
}

static void
lay_over (Desk *desk)
{
  tsn_display_set_layout (tsn_document_get_display (desk->document), TSN_LAYOUT_OVERLAY);
}

static void
fade (Desk *desk)
{
  tsn_display_set_opacity (tsn_document_get_display (desk->document), 0.25);
}

static void
hatch (Desk *desk)
{
  tsn_display_set_hatching (tsn_document_get_display (desk->document), TRUE);
}

void
desk_isolate (Desk *desk)
{
  for (guint i = 0; i < tsn_document_get_n_tasks (desk->document); i++)
    if (tsn_document_get_task (desk->document, i)->kind == TSN_TASK_CLASSES)
      {
        tsn_document_set_active (desk->document, i);
        break;
      }
  tsn_display_set_isolated (tsn_document_get_display (desk->document), 1);
}

static void
compare (Desk *desk)
{
  tsn_compare_set_enabled (tsn_document_get_compare (desk->document), TRUE);
}

static void
wipe (Desk *desk)
{
  tsn_compare_set_mode (tsn_document_get_compare (desk->document), TSN_COMPARE_WIPE);
  tsn_compare_set_wipe (tsn_document_get_compare (desk->document), 0.25);
}

static void
mix (Desk *desk)
{
  TsnBlend *blend = tsn_document_get_blend (desk->document);

  tsn_blend_set_weight (blend, 0, 0.25);
  tsn_blend_set_weight (blend, 3, -0.5);
}

static void
mix_elsewhere (Desk *desk)
{
  tsn_blend_set_space (tsn_document_get_blend (desk->document), TSN_MIX_COEFFICIENTS);
}

static void
mix_modules (Desk *desk)
{
  TsnBlend *blend = tsn_document_get_blend (desk->document);

  tsn_blend_set_module (blend, 0, 2);
  tsn_blend_set_module (blend, 3, TSN_BLEND_PINNED);
}

static void
read_by_another (Desk *desk)
{
  tsn_blend_set_readout (tsn_document_get_blend (desk->document), 4);
}

static void
read_by_the_same (Desk *desk)
{
  tsn_blend_set_follow (tsn_document_get_blend (desk->document), FALSE);
}

static void
show_blend (Desk *desk)
{
  tsn_blend_set_shown (tsn_document_get_blend (desk->document), TRUE);
}

static void
inspect (Desk *desk)
{
  TsnInspection *inspection = tsn_document_get_inspection (desk->document);
  const char *node = tsn_inspection_get_node (inspection);
  const TsnOutline *outline = tsn_inspection_get_outline (inspection);
  const TsnOutlineBlock *last
      = &g_array_index (outline->blocks, TsnOutlineBlock, outline->blocks->len - 1);
  const char *other
      = tsn_graph_node (tsn_document_get_model (desk->document)->graph, last->node)->name;

  g_assert_cmpstr (node, !=, other);
  tsn_inspection_set_node (inspection, other);
}

static void
look_at_channel (Desk *desk)
{
  tsn_inspection_show_channel (tsn_document_get_inspection (desk->document), 1);
}

const DeskChange desk_changes[] = {
  { "zoom", desk_zoom_in },
  { "actual size", zoom_to_actual },
  { "tasks", show_two },
  { "active task", explain_another },
  { "photo beside", hide_photo },
  { "size", enlarge_input },
  { "layout", lay_over },
  { "opacity", fade },
  { "hatching", hatch },
  { "isolated class", desk_isolate },
  { "comparison", compare },
  { "wipe", wipe },
  { "weights", mix },
  { "space", mix_elsewhere },
  { "modules", mix_modules },
  { "fixed read-out", read_by_the_same },
  { "read-out", read_by_another },
  { "blend beside", show_blend },
  { "node", inspect },
  { "channel", look_at_channel },
};

const guint desk_n_changes = G_N_ELEMENTS (desk_changes);

void
desk_take (Desk *desk, TsnStudy *study)
{
  tsn_study_init (study);
  tsn_document_get_look (desk->document, study);
  tsn_view_get_study (desk->view, &study->view);
}

/* Compares as text, which says where the two differ. */
void
desk_assert_equal (const TsnStudy *study, const TsnStudy *expected)
{
  g_autofree char *text = tsn_study_to_json (study, "/", NULL);
  g_autofree char *expected_text = tsn_study_to_json (expected, "/", NULL);

  g_assert_cmpstr (text, ==, expected_text);
  g_assert_true (tsn_study_equal (study, expected));
}

/* A test that begins with model and photo at hand. */
void
desk_add (const char *name, DeskTest test)
{
  g_test_add (name, Desk, NULL, desk_set_up, test, desk_tear_down);
}
