/* Which figure is wanted, and in what form. */
#pragma once

#include "core/figure/tsn-figure-export.h"
#include "ui/tsn-export-work.h"

G_BEGIN_DECLS

/**
 * TsnFigureWish:
 * @study: what is shown; the looks and the photos of the figure are in its plan
 * @comparison: whether models are compared task by task, instead of showing what the window shows
 * @tasks: (nullable) (array zero-terminated=1): names of the compared tasks, %NULL for all
 * @truth: whether labels stand beside them, where there are any
 *
 * Which figure is wanted.
 */
typedef struct
{
  TsnStudy study;
  gboolean comparison;
  char **tasks;
  gboolean truth;
} TsnFigureWish;

/**
 * TsnFigureForm:
 * @TSN_FIGURE_FORM_SCREEN: a texture
 * @TSN_FIGURE_FORM_FILE: a file that carries how it was made
 * @TSN_FIGURE_FORM_LATEX: a snippet and the pictures that it includes
 * @TSN_FIGURE_FORM_CLIPBOARD: something to be pasted
 */
typedef enum
{
  TSN_FIGURE_FORM_SCREEN,
  TSN_FIGURE_FORM_FILE,
  TSN_FIGURE_FORM_LATEX,
  TSN_FIGURE_FORM_CLIPBOARD,
} TsnFigureForm;

/**
 * TsnFigureOrder:
 * @base: the file, where the form is one, or the texture
 * @wish: which figure
 * @form: what becomes of it
 * @width, @height: of the box in pixels that a texture is to fill as far as its shape allows
 * @format: of the file
 * @raw: whether the numbers are written beside the file
 *
 * @content: (nullable): what is to be pasted
 * @written: (element-type filename): the files that are there, complete
 *
 * One figure in one form.  What stands first is asked for, the rest is found.
 */
typedef struct
{
  TsnExportOrder base;
  TsnFigureWish *wish;
  TsnFigureForm form;
  guint width;
  guint height;
  TsnFigureFormat format;
  gboolean raw;

  GdkContentProvider *content;
  GPtrArray *written;
} TsnFigureOrder;

TsnFigureWish *tsn_figure_wish_new (void);
TsnFigureWish *tsn_figure_wish_copy (const TsnFigureWish *wish);
void tsn_figure_wish_free (TsnFigureWish *wish);
gboolean tsn_figure_wish_has_same_content (const TsnFigureWish *wish, const TsnFigureWish *other);

TsnFigureOrder *tsn_figure_order_new (TsnFigureWish *wish, TsnFigureForm form);
void tsn_figure_order_free (TsnExportOrder *order);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnFigureWish, tsn_figure_wish_free)

G_END_DECLS
