/* Draws the bundled sample: a room in perspective with a person, a dog, a table and a window,
 * shaded enough for a network that learned from photographs.  `draw-sample FILE` writes a PNG; the
 * same picture every time. */
#include "core/base/tsn-random.h"
#include "data/samples/sample-draw.h"

#include <stdio.h>

#define SEED 20211

static void
draw_sky (Scene *scene, double left, double right, double bottom, double top)
{
  cairo_t *cr = scene->cr;
  cairo_pattern_t *sky
      = cairo_pattern_create_linear (0, scene_v (top, ROOM_BACK), 0, scene_v (bottom, ROOM_BACK));

  cairo_pattern_add_color_stop_rgb (sky, 0, 0.42, 0.64, 0.90);
  cairo_pattern_add_color_stop_rgb (sky, 0.6, 0.80, 0.90, 0.98);
  cairo_pattern_add_color_stop_rgb (sky, 1, 0.95, 0.96, 0.95);
  scene_quad (scene, (Point3[]){ { left, bottom, ROOM_BACK },
                                 { left, top, ROOM_BACK },
                                 { right, top, ROOM_BACK },
                                 { right, bottom, ROOM_BACK } });
  cairo_set_source (cr, sky);
  cairo_fill (cr);
  cairo_pattern_destroy (sky);
}

/* Trees and a meadow behind the panes, blurred by being soft blobs. */
static void
draw_garden (Scene *scene, double left, double right, double bottom)
{
  Colour meadow = { 0.45, 0.60, 0.30 }, leaf;

  scene_quad (scene, (Point3[]){ { left, bottom, ROOM_BACK },
                                 { left, bottom + 0.35, ROOM_BACK },
                                 { right, bottom + 0.42, ROOM_BACK },
                                 { right, bottom, ROOM_BACK } });
  scene_fill (scene, meadow);
  for (guint i = 0; i < 90; i++)
    {
      double x = left + 0.1 + (right - left - 0.2) * tsn_random_uniform (&scene->random);
      double y = bottom + 0.35 + 0.35 * tsn_random_uniform (&scene->random);
      double shade = 0.7 + 0.5 * tsn_random_uniform (&scene->random);

      leaf = (Colour){ 0.25 * shade, 0.42 * shade, 0.20 * shade };
      scene_blob (scene, (Ellipse){ scene_u (x, ROOM_BACK), scene_v (y, ROOM_BACK), 13, 11 }, leaf,
                  0.55);
    }
}

static void
draw_window (Scene *scene)
{
  const double left = -2.15, right = -0.55, bottom = 0.95, top = 2.30, middle = -1.35;
  const Colour frame = { 0.93, 0.92, 0.89 };

  cairo_save (scene->cr);
  scene_quad (scene, (Point3[]){ { left, bottom, ROOM_BACK },
                                 { left, top, ROOM_BACK },
                                 { right, top, ROOM_BACK },
                                 { right, bottom, ROOM_BACK } });
  cairo_clip (scene->cr);
  draw_sky (scene, left, right, bottom, top);
  draw_garden (scene, left, right, bottom);
  cairo_restore (scene->cr);
  scene_box (scene, (Box){ left - 0.08, left, bottom, top, 6.92, ROOM_BACK }, frame);
  scene_box (scene, (Box){ right, right + 0.08, bottom, top, 6.92, ROOM_BACK }, frame);
  scene_box (scene, (Box){ middle - 0.03, middle + 0.03, bottom, top, 6.93, ROOM_BACK }, frame);
  scene_box (scene, (Box){ left, right, 1.70, 1.74, 6.94, ROOM_BACK }, frame);
  scene_box (scene, (Box){ left - 0.08, right + 0.08, top, top + 0.08, 6.92, ROOM_BACK }, frame);
  scene_box (scene, (Box){ left - 0.16, right + 0.16, bottom - 0.07, bottom, 6.78, ROOM_BACK },
             frame);
}

