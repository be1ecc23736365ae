import Foundation
import TestSupport
import Testing

/// Imports that are killed, or that find no room or no right to write: afterwards the folder is the old catalog or the new
/// one, byte for byte, and nothing stands beside it.
@Suite struct InterruptedImportTests {
  enum Form: String, CaseIterable { case xml, flat, official }

  /// A folder that imports lead to and fro between two catalogs.
  final class Swing {
    let catalog: CatalogFolder
    let form: Form
    /// The files of the folder, of either catalog.
    let states: [[String: [UInt8]]]
    /// Which of the two the folder holds now.
    var now = 0
    private let names: [String]

    init(_ form: Form, catalog: CatalogFolder) throws {
      self.form = form
      self.catalog = catalog
      func export(_ file: String) throws {
        let how =
          switch form {
          case .xml: ["xml"]
          case .flat: ["csv"]
          case .official: ["csv", "--layout", "official", "--list", "second"]
          }
        let outcome = try Program.run(Program.onevisit, ["export"] + how + ["-o", file], in: catalog.folder)
        try #require(outcome.status == 0, "\(outcome.errors)")
      }
      let first = try catalog.snapshot()
      try export("0")
      try catalog.replace("市教育局", with: "市民政局", in: "matters.csv", row: "2-013,")
      try catalog.append("2-231,second,231,individual,放风筝,市公安局,2023年12月底,,,,,,,", to: "matters.csv")
      try catalog.append("2-231,1,户籍信息查询,公安部门,", "2-231,2,就业登记,人社部门,", to: "items.csv")
      try catalog.delete(row: "2-002,3,", in: "items.csv")
      try catalog.replace("2-002,4,", with: "2-002,3,", in: "items.csv")
      try catalog.replace("2-002,5,", with: "2-002,4,", in: "items.csv")
      states = [first, try catalog.snapshot()]
      now = 1
      try export("1")
      names = try FileManager.default.contentsOfDirectory(atPath: catalog.folder.path()).sorted()
    }

    var words: [String] {
      ["import", "\(1 - now)", "--into", catalog.name, "--replace"] + (form == .official ? ["--list", "second"] : [])
    }

    /// Imports to the end, which leads to the other catalog.
    func swing() throws {
      let outcome = try Program.run(Program.onevisit, words, in: catalog.folder)
      try #require(outcome.status == 0, "\(outcome.errors)")
      #expect(try catalog.snapshot() == states[1 - now], "\(form) to \(1 - now)")
      now = 1 - now
    }

    /// Looks at the folder after what time the guard of a killed import needs.
    /// - Returns: Whether it holds the other catalog now.
    func look(_ note: Comment) throws -> Bool {
      try InterruptedImportTests.await(names, in: catalog.folder, note)
      let found = try catalog.snapshot()
      let state = try #require(states.firstIndex(of: found), note)
      defer { now = state }
      return state != now
    }
  }

  /// Waits until a folder holds these names and no other.
  private static func await(_ names: [String], in folder: URL, _ note: Comment) throws {
    var found: [String] = []
    // A guard may have to wait for a slow disk.
    for _ in 0..<20_000 {
      found = try InterruptedImportTests.names(folder)
      if found == names { return }
      usleep(2_000)
    }
    #expect(found == names, note)
  }

