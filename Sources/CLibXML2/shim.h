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

/* The library of the interface that these headers describe: libxml2 2.14 changed it, and the number with it. */
#if defined(__APPLE__)
#define ONEVISIT_LIBXML2 "libxml2.2.dylib"
#elif LIBXML_VERSION >= 21400
#define ONEVISIT_LIBXML2 "libxml2.so.16"
#else
#define ONEVISIT_LIBXML2 "libxml2.so.2"
#endif

static inline xmlStructuredErrorFunc onevisit_structured(onevisit_error_handler handler) {
  return (xmlStructuredErrorFunc)handler;
}

#endif
