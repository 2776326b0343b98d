#include "core/data/tsn-scene-view.h"

#include "core/data/tsn-bitmap.h"
#include "core/data/tsn-scene-light.h"
#include "core/data/tsn-scene-smooth.h"
#include "core/data/tsn-stream.h"
#include "core/data/tsn-thin.h"

/* Within one surface a boundary runs where depth jumps by this share. */
#define DEPTH_JUMP 0.08

/* The mean brightness that exposure brings a picture to, of 1 for paper-white. */
#define MIDDLE_GREY 0.2

/* The brightest single sample, against specks. */
#define MAX_SAMPLE 30

/* A picture being made. */
typedef struct
{
  const TsnScene *scene;
  TsnSceneView *view;
  guint samples;
  float *light;  /* three values a pixel */
  float *colour; /* likewise: of the surfaces there */
} Work;

static TsnRay
make_ray (const Work *work, double x, double y)
{
  const TsnCamera *camera = &work->scene->camera;
  double width = work->view->width, height = work->view->height;
  double scale = 2 * camera->tangent / MIN (width, height);
  TsnVec3 way
      = tsn_vec3_mad (tsn_vec3_scale (camera->back, -1), scale * (x - width / 2), camera->right);

  way = tsn_vec3_mad (way, -scale * (y - height / 2), camera->up);
  return tsn_ray (camera->eye, tsn_vec3_normalize (way));
}

static void
label_pixel (const Work *work, guint x, guint y)
{
  TsnSceneView *view = work->view;
  const TsnCamera *camera = &work->scene->camera;
  size_t plane = (size_t) view->width * view->height, at = (size_t) y * view->width + x;
  TsnRay ray = make_ray (work, x + 0.5, y + 0.5);
  TsnHit hit;

  if (!tsn_scene_trace (work->scene, &ray, TRUE, &hit))
    return;
  view->semseg[at] = hit.shape->class_index;
  view->human_parts[at] = hit.shape->part;
  view->saliency[at] = hit.shape->salient;
  view->segment[at] = hit.shape->segment;
  view->depth[at] = -hit.t * tsn_vec3_dot (ray.direction, camera->back);
  view->normals[at] = tsn_vec3_dot (hit.normal, camera->right);
  view->normals[plane + at] = tsn_vec3_dot (hit.normal, camera->up);
  view->normals[2 * plane + at] = tsn_vec3_dot (hit.normal, camera->back);
}

/* Fills each pair of dimensions evenly (Roberts' R2 sequence), shifted by random numbers of the
 * pixel; every pair goes through the sequence in another order, so that no two pairs agree. */
static void
draw_sample (const double *shift, guint index, guint samples, double *u, guint n_pairs)
{
  static const guint64 strides[] = { 1, 15485863, 32452843, 49979687, 67867967 };

  for (guint i = 0; i < n_pairs; i++)
    {
      guint64 place = index * strides[i] % samples + 1;

      u[2 * i] = fmod (shift[2 * i] + 0.7548776662466927 * place, 1);
      u[2 * i + 1] = fmod (shift[2 * i + 1] + 0.5698402909980532 * place, 1);
    }
}

static double
luminance (const float *rgb)
{
  return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
}

static void
store_mean (float *rgb, TsnVec3 sum, guint n)
{
  rgb[0] = sum.x / n;
  rgb[1] = sum.y / n;
  rgb[2] = sum.z / n;
}

static void
shade_pixel (const Work *work, guint x, guint y)
{
  enum
  {
    n_pairs = 5,
    n = 2 * n_pairs,
  };
  size_t at = (size_t) y * work->view->width + x;
  TsnVec3 light = { 0, 0, 0 }, colour = { 0, 0, 0 };
  double shift[n], u[n];
  TsnRandom random;

  tsn_stream_init (&random, 0, TSN_STREAM_SCENE, at, work->samples);
  for (guint i = 0; i < n; i++)
    shift[i] = tsn_random_uniform (&random);
  for (guint i = 0; i < work->samples; i++)
    {
      TsnLightSample sample;
      TsnVec3 incoming, surface;
      TsnRay ray;

      draw_sample (shift, i, work->samples, u, n_pairs);
      for (guint j = 0; j < G_N_ELEMENTS (sample.u); j++)
        sample.u[j] = u[j + 2];
      ray = make_ray (work, x + u[0], y + u[1]);
      incoming = tsn_scene_get_light (work->scene, &ray, &sample, &surface);
      light = tsn_vec3_add (light, tsn_vec3_min (incoming, MAX_SAMPLE));
      colour = tsn_vec3_add (colour, surface);
    }
  store_mean (work->light + 3 * at, light, work->samples);
  store_mean (work->colour + 3 * at, colour, work->samples);
}

