import CLibXML2
import Platform
import Synchronization

/// The functions of libxml2 that this module calls, found in the shared library when the first document is read
/// (`dlopen`): a command that reads no XML does not load it, nor ICU, liblzma and the others that it needs.
///
/// The functions below bear the names that they have in C, and take the place of those that `CLibXML2` declares.
struct LibXML2: Sendable {
  typealias Text = UnsafePointer<xmlChar>

  let byteConsumed: @convention(c) (xmlParserCtxtPtr?) -> Int
  let createIOParserCtxt:
    @convention(c) (
      xmlSAXHandlerPtr?, UnsafeMutableRawPointer?, xmlInputReadCallback?, xmlInputCloseCallback?,
      UnsafeMutableRawPointer?, xmlCharEncoding
    ) -> xmlParserCtxtPtr?
  let ctxtUseOptions: @convention(c) (xmlParserCtxtPtr?, Int32) -> Int32
  let dictExists: @convention(c) (xmlDictPtr?, Text?, Int32) -> Text?
  let dictLookup: @convention(c) (xmlDictPtr?, Text?, Int32) -> Text?
  let dictSize: @convention(c) (xmlDictPtr?) -> Int32
  let freeDoc: @convention(c) (xmlDocPtr?) -> Void
  let freeParserCtxt: @convention(c) (xmlParserCtxtPtr?) -> Void
  let initParser: @convention(c) () -> Void
  let parseDocument: @convention(c) (xmlParserCtxtPtr?) -> Int32
  let schemaFree: @convention(c) (xmlSchemaPtr?) -> Void
  let schemaFreeParserCtxt: @convention(c) (xmlSchemaParserCtxtPtr?) -> Void
  let schemaFreeValidCtxt: @convention(c) (xmlSchemaValidCtxtPtr?) -> Void
  let schemaNewMemParserCtxt: @convention(c) (UnsafePointer<CChar>?, Int32) -> xmlSchemaParserCtxtPtr?
  let schemaNewValidCtxt: @convention(c) (xmlSchemaPtr?) -> xmlSchemaValidCtxtPtr?
  let schemaParse: @convention(c) (xmlSchemaParserCtxtPtr?) -> xmlSchemaPtr?
  let schemaSAXPlug:
    @convention(c) (
      xmlSchemaValidCtxtPtr?, UnsafeMutablePointer<xmlSAXHandlerPtr?>?, UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    ) -> xmlSchemaSAXPlugPtr?
  let schemaSAXUnplug: @convention(c) (xmlSchemaSAXPlugPtr?) -> Int32
  let schemaSetParserStructuredErrors:
    @convention(c) (xmlSchemaParserCtxtPtr?, xmlStructuredErrorFunc?, UnsafeMutableRawPointer?) -> Void
  let schemaSetValidStructuredErrors:
    @convention(c) (xmlSchemaValidCtxtPtr?, xmlStructuredErrorFunc?, UnsafeMutableRawPointer?) -> Void
  let setExternalEntityLoader: @convention(c) (xmlExternalEntityLoader?) -> Void
  let setStructuredErrorFunc: @convention(c) (UnsafeMutableRawPointer?, xmlStructuredErrorFunc?) -> Void
  let stopParser: @convention(c) (xmlParserCtxtPtr?) -> Void
  let structuredError: @convention(c) () -> UnsafeMutablePointer<xmlStructuredErrorFunc?>?
  let structuredErrorContext: @convention(c) () -> UnsafeMutablePointer<UnsafeMutableRawPointer?>?

  /// The library; nil if the system does not have it. It stays loaded until the program ends.
  static let loaded = LibXML2()

  /// Why it is not loaded: it is missing, or there is too little memory to map it.
  static var missing: String {
    wasShortOfMemory.withLock { $0 } ? Reading.outOfMemory : ONEVISIT_LIBXML2
  }

  /// Whether mapping the library failed for want of memory.
  private static let wasShortOfMemory = Mutex(false)

  private init?() {
    guard let handle = dlopen(ONEVISIT_LIBXML2, RTLD_LAZY | RTLD_LOCAL) else {
      // The C library says so in words only: “failed to map segment from shared object: Cannot allocate memory”.
      let reason = dlerror().map { String(cString: $0) } ?? ""
      LibXML2.wasShortOfMemory.withLock { $0 = reason.contains("llocate memory") || reason.contains("map segment") }
      return nil
    }
    func find<Function>(_ name: String) throws(Missing) -> Function {
      guard let address = dlsym(handle, name) else { throw Missing() }
      return unsafeBitCast(address, to: Function.self)
    }
    do throws(Missing) {
      byteConsumed = try find("xmlByteConsumed")
      createIOParserCtxt = try find("xmlCreateIOParserCtxt")
      ctxtUseOptions = try find("xmlCtxtUseOptions")
      dictExists = try find("xmlDictExists")
      dictLookup = try find("xmlDictLookup")
      dictSize = try find("xmlDictSize")
      freeDoc = try find("xmlFreeDoc")
      freeParserCtxt = try find("xmlFreeParserCtxt")
      initParser = try find("xmlInitParser")
      parseDocument = try find("xmlParseDocument")
      schemaFree = try find("xmlSchemaFree")
      schemaFreeParserCtxt = try find("xmlSchemaFreeParserCtxt")
      schemaFreeValidCtxt = try find("xmlSchemaFreeValidCtxt")
      schemaNewMemParserCtxt = try find("xmlSchemaNewMemParserCtxt")
      schemaNewValidCtxt = try find("xmlSchemaNewValidCtxt")
      schemaParse = try find("xmlSchemaParse")
      schemaSAXPlug = try find("xmlSchemaSAXPlug")
      schemaSAXUnplug = try find("xmlSchemaSAXUnplug")
      schemaSetParserStructuredErrors = try find("xmlSchemaSetParserStructuredErrors")
      schemaSetValidStructuredErrors = try find("xmlSchemaSetValidStructuredErrors")
      setExternalEntityLoader = try find("xmlSetExternalEntityLoader")
      setStructuredErrorFunc = try find("xmlSetStructuredErrorFunc")
      stopParser = try find("xmlStopParser")
      structuredError = try find("__xmlStructuredError")
      structuredErrorContext = try find("__xmlStructuredErrorContext")
    } catch {
      return nil
    }
  }

