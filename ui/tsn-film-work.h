/* Films of a blend's path, made on a thread. */
#pragma once

#include <gtk/gtk.h>

#include "core/capture/tsn-video-writer.h"
#include "core/figure/tsn-study.h"

G_BEGIN_DECLS

/**
 * TsnFilmOrder:
 * @study: what is shown
 * @format: of the film
 * @path: (nullable): the file or folder to make; %NULL for one frame as a texture
 * @time: of that frame, from 0 to 1
 *
 * @texture: (nullable): that frame
 * @problem: (nullable): why films of the format cannot be written here
 * @note: (nullable): what whoever gets the film has to know
 * @n_frames: of the film
 *
 * A film, or what one frame of it looks like.  What stands first is asked for, the rest is found.
 */
typedef struct
{
  TsnStudy study;
  TsnVideoFormat format;
  char *path;
  double time;

  GdkTexture *texture;
  char *problem;
  char *note;
  guint n_frames;
} TsnFilmOrder;

TsnFilmOrder *tsn_film_order_new (void);
void tsn_film_order_free (TsnFilmOrder *order);

#define TSN_TYPE_FILM_WORK (tsn_film_work_get_type ())
G_DECLARE_FINAL_TYPE (TsnFilmWork, tsn_film_work, TSN, FILM_WORK, GObject)

/**
 * TsnFilmWork:
 *
 * Makes one film after the other.  It keeps the encoded photo of the newest one, so that another
 * frame of it is there at once.
 *
 * Signals: `progress` (guint done, guint total) before a frame is written, on the main thread.
 */

TsnFilmWork *tsn_film_work_new (void);
void tsn_film_work_run (TsnFilmWork *self,
                        TsnFilmOrder *order,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data);
const TsnFilmOrder *tsn_film_work_finish (GAsyncResult *result, GError **error);

G_END_DECLS