static void
draw_rows (gpointer data, size_t first, size_t last, guint thread)
{
  const Work *work = data;

  for (size_t y = first; y < last; y++)
    for (guint x = 0; x < work->view->width; x++)
      {
        label_pixel (work, x, y);
        shade_pixel (work, x, y);
      }
}

static gboolean
is_boundary (const TsnSceneView *view, size_t a, size_t b)
{
  float near = MIN (view->depth[a], view->depth[b]);

  return view->segment[a] != view->segment[b]
         || fabsf (view->depth[a] - view->depth[b]) > DEPTH_JUMP * near;
}

static void
find_edges (TsnSceneView *view)
{
  g_autoptr (TsnBitmap) edges = tsn_bitmap_new (view->width, view->height);

  for (guint y = 0; y < view->height; y++)
    for (guint x = 0; x < view->width; x++)
      {
        size_t at = (size_t) y * view->width + x;

        if ((x + 1 < view->width && is_boundary (view, at, at + 1))
            || (y + 1 < view->height && is_boundary (view, at, at + view->width)))
          tsn_bitmap_set (edges, x, y);
      }
  tsn_bitmap_thin (edges);
  for (guint y = 0; y < view->height; y++)
    for (guint x = 0; x < view->width; x++)
      view->edge[(size_t) y * view->width + x] = tsn_bitmap_get (edges, x, y);
}

/* The geometric mean is what a camera's meter goes by. */
static double
get_exposure (const Work *work)
{
  size_t n = (size_t) work->view->width * work->view->height;
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += log (MAX (luminance (work->light + 3 * i), 1e-3));
  return MIDDLE_GREY / exp (sum / n);
}

/* A film's curve: dark tones deepen, bright ones roll off. */
static double
develop (double x)
{
  double film = x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14);
  double v = CLAMP (film, 0, 1);

  return v <= 0.0031308 ? 12.92 * v : 1.055 * pow (v, 1 / 2.4) - 0.055;
}

static void
develop_photo (Work *work)
{
  size_t n = 3 * (size_t) work->view->width * work->view->height;
  double exposure = get_exposure (work);

  for (size_t i = 0; i < n; i++)
    work->view->photo->pixels[i] = 255 * develop (exposure * work->light[i]) + 0.5;
}

/**
 * tsn_scene_view_new:
 * @samples: paths of light a pixel: a few for a rough picture, 16 and more for a good one
 * @pool: to draw with
 *
 * Draws a scene.  The result depends on its arguments alone, not on the number of threads.
 *
 * Returns: (transfer full): photo and labels.
 */
TsnSceneView *
tsn_scene_view_new (const TsnScene *scene, guint width, guint height, guint samples, TsnPool *pool)
{
  TsnSceneView *view = g_new0 (TsnSceneView, 1);
  size_t n = (size_t) width * height;
  g_autofree float *light = g_new0 (float, 3 * n);
  g_autofree float *colour = g_new0 (float, 3 * n);
  Work work = { scene, view, samples, light, colour };

  view->width = width;
  view->height = height;
  view->photo = tsn_image_new (width, height);
  view->semseg = g_new0 (guint8, n);
  view->human_parts = g_new0 (guint8, n);
  view->edge = g_new0 (guint8, n);
  view->saliency = g_new0 (guint8, n);
  view->normals = g_new0 (float, 3 * n);
  view->depth = g_new0 (float, n);
  view->segment = g_new0 (guint16, n);
  tsn_pool_for (pool, height, 1, draw_rows, &work);
  find_edges (view);
  tsn_scene_smooth (view, colour, light, pool);
  develop_photo (&work);
  return view;
}

void
tsn_scene_view_free (TsnSceneView *view)
{
  tsn_image_unref (view->photo);
  g_free (view->semseg);
  g_free (view->human_parts);
  g_free (view->edge);
  g_free (view->saliency);
  g_free (view->normals);
  g_free (view->depth);
  g_free (view->segment);
  g_free (view);
}
