import Platform
import Testing

@testable import AtomicFiles

/// The program killed at every moment: afterwards the old content or the new, whole, and nothing beside it.
struct KillTests {
  private func makeOld(_ temporary: TemporaryFolder) throws {
    try temporary.makeFolder("目录")
    for number in 0..<10 { try temporary.put("目录/表\(number).csv", content("old")) }
    try temporary.put("目录/keep", "keep")
    try temporary.makeFolder("目录/sub")
    try temporary.put("目录/sub/keep", "keep")
    try temporary.put("file", content("old"))
  }

  private func content(_ tag: String) -> String { String(repeating: tag + "\n", count: 2000) }

  /// The tag of the folder, which must be whole; and nothing may stand beside it, after what time a guard needs.
  private func folderTag(_ temporary: TemporaryFolder, _ note: Comment) throws -> String {
    try clean(temporary, ["file", "目录"], note)
    #expect(try temporary.names("目录") == ["keep", "sub"] + (0..<10).map { "表\($0).csv" }, note)
    #expect(try temporary.text("目录/keep") == "keep", note)
    #expect(try temporary.text("目录/sub/keep") == "keep", note)
    let first = try temporary.text("目录/表0.csv")
    let tag = String(first.prefix { $0 != "\n" })
    #expect(first == content(tag), note)
    for number in 1..<10 { #expect(try temporary.text("目录/表\(number).csv") == first, note) }
    return tag
  }

  private func fileTag(_ temporary: TemporaryFolder, _ note: Comment) throws -> String {
    try clean(temporary, ["file", "目录"], note)
    let text = try temporary.text("file")
    let tag = String(text.prefix { $0 != "\n" })
    #expect(text == content(tag), note)
    return tag
  }

  private func clean(_ temporary: TemporaryFolder, _ expected: [String], _ note: Comment) throws {
    // A guard may have to wait for a slow disk.
    for _ in 0..<20_000 {
      if try temporary.names() == expected { return }
      usleep(2_000)
    }
    #expect(try temporary.names() == expected, note)
    throw CancellationError()
  }

  /// - Parameters:
  ///   - longest: In milliseconds, how long the program may live.
  @Test(
    .timeLimit(.minutes(10)),
    arguments: [
      (TemporaryFolder.usual, "loop", 60, 120), ("/dev/shm", "loop", 110, 40), ("/dev/shm", "asideloop", 70, 40),
      (TemporaryFolder.usual, "fileloop", 60, 50), ("/dev/shm", "fileloop", 60, 40),
    ])
  func atRandomMoments(below: String, command: String, times: Int, longest: Int) throws {
    guard access(below, W_OK) == 0 else { return }
    let seed = UInt64.random(in: 0 ... .max)
    var random = SplitMix(state: seed)
    let temporary = try TemporaryFolder(below: below)
    try makeOld(temporary)
    let path = command == "fileloop" ? temporary("file") : temporary("目录")
    var tag = "old"
    var changed = 0
    for turn in 0..<times {
      let child = try #require(Child(Child.probe, [command, path, "\(turn * 1000)"]))
      usleep(UInt32.random(in: 4000...UInt32(longest * 1000), using: &random))
      #expect(child.end() == 1009)
      let note: Comment = "seed \(seed), turn \(turn)"
      let now = try command == "fileloop" ? fileTag(temporary, note) : folderTag(temporary, note)
      if now != tag { changed += 1 }
      tag = now
    }
    print("\(command) in \(below): seed \(seed), \(times) kills, after \(changed) of them new content, else as before")
  }

  static let tracer = "/usr/bin/strace"
  static let canTrace = access(tracer, X_OK) == 0 && Child.run(tracer, ["-o", "/dev/null", "/bin/true"]) == 0

  private func trace(_ inject: [String], _ arguments: [String]) -> Int {
    Child.run(
      KillTests.tracer, ["-o", "/dev/null"] + inject.flatMap { ["-e", "inject=" + $0] } + [Child.probe] + arguments)
  }

  /// Killed on the way into each call that touches the disk, one after the other.
  @Test(
    .enabled(if: canTrace, "no strace here, or it may not trace"), .timeLimit(.minutes(10)),
    arguments: ["folder", "aside", "file", "named"])
  func atEveryCall(command: String) throws {
    let temporary = try TemporaryFolder(below: access("/dev/shm", W_OK) == 0 ? "/dev/shm" : TemporaryFolder.usual)
    try makeOld(temporary)
    let isFile = command == "file" || command == "named"
    var (kills, new) = (0, 0)
    // The two ways share all but their ends.
    let ends = ["fsync", "linkat", "renameat2", "renameat", "unlinkat", "flock", "sendto", "exit_group"]
    let calls =
      command == "aside" || command == "named" ? ends : ends + ["mkdirat", "openat", "write", "fchown", "fchmod"]
    for call in calls {
      for count in 1...200 {
        let tag = "\(call)\(count)"
        let status = trace(["\(call):signal=KILL:when=\(count)"], [command, temporary(isFile ? "file" : "目录"), tag])
        let note: Comment = "\(command) killed at \(call) \(count)"
        let now = try isFile ? fileTag(temporary, note) : folderTag(temporary, note)
        if status == 0 {
          #expect(now == tag, note)
          break
        }
        #expect(status == 1009, note)
        kills += 1
        if now == tag { new += 1 }
      }
    }
    print("\(command): killed at \(kills) calls, after \(new) of them the new content, else the old")
  }

  /// A call fails where it can: the old content stands, and nothing beside it.
  @Test(.enabled(if: canTrace, "no strace here, or it may not trace"), .timeLimit(.minutes(10)))
  func errorsLeaveTheOld() throws {
    let temporary = try TemporaryFolder()
    try makeOld(temporary)
    for (call, error, code) in [
      ("fsync", "EIO", EIO), ("write", "ENOSPC", ENOSPC), ("fchmod", "EPERM", EPERM), ("mkdirat", "EMLINK", EMLINK),
      ("renameat2", "EBUSY", EBUSY), ("linkat", "EIO", EIO),
    ] {
      let note: Comment = "\(call) fails with \(error)"
      #expect(trace(["\(call):error=\(error):when=1"], ["folder", temporary("目录"), "new"]) == Int(code), note)
      #expect(try folderTag(temporary, note) == "old", note)
      if call != "mkdirat" && call != "renameat2" {
        #expect(trace(["\(call):error=\(error):when=1"], ["file", temporary("file"), "new"]) == Int(code), note)
        #expect(try fileTag(temporary, note) == "old", note)
      }
    }
    for command in ["file", "named"] {
      #expect(trace(["renameat:error=EIO"], [command, temporary("file"), "new"]) == Int(EIO))
      #expect(try fileTag(temporary, "renameat") == "old")
    }
    // Both renames of the way without exchange.
    for count in 1...2 {
      #expect(trace(["renameat:error=EIO:when=\(count)"], ["aside", temporary("目录"), "new"]) == Int(EIO))
      #expect(try folderTag(temporary, "renameat \(count)") == "old")
    }
  }

  /// File systems that lack this or that: another way, the same end.
  @Test(.enabled(if: canTrace, "no strace here, or it may not trace"), .timeLimit(.minutes(10)))
  func poorFileSystems() throws {
    let temporary = try TemporaryFolder()
    try makeOld(temporary)
    for (turn, inject) in [
      "renameat2:error=EINVAL", "linkat:error=EPERM", "fsync:error=EINVAL", "flock:error=EOPNOTSUPP",
      "write:error=EINTR:when=1+2", "socketpair:error=EMFILE", "fchown:error=EPERM",
    ].enumerated() {
      #expect(trace([inject], ["folder", temporary("目录"), "new\(turn)"]) == 0, "\(inject)")
      #expect(try folderTag(temporary, "\(inject)") == "new\(turn)")
      if !inject.hasPrefix("linkat") {
        #expect(trace([inject], ["file", temporary("file"), "new\(turn)"]) == 0, "\(inject)")
        #expect(try fileTag(temporary, "\(inject)") == "new\(turn)")
      }
    }
    // Killed between the two renames, with nothing under the name: the guard puts the old folder back.
    let before = try folderTag(temporary, "before")
    #expect(
      trace(["renameat2:error=EINVAL", "renameat:signal=KILL:when=2"], ["folder", temporary("目录"), "x"]) == 1009)
    #expect(try folderTag(temporary, "between two renames") == before)
  }
}

/// A generator with a seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
