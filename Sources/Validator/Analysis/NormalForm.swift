/// Finds the first character that NFC would change. The standard library compares texts by canonical equivalence, but
/// returns no normal form, so it is looked up in a table of candidates.
enum NormalForm {
  struct Fault: Equatable {
    /// Counted from 1.
    var position: Int
    var written: [Unicode.Scalar]
    /// Its normal form; nil if that is not one character.
    var normal: Unicode.Scalar?
  }

  static func firstFault(in text: String) -> Fault? {
    var position = 1
    for character in text {
      let scalars = Array(character.unicodeScalars)
      defer { position += scalars.count }
      for (number, scalar) in scalars.enumerated() {
        if let plain = CompatibilityIdeographs.plain(scalar) {
          return Fault(position: position + number, written: [scalar], normal: plain)
        }
        // A character that no normal form contains.
        if scalar.properties.isFullCompositionExclusion {
          return Fault(position: position + number, written: [scalar], normal: composed[Character(scalar)])
        }
      }
      guard scalars.count > 1 else { continue }
      if let whole = composed[character] ?? syllable(scalars) {
        return Fault(position: position, written: scalars, normal: whole)
      }
      if let part = composed[Character(String(String.UnicodeScalarView(scalars.prefix(2))))] {
        return Fault(position: position, written: Array(scalars.prefix(2)), normal: part)
      }
      let classes = scalars.map { $0.properties.canonicalCombiningClass.rawValue }
      for (before, after) in zip(classes, classes.dropFirst()) where after > 0 && before > after {
        return Fault(position: position, written: scalars, normal: nil)
      }
    }
    return nil
  }

  /// The text in NFC; nil if the normal form of one of its characters is not known here.
  static func normalized(_ text: String) -> String? {
    var scalars = Array(text.unicodeScalars)
    // Each turn takes one fault away.
    for _ in 0...scalars.count {
      let text = String(String.UnicodeScalarView(scalars))
      guard let fault = firstFault(in: text) else { return text }
      guard let normal = fault.normal else { return nil }
      let start = fault.position - 1
      scalars.replaceSubrange(start..<start + fault.written.count, with: [normal])
    }
    return nil
  }

  /// Composed characters by their equivalents; built on first use.
  private static let composed: [Character: Unicode.Scalar] = {
    var table: [Character: Unicode.Scalar] = [:]
    let ranges: [ClosedRange<UInt32>] = [
      0x41...0x5A, 0xB4...0xB7, 0xC0...0x24F, 0x2B9...0x2B9, 0x300...0x345, 0x370...0x4FF, 0x600...0x6FF, 0x900...0xDFF,
      0x1000...0x10FF, 0x1B00...0x1B4F, 0x1E00...0x1FFF, 0x2000...0x2010, 0x2190...0x22FF, 0x3001...0x30FF,
    ]
    for value in ranges.joined() {
      guard let scalar = Unicode.Scalar(value), !scalar.properties.isFullCompositionExclusion else { continue }
      table[Character(scalar)] = scalar
    }
    return table
  }()

  /// The Hangul syllable of these jamo.
  private static func syllable(_ scalars: [Unicode.Scalar]) -> Unicode.Scalar? {
    guard scalars.count >= 2 else { return nil }
    if (0xAC00...0xD7A3).contains(scalars[0].value), (scalars[0].value - 0xAC00) % 28 == 0,
      (0x11A8...0x11C2).contains(scalars[1].value)
    {
      return Unicode.Scalar(scalars[0].value + scalars[1].value - 0x11A7)
    }
    guard (0x1100...0x1112).contains(scalars[0].value), (0x1161...0x1175).contains(scalars[1].value) else { return nil }
    var value = 0xAC00 + ((scalars[0].value - 0x1100) * 21 + scalars[1].value - 0x1161) * 28
    if scalars.count > 2, (0x11A8...0x11C2).contains(scalars[2].value) { value += scalars[2].value - 0x11A7 }
    return Unicode.Scalar(value)
  }
}
