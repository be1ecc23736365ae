/// A ZIP archive without compression (APPNOTE 6.3.10, 4.3).
package enum StoredArchive {
  package static func bytes(of files: [(key: String, value: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for (name, content) in files {
      let (offset, name) = (archive.count, Array(name.utf8))
      var header: [UInt8] = little(20, 2) + little(0x800, 2) + little(0, 2) + little(0x21_0000, 4)
      header += little(Int(checksum(content)), 4) + little(content.count, 4) + little(content.count, 4)
      header += little(name.count, 2) + little(0, 2)
      archive += little(0x0403_4B50, 4) + header + name + content
      directory += little(0x0201_4B50, 4) + little(20, 2) + header + little(0, 2) + little(0, 2) + little(0, 2)
      directory += little(0, 4) + little(offset, 4) + name
    }
    let end = little(0x0605_4B50, 4) + little(0, 4) + little(files.count, 2) + little(files.count, 2)
    return archive + directory + end + little(directory.count, 4) + little(archive.count, 4) + little(0, 2)
  }

  private static func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  /// CRC-32 (ISO-HDLC).
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
