/* The blend of a document, without a window. */
#pragma once

#include "ui-fixture.h"

#include "ui/tsn-document.h"

typedef struct
{
  UiFixture files;
  TsnDocument *document;
  TsnBlend *blend;
  guint changes;
  guint predictions;
  guint whole; /* those of full size */
} Studio;

void blend_wait (Studio *studio);
void blend_set_up (Studio *studio, gconstpointer data);
void blend_tear_down (Studio *studio, gconstpointer data);
void blend_keep_cb (guint index, TsnTensor *output, gpointer data);
TsnTensor *blend_compute (Studio *studio);
void blend_assert_shown (Studio *studio);
