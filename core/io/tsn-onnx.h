/* Export of models to ONNX, which other programs and inference engines read. */
#pragma once

#include "core/model/tsn-model.h"

G_BEGIN_DECLS

/**
 * TsnOnnxMode:
 * @TSN_ONNX_CODE_INPUT: the task code is an input, and every task's read-out an output
 * @TSN_ONNX_ONE_TASK: the code of one task is built in, and its read-out is the output
 * @TSN_ONNX_ALL_TASKS: the codes of all tasks are built in: one encoder, a decoder for each
 *
 * What becomes of the task code.
 */
typedef enum
{
  TSN_ONNX_CODE_INPUT,
  TSN_ONNX_ONE_TASK,
  TSN_ONNX_ALL_TASKS,
} TsnOnnxMode;

/**
 * TsnOnnxOptions:
 * @mode: what becomes of the task code
 * @task: which task, for %TSN_ONNX_ONE_TASK
 */
typedef struct
{
  TsnOnnxMode mode;
  guint task;
} TsnOnnxOptions;

gboolean
tsn_onnx_export (TsnModel *model, const TsnOnnxOptions *options, const char *path, GError **error);

G_END_DECLS
