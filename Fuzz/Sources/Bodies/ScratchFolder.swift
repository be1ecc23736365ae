import Foundation

/// A folder of this process, removed when it ends; in memory where there is such a file system.
enum ScratchFolder {
  static let path: String = {
    let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : NSTemporaryDirectory()
    var template = Array("\(parent)/onevisit-fuzz-XXXXXX".utf8CString)
    let path = mkdtemp(&template).map { String(cString: $0) } ?? NSTemporaryDirectory() + "onevisit-fuzz"
    atexit { ScratchFolder.remove(ScratchFolder.path) }
    return path
  }()

  private static func names(_ path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a folder with everything in it.
  static func remove(_ path: String) {
    for name in names(path) {
      let inner = path + "/" + name
      if unlink(inner) != 0 { remove(inner) }
    }
    rmdir(path)
  }

  /// Writes a file without the library under test.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    try expect(descriptor >= 0, "cannot write \(path)")
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      try expect(count > 0, "cannot write \(path)")
      rest = rest.dropFirst(count)
    }
  }

  /// Creates a folder unless it exists.
  static func create(_ path: String) throws {
    try expect(mkdir(path, 0o755) == 0 || errno == EEXIST, "cannot create \(path)")
  }
}
