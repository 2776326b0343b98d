#include "screenshot-steps.h"

#include "fake-camera.h"
#include "studio-fixture.h"
#include "ui/tsn-blend.h"
#include "ui/tsn-document-live.h"
#include "ui/tsn-inspection.h"
#include "ui/tsn-tip.h"

#define PATIENCE_SECONDS 120

static void
iterate_for (double seconds)
{
  gint64 end = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
}

/**
 * screenshot_wait:
 *
 * Lets the document finish what it does.  Animations end, frames are drawn, and what was found may
 * lead to further work.  What moves is never done.
 */
void
screenshot_wait (TsnDocument *document)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;

  do
    {
      while (tsn_document_is_busy (document) && !tsn_document_is_live (document)
             && g_get_monotonic_time () < end)
        g_main_context_iteration (NULL, TRUE);
      iterate_for (0.7);
    }
  while (tsn_document_is_busy (document) && !tsn_document_is_live (document)
         && g_get_monotonic_time () < end);
}

/* A dialog that a step has opened, or the window itself. */
static GtkWindow *
find_front (TsnWindow *window)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow *front = GTK_WINDOW (window);

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (other) == GTK_WINDOW (window)
          && gtk_widget_get_mapped (GTK_WIDGET (other)))
        front = other;
    }
  return front;
}

gboolean
screenshot_save (TsnWindow *window, const char *path)
{
  GtkWindow *front = find_front (window);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (front));
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (front)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  return gdk_texture_save_to_png (texture, path);
}

void
screenshot_set_dark (gboolean dark)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
}

void
screenshot_point_at (TsnWindow *window, const char *place)
{
  double x, y;

  if (sscanf (place, "%lf,%lf", &x, &y) == 2)
    tsn_view_set_probe (tsn_window_get_view (window), x, y);
  iterate_for (0.2);
}

static gboolean
shot (TsnWindow *window, const char *argument)
{
  return screenshot_save (window, argument);
}

static gboolean
resize (TsnWindow *window, const char *argument)
{
  int width, height;

  if (sscanf (argument, "%dx%d", &width, &height) != 2)
    return FALSE;
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  return TRUE;
}

static gboolean
lighten (TsnWindow *window, const char *argument)
{
  screenshot_set_dark (FALSE);
  return TRUE;
}

static gboolean
darken (TsnWindow *window, const char *argument)
{
  screenshot_set_dark (TRUE);
  return TRUE;
}

static gboolean
probe (TsnWindow *window, const char *argument)
{
  screenshot_point_at (window, argument);
  return TRUE;
}

static gboolean
look_at_node (TsnWindow *window, const char *argument)
{
  tsn_inspection_set_node (tsn_document_get_inspection (tsn_window_get_document (window)),
                           argument);
  return TRUE;
}

static gboolean
set_weights (TsnWindow *window, const char *argument)
{
  TsnBlend *blend = tsn_document_get_blend (tsn_window_get_document (window));
  g_auto (GStrv) parts = g_strsplit (argument, ",", -1);
  guint n = tsn_blend_get_n_tasks (blend);
  g_autofree double *weights = g_new0 (double, MAX (n, 1));

  for (guint i = 0; i < n && i < g_strv_length (parts); i++)
    weights[i] = g_ascii_strtod (parts[i], NULL);
  tsn_blend_set_weights (blend, weights);
  return n > 0;
}

static gboolean
begins (const char *whole, const char *part)
{
  return whole != NULL && g_str_has_prefix (whole, part);
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  g_autoptr (GPtrArray) inside = NULL;

  if (begins (tsn_tip_get (widget), text) || begins (gtk_widget_get_name (widget), text))
    return TRUE;
  inside = studio_list_widgets (widget);
  for (guint i = 0; i < inside->len; i++)
    if (GTK_IS_LABEL (inside->pdata[i]) && begins (gtk_label_get_text (inside->pdata[i]), text))
      return TRUE;
  return FALSE;
}

