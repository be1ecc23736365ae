import Platform
import Testing

@testable import AtomicFiles

struct FolderReplacementTests {
  /// A folder with a bit of everything in it.
  private func makeCatalog(_ ground: Ground, _ name: String = "目录") throws {
    try ground.makeFolder(name, mode: 0o750)
    try ground.put(name + "/matters.csv", "old", mode: 0o640)
    try ground.put(name + "/进度.csv", "kept", mode: 0o600)
    try ground.makeFolder(name + "/sub", mode: 0o700)
    try ground.makeFolder(name + "/sub/深", mode: 0o755)
    try ground.put(name + "/sub/x", "x")
    try ground.put(name + "/sub/深/y", "y")
    symlink("matters.csv", ground(name + "/link"))
    mkfifo(ground(name + "/fifo"), 0o644)
    // A name in GBK.
    let gbk = FilePath(bytes: Array(ground(name + "/").utf8) + [0xC4, 0xBF, 0xC2, 0xBC])
    _ = try OpenFile.open(in: nil, gbk, O_WRONLY | O_CREAT, mode: 0o644)
  }

  private func replace(_ path: String, exchange: Bool = true, _ body: (FolderReplacement) throws -> Void) throws {
    let folder = try FolderReplacement(at: path, waiting: 5, guardian: .program(Child.probe), canExchange: exchange)
    try body(folder)
    try folder.commit()
  }

  @Test(arguments: [true, false])
  func replacesAndCarriesOver(exchange: Bool) throws {
    let ground = try Ground()
    try makeCatalog(ground)
    let old = try ground.node("目录")
    let oldNames = try OpenFile.openFolder(in: nil, FilePath(ground("目录"))).entries()
    let kept = try ground.node("目录/进度.csv")
    try replace(ground("目录"), exchange: exchange) { folder in
      #expect(folder.existed)
      try folder.write("matters.csv") { try $0.append("new") }
      try folder.write("sub/x") { try $0.append("new x") }
      try folder.write("fresh/事项/z") { try $0.append("z") }
      #expect(try ground.text("目录/matters.csv") == "old")
    }
    #expect(try ground.names() == ["目录"])
    let names = try OpenFile.openFolder(in: nil, FilePath(ground("目录"))).entries()
    #expect(names == (oldNames + ["fresh"]).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) })
    #expect(try ground.text("目录/matters.csv") == "new")
    #expect(try ground.text("目录/link") == "new")
    #expect(try ground.text("目录/进度.csv") == "kept")
    #expect(try ground.text("目录/sub/x") == "new x")
    #expect(try ground.text("目录/sub/深/y") == "y")
    #expect(try ground.text("目录/fresh/事项/z") == "z")
    #expect(try ground.mode("目录") == 0o750)
    #expect(try ground.mode("目录/matters.csv") == 0o640)
    #expect(try ground.mode("目录/sub") == 0o700)
    #expect(try ground.mode("目录/sub/深") == 0o755)
    #expect(try ground.node("目录/进度.csv") == kept)
    #expect(try #require(try ground.status("目录/进度.csv")).st_nlink == 1)
    #expect(try ground.isLink("目录/link"))
    #expect(try ground.node("目录") != old)
  }

  @Test func removes() throws {
    let ground = try Ground()
    try makeCatalog(ground)
    try replace(ground("目录")) { folder in
      try folder.remove("进度.csv")
      try folder.remove("sub/深")
      try folder.remove("none")
      try folder.write("gone") { try $0.append("x") }
      try folder.remove("gone")
      try folder.remove("back")
      try folder.write("back") { try $0.append("x") }
      try folder.write("link") { try $0.append("own") }
    }
    #expect(try ground.names("目录/sub") == ["x"])
    #expect(try !ground.names("目录").contains("进度.csv"))
    #expect(try !ground.names("目录").contains("gone"))
    #expect(try ground.text("目录/back") == "x")
    #expect(try ground.text("目录/link") == "own")
    #expect(try ground.text("目录/matters.csv") == "old")
  }