  private struct Missing: Error {}
}

func xmlByteConsumed(_ context: xmlParserCtxtPtr?) -> Int { LibXML2.loaded?.byteConsumed(context) ?? -1 }

func xmlCreateIOParserCtxt(
  _ handler: xmlSAXHandlerPtr?, _ user: UnsafeMutableRawPointer?, _ read: xmlInputReadCallback?,
  _ close: xmlInputCloseCallback?, _ context: UnsafeMutableRawPointer?, _ encoding: xmlCharEncoding
) -> xmlParserCtxtPtr? {
  LibXML2.loaded?.createIOParserCtxt(handler, user, read, close, context, encoding)
}

@discardableResult
func xmlCtxtUseOptions(_ context: xmlParserCtxtPtr?, _ options: Int32) -> Int32 {
  LibXML2.loaded?.ctxtUseOptions(context, options) ?? -1
}

func xmlDictExists(_ names: xmlDictPtr?, _ name: LibXML2.Text?, _ count: Int32) -> LibXML2.Text? {
  LibXML2.loaded?.dictExists(names, name, count)
}

func xmlDictLookup(_ names: xmlDictPtr?, _ name: LibXML2.Text?, _ count: Int32) -> LibXML2.Text? {
  LibXML2.loaded?.dictLookup(names, name, count)
}

func xmlDictSize(_ names: xmlDictPtr?) -> Int32 { LibXML2.loaded?.dictSize(names) ?? -1 }

func xmlFreeDoc(_ document: xmlDocPtr?) { LibXML2.loaded?.freeDoc(document) }

func xmlFreeParserCtxt(_ context: xmlParserCtxtPtr?) { LibXML2.loaded?.freeParserCtxt(context) }

func xmlInitParser() { LibXML2.loaded?.initParser() }

@discardableResult
func xmlParseDocument(_ context: xmlParserCtxtPtr?) -> Int32 { LibXML2.loaded?.parseDocument(context) ?? -1 }

func xmlSchemaFree(_ schema: xmlSchemaPtr?) { LibXML2.loaded?.schemaFree(schema) }

func xmlSchemaFreeParserCtxt(_ context: xmlSchemaParserCtxtPtr?) { LibXML2.loaded?.schemaFreeParserCtxt(context) }

func xmlSchemaFreeValidCtxt(_ context: xmlSchemaValidCtxtPtr?) { LibXML2.loaded?.schemaFreeValidCtxt(context) }

func xmlSchemaNewMemParserCtxt(_ text: UnsafePointer<CChar>?, _ count: Int32) -> xmlSchemaParserCtxtPtr? {
  LibXML2.loaded?.schemaNewMemParserCtxt(text, count)
}

func xmlSchemaNewValidCtxt(_ schema: xmlSchemaPtr?) -> xmlSchemaValidCtxtPtr? {
  LibXML2.loaded?.schemaNewValidCtxt(schema)
}

func xmlSchemaParse(_ context: xmlSchemaParserCtxtPtr?) -> xmlSchemaPtr? { LibXML2.loaded?.schemaParse(context) }

func xmlSchemaSAXPlug(
  _ context: xmlSchemaValidCtxtPtr?, _ handler: UnsafeMutablePointer<xmlSAXHandlerPtr?>?,
  _ user: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> xmlSchemaSAXPlugPtr? {
  LibXML2.loaded?.schemaSAXPlug(context, handler, user)
}

@discardableResult
func xmlSchemaSAXUnplug(_ plug: xmlSchemaSAXPlugPtr?) -> Int32 { LibXML2.loaded?.schemaSAXUnplug(plug) ?? -1 }

func xmlSchemaSetParserStructuredErrors(
  _ context: xmlSchemaParserCtxtPtr?, _ handler: xmlStructuredErrorFunc?, _ user: UnsafeMutableRawPointer?
) {
  LibXML2.loaded?.schemaSetParserStructuredErrors(context, handler, user)
}

func xmlSchemaSetValidStructuredErrors(
  _ context: xmlSchemaValidCtxtPtr?, _ handler: xmlStructuredErrorFunc?, _ user: UnsafeMutableRawPointer?
) {
  LibXML2.loaded?.schemaSetValidStructuredErrors(context, handler, user)
}

func xmlSetExternalEntityLoader(_ loader: xmlExternalEntityLoader?) {
  LibXML2.loaded?.setExternalEntityLoader(loader)
}

func xmlSetStructuredErrorFunc(_ context: UnsafeMutableRawPointer?, _ handler: xmlStructuredErrorFunc?) {
  LibXML2.loaded?.setStructuredErrorFunc(context, handler)
}

func xmlStopParser(_ context: xmlParserCtxtPtr?) { LibXML2.loaded?.stopParser(context) }
