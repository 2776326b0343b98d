/* What a window shows, as plain data: what a .tsnsession file and every exported figure hold. */
#pragma once

#include "core/figure/tsn-figure-plan.h"

G_BEGIN_DECLS

/** The version that is written.  Newer programs may add members without raising it. */
#define TSN_STUDY_VERSION 1

/** The ending of the files, with the dot. */
#define TSN_STUDY_SUFFIX ".tsnsession"

/**
 * TsnStudySourceKind:
 * @TSN_STUDY_NOTHING: nothing is open
 * @TSN_STUDY_PHOTO: the file @path
 * @TSN_STUDY_FOLDER: the photo @item of the folder @path
 * @TSN_STUDY_DATASET: the photo @item of the data set in the folder @path
 * @TSN_STUDY_VIDEO: the file @path at @position
 * @TSN_STUDY_CAMERA: the camera @device
 */
typedef enum
{
  TSN_STUDY_NOTHING,
  TSN_STUDY_PHOTO,
  TSN_STUDY_FOLDER,
  TSN_STUDY_DATASET,
  TSN_STUDY_VIDEO,
  TSN_STUDY_CAMERA,
} TsnStudySourceKind;

/**
 * TsnStudySource:
 * @kind: which of the fields below count
 * @path: (nullable): absolute
 * @item: (nullable): the current photo's file as seen from @path, within it
 * @device: (nullable): name of a camera
 * @position: in seconds from the start of a video
 */
typedef struct
{
  TsnStudySourceKind kind;
  char *path;
  char *item;
  char *device;
  double position;
} TsnStudySource;

/**
 * TsnStudyModel:
 * @path: (nullable): absolute; %NULL for no model
 * @sha256: (nullable): of the file, 64 hexadecimal digits in lower case
 */
typedef struct
{
  char *path;
  char *sha256;
} TsnStudyModel;

/**
 * TsnStudyLayout:
 * @TSN_STUDY_GRID: a pane for every shown task
 * @TSN_STUDY_SINGLE: one pane, of the active task
 * @TSN_STUDY_OVERLAY: the active task laid over the photo
 */
typedef enum
{
  TSN_STUDY_GRID,
  TSN_STUDY_SINGLE,
  TSN_STUDY_OVERLAY,
} TsnStudyLayout;

/**
 * TsnStudyView:
 * @fit: whether the whole photo is in sight, whatever the size of the panes
 * @zoom: logical pixels per pixel of the photo, unless @fit
 * @x, @y: what is in the middle of a pane, in shares of the photo's width and height, unless @fit
 */
typedef struct
{
  gboolean fit;
  double zoom;
  double x;
  double y;
} TsnStudyView;

/**
 * TsnStudyIsolated:
 * @task: name of a task
 * @class_name: the class that alone is shown in colour
 */
typedef struct
{
  char *task;
  char *class_name;
} TsnStudyIsolated;

/**
 * TsnStudySpace:
 * @TSN_STUDY_CODES: the embedding network is given a mixture of task codes
 * @TSN_STUDY_EMBEDDINGS: task embeddings are mixed
 * @TSN_STUDY_COEFFICIENTS: scales and shifts of every module are mixed
 *
 * Where a blend of tasks is made.
 */
typedef enum
{
  TSN_STUDY_CODES,
  TSN_STUDY_EMBEDDINGS,
  TSN_STUDY_COEFFICIENTS,
} TsnStudySpace;

/**
 * TsnStudyWeight:
 * @task: name of a task
 * @weight: its share of a blend, as it is, not divided by the sum
 */
typedef struct
{
  char *task;
  double weight;
} TsnStudyWeight;

/**
 * TsnStudyModule:
 * @module: name of a decoder module
 * @weights: (element-type TsnStudyWeight): its own blend
 */
typedef struct
{
  char *module;
  GPtrArray *weights;
} TsnStudyModule;

/**
 * TsnStudyPoint:
 * @weights: (element-type TsnStudyWeight): of the blend there
 *
 * A way-point of a path between blends.
 */
typedef struct
{
  GPtrArray *weights;
} TsnStudyPoint;

/**
 * TsnStudyPath:
 * @points: (element-type TsnStudyPoint): in their order; without any the path is the tour of all
 *   tasks
 * @duration: in seconds, of the whole path
 * @loop: whether the last way-point leads back to the first
 *
 * A way through blends.  From one way-point to the next the weights change evenly, and every leg
 * takes equally long.
 */
typedef struct
{
  GPtrArray *points;
  double duration;
  gboolean loop;
} TsnStudyPath;

/**
 * TsnStudyBlend:
 * @enabled: whether it is shown
 * @space: where it is made
 * @weights: (element-type TsnStudyWeight): of all modules that have none of their own
 * @readout: (nullable): name of the task by whose head it is read; %NULL for the heaviest
 * @modules: (element-type TsnStudyModule): modules with weights of their own
 * @path: between blends
 */
typedef struct
{
  gboolean enabled;
  TsnStudySpace space;
  GPtrArray *weights;
  char *readout;
  GPtrArray *modules;
  TsnStudyPath path;
} TsnStudyBlend;

/**
 * TsnStudyCompareMode:
 * @TSN_STUDY_SIDE: the two side by side
 * @TSN_STUDY_WIPE: one left of a line, the other right of it
 * @TSN_STUDY_BLINK: one after the other
 * @TSN_STUDY_DIFFERENCE: where they differ
 */
