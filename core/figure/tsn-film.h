/* Animations of a blend's path: one photo, and what the network says of it along the way. */
#pragma once

#include <gio/gio.h>

#include "core/base/tsn-pool.h"
#include "core/figure/tsn-study.h"
#include "core/io/tsn-image.h"

G_BEGIN_DECLS

/**
 * TsnFilmFunc:
 * @data: what was given with it
 * @frame: (transfer none): the next frame
 * @index: its number, from 0
 *
 * Takes a frame, such as by writing it.
 */
typedef gboolean (*TsnFilmFunc) (
    gpointer data, const TsnImage *frame, guint index, GCancellable *cancellable, GError **error);

/**
 * TsnFilm:
 *
 * The film of one study: its photo is encoded once and decoded for every frame.  It may be used on
 * any thread, by one at a time.
 */
typedef struct _TsnFilm TsnFilm;

/** The most frames that a film has. */
#define TSN_FILM_MAX_FRAMES 36000

TsnFilm *
tsn_film_new (const TsnStudy *study, TsnPool *pool, GCancellable *cancellable, GError **error);
void tsn_film_free (TsnFilm *film);

const TsnStudy *tsn_film_get_study (const TsnFilm *film);
const char *tsn_film_get_note (const TsnFilm *film);
gboolean tsn_film_set_look (TsnFilm *film, const TsnStudy *look, GError **error);
guint tsn_film_get_n_frames (const TsnFilm *film);
void tsn_film_get_size (const TsnFilm *film, guint *width, guint *height);
TsnImage *tsn_film_draw (TsnFilm *film, guint frame, GCancellable *cancellable, GError **error);
gboolean tsn_film_play (
    TsnFilm *film, TsnFilmFunc func, gpointer data, GCancellable *cancellable, GError **error);

char *tsn_film_make_packet (const TsnStudy *study, const char *path, GError **error);
char *tsn_film_get_command (const TsnStudy *study, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnFilm, tsn_film_free)

G_END_DECLS
