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

  @Test func readersSeeOneCatalog() throws {
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
    let readers = DispatchGroup()
    for _ in 0..<2 {
      readers.enter()
      Thread {
        Self.read(path, state)
        readers.leave()
      }.start()
    }
    while state.reads.load(ordering: .relaxed) < 2 { usleep(1_000) }
    let written = Result { for turn in 0..<Self.replacements { try replace(with: "甲\(turn)") } }
    state.isOver.store(true, ordering: .relaxed)
    readers.wait()
    try written.get()
    #expect(state.problems.withLock { $0 } == [])
  }

  private final class State: Sendable {
    let isOver = Atomic(false)
    let reads = Atomic(0)
    let problems = Mutex<[String]>([])
  }

  /// Reads the folder over and over, and notes what is not of one catalog.
  private static func read(_ path: String, _ state: State) {
    while !state.isOver.load(ordering: .relaxed) {
      let read = FolderReader.read(path)
      let mark = read.matter(id: "1-002").map { read.text($0.name) } ?? ""
      // The general name in the register, and the cells of the items.
      let isOne =
        read.issues.isEmpty && read.matters.count == 241 && read.departments.contains { $0.general == mark }
        && read.items.contains { read.text($0.responsible) == mark }
      if !isOne { state.problems.withLock { $0.append("\(mark): \(read.matters.count), \(read.issues.prefix(2))") } }
      state.reads.wrappingAdd(1, ordering: .relaxed)
    }
  }
}
