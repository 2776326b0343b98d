/* Metadata for PDF files that cairo wrote, which has no function for them. */
#include "core/figure/tsn-figure-xmp.h"

#include "core/base/tsn-error.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* What the end of a PDF file says (ISO 32000-1, 7.5.5). */
typedef struct
{
  guint size; /* number of objects */
  guint root; /* number of the catalog */
  guint info; /* number of the information dictionary */
  guint xref; /* place of the table of objects */
} Trailer;

static const char *
find_last (const GByteArray *pdf, const char *text)
{
  size_t length = strlen (text);

  for (size_t at = pdf->len - MIN (pdf->len, length) + 1; at-- > 0;)
    if (memcmp (pdf->data + at, text, length) == 0)
      return (const char *) pdf->data + at;
  return NULL;
}

static gboolean
read_trailer (const GByteArray *pdf, Trailer *trailer)
{
  const char *text = find_last (pdf, "trailer\n");

  return text != NULL
         && sscanf (text, "trailer << /Size %u /Root %u 0 R /Info %u 0 R >> startxref %u",
                    &trailer->size, &trailer->root, &trailer->info, &trailer->xref)
                == 4;
}

/* The catalog's dictionary without its end. */
static char *
copy_catalog (const GByteArray *pdf, const Trailer *trailer)
{
  g_autofree char *begin = g_strdup_printf ("\n%u 0 obj\n<<", trailer->root);
  const char *catalog = find_last (pdf, begin);
  const char *end;

  if (catalog == NULL)
    return NULL;
  catalog += strlen (begin);
  end = strstr (catalog, ">>\nendobj");
  return end != NULL ? g_strndup (catalog, end - catalog) : NULL;
}

static void
append (GByteArray *pdf, const char *text)
{
  g_byte_array_append (pdf, (const guint8 *) text, strlen (text));
}

static void
append_update (GByteArray *pdf, const Trailer *trailer, const char *catalog, const char *packet)
{
  g_autofree char *stream = g_strdup_printf ("%u 0 obj\n<< /Type /Metadata /Subtype /XML "
                                             "/Length %" G_GSIZE_FORMAT " >>\nstream\n",
                                             trailer->size, strlen (packet));
  g_autofree char *root = g_strdup_printf ("%u 0 obj\n<<%s   /Metadata %u 0 R\n>>\nendobj\n",
                                           trailer->root, catalog, trailer->size);
  g_autofree char *table = NULL;
  guint stream_place = pdf->len, root_place, table_place;

  append (pdf, stream);
  append (pdf, packet);
  append (pdf, "\nendstream\nendobj\n");
  root_place = pdf->len;
  append (pdf, root);
  table_place = pdf->len;
  table
      = g_strdup_printf ("xref\n%u 1\n%010u 00000 n \n%u 1\n%010u 00000 n \n"
                         "trailer\n<< /Size %u\n   /Root %u 0 R\n   /Info %u 0 R\n"
                         "   /Prev %u\n>>\nstartxref\n%u\n%%%%EOF\n",
                         trailer->root, root_place, trailer->size, stream_place, trailer->size + 1,
                         trailer->root, trailer->info, trailer->xref, table_place);
  append (pdf, table);
}

/**
 * tsn_figure_pdf_add_metadata:
 * @pdf: a file that cairo wrote as PDF 1.4, whose objects are not compressed
 * @packet: XMP
 * @error: %TSN_ERROR_FORMAT when the file is not as expected
 *
 * Adds a metadata stream to the catalog by an incremental update (ISO 32000-1, 7.5.6 and 14.3.2).
 */
gboolean
tsn_figure_pdf_add_metadata (GByteArray *pdf, const char *packet, GError **error)
{
  g_autofree char *catalog = NULL;
  Trailer trailer;

  /* Text is looked for, so it has to end. */
  g_byte_array_append (pdf, (const guint8 *) "", 1);
  g_byte_array_set_size (pdf, pdf->len - 1);
  if (read_trailer (pdf, &trailer))
    catalog = copy_catalog (pdf, &trailer);
  if (catalog == NULL)
    {
      g_set_error_literal (error, TSN_ERROR, TSN_ERROR_FORMAT,
                           _ ("The PDF file should end in a catalog and a trailer, but does not"));
      return FALSE;
    }
  append_update (pdf, &trailer, catalog, packet);
  return TRUE;
}
