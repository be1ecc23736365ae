import AtomicFiles
import Catalog
import Foundation

/// What several bodies start from.
enum Ground {
  /// Part of the catalog that is built in, small enough to be read a thousand times a second: every register that its
  /// matters need, and what they include.
  static let tables: [String: [UInt8]] = {
    var out: [String: [UInt8]] = [:]
    for kind in TableKind.allCases {
      guard let bytes = FolderReader.builtInFile(kind.fileName) else { continue }
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n" as Character)
      var kept = Array(lines.prefix(1))
      for (number, line) in lines.dropFirst().enumerated() {
        let isKept: Bool
        switch kind {
        case .matters, .items:
          isKept = ["1-00", "2-001", "2-002", "2-037", "2-042", "2-057", "2-081"].contains { line.hasPrefix($0) }
        case .approvals: isKept = number < 40
        case .waivers: isKept = number < 6
        default: isKept = true
        }
        if isKept { kept.append(line) }
      }
      out[kind.fileName] = Array((kept.joined(separator: "\n") + "\n").utf8)
    }
    return out
  }()

  static let base = FolderReader.read(named: "catalog", files: tables)

  /// A folder of this process alone, in memory where there is such a file system.
  static let folder: String = {
    let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : NSTemporaryDirectory()
    var template = Array("\(parent)/onevisit-fuzz-XXXXXX".utf8CString)
    let path = mkdtemp(&template).map { String(cString: $0) } ?? NSTemporaryDirectory() + "onevisit-fuzz"
    atexit { Ground.remove(Ground.folder) }
    return path
  }()

  static func names(_ path: String) -> [String] {
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

  static func remove(_ path: String) {
    for name in names(path) {
      let inner = path + "/" + name
      if unlink(inner) != 0 { remove(inner) }
    }
    rmdir(path)
  }

  /// Plainly, without the care that the program takes.
  static func put(_ bytes: [UInt8], _ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    try expect(descriptor >= 0, "cannot write \(path)")
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      try expect(count > 0, "cannot write \(path)")
      rest = rest.dropFirst(count)
    }
  }
}

/// Makes one folder.
func mkdirs(_ path: String) -> Bool { mkdir(path, 0o755) == 0 || errno == EEXIST }
