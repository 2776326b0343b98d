/* A camera that a test plugs in: a device provider of GStreamer, found like a real one. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FakeFault:
 * @FAKE_FAULT_NONE: gives pictures for ever, 30 a second
 * @FAKE_FAULT_UNPLUG: reading fails after the tenth picture, as when the cable is pulled
 * @FAKE_FAULT_END: the stream ends after the tenth picture, as some drivers do then
 * @FAKE_FAULT_BUSY: cannot be opened, because another program has it
 * @FAKE_FAULT_REFUSED: cannot be opened for want of permission
 * @FAKE_FAULT_GONE: is listed, but its device file is not there
 */
typedef enum
{
  FAKE_FAULT_NONE,
  FAKE_FAULT_UNPLUG,
  FAKE_FAULT_END,
  FAKE_FAULT_BUSY,
  FAKE_FAULT_REFUSED,
  FAKE_FAULT_GONE,
} FakeFault;

/** After how many pictures a camera with a fault fails. */
#define FAKE_CAMERA_N_FRAMES 10

void fake_camera_plug (const char *id, const char *name, FakeFault fault);
void fake_camera_unplug (const char *id);
guint fake_camera_get_n_open (void);
void fake_camera_register_pipewire (void);

G_END_DECLS
