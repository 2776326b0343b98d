/* The window. */
#pragma once

#include <adwaita.h>

#include "ui/tsn-document.h"
#include "ui/tsn-view.h"

G_BEGIN_DECLS

#define TSN_TYPE_WINDOW (tsn_window_get_type ())
G_DECLARE_FINAL_TYPE (TsnWindow, tsn_window, TSN, WINDOW, AdwApplicationWindow)

/**
 * TsnWindowFiles:
 * @model: (nullable): path of the model that comes with the program
 * @sample: (nullable): path of the photo that is shown at first
 * @state: (nullable): path of the file that keeps what the last window showed
 *
 * What a window opens when nobody names anything.
 */
typedef struct
{
  const char *model;
  const char *sample;
  const char *state;
} TsnWindowFiles;

TsnWindow *
tsn_window_new (GtkApplication *application, GSettings *settings, const TsnWindowFiles *files);
void tsn_window_start (TsnWindow *self, GFile *photo, const char *model);
void tsn_window_open (TsnWindow *self, GFile *file);
TsnDocument *tsn_window_get_document (TsnWindow *self);
TsnView *tsn_window_get_view (TsnWindow *self);
void tsn_window_install_keys (GtkApplication *application);

G_END_DECLS
