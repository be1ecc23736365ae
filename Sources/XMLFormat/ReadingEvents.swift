import CLibXML2

// The C functions that libxml2 calls; the context of each is the reading.
extension Reading {
  static let readBytes: xmlInputReadCallback = { context, target, room in
    guard let context else { return -1 }
    return context.assumingMemoryBound(to: Reading.self).pointee.copy(target, room)
  }

  static var events: xmlSAXHandler {
    var events = xmlSAXHandler()
    events.initialized = UInt32(XML_SAX2_MAGIC)
    events.startElementNs = {
      context, localName, prefix, uri, namespaceCount, namespaces, count, defaulted, attributes in
      guard let context else { return }
      context.assumingMemoryBound(to: Reading.self).pointee.start(
        localName, prefix, uri, namespaceCount, namespaces, count, defaulted, attributes)
    }
    events.endElementNs = { context, localName, prefix, uri in
      guard let context else { return }
      context.assumingMemoryBound(to: Reading.self).pointee.end(localName, prefix, uri)
    }
    let characters: charactersSAXFunc = { context, start, count in
      guard let context else { return }
      context.assumingMemoryBound(to: Reading.self).pointee.characters(start, Int(count))
    }
    events.characters = characters
    events.cdataBlock = characters
    // The same function: libxml2 then does not ask itself for each text whether it could be ignored.
    events.ignorableWhitespace = characters
    events.comment = { context, _ in
      guard let context else { return }
      context.assumingMemoryBound(to: Reading.self).pointee.other()
    }
    events.processingInstruction = { context, _, _ in
      guard let context else { return }
      context.assumingMemoryBound(to: Reading.self).pointee.other()
    }
    events.internalSubset = { context, _, _, _ in
      guard let context else { return }
      context.assumingMemoryBound(to: Reading.self).pointee.documentType()
    }
    events.serror = onevisit_structured { context, error in
      guard let context, let error else { return }
      context.assumingMemoryBound(to: Reading.self).pointee.errors.add(error)
    }
    return events
  }
}