typedef enum
{
  TSN_STUDY_SIDE,
  TSN_STUDY_WIPE,
  TSN_STUDY_BLINK,
  TSN_STUDY_DIFFERENCE,
} TsnStudyCompareMode;

/**
 * TsnStudyCompare:
 * @enabled: whether two models are shown
 * @mode: how
 * @wipe: place of the line, from 0 (left) to 1
 */
typedef struct
{
  gboolean enabled;
  TsnStudyCompareMode mode;
  double wipe;
} TsnStudyCompare;

/**
 * TsnStudyTopic:
 * @TSN_STUDY_LOOK: how a node's values look
 * @TSN_STUDY_NUMBERS: their distribution, and the coefficients of a module
 * @TSN_STUDY_CHANGES: how they differ between two tasks
 *
 * What the inspector's panel is about.
 */
typedef enum
{
  TSN_STUDY_LOOK,
  TSN_STUDY_NUMBERS,
  TSN_STUDY_CHANGES,
} TsnStudyTopic;

/**
 * TsnStudyInspector:
 * @enabled: whether feature maps are shown
 * @node: (nullable): name of a node of the graph
 * @channel: the chosen channel
 * @mode: how the map becomes a picture
 * @by_energy: whether channels are sorted by how strongly they respond
 * @keep_basis: whether principal components stay those of the first photo
 * @topic: what is said beside the map
 * @first: (nullable): name of a task
 * @second: (nullable): name of the task that it is compared with
 */
typedef struct
{
  gboolean enabled;
  char *node;
  guint channel;
  TsnFeatureView mode;
  gboolean by_energy;
  gboolean keep_basis;
  TsnStudyTopic topic;
  char *first;
  char *second;
} TsnStudyInspector;

/**
 * TsnStudyFilm:
 * @side: the longer side in pixels
 * @fps: frames a second
 * @photo: whether the photo is beside the blend
 * @captions: whether the film says what is mixed
 *
 * What an animation of the blend's path looks like.
 */
typedef struct
{
  guint side;
  guint fps;
  gboolean photo;
  gboolean captions;
} TsnStudyFilm;

/** Bounds of what a film looks like. */
#define TSN_STUDY_FILM_MIN_SIDE 160
#define TSN_STUDY_FILM_MAX_SIDE 3840
#define TSN_STUDY_FILM_MAX_FPS 60

/**
 * TsnStudy:
 * @source: where photos come from
 * @model: what runs
 * @second: what it is compared with
 * @size: length of the shorter side of the network's input in pixels, 0 for the model's own
 * @shown: (nullable) (array zero-terminated=1): names of the shown tasks, %NULL for all
 * @active: (nullable): name of the task that the legend explains
 * @show_photo: whether the photo has a pane
 * @show_truth: whether labels of a data set have panes
 * @layout: how panes are laid out
 * @opacity: of a result over the photo, 0 to 1
 * @view: zoom and place
 * @isolated: (element-type TsnStudyIsolated): at most one class a task
 * @hatching: whether classes are told apart by patterns, too
 * @page: (nullable): name of the side panel's page
 * @blend: of tasks
 * @compare: of models
 * @inspector: of feature maps
 * @figure: what is being composed
 * @film: what animations look like
 *
 * A study: everything that has to be known to show the same again.  Tasks, classes, modules and
 * nodes are named, so that it means the same for another model that has them.  "Session" is what
 * people call it; in code that word belongs to #TsnSession.
 *
 * A struct for the stack or inside another: tsn_study_init() it, tsn_study_clear() it.  Strings and
 * lists belong to it; no list is ever %NULL.
 */
typedef struct
{
  TsnStudySource source;
  TsnStudyModel model;
  TsnStudyModel second;
  guint size;
  char **shown;
  char *active;
  gboolean show_photo;
  gboolean show_truth;
  TsnStudyLayout layout;
  double opacity;
  TsnStudyView view;
  GPtrArray *isolated;
  gboolean hatching;
  char *page;
  TsnStudyBlend blend;
  TsnStudyCompare compare;
  TsnStudyInspector inspector;
  TsnFigurePlan figure;
  TsnStudyFilm film;
} TsnStudy;

void tsn_study_init (TsnStudy *study);
void tsn_study_copy (const TsnStudy *study, TsnStudy *copy);
void tsn_study_clear (TsnStudy *study);
gboolean tsn_study_equal (const TsnStudy *study, const TsnStudy *other);

void tsn_study_set_weight (GPtrArray *weights, const char *task, double weight);
double tsn_study_get_weight (const GPtrArray *weights, const char *task);
TsnStudyPoint *tsn_study_add_point (TsnStudy *study);
TsnStudyModule *tsn_study_add_module (TsnStudy *study, const char *module);
void tsn_study_set_isolated (TsnStudy *study, const char *task, const char *class_name);
const char *tsn_study_get_isolated (const TsnStudy *study, const char *task);

gboolean tsn_study_load (TsnStudy *study, const char *path, GError **error);
gboolean tsn_study_save (const TsnStudy *study, const char *path, GError **error);
gboolean tsn_study_from_json (
    TsnStudy *study, const char *text, size_t length, const char *base, GError **error);
char *tsn_study_to_json (const TsnStudy *study, const char *base, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TsnStudy, tsn_study_clear)

G_END_DECLS
