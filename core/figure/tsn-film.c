#include "core/figure/tsn-film.h"

#include "core/base/tsn-error.h"
#include "core/figure/tsn-figure-maker.h"
#include "core/figure/tsn-film-page.h"
#include "core/figure/tsn-render.h"
#include "core/figure/tsn-study-mixture.h"
#include "core/inference/tsn-session.h"
#include "core/io/tsn-model-file.h"
#include "core/io/tsn-resample.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* How many lines of the plainest pattern a picture has from left to right, as in figures. */
#define HATCHES 40

#define PHOTO_CAPTION "Photo"

struct _TsnFilm
{
  TsnStudy study;
  TsnModel *model;
  TsnSession *session;
  TsnImage *photo;
  char *note;      /* or NULL */
  float *range[2]; /* [n_tasks] depth in metres at the ends of the scale; both 0 if not known yet */

  /* What follows from the look. */
  TsnFilmPage *page;
  guint width;
  guint height;
  guint8 *photo_rgb; /* as large as a cell */
};

static gboolean
find_photo (TsnFilm *film, GError **error)
{
  TsnStudy *study = &film->study;
  g_autofree char *path = tsn_study_get_photo_path (study);

  if (path == NULL && study->figure.photos->len > 0)
    path = g_strdup (((TsnFigurePhoto *) g_ptr_array_index (study->figure.photos, 0))->path);
  if (path == NULL)
    return tsn_error_set (error, TSN_ERROR_ARGUMENT,
                          _ ("An animation needs a photo, but the session names none"));
  film->photo = tsn_image_load (path, error);
  return film->photo != NULL;
}

static gboolean
find_model (TsnFilm *film, TsnPool *pool, GError **error)
{
  TsnStudyModel *model = &film->study.model;
  g_autofree char *hash = NULL, *name = NULL;

  if (model->path == NULL)
    return tsn_error_set (error, TSN_ERROR_ARGUMENT,
                          _ ("An animation needs a model, but the session names none"));
  hash = tsn_study_hash_file (model->path, error);
  film->model = hash != NULL ? tsn_model_load (model->path, error) : NULL;
  if (film->model == NULL)
    return FALSE;
  name = g_filename_display_name (model->path);
  if (!tsn_mixture_is_possible (film->model))
    return tsn_error_set (error, TSN_ERROR_ARGUMENT,
                          _ ("The tasks of the model '%s' cannot be mixed: they do not share a "
                             "decoder that is told which task it is"),
                          name);
  if (model->sha256 != NULL && !g_str_equal (model->sha256, hash))
    film->note
        = g_strdup_printf (_ ("The model '%s' is not the one that the session was made with: "
                              "its SHA-256 was %.12s and is %.12s"),
                           name, model->sha256, hash);
  g_free (model->sha256);
  model->sha256 = g_steal_pointer (&hash);
  film->session = tsn_session_new (film->model, pool);
  for (guint i = 0; i < 2; i++)
    film->range[i] = g_new0 (float, tsn_model_get_n_tasks (film->model));
  return TRUE;
}

static gboolean
encode (TsnFilm *film, GCancellable *cancellable, GError **error)
{
  guint size = film->study.size > 0 ? film->study.size : film->model->size, width, height;
  g_autoptr (TsnTensor) input = NULL;

  if (size < TSN_SESSION_MIN_SIZE || size > TSN_SESSION_MAX_SIZE)
    return tsn_error_set (
        error, TSN_ERROR_ARGUMENT,
        _ ("The input of the model '%s' should be %d to %d pixels, but it is to be "
           "%u"),
        film->model->name, TSN_SESSION_MIN_SIZE, TSN_SESSION_MAX_SIZE, size);
  tsn_image_fit_size (film->photo->width, film->photo->height, size, &width, &height);
  input = tsn_image_to_tensor (film->photo, width, height);
  return tsn_session_encode (film->session, input, cancellable, error);
}

