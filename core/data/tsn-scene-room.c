/* The living room: what stands where, and how the light falls. */
#include "core/data/tsn-scene-beings.h"
#include "core/data/tsn-scene-things.h"

/* Thickness of walls, and height of the room, in metres. */
#define WALL 0.12
#define HEIGHT 2.6

/* How far the room goes on behind the camera's origin. */
#define FRONT 1.9

/* The room: x from -half to half, z from -depth to FRONT. */
typedef struct
{
  TsnBuilder builder;
  double half;
  double depth;
  double side; /* -1 when the window is on the left, 1 when on the right */
  gboolean back_window;
  guint plaster;
} Room;

/* An opening in a wall, in the wall's own coordinates: along it and up. */
typedef struct
{
  double along;
  double up;
  double half_width;
  double half_height;
} Opening;

static void
add_floor (Room *room)
{
  static const guint32 woods[][2]
      = { { 0xb5895a, 0x8f6238 }, { 0x9a7350, 0x6f4e33 }, { 0xc9a577, 0xa98252 } };
  TsnBuilder *b = &room->builder;
  guint choice = tsn_random_below (b->random, G_N_ELEMENTS (woods));
  const TsnMaterial boards = {
    .pattern = TSN_PATTERN_PLANKS,
    .colour = tsn_colour_from_srgb (woods[choice][0]),
    .other = tsn_colour_from_srgb (woods[choice][1]),
    .size = 0.13,
    .gloss = 0.7,
  };

  tsn_builder_start (b, 0, tsn_vec3 (0, 0, 0), 0);
  tsn_builder_paint (b, &boards);
  tsn_builder_box (b, tsn_vec3 (0, -WALL / 2, (FRONT - room->depth) / 2),
                   tsn_vec3 (room->half + WALL, WALL / 2, (FRONT + room->depth) / 2 + WALL), 0);
  tsn_builder_end (b);
  tsn_builder_start (b, 0, tsn_vec3 (0, 0, 0), 0);
  tsn_builder_plain (b, 0xf4f2ec);
  tsn_builder_box (b, tsn_vec3 (0, HEIGHT + WALL / 2, (FRONT - room->depth) / 2),
                   tsn_vec3 (room->half + WALL, WALL / 2, (FRONT + room->depth) / 2 + WALL), 0);
  tsn_builder_end (b);
}

static void
add_skirting (TsnBuilder *b, double half_length)
{
  tsn_builder_surface (b);
  tsn_builder_plain (b, 0xf1eee6);
  tsn_builder_box (b, tsn_vec3 (0, 0.045, 0.008), tsn_vec3 (half_length, 0.045, 0.008), 0.003);
}

/* A wall whose frame has x along it and z into the room, around an opening if there is one. */
static void
add_wall (Room *room, TsnVec3 at, double yaw, double half_length, const Opening *hole)
{
  TsnBuilder *b = &room->builder;

  tsn_builder_start (b, 0, at, yaw);
  b->material = room->plaster;
  if (hole == NULL)
    tsn_builder_box (b, tsn_vec3 (0, HEIGHT / 2, -WALL / 2),
                     tsn_vec3 (half_length, HEIGHT / 2, WALL / 2), 0);
  else
    {
      double left = hole->along - hole->half_width, right = hole->along + hole->half_width;
      double low = hole->up - hole->half_height, high = hole->up + hole->half_height;

      tsn_builder_box (b, tsn_vec3 ((left - half_length) / 2, HEIGHT / 2, -WALL / 2),
                       tsn_vec3 ((left + half_length) / 2, HEIGHT / 2, WALL / 2), 0);
      tsn_builder_box (b, tsn_vec3 ((right + half_length) / 2, HEIGHT / 2, -WALL / 2),
                       tsn_vec3 ((half_length - right) / 2, HEIGHT / 2, WALL / 2), 0);
      tsn_builder_box (b, tsn_vec3 (hole->along, low / 2, -WALL / 2),
                       tsn_vec3 (hole->half_width, low / 2, WALL / 2), 0);
      tsn_builder_box (b, tsn_vec3 (hole->along, (high + HEIGHT) / 2, -WALL / 2),
                       tsn_vec3 (hole->half_width, (HEIGHT - high) / 2, WALL / 2), 0);
    }
  add_skirting (b, half_length);
  tsn_builder_end (b);
}

static void
add_frame (TsnBuilder *b, const Opening *hole)
{
  const double bar = 0.03, z = -0.03;
  TsnVec3 middle = tsn_vec3 (hole->along, hole->up, z);

  tsn_builder_surface (b);
  tsn_builder_plain (b, 0xf7f5f0);
  for (int i = -1; i <= 1; i++)
    tsn_builder_box (b, tsn_vec3 (middle.x + i * (hole->half_width - bar), middle.y, z),
                     tsn_vec3 (bar * (i == 0 ? 0.8 : 1), hole->half_height, 0.03), 0.004);
  for (int i = -1; i <= 1; i += 2)
    tsn_builder_box (b, tsn_vec3 (middle.x, middle.y + i * (hole->half_height - bar), z),
                     tsn_vec3 (hole->half_width, bar, 0.03), 0.004);
  tsn_builder_box (b, tsn_vec3 (middle.x, middle.y - hole->half_height - 0.015, 0.05),
                   tsn_vec3 (hole->half_width + 0.08, 0.015, 0.09), 0.006);
}

