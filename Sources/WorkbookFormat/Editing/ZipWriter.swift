import AtomicFiles
import CWorkbook
import Platform

/// A ZIP archive that is written into memory through minizip: entries of another archive as they are, and new ones.
final class ZipWriter {
  private typealias File = UnsafeMutableRawPointer
  private typealias Text = UnsafePointer<CChar>

  private let openEntry:
    @convention(c) (
      File?, Text?, UnsafePointer<zip_fileinfo>?, UnsafeRawPointer?, CUnsignedInt, UnsafeRawPointer?, CUnsignedInt,
      Text?, CInt, CInt, CInt, CInt, CInt, CInt, Text?, UInt, UInt, UInt, CInt
    ) -> CInt
  private let write: @convention(c) (File?, UnsafeRawPointer?, CUnsignedInt) -> CInt
  private let closeEntry: @convention(c) (File?) -> CInt
  private let closeRawEntry: @convention(c) (File?, UInt64, UInt) -> CInt
  private let close: @convention(c) (File?, Text?) -> CInt

  private let stream = MemoryTarget()
  private var file: File?
  /// The first failure of the library.
  private var status: CInt = ZIP_OK

  init() throws(WorkbookFailure) {
    let library = try SharedLibrary("libminizip.so.1", package: "libminizip1")
    openEntry = try library.function("zipOpenNewFileInZip4_64")
    write = try library.function("zipWriteInFileInZip")
    closeEntry = try library.function("zipCloseFileInZip")
    closeRawEntry = try library.function("zipCloseFileInZipRaw64")
    close = try library.function("zipClose")
    let open:
      @convention(c) (
        UnsafeRawPointer?, CInt, UnsafeMutablePointer<Text?>?, UnsafeMutablePointer<zlib_filefunc64_def>?
      ) -> File? = try library.function("zipOpen2_64")
    var functions = stream.functions
    file = open("workbook", APPEND_STATUS_CREATE, nil, &functions)
    guard file != nil else { throw WorkbookFailure(.write("zipOpen")) }
  }

  deinit {
    if file != nil { _ = close(file, nil) }
  }

  private func check(_ result: CInt) throws(WorkbookFailure) {
    if status == ZIP_OK { status = result }
    guard status == ZIP_OK else { throw WorkbookFailure(.write("ZIP \(status)")) }
  }

  /// Opens an entry.
  private func open(
    _ name: [CChar], _ info: unz_file_info64?, raw: Bool, isLarge: Bool, level: CInt = Z_DEFAULT_COMPRESSION
  ) throws(WorkbookFailure) {
    var about = zip_fileinfo()
    // 1980-01-01, the first day of the format, so that the same content gives the same bytes.
    about.dosDate = info?.dosDate ?? 0x0021_0000
    about.internal_fa = info?.internal_fa ?? 0
    about.external_fa = info?.external_fa ?? 0
    // Of the flags only the encoding of the name is kept: the sizes are written again.
    let flags: UInt = (info?.flag ?? 0) & 0x800
    let method = info.map { CInt($0.compression_method) } ?? Z_DEFLATED
    try check(
      openEntry(
        file, name, &about, nil, 0, nil, 0, nil, method, level, raw ? 1 : 0, -MAX_WBITS, DEF_MEM_LEVEL,
        Z_DEFAULT_STRATEGY, nil, 0, info?.version ?? 0, flags, isLarge ? 1 : 0))
  }

  /// Copies an entry that is compressed already.
  func copyEntry(
    _ name: [CChar], _ info: unz_file_info64, _ next: () throws(WorkbookFailure) -> ArraySlice<UInt8>
  ) throws(WorkbookFailure) {
    try open(name, info, raw: true, isLarge: info.uncompressed_size >= 0xFFFF_FFFF)
    while true {
      let part = try next()
      if part.isEmpty { break }
      try check(part.withUnsafeBytes { write(file, $0.baseAddress, CUnsignedInt($0.count)) })
    }
    try check(closeRawEntry(file, info.uncompressed_size, info.crc))
  }

  /// Adds an entry, which is compressed.
  /// - Parameters:
  ///   - isFast: it is compressed less, in a third of the time.
  ///   - body: appends to the part; it may call `PartWriter.flushIfFull()`.
  func addEntry(
    _ name: String, isFast: Bool = false, _ body: (PartWriter) throws(WorkbookFailure) -> Void
  ) throws(WorkbookFailure) {
    try open(
      Array(name.utf8CString), nil, raw: false, isLarge: false, level: isFast ? Z_BEST_SPEED : Z_DEFAULT_COMPRESSION)
    let part = PartWriter(self)
    try body(part)
    try part.flush()
    try check(closeEntry(file))
  }

  fileprivate func append(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookFailure) {
    try check(write(file, bytes.baseAddress, CUnsignedInt(bytes.count)))
  }

  /// Completes the archive.
  func finish() throws(WorkbookFailure) -> Bytes {
    let result = close(file, nil)
    file = nil
    try check(result)
    return Bytes(taking: stream.content)
  }
}

/// The content of an entry while it is written.
final class PartWriter {
  /// What is not compressed yet; it may be appended to directly.
  let buffer = ByteBuffer(capacity: 1 << 18)
  private let writer: ZipWriter

  fileprivate init(_ writer: ZipWriter) { self.writer = writer }

  func flushIfFull() throws(WorkbookFailure) {
    if buffer.count >= 1 << 18 { try flush() }
  }

  fileprivate func flush() throws(WorkbookFailure) {
    if buffer.isEmpty { return }
    try writer.append(buffer.buffer)
    buffer.clear()
  }
}

/// A file of minizip in memory that is written. The archive's directory is written behind, sizes of entries over what
/// was written before.
private final class MemoryTarget {
  let content = ByteBuffer(capacity: 1 << 16)
  private var position = 0

  var functions: zlib_filefunc64_def {
    var functions = zlib_filefunc64_def()
    functions.opaque = Unmanaged.passUnretained(self).toOpaque()
    functions.zopen64_file = { opaque, _, _ in opaque }
    functions.zread_file = { _, _, _, _ in 0 }
    functions.zwrite_file = { opaque, _, source, count in
      guard let opaque, let source else { return 0 }
      Unmanaged<MemoryTarget>.fromOpaque(opaque).takeUnretainedValue()
        .write(UnsafeRawBufferPointer(start: source, count: Int(count)))
      return count
    }
    functions.ztell64_file = { opaque, _ in
      guard let opaque else { return 0 }
      return UInt64(Unmanaged<MemoryTarget>.fromOpaque(opaque).takeUnretainedValue().position)
    }
    functions.zseek64_file = { opaque, _, offset, origin in
      guard let opaque else { return -1 }
      let target = Unmanaged<MemoryTarget>.fromOpaque(opaque).takeUnretainedValue()
      let start =
        origin == ZLIB_FILEFUNC_SEEK_CUR
        ? target.position
        : origin == ZLIB_FILEFUNC_SEEK_END
          ? target.content.count : 0
      let next = start + Int(truncatingIfNeeded: offset)
      guard next >= 0, next <= target.content.count else { return -1 }
      target.position = next
      return 0
    }
    functions.zclose_file = { _, _ in 0 }
    functions.zerror_file = { _, _ in 0 }
    return functions
  }

  private func write(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    let inside = min(bytes.count, content.count - position)
    if inside > 0 { memcpy(content.base + position, source, inside) }
    if bytes.count > inside {
      content.append(
        UnsafeBufferPointer(
          start: (source + inside).assumingMemoryBound(to: UInt8.self), count: bytes.count - inside))
    }
    position += bytes.count
  }
}
