/* What menus and keys do in the window. */
#include "ui/tsn-window-private.h"

#include "ui/tsn-blend-actions.h"
#include "ui/tsn-inspection.h"

/* Zoom of one press of a key. */
#define ZOOM_STEP 1.25

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_window_choose_photo (data);
}

static void
open_uri_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  tsn_window_open (data, file);
}

static void
open_model_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_window_choose_model (data);
}

static void
show_sample_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_window_open_sample (data);
}

static void
paste_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_window_paste (data);
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_window_copy (data);
}

static void
show_task_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_document_show_only (TSN_WINDOW (data)->document, g_variant_get_int32 (parameter));
}

static void
toggle_task_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_document_toggle (TSN_WINDOW (data)->document, g_variant_get_int32 (parameter));
}

static void
show_all_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_document_show_all (TSN_WINDOW (data)->document);
}

/* Shows the task that is @step places further alone, round and round. */
static void
step_task (TsnDocument *document, int step)
{
  int n = tsn_document_get_n_tasks (document);

  if (n > 0)
    tsn_document_show_only (document, (tsn_document_get_active (document) + n + step) % n);
}

static void
next_task_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step_task (TSN_WINDOW (data)->document, 1);
}

static void
previous_task_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step_task (TSN_WINDOW (data)->document, -1);
}

static void
cancel_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TsnDocument *document = TSN_WINDOW (data)->document;
  TsnDisplay *display = tsn_document_get_display (document);
  /* Frames follow each other, so that there is always one in work. */
  gboolean rolling = tsn_document_shows_frame (document);

  if (tsn_document_is_working (document) && !(rolling && tsn_display_get_isolated (display) >= 0))
    tsn_document_cancel (document);
  else
    tsn_display_set_isolated (display, -1);
}

static void
rerun_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_document_rerun (TSN_WINDOW (data)->document);
}

static void
zoom_in_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_view_zoom (tsn_window_get_view (data), ZOOM_STEP);
}

static void
zoom_out_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_view_zoom (tsn_window_get_view (data), 1 / ZOOM_STEP);
}

static void
zoom_fit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_view_fit (tsn_window_get_view (data));
}

static void
zoom_actual_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_view_show_actual_size (tsn_window_get_view (data));
}

static void
fullscreen_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (gtk_window_is_fullscreen (data))
    gtk_window_unfullscreen (data);
  else
    gtk_window_fullscreen (data);
}

static void
enable (TsnWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  if (action != NULL)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/**
 * tsn_window_update_actions:
 *
 * Makes available what can be done now.
 */
void
tsn_window_update_actions (TsnWindow *self)
{
  gboolean tasks = tsn_document_get_n_tasks (self->document) > 0;
  gboolean photo = tsn_document_get_photo (self->document) != NULL;
  guint active = tsn_document_get_active (self->document);
  gboolean live = tsn_document_is_live (self->document);

  /* Of moving pictures one frame follows the other: nothing is to blink meanwhile. */
  enable (self, "cancel",
          live || tsn_document_is_working (self->document)
              || tsn_display_get_isolated (tsn_document_get_display (self->document)) >= 0);
  enable (self, "rerun", tasks && photo && !live && !tsn_document_is_busy (self->document));
  enable (self, "copy", tsn_document_get_prediction (self->document, active) != NULL);
  enable (self, "show-sample", self->sample != NULL);
  for (const char *const *name = (const char *const[]){ "show-task", "toggle-task", "show-all",
                                                        "next-task", "previous-task", NULL };
       *name != NULL; name++)
    enable (self, *name, tasks);
  for (const char *const *name
       = (const char *const[]){ "zoom-in", "zoom-out", "zoom-fit", "zoom-actual", NULL };
       *name != NULL; name++)
    enable (self, *name, photo);
  tsn_window_update_source_actions (self);
  tsn_window_update_figure_actions (self);
}

/* The pages of the side panel. */
static const char *const pages[] = { "tasks", "blend", "inspect", "compare" };

static void
show_page_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TsnWindow *self = data;
  const char *page = g_variant_get_string (parameter, NULL);

  if (adw_view_stack_get_child_by_name (self->side_stack, page) == NULL)
    return;
  adw_flap_set_reveal_flap (self->flap, TRUE);
  adw_view_stack_set_visible_child_name (self->side_stack, page);
}

/* Settings that are actions too. */
static const char *const setting_actions[] = { "show-panel", "show-filmstrip", "loop-video" };

/* What this one window shows; it is remembered, but may be another than the settings say. */
static const struct
{
  const char *action;
  const char *property;
} document_actions[] = {
  { "show-photo", "show-photo" },
  { "show-truth", "show-truth" },
  { "input-size", "size" },
};

static void
add_states (TsnWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (document_actions); i++)
    {
      g_autoptr (GPropertyAction) action
          = g_property_action_new (document_actions[i].action, self->document,
                                   document_actions[i].property);

      g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
    }
  for (guint i = 0; i < G_N_ELEMENTS (setting_actions); i++)
    {
      g_autoptr (GAction) action = g_settings_create_action (self->settings, setting_actions[i]);

      g_action_map_add_action (G_ACTION_MAP (self), action);
    }
}

