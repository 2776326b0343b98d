/* Photos, a film, a session and cameras. */
#include "capture-fixture.h"
#include "fake-camera.h"
#include "soak.h"
#include "tests/core/data/data-fixture.h"

#include "ui/tsn-document-study.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define N_PHOTOS 3
#define N_CAMERAS 3

int
soak_pick (Soak *soak, int n)
{
  return g_rand_int_range (soak->random, 0, MAX (n, 1));
}

double
soak_pick_between (Soak *soak, double low, double high)
{
  return g_rand_double_range (soak->random, low, high);
}

gboolean
soak_chance (Soak *soak, double probability)
{
  return g_rand_double (soak->random) < probability;
}

/* With --verbose, so that the last line before a crash tells what led to it. */
void
soak_note (const char *format, ...)
{
  va_list args;

  if (!g_test_verbose ())
    return;
  va_start (args, format);
  vfprintf (stderr, format, args);
  va_end (args);
  fputc ('\n', stderr);
}

static char *
path_of (Soak *soak, const char *name)
{
  return g_build_filename (soak->folder, name, NULL);
}

void
soak_files_set_up (Soak *soak)
{
  g_autoptr (TsnImage) image = data_fixture_gradient (48, 32);

  ui_fixture_set_up (&soak->files, NULL);
  soak->folder = capture_make_folder ();
  soak->photos = path_of (soak, "photos");
  soak->film = path_of (soak, "film.webm");
  soak->broken_film = path_of (soak, "broken.mp4");
  soak->session = path_of (soak, "talk.tsnsession");
  soak->state = path_of (soak, "last.tsnsession");
  g_assert_cmpint (g_mkdir (soak->photos, 0700), ==, 0);
  for (guint i = 0; i < N_PHOTOS; i++)
    {
      g_autofree char *name = g_strdup_printf ("photo%u.png", i);

      data_fixture_photo (soak->photos, name, image);
    }
  capture_launch ("videotestsrc num-buffers=15 ! video/x-raw,width=96,height=64,framerate=10/1 ! "
                  "vp8enc deadline=1 keyframe-max-dist=5 ! webmmux ! filesink location=%s",
                  soak->film);
  g_assert_true (g_file_set_contents (soak->broken_film, "no film at all", -1, NULL));
  g_assert_cmpint (chdir (soak->folder), ==, 0);
  /* GStreamer asks only those kinds of cameras that it knows when the search begins. */
  fake_camera_plug ("usb-0", "Camera 0", FAKE_FAULT_NONE);
}

void
soak_files_tear_down (Soak *soak)
{
  g_assert_cmpint (chdir (g_get_tmp_dir ()), ==, 0);
  capture_remove_folder (soak->folder);
  g_free (soak->photos);
  g_free (soak->film);
  g_free (soak->broken_film);
  g_free (soak->session);
  g_free (soak->state);
  ui_fixture_tear_down (&soak->files, NULL);
}

/* Of anything that can be opened, and of some that cannot. */
char *
soak_make_uri (Soak *soak)
{
  const char *const paths[] = { soak->files.photo,  soak->files.other_photo,
                                soak->files.broken, soak->files.model,
                                soak->photos,       soak->film,
                                soak->broken_film,  soak->session,
                                soak->state,        "/nowhere/nothing.png" };

  return g_filename_to_uri (paths[soak_pick (soak, G_N_ELEMENTS (paths))], NULL, NULL);
}

/* Of what is shown now. */
void
soak_write_session (Soak *soak)
{
  g_auto (TsnStudy) study = { 0 };
  g_autoptr (GError) error = NULL;

  tsn_study_init (&study);
  tsn_document_get_study (soak->document, &study);
  g_assert_true (tsn_study_save (&study, soak->session, &error));
  g_assert_no_error (error);
}

static const char *const camera_ids[N_CAMERAS] = { "usb-0", "usb-1", "usb-2" };
static const char *const camera_names[N_CAMERAS] = { "Camera 0", "Camera 1", "Camera 2" };
static gboolean plugged[N_CAMERAS] = { TRUE };

/* Plugs a camera in, sound or faulty, or pulls the cable. */
void
soak_change_cameras (Soak *soak)
{
  int i = soak_pick (soak, N_CAMERAS);
  FakeFault fault
      = soak_chance (soak, 0.6) ? FAKE_FAULT_NONE : soak_pick (soak, FAKE_FAULT_GONE + 1);

  soak_note ("%s camera %d", plugged[i] ? "unplug" : "plug in", i);
  if (plugged[i])
    fake_camera_unplug (camera_ids[i]);
  else
    fake_camera_plug (camera_ids[i], camera_names[i], fault);
  plugged[i] = !plugged[i];
}

void
soak_unplug_all (void)
{
  for (guint i = 0; i < N_CAMERAS; i++)
    {
      if (plugged[i])
        fake_camera_unplug (camera_ids[i]);
      plugged[i] = FALSE;
    }
}
