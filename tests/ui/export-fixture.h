/* A window that exports something, opened from a window on the fixture's files, and a folder for
 * what it writes. */
#pragma once

#include "studio-fixture.h"
#include "ui/tsn-export-window.h"

/**
 * ExportFixture:
 * @type: of the window
 * @action: that opens it
 * @out: a folder for files
 * @window: (nullable): the window, once it is there
 * @written: (nullable): the newest file
 * @n_made: how many previews there were
 * @error: (nullable): what failed
 *
 * Begins the fixtures of the tests of such windows.
 */
typedef struct
{
  Studio studio;
  GType type;
  const char *action;
  char *out;
  TsnExportWindow *window;
  char *written;
  guint n_made;
  GError *error;
} ExportFixture;

void export_fixture_set_up (ExportFixture *fixture, GType type, const char *action);
void export_fixture_tear_down (ExportFixture *fixture);
void export_fixture_adopt (ExportFixture *fixture);
void export_fixture_open (ExportFixture *fixture);
void export_fixture_open_by_key (ExportFixture *fixture, const char *key);
void export_fixture_close_by_key (ExportFixture *fixture, const char *key);
void export_fixture_settle (ExportFixture *fixture);
void export_fixture_activate (ExportFixture *fixture, const char *action);

GtkWidget *export_fixture_find (ExportFixture *fixture, GType type);
gpointer export_fixture_find_row (ExportFixture *fixture, const char *title);
gpointer export_fixture_find_control (ExportFixture *fixture, const char *title);
void export_fixture_choose (ExportFixture *fixture, const char *title, guint item);
double export_fixture_get_aspect (ExportFixture *fixture);
gboolean export_fixture_shows_text (ExportFixture *fixture, const char *text);

void export_fixture_begin (ExportFixture *fixture, const char *name);
void export_fixture_wait (ExportFixture *fixture);
void export_fixture_write (ExportFixture *fixture, const char *name);
void export_fixture_write_to_full_disk (ExportFixture *fixture,
                                        const char *name,
                                        const char *full,
                                        guint bytes);
void export_fixture_write_by_chooser (ExportFixture *fixture, const char *stem, const char *suffix);
guint export_fixture_count_files (ExportFixture *fixture);
