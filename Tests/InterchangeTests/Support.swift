import AtomicFiles
import CSVFormat
import Catalog
import Foundation
import Interchange
import Platform
import Testing

/// The built-in catalog, read once.
let shippedCatalog = FolderReader.builtIn()

/// A temporary folder for one test; removed when it is deallocated.
final class TemporaryFolder {
  let path: String

  init() throws {
    var generator = SystemRandomNumberGenerator()
    let temporary = ProcessInfo.processInfo.environment["TMPDIR"] ?? FileManager.default.temporaryDirectory.path
    path = "\(temporary)/onevisit-interchange-\(getpid())-\(generator.next() as UInt32)"
    try #require(mkdir(path, 0o755) == 0)
  }

  deinit { TemporaryFolder.remove(path) }

  func callAsFunction(_ name: String) -> String { path + "/" + name }

  func put(_ name: String, _ bytes: [UInt8]) throws {
    try FileReplacement.write(to: self(name)) { try $0.append(bytes) }
  }

  func bytes(_ name: String) throws -> [UInt8] {
    let bytes = try Bytes.read(self(name))
    return withExtendedLifetime(bytes) { Array(bytes.buffer) }
  }

  /// Every file of a folder by name.
  func files(_ folder: String) throws -> [String: [UInt8]] {
    var out: [String: [UInt8]] = [:]
    for name in TemporaryFolder.names(self(folder)) { out[name] = try bytes(folder + "/" + name) }
    return out
  }

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

  private static func remove(_ path: String) {
    for name in names(path) {
      let inner = path + "/" + name
      if unlink(inner) != 0 { remove(inner) }
    }
    rmdir(path)
  }
}

/// How many new seeds a test uses: `ONEVISIT_SEEDS` if it is set, for longer runs.
func newSeeds(_ usual: Int) -> Int {
  ProcessInfo.processInfo.environment["ONEVISIT_SEEDS"].flatMap { Int($0) } ?? usual
}

/// Reproducible random numbers.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

func bytes(_ body: (ByteWriter) throws -> Void) throws -> [UInt8] {
  let writer = ByteWriter.memory()
  try body(writer)
  return writer.bytes
}

func text(_ body: (ByteWriter) throws -> Void) throws -> String { String(decoding: try bytes(body), as: UTF8.self) }

/// Both large tables in their standard form; equal for catalogs with the same matters and items.
func tables(_ catalog: Catalog) throws -> String {
  try text { try FolderWriter.writeTable(.matters, of: catalog, to: $0) }
    + text { try FolderWriter.writeTable(.items, of: catalog, to: $0) }
}

/// Reads a list in CSV that is given as text.
func read(
  _ list: String, base: Catalog = shippedCatalog, list id: String? = "second", isImport: Bool = false
) -> Catalog {
  CSVListReader.read(
    file: "list.csv", bytes: Bytes(Array(list.utf8)), base: base,
    options: CSVListOptions(list: id, isImport: isImport))
}

/// A matter as one line: `id|audience|name|lead|deadline|remark|includes|placeholder|items`.
func line(_ matter: Matter, _ catalog: Catalog) -> String {
  let items = catalog.items(of: matter).map {
    "\($0.number.map(String.init) ?? "?") \(catalog.text($0.name)) (\(catalog.text($0.responsible)))"
      + ($0.isShared ? " shared" : "")
  }
  return [
    catalog.id(matter), catalog.audience(of: matter)?.id ?? "?", catalog.text(matter.name), catalog.text(matter.lead),
    catalog.text(matter.deadline), catalog.text(matter.remark), catalog.text(matter.includesID),
    catalog.text(matter.placeholder), items.joined(separator: "; "),
  ].joined(separator: "|")
}

/// The ambiguous rows that the reader reported, each with its line.
func unclear(_ catalog: Catalog) -> [String] {
  let locator = Locator(catalog)
  return catalog.issues.compactMap { issue in
    guard case .unclear(let message) = issue.kind else { return nil }
    return "\(locator.locate(issue.position)?.line ?? 0): \(message.en)"
  }
}