static gboolean
press (TsnWindow *window, const char *argument)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (find_front (window)));

  for (guint i = 0; i < widgets->len; i++)
    if ((GTK_IS_BUTTON (widgets->pdata[i]) || GTK_IS_MENU_BUTTON (widgets->pdata[i])
         || GTK_IS_LIST_BOX_ROW (widgets->pdata[i]))
        && gtk_widget_get_mapped (widgets->pdata[i]) && says (widgets->pdata[i], argument))
      return gtk_widget_activate (widgets->pdata[i]);
  return FALSE;
}

static gboolean
choose (TsnWindow *window, const char *argument)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (find_front (window)));
  char *text = NULL;
  guint item = (guint) g_ascii_strtoull (argument, &text, 10);

  g_strchug (text);
  for (guint i = 0; i < widgets->len; i++)
    if (ADW_IS_COMBO_ROW (widgets->pdata[i])
        && begins (adw_preferences_row_get_title (widgets->pdata[i]), text))
      {
        adw_combo_row_set_selected (widgets->pdata[i], item);
        return TRUE;
      }
    else if (GTK_IS_DROP_DOWN (widgets->pdata[i]) && gtk_widget_get_mapped (widgets->pdata[i])
             && says (widgets->pdata[i], text))
      {
        gtk_drop_down_set_selected (widgets->pdata[i], item);
        return TRUE;
      }
  return FALSE;
}

static gboolean
scroll (TsnWindow *window, const char *argument)
{
  g_autoptr (GPtrArray) widgets = studio_list_widgets (GTK_WIDGET (find_front (window)));
  double fraction = g_ascii_strtod (argument, NULL);

  for (guint i = 0; i < widgets->len; i++)
    if (GTK_IS_SCROLLED_WINDOW (widgets->pdata[i]) && gtk_widget_get_mapped (widgets->pdata[i]))
      {
        GtkAdjustment *upright = gtk_scrolled_window_get_vadjustment (widgets->pdata[i]);

        gtk_adjustment_set_value (upright, fraction
                                               * (gtk_adjustment_get_upper (upright)
                                                  - gtk_adjustment_get_page_size (upright)));
      }
  return TRUE;
}

static gboolean
open_camera (TsnWindow *window, const char *argument)
{
  static const struct
  {
    const char *name;
    FakeFault fault;
  } faults[] = {
    { "works", FAKE_FAULT_NONE },
    { "unplugged", FAKE_FAULT_UNPLUG },
    { "busy", FAKE_FAULT_BUSY },
    { "refused", FAKE_FAULT_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if (g_strcmp0 (argument, faults[i].name) == 0)
      fake_camera_plug (argument, "Desk camera", faults[i].fault);
  tsn_live_open_camera (tsn_document_get_live (tsn_window_get_document (window)), argument);
  iterate_for (2);
  return TRUE;
}

static gboolean
load_second (TsnWindow *window, const char *argument)
{
  tsn_compare_load (tsn_document_get_compare (tsn_window_get_document (window)), argument);
  return TRUE;
}

static gboolean
close_front (TsnWindow *window, const char *argument)
{
  GtkWindow *front = find_front (window);

  if (front == GTK_WINDOW (window))
    return FALSE;
  gtk_window_destroy (front);
  return TRUE;
}

static gboolean
pause_for (TsnWindow *window, const char *argument)
{
  iterate_for (g_ascii_strtod (argument, NULL));
  return TRUE;
}

static gboolean
activate (TsnWindow *window, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  return g_action_parse_detailed_name (action, &name, &target, NULL)
         && gtk_widget_activate_action_variant (GTK_WIDGET (find_front (window)), name, target);
}

gboolean
screenshot_take_step (TsnWindow *window, const char *step)
{
  static const struct
  {
    const char *name;
    gboolean (*take) (TsnWindow *window, const char *argument);
  } steps[] = {
    { "shot", shot },           { "size", resize },        { "light", lighten },
    { "dark", darken },         { "probe", probe },        { "node", look_at_node },
    { "weights", set_weights }, { "press", press },        { "choose", choose },
    { "scroll", scroll },       { "camera", open_camera }, { "second", load_second },
    { "close", close_front },   { "pause", pause_for },
  };
  g_auto (GStrv) parts = g_strsplit (step, " ", 2);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_strcmp0 (parts[0], steps[i].name) == 0)
      return steps[i].take (window, parts[1] != NULL ? parts[1] : "");
  return activate (window, step);
}
