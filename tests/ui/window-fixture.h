/* A window on a small model, and looking around in it. */
#pragma once

#include "ui-fixture.h"

#include "ui/tsn-window.h"

typedef struct
{
  UiFixture files;
  GtkApplication *application;
  GSettings *settings;
  TsnWindow *window;
  TsnDocument *document;
} WindowFixture;

void window_fixture_set_up (WindowFixture *fixture, gconstpointer data);
void window_fixture_open (WindowFixture *fixture, const char *model);
void window_fixture_close (WindowFixture *fixture);
void window_fixture_tear_down (WindowFixture *fixture, gconstpointer data);
gboolean window_fixture_is_ready (gpointer document);

GPtrArray *window_fixture_list_widgets (GtkWidget *root);
GtkWidget *window_fixture_find (WindowFixture *fixture, GType type);
GtkLabel *window_fixture_find_label (WindowFixture *fixture, const char *part);
guint window_fixture_count (WindowFixture *fixture, GType type);
guint window_fixture_count_panes (WindowFixture *fixture);
void window_fixture_activate (WindowFixture *fixture, const char *action);
gboolean window_fixture_is_active (gpointer window);
gboolean window_fixture_can_press (void);
void window_fixture_press (const char *key);
void window_fixture_destroy_and_check (GtkWindow *window);
int window_fixture_run (int argc, char **argv, void (*add_tests) (void));
