#ifndef ONEVISIT_LIBXML2_SHIM_H
#define ONEVISIT_LIBXML2_SHIM_H

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlversion.h>

/* libxml2 2.12 made the error const. One type here, so that the Swift above is the same for both. */
typedef void (*onevisit_error_handler)(void *context, const xmlError *error);

static inline xmlStructuredErrorFunc onevisit_structured(onevisit_error_handler handler) {
  return (xmlStructuredErrorFunc)handler;
}

#endif
