#include "core/data/tsn-scene-builder.h"

/**
 * tsn_builder_start:
 * @class_index: of the thing's shapes among the 21 classes of PASCAL VOC
 * @origin: where its frame is
 * @yaw: how it is turned, in radians
 *
 * Starts a thing with a first surface.
 */
void
tsn_builder_start (TsnBuilder *builder, guint class_index, TsnVec3 origin, double yaw)
{
  builder->class_index = class_index;
  builder->origin = origin;
  builder->yaw = yaw;
  builder->part = 0;
  builder->salient = FALSE;
  tsn_builder_surface (builder);
}

void
tsn_builder_end (TsnBuilder *builder)
{
  tsn_scene_end_thing (builder->scene);
}

/**
 * tsn_builder_surface:
 *
 * Sets the next shapes off from those before: a boundary runs between them.
 */
void
tsn_builder_surface (TsnBuilder *builder)
{
  builder->segment = tsn_scene_add_segment (builder->scene);
}

void
tsn_builder_paint (TsnBuilder *builder, const TsnMaterial *material)
{
  builder->material = tsn_scene_add_material (builder->scene, material);
}

void
tsn_builder_plain (TsnBuilder *builder, guint32 rgb)
{
  tsn_builder_pattern (builder, TSN_PATTERN_PLAIN, rgb, rgb, 1);
}

/**
 * tsn_builder_pattern:
 * @rgb: 0xRRGGBB as on a screen
 * @other: the second colour
 */
void
tsn_builder_pattern (
    TsnBuilder *builder, TsnPattern pattern, guint32 rgb, guint32 other, double size)
{
  const TsnMaterial material = {
    .pattern = pattern,
    .colour = tsn_colour_from_srgb (rgb),
    .other = tsn_colour_from_srgb (other),
    .size = size,
  };

  tsn_builder_paint (builder, &material);
}

/**
 * tsn_builder_draw:
 *
 * Returns: a number from @min to @max.
 */
double
tsn_builder_draw (TsnBuilder *builder, double min, double max)
{
  return min + (max - min) * tsn_random_uniform (builder->random);
}

guint32
tsn_builder_choose (TsnBuilder *builder, const guint32 *colours, guint n)
{
  return colours[tsn_random_below (builder->random, n)];
}

static TsnVec3
turn (const TsnBuilder *builder, TsnVec3 v)
{
  double c = cos (builder->yaw), s = sin (builder->yaw);

  return tsn_vec3 (c * v.x + s * v.z, v.y, c * v.z - s * v.x);
}

static TsnVec3
place (const TsnBuilder *builder, TsnVec3 point)
{
  return tsn_vec3_add (builder->origin, turn (builder, point));
}

/* Shapes whose axes are those of the thing. */
static TsnShape
make_shape (const TsnBuilder *builder, TsnShapeKind kind, TsnVec3 centre, TsnVec3 half)
{
  return (TsnShape){
    .kind = kind,
    .centre = place (builder, centre),
    .axis = { turn (builder, tsn_vec3 (1, 0, 0)), tsn_vec3 (0, 1, 0),
              turn (builder, tsn_vec3 (0, 0, 1)) },
    .half = half,
    .material = builder->material,
    .class_index = builder->class_index,
    .part = builder->part,
    .segment = builder->segment,
    .salient = builder->salient,
  };
}

/**
 * tsn_builder_box:
 * @centre: in the thing's frame, in metres
 * @half: half of its extents
 * @round: radius of its edges
 */
void
tsn_builder_box (TsnBuilder *builder, TsnVec3 centre, TsnVec3 half, double round)
{
  TsnShape shape = make_shape (builder, TSN_SHAPE_BOX, centre, half);

  shape.round = round;
  tsn_scene_add_shape (builder->scene, &shape);
}

/**
 * tsn_builder_tilted_box:
 * @pitch: turn about the thing's x axis, which leans the box's top toward positive z
 * @roll: turn about its z axis after that, toward negative x
 */
