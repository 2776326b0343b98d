/* The fields of a session, for the files that make and use it. */
#pragma once

#include "core/inference/tsn-conditioner.h"
#include "core/inference/tsn-plan.h"
#include "core/inference/tsn-session.h"

struct _TsnSession
{
  TsnModel *model;
  TsnPool *pool;
  TsnConditioner *conditioner;
  TsnProgram *program;
  TsnPlan *plan; /* for the size of the current image */
  gboolean encoded;
  TsnProfile *profile; /* not owned */
  TsnSessionStats stats;
};

/* Of a time of g_get_monotonic_time(). */
double tsn_session_seconds_since (gint64 start);
