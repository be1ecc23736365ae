/// A matter's name without what spelling adds: punctuation, blanks, full-width forms and endings that mean nothing.
enum MatterNameForm {
  /// A shorter form is too short to compare.
  static let fewestBytes = 6

  private static let endings: [[UInt8]] = ["一件事", "事项", "服务", "办理", "申请"].map { Array($0.utf8) }

  /// Writes the form to the beginning of `form`, which grows if it has to.
  /// - Returns: the length of the form.
  static func write(_ name: UnsafeBufferPointer<UInt8>, to form: inout [UInt8]) -> Int {
    while form.count < name.count { form.append(contentsOf: repeatElement(0, count: name.count)) }
    return form.withUnsafeMutableBufferPointer { form in
      var length = 0
      func append(_ byte: UInt8) {
        form[length] = byte
        length += 1
      }
      var index = 0
      while index < name.count {
        let byte = name[index]
        if byte < 0x80 {
          if isWord(byte) { append(byte) }
          index += 1
          continue
        }
        let width = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        let end = min(index + width, name.count)
        if width == 3, end == index + 3 {
          let code = UInt32(byte & 0x0F) << 12 | UInt32(name[index + 1] & 0x3F) << 6 | UInt32(name[index + 2] & 0x3F)
          switch code {
          case 0x2000...0x206F, 0x3000...0x3020: break
          case 0xFF01...0xFF5E:
            let plain = UInt8(code - 0xFEE0)
            if isWord(plain) { append(plain) }
          default: for part in index..<end { append(name[part]) }
          }
        } else if width != 2 || byte != 0xC2 {
          for part in index..<end { append(name[part]) }
        }
        index = end
      }
      return length - ending(UnsafeBufferPointer(rebasing: form[..<length]))
    }
  }

  /// How many bytes at the end of a form mean nothing.
  @inline(__always)
  private static func ending(_ form: UnsafeBufferPointer<UInt8>) -> Int {
    let length = form.count
    // They end with 事 E4BA8B, 项 E9A1B9, 务 E58AA1, 理 E79086 and 请 E8AFB7: most names do not.
    guard length > 2 else { return 0 }
    switch (form[length - 2], form[length - 1]) {
    case (0xBA, 0x8B), (0xA1, 0xB9), (0x8A, 0xA1), (0x90, 0x86), (0xAF, 0xB7): break
    default: return 0
    }
    return endings.first { bytes in
      length >= bytes.count + 6 && form[(length - bytes.count)...].elementsEqual(bytes)
    }?.count ?? 0
  }

  /// The hash of a name's form, never 0; 0 for a form that is too short to compare.
  /// - Parameter room: where forms that differ from the name are written.
  static func hash(_ name: UnsafeBufferPointer<UInt8>, _ room: inout [UInt8]) -> UInt64 {
    if isForm(name) { return hash(UnsafeBufferPointer(rebasing: name[..<(name.count - ending(name))])) }
    let length = write(name, to: &room)
    return room.withUnsafeBufferPointer { hash(UnsafeBufferPointer(rebasing: $0[..<length])) }
  }

  /// Whether a name consists of characters that its form has as well: U+4000 to U+9FFF, whose first byte is E4 to E9.
  @inline(__always)
  private static func isForm(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard name.count % 3 == 0 else { return false }
    var index = 0
    while index < name.count {
      if name[index] &- 0xE4 > 5 { return false }
      index += 3
    }
    return true
  }

  @inline(__always)
  private static func hash(_ form: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard form.count >= fewestBytes, let base = form.baseAddress else { return 0 }
    let raw = UnsafeRawPointer(base)
    var hash = UInt64(form.count)
    var index = 0
    while index + 8 <= form.count {
      hash = mix(hash, raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index += 8
    }
    var tail: UInt64 = 0
    while index < form.count {
      tail = tail << 8 | UInt64(form[index])
      index += 1
    }
    return mix(hash, tail) | 1
  }

  @inline(__always)
  private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word ^ 0xD6E8_FEB8_6659_FD93).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || byte >= 0x41 && byte <= 0x5A || byte >= 0x61 && byte <= 0x7A
  }
}