/* The photo as large as a cell. */
static void
shrink_photo (TsnFilm *film)
{
  guint width, height;
  size_t plane;
  g_autofree float *planes = NULL;

  tsn_film_page_get_cell_size (film->page, &width, &height);
  plane = (size_t) width * height;
  planes = g_new (float, 3 * plane);
  tsn_resample_rgb (film->photo->pixels, film->photo->width, film->photo->height, width, height,
                    planes);
  g_free (film->photo_rgb);
  film->photo_rgb = g_malloc_n (3, plane);
  for (size_t i = 0; i < plane; i++)
    for (guint c = 0; c < 3; c++)
      film->photo_rgb[3 * i + c] = CLAMP (planes[c * plane + i] * 255 + 0.5f, 0, 255);
}

static gboolean
check_path (const TsnFilm *film, GError **error)
{
  const TsnStudyPath *path = &film->study.blend.path;
  g_autofree float *weights = g_new0 (float, tsn_model_get_n_tasks (film->model));
  guint readout;

  if (path->duration * film->study.film.fps > TSN_FILM_MAX_FRAMES)
    return tsn_error_set (error, TSN_ERROR_ARGUMENT,
                          _ ("An animation of %g seconds has %.0f frames, which is more than %d"),
                          path->duration, path->duration * film->study.film.fps,
                          TSN_FILM_MAX_FRAMES);
  for (guint p = 0; p < path->points->len; p++)
    {
      const TsnStudyPoint *point = g_ptr_array_index (path->points, p);

      for (guint i = 0; i < point->weights->len; i++)
        {
          const TsnStudyWeight *weight = g_ptr_array_index (point->weights, i);

          if (weight->task != NULL && tsn_model_find_task (film->model, weight->task) < 0)
            return tsn_error_set (error, TSN_ERROR_ARGUMENT, _ ("The model '%s' has no task '%s'"),
                                  film->model->name, weight->task);
        }
    }
  return tsn_study_find_readout (&film->study.blend, weights, film->model, &readout, error);
}

static gboolean
lay_out (TsnFilm *film, GError **error)
{
  const TsnStudyFilm *look = &film->study.film;
  const TsnFilmLayout layout
      = { .n_cells = look->photo ? 2 : 1,
          .n_meters = look->captions ? tsn_model_get_n_tasks (film->model) : 0,
          .captions = look->captions,
          .aspect = (double) film->photo->width / film->photo->height };

  if (!check_path (film, error))
    return FALSE;
  tsn_film_page_choose_size (&layout, look->side, &film->width, &film->height);
  g_clear_pointer (&film->page, tsn_film_page_free);
  film->page = tsn_film_page_new (&layout, film->width, film->height);
  shrink_photo (film);
  return TRUE;
}

/**
 * tsn_film_new:
 * @study: whose source, or first photo of its figure, is shown under the blends of its path; copied
 * @pool: (transfer none): threads, which outlive the film
 * @cancellable: (nullable): ends the encoding
 * @error: %TSN_ERROR_IO, %TSN_ERROR_FORMAT, %TSN_ERROR_MODEL when photo or model cannot be loaded,
 *   %TSN_ERROR_ARGUMENT when there is none, or a task does not exist; %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): a film of which every frame can be drawn.
 */
TsnFilm *
tsn_film_new (const TsnStudy *study, TsnPool *pool, GCancellable *cancellable, GError **error)
{
  g_autoptr (TsnFilm) film = g_new0 (TsnFilm, 1);

  tsn_study_copy (study, &film->study);
  if (!find_model (film, pool, error) || !find_photo (film, error) || !lay_out (film, error)
      || !encode (film, cancellable, error))
    return NULL;
  return g_steal_pointer (&film);
}

void
tsn_film_free (TsnFilm *film)
{
  g_clear_pointer (&film->session, tsn_session_free);
  g_clear_pointer (&film->model, tsn_model_unref);
  g_clear_pointer (&film->photo, tsn_image_unref);
  g_clear_pointer (&film->page, tsn_film_page_free);
  for (guint i = 0; i < 2; i++)
    g_free (film->range[i]);
  g_free (film->photo_rgb);
  g_free (film->note);
  tsn_study_clear (&film->study);
  g_free (film);
}

