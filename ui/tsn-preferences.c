#include "ui/tsn-preferences.h"

#include "ui/tsn-popups.h"
#include "ui/tsn-resources.h"

struct _TsnPreferences
{
  AdwWindow parent_instance;

  AdwComboRow *scheme;
  AdwComboRow *size;
  GtkSwitch *photo;
  GtkSwitch *hatching;
  GtkSwitch *restore;
  AdwComboRow *take;
};

G_DEFINE_FINAL_TYPE (TsnPreferences, tsn_preferences, ADW_TYPE_WINDOW)

/* In the order of the rows' items. */
static const char *const schemes[] = { "default", "light", "dark", NULL };
static const char *const take_formats[] = { "webm", "mp4", "gif", "png", NULL };
static const guint sizes[] = { 0, 256, 384, 512 };

/* Which of @data's words it is. */
static gboolean
get_word (GValue *value, GVariant *variant, gpointer data)
{
  const char *const *words = data;

  for (guint i = 0; words[i] != NULL; i++)
    if (g_strcmp0 (g_variant_get_string (variant, NULL), words[i]) == 0)
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
set_word (const GValue *value, const GVariantType *type, gpointer data)
{
  guint i = g_value_get_uint (value);

  return i < g_strv_length (data) ? g_variant_new_string (((char **) data)[i]) : NULL;
}

static gboolean
get_size (GValue *value, GVariant *variant, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (g_variant_get_uint32 (variant) == sizes[i])
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
set_size (const GValue *value, const GVariantType *type, gpointer data)
{
  guint i = g_value_get_uint (value);

  return i < G_N_ELEMENTS (sizes) ? g_variant_new_uint32 (sizes[i]) : NULL;
}

static void
tsn_preferences_class_init (TsnPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, TSN_UI_RESOURCES "tsn-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, TsnPreferences, scheme);
  gtk_widget_class_bind_template_child (widget_class, TsnPreferences, size);
  gtk_widget_class_bind_template_child (widget_class, TsnPreferences, photo);
  gtk_widget_class_bind_template_child (widget_class, TsnPreferences, hatching);
  gtk_widget_class_bind_template_child (widget_class, TsnPreferences, restore);
  gtk_widget_class_bind_template_child (widget_class, TsnPreferences, take);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
tsn_preferences_init (TsnPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tsn_popups_go_first (GTK_WINDOW (self));
}

/**
 * tsn_preferences_new:
 *
 * Returns: (transfer none): a window whose controls follow @settings and change them.
 */
GtkWindow *
tsn_preferences_new (GSettings *settings)
{
  TsnPreferences *self = g_object_new (TSN_TYPE_PREFERENCES, NULL);

  g_settings_bind_with_mapping (settings, "colour-scheme", self->scheme, "selected",
                                G_SETTINGS_BIND_DEFAULT, get_word, set_word, (gpointer) schemes,
                                NULL);
  g_settings_bind_with_mapping (settings, "take-format", self->take, "selected",
                                G_SETTINGS_BIND_DEFAULT, get_word, set_word,
                                (gpointer) take_formats, NULL);
  g_settings_bind_with_mapping (settings, "input-size", self->size, "selected",
                                G_SETTINGS_BIND_DEFAULT, get_size, set_size, NULL, NULL);
  g_settings_bind (settings, "show-photo", self->photo, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "hatching", self->hatching, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "restore-session", self->restore, "active", G_SETTINGS_BIND_DEFAULT);
  return GTK_WINDOW (self);
}
