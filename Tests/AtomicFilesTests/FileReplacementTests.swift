import Platform
import Testing

@testable import AtomicFiles

struct FileReplacementTests {
  @Test(arguments: [true, false])
  func writesAndReplaces(nameless: Bool) throws {
    let temporary = try TemporaryFolder()
    for text in ["旧\n", "新的\n"] {
      let file = try FileReplacement(at: temporary("一件事 一次办.xml"), guardian: .program(Child.probe), nameless: nameless)
      try file.writer.append(text)
      try file.commit()
      #expect(try temporary.text("一件事 一次办.xml") == text)
      #expect(try temporary.names() == ["一件事 一次办.xml"])
    }
  }

  @Test func standsUntilCommitted() throws {
    let temporary = try TemporaryFolder()
    try temporary.put("a", "old")
    for nameless in [true, false] {
      do {
        let file = try FileReplacement(at: temporary("a"), guardian: .own, nameless: nameless)
        try file.writer.append("new")
        try file.writer.flush()
        #expect(try temporary.text("a") == "old")
      }
      #expect(try temporary.names() == ["a"])
      #expect(try temporary.text("a") == "old")
    }
    #expect(throws: CancellationError.self) {
      try FileReplacement.write(to: temporary("a")) { writer in
        try writer.append("new")
        throw CancellationError()
      }
    }
    #expect(try temporary.text("a") == "old")
    #expect(try temporary.names() == ["a"])
  }

  @Test func keepsTheMode() throws {
    let temporary = try TemporaryFolder()
    let mask = umask(0o022)
    umask(mask)
    try FileReplacement.write(to: temporary("fresh")) { try $0.append("x") }
    #expect(try temporary.mode("fresh") == 0o666 & ~mask)
    for mode: mode_t in [0o600, 0o640, 0o755, 0o644] {
      try temporary.put("a", "old", mode: mode)
      try FileReplacement.write(to: temporary("a")) { try $0.append("x") }
      #expect(try temporary.mode("a") == mode)
    }
  }

  @Test func followsLinks() throws {
    let temporary = try TemporaryFolder()
    try temporary.makeFolder("real")
    try temporary.put("real/a", "old")
    symlink("real/a", temporary("relative"))
    symlink(temporary("real/a"), temporary("absolute"))
    symlink("relative", temporary("twice"))
    symlink("real/none", temporary("dangling"))
    symlink("circle", temporary("circle"))
    for link in ["relative", "absolute", "twice"] {
      try FileReplacement.write(to: temporary(link)) { try $0.append(link) }
      #expect(try temporary.text("real/a") == link)
      #expect(try temporary.isLink(link))
    }
    try FileReplacement.write(to: temporary("dangling")) { try $0.append("made") }
    #expect(try temporary.text("real/none") == "made")
    #expect(failure { _ = try FileReplacement(at: temporary("circle")) } == ELOOP)
    #expect(try temporary.names("real") == ["a", "none"])
  }

  @Test func refusesWhatIsNoPlaceForAFile() throws {
    let temporary = try TemporaryFolder()
    try temporary.makeFolder("d")
    try temporary.put("f", "old")
    #expect(failure { _ = try FileReplacement(at: temporary("d")) } == EISDIR)
    #expect(failure { _ = try FileReplacement(at: temporary("d/")) } == EISDIR)
    #expect(failure { _ = try FileReplacement(at: temporary("new/")) } == EISDIR)
    #expect(failure { _ = try FileReplacement(at: temporary("none/x")) } == ENOENT)
    #expect(failure { _ = try FileReplacement(at: temporary("f/x")) } == ENOTDIR)
    #expect(failure { _ = try FileReplacement(at: "") } == ENOENT)
    #expect(failure { _ = try FileReplacement(at: "/") } == EISDIR)
    #expect(failure { _ = try FileReplacement(at: temporary(String(repeating: "长", count: 100))) } == ENAMETOOLONG)
    #expect(try temporary.names() == ["d", "f"])
  }

  /// The staging name is cut to fit.
  @Test func takesTheLongestNames() throws {
    let temporary = try TemporaryFolder()
    let name = String(repeating: "长", count: 85)
    for turn in 0..<3 {
      let file = try FileReplacement(at: temporary(name), guardian: .program(Child.probe), nameless: turn < 2)
      try file.writer.append("\(turn)")
      try file.commit()
    }
    #expect(try temporary.text(name) == "2")
    #expect(try temporary.names() == [name])
  }

  @Test func writesToWhatIsNoFile() throws {
    let temporary = try TemporaryFolder()
    try FileReplacement.write(to: "/dev/null") { try $0.append("x") }
    #expect(failure { try FileReplacement.write(to: "/dev/full") { try $0.append("x") } } == ENOSPC)
    #expect(try #require(try OpenFile.openFolder(in: nil, "/dev").status(of: "null")).st_mode & S_IFMT == S_IFCHR)

    mkfifo(temporary("fifo"), 0o644)
    let reader = try #require(Child("/bin/sh", ["-c", "cat \(temporary("fifo")) > \(temporary("copy"))"]))
    try FileReplacement.write(to: temporary("fifo")) { try $0.append("through") }
    #expect(reader.wait() == 0)
    #expect(try temporary.text("copy") == "through")

    // A descriptor of this process's: continued where it stands, its file neither replaced nor cut short.
    try temporary.put("log", "before\n")
    let log = try OpenFile.open(in: nil, FilePath(temporary("log")), O_WRONLY | O_APPEND)
    try FileReplacement.write(to: "/dev/fd/\(log.number)") { try $0.append("after\n") }
    #expect(try temporary.text("log") == "before\nafter\n")
    #expect(failure { _ = try FileReplacement(at: "/dev/fd/98765") } == EBADF)
  }

  @Test func aPipeThatClosesIsQuiet() throws {
    let script = "\"$0\" lines /dev/stdout 行 | head -n 1; exit ${PIPESTATUS[0]}"
    #expect(Child.run("/bin/bash", ["-c", script, Child.probe]) == 202)
  }

  @Test(.enabled(if: getuid() == 0, "only root can become nobody"))
  func withoutRights() throws {
    let temporary = try TemporaryFolder()
    try temporary.put("a", "old")
    #expect(Child.probe("nobody", "file", temporary("a"), "new") == Int(EACCES))
    #expect(Child.probe("nobody", "file", temporary("b"), "new") == Int(EACCES))
    #expect(try temporary.text("a") == "old")
    #expect(try temporary.names() == ["a"])
    // The right to the folder is not the right to a file in it.
    chmod(temporary.path, 0o777)
    #expect(Child.probe("nobody", "file", temporary("a"), "new") == Int(EACCES))
    #expect(Child.probe("nobody", "file", temporary("b"), "new") == 0)
    #expect(Child.probe("nobody", "named", temporary("b"), "new") == 0)
    #expect(try temporary.names() == ["a", "b"])
    #expect(try temporary.text("a") == "old")
  }

  @Test(.enabled(if: TemporaryFolder.canMount, "file systems cannot be mounted here"))
  func readOnlyAndFull() throws {
    let temporary = try TemporaryFolder()
    try temporary.mount("full", size: "64k")
    try temporary.put("full/a", "old")
    for nameless in [true, false] {
      #expect(
        failure {
          let file = try FileReplacement(at: temporary("full/a"), guardian: .own, nameless: nameless)
          try file.writer.append([UInt8](repeating: 65, count: 1_000_000))
          try file.commit()
        } == ENOSPC)
      #expect(try temporary.text("full/a") == "old")
      #expect(try temporary.names("full") == ["a"])
    }
    try temporary.makeReadOnly("full")
    for name in ["full/a", "full/b"] {
      #expect(failure { try FileReplacement.write(to: temporary(name)) { try $0.append("new") } } == EROFS)
    }
    #expect(try temporary.names("full") == ["a"])
  }

  @Test func sweepsWhatTheDeadLeft() throws {
    let temporary = try TemporaryFolder()
    let dead = try Child.dead()
    let tail = "-0123456789abcdef"
    try temporary.put(".a.onevisit-\(dead)\(tail)", "left")
    try temporary.makeFolder(".目录.onevisit-\(dead)\(tail)")
    try temporary.put(".目录.onevisit-\(dead)\(tail)/x", "left")
    symlink("/etc", temporary(".目录.onevisit-\(dead)\(tail)/link"))
    let stay = [
      ".a.onevisit-\(getppid())\(tail)", ".a.onevisit-\(dead)-0123", "a.onevisit-\(dead)\(tail)",
      ".a.onevisit-\(dead)\(tail)x", ".a.onevisit-x\(tail)", ".a.onevisit-\(dead)-0123456789ABCDEF",
      // Locked: its maker lives where we cannot see it.
      ".b.onevisit-\(dead)\(tail)",
    ]
    for name in stay { try temporary.put(name, "stays") }
    let locked = try OpenFile.open(in: nil, FilePath(temporary(stay[6])), O_RDONLY)
    try #require(locked.lock() == .taken)
    try FileReplacement.write(to: temporary("b")) { try $0.append("x") }
    #expect(try temporary.names().sorted() == (stay + ["b"]).sorted())
    #expect(access("/etc/passwd", F_OK) == 0)
  }
}
