/* Drawing in perspective, for the bundled sample. */
#pragma once

#include <cairo.h>
#include <math.h>

#include "core/base/tsn-random.h"

/** The picture in pixels. */
#define WIDTH 960
#define HEIGHT 640

/** The camera: focal length in pixels, row of the horizon, height above the floor in metres. */
#define FOCAL 760.0
#define HORIZON 235.0
#define EYE 1.5

/** The room in metres: half its width, its height, and how far its back wall and its front are. */
#define ROOM_SIDE 2.6
#define ROOM_HEIGHT 2.7
#define ROOM_BACK 7.0
#define ROOM_NEAR 1.5

typedef struct
{
  cairo_t *cr;
  TsnRandom random;
} Scene;

typedef struct
{
  double r;
  double g;
  double b;
} Colour;

/** A place in metres: to the right of the camera, above the floor, away from the camera. */
typedef struct
{
  double x;
  double y;
  double z;
} Point3;

typedef struct
{
  double left;
  double right;
  double bottom;
  double top;
  double near;
  double far;
} Box;

/** A tapered, rounded cylinder between two points of the picture, with its radii. */
typedef struct
{
  double x0;
  double y0;
  double r0;
  double x1;
  double y1;
  double r1;
} Limb;

/** From one point of the picture to another. */
typedef struct
{
  double x0;
  double y0;
  double x1;
  double y1;
} Line;

/** A middle and two radii in pixels. */
typedef struct
{
  double u;
  double v;
  double rx;
  double ry;
} Ellipse;

double scene_u (double x, double z);
double scene_v (double y, double z);
void scene_quad (Scene *scene, const Point3 *corners);
void scene_fill (Scene *scene, Colour colour);
void scene_fill_between (Scene *scene, Line line, Colour first, Colour last);
void scene_box (Scene *scene, Box box, Colour colour);
void scene_blob (Scene *scene, Ellipse ellipse, Colour colour, double alpha);
void scene_shadow (Scene *scene, double x, double z, double rx, double rz, double alpha);
void scene_limb (Scene *scene, Limb limb, Colour colour);
void scene_mottle (Scene *scene, guint n, double x, double y, double width, double height);
void scene_vignette (Scene *scene);

void scene_person (Scene *scene, double x, double z);
void scene_dog (Scene *scene, double x, double z);
