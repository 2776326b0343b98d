/* A window on the fixture's files, and looking at what is in it. */
#pragma once

#include "ui-fixture.h"
#include "ui/tsn-window.h"

typedef struct
{
  UiFixture files;
  AdwApplication *application;
  GSettings *settings;
  TsnWindow *window;
  TsnDocument *document;
} Studio;

gboolean studio_is_ready (gpointer data);
void studio_open (Studio *studio, const char *model, const char *photo);
void studio_close (Studio *studio);
void studio_set_up (Studio *studio, gconstpointer data);
void studio_tear_down (Studio *studio, gconstpointer data);
GPtrArray *studio_list_widgets (GtkWidget *root);
gboolean studio_shows_text (GtkWidget *root, const char *text);
GtkLabel *studio_find_label (TsnWindow *window, const char *part);
GtkWidget *studio_find (TsnWindow *window, GType type);
GtkWidget *studio_find_in (GtkWidget *root, GType type);
guint studio_count (TsnWindow *window, GType type);
guint studio_count_canvases (TsnWindow *window);
void studio_activate (Studio *studio, const char *action, int parameter);
void studio_activate_detailed (Studio *studio, const char *action);
gboolean studio_is_active (gpointer window);
gboolean studio_can_press (void);
void studio_press (const char *key);
void studio_walk (TsnWindow *window, const char *key, GtkWidget *widget);
void studio_point (GtkWidget *widget);
void studio_click (GtkWidget *widget);
void studio_answer_chooser (const char *folder, const char *name);
void studio_destroy_and_check (GtkWindow *window);
int studio_run (int argc, char **argv, void (*add_tests) (void));
