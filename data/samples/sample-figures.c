/* The person and the dog of the sample, put together from limbs. */
#include "data/samples/sample-draw.h"

static const Colour skin = { 0.86, 0.66, 0.53 };
static const Colour shirt = { 0.78, 0.22, 0.20 };
static const Colour jeans = { 0.24, 0.31, 0.46 };
static const Colour hair = { 0.26, 0.17, 0.11 };
static const Colour leather = { 0.20, 0.14, 0.11 };
static const Colour fur = { 0.70, 0.49, 0.28 };
static const Colour dark_fur = { 0.50, 0.33, 0.18 };

/* Where a figure stands: limbs are given in metres from there, to the right and up. */
typedef struct
{
  Scene *scene;
  double u;
  double v;
  double unit; /* pixels per metre */
} Figure;

static Figure
stand (Scene *scene, double x, double z)
{
  return (Figure){ scene, scene_u (x, z), scene_v (0, z), FOCAL / z };
}

static void
limb (const Figure *f, Limb m, Colour colour)
{
  scene_limb (f->scene,
              (Limb){ f->u + m.x0 * f->unit, f->v - m.y0 * f->unit, m.r0 * f->unit,
                      f->u + m.x1 * f->unit, f->v - m.y1 * f->unit, m.r1 * f->unit },
              colour);
}

static void
blob (const Figure *f, Ellipse e, Colour colour, double alpha)
{
  scene_blob (
      f->scene,
      (Ellipse){ f->u + e.u * f->unit, f->v - e.v * f->unit, e.rx * f->unit, e.ry * f->unit },
      colour, alpha);
}

static void
draw_legs (const Figure *f)
{
  limb (f, (Limb){ 0.11, 0.05, 0.045, 0.20, 0.03, 0.035 }, leather);
  limb (f, (Limb){ -0.13, 0.05, 0.045, -0.20, 0.02, 0.035 }, leather);
  limb (f, (Limb){ 0.10, 0.50, 0.070, 0.12, 0.09, 0.048 }, jeans);
  limb (f, (Limb){ 0.08, 0.86, 0.095, 0.10, 0.50, 0.070 }, jeans);
  limb (f, (Limb){ -0.10, 0.50, 0.070, -0.13, 0.09, 0.048 }, jeans);
  limb (f, (Limb){ -0.08, 0.86, 0.095, -0.10, 0.50, 0.070 }, jeans);
  blob (f, (Ellipse){ 0, 0.72, 0.02, 0.14 }, (Colour){ 0.05, 0.06, 0.10 }, 0.5);
}

static void
draw_torso (const Figure *f)
{
  limb (f, (Limb){ 0, 0.90, 0.150, 0, 0.96, 0.145 }, jeans);
  limb (f, (Limb){ 0, 1.00, 0.145, 0, 1.25, 0.175 }, shirt);
  limb (f, (Limb){ -0.13, 1.33, 0.075, 0.13, 1.33, 0.075 }, shirt);
  limb (f, (Limb){ 0, 0.92, 0.135, 0, 1.26, 0.165 }, shirt);
  blob (f, (Ellipse){ 0.08, 1.10, 0.015, 0.13 }, (Colour){ 0.35, 0.06, 0.06 }, 0.22);
}

static void
draw_arms (const Figure *f)
{
  limb (f, (Limb){ 0.26, 1.05, 0.042, 0.30, 0.82, 0.034 }, skin);
  limb (f, (Limb){ 0.30, 0.80, 0.040, 0.30, 0.73, 0.030 }, skin);
  limb (f, (Limb){ 0.20, 1.33, 0.066, 0.26, 1.08, 0.055 }, shirt);
  limb (f, (Limb){ -0.27, 1.06, 0.042, -0.42, 0.92, 0.034 }, skin);
  limb (f, (Limb){ -0.43, 0.91, 0.038, -0.48, 0.87, 0.030 }, skin);
  limb (f, (Limb){ -0.20, 1.33, 0.066, -0.27, 1.08, 0.055 }, shirt);
}

