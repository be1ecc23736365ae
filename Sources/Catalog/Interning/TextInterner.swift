import AtomicFiles

/// The columns whose texts are interned.
package enum TextColumn: UInt8, Sendable, CaseIterable {
  case matterID, matterName, lead, deadline, remark, includes, placeholder, itemMatter, itemName, responsible, list,
    audience
}

/// The distinct texts of one column: a `ByteInterner` whose numbers are `TextID`s of that column, and whose number 0 is the
/// empty text. One thread adds texts while a catalog is read; afterwards it is read only.
struct TextInterner: Sendable {
  let kind: TextColumn
  let texts = ByteInterner(expectsAscending: true)

  init(_ kind: TextColumn) {
    self.kind = kind
    _ = texts.intern(copying: "")
  }

  /// How many distinct texts there are, the empty one included.
  var count: Int { texts.count }

  /// Keeps `bytes` alive as long as the interner, so that texts can point into it.
  func own(_ bytes: Bytes) { texts.keepAlive(bytes) }

  /// The id of the text at `start`, whose memory must stay valid as long as the interner (see `own`).
  @inline(__always)
  func intern(_ start: UnsafePointer<UInt8>, _ length: Int) -> TextID { id(texts.intern(start, length)) }

  /// The id of a text, which is copied if it is new.
  @inline(__always)
  func internCopying(_ bytes: UnsafeBufferPointer<UInt8>) -> TextID {
    bytes.isEmpty ? id(0) : id(texts.intern(copying: bytes))
  }

  func internCopying(_ text: String) -> TextID { id(texts.intern(copying: text)) }

  /// The ids of several texts that are not empty, each copied if it is new.
  func internCopying(_ texts: [UnsafeBufferPointer<UInt8>], _ body: (_ index: Int, _ id: TextID) -> Void) {
    self.texts.intern(copying: texts) { body($0, id($1)) }
  }

  /// Another id for the same text. Afterwards no text may be interned.
  func copy(_ index: Int) -> TextID { id(texts.copy(of: index)) }

  /// The id of a text if it has been interned.
  func lookUp(_ start: UnsafePointer<UInt8>, _ length: Int) -> TextID? { texts.number(of: start, length).map(id) }

  /// Whether the text at `index` is the one at `start`.
  @inline(__always)
  func holds(_ index: Int, _ start: UnsafePointer<UInt8>, _ length: Int) -> Bool { texts.equals(index, start, length) }

  /// The bytes of a text; valid as long as the interner.
  @inline(__always)
  func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> { texts.bytes(of: index) }

  func text(_ index: Int) -> String { texts.text(index) }

  @inline(__always)
  private func id(_ number: Int) -> TextID { TextID(column: kind, index: UInt32(truncatingIfNeeded: number)) }
}
