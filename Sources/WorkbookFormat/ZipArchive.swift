import AtomicFiles
import CWorkbook
import Localization
import Platform

/// The entries of a ZIP archive in memory, read through minizip. Nothing is written to disk, and every byte that is
/// decompressed counts against one allowance for the whole archive.
final class ZipArchive {
  private struct Entry {
    var position: unz64_file_pos
    var name: String
    /// The name as it is written in the archive.
    var writtenName: [CChar]
    var info: unz_file_info64
  }

  private let library: Minizip
  private let file: UnsafeMutableRawPointer
  private let stream: MemoryStream
  private var entries: [String: Entry] = [:]
  /// The keys of `entries` in the order of the archive.
  private var order: [String] = []
  /// How many bytes may still be decompressed.
  private var allowance: Int
  /// Why the part read last could not be read to its end.
  private var failure: WorkbookFailure?

  /// More entries than any workbook has.
  private static let entryLimit = 20_000

  /// Reads the directory of the archive.
  /// - Parameter allowance: how many bytes may be decompressed; nil for what a workbook of this size may have.
  /// - Throws: `WorkbookFailure` if there is none, or if an entry is encrypted or has a path that leads elsewhere.
  init(_ bytes: Bytes, allowance limit: Int? = nil) throws(WorkbookFailure) {
    library = try Minizip()
    stream = MemoryStream(bytes)
    // A sheet of a million formatted empty rows has 400 MB and two MB compressed: a ratio alone would refuse it.
    allowance = limit ?? max(512 << 20, bytes.count * 64)
    var functions = MemoryStream.functions(stream)
    guard let file = library.open("workbook", &functions) else {
      throw WorkbookFailure(.damaged("ZIP"))
    }
    self.file = file
    try readDirectory()
  }

  deinit { _ = library.close(file) }

