/* Where the frames of a source come from. */
#pragma once

#include "core/capture/tsn-frame-source.h"

G_BEGIN_DECLS

typedef enum
{
  TSN_FRAME_ORIGIN_CAMERA,
  TSN_FRAME_ORIGIN_FILE,
  TSN_FRAME_ORIGIN_PATTERN,
} TsnFrameOriginKind;

/**
 * TsnFrameOrigin:
 * @kind: which of the three
 * @id: of a camera
 * @path: of a file
 * @pattern: of a test pattern, without zeros
 * @name: what messages call it
 *
 * Set once, so that any thread may read it.
 */
typedef struct
{
  TsnFrameOriginKind kind;
  char *id;
  char *path;
  TsnTestPattern pattern;
  char *name;
} TsnFrameOrigin;

/* Whether frames come when they happen, and are lost if nobody looks. */
static inline gboolean
tsn_frame_origin_is_live (const TsnFrameOrigin *origin)
{
  return origin->kind == TSN_FRAME_ORIGIN_CAMERA
         || (origin->kind == TSN_FRAME_ORIGIN_PATTERN && !origin->pattern.unpaced);
}

G_END_DECLS
