import AtomicFiles
import Catalog
import Foundation
import Synchronization
import TestSupport
import Testing

/// A folder is read while other programs replace it: what is read is one of the catalogs that it held, and no mixture.
@Suite struct ConcurrentReadingTests {
  /// How often the folder is replaced: `ONEVISIT_REPLACEMENTS=20000` takes about a minute.
  static let replacements = ProcessInfo.processInfo.environment["ONEVISIT_REPLACEMENTS"].flatMap(Int.init) ?? 150

  @Test func readersSeeOneCatalog() async throws {
    let catalog = try CatalogFolder()
    let path = catalog.url.path()
    let tables = ["matters.csv", "items.csv", "departments.csv", "lists.csv"].map { name in
      (name, Result { try catalog.text(name) })
    }
    func replace(with mark: String) throws {
      let folder = try FolderReplacement(at: path)
      for (name, text) in tables {
        try folder.write(name) { writer in
          try writer.append(
            text.get().replacingOccurrences(of: "公民婚育", with: mark).replacingOccurrences(of: "人社部门", with: mark))
        }
      }
      try folder.commit()
    }
    try replace(with: "甲乙丙")
    let state = State()
    async let first = read(path, until: state)
    async let second = read(path, until: state)
    do {
      defer { state.isOver.store(true, ordering: .relaxed) }
      for turn in 0..<Self.replacements { try replace(with: "甲\(turn)") }
    }
    #expect(try await first + second > 0)
  }

  private final class State: Sendable {
    let isOver = Atomic(false)
  }

  /// Reads the folder over and over.
  /// - Returns: how often.
  private func read(_ path: String, until state: State) async throws -> Int {
    var count = 0
    while !state.isOver.load(ordering: .relaxed) {
      count += 1
      let read = FolderReader.read(path)
      #expect(read.issues.isEmpty, "\(read.issues.prefix(2))")
      #expect(read.matters.count == 241)
      let mark = read.text(try #require(read.matter(id: "1-002")).name)
      // The general name in the register, and the cells of the items.
      #expect(read.departments.contains { $0.general == mark }, "\(mark)")
      #expect(read.items.contains { read.text($0.responsible) == mark }, "\(mark)")
    }
    return count
  }
}
