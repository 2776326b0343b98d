/* Figures and animations of what the window shows. */
#include "ui/tsn-window-private.h"

#include "ui/tsn-animator.h"
#include "ui/tsn-composer.h"

static void
figure_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TsnWindow *self = data;
  GtkWindow *composer = tsn_composer_new (self->document, tsn_window_get_view (self));

  gtk_window_set_transient_for (composer, GTK_WINDOW (self));
  gtk_window_present (composer);
}

static void
animate_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TsnWindow *self = data;
  GtkWindow *animator = tsn_animator_new (self->document);

  gtk_window_set_transient_for (animator, GTK_WINDOW (self));
  gtk_window_present (animator);
}

/**
 * tsn_window_add_figure_actions:
 *
 * Adds the actions that make figures and animations.
 */
void
tsn_window_add_figure_actions (TsnWindow *self)
{
  static const GActionEntry entries[] = {
    { "figure", figure_cb, NULL, NULL, NULL, { 0 } },
    { "animate", animate_cb, NULL, NULL, NULL, { 0 } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

/* Networks and photos are read anew from their files. */
static gboolean
can_make_figures (TsnWindow *self)
{
  const TsnPhoto *photo = tsn_document_get_photo (self->document);

  return tsn_document_get_model (self->document) != NULL && photo != NULL && photo->file != NULL
         && g_file_is_native (photo->file) && !tsn_document_is_live (self->document);
}

static void
set_enabled (TsnWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  if (action != NULL)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/**
 * tsn_window_update_figure_actions:
 *
 * Makes figures and animations available when there is something to make them of.
 */
void
tsn_window_update_figure_actions (TsnWindow *self)
{
  gboolean possible = can_make_figures (self);

  set_enabled (self, "figure", possible);
  set_enabled (self, "animate",
               possible && tsn_blend_can_mix (tsn_document_get_blend (self->document)));
}

/**
 * tsn_window_install_figure_keys:
 *
 * Gives these actions their keys.
 */
void
tsn_window_install_figure_keys (GtkApplication *application)
{
  gtk_application_set_accels_for_action (application, "win.figure",
                                         (const char *const[]){ "<Control><Shift>e", NULL });
  gtk_application_set_accels_for_action (application, "win.animate",
                                         (const char *const[]){ "<Control><Shift>a", NULL });
}
