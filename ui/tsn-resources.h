/* Where the window's templates are found in the resource bundle. */
#pragma once

#define TSN_RESOURCES "/io/github/tsnstudio/TsnStudio/"
#define TSN_UI_RESOURCES TSN_RESOURCES "ui/"
