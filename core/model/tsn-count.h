/* Parameters and multiplications of a network, counted on its graph. */
#pragma once

#include "core/model/tsn-graph.h"

G_BEGIN_DECLS

/**
 * TsnCount:
 * @params: trained parameters per stage (running statistics are not parameters)
 * @total_params: their sum
 */
typedef struct
{
  guint64 params[TSN_N_STAGES];
  guint64 total_params;
} TsnCount;

void tsn_count_params (const TsnGraph *graph, TsnCount *count);
void tsn_count_rcm (const TsnGraph *multi_decoder, guint tasks, TsnCount *count);
guint64 tsn_count_node_macs (const TsnGraph *graph, guint node, size_t height, size_t width);
const char *tsn_stage_get_name (TsnStage stage);

G_END_DECLS
