/* A small set of photos, a config for it, and runs of it in a folder of the test's own. */
#pragma once

#include "core/training/tsn-train-run.h"

#define TRAIN_RUN_PHOTOS 6
#define TRAIN_RUN_SIZE 48

/** What config.ini has: 14 steps of two tasks. */
extern const char train_run_config[];

typedef struct
{
  char *root;
  char *config;
} TrainRunFixture;

void train_run_set_up (TrainRunFixture *fixture, gconstpointer unused);
void train_run_tear_down (TrainRunFixture *fixture, gconstpointer unused);
gboolean train_run_session_with (TrainRunFixture *fixture,
                                 const char *name,
                                 gboolean resume,
                                 const char *override,
                                 TsnTrainFunc progress,
                                 gpointer data,
                                 GCancellable *cancellable,
                                 GError **error);
gboolean train_run_session (TrainRunFixture *fixture,
                            const char *name,
                            gboolean resume,
                            guint64 stop_at,
                            const char *override,
                            GError **error);
char *train_run_read (TrainRunFixture *fixture, const char *run, const char *name, size_t *length);
void train_run_assert_same (TrainRunFixture *fixture, const char *run, const char *other);
void train_run_whole (TrainRunFixture *fixture, const char *name);
