extension UnsafeBufferPointer<UInt8> {
  /// Without the ASCII blanks at both ends: space, tab, LF and CR, which are also those of XML. Other control
  /// characters are kept, so that they are reported instead of silently removed. For texts with Chinese blanks see
  /// `Blanks`.
  @inlinable @inline(__always)
  public var trimmed: UnsafeBufferPointer<UInt8> {
    guard let first, let last else { return self }
    return first > 0x20 && last > 0x20 ? self : trimmedSlowly
  }

  @usableFromInline
  var trimmedSlowly: UnsafeBufferPointer<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
    var start = 0
    var end = count
    while start < end, isBlank(self[start]) { start += 1 }
    while end > start, isBlank(self[end - 1]) { end -= 1 }
    return UnsafeBufferPointer(rebasing: self[start..<end])
  }
}