  @Test func makesAFolderThatIsNotThere() throws {
    let ground = try Ground()
    for exchange in [true, false] {
      try replace(ground("新\(exchange)/"), exchange: exchange) { folder in
        #expect(!folder.existed)
        try folder.write("a") { try $0.append("a") }
        #expect(failure { _ = try Bytes.read(ground("新\(exchange)/a")) } == ENOENT)
      }
      #expect(try ground.text("新\(exchange)/a") == "a")
    }
    #expect(try ground.names() == ["新false", "新true"])
    let mask = umask(0o022)
    umask(mask)
    #expect(try ground.mode("新true") == 0o777 & ~mask)
    #expect(failure { _ = try FolderReplacement(at: ground("none/x")) } == ENOENT)
  }

  @Test func leavesTheOldWithoutCommit() throws {
    let ground = try Ground()
    try makeCatalog(ground)
    do {
      let folder = try FolderReplacement(at: ground("目录"), guardian: .program(Child.probe))
      try folder.write("matters.csv") { try $0.append("new") }
      #expect(throws: CancellationError.self) { try folder.write("b") { _ in throw CancellationError() } }
      #expect(try ground.names().count == 2)
    }
    do {
      let folder = try FolderReplacement(at: ground("neu"), guardian: .own)
      try folder.write("matters.csv") { try $0.append("new") }
    }
    #expect(try ground.names() == ["目录"])
    #expect(try ground.text("目录/matters.csv") == "old")
  }