static void
draw_walls (Scene *scene)
{
  const double w = ROOM_SIDE, h = ROOM_HEIGHT, far = ROOM_BACK, near = ROOM_NEAR;

  scene_quad (scene, (Point3[]){ { -w, 0, far }, { -w, h, far }, { w, h, far }, { w, 0, far } });
  scene_fill_between (scene, (Line){ scene_u (-w, far), 0, scene_u (w, far), 0 },
                      (Colour){ 0.84, 0.80, 0.72 }, (Colour){ 0.74, 0.70, 0.63 });
  scene_quad (scene,
              (Point3[]){ { -w, 0, near }, { -w, h, near }, { -w, h, far }, { -w, 0, far } });
  scene_fill_between (scene, (Line){ 0, 0, scene_u (-w, far), 0 }, (Colour){ 0.48, 0.50, 0.50 },
                      (Colour){ 0.62, 0.63, 0.61 });
  scene_quad (scene, (Point3[]){ { w, 0, near }, { w, h, near }, { w, h, far }, { w, 0, far } });
  scene_fill_between (scene, (Line){ scene_u (w, far), 0, WIDTH, 0 }, (Colour){ 0.80, 0.76, 0.68 },
                      (Colour){ 0.90, 0.86, 0.78 });
  scene_quad (scene, (Point3[]){ { -w, h, near }, { w, h, near }, { w, h, far }, { -w, h, far } });
  scene_fill_between (scene, (Line){ 0, 0, 0, scene_v (h, far) }, (Colour){ 0.80, 0.80, 0.79 },
                      (Colour){ 0.90, 0.90, 0.88 });
  scene_mottle (scene, 260, 0, 0, WIDTH, 420);
}

static void
draw_skirting (Scene *scene)
{
  const Colour white = { 0.90, 0.89, 0.86 };
  const double w = ROOM_SIDE;

  scene_box (scene, (Box){ -w, w, 0, 0.11, ROOM_BACK - 0.03, ROOM_BACK }, white);
  scene_quad (scene, (Point3[]){ { -w, 0, ROOM_NEAR },
                                 { -w, 0.11, ROOM_NEAR },
                                 { -w, 0.11, ROOM_BACK },
                                 { -w, 0, ROOM_BACK } });
  scene_fill (scene, (Colour){ 0.66, 0.66, 0.64 });
  scene_quad (scene, (Point3[]){ { w, 0, ROOM_NEAR },
                                 { w, 0.11, ROOM_NEAR },
                                 { w, 0.11, ROOM_BACK },
                                 { w, 0, ROOM_BACK } });
  scene_fill (scene, (Colour){ 0.92, 0.90, 0.86 });
}

static void
draw_plank (Scene *scene, double left, double right, double near, double far)
{
  double tone = 0.86 + 0.22 * tsn_random_uniform (&scene->random);
  Colour wood = { 0.62 * tone, 0.43 * tone, 0.27 * tone };

  scene_quad (
      scene,
      (Point3[]){ { left, 0, near }, { left, 0, far }, { right, 0, far }, { right, 0, near } });
  scene_fill (scene, wood);
  cairo_set_source_rgba (scene->cr, 0.22, 0.13, 0.07, 0.18);
  for (guint i = 0; i < 5; i++)
    {
      double x = left + (right - left) * tsn_random_uniform (&scene->random);

      cairo_set_line_width (scene->cr, 0.4 + 0.8 * tsn_random_uniform (&scene->random));
      cairo_move_to (scene->cr, scene_u (x, near), scene_v (0, near));
      cairo_line_to (scene->cr, scene_u (x + 0.02, far), scene_v (0, far));
      cairo_stroke (scene->cr);
    }
  scene_quad (
      scene,
      (Point3[]){ { left, 0, near }, { left, 0, far }, { right, 0, far }, { right, 0, near } });
  cairo_set_source_rgba (scene->cr, 0.18, 0.10, 0.05, 0.55);
  cairo_set_line_width (scene->cr, 0.8);
  cairo_stroke (scene->cr);
}

static void
draw_floor (Scene *scene)
{
  const double plank = 0.20;

  for (double x = -ROOM_SIDE; x < ROOM_SIDE - 0.01; x += plank)
    {
      double far = ROOM_BACK;

      while (far > ROOM_NEAR)
        {
          double near = MAX (far - 0.9 - 0.9 * tsn_random_uniform (&scene->random), ROOM_NEAR);

          draw_plank (scene, x, x + plank, near, far);
          far = near;
        }
    }
  /* Daylight from the window lies on the boards. */
  scene_quad (scene,
              (Point3[]){ { -1.5, 0, 6.2 }, { -0.2, 0, 6.2 }, { 0.9, 0, 4.6 }, { -0.6, 0, 4.6 } });
  cairo_set_source_rgba (scene->cr, 1, 0.93, 0.75, 0.28);
  cairo_fill (scene->cr);
}

