import AtomicFiles
import Catalog

/// A part of the built-in catalog that is small enough to be read a thousand times a second, with every register that
/// its matters need and what they include: what several targets start from.
enum SmallCatalog {
  /// Its tables, by file name.
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

  static let catalog = FolderReader.read(named: "catalog", files: tables)
}
