#include "ui/tsn-blend-actions.h"

#include <string.h>

static const char *const space_names[] = { "codes", "embeddings", "coefficients" };

static const char *const stage_names[] = { "coarse", "fine", "skips" };

/* The document owns its blend, and the window both: none of them outlives its actions' use. */
static TsnBlend *
blend_of (gpointer document)
{
  return tsn_document_get_blend (document);
}

static TsnBlendPath *
path_of (gpointer document)
{
  return tsn_blend_get_path (blend_of (document));
}

static void
corner_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gint32 task = g_variant_get_int32 (parameter);

  if (task >= 0 && (guint) task < tsn_blend_get_n_tasks (blend_of (data)))
    tsn_blend_set_task (blend_of (data), task);
}

static void
centre_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_blend_set_place (blend_of (data), 0, 0);
}

static void
normalise_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_blend_normalise (blend_of (data));
}

static void
reset_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_blend_reset (blend_of (data));
}

static void
readout_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gint32 task = g_variant_get_int32 (parameter);

  if (task >= 0)
    tsn_blend_set_readout (blend_of (data), task);
}

/* Photo, task and blend are all that is to be seen then. */
static void
beside_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TsnBlend *blend = blend_of (data);

  if (!tsn_blend_is_active (blend))
    tsn_blend_set_shown (blend, TRUE);
  tsn_document_show_only (data, tsn_blend_get_readout (blend));
}

/* The task of a name, or what the names "pad" and "pin" stand for; FALSE for other names. */
static gboolean
find_choice (TsnBlend *blend, const char *name, int *choice)
{
  if (strcmp (name, "pad") == 0 || strcmp (name, "pin") == 0)
    {
      *choice = strcmp (name, "pad") == 0 ? TSN_BLEND_AS_PAD : TSN_BLEND_PINNED;
      return TRUE;
    }
  for (guint i = 0; i < tsn_blend_get_n_tasks (blend); i++)
    if (strcmp (tsn_blend_get_task (blend, i)->name, name) == 0)
      {
        *choice = i;
        return TRUE;
      }
  return FALSE;
}

/* The first name is that of a module or of a stage. */
static void
module_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TsnBlend *blend = blend_of (data);
  const char *name, *task;
  int choice;

  g_variant_get (parameter, "(&s&s)", &name, &task);
  if (!find_choice (blend, task, &choice))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (stage_names); i++)
    if (strcmp (stage_names[i], name) == 0)
      tsn_blend_set_stage (blend, i, choice);
  for (guint i = 0; i < tsn_blend_get_n_modules (blend); i++)
    if (strcmp (tsn_blend_get_module_name (blend, i), name) == 0)
      tsn_blend_set_module (blend, i, choice);
}

static void
reset_modules_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_blend_reset_modules (blend_of (data));
}

static void
add_point_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_blend_path_add (path_of (data), tsn_blend_get_weights (blend_of (data)));
}

static void
add_tour_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_blend_path_add_tour (path_of (data));
}

static void
clear_path_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  tsn_blend_path_clear (path_of (data));
}

static void
space_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (space_names); i++)
    if (strcmp (space_names[i], g_variant_get_string (value, NULL)) == 0)
      tsn_blend_set_space (blend_of (data), i);
}

static void
update_space (GSimpleAction *action, GParamSpec *pspec, TsnBlend *blend)
{
  g_simple_action_set_state (action,
                             g_variant_new_string (space_names[tsn_blend_get_space (blend)]));
}

static const GActionEntry entries[] = {
  { "blend-corner", corner_cb, "i", NULL, NULL, { 0 } },
  { "blend-centre", centre_cb, NULL, NULL, NULL, { 0 } },
  { "blend-normalise", normalise_cb, NULL, NULL, NULL, { 0 } },
  { "blend-reset", reset_cb, NULL, NULL, NULL, { 0 } },
  { "blend-readout", readout_cb, "i", NULL, NULL, { 0 } },
  { "blend-beside", beside_cb, NULL, NULL, NULL, { 0 } },
  { "blend-module", module_cb, "(ss)", NULL, NULL, { 0 } },
  { "blend-reset-modules", reset_modules_cb, NULL, NULL, NULL, { 0 } },
  { "blend-add-point", add_point_cb, NULL, NULL, NULL, { 0 } },
  { "blend-add-tour", add_tour_cb, NULL, NULL, NULL, { 0 } },
  { "blend-clear-path", clear_path_cb, NULL, NULL, NULL, { 0 } },
  { "blend-space", NULL, "s", "'embeddings'", space_cb, { 0 } },
};