static void
draw_rug (Scene *scene)
{
  const Colour red = { 0.55, 0.22, 0.20 }, cream = { 0.82, 0.74, 0.60 };

  scene_quad (
      scene,
      (Point3[]){ { -1.75, 0, 3.1 }, { -1.75, 0, 4.7 }, { 0.55, 0, 4.7 }, { 0.55, 0, 3.1 } });
  scene_fill (scene, red);
  for (guint i = 0; i < 6; i++)
    {
      double z = 3.2 + 0.26 * i;

      scene_quad (scene, (Point3[]){ { -1.70, 0, z },
                                     { -1.70, 0, z + 0.05 },
                                     { 0.50, 0, z + 0.05 },
                                     { 0.50, 0, z } });
      scene_fill (scene, cream);
    }
}

static void
draw_picture (Scene *scene)
{
  const double left = 0.55, right = 1.75, bottom = 1.45, top = 2.25;

  scene_box (scene, (Box){ left, right, bottom, top, ROOM_BACK - 0.05, ROOM_BACK },
             (Colour){ 0.25, 0.17, 0.11 });
  scene_quad (scene, (Point3[]){ { left + 0.07, bottom + 0.07, 6.95 },
                                 { left + 0.07, top - 0.07, 6.95 },
                                 { right - 0.07, top - 0.07, 6.95 },
                                 { right - 0.07, bottom + 0.07, 6.95 } });
  scene_fill_between (scene, (Line){ 0, scene_v (top, 6.95), 0, scene_v (bottom, 6.95) },
                      (Colour){ 0.93, 0.68, 0.42 }, (Colour){ 0.25, 0.38, 0.52 });
  scene_blob (scene, (Ellipse){ scene_u (1.3, 6.95), scene_v (1.98, 6.95), 9, 9 },
              (Colour){ 1.0, 0.90, 0.62 }, 1);
}

static void
draw_books (Scene *scene, double bottom)
{
  double z = 4.75;

  while (z < 6.2)
    {
      double width = 0.03 + 0.05 * tsn_random_uniform (&scene->random);
      double height = 0.22 + 0.12 * tsn_random_uniform (&scene->random);
      double hue = tsn_random_uniform (&scene->random);
      Colour cover = { 0.25 + 0.45 * hue, 0.30 + 0.20 * tsn_random_uniform (&scene->random),
                       0.55 - 0.35 * hue };

      scene_quad (scene, (Point3[]){ { -2.25, bottom, z },
                                     { -2.25, bottom + height, z },
                                     { -2.25, bottom + height, z + width },
                                     { -2.25, bottom, z + width } });
      scene_fill (scene, cover);
      z += width + 0.008;
    }
}

static void
draw_bookcase (Scene *scene)
{
  const Colour wood = { 0.42, 0.29, 0.19 };

  scene_shadow (scene, -2.2, 5.4, 0.5, 0.9, 0.4);
  scene_box (scene, (Box){ -ROOM_SIDE, -2.25, 0, 1.75, 4.65, 6.3 }, (Colour){ 0.30, 0.21, 0.14 });
  for (guint i = 0; i < 4; i++)
    draw_books (scene, 0.10 + 0.42 * i);
  for (guint i = 0; i < 5; i++)
    {
      double y = 0.06 + 0.42 * i;

      scene_quad (scene, (Point3[]){ { -2.25, y, 4.65 },
                                     { -2.25, y + 0.04, 4.65 },
                                     { -2.25, y + 0.04, 6.3 },
                                     { -2.25, y, 6.3 } });
      scene_fill (scene, wood);
    }
}

static void
draw_sofa (Scene *scene)
{
  const Colour cloth = { 0.33, 0.42, 0.50 }, cushion = { 0.80, 0.62, 0.30 };

  scene_shadow (scene, 1.3, 6.0, 1.2, 0.7, 0.45);
  scene_box (scene, (Box){ 0.35, 2.25, 0.38, 0.88, 6.45, 6.9 }, cloth);
  scene_box (scene, (Box){ 0.35, 2.25, 0.06, 0.44, 5.85, 6.6 }, cloth);
  scene_box (scene, (Box){ 0.22, 0.42, 0.06, 0.62, 5.80, 6.8 }, cloth);
  scene_box (scene, (Box){ 0.60, 1.00, 0.44, 0.82, 6.25, 6.45 }, cushion);
}