  private struct Ticking: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state ^ (state >> 29)) &* 0xBF58_476D_1CE4_E5B9
    }
  }

  // MARK: Killed

  /// Starts the command, and ends it as `kill -9` does: at a moment after its start or, without one, soon after new
  /// content begins to stand beside the folder.
  /// - Returns: Whether it was killed before its end.
  private func kill(
    _ words: [String], in folder: URL, after seconds: Double?, _ random: inout Ticking
  ) throws -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: Program.onevisit)
    process.arguments = words
    process.currentDirectoryURL = folder
    process.environment = Program.environment
    for stream in [\Process.standardInput, \.standardOutput, \.standardError] {
      process[keyPath: stream] = FileHandle.nullDevice
    }
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    if let seconds {
      _ = ended.wait(timeout: .now() + seconds)
    } else {
      while try !InterruptedImportTests.names(folder).contains(where: { $0.hasPrefix(".") }) {
        if ended.wait(timeout: .now()) == .success { return false }
      }
      usleep(.random(in: 0...8000, using: &random))
    }
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal
  }

  private static func names(_ folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
  }

  @Test(.timeLimit(.minutes(10)), arguments: Form.allCases)
  func killedAtRandomMoments(_ form: Form) throws {
    let swing = try Swing(form, catalog: CatalogFolder())
    try swing.swing()
    let start = Date()
    try swing.swing()
    let whole = max(0.01, Date().timeIntervalSince(start))
    let seed = UInt64.random(in: 0 ... .max)
    var random = Ticking(state: seed)
    var (kills, new) = (0, 0)
    let end = Date() + 4
    while Date() < end {
      let moment: Double? = Int.random(in: 0..<4, using: &random) == 0 ? .random(in: 0...whole, using: &random) : nil
      if try kill(swing.words, in: swing.catalog.folder, after: moment, &random) { kills += 1 }
      if try swing.look("\(form), seed \(seed), kill \(kills) after \(moment ?? 0) s") { new += 1 }
    }
    print("\(form): seed \(seed), \(kills) kills; the new catalog \(new) times, else the old")
    #expect(kills > 0)
    try swing.swing()
  }

  @Test(.timeLimit(.minutes(10)))
  func newFolderIsCompleteOrMissing() throws {
    let catalog = try CatalogFolder()
    #expect(try catalog.run("export", "xml", "-o", "x.xml").status == 0)
    #expect(try catalog.run("import", "x.xml", "--into", "new").status == 0)
    let new = catalog.folder.appending(path: "new")
    func files() throws -> [String: Data] {
      Dictionary(
        uniqueKeysWithValues: try InterruptedImportTests.names(new).map {
          ($0, try Data(contentsOf: new.appending(path: $0)))
        })
    }
    let made = try files()
    var random = Ticking(state: .random(in: 0 ... .max))
    var kills = 0
    let end = Date() + 2
    while Date() < end {
      if FileManager.default.fileExists(atPath: new.path()) { try FileManager.default.removeItem(at: new) }
      if try kill(["import", "x.xml", "--into", "new"], in: catalog.folder, after: nil, &random) { kills += 1 }
      for _ in 0..<20_000 where try InterruptedImportTests.names(catalog.folder).contains(where: { $0.hasPrefix(".") })
      {
        usleep(2_000)
      }
      let names = try InterruptedImportTests.names(catalog.folder)
      #expect(names == ["catalog", "x.xml"] || names == ["catalog", "new", "x.xml"], "\(names)")
      if names.contains("new") { #expect(try files() == made) }
    }
    #expect(kills > 0)
  }

  static let canTrace =
    Program.isInstalled("strace") && (try? Program.shell("strace -o /dev/null /bin/true").status) == 0

  /// Killed on the way into calls that touch the disk.
  @Test(
    .enabled(if: canTrace, "no strace here, or it may not trace"), .timeLimit(.minutes(10)), arguments: Form.allCases)
  func killedAtChosenSystemCalls(_ form: Form) throws {
    let swing = try Swing(form, catalog: CatalogFolder())
    var (kills, new) = (0, 0)
    for call in ["mkdirat", "fsync", "linkat", "renameat2", "unlinkat", "sendto", "exit_group"] {
      // Every one of those that come once or a few times; of the many, some.
      for count in [1, 2, 3, 7] {
        let outcome = try Program.run(
          "/usr/bin/env",
          ["strace", "-o", "/dev/null", "-e", "inject=\(call):signal=KILL:when=\(count)", Program.onevisit]
            + swing.words,
          in: swing.catalog.folder)
        let note: Comment = "\(form) killed at \(call) \(count)"
        let isNew = try swing.look(note)
        if outcome.status == 0 {
          #expect(isNew, note)
          break
        }
        #expect(outcome.status == 1009, note)
        kills += 1
        if isNew { new += 1 }
      }
    }
    print("\(form): killed at \(kills) calls; the new catalog \(new) times, else the old")
    // Some of the calls come before the exchange of the folders, some behind it.
    #expect(new > 0 && new < kills)
  }

  // MARK: No room, no right

  @Test(arguments: Form.allCases)
  func fileSizeLimit(_ form: Form) throws {
    let swing = try Swing(form, catalog: CatalogFolder())
    // 512 bytes each: less than either table has.
    for blocks in [0, 1, 20, 48] {
      let words = swing.words.map { "'\($0)'" }.joined(separator: " ")
      let outcome = try Program.shell(
        "ulimit -f \(blocks); exec \"$onevisit\" \(words) --language en >/dev/null", in: swing.catalog.folder)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("ulimit -f") || blocks == 0)
      #expect(try !swing.look("\(form), \(blocks) blocks"))
    }
    try swing.swing()
  }

  /// A small file system, taken away with the test.
  private final class Mount {
    let folder: TemporaryFolder

    init(kilobytes: Int) throws {
      folder = try TemporaryFolder()
      let outcome = try Program.run(
        "/usr/bin/env", ["mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", folder.url.path()])
      try #require(outcome.status == 0, "\(outcome.errors)")
    }

    func set(_ option: String) throws {
      let outcome = try Program.run("/usr/bin/env", ["mount", "-o", "remount,\(option)", folder.url.path()])
      try #require(outcome.status == 0, "\(outcome.errors)")
    }

    deinit { _ = try? Program.run("/usr/bin/env", ["umount", folder.url.path()]) }
  }

  static let canMount = getuid() == 0 && (try? Mount(kilobytes: 64)) != nil

  /// From a disk with no room at all to one with enough.
  @Test(.enabled(if: canMount, "small file systems are mounted by root alone"), arguments: Form.allCases)
  func fullDisk(_ form: Form) throws {
    let mount = try Mount(kilobytes: 4096)
    let swing = try Swing(form, catalog: CatalogFolder(in: mount.folder.url))
    var used = 0
    for name in ["0", "1"] + (try swing.catalog.names().map { "catalog/" + $0 }) {
      let size = try Data(contentsOf: mount.folder.url.appending(path: name)).count
      used += (size + 4095) / 4096 * 4
    }
    var (full, written) = (0, 0)
    for more in stride(from: 0, through: 128, by: 32) {
      do { try mount.set("size=\(used + more)k") } catch { continue }
      let outcome = try Program.run(Program.onevisit, swing.words + ["--language", "en"], in: swing.catalog.folder)
      let isNew = try swing.look("\(form), \(more) KB left")
      if outcome.status == 0 {
        #expect(isNew)
        written += 1
      } else {
        full += 1
        #expect(outcome.status == 2 && !isNew)
        #expect(outcome.errors.contains("the disk is full. Free some space and run it again."), "\(outcome.errors)")
      }
    }
    #expect(full > 0 && written > 0, "\(full) \(written)")
  }

  @Test(.enabled(if: canMount, "small file systems are mounted by root alone"))
  func readOnlyDisk() throws {
    let mount = try Mount(kilobytes: 4096)
    let swing = try Swing(.xml, catalog: CatalogFolder(in: mount.folder.url))
    try mount.set("ro")
    let outcome = try Program.run(Program.onevisit, swing.words + ["--language", "en"], in: swing.catalog.folder)
    #expect(outcome.status == 2 && outcome.errors.contains("the location is read-only"), "\(outcome.errors)")
    #expect(try !swing.look("read-only"))
    let dry = try Program.run(Program.onevisit, swing.words + ["--dry-run"], in: swing.catalog.folder)
    #expect(dry.status == 0, "what would change can be asked none the less: \(dry.errors)")
    try mount.set("rw")
    try swing.swing()
  }

  /// A user without the right to write; root has it everywhere, so it is given up.
  private static let nobody =
    getuid() == 0 ? ["/usr/bin/env", "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : ["/usr/bin/env"]
  /// Nobody must come to the program, and to where tests have their folders.
  static let canBeNobody: Bool = {
    guard let ground = try? TemporaryFolder(), chmod(ground.url.path(), 0o755) == 0 else { return false }
    return (try? Program.run(nobody[0], nobody.dropFirst() + [Program.onevisit, "--version"], in: ground.url).status)
      == 0
  }()

  @Test(.enabled(if: canBeNobody, "the program cannot be run here by a user without rights"), arguments: Form.allCases)
  func folderOfAnotherUser(_ form: Form) throws {
    let swing = try Swing(form, catalog: CatalogFolder())
    let positions = [swing.catalog.url.path(), swing.catalog.folder.path()]
    for file in try ["0", "1"] + swing.catalog.names().map({ "catalog/" + $0 }) {
      #expect(chmod(swing.catalog.folder.appending(path: file).path(), 0o644) == 0)
    }
    for position in positions { #expect(chmod(position, 0o555) == 0) }
    defer { for position in positions { chmod(position, 0o755) } }
    func run(_ words: [String]) throws -> Outcome {
      try Program.run(Self.nobody[0], Self.nobody.dropFirst() + [Program.onevisit] + words, in: swing.catalog.folder)
    }
    let outcome = try run(swing.words + ["--language", "en"])
    #expect(outcome.status == 2 && outcome.errors.contains("no permission"), "\(outcome.errors)")
    #expect(try !swing.look("no right to write"))
    let dry = try run(swing.words + ["--dry-run"])
    #expect(dry.status == 0, "\(dry.errors)")
    #expect(try run(["import", "1", "--into", "new"]).status == 2)
    #expect(try !swing.look("no right to make a folder"))
  }
}