/**
 * tsn_film_get_study:
 *
 * Returns: (transfer none): the study as it is shown, with the hash of the model that was found.
 */
const TsnStudy *
tsn_film_get_study (const TsnFilm *film)
{
  return &film->study;
}

/**
 * tsn_film_get_note:
 *
 * Returns: (transfer none) (nullable): a sentence that whoever gets the film has to know: that the
 *   model's file has changed.
 */
const char *
tsn_film_get_note (const TsnFilm *film)
{
  return film->note;
}

/**
 * tsn_film_set_look:
 * @look: from where everything but photo, model and input size is taken; copied
 * @error: %TSN_ERROR_ARGUMENT as by tsn_film_new(); the film is good for nothing then
 *
 * Changes path and looks; the photo does not have to be encoded again for that.
 */
gboolean
tsn_film_set_look (TsnFilm *film, const TsnStudy *look, GError **error)
{
  TsnStudy study;

  tsn_study_copy (look, &study);
  g_free (study.model.sha256);
  study.model.sha256 = g_strdup (film->study.model.sha256);
  tsn_study_clear (&film->study);
  film->study = study;
  return lay_out (film, error);
}

/**
 * tsn_film_get_n_frames:
 *
 * Returns: how many frames there are.  The frame after the last of a loop would be the first; a
 *   path that is no loop ends at its last way-point.
 */
guint
tsn_film_get_n_frames (const TsnFilm *film)
{
  const TsnStudyPath *path = &film->study.blend.path;

  return MAX (lround (path->duration * film->study.film.fps), path->loop ? 1 : 2);
}

/**
 * tsn_film_get_size:
 *
 * Says how large frames are in pixels.
 */
void
tsn_film_get_size (const TsnFilm *film, guint *width, guint *height)
{
  *width = film->width;
  *height = film->height;
}

/* The weights of a way-point [n_tasks]; of none of them those of the tour of all tasks. */
static void
read_point (const TsnFilm *film, guint point, float *weights)
{
  const GPtrArray *points = film->study.blend.path.points;
  guint n_tasks = tsn_model_get_n_tasks (film->model);

  if (points->len > 0)
    {
      const TsnStudyPoint *at = g_ptr_array_index (points, point % points->len);

      tsn_study_read_weights (at->weights, film->model, weights);
      return;
    }
  for (guint t = 0; t < n_tasks; t++)
    weights[t] = point % n_tasks == t;
}

/* What is mixed in a frame. */
static void
find_weights (const TsnFilm *film, guint frame, float *weights)
{
  const TsnStudyPath *path = &film->study.blend.path;
  guint n_tasks = tsn_model_get_n_tasks (film->model), n_frames = tsn_film_get_n_frames (film);
  guint n_points = path->points->len > 0 ? path->points->len : n_tasks;
  guint n_legs = path->loop ? n_points : n_points - 1;
  double place = (double) frame * n_legs / (path->loop ? n_frames : n_frames - 1);
  guint leg = floor (place);
  float share = place - leg;
  g_autofree float *next = g_new (float, n_tasks);

  read_point (film, leg, weights);
  read_point (film, leg + 1, next);
  for (guint t = 0; share > 0 && t < n_tasks; t++)
    weights[t] = (1 - share) * weights[t] + share * next[t];
}

static void
keep_cb (guint index, TsnTensor *output, gpointer data)
{
  *(TsnTensor **) data = tsn_tensor_ref (output);
}

