/* A document and a folder of photos, or of a data set with labels. */
#pragma once

#include "ui-fixture.h"

#include "ui/tsn-document-source.h"

/** Width and height of the photos. */
#define SOURCES_WIDTH 96
#define SOURCES_HEIGHT 64

typedef struct
{
  UiFixture files;
  char *root; /* an empty folder, or that of a data set */
  TsnDocument *document;
  char *message;
} Sources;

/* Tasks of the model: semseg, human parts, edge, saliency, normals, depth. */
enum
{
  SEMSEG,
  PARTS,
  EDGE,
  SALIENCY,
  NORMALS,
  DEPTH
};

void sources_set_up (Sources *fixture, gconstpointer data);
void sources_tear_down (Sources *fixture, gconstpointer data);
gboolean sources_are_idle (gpointer data);
void sources_add_photo (Sources *fixture, const char *name);
void sources_open (Sources *fixture);
void sources_add_dataset (Sources *fixture, guint8 class);
void sources_load_model (Sources *fixture);
