import AtomicFiles

/// Text as it is written in an XML document: the program's only XML escaping.
package enum XMLText {
  /// Adds `bytes` as the text of an element or as the value of an attribute in double quotes.
  ///
  /// Escaped are the characters that a reader would take for markup or change: `&`, `<`, `>`, CR, and in an attribute
  /// `"`, tab and LF. A reader turns a bare CR into LF, and in an attribute LF and tab into a blank.
  @inlinable @inline(__always)
  package static func append(
    _ bytes: UnsafeBufferPointer<UInt8>, to out: ByteBuffer, isAttribute: Bool = false
  ) {
    if hasSpecial(bytes) {
      appendEscaped(bytes, to: out, isAttribute: isAttribute)
    } else {
      out.append(bytes)
    }
  }

  package static func append(_ text: String, to out: ByteBuffer, isAttribute: Bool = false) {
    var text = text
    text.withUTF8 { append($0, to: out, isAttribute: isAttribute) }
  }

  @usableFromInline
  static func appendEscaped(_ bytes: UnsafeBufferPointer<UInt8>, to out: ByteBuffer, isAttribute: Bool) {
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

  /// Whether any byte may have to be escaped. The loop has no exit, so that the compiler vectorises it.
  @inlinable @inline(__always)
  static func hasSpecial(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
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
}
