#include "golden.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

TsnTaskList *
golden_tasks (void)
{
  TsnTaskList *tasks = tsn_task_list_new_pascal ();

  g_ptr_array_add (tasks, tsn_task_new ("depth", TSN_TASK_DEPTH, 1));
  return tasks;
}

TsnSafetensors *
golden_open (const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/golden-%s.safetensors", GOLDEN_DIR, name);
  g_autoptr (GError) error = NULL;
  TsnSafetensors *file = tsn_safetensors_open (path, &error);

  g_assert_no_error (error);
  return file;
}

TsnTensor *
golden_read (TsnSafetensors *file, const char *format, ...)
{
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  TsnTensor *tensor;
  va_list args;

  va_start (args, format);
  name = g_strdup_vprintf (format, args);
  va_end (args);
  tensor = tsn_safetensors_read (file, name, &error);
  g_assert_no_error (error);
  return tensor;
}

TsnModel *
golden_model (TsnSafetensors *file, TsnConditioning conditioning)
{
  TsnNetworkSpec spec = { .depth = 18,
                          .width = 1.0 / 16,
                          .conditioning = conditioning,
                          .code = TSN_CODE_ORTHOGONAL,
                          .code_length = 4,
                          .tasks = golden_tasks () };
  g_autoptr (GError) error = NULL;
  TsnModel *model = tsn_model_new (&spec, &error);

  g_assert_no_error (error);
  g_ptr_array_unref (spec.tasks);
  for (guint i = 0; i < model->graph->params->len; i++)
    {
      const TsnParam *param = tsn_graph_param (model->graph, i);

      tsn_tensor_unref (model->params[i]);
      model->params[i] = golden_read (file, "param.%s", param->name);
      g_assert_true (tsn_tensor_has_shape (model->params[i], param->rank, param->dim));
    }
  for (int c = 0; c < 3; c++)
    {
      model->mean[c] = 0;
      model->std[c] = 1;
    }
  return model;
}

double
golden_difference (const TsnTensor *found, const TsnTensor *expected)
{
  double largest = 0, difference = 0;

  g_assert_true (tsn_tensor_has_shape (found, expected->rank, expected->dim));
  for (size_t i = 0; i < tsn_tensor_length (expected); i++)
    {
      g_assert_true (isfinite (found->data[i]));
      largest = fmax (largest, fabs (expected->data[i]));
      difference = fmax (difference, fabs (found->data[i] - expected->data[i]));
    }
  return difference / largest;
}
