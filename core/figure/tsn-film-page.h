/* Frames of a film: pictures side by side with captions, and what is mixed below them. */
#pragma once

#include "core/io/tsn-image.h"

G_BEGIN_DECLS

/** The most pictures that a frame has. */
#define TSN_FILM_MAX_CELLS 32

/**
 * TsnFilmLayout:
 * @n_cells: how many pictures a frame has, 1 to %TSN_FILM_MAX_CELLS
 * @n_meters: how many meters stand below them
 * @captions: whether pictures have captions
 * @aspect: width of a picture divided by its height
 *
 * What there is to see in every frame of a film.
 */
typedef struct
{
  guint n_cells;
  guint n_meters;
  gboolean captions;
  double aspect;
} TsnFilmLayout;

/**
 * TsnFilmCell:
 * @rgb: 3 x width x height bytes of the size of tsn_film_page_get_cell_size(), rows from the top
 * @caption: (nullable): what stands below it
 */
typedef struct
{
  const guint8 *rgb;
  const char *caption;
} TsnFilmCell;

/**
 * TsnFilmMeter:
 * @title: what it measures
 * @value: drawn up to 1 in either direction
 *
 * How much of a task is in a blend.
 */
typedef struct
{
  const char *title;
  double value;
} TsnFilmMeter;

/**
 * TsnFilmPage:
 *
 * Where everything is in the frames of a film.  Pictures are as large as a frame has room for, in
 * the number of columns that makes them largest.  The ground is dark, so that nothing outshines the
 * pictures.  Immutable: several threads may draw at the same time.
 */
typedef struct _TsnFilmPage TsnFilmPage;

void
tsn_film_page_choose_size (const TsnFilmLayout *layout, guint side, guint *width, guint *height);
TsnFilmPage *tsn_film_page_new (const TsnFilmLayout *layout, guint width, guint height);
void tsn_film_page_free (TsnFilmPage *page);
void tsn_film_page_get_cell_size (const TsnFilmPage *page, guint *width, guint *height);
TsnImage *
tsn_film_page_draw (const TsnFilmPage *page, const TsnFilmCell *cells, const TsnFilmMeter *meters);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnFilmPage, tsn_film_page_free)

G_END_DECLS