void
tsn_builder_tilted_box (
    TsnBuilder *builder, TsnVec3 centre, TsnVec3 half, double round, double pitch, double roll)
{
  TsnShape shape = make_shape (builder, TSN_SHAPE_BOX, centre, half);
  double cp = cos (pitch), sp = sin (pitch), cr = cos (roll), sr = sin (roll);

  shape.round = round;
  shape.axis[0] = turn (builder, tsn_vec3 (cr, sr, 0));
  shape.axis[1] = turn (builder, tsn_vec3 (-sr * cp, cr * cp, sp));
  shape.axis[2] = turn (builder, tsn_vec3 (sr * sp, -cr * sp, cp));
  tsn_scene_add_shape (builder->scene, &shape);
}

void
tsn_builder_cylinder (
    TsnBuilder *builder, TsnVec3 centre, double radius, double half_height, double round)
{
  TsnShape shape
      = make_shape (builder, TSN_SHAPE_CYLINDER, centre, tsn_vec3 (radius, half_height, radius));

  shape.round = round;
  tsn_scene_add_shape (builder->scene, &shape);
}

void
tsn_builder_ellipsoid (TsnBuilder *builder, TsnVec3 centre, TsnVec3 half)
{
  TsnShape shape = make_shape (builder, TSN_SHAPE_ELLIPSOID, centre, half);

  tsn_scene_add_shape (builder->scene, &shape);
}

/* Puts a shape's y axis along the way from @from to @to, and returns the way's length. */
static double
stretch (const TsnBuilder *builder, TsnShape *shape, TsnVec3 from, TsnVec3 to)
{
  TsnVec3 a = place (builder, from), b = place (builder, to);
  TsnVec3 way = tsn_vec3_sub (b, a);
  double length = tsn_vec3_length (way);
  TsnVec3 y = tsn_vec3_scale (way, 1 / length);
  TsnVec3 side = fabs (y.y) < 0.95 ? tsn_vec3 (0, 1, 0) : turn (builder, tsn_vec3 (0, 0, 1));

  shape->centre = tsn_vec3_mix (a, b, 0.5);
  shape->axis[1] = y;
  shape->axis[0] = tsn_vec3_normalize (tsn_vec3_cross (y, side));
  shape->axis[2] = tsn_vec3_cross (shape->axis[0], y);
  return length;
}

/**
 * tsn_builder_blade:
 * @from: one end, in the thing's frame
 * @to: other end
 * @width: its extent across, lying flat
 * @thickness: its extent at right angles to both
 *
 * Adds a long, flat ellipsoid, such as a leaf.
 */
void
tsn_builder_blade (TsnBuilder *builder, TsnVec3 from, TsnVec3 to, double width, double thickness)
{
  TsnShape shape = make_shape (builder, TSN_SHAPE_ELLIPSOID, from, tsn_vec3 (0, 0, 0));
  double length = stretch (builder, &shape, from, to);

  shape.half = tsn_vec3 (width / 2, length / 2, thickness / 2);
  tsn_scene_add_shape (builder->scene, &shape);
}

/**
 * tsn_builder_limb:
 * @from: centre of the ball at one end, in the thing's frame
 * @to: centre of the ball at the other end
 * @from_radius: of the one
 * @to_radius: of the other; the balls must not contain each other
 *
 * Adds the hull of two balls.
 */
void
tsn_builder_limb (
    TsnBuilder *builder, TsnVec3 from, TsnVec3 to, double from_radius, double to_radius)
{
  TsnShape shape = make_shape (builder, TSN_SHAPE_ROUND_CONE, from, tsn_vec3 (0, 0, 0));
  double radius = fmax (from_radius, to_radius);

  shape.length = stretch (builder, &shape, from, to);
  shape.low = from_radius;
  shape.high = to_radius;
  shape.half = tsn_vec3 (radius, shape.length / 2 + radius, radius);
  tsn_scene_add_shape (builder->scene, &shape);
}
