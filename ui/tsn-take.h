/* What a camera or a video showed, with its results, as a film. */
#pragma once

#include "core/capture/tsn-video-writer.h"
#include "core/figure/tsn-study.h"
#include "core/inference/tsn-result.h"

G_BEGIN_DECLS

#define TSN_TYPE_TAKE (tsn_take_get_type ())
G_DECLARE_FINAL_TYPE (TsnTake, tsn_take, TSN, TAKE, GObject)

/**
 * TsnTake:
 *
 * Writes on a thread what it is given, at the pace at which it is given it.  What comes faster than
 * it can be written is left out; what is there stays in the film until the next comes.  A take that
 * is neither finished nor failed leaves nothing behind.
 *
 * Signals: `ended` (GError *error) once, on the main thread, when the film is there, or when it
 * failed, as on a full disk; @error is %NULL if it is there.
 */

/** Of a take's film. */
#define TSN_TAKE_FPS 15
#define TSN_TAKE_SIDE 1280

/**
 * TsnTakePart:
 * @caption: what stands below a picture
 * @image: (nullable): the picture, or
 * @result: (nullable): what is drawn as one
 *
 * One picture of a moment.
 */
typedef struct
{
  char *caption;
  TsnImage *image;
  TsnResult *result;
} TsnTakePart;

TsnTake *tsn_take_new (const char *path, TsnVideoFormat format, const TsnStudy *study);
TsnTakePart *tsn_take_part_new (const char *caption, TsnImage *image, TsnResult *result);
void tsn_take_add (TsnTake *self, GPtrArray *parts);
void tsn_take_finish (TsnTake *self);
void tsn_take_cancel (TsnTake *self);
const char *tsn_take_get_path (TsnTake *self);
double tsn_take_get_seconds (TsnTake *self);

G_END_DECLS
