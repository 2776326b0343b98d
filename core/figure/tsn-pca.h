/* Feature maps as colours: principal components of channels, fitted jointly. */
#pragma once

#include "core/base/tsn-tensor.h"

G_BEGIN_DECLS

/** How many components become red, green and blue. */
#define TSN_PCA_COMPONENTS 3

/**
 * TsnPca:
 * @channels: of the maps
 * @mean: (array length=channels): of every channel
 * @axes: (array): %TSN_PCA_COMPONENTS x @channels orthonormal directions, those in which the maps
 *   vary most first; zero where there are fewer
 * @share: share of the variance along each, 0..1
 * @low, @high: the coordinates along each between which nearly all pixels lie
 *
 * A basis that turns the channels of a pixel into a colour.  Maps drawn with one basis have
 * comparable colours: equal features are equal colours, in all of them.
 */
typedef struct
{
  guint channels;
  double *mean;
  double *axes;
  double share[TSN_PCA_COMPONENTS];
  double low[TSN_PCA_COMPONENTS];
  double high[TSN_PCA_COMPONENTS];

  /*< private >*/
  gatomicrefcount ref_count;
} TsnPca;

TsnPca *tsn_pca_fit (TsnTensor *const *maps, guint n_maps, const TsnPca *earlier);
TsnPca *tsn_pca_ref (TsnPca *pca);
void tsn_pca_unref (TsnPca *pca);

void tsn_pca_project (const TsnPca *pca, const TsnTensor *map, size_t pixel, double *coordinates);
void tsn_pca_colour (const TsnPca *pca, const TsnTensor *map, guint8 *rgb);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TsnPca, tsn_pca_unref)

G_END_DECLS