static void
draw_table (Scene *scene)
{
  const Colour wood = { 0.58, 0.38, 0.22 };

  scene_shadow (scene, 1.45, 4.45, 0.85, 0.6, 0.5);
  scene_box (scene, (Box){ 0.85, 0.92, 0, 0.70, 4.90, 4.97 }, wood);
  scene_box (scene, (Box){ 2.03, 2.10, 0, 0.70, 4.90, 4.97 }, wood);
  scene_box (scene, (Box){ 0.85, 0.92, 0, 0.70, 4.00, 4.07 }, wood);
  scene_box (scene, (Box){ 2.03, 2.10, 0, 0.70, 4.00, 4.07 }, wood);
  scene_box (scene, (Box){ 0.80, 2.15, 0.70, 0.76, 3.95, 5.02 }, wood);
}

static void
draw_plant (Scene *scene)
{
  const double u = scene_u (1.75, 4.6), v = scene_v (0.76, 4.6), unit = FOCAL / 4.6;
  Limb pot = { u, v - 0.02 * unit, 0.07 * unit, u, v - 0.17 * unit, 0.10 * unit };

  scene_limb (scene, pot, (Colour){ 0.72, 0.36, 0.24 });
  for (guint i = 0; i < 46; i++)
    {
      double angle = G_PI * (0.08 + 0.84 * tsn_random_uniform (&scene->random));
      double reach = (0.16 + 0.30 * tsn_random_uniform (&scene->random)) * unit;
      double shade = 0.55 + 0.6 * tsn_random_uniform (&scene->random);
      Limb leaf
          = { u + 0.4 * reach * cos (angle), v - 0.24 * unit - 0.4 * reach * sin (angle), 2,
              u + reach * cos (angle),       v - 0.24 * unit - reach * sin (angle),       6.5 };

      scene_limb (scene, leaf, (Colour){ 0.20 * shade, 0.48 * shade, 0.18 * shade });
    }
}

static void
draw_bowl (Scene *scene)
{
  const double u = scene_u (1.2, 4.3), v = scene_v (0.78, 4.3);
  const Colour orange = { 0.95, 0.58, 0.14 };

  for (guint i = 0; i < 3; i++)
    scene_limb (scene, (Limb){ u - 14 + 14 * i, v - 15, 8, u - 14 + 14 * i, v - 14, 8 }, orange);
  scene_limb (scene, (Limb){ u - 15, v - 5, 6, u + 15, v - 5, 6 }, (Colour){ 0.88, 0.90, 0.92 });
}

static void
draw_chair (Scene *scene)
{
  const Colour wood = { 0.36, 0.22, 0.13 };

  scene_shadow (scene, 1.25, 3.55, 0.42, 0.36, 0.5);
  scene_box (scene, (Box){ 1.00, 1.05, 0, 0.44, 3.75, 3.80 }, wood);
  scene_box (scene, (Box){ 1.45, 1.50, 0, 0.95, 3.75, 3.80 }, wood);
  scene_box (scene, (Box){ 1.45, 1.50, 0, 0.95, 3.32, 3.37 }, wood);
  scene_box (scene, (Box){ 1.46, 1.49, 0.86, 0.95, 3.37, 3.75 }, wood);
  scene_box (scene, (Box){ 1.46, 1.49, 0.66, 0.73, 3.37, 3.75 }, wood);
  scene_box (scene, (Box){ 1.00, 1.05, 0, 0.44, 3.32, 3.37 }, wood);
  scene_box (scene, (Box){ 0.98, 1.50, 0.44, 0.49, 3.30, 3.82 }, (Colour){ 0.50, 0.31, 0.18 });
}

int
main (int argc, char **argv)
{
  Scene scene;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_status_t status;

  if (argc != 2)
    {
      fprintf (stderr, "Usage: %s FILE\n", argv[0]);
      return 1;
    }
  scene.cr = cairo_create (surface);
  tsn_random_init (&scene.random, SEED);
  draw_walls (&scene);
  draw_floor (&scene);
  draw_skirting (&scene);
  draw_window (&scene);
  draw_picture (&scene);
  draw_bookcase (&scene);
  draw_sofa (&scene);
  draw_rug (&scene);
  draw_table (&scene);
  draw_plant (&scene);
  draw_bowl (&scene);
  draw_chair (&scene);
  scene_person (&scene, -0.28, 3.55);
  scene_dog (&scene, -1.20, 3.45);
  scene_vignette (&scene);
  cairo_destroy (scene.cr);
  status = cairo_surface_write_to_png (surface, argv[1]);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    fprintf (stderr, "%s: %s\n", argv[1], cairo_status_to_string (status));
  return status == CAIRO_STATUS_SUCCESS ? 0 : 1;
}
