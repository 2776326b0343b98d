/* Every action of the window, with values that fit and values that do not. */
#include "soak.h"

#include "ui/tsn-inspection.h"

#include <string.h>

/* Of the groups "win" and "inspect", with the prefix. */
GPtrArray *
soak_list_actions (Soak *soak)
{
  g_autoptr (GSimpleActionGroup) inspect
      = tsn_inspection_make_actions (tsn_document_get_inspection (soak->document));
  g_auto (GStrv) window = g_action_group_list_actions (G_ACTION_GROUP (soak->window));
  g_auto (GStrv) inspector = g_action_group_list_actions (G_ACTION_GROUP (inspect));
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (char **name = window; *name != NULL; name++)
    g_ptr_array_add (names, g_strconcat ("win.", *name, NULL));
  for (char **name = inspector; *name != NULL; name++)
    g_ptr_array_add (names, g_strconcat ("inspect.", *name, NULL));
  return names;
}

/* The group an action is of; the inspector's actions are made anew, as nobody hands the window's
 * out. */
static GObject *
get_group (Soak *soak, const char *name)
{
  if (g_str_has_prefix (name, "win."))
    return g_object_ref (G_OBJECT (soak->window));
  return G_OBJECT (tsn_inspection_make_actions (tsn_document_get_inspection (soak->document)));
}

gboolean
soak_is_enabled (Soak *soak, const char *name)
{
  g_autoptr (GObject) group = get_group (soak, name);

  return g_action_group_get_action_enabled (G_ACTION_GROUP (group), strchr (name, '.') + 1);
}

static char *
pick_word (Soak *soak)
{
  static const char *const words[] = {
    "tasks", "blend",  "inspect", "compare",    "grid",    "single",     "overlay",      "side",
    "wipe",  "blink",  "codes",   "embeddings", "network", "difference", "coefficients", "channel",
    "mean",  "energy", "colours", "look",       "numbers", "changes",    "coarse",       "fine",
    "skips", "pad",    "pin",     "usb-0",      "usb-1",   "usb-2",      "O4",           "F3",
    "S2",    "head",   "semseg",  "edge",       "depth",   "",           "no such word"
  };

  return g_strdup (words[soak_pick (soak, G_N_ELEMENTS (words))]);
}

static char *
pick_node (Soak *soak)
{
  TsnModel *model = tsn_document_get_model (soak->document);

  if (model == NULL || model->graph->nodes->len == 0)
    return pick_word (soak);
  return g_strdup (
      g_array_index (model->graph->nodes, TsnNode, soak_pick (soak, model->graph->nodes->len))
          .name);
}

/* What an action of a choice can be given, as far as its name tells. */
static char *
pick_string (Soak *soak, const char *action)
{
  static const struct
  {
    const char *action;
    const char *const choices[7];
    gboolean enumeration;
  } known[] = {
    { "win.show-page", { "tasks", "blend", "inspect", "compare" }, FALSE },
    { "win.layout", { "grid", "single", "overlay" }, FALSE },
    { "win.compare-mode", { "side", "wipe", "blink", "difference" }, FALSE },
    { "win.blend-space", { "codes", "embeddings", "coefficients" }, FALSE },
    { "win.choose-camera", { "usb-0", "usb-1", "usb-2", "portal" }, FALSE },
    { "inspect.mode", { "network", "grid", "channel", "mean", "energy", "colours" }, TRUE },
    { "inspect.topic", { "look", "numbers", "changes" }, TRUE },
  };

  if (g_str_equal (action, "win.open-uri"))
    return soak_make_uri (soak);
  if (g_str_equal (action, "inspect.node") && soak_chance (soak, 0.8))
    return pick_node (soak);
  /* GIO warns of a value that an enumeration does not have; nothing of ours sends one. */
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (action, known[i].action) && (known[i].enumeration || soak_chance (soak, 0.8)))
      return g_strdup (
          known[i].choices[soak_pick (soak, g_strv_length ((char **) known[i].choices))]);
  return pick_word (soak);
}

static GVariant *
pick_module (Soak *soak)
{
  g_autofree char *name = soak_chance (soak, 0.5) ? pick_node (soak) : pick_word (soak);
  g_autofree char *task = pick_word (soak);

  return g_variant_new ("(ss)", name, task);
}

static GVariant *
pick_value (Soak *soak, const char *action, const GVariantType *type)
{
  if (g_variant_type_equal (type, G_VARIANT_TYPE_BOOLEAN))
    return g_variant_new_boolean (soak_chance (soak, 0.5));
  if (g_variant_type_equal (type, G_VARIANT_TYPE_INT32))
    return g_variant_new_int32 (soak_pick (soak, 14) - 2);
  if (g_variant_type_equal (type, G_VARIANT_TYPE_UINT32))
    return g_variant_new_uint32 (soak_pick (soak, soak_chance (soak, 0.5) ? 8 : 600));
  if (g_variant_type_equal (type, G_VARIANT_TYPE_DOUBLE))
    return g_variant_new_double (soak_pick_between (soak, -0.5, 1.5));
  if (g_variant_type_equal (type, G_VARIANT_TYPE_STRING))
    return g_variant_new_take_string (pick_string (soak, action));
  g_assert_cmpstr (g_variant_type_peek_string (type), ==, "(ss)");
  return pick_module (soak);
}

/* What was not available at its turn, and is now; NULL if there is nothing. */
static char *
draw_waiting (Soak *soak)
{
  for (guint i = 0; i < soak->waiting->len; i++)
    if (soak_is_enabled (soak, soak->waiting->pdata[i]))
      return g_ptr_array_steal_index_fast (soak->waiting, i);
  return NULL;
}

/* All actions have their turn before any has its second. */
static char *
draw_action (Soak *soak)
{
  if (soak->deck != NULL && soak->deck->len == 0)
    g_clear_pointer (&soak->deck, g_ptr_array_unref);
  if (soak->deck == NULL)
    soak->deck = soak_list_actions (soak);
  return g_ptr_array_steal_index_fast (soak->deck, soak_pick (soak, soak->deck->len));
}

/* Some are available for a moment only: to do again what was just undone, say. */
static void
put_off (Soak *soak, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (soak->waiting, name, g_str_equal, NULL))
    g_ptr_array_add (soak->waiting, g_strdup (name));
}

static void
activate (Soak *soak, const char *name)
{
  g_autoptr (GObject) group = get_group (soak, name);
  const GVariantType *type
      = g_action_group_get_action_parameter_type (G_ACTION_GROUP (group), strchr (name, '.') + 1);
  g_autoptr (GVariant) value = NULL;
  g_autofree char *text = NULL;

  if (type != NULL)
    value = g_variant_ref_sink (pick_value (soak, name, type));
  text = value != NULL ? g_variant_print (value, FALSE) : g_strdup ("");
  soak_note ("%s (%s)", name, text);
  gtk_widget_activate_action_variant (GTK_WIDGET (soak->window), name, value);
}

/* Does the next action of the window; what is not available now waits until it is. */
void
soak_act (Soak *soak)
{
  g_autofree char *name = draw_waiting (soak);

  if (name == NULL)
    name = draw_action (soak);
  if (!soak_is_enabled (soak, name))
    {
      put_off (soak, name);
      return;
    }
  activate (soak, name);
  g_hash_table_add (soak->done, g_steal_pointer (&name));
}
