#include "ui/tsn-remember.h"

#include "ui/tsn-document-study.h"

typedef struct
{
  GSettings *settings;
  char *key;
  TsnDocument *document; /* weak */
} Memory;

static void
memory_free (gpointer data, GClosure *closure)
{
  Memory *memory = data;

  g_object_unref (memory->settings);
  g_free (memory->key);
  g_clear_weak_pointer (&memory->document);
  g_free (memory);
}

static void
remember (const Memory *memory, const GValue *value)
{
  if (G_VALUE_HOLDS_BOOLEAN (value))
    g_settings_set_boolean (memory->settings, memory->key, g_value_get_boolean (value));
  else if (G_VALUE_HOLDS_UINT (value))
    g_settings_set_uint (memory->settings, memory->key, g_value_get_uint (value));
  else
    g_settings_set_double (memory->settings, memory->key, g_value_get_double (value));
}

static void
changed_cb (GObject *object, GParamSpec *property, gpointer data)
{
  const Memory *memory = data;
  g_auto (GValue) value = G_VALUE_INIT;

  if (memory->document == NULL || tsn_document_is_setting_look (memory->document))
    return;
  g_object_get_property (object, property->name, &value);
  remember (memory, &value);
}

/**
 * tsn_remember:
 * @key: of a truth value, a whole number or a real one
 * @document: whose look it is
 * @object: what has the property: @document or a part of it
 *
 * Lets a property follow a setting, and the setting what a person makes of the property.  What a
 * session or a step back makes of it is the look of this one window, and no wish for all others.
 */
void
tsn_remember (
    GSettings *settings, const char *key, TsnDocument *document, gpointer object, const char *property)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);
  Memory *memory = g_new0 (Memory, 1);

  memory->settings = g_object_ref (settings);
  memory->key = g_strdup (key);
  g_set_weak_pointer (&memory->document, document);
  g_settings_bind (settings, key, object, property, G_SETTINGS_BIND_GET);
  g_signal_connect_data (object, signal, G_CALLBACK (changed_cb), memory, memory_free, 0);
}
