/* What windows that export something have in common. */
#pragma once

#include <adwaita.h>

#include "ui/tsn-document.h"
#include "ui/tsn-export-work.h"

G_BEGIN_DECLS

#define TSN_TYPE_EXPORT_WINDOW (tsn_export_window_get_type ())
G_DECLARE_DERIVABLE_TYPE (TsnExportWindow, tsn_export_window, TSN, EXPORT_WINDOW, AdwWindow)

/**
 * TsnExportKind:
 * @ending: what the proposed name of a file has after that of the photo
 * @quick: whether a preview is there so soon that it follows a control that is dragged.  One that
 *   is not waits until nobody turns anything, gives way to the next one, shows its progress and can
 *   be stopped.
 * @paper: whether the preview lies on paper
 * @preview: what a screen reader calls the preview
 * @no_preview: title of the page that says why there is none
 * @making: (nullable): said while a preview that is not quick is made
 * @again: (nullable): of the button that makes a preview that was stopped
 * @write_tip: of the button that writes a file
 * @stop_tip: of the button that stops
 * @chooser: title of the file chooser
 * @only_here: said about files that are not on this computer
 *
 * How one kind of export differs from others.  Texts are marked for translation, and not translated
 * yet.
 */
typedef struct
{
  const char *ending;
  gboolean quick;
  gboolean paper;
  const char *preview;
  const char *no_preview;
  const char *making;
  const char *again;
  const char *write_tip;
  const char *stop_tip;
  const char *chooser;
  const char *only_here;
} TsnExportKind;

/**
 * TsnExportWindowClass:
 * @kind: how this kind of export differs from others
 * @work_type: a #TsnExportWork that fulfils its orders
 * @make_preview: makes an order of a texture for a box in pixels
 * @make_export: makes an order of what is chosen; its path is filled in by the window
 * @get_suffix: the ending of files of the chosen format, with the dot
 * @describe_progress: says how far an order is; as the signal of #TsnExportWork
 * @describe_result: says what was written
 * @previewed: (nullable): an order of a preview is fulfilled, or failed and is %NULL
 * @finished: an order other than of a preview is fulfilled; to be passed on if it made a file
 * @update: (nullable): whether something is being made changed
 *
 * What a kind of export is to know.  Orders are as its work has them.
 */
struct _TsnExportWindowClass
{
  AdwWindowClass parent_class;

  const TsnExportKind *kind;
  GType work_type;
  TsnExportOrder *(*make_preview) (TsnExportWindow *self, guint width, guint height);
  TsnExportOrder *(*make_export) (TsnExportWindow *self);
  const char *(*get_suffix) (TsnExportWindow *self);
  char *(*describe_progress) (guint done, guint total, const char *photo);
  char *(*describe_result) (const TsnExportOrder *order);
  void (*previewed) (TsnExportWindow *self, const TsnExportOrder *order);
  void (*finished) (TsnExportWindow *self, const TsnExportOrder *order);
  void (*update) (TsnExportWindow *self, gboolean writing);
};

/**
 * TsnExportWindow:
 *
 * Shows a preview next to what can be chosen, and writes files.  Everything that takes time happens
 * on a thread; what is not done when the window closes is stopped.
 *
 * In a template, children of type `panel` are what can be chosen, `foot` stands below the preview
 * and `start` in the header.
 *
 * Signals: `made` () when another preview is there; `written` (const char *path) when a file is;
 * `failed` (#GError) when either is not, previews that were stopped excepted.
 */

TsnDocument *tsn_export_window_get_document (TsnExportWindow *self);
void tsn_export_window_start (TsnExportWindow *self, TsnDocument *document);
void tsn_export_window_refresh (TsnExportWindow *self);
void tsn_export_window_set_possible (TsnExportWindow *self, gboolean possible);
gboolean tsn_export_window_is_busy (TsnExportWindow *self);
gboolean tsn_export_window_is_writing (TsnExportWindow *self);
void tsn_export_window_run (TsnExportWindow *self, TsnExportOrder *order, const char *text);
void tsn_export_window_write (TsnExportWindow *self, GFile *file);
void tsn_export_window_say (TsnExportWindow *self, const char *text);

G_END_DECLS
