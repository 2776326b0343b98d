/* Films of a blend's path, made on a thread. */
#pragma once

#include "core/capture/tsn-video-writer.h"
#include "core/figure/tsn-study.h"
#include "ui/tsn-export-work.h"

G_BEGIN_DECLS

/**
 * TsnFilmOrder:
 * @base: where to; the texture of one frame is made where there is no path
 * @study: what is shown
 * @format: of the film
 * @time: of that frame, from 0 to 1
 *
 * @problem: (nullable): why films of the format cannot be written here; told with a frame
 * @n_frames: of the film
 *
 * A film, or what one frame of it looks like.  What stands first is asked for, the rest is found.
 */
typedef struct
{
  TsnExportOrder base;
  TsnStudy study;
  TsnVideoFormat format;
  double time;

  char *problem;
  guint n_frames;
} TsnFilmOrder;

TsnFilmOrder *tsn_film_order_new (void);

#define TSN_TYPE_FILM_WORK (tsn_film_work_get_type ())
G_DECLARE_FINAL_TYPE (TsnFilmWork, tsn_film_work, TSN, FILM_WORK, TsnExportWork)

/**
 * TsnFilmWork:
 *
 * Fulfils #TsnFilmOrder.  It keeps the encoded photo of the newest one, so that another frame of it
 * is there at once; a piece of its progress is a frame that is written.  Errors are those of
 * tsn_film_new() and tsn_video_writer_new().
 */

G_END_DECLS
