/* Small networks and made-up batches for tests of training. */
#pragma once

#include "core/training/tsn-trainer.h"

#define FIXTURE_TASKS 5

/* The task of depth among them. */
#define FIXTURE_DEPTH 4

/* A tiny network with a task of every kind, its start drawn from @seed. */
TsnModel *fixture_model (TsnConditioning conditioning, double width, guint64 seed);

/* @n photos of @size x @size coloured blocks, labelled by colour: batch number @step of a run. */
TsnBatch *fixture_batch (const TsnModel *model, guint task, size_t n, size_t size, guint64 step);

/* A trainer with the usual loss weights. */
TsnTrainer *fixture_trainer (TsnModel *model,
                             const TsnOptimiserSpec *optimiser,
                             const TsnScheduleSpec *schedule,
                             TsnPool *pool);