/* Properties that are actions, too. */
static const struct
{
  const char *name;
  const char *property;
  gboolean of_path;
} toggles[] = {
  { "show-blend", "shown", FALSE },
  { "blend-follow", "follow", FALSE },
  { "blend-play", "playing", TRUE },
  { "blend-loop", "loop", TRUE },
};

/* An action of a property cannot be disabled, only taken away. */
static void
update_toggles (GActionMap *map, TsnBlend *blend)
{
  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++)
    {
      gpointer object = toggles[i].of_path ? (gpointer) tsn_blend_get_path (blend) : blend;
      g_autoptr (GPropertyAction) action = NULL;

      if (!tsn_blend_can_mix (blend))
        g_action_map_remove_action (map, toggles[i].name);
      else if (g_action_map_lookup_action (map, toggles[i].name) == NULL)
        {
          action = g_property_action_new (toggles[i].name, object, toggles[i].property);
          g_action_map_add_action (map, G_ACTION (action));
        }
    }
}

static void
update_enabled (GActionMap *map, TsnBlend *blend)
{
  gboolean enabled = tsn_blend_can_mix (blend);

  update_toggles (map, blend);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      GAction *action = g_action_map_lookup_action (map, entries[i].name);

      if (action != NULL)
        g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
    }
}

/**
 * tsn_blend_actions_add:
 * @map: of the window
 *
 * Adds the actions of the blend.  "blend-module" takes the name of a module, or "coarse", "fine" or
 * "skips", and the name of a task, "pad" for the mix of the pad, or "pin" to keep the mix.
 */
void
tsn_blend_actions_add (GActionMap *map, TsnDocument *document)
{
  TsnBlend *blend = tsn_document_get_blend (document);
  GAction *space;

  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), document);
  space = g_action_map_lookup_action (map, "blend-space");
  g_signal_connect_object (blend, "notify::space", G_CALLBACK (update_space), space,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (blend, "model-changed", G_CALLBACK (update_enabled), map,
                           G_CONNECT_SWAPPED);
  update_enabled (map, blend);
}

/**
 * tsn_blend_actions_remove:
 *
 * Takes away what follows the blend, which a tooltip could keep alive beyond the window.
 */
void
tsn_blend_actions_remove (GActionMap *map, TsnDocument *document)
{
  /* It would bring back what is taken away. */
  g_signal_handlers_disconnect_by_data (tsn_document_get_blend (document), map);
  for (guint i = 0; i < G_N_ELEMENTS (toggles); i++)
    g_action_map_remove_action (map, toggles[i].name);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_action_map_remove_action (map, entries[i].name);
}

/**
 * tsn_blend_actions_install_keys:
 *
 * Gives the actions of the blend their keys; to be called once per application.
 */
void
tsn_blend_actions_install_keys (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *key;
  } keys[] = {
    { "win.show-blend", "m" },
    { "win.blend-beside", "<Shift>b" },
    { "win.blend-play", "<Control>m" },
    { "win.blend-add-point", "<Control><Shift>m" },
    { "win.blend-normalise", "n" },
    { "win.blend-reset", "<Control>BackSpace" },
    { "win.blend-centre", "<Control>Home" },
    { "win.blend-loop", "<Control><Shift>l" },
    { "win.blend-follow", "<Control><Shift>f" },
    { "win.blend-add-tour", "<Control><Shift>t" },
    { "win.blend-clear-path", "<Control><Shift>BackSpace" },
    { "win.blend-reset-modules", "<Control><Shift>Home" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action,
                                           (const char *const[]){ keys[i].key, NULL });
}
