import AtomicFiles
import CWorkbook
import Platform

/// The functions of minizip 1.x (`minizip/unzip.h`).
struct Minizip {
  let open:
    @convention(c) (UnsafePointer<CChar>?, UnsafeMutablePointer<zlib_filefunc64_def>?) -> UnsafeMutableRawPointer?
  let close: @convention(c) (UnsafeMutableRawPointer?) -> CInt
  let first: @convention(c) (UnsafeMutableRawPointer?) -> CInt
  let next: @convention(c) (UnsafeMutableRawPointer?) -> CInt
  let info:
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafeMutablePointer<unz_file_info64>?, UnsafeMutablePointer<CChar>?, UInt,
      UnsafeMutableRawPointer?, UInt, UnsafeMutablePointer<CChar>?, UInt
    ) -> CInt
  let position: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<unz64_file_pos>?) -> CInt
  let go: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<unz64_file_pos>?) -> CInt
  let openEntry: @convention(c) (UnsafeMutableRawPointer?) -> CInt
  let openRaw:
    @convention(c) (UnsafeMutableRawPointer?, UnsafeMutablePointer<CInt>?, UnsafeMutablePointer<CInt>?, CInt) -> CInt
  let read: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, CUnsignedInt) -> CInt
  let closeEntry: @convention(c) (UnsafeMutableRawPointer?) -> CInt

  init() throws(WorkbookFailure) {
    let library = try SharedLibrary("libminizip.so.1", package: "libminizip1")
    open = try library.function("unzOpen2_64")
    close = try library.function("unzClose")
    first = try library.function("unzGoToFirstFile")
    next = try library.function("unzGoToNextFile")
    info = try library.function("unzGetCurrentFileInfo64")
    position = try library.function("unzGetFilePos64")
    go = try library.function("unzGoToFilePos64")
    openEntry = try library.function("unzOpenCurrentFile")
    openRaw = try library.function("unzOpenCurrentFile2")
    read = try library.function("unzReadCurrentFile")
    closeEntry = try library.function("unzCloseCurrentFile")
  }
}

/// Bytes in memory as a file of minizip.
final class MemoryStream {
  let bytes: Bytes
  var position = 0

  init(_ bytes: Bytes) { self.bytes = bytes }

  static func functions(_ stream: MemoryStream) -> zlib_filefunc64_def {
    var functions = zlib_filefunc64_def()
    functions.opaque = Unmanaged.passUnretained(stream).toOpaque()
    functions.zopen64_file = { opaque, _, _ in opaque }
    functions.zread_file = { opaque, _, target, count in
      guard let opaque, let target else { return 0 }
      let stream = Unmanaged<MemoryStream>.fromOpaque(opaque).takeUnretainedValue()
      let length = min(Int(count), stream.bytes.count - stream.position)
      guard length > 0 else { return 0 }
      memcpy(target, stream.bytes.base + stream.position, length)
      stream.position += length
      return UInt(length)
    }
    functions.ztell64_file = { opaque, _ in
      guard let opaque else { return 0 }
      return UInt64(Unmanaged<MemoryStream>.fromOpaque(opaque).takeUnretainedValue().position)
    }
    functions.zseek64_file = { opaque, _, offset, origin in
      guard let opaque else { return -1 }
      let stream = Unmanaged<MemoryStream>.fromOpaque(opaque).takeUnretainedValue()
      let start: Int
      switch origin {
      case ZLIB_FILEFUNC_SEEK_CUR: start = stream.position
      case ZLIB_FILEFUNC_SEEK_END: start = stream.bytes.count
      default: start = 0
      }
      // An offset counts backwards where it wraps around.
      let target = start.addingReportingOverflow(Int(truncatingIfNeeded: offset))
      guard !target.overflow, target.partialValue >= 0, target.partialValue <= stream.bytes.count else { return -1 }
      stream.position = target.partialValue
      return 0
    }
    functions.zclose_file = { _, _ in 0 }
    functions.zerror_file = { _, _ in 0 }
    return functions
  }
}