  private func readDirectory() throws(WorkbookFailure) {
    var status = library.first(file)
    var name = [CChar](repeating: 0, count: 1025)
    while status == UNZ_OK {
      var info = unz_file_info64()
      guard library.info(file, &info, &name, UInt(name.count - 1), nil, 0, nil, 0) == UNZ_OK else {
        throw WorkbookFailure(.damaged("ZIP"))
      }
      guard info.size_filename < 1024, entries.count < ZipArchive.entryLimit else {
        throw WorkbookFailure(.limit("\(entries.count) entries / 个条目"))
      }
      let length = Int(info.size_filename)
      let written = String(decoding: name[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      // Some programs write the separators of Windows.
      let path = written.replacing("\\", with: "/")
      guard !path.hasPrefix("/"), !path.contains(":"), !path.split(separator: "/").contains(".."), !path.contains("\0")
      else { throw WorkbookFailure(WorkbookFailure.suspicious(path: path)) }
      if info.flag & 1 != 0 { throw WorkbookFailure(.encrypted) }
      if info.compression_method != 0, info.compression_method != 8 {
        throw WorkbookFailure(
          WorkbookFailure.suspicious(
            path: path,
            LocalizedText(
              zh: "（压缩方法 \(info.compression_method)）", en: "with the compression method \(info.compression_method)")))
      }
      var position = unz64_file_pos()
      guard library.position(file, &position) == UNZ_OK else { throw WorkbookFailure(.damaged(path)) }
      let entry = Entry(position: position, name: path, writtenName: Array(name[..<length]) + [0], info: info)
      guard entries.updateValue(entry, forKey: path.lowercased()) == nil else {
        throw WorkbookFailure(
          WorkbookFailure.suspicious(path: path, LocalizedText(zh: "两次", en: "twice")))
      }
      order.append(path.lowercased())
      status = library.next(file)
    }
    guard status == UNZ_END_OF_LIST_OF_FILE else { throw WorkbookFailure(.damaged("ZIP")) }
  }

  /// Whether there is such a part; case does not matter (ECMA-376 part 2).
  func contains(_ name: String) -> Bool { entries[name.lowercased()] != nil }

  /// Whether any part is in this folder.
  func hasFolder(_ folder: String) -> Bool { entries.keys.contains { $0.hasPrefix(folder) } }

  /// The names of all parts in the order of the archive.
  var names: [String] { order.compactMap { entries[$0]?.name } }

  /// The size of a part that the archive declares.
  func size(of name: String) -> Int {
    entries[name.lowercased()].map { Int(truncatingIfNeeded: $0.info.uncompressed_size) } ?? 0
  }

  /// Copies an entry to another archive as it is, compressed.
  /// - Throws: `WorkbookFailure` if it cannot be read or written.
  func copy(_ name: String, to writer: ZipWriter) throws(WorkbookFailure) {
    guard let entry = entries[name.lowercased()] else { return }
    var position = entry.position
    var (method, level): (CInt, CInt) = (0, 0)
    guard library.go(file, &position) == UNZ_OK, library.openRaw(file, &method, &level, 1) == UNZ_OK else {
      throw WorkbookFailure(.damaged(entry.name))
    }
    defer { _ = library.closeEntry(file) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    try writer.copyEntry(entry.writtenName, entry.info) { () throws(WorkbookFailure) in
      let count = library.read(file, &buffer, CUnsignedInt(buffer.count))
      guard count >= 0 else { throw WorkbookFailure(.damaged(entry.name)) }
      return buffer[..<Int(count)]
    }
  }

  /// A part, decompressed as a whole; nil if there is no such part.
  /// - Throws: `WorkbookFailure` if it is damaged or larger than `limit`.
  func bytes(_ name: String, limit: Int = 128 << 20) throws(WorkbookFailure) -> ByteBuffer? {
    let content = ByteBuffer(capacity: 1 << 14)
    let found: Void? = try read(name) { fill in
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while content.count <= limit {
        let count = buffer.withUnsafeMutableBytes { fill($0) }
        if count == 0 { return }
        content.append(buffer[..<count])
      }
    }
    if content.count > limit { throw WorkbookFailure(.limit(name)) }
    return found.map { content }
  }

  /// Decompresses a part.
  /// - Parameter body: gets a function that fills a buffer and returns how many bytes it wrote, 0 at the end or where the
  ///   part cannot be read further.
  /// - Returns: nil if there is no such part.
  /// - Throws: `WorkbookFailure` if the part is damaged or too large, whatever `body` made of its beginning.
  func read<Result>(
    _ name: String, _ body: (@escaping (UnsafeMutableRawBufferPointer) -> Int) -> Result
  ) throws(WorkbookFailure) -> Result? {
    guard let entry = entries[name.lowercased()] else { return nil }
    var position = entry.position
    failure = nil
    guard library.go(file, &position) == UNZ_OK, library.openEntry(file) == UNZ_OK else {
      throw WorkbookFailure(.damaged(entry.name))
    }
    let result = body { [self] buffer in fill(buffer, entry.name) }
    let status = library.closeEntry(file)
    if let failure { throw failure }
    if status == UNZ_CRCERROR { throw WorkbookFailure(.damaged(entry.name)) }
    return result
  }

  private func fill(_ buffer: UnsafeMutableRawBufferPointer, _ name: String) -> Int {
    guard failure == nil else { return 0 }
    let count = Int(library.read(file, buffer.baseAddress, UInt32(buffer.count)))
    if count < 0 {
      failure = WorkbookFailure(.damaged(name))
      return 0
    }
    allowance -= count
    if allowance < 0 {
      failure = WorkbookFailure(.limit(name))
      return 0
    }
    return count
  }

  /// The first bytes of a part; nil if there is no such part.
  func beginning(of name: String, count: Int) throws(WorkbookFailure) -> [UInt8]? {
    try read(name) { fill in
      var bytes = [UInt8](repeating: 0, count: count)
      let got = bytes.withUnsafeMutableBytes { fill($0) }
      return Array(bytes[..<got])
    }
  }
}