static void
add_glass (Room *room, const Opening *hole)
{
  TsnScene *scene = room->builder.scene;

  tsn_builder_surface (&room->builder);
  tsn_builder_box (&room->builder, tsn_vec3 (hole->along, hole->up, -0.03),
                   tsn_vec3 (hole->half_width, hole->half_height, 0.003), 0);
  g_array_index (scene->shapes, TsnShape, scene->shapes->len - 1).glass = TRUE;
}

static void
add_curtains (Room *room, const Opening *hole, guint32 cloth)
{
  TsnBuilder *b = &room->builder;
  const double fold = 0.035;

  for (int side = -1; side <= 1; side += 2)
    {
      tsn_builder_surface (b);
      tsn_builder_pattern (b, TSN_PATTERN_WOVEN, cloth, cloth, 1);
      for (int i = 0; i < 7; i++)
        {
          double x = hole->along + side * (hole->half_width - 0.06 + 1.5 * fold * i);

          tsn_builder_cylinder (b, tsn_vec3 (x, 1.19, 0.14 + 0.018 * (i % 2)), fold, 1.14, 0.01);
        }
    }
  tsn_builder_surface (b);
  tsn_builder_plain (b, 0x4a3a2c);
  tsn_builder_limb (b, tsn_vec3 (hole->along - hole->half_width - 0.42, 2.36, 0.15),
                    tsn_vec3 (hole->along + hole->half_width + 0.42, 2.36, 0.15), 0.016, 0.016);
}

/* A window is frame, glass and curtains, and a source of light the size of its glass. */
static void
add_window (Room *room, TsnVec3 at, double yaw, const Opening *hole, double brightness)
{
  static const guint32 cloths[] = { 0xe6ddc9, 0xc9b79c, 0x9fb3b8, 0xd9c7b0, 0xb4a0a8 };
  TsnBuilder *b = &room->builder;
  TsnScene *scene = b->scene;
  TsnVec3 along = tsn_vec3 (cos (yaw), 0, -sin (yaw)), inward = tsn_vec3 (sin (yaw), 0, cos (yaw));
  TsnVec3 corner = tsn_vec3_mad (at, hole->along - hole->half_width, along);

  tsn_builder_start (b, 0, at, yaw);
  add_frame (b, hole);
  add_glass (room, hole);
  add_curtains (room, hole, tsn_builder_choose (b, cloths, G_N_ELEMENTS (cloths)));
  tsn_builder_end (b);
  corner = tsn_vec3_mad (corner, -0.02, inward);
  corner.y += hole->up - hole->half_height;
  scene->lights[scene->n_lights++] = (TsnLight){
    .corner = corner,
    .edge
    = { tsn_vec3_scale (along, 2 * hole->half_width), tsn_vec3 (0, 2 * hole->half_height, 0) },
    .normal = inward,
    .radiance = tsn_vec3_scale (tsn_vec3 (0.86, 0.95, 1.08), brightness),
  };
}

static void
add_walls (Room *room)
{
  static const guint32 paints[] = { 0xe9e3d6, 0xdfe5e4, 0xe6d9c8, 0xd7dccb, 0xe3d5d2, 0xcfd8df };
  TsnBuilder *b = &room->builder;
  double middle = (FRONT - room->depth) / 2, half_length = (FRONT + room->depth) / 2;
  Opening side = { 0, 1.5, 0.8, 0.72 };
  Opening back = { 0, 1.55, 0.62, 0.62 };
  TsnVec3 sunny = tsn_vec3 (room->side * room->half, 0, middle);
  TsnVec3 shady = tsn_vec3 (-room->side * room->half, 0, middle);
  TsnVec3 far = tsn_vec3 (0, 0, -room->depth);
  double sunny_yaw = -room->side * G_PI / 2;
  guint32 paint = tsn_builder_choose (b, paints, G_N_ELEMENTS (paints));

  side.along = room->side * (middle + 0.42 * room->depth);
  back.along = -room->side * (0.5 * room->half);
  tsn_builder_pattern (b, TSN_PATTERN_MOTTLED, paint, paint, 0.5);
  room->plaster = b->material;
  add_wall (room, sunny, sunny_yaw, half_length, &side);
  add_wall (room, shady, -sunny_yaw, half_length, NULL);
  add_wall (room, far, 0, room->half + WALL, room->back_window ? &back : NULL);
  add_wall (room, tsn_vec3 (0, 0, FRONT), G_PI, room->half + WALL, NULL);
  add_window (room, sunny, sunny_yaw, &side, 9);
  if (room->back_window)
    add_window (room, far, 0, &back, 5);
}