/* One scale of metres for the whole film, that of the plain task: else it would flicker. */
static gboolean
find_range (TsnFilm *film, guint task, GCancellable *cancellable, GError **error)
{
  const TsnTask *known = tsn_model_get_task (film->model, task);
  g_autoptr (TsnTensor) output = NULL;
  g_autoptr (TsnResult) result = NULL;

  if (known->kind != TSN_TASK_DEPTH || film->range[1][task] > 0)
    return TRUE;
  if (!tsn_session_decode_tasks (film->session, &task, 1, keep_cb, &output, cancellable, error))
    return FALSE;
  result = tsn_result_new (known, output, film->photo->width, film->photo->height);
  tsn_result_get_range (result, &film->range[0][task], &film->range[1][task]);
  return TRUE;
}

static void
choose_options (const TsnFilm *film, guint task, guint width, TsnRenderOptions *options)
{
  const TsnTask *known = tsn_model_get_task (film->model, task);
  const char *isolated = tsn_study_get_isolated (&film->study, known->name);

  *options = (TsnRenderOptions){ .low = film->range[0][task], .high = film->range[1][task] };
  if (film->study.hatching)
    options->hatch = MAX (width / HATCHES, 4);
  for (guint c = 0; isolated != NULL && known->class_names != NULL && c < known->channels; c++)
    if (g_str_equal (known->class_names[c], isolated))
      {
        options->isolate = TRUE;
        options->isolated = c;
      }
}

static TsnImage *
compose (const TsnFilm *film, const TsnResult *result, guint readout, const float *weights)
{
  guint n_tasks = tsn_model_get_n_tasks (film->model), n = 0;
  g_autofree TsnFilmMeter *meters = g_new0 (TsnFilmMeter, n_tasks);
  g_autofree char *caption = NULL;
  g_autofree guint8 *rgb = NULL;
  TsnRenderOptions options;
  TsnFilmCell cells[2];

  choose_options (film, readout, result->width, &options);
  rgb = tsn_render (result, &options);
  caption = g_strdup_printf ("Read as %s", result->task->title);
  for (guint t = 0; t < n_tasks; t++)
    meters[t] = (TsnFilmMeter){ tsn_model_get_task (film->model, t)->title, (double) weights[t] };
  if (film->study.film.photo)
    cells[n++] = (TsnFilmCell){ film->photo_rgb, PHOTO_CAPTION };
  cells[n] = (TsnFilmCell){ rgb, caption };
  return tsn_film_page_draw (film->page, cells, meters);
}

/**
 * tsn_film_draw:
 * @frame: less than tsn_film_get_n_frames()
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): a frame, the same whatever was drawn before.
 */
TsnImage *
tsn_film_draw (TsnFilm *film, guint frame, GCancellable *cancellable, GError **error)
{
  g_autofree float *weights = g_new (float, tsn_model_get_n_tasks (film->model));
  g_autoptr (TsnMixture) mixture = NULL;
  g_autoptr (TsnTensor) output = NULL;
  g_autoptr (TsnResult) result = NULL;
  const TsnMixture *mixtures[1];
  guint readout, width, height;

  find_weights (film, frame, weights);
  if (!tsn_study_find_readout (&film->study.blend, weights, film->model, &readout, error)
      || !find_range (film, readout, cancellable, error))
    return NULL;
  mixtures[0] = mixture
      = tsn_study_make_mixture (&film->study.blend, weights, film->model, readout);
  if (!tsn_session_decode_mixtures (film->session, mixtures, 1, keep_cb, &output, cancellable,
                                    error))
    return NULL;
  tsn_film_page_get_cell_size (film->page, &width, &height);
  result = tsn_result_new (tsn_model_get_task (film->model, readout), output, width, height);
  return compose (film, result, readout, weights);
}

/**
 * tsn_film_play:
 * @func: called for every frame in turn, until it returns %FALSE
 * @error: %G_IO_ERROR_CANCELLED, or as by @func
 *
 * Draws all frames.
 */
gboolean
tsn_film_play (
    TsnFilm *film, TsnFilmFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  guint n = tsn_film_get_n_frames (film);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TsnImage) frame = tsn_film_draw (film, i, cancellable, error);

      if (frame == NULL || !func (data, frame, i, cancellable, error))
        return FALSE;
    }
  return TRUE;
}
