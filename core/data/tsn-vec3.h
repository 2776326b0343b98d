/* Vectors of three numbers. */
#pragma once

#include <math.h>

/**
 * TsnVec3:
 *
 * A point, a direction or a colour.
 */
typedef struct
{
  double x;
  double y;
  double z;
} TsnVec3;

static inline TsnVec3
tsn_vec3 (double x, double y, double z)
{
  return (TsnVec3){ x, y, z };
}

static inline TsnVec3
tsn_vec3_add (TsnVec3 a, TsnVec3 b)
{
  return tsn_vec3 (a.x + b.x, a.y + b.y, a.z + b.z);
}

static inline TsnVec3
tsn_vec3_sub (TsnVec3 a, TsnVec3 b)
{
  return tsn_vec3 (a.x - b.x, a.y - b.y, a.z - b.z);
}

static inline TsnVec3
tsn_vec3_scale (TsnVec3 a, double k)
{
  return tsn_vec3 (a.x * k, a.y * k, a.z * k);
}

/** @a + @k @b */
static inline TsnVec3
tsn_vec3_mad (TsnVec3 a, double k, TsnVec3 b)
{
  return tsn_vec3 (a.x + k * b.x, a.y + k * b.y, a.z + k * b.z);
}

static inline TsnVec3
tsn_vec3_mul (TsnVec3 a, TsnVec3 b)
{
  return tsn_vec3 (a.x * b.x, a.y * b.y, a.z * b.z);
}

static inline TsnVec3
tsn_vec3_mix (TsnVec3 a, TsnVec3 b, double k)
{
  return tsn_vec3_mad (tsn_vec3_scale (a, 1 - k), k, b);
}

/** Each component, but at most @most. */
static inline TsnVec3
tsn_vec3_min (TsnVec3 a, double most)
{
  return tsn_vec3 (a.x < most ? a.x : most, a.y < most ? a.y : most, a.z < most ? a.z : most);
}

static inline double
tsn_vec3_dot (TsnVec3 a, TsnVec3 b)
{
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

static inline TsnVec3
tsn_vec3_cross (TsnVec3 a, TsnVec3 b)
{
  return tsn_vec3 (a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x);
}

static inline double
tsn_vec3_length (TsnVec3 a)
{
  return sqrt (tsn_vec3_dot (a, a));
}

static inline TsnVec3
tsn_vec3_normalize (TsnVec3 a)
{
  return tsn_vec3_scale (a, 1 / tsn_vec3_length (a));
}