/* What is at the back wall and the wall without a window. */
static void
add_furniture (Room *room)
{
  TsnBuilder *b = &room->builder;
  double side = room->side, back = -room->depth;
  double sofa_x = side * tsn_builder_draw (b, 0.55, 0.75);
  double corner = side * (room->half - 0.38);

  tsn_thing_add_rug (b, tsn_vec3 (sofa_x * 0.8, 0, back + 1.85), tsn_builder_draw (b, -0.1, 0.1));
  tsn_thing_add_sofa (b, tsn_vec3 (sofa_x, 0, back + 0.62), tsn_builder_draw (b, -0.05, 0.05));
  tsn_thing_add_table (b, tsn_vec3 (sofa_x * 0.9, 0.01, back + 1.7),
                       tsn_builder_draw (b, -0.12, 0.12));
  tsn_thing_add_picture (b, tsn_vec3 (sofa_x, 1.62, back), 0, tsn_builder_draw (b, 0.75, 1.0));
  tsn_thing_add_floor_lamp (b, tsn_vec3 (corner - side * 0.05, 0, back + 0.42));
  if (room->back_window || tsn_builder_draw (b, 0, 1) < 0.6)
    tsn_thing_add_television (b, tsn_vec3 (-side * (room->half - 0.72), 0, back + 0.85),
                              side * tsn_builder_draw (b, 0.6, 0.8));
  else
    tsn_thing_add_bookshelf (b, tsn_vec3 (-side * (room->half - 0.75), 0, back + 0.17), 0);
}

/* What is in front and changes most: a chair, a plant, a person, a dog. */
static void
add_foreground (Room *room)
{
  TsnBuilder *b = &room->builder;
  double side = room->side, back = -room->depth;
  gboolean dog = tsn_builder_draw (b, 0, 1) < 0.75, person = tsn_builder_draw (b, 0, 1) < 0.85;

  tsn_thing_add_chair (b, tsn_vec3 (side * (room->half - 0.75), 0, back + 1.9),
                       -side * tsn_builder_draw (b, 0.9, 1.6));
  tsn_thing_add_plant (b, tsn_vec3 (-side * tsn_builder_draw (b, 0.5, 0.6), 0, back + 0.4),
                       tsn_builder_draw (b, 0.95, 1.25));
  if (tsn_builder_draw (b, 0, 1) < 0.6)
    tsn_thing_add_plant (b, tsn_vec3 (side * (room->half - 0.4), 0, back + 1.05),
                         tsn_builder_draw (b, 0.6, 0.85));
  if (person)
    tsn_being_add_person (b,
                          tsn_vec3 (-side * tsn_builder_draw (b, 0.45, 0.7), 0,
                                    back + tsn_builder_draw (b, 1.7, 2.1)),
                          side * tsn_builder_draw (b, -0.3, 0.6));
  if (dog || !person)
    tsn_being_add_dog (b,
                       tsn_vec3 (side * tsn_builder_draw (b, 0.05, 0.5), 0,
                                 back + tsn_builder_draw (b, 2.35, 2.5)),
                       -side * tsn_builder_draw (b, 0.3, 1.3));
}

static void
aim_camera (Room *room)
{
  TsnBuilder *b = &room->builder;
  TsnCamera *camera = &b->scene->camera;
  TsnVec3 target = tsn_vec3 (tsn_builder_draw (b, -0.15, 0.15), tsn_builder_draw (b, 0.85, 0.95),
                             -room->depth + 1.2);

  camera->eye
      = tsn_vec3 (tsn_builder_draw (b, -0.5, 0.5), tsn_builder_draw (b, 1.3, 1.5), FRONT - 0.4);
  camera->back = tsn_vec3_normalize (tsn_vec3_sub (camera->eye, target));
  camera->right = tsn_vec3_normalize (tsn_vec3_cross (tsn_vec3 (0, 1, 0), camera->back));
  camera->up = tsn_vec3_cross (camera->back, camera->right);
  camera->tangent = tsn_builder_draw (b, 0.41, 0.45);
}

/**
 * tsn_scene_new:
 * @seed: of everything that is random
 *
 * Furnishes a living room: a sofa, a table, a television, a chair, plants, pictures, a lamp, a
 * window or two, and mostly a person and a dog.
 *
 * Returns: (transfer full): the scene.
 */
TsnScene *
tsn_scene_new (guint64 seed)
{
  TsnScene *scene = tsn_scene_new_empty ();
  TsnRandom random;
  Room room = { .builder = { .scene = scene, .random = &random } };
  TsnBuilder *b = &room.builder;

  tsn_random_init (&random, seed);
  room.half = tsn_builder_draw (b, 2.3, 2.55);
  room.depth = tsn_builder_draw (b, 3.2, 3.5);
  room.side = tsn_builder_draw (b, 0, 1) < 0.5 ? -1 : 1;
  room.back_window = tsn_builder_draw (b, 0, 1) < 0.5;
  add_floor (&room);
  add_walls (&room);
  add_furniture (&room);
  add_foreground (&room);
  aim_camera (&room);
  scene->sun = tsn_vec3_normalize (
      tsn_vec3 (room.side, tsn_builder_draw (b, 0.55, 0.8), tsn_builder_draw (b, -0.25, 0.35)));
  scene->sun_radiance = tsn_vec3 (20, 17, 12.5);
  scene->ambient = tsn_vec3 (0.9, 0.85, 0.8);
  return scene;
}
