import AtomicFiles

/// Text as XML wants it: what has to be escaped, and what it cannot hold at all.
enum XMLText {
  /// Adds `bytes` as the text of an element or as the value of an attribute. Escaped are the characters that a reader would
  /// take for markup or change: `&`, `<`, `>`, CR, and in an attribute `"`, tab and LF.
  @inline(__always)
  static func append(_ bytes: UnsafeBufferPointer<UInt8>, to out: ByteBuffer, isAttribute: Bool = false) {
    if hasSpecial(bytes) {
      appendEscaped(bytes, to: out, isAttribute: isAttribute)
    } else {
      out.append(bytes)
    }
  }

  static func append(_ text: String, to out: ByteBuffer, isAttribute: Bool = false) {
    var text = text
    text.withUTF8 { append($0, to: out, isAttribute: isAttribute) }
  }

  private static func appendEscaped(_ bytes: UnsafeBufferPointer<UInt8>, to out: ByteBuffer, isAttribute: Bool) {
    for byte in bytes {
      switch byte {
      case 0x26: out.append("&amp;")
      case 0x3C: out.append("&lt;")
      case 0x3E: out.append("&gt;")
      case 0x0D: out.append("&#13;")
      case 0x22 where isAttribute: out.append("&quot;")
      case 0x09 where isAttribute: out.append("&#9;")
      case 0x0A where isAttribute: out.append("&#10;")
      default: out.append(byte: byte)
      }
    }
  }

  /// Whether any byte could have to be escaped. Without a way out of the loop, so that it looks at many bytes at once.
  @inline(__always)
  private static func hasSpecial(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var found: UInt8 = 0
    for byte in bytes {
      found |= byte < 0x20 ? 1 : 0
      found |= byte == 0x22 ? 1 : 0
      found |= byte == 0x26 ? 1 : 0
      found |= byte == 0x3C ? 1 : 0
      found |= byte == 0x3E ? 1 : 0
    }
    return found != 0
  }

  /// The first character that XML 1.0 cannot hold, escaped or not: a control character but tab, LF and CR, or U+FFFE and
  /// U+FFFF. Texts of a catalog are UTF-8 already.
  static func firstForbidden(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32? {
    var suspect: UInt8 = 0
    for byte in bytes {
      suspect |= byte < 0x20 ? 1 : 0
      suspect |= byte == 0xEF ? 1 : 0
    }
    guard suspect != 0 else { return nil }
    for (index, byte) in bytes.enumerated() {
      if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return UInt32(byte) }
      if byte == 0xEF, index + 2 < bytes.count, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE {
        return 0xFFC0 | UInt32(bytes[index + 2] & 0x3F)
      }
    }
    return nil
  }
}
