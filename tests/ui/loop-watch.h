/* Measures how long the main loop is away from waiting. */
#pragma once

#include <gtk/gtk.h>

void loop_watch_start (void);
void loop_watch_stop (void);
void loop_watch_follow (GtkWidget *window);
void loop_watch_reset (void);
double loop_watch_get_longest (void);
double loop_watch_get_longest_layout (void);
double loop_watch_get_longest_paint (void);