/**
 * tsn_window_remove_actions:
 *
 * Takes away the actions that follow settings or the document.  A tooltip keeps the group of actions
 * alive beyond the window, and what changed then would have it report to a window that is gone.
 */
void
tsn_window_remove_actions (TsnWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (setting_actions); i++)
    g_action_map_remove_action (G_ACTION_MAP (self), setting_actions[i]);
  for (guint i = 0; i < G_N_ELEMENTS (document_actions); i++)
    g_action_map_remove_action (G_ACTION_MAP (self), document_actions[i].action);
  if (self->document != NULL)
    tsn_blend_actions_remove (G_ACTION_MAP (self), self->document);
}

/**
 * tsn_window_add_actions:
 *
 * Adds the actions of the group "win".
 */
void
tsn_window_add_actions (TsnWindow *self)
{
  static const GActionEntry entries[] = {
    { "open", open_cb, NULL, NULL, NULL, { 0 } },
    { "open-uri", open_uri_cb, "s", NULL, NULL, { 0 } },
    { "open-model", open_model_cb, NULL, NULL, NULL, { 0 } },
    { "show-sample", show_sample_cb, NULL, NULL, NULL, { 0 } },
    { "paste", paste_cb, NULL, NULL, NULL, { 0 } },
    { "copy", copy_cb, NULL, NULL, NULL, { 0 } },
    { "show-task", show_task_cb, "i", NULL, NULL, { 0 } },
    { "toggle-task", toggle_task_cb, "i", NULL, NULL, { 0 } },
    { "show-all", show_all_cb, NULL, NULL, NULL, { 0 } },
    { "next-task", next_task_cb, NULL, NULL, NULL, { 0 } },
    { "previous-task", previous_task_cb, NULL, NULL, NULL, { 0 } },
    { "cancel", cancel_cb, NULL, NULL, NULL, { 0 } },
    { "rerun", rerun_cb, NULL, NULL, NULL, { 0 } },
    { "zoom-in", zoom_in_cb, NULL, NULL, NULL, { 0 } },
    { "zoom-out", zoom_out_cb, NULL, NULL, NULL, { 0 } },
    { "zoom-fit", zoom_fit_cb, NULL, NULL, NULL, { 0 } },
    { "zoom-actual", zoom_actual_cb, NULL, NULL, NULL, { 0 } },
    { "fullscreen", fullscreen_cb, NULL, NULL, NULL, { 0 } },
    { "show-page", show_page_cb, "s", NULL, NULL, { 0 } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  tsn_window_add_source_actions (self);
  tsn_window_add_figure_actions (self);
  add_states (self);
  tsn_blend_actions_add (G_ACTION_MAP (self), self->document);
  tsn_window_update_actions (self);
}

static void
set_keys (GtkApplication *application, const char *action, const char *first, const char *second)
{
  const char *keys[] = { first, second, NULL };

  gtk_application_set_accels_for_action (application, action, keys);
}

static void
set_task_keys (GtkApplication *application)
{
  for (int i = 0; i < 9; i++)
    {
      g_autofree char *show = g_strdup_printf ("win.show-task(%d)", i);
      g_autofree char *toggle = g_strdup_printf ("win.toggle-task(%d)", i);
      g_autofree char *key = g_strdup_printf ("%d", i + 1);
      g_autofree char *keypad = g_strdup_printf ("KP_%d", i + 1);
      g_autofree char *alt = g_strdup_printf ("<Alt>%d", i + 1);

      set_keys (application, show, key, keypad);
      set_keys (application, toggle, alt, NULL);
    }
}

static void
set_page_keys (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *show = g_strdup_printf ("win.show-page('%s')", pages[i]);
      g_autofree char *key = g_strdup_printf ("<Control>F%u", i + 1);

      set_keys (application, show, key, NULL);
    }
}

/**
 * tsn_window_install_keys:
 *
 * Gives the window's actions their keys; to be called once per application.
 */
void
tsn_window_install_keys (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *first;
    const char *second;
  } keys[] = {
    { "win.open", "<Control>o", NULL },
    { "win.open-model", "<Control><Shift>o", NULL },
    { "win.show-sample", "<Alt>Home", NULL },
    { "win.paste", "<Control>v", NULL },
    { "win.copy", "<Control>c", NULL },
    { "win.show-all", "a", NULL },
    { "win.show-photo", "p", NULL },
    { "win.next-task", "Page_Down", NULL },
    { "win.previous-task", "Page_Up", NULL },
    { "win.show-panel", "F9", NULL },
    { "win.cancel", "Escape", NULL },
    { "win.rerun", "<Control>r", "F5" },
    { "win.zoom-in", "<Control>plus", "<Control>equal" },
    { "win.zoom-out", "<Control>minus", NULL },
    { "win.zoom-fit", "<Control>0", NULL },
    { "win.zoom-actual", "<Control>1", NULL },
    { "win.fullscreen", "F11", NULL },
    { "window.close", "<Control>w", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    set_keys (application, keys[i].action, keys[i].first, keys[i].second);
  set_task_keys (application);
  set_page_keys (application);
  tsn_blend_actions_install_keys (application);
  tsn_inspection_install_keys (application);
  tsn_window_install_session_keys (application);
  tsn_window_install_source_keys (application);
  tsn_window_install_view_keys (application);
  tsn_window_install_figure_keys (application);
  tsn_window_install_record_keys (application);
}
