import Platform
import Testing

@testable import AtomicFiles

struct FileReplacementTests {
  @Test(arguments: [true, false])
  func writesAndReplaces(nameless: Bool) throws {
    let ground = try Ground()
    for text in ["旧\n", "新的\n"] {
      let file = try FileReplacement(at: ground("一件事 一次办.xml"), guardian: .program(Child.probe), nameless: nameless)
      try file.writer.append(text)
      try file.commit()
      #expect(try ground.text("一件事 一次办.xml") == text)
      #expect(try ground.names() == ["一件事 一次办.xml"])
    }
  }

  @Test func standsUntilCommitted() throws {
    let ground = try Ground()
    try ground.put("a", "old")
    for nameless in [true, false] {
      do {
        let file = try FileReplacement(at: ground("a"), guardian: .own, nameless: nameless)
        try file.writer.append("new")
        try file.writer.flush()
        #expect(try ground.text("a") == "old")
      }
      #expect(try ground.names() == ["a"])
      #expect(try ground.text("a") == "old")
    }
    #expect(throws: CancellationError.self) {
      try FileReplacement.write(to: ground("a")) { writer in
        try writer.append("new")
        throw CancellationError()
      }
    }
    #expect(try ground.text("a") == "old")
    #expect(try ground.names() == ["a"])
  }

  @Test func keepsTheMode() throws {
    let ground = try Ground()
    let mask = umask(0o022)
    umask(mask)
    try FileReplacement.write(to: ground("fresh")) { try $0.append("x") }
    #expect(try ground.mode("fresh") == 0o666 & ~mask)
    for mode: mode_t in [0o600, 0o640, 0o755, 0o644] {
      try ground.put("a", "old", mode: mode)
      try FileReplacement.write(to: ground("a")) { try $0.append("x") }
      #expect(try ground.mode("a") == mode)
    }
  }

  @Test func followsLinks() throws {
    let ground = try Ground()
    try ground.makeFolder("real")
    try ground.put("real/a", "old")
    symlink("real/a", ground("relative"))
    symlink(ground("real/a"), ground("absolute"))
    symlink("relative", ground("twice"))
    symlink("real/none", ground("dangling"))
    symlink("circle", ground("circle"))
    for link in ["relative", "absolute", "twice"] {
      try FileReplacement.write(to: ground(link)) { try $0.append(link) }
      #expect(try ground.text("real/a") == link)
      #expect(try ground.isLink(link))
    }
    try FileReplacement.write(to: ground("dangling")) { try $0.append("made") }
    #expect(try ground.text("real/none") == "made")
    #expect(failure { _ = try FileReplacement(at: ground("circle")) } == ELOOP)
    #expect(try ground.names("real") == ["a", "none"])
  }

  @Test func refusesWhatIsNoPlaceForAFile() throws {
    let ground = try Ground()
    try ground.makeFolder("d")
    try ground.put("f", "old")
    #expect(failure { _ = try FileReplacement(at: ground("d")) } == EISDIR)
    #expect(failure { _ = try FileReplacement(at: ground("d/")) } == EISDIR)
    #expect(failure { _ = try FileReplacement(at: ground("new/")) } == EISDIR)
    #expect(failure { _ = try FileReplacement(at: ground("none/x")) } == ENOENT)
    #expect(failure { _ = try FileReplacement(at: ground("f/x")) } == ENOTDIR)
    #expect(failure { _ = try FileReplacement(at: "") } == ENOENT)
    #expect(failure { _ = try FileReplacement(at: "/") } == EISDIR)
    #expect(failure { _ = try FileReplacement(at: ground(String(repeating: "长", count: 100))) } == ENAMETOOLONG)
    #expect(try ground.names() == ["d", "f"])
  }

  /// The staging name is cut to fit.
  @Test func takesTheLongestNames() throws {
    let ground = try Ground()
    let name = String(repeating: "长", count: 85)
    for turn in 0..<3 {
      let file = try FileReplacement(at: ground(name), guardian: .program(Child.probe), nameless: turn < 2)
      try file.writer.append("\(turn)")
      try file.commit()
    }
    #expect(try ground.text(name) == "2")
    #expect(try ground.names() == [name])
  }

  @Test func writesToWhatIsNoFile() throws {
    let ground = try Ground()
    try FileReplacement.write(to: "/dev/null") { try $0.append("x") }
    #expect(failure { try FileReplacement.write(to: "/dev/full") { try $0.append("x") } } == ENOSPC)
    #expect(try #require(try OpenFile.openFolder(in: nil, "/dev").status(of: "null")).st_mode & S_IFMT == S_IFCHR)

    mkfifo(ground("fifo"), 0o644)
    let reader = try #require(Child("/bin/sh", ["-c", "cat \(ground("fifo")) > \(ground("copy"))"]))
    try FileReplacement.write(to: ground("fifo")) { try $0.append("through") }
    #expect(reader.wait() == 0)
    #expect(try ground.text("copy") == "through")

    // A descriptor of this process's: continued where it stands, its file neither replaced nor cut short.
    try ground.put("log", "before\n")
    let log = try OpenFile.open(in: nil, FilePath(ground("log")), O_WRONLY | O_APPEND)
    try FileReplacement.write(to: "/dev/fd/\(log.number)") { try $0.append("after\n") }
    #expect(try ground.text("log") == "before\nafter\n")
    #expect(failure { _ = try FileReplacement(at: "/dev/fd/98765") } == EBADF)
  }

  @Test func aPipeThatClosesIsQuiet() throws {
    let script = "\"$0\" lines /dev/stdout 行 | head -n 1; exit ${PIPESTATUS[0]}"
    #expect(Child.run("/bin/bash", ["-c", script, Child.probe]) == 202)
  }

  @Test(.enabled(if: getuid() == 0, "only root can become nobody"))
  func withoutRights() throws {
    let ground = try Ground()
    try ground.put("a", "old")
    #expect(Child.probe("nobody", "file", ground("a"), "new") == Int(EACCES))
    #expect(Child.probe("nobody", "file", ground("b"), "new") == Int(EACCES))
    #expect(try ground.text("a") == "old")
    #expect(try ground.names() == ["a"])
    // The right to the folder is not the right to a file in it.
    chmod(ground.path, 0o777)
    #expect(Child.probe("nobody", "file", ground("a"), "new") == Int(EACCES))
    #expect(Child.probe("nobody", "file", ground("b"), "new") == 0)
    #expect(Child.probe("nobody", "named", ground("b"), "new") == 0)
    #expect(try ground.names() == ["a", "b"])
    #expect(try ground.text("a") == "old")
  }

  @Test(.enabled(if: Ground.canMount, "file systems cannot be mounted here"))
  func readOnlyAndFull() throws {
    let ground = try Ground()
    try ground.mount("full", size: "64k")
    try ground.put("full/a", "old")
    for nameless in [true, false] {
      #expect(
        failure {
          let file = try FileReplacement(at: ground("full/a"), guardian: .own, nameless: nameless)
          try file.writer.append([UInt8](repeating: 65, count: 1_000_000))
          try file.commit()
        } == ENOSPC)
      #expect(try ground.text("full/a") == "old")
      #expect(try ground.names("full") == ["a"])
    }
    try ground.makeReadOnly("full")
    for name in ["full/a", "full/b"] {
      #expect(failure { try FileReplacement.write(to: ground(name)) { try $0.append("new") } } == EROFS)
    }
    #expect(try ground.names("full") == ["a"])
  }

  @Test func sweepsWhatTheDeadLeft() throws {
    let ground = try Ground()
    let dead = try Child.dead()
    let tail = "-0123456789abcdef"
    try ground.put(".a.onevisit-\(dead)\(tail)", "left")
    try ground.makeFolder(".目录.onevisit-\(dead)\(tail)")
    try ground.put(".目录.onevisit-\(dead)\(tail)/x", "left")
    symlink("/etc", ground(".目录.onevisit-\(dead)\(tail)/link"))
    let stay = [
      ".a.onevisit-\(getppid())\(tail)", ".a.onevisit-\(dead)-0123", "a.onevisit-\(dead)\(tail)",
      ".a.onevisit-\(dead)\(tail)x", ".a.onevisit-x\(tail)", ".a.onevisit-\(dead)-0123456789ABCDEF",
      // Locked: its maker lives where we cannot see it.
      ".b.onevisit-\(dead)\(tail)",
    ]
    for name in stay { try ground.put(name, "stays") }
    let locked = try OpenFile.open(in: nil, FilePath(ground(stay[6])), O_RDONLY)
    try #require(locked.lock() == .taken)
    try FileReplacement.write(to: ground("b")) { try $0.append("x") }
    #expect(try ground.names().sorted() == (stay + ["b"]).sorted())
    #expect(access("/etc/passwd", F_OK) == 0)
  }
}
