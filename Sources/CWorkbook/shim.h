// Types and constants of minizip and libxlsxwriter. Nothing here is linked: WorkbookFormat loads both libraries when a
// workbook is read or written, so that no other command pays for them.
#ifndef ONEVISIT_CWORKBOOK_SHIM_H
#define ONEVISIT_CWORKBOOK_SHIM_H

#include <minizip/unzip.h>
#include <minizip/zip.h>
#include <xlsxwriter.h>

#endif
