import CLibXML2

/// libxml2's parser context, freed with its owner (`xmlFreeParserCtxt`).
final class ParserContext {
  let pointer: xmlParserCtxtPtr

  /// A parser that pulls its bytes through `read` and reports to `handler`, both with `user` as context
  /// (`xmlCreateIOParserCtxt`). Options are `XML_PARSE_NONET | XML_PARSE_BIG_LINES` and no others: `NOENT` would open
  /// local files, `RECOVER` would guess, `HUGE` would lift the limits.
  /// - Returns: nil if there is no memory for it.
  init?(handler: consuming xmlSAXHandler, user: UnsafeMutableRawPointer, read: xmlInputReadCallback) {
    guard
      let pointer = withUnsafeMutablePointer(
        to: &handler, { xmlCreateIOParserCtxt($0, user, read, nil, user, XML_CHAR_ENCODING_NONE) })
    else { return nil }
    self.pointer = pointer
    xmlCtxtUseOptions(pointer, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_BIG_LINES.rawValue))
  }

  deinit {
    // An entity that a DOCTYPE declares before the reading ends there makes libxml2 a document to keep it in, which it
    // frees only where a document ends as it should. The names in it are the parser's.
    if let document = pointer.pointee.myDoc {
      pointer.pointee.myDoc = nil
      xmlFreeDoc(document)
    }
    xmlFreeParserCtxt(pointer)
  }
}

/// libxml2's validation of a stream of events. It is not put between parser and reader, as `xmlSchemaSAXPlug` is meant
/// to be used, but asked by the reader: so the reader can keep from it what it would stumble over, and hand it a text
/// in one piece. (For each piece of 300 bytes libxml2 copies the whole text so far; a megabyte would take a second.)
final class ValidationContext {
  /// Kept until this is freed: the names that the validator remembers are in its dictionary.
  private let parser: ParserContext
  private let schema: CompiledSchema
  private let context: OpaquePointer
  private let plug: OpaquePointer
  // libxml2 keeps the addresses of these two and writes there when it is unplugged.
  private let handlerSlot: UnsafeMutablePointer<UnsafeMutablePointer<xmlSAXHandler>?>
  private let userSlot: UnsafeMutablePointer<UnsafeMutableRawPointer?>

  let startElement: startElementNsSAX2Func
  let endElement: endElementNsSAX2Func
  let characters: charactersSAXFunc
  /// What the three functions take as their context.
  let user: UnsafeMutableRawPointer

  /// A validation against `schema` with its errors going to `errors` (`xmlSchemaNewValidCtxt`, `xmlSchemaSAXPlug`).
  /// - Returns: nil if there is no memory for it.
  init?(_ schema: CompiledSchema, parser: ParserContext, errors: ErrorList) {
    guard let context = xmlSchemaNewValidCtxt(schema.pointer) else { return nil }
    xmlSchemaSetValidStructuredErrors(
      context, onevisit_structured(ErrorList.handler), Unmanaged.passUnretained(errors).toOpaque())
    let handlerSlot = UnsafeMutablePointer<UnsafeMutablePointer<xmlSAXHandler>?>.allocate(capacity: 1)
    handlerSlot.initialize(to: nil)
    let userSlot = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: 1)
    userSlot.initialize(to: nil)
    let plug = xmlSchemaSAXPlug(context, handlerSlot, userSlot)
    guard let plug, let handler = handlerSlot.pointee?.pointee, let user = userSlot.pointee,
      let startElement = handler.startElementNs, let endElement = handler.endElementNs,
      let characters = handler.characters
    else {
      if let plug { xmlSchemaSAXUnplug(plug) }
      xmlSchemaFreeValidCtxt(context)
      handlerSlot.deallocate()
      userSlot.deallocate()
      return nil
    }
    self.parser = parser
    self.schema = schema
    self.context = context
    self.plug = plug
    self.handlerSlot = handlerSlot
    self.userSlot = userSlot
    self.startElement = startElement
    self.endElement = endElement
    self.characters = characters
    self.user = user
  }

  deinit {
    xmlSchemaSAXUnplug(plug)
    xmlSchemaFreeValidCtxt(context)
    handlerSlot.deallocate()
    userSlot.deallocate()
  }
}
