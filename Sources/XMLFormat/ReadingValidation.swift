import CLibXML2

// Validation: the automaton accepts, libxml2's validator explains.
//
// The schema's automaton is asked about every tag first. What it accepts is valid, and libxml2's validator is not shown
// it. What it does not accept is in doubt: the validator is brought to the same position in the document, judges that one
// tag, and its words are what is reported. It is brought there by opening the elements that are open, without attributes
// or text, and with the fewest children before them that lead to the same state of their content; its errors about
// that are dropped. What an element may still contain depends on nothing else, so that the validator reports what it
// would report had it seen the whole document.
//
// So a document is read once, from a pipe as from a file; one that is valid costs no validator, and each doubt costs no
// more than a few tags. Without an automaton the validator is shown everything.
extension Reading {
  /// What the automaton says of an element here.
  @inline(__always)
  func step(_ symbol: Int32) -> SchemaAutomaton.Step {
    guard let automaton, entrusted == 0 else { return .none }
    return automaton.step(from: depth == 0 ? Int32(AutomatonCompiler.documentState) : open[depth - 1].state, symbol)
  }

  /// The validator, which is made for the first doubt.
  /// - Returns: nil if it cannot be made; the reading is over then.
  mutating func askLibrary() -> ValidationContext? {
    if let validation { return validation }
    guard let schema else { return nil }
    do throws(XMLSchemaFailure) {
      let compiled = try schema.forLibrary()
      outline = compiled.outline
      validation = ValidationContext(compiled, parser: parser, errors: errors)
      if validation == nil { giveUpEngine(Reading.outOfMemory) }
      return validation
    } catch {
      giveUpEngine(error.detail)
      return nil
    }
  }

  private mutating func giveUpEngine(_ detail: String) {
    giveUp(.engine)
    fatal?.detail = detail
  }

  // MARK: - Judgements

  /// Lets the validator check the start tag of the innermost open element.
  /// - Returns: what it reports; nil for an element out of order or too many, which is reported and left out, along
  ///   with the rest of its parent, which the validator does not check any more.
  mutating func judge(
    _ step: SchemaAutomaton.Step, _ localName: UnsafePointer<UInt8>?, _ prefix: UnsafePointer<UInt8>?,
    _ uri: UnsafePointer<UInt8>?, _ namespaceCount: Int32,
    _ namespaces: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ attributeCount: Int32,
    _ defaultedCount: Int32, _ raw: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ line: Int
  ) -> [LibraryError]? {
    guard let validation = askLibrary() else { return nil }
    share(depth - 1, with: validation)
    validation.startElement(
      validation.user, localName, prefix, uri, namespaceCount, namespaces, attributeCount, defaultedCount, raw)
    shared = depth
    let found = errors.pending.pointee > 0 ? errors.takeSchema() : []
    guard found.contains(where: { $0.code == Int(XML_SCHEMAV_ELEMENT_CONTENT.rawValue) }) else {
      if entrusted == 0 {
        if step.isNone {
          // Not known to the automaton, nor is what may follow in the parent.
          entrusted = max(1, depth - 1)
        } else if namesType(raw, Int(attributeCount)) {
          entrusted = depth
        }
      }
      if depth > 1 { open[depth - 2].librarysState = step.state }
      return found
    }
    report(found, at: line)
    validation.endElement(validation.user, localName, prefix, uri)
    _ = errors.takeSchema()
    if innermostScope == depth { leaveScope() }
    depth -= 1
    shared = depth
    open[depth - 1].isLost = true
    isLeaf = false
    skipping = 1
    return nil
  }

  /// Whether a tag has attributes of other namespaces that may change what its element may contain: `xsi:type`,
  /// `xsi:nil`, or whatever else there is except the locations of schemas, which are not read.
  private func namesType(_ raw: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ count: Int) -> Bool {
    guard let raw else { return false }
    return (0..<count).contains { index in
      let attribute = raw + index * 5
      return attribute[2] != nil && !["schemaLocation", "noNamespaceSchemaLocation"].contains(name(attribute[0]))
    }
  }

  /// Lets the validator check text before a tag.
  mutating func judgeText() {
    guard let validation = askLibrary() else { return }
    share(depth, with: validation)
    validation.characters(validation.user, text.base, Int32(text.count))
    open[depth - 1].isTextShared = true
    let line = open[depth - 1].line
    report(errors.takeSchema(), at: line)
  }