  @Test func aWriteThatFailsLeavesTheOldFile() throws {
    let ground = try Ground()
    try makeCatalog(ground)
    try replace(ground("目录")) { folder in
      #expect(throws: CancellationError.self) {
        try folder.write("matters.csv") {
          try $0.append("half")
          throw CancellationError()
        }
      }
    }
    #expect(try ground.text("目录/matters.csv") == "old")
  }

  @Test func refusesNamesThatLeadOut() throws {
    let ground = try Ground()
    try makeCatalog(ground)
    symlink("/tmp", ground("目录/out"))
    let folder = try FolderReplacement(at: ground("目录"))
    for name in ["../x", "/x", "", "a//b", "./a", "a/..", "a\0b", "a/"] {
      #expect(failure { try folder.write(name) { _ in } } == EINVAL)
    }
    #expect(failure { try folder.write("out/x") { _ in } } == ENOTDIR)
    #expect(failure { try folder.write("matters.csv/x") { _ in } } == ENOTDIR)
    #expect(failure { try folder.write("sub") { _ in } } == EISDIR)
  }

  @Test func followsLinksAndDots() throws {
    let ground = try Ground()
    try makeCatalog(ground)
    symlink("目录", ground("alias"))
    for path in ["alias", "alias/", "目录/sub/..", "目录/."] {
      try replace(ground(path)) { try $0.write("matters.csv") { try $0.append(path) } }
      #expect(try ground.text("目录/matters.csv") == path)
      #expect(try ground.names() == ["alias", "目录"])
      #expect(try ground.isLink("alias"))
    }
    try ground.put("file", "")
    #expect(failure { _ = try FolderReplacement(at: ground("file")) } == ENOTDIR)
    #expect(failure { _ = try FolderReplacement(at: "/") } == EBUSY)
  }

  @Test func seesForeignChanges() throws {
    let ground = try Ground()
    try makeCatalog(ground)
    for change in ["目录/进度.csv", "目录/sub/新"] {
      let folder = try FolderReplacement(at: ground("目录"), guardian: .program(Child.probe))
      try folder.write("matters.csv") { try $0.append("new") }
      try ground.put(change, "by somebody else")
      #expect(throws: FolderChanged.self) { try folder.commit() }
      #expect(try ground.text("目录/matters.csv") == "old")
      #expect(try ground.text(change) == "by somebody else")
      #expect(try ground.names() == ["目录"])
    }
    let new = try FolderReplacement(at: ground("neu"))
    try new.write("a") { try $0.append("a") }
    try ground.makeFolder("neu")
    #expect(failure { try new.commit() } == EEXIST)
    #expect(try ground.names("neu") == [])
  }

  @Test func writersWaitForOneAnother() throws {
    let ground = try Ground()
    try makeCatalog(ground)
    for name in ["目录", "neu"] {
      let pipe = try Pipe()
      let holder = try #require(Child(Child.probe, ["hold", ground(name), ""], output: pipe.write.number))
      var byte: UInt8 = 0
      #expect(try pipe.read.descriptor.readBytes(to: &byte, count: 1) == 1)
      #expect(throws: FolderBusy(path: ground(name))) { _ = try FolderReplacement(at: ground(name), waiting: 0) }
      let waiter = try #require(Child(Child.probe, ["folder", ground(name), "waited"]))
      usleep(200_000)
      #expect(try ground.status("neu") == nil)
      _ = holder.end()
      #expect(waiter.wait() == 0)
      #expect(try ground.text(name + "/表3.csv").hasPrefix("waited\n"))
    }
    #expect(try ground.names() == ["neu", "目录"])
  }

  /// Eight at once, each adding a file of its own: all of them are there in the end.
  @Test(arguments: ["add", "addaside"])
  func nobodyLosesAnything(way: String) throws {
    let ground = try Ground()
    for name in ["c", "neu"] {
      if name == "c" {
        try ground.makeFolder("c")
        try ground.put("c/keep", "keep")
      }
      let writers = (0..<8).compactMap { Child(Child.probe, [way, ground(name), "\($0)"]) }
      #expect(writers.map { $0.wait() } == Array(repeating: 0, count: 8))
      #expect(try ground.names(name) == (0..<8).map { "\($0)" } + (name == "c" ? ["keep"] : []))
    }
    #expect(try ground.names() == ["c", "neu"])
  }

  @Test(.enabled(if: getuid() == 0, "only root can become nobody"))
  func withoutRights() throws {
    let ground = try Ground()
    try makeCatalog(ground)
    chmod(ground("目录"), 0o755)
    for path in ["目录", "neu"] {
      #expect(Child.probe("nobody", "folder", ground(path), "new") == Int(EACCES))
    }
    #expect(try ground.names() == ["目录"])
    #expect(try ground.text("目录/matters.csv") == "old")
  }

  @Test(.enabled(if: Ground.canMount, "file systems cannot be mounted here"))
  func readOnlyFullAndMounted() throws {
    let ground = try Ground()
    try ground.mount("m", size: "256k")
    try makeCatalog(ground, "m/c")
    let names = try ground.names("m/c")
    let big = { (writer: ByteWriter) in try writer.append([UInt8](repeating: 65, count: 1_000_000)) }
    #expect(failure { try replace(ground("m/c")) { try $0.write("a", big) } } == ENOSPC)
    #expect(failure { try replace(ground("m/neu")) { try $0.write("a", big) } } == ENOSPC)
    #expect(try ground.names("m") == ["c"])
    #expect(try ground.names("m/c") == names)

    // A file system on the folder itself, and on one in it.
    #expect(failure { _ = try FolderReplacement(at: ground("m")) } == EBUSY)
    try ground.makeFolder("outer")
    try ground.put("outer/a", "old")
    try ground.mount("outer/inner", size: "64k")
    try ground.put("outer/inner/x", "x")
    #expect(failure { try replace(ground("outer")) { try $0.write("a") { try $0.append("new") } } } == EXDEV)
    #expect(try ground.text("outer/inner/x") == "x")
    #expect(try ground.text("outer/a") == "old")
    #expect(try ground.names() == ["m", "outer"])

    try ground.makeReadOnly("m")
    for path in ["m/c", "m/neu"] {
      #expect(failure { try replace(ground(path)) { try $0.write("a") { try $0.append("new") } } } == EROFS)
    }
    #expect(try ground.names("m") == ["c"])
    #expect(try ground.text("m/c/matters.csv") == "old")
  }

  /// A machine that stopped between setting the old folder aside and putting the new one in its place.
  @Test func bringsBackWhatWasSetAside() throws {
    let ground = try Ground()
    let dead = try Child.dead()
    let aside = ".目录.onevisit-aside-\(dead)-0123456789abcdef"
    try makeCatalog(ground, aside)
    try ground.makeFolder(".目录.onevisit-\(dead)-0123456789abcdef")
    try replace(ground("目录")) { folder in
      #expect(folder.existed)
      try folder.write("neu") { try $0.append("neu") }
    }
    #expect(try ground.names() == ["目录"])
    #expect(try ground.text("目录/matters.csv") == "old")
    // Where the folder stands, what was set aside is the past.
    try makeCatalog(ground, aside)
    try replace(ground("目录")) { _ in }
    #expect(try ground.names() == ["目录"])
    #expect(try ground.text("目录/neu") == "neu")
  }
}
