#include "data/samples/sample-draw.h"

/* Column of a place in the picture. */
double
scene_u (double x, double z)
{
  return WIDTH / 2.0 + FOCAL * x / z;
}

/* Row of a place in the picture. */
double
scene_v (double y, double z)
{
  return HORIZON - FOCAL * (y - EYE) / z;
}

/* Makes a path of four corners. */
void
scene_quad (Scene *scene, const Point3 *corners)
{
  cairo_new_path (scene->cr);
  for (guint i = 0; i < 4; i++)
    cairo_line_to (scene->cr, scene_u (corners[i].x, corners[i].z),
                   scene_v (corners[i].y, corners[i].z));
  cairo_close_path (scene->cr);
}

void
scene_fill (Scene *scene, Colour colour)
{
  cairo_set_source_rgb (scene->cr, colour.r, colour.g, colour.b);
  cairo_fill (scene->cr);
}

/* Fills the path with a blend from one colour to another. */
void
scene_fill_between (Scene *scene, Line line, Colour first, Colour last)
{
  cairo_pattern_t *blend = cairo_pattern_create_linear (line.x0, line.y0, line.x1, line.y1);

  cairo_pattern_add_color_stop_rgb (blend, 0, first.r, first.g, first.b);
  cairo_pattern_add_color_stop_rgb (blend, 1, last.r, last.g, last.b);
  cairo_set_source (scene->cr, blend);
  cairo_fill (scene->cr);
  cairo_pattern_destroy (blend);
}

static Colour
shade (Colour colour, double light)
{
  return (Colour){ MIN (colour.r * light, 1), MIN (colour.g * light, 1),
                   MIN (colour.b * light, 1) };
}

/* Fills the path darker toward the floor, where less light gets. */
static void
fill_face (Scene *scene, Colour colour, double light)
{
  double left, top, right, bottom;

  cairo_path_extents (scene->cr, &left, &top, &right, &bottom);
  scene_fill_between (scene, (Line){ 0, top, 0, bottom + 1 }, shade (colour, light),
                      shade (colour, light * 0.82));
}

/* Draws the faces of a box that the camera sees; the light comes from the upper left. */
void
scene_box (Scene *scene, Box box, Colour colour)
{
  const double l = box.left, r = box.right, b = box.bottom, t = box.top, n = box.near, f = box.far;

  if (l > 0)
    {
      scene_quad (scene, (Point3[]){ { l, b, n }, { l, t, n }, { l, t, f }, { l, b, f } });
      fill_face (scene, colour, 1.08);
    }
  if (r < 0)
    {
      scene_quad (scene, (Point3[]){ { r, b, n }, { r, t, n }, { r, t, f }, { r, b, f } });
      fill_face (scene, colour, 0.68);
    }
  if (t < EYE)
    {
      scene_quad (scene, (Point3[]){ { l, t, n }, { l, t, f }, { r, t, f }, { r, t, n } });
      fill_face (scene, colour, 1.30);
    }
  if (b > EYE)
    {
      scene_quad (scene, (Point3[]){ { l, b, n }, { l, b, f }, { r, b, f }, { r, b, n } });
      fill_face (scene, colour, 0.55);
    }
  scene_quad (scene, (Point3[]){ { l, b, n }, { l, t, n }, { r, t, n }, { r, b, n } });
  fill_face (scene, colour, 0.92);
}

/* An ellipse that fades at its rim. */
void
scene_blob (Scene *scene, Ellipse ellipse, Colour colour, double alpha)
{
  cairo_pattern_t *fade = cairo_pattern_create_radial (0, 0, 0, 0, 0, 1);

  cairo_pattern_add_color_stop_rgba (fade, 0, colour.r, colour.g, colour.b, alpha);
  cairo_pattern_add_color_stop_rgba (fade, 0.55, colour.r, colour.g, colour.b, 0.75 * alpha);
  cairo_pattern_add_color_stop_rgba (fade, 1, colour.r, colour.g, colour.b, 0);
  cairo_save (scene->cr);
  cairo_translate (scene->cr, ellipse.u, ellipse.v);
  cairo_scale (scene->cr, ellipse.rx, ellipse.ry);
  cairo_arc (scene->cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_set_source (scene->cr, fade);
  cairo_fill (scene->cr);
  cairo_restore (scene->cr);
  cairo_pattern_destroy (fade);
}

/* A soft shadow on the floor, in metres. */
void
scene_shadow (Scene *scene, double x, double z, double rx, double rz, double alpha)
{
  double near = scene_v (0, z - rz), far = scene_v (0, z + rz);

  scene_blob (scene,
              (Ellipse){ scene_u (x, z), (near + far) / 2, FOCAL * rx / z, (near - far) / 2 },
              (Colour){ 0.06, 0.04, 0.03 }, alpha);
}

/* Draws a limb with light on its upper left side. */
void
scene_limb (Scene *scene, Limb limb, Colour colour)
{
  double angle = atan2 (limb.y1 - limb.y0, limb.x1 - limb.x0);
  double radius = MAX (limb.r0, limb.r1);
  double nx = -sin (angle), ny = cos (angle);
  cairo_pattern_t *round;

  /* The normal that points to the light. */
  if (nx + 0.6 * ny > 0)
    {
      nx = -nx;
      ny = -ny;
    }
  round = cairo_pattern_create_linear (limb.x0 + nx * radius, limb.y0 + ny * radius,
                                       limb.x0 - nx * radius, limb.y0 - ny * radius);
  for (guint i = 0; i <= 8; i++)
    {
      double t = i / 8.0, light = 0.55 + 0.65 * sqrt (MAX (1 - pow (t - 0.28, 2) * 1.9, 0));
      Colour c = shade (colour, light);

      cairo_pattern_add_color_stop_rgb (round, t, c.r, c.g, c.b);
    }
  cairo_new_path (scene->cr);
  cairo_arc (scene->cr, limb.x0, limb.y0, limb.r0, angle + G_PI / 2, angle + 3 * G_PI / 2);
  cairo_arc (scene->cr, limb.x1, limb.y1, limb.r1, angle - G_PI / 2, angle + G_PI / 2);
  cairo_close_path (scene->cr);
  cairo_set_source (scene->cr, round);
  cairo_fill (scene->cr);
  cairo_pattern_destroy (round);
}

/* Uneven plaster: large faint spots. */
void
scene_mottle (Scene *scene, guint n, double x, double y, double width, double height)
{
  for (guint i = 0; i < n; i++)
    {
      double u = x + width * tsn_random_uniform (&scene->random);
      double v = y + height * tsn_random_uniform (&scene->random);
      double radius = 20 + 60 * tsn_random_uniform (&scene->random);
      double tone = tsn_random_uniform (&scene->random) < 0.5 ? 0.25 : 1;

      scene_blob (scene, (Ellipse){ u, v, radius, radius }, (Colour){ tone, tone, 0.95 * tone },
                  0.018);
    }
}

/* Lenses let less light through toward the corners. */
void
scene_vignette (Scene *scene)
{
  cairo_pattern_t *dark = cairo_pattern_create_radial (WIDTH / 2.0, HEIGHT / 2.0, 300, WIDTH / 2.0,
                                                       HEIGHT / 2.0, 640);

  cairo_pattern_add_color_stop_rgba (dark, 0, 0, 0, 0, 0);
  cairo_pattern_add_color_stop_rgba (dark, 1, 0, 0, 0, 0.32);
  cairo_set_source (scene->cr, dark);
  cairo_paint (scene->cr);
  cairo_pattern_destroy (dark);
}