  /// Checks the end of the innermost open element and its text.
  /// - Returns: false if the reading is over.
  @inline(__always)
  mutating func judgeEnd(
    _ localName: UnsafePointer<UInt8>?, _ prefix: UnsafePointer<UInt8>?, _ uri: UnsafePointer<UInt8>?
  ) -> Bool {
    let element = open + (depth - 1)
    let isAccepted =
      entrusted == 0 && !element.pointee.isLost && !element.pointee.isTextShared && element.pointee.type >= 0
      && automaton?.acceptsEnd(of: element.pointee.type, in: element.pointee.state, text.buffer, isLeaf: isLeaf)
        == true
    if isAccepted && shared < depth { return true }
    return askEnd(isAccepted, localName, prefix, uri)
  }

  private mutating func askEnd(
    _ isAccepted: Bool, _ localName: UnsafePointer<UInt8>?, _ prefix: UnsafePointer<UInt8>?,
    _ uri: UnsafePointer<UInt8>?
  ) -> Bool {
    if !isAccepted, problems.count >= kept, shared < depth, hasProblemAtEnd() {
      total += 1
      return true
    }
    guard let validation = askLibrary() else { return false }
    if isAccepted {
      errors.isMuted = true
      validation.endElement(validation.user, localName, prefix, uri)
      errors.isMuted = false
    } else {
      share(depth, with: validation)
      if text.count > 0, isLeaf || !text.buffer.isBlank {
        validation.characters(validation.user, text.base, Int32(text.count))
      }
      validation.endElement(validation.user, localName, prefix, uri)
      if errors.pending.pointee > 0 {
        let line = open[depth - 1].line
        report(errors.takeSchema(), at: line)
      }
    }
    shared = depth - 1
    if entrusted == depth { entrusted = 0 }
    return true
  }

  /// The innermost open element declares namespaces.
  mutating func noteScope(_ count: Int32, _ namespaces: UnsafeMutablePointer<UnsafePointer<UInt8>?>?) {
    guard count > 0, let namespaces, automaton != nil else { return }
    scopes.append((depth, Array(UnsafeBufferPointer(start: namespaces, count: Int(count) * 2))))
    innermostScope = depth
  }

  /// The innermost element that declares namespaces ends.
  mutating func leaveScope() {
    scopes.removeLast()
    innermostScope = scopes.last?.depth ?? 0
  }

  // MARK: - The same position in the validator

  /// Brings the validator to where the reading is in the outermost `count` of the open elements.
  private mutating func share(_ count: Int, with validation: ValidationContext) {
    guard entrusted == 0, automaton != nil else { return }
    errors.isMuted = true
    defer { errors.isMuted = false }
    while shared < count {
      // The next of the open elements, after the children that come before it.
      if shared > 0 { follow(shared - 1, isOpen: true, validation) }
      let element = open + shared
      var declared = scopes.first { $0.depth == shared + 1 }?.declared ?? []
      declared.withUnsafeMutableBufferPointer { namespaces in
        validation.startElement(
          validation.user, element.pointee.localName, nil, table.namespace, Int32(namespaces.count / 2),
          namespaces.baseAddress, 0, 0, nil)
      }
      element.pointee.librarysState = automaton?.types[Int(element.pointee.type)].state ?? -1
      shared += 1
    }
    if shared > 0 { follow(shared - 1, isOpen: false, validation) }
  }

  /// Shows the validator the children that bring the content of an element to the state that it is in.
  /// - Parameter isOpen: the last of them is still open, and left for later.
  private mutating func follow(_ index: Int, isOpen: Bool, _ validation: ValidationContext) {
    let element = open + index
    guard let automaton, element.pointee.state != element.pointee.librarysState || isOpen,
      let path = automaton.path(
        from: element.pointee.librarysState, to: element.pointee.state, least: isOpen ? 1 : 0)
    else { return }
    for child in isOpen ? path.dropLast() : path[...] {
      let name = table.symbolNames[Int(child.symbol)]
      validation.startElement(validation.user, name, nil, table.namespace, 0, nil, 0, 0, nil)
      validation.endElement(validation.user, name, nil, table.namespace)
    }
    element.pointee.librarysState = element.pointee.state
  }
}