static void
draw_head (const Figure *f)
{
  const Colour lips = { 0.62, 0.30, 0.28 }, eye = { 0.12, 0.09, 0.08 };

  limb (f, (Limb){ 0, 1.36, 0.060, 0, 1.46, 0.052 }, skin);
  blob (f, (Ellipse){ 0.01, 1.43, 0.06, 0.03 }, (Colour){ 0.35, 0.20, 0.15 }, 0.5);
  limb (f, (Limb){ 0, 1.62, 0.108, 0, 1.57, 0.100 }, hair);
  limb (f, (Limb){ 0, 1.60, 0.088, 0, 1.53, 0.068 }, skin);
  limb (f, (Limb){ -0.05, 1.675, 0.040, 0.06, 1.672, 0.038 }, hair);
  blob (f, (Ellipse){ -0.033, 1.588, 0.013, 0.008 }, eye, 1);
  blob (f, (Ellipse){ 0.033, 1.588, 0.013, 0.008 }, eye, 1);
  blob (f, (Ellipse){ -0.035, 1.608, 0.020, 0.005 }, hair, 0.9);
  blob (f, (Ellipse){ 0.035, 1.608, 0.020, 0.005 }, hair, 0.9);
  blob (f, (Ellipse){ 0.008, 1.560, 0.010, 0.022 }, (Colour){ 0.60, 0.40, 0.30 }, 0.6);
  blob (f, (Ellipse){ 0, 1.517, 0.028, 0.008 }, lips, 0.95);
}

/* A person who faces the camera, one hand toward the dog. */
void
scene_person (Scene *scene, double x, double z)
{
  Figure f = stand (scene, x, z);

  scene_shadow (scene, x + 0.18, z + 0.05, 0.50, 0.22, 0.55);
  scene_shadow (scene, x, z, 0.30, 0.10, 0.55);
  draw_legs (&f);
  draw_torso (&f);
  draw_arms (&f);
  draw_head (&f);
}

static void
draw_paws (const Figure *f, double x, double shift, Colour colour)
{
  limb (f, (Limb){ x, 0.36, 0.065, x + shift, 0.20, 0.040 }, colour);
  limb (f, (Limb){ x + shift, 0.20, 0.038, x, 0.05, 0.030 }, colour);
  limb (f, (Limb){ x, 0.03, 0.032, x + 0.05, 0.025, 0.028 }, colour);
}

static void
draw_dog_head (const Figure *f)
{
  const Colour black = { 0.08, 0.06, 0.06 };

  limb (f, (Limb){ 0.26, 0.50, 0.115, 0.38, 0.66, 0.085 }, fur);
  limb (f, (Limb){ 0.39, 0.70, 0.095, 0.44, 0.70, 0.085 }, fur);
  limb (f, (Limb){ 0.46, 0.67, 0.058, 0.58, 0.64, 0.042 }, fur);
  limb (f, (Limb){ 0.33, 0.75, 0.045, 0.31, 0.61, 0.038 }, dark_fur);
  blob (f, (Ellipse){ 0.60, 0.655, 0.026, 0.022 }, black, 1);
  blob (f, (Ellipse){ 0.475, 0.725, 0.014, 0.014 }, black, 1);
  blob (f, (Ellipse){ 0.53, 0.612, 0.06, 0.010 }, (Colour){ 0.25, 0.13, 0.10 }, 0.8);
  blob (f, (Ellipse){ 0.25, 0.42, 0.09, 0.12 }, (Colour){ 0.92, 0.84, 0.72 }, 0.7);
  limb (f, (Limb){ 0.27, 0.60, 0.020, 0.36, 0.55, 0.020 }, (Colour){ 0.12, 0.30, 0.62 });
}

/* A dog that stands sideways and looks to the right. */
void
scene_dog (Scene *scene, double x, double z)
{
  Figure f = stand (scene, x, z);

  scene_shadow (scene, x + 0.05, z, 0.55, 0.16, 0.6);
  limb (&f, (Limb){ -0.36, 0.50, 0.045, -0.52, 0.70, 0.022 }, dark_fur);
  draw_paws (&f, 0.17, 0.02, dark_fur);
  draw_paws (&f, -0.22, -0.05, dark_fur);
  limb (&f, (Limb){ -0.26, 0.44, 0.135, 0.20, 0.45, 0.155 }, fur);
  draw_paws (&f, 0.25, 0.01, fur);
  draw_paws (&f, -0.32, -0.04, fur);
  limb (&f, (Limb){ -0.29, 0.42, 0.120, -0.31, 0.36, 0.085 }, fur);
  draw_dog_head (&f);
}
