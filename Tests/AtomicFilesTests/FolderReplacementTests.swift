import Platform
import Testing

@testable import AtomicFiles

struct FolderReplacementTests {
  /// A folder with a bit of everything in it.
  private func makeCatalog(_ temporary: TemporaryFolder, _ name: String = "目录") throws {
    try temporary.makeFolder(name, mode: 0o750)
    try temporary.put(name + "/matters.csv", "old", mode: 0o640)
    try temporary.put(name + "/进度.csv", "kept", mode: 0o600)
    try temporary.makeFolder(name + "/sub", mode: 0o700)
    try temporary.makeFolder(name + "/sub/深", mode: 0o755)
    try temporary.put(name + "/sub/x", "x")
    try temporary.put(name + "/sub/深/y", "y")
    symlink("matters.csv", temporary(name + "/link"))
    mkfifo(temporary(name + "/fifo"), 0o644)
    // A name in GBK.
    let gbk = FilePath(bytes: Array(temporary(name + "/").utf8) + [0xC4, 0xBF, 0xC2, 0xBC])
    _ = try OpenFile.open(in: nil, gbk, O_WRONLY | O_CREAT, mode: 0o644)
  }

  private func replace(_ path: String, exchange: Bool = true, _ body: (FolderReplacement) throws -> Void) throws {
    let folder = try FolderReplacement(at: path, waiting: 5, guardian: .program(Child.probe), canExchange: exchange)
    try body(folder)
    try folder.commit()
  }

  /// What other programs put into the folder between the comparison and the exchange is not removed with it.
  @Test(arguments: [true, false])
  func keepsWhatAppearsAtTheLastMoment(exchange: Bool) throws {
    let temporary = try TemporaryFolder()
    try makeCatalog(temporary)
    try replace(temporary("目录"), exchange: exchange) { folder in
      try folder.write("matters.csv") { try $0.append("new") }
      folder.willExchange = {
        try? temporary.put("目录/sub/late", "late")
        try? temporary.put("目录/sub/深/late", "late")
        try? temporary.makeFolder("目录/later", mode: 0o755)
        try? temporary.put("目录/later/z", "z")
        try? temporary.put("目录/进度.csv", "changed")
      }
    }
    #expect(try temporary.names() == ["目录"])
    #expect(try temporary.text("目录/matters.csv") == "new")
    for (file, text) in [
      ("sub/late", "late"), ("sub/深/late", "late"), ("later/z", "z"), ("进度.csv", "changed"), ("sub/x", "x"),
    ] {
      #expect(try temporary.text("目录/" + file) == text)
    }
  }

  /// A change of a file that is written anew cannot be kept beside it: the old folder stays.
  @Test func changeAtTheLastMomentIsNotOverwritten() throws {
    let temporary = try TemporaryFolder()
    try makeCatalog(temporary)
    #expect(throws: FolderChanged.self) {
      try replace(temporary("目录")) { folder in
        try folder.write("matters.csv") { try $0.append("new") }
        folder.willExchange = { try? temporary.put("目录/matters.csv", "theirs") }
      }
    }
    #expect(try temporary.names() == ["目录"])
    #expect(try temporary.text("目录/matters.csv") == "theirs")
    #expect(try temporary.text("目录/sub/x") == "x")
  }

  @Test(arguments: [true, false])
  func replacesAndCarriesOver(exchange: Bool) throws {
    let temporary = try TemporaryFolder()
    try makeCatalog(temporary)
    let old = try temporary.node("目录")
    let oldNames = try OpenFile.openFolder(in: nil, FilePath(temporary("目录"))).entries()
    let kept = try temporary.node("目录/进度.csv")
    try replace(temporary("目录"), exchange: exchange) { folder in
      #expect(folder.existed)
      try folder.write("matters.csv") { try $0.append("new") }
      try folder.write("sub/x") { try $0.append("new x") }
      try folder.write("fresh/事项/z") { try $0.append("z") }
      #expect(try temporary.text("目录/matters.csv") == "old")
    }
    #expect(try temporary.names() == ["目录"])
    let names = try OpenFile.openFolder(in: nil, FilePath(temporary("目录"))).entries()
    #expect(names == (oldNames + ["fresh"]).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) })
    #expect(try temporary.text("目录/matters.csv") == "new")
    #expect(try temporary.text("目录/link") == "new")
    #expect(try temporary.text("目录/进度.csv") == "kept")
    #expect(try temporary.text("目录/sub/x") == "new x")
    #expect(try temporary.text("目录/sub/深/y") == "y")
    #expect(try temporary.text("目录/fresh/事项/z") == "z")
    #expect(try temporary.mode("目录") == 0o750)
    #expect(try temporary.mode("目录/matters.csv") == 0o640)
    #expect(try temporary.mode("目录/sub") == 0o700)
    #expect(try temporary.mode("目录/sub/深") == 0o755)
    #expect(try temporary.node("目录/进度.csv") == kept)
    #expect(try #require(try temporary.status("目录/进度.csv")).st_nlink == 1)
    #expect(try temporary.isLink("目录/link"))
    #expect(try temporary.node("目录") != old)
  }

  @Test func removes() throws {
    let temporary = try TemporaryFolder()
    try makeCatalog(temporary)
    try replace(temporary("目录")) { folder in
      try folder.remove("进度.csv")
      try folder.remove("sub/深")
      try folder.remove("none")
      try folder.write("gone") { try $0.append("x") }
      try folder.remove("gone")
      try folder.remove("back")
      try folder.write("back") { try $0.append("x") }
      try folder.write("link") { try $0.append("own") }
    }
    #expect(try temporary.names("目录/sub") == ["x"])
    #expect(try !temporary.names("目录").contains("进度.csv"))
    #expect(try !temporary.names("目录").contains("gone"))
    #expect(try temporary.text("目录/back") == "x")
    #expect(try temporary.text("目录/link") == "own")
    #expect(try temporary.text("目录/matters.csv") == "old")
  }

  @Test func makesAFolderThatIsNotThere() throws {
    let temporary = try TemporaryFolder()
    for exchange in [true, false] {
      try replace(temporary("新\(exchange)/"), exchange: exchange) { folder in
        #expect(!folder.existed)
        try folder.write("a") { try $0.append("a") }
        #expect(failure { _ = try Bytes.read(temporary("新\(exchange)/a")) } == ENOENT)
      }
      #expect(try temporary.text("新\(exchange)/a") == "a")
    }
    #expect(try temporary.names() == ["新false", "新true"])
    let mask = umask(0o022)
    umask(mask)
    #expect(try temporary.mode("新true") == 0o777 & ~mask)
    #expect(failure { _ = try FolderReplacement(at: temporary("none/x")) } == ENOENT)
  }

  @Test func leavesTheOldWithoutCommit() throws {
    let temporary = try TemporaryFolder()
    try makeCatalog(temporary)
    do {
      let folder = try FolderReplacement(at: temporary("目录"), guardian: .program(Child.probe))
      try folder.write("matters.csv") { try $0.append("new") }
      #expect(throws: CancellationError.self) { try folder.write("b") { _ in throw CancellationError() } }
      #expect(try temporary.names().count == 2)
    }
    do {
      let folder = try FolderReplacement(at: temporary("neu"), guardian: .own)
      try folder.write("matters.csv") { try $0.append("new") }
    }
    #expect(try temporary.names() == ["目录"])
    #expect(try temporary.text("目录/matters.csv") == "old")
  }

  @Test func aWriteThatFailsLeavesTheOldFile() throws {
    let temporary = try TemporaryFolder()
    try makeCatalog(temporary)
    try replace(temporary("目录")) { folder in
      #expect(throws: CancellationError.self) {
        try folder.write("matters.csv") {
          try $0.append("half")
          throw CancellationError()
        }
      }
    }
    #expect(try temporary.text("目录/matters.csv") == "old")
  }

  @Test func refusesNamesThatLeadOut() throws {
    let temporary = try TemporaryFolder()
    try makeCatalog(temporary)
    symlink("/tmp", temporary("目录/out"))
    let folder = try FolderReplacement(at: temporary("目录"))
    for name in ["../x", "/x", "", "a//b", "./a", "a/..", "a\0b", "a/"] {
      #expect(failure { try folder.write(name) { _ in } } == EINVAL)
    }
    #expect(failure { try folder.write("out/x") { _ in } } == ENOTDIR)
    #expect(failure { try folder.write("matters.csv/x") { _ in } } == ENOTDIR)
    #expect(failure { try folder.write("sub") { _ in } } == EISDIR)
  }

  @Test func followsLinksAndDots() throws {
    let temporary = try TemporaryFolder()
    try makeCatalog(temporary)
    symlink("目录", temporary("alias"))
    for path in ["alias", "alias/", "目录/sub/..", "目录/."] {
      try replace(temporary(path)) { try $0.write("matters.csv") { try $0.append(path) } }
      #expect(try temporary.text("目录/matters.csv") == path)
      #expect(try temporary.names() == ["alias", "目录"])
      #expect(try temporary.isLink("alias"))
    }
    try temporary.put("file", "")
    #expect(failure { _ = try FolderReplacement(at: temporary("file")) } == ENOTDIR)
    #expect(failure { _ = try FolderReplacement(at: "/") } == EBUSY)
  }

  @Test func seesForeignChanges() throws {
    let temporary = try TemporaryFolder()
    try makeCatalog(temporary)
    for change in ["目录/进度.csv", "目录/sub/新"] {
      let folder = try FolderReplacement(at: temporary("目录"), guardian: .program(Child.probe))
      try folder.write("matters.csv") { try $0.append("new") }
      try temporary.put(change, "by somebody else")
      #expect(throws: FolderChanged.self) { try folder.commit() }
      #expect(try temporary.text("目录/matters.csv") == "old")
      #expect(try temporary.text(change) == "by somebody else")
      #expect(try temporary.names() == ["目录"])
    }
    let new = try FolderReplacement(at: temporary("neu"))
    try new.write("a") { try $0.append("a") }
    try temporary.makeFolder("neu")
    #expect(failure { try new.commit() } == EEXIST)
    #expect(try temporary.names("neu") == [])
  }

  @Test func writersWaitForOneAnother() throws {
    let temporary = try TemporaryFolder()
    try makeCatalog(temporary)
    for name in ["目录", "neu"] {
      let pipe = try Pipe()
      let holder = try #require(Child(Child.probe, ["hold", temporary(name), ""], output: pipe.write.number))
      var byte: UInt8 = 0
      #expect(try pipe.read.descriptor.readBytes(to: &byte, count: 1) == 1)
      #expect(throws: FolderBusy(path: temporary(name))) { _ = try FolderReplacement(at: temporary(name), waiting: 0) }
      let waiter = try #require(Child(Child.probe, ["folder", temporary(name), "waited"]))
      usleep(200_000)
      #expect(try temporary.status("neu") == nil)
      _ = holder.end()
      #expect(waiter.wait() == 0)
      #expect(try temporary.text(name + "/表3.csv").hasPrefix("waited\n"))
    }
    #expect(try temporary.names() == ["neu", "目录"])
  }

  /// Eight at once, each adding a file of its own: all of them are there in the end.
  @Test(arguments: ["add", "addaside"])
  func nobodyLosesAnything(way: String) throws {
    let temporary = try TemporaryFolder()
    for name in ["c", "neu"] {
      if name == "c" {
        try temporary.makeFolder("c")
        try temporary.put("c/keep", "keep")
      }
      let writers = (0..<8).compactMap { Child(Child.probe, [way, temporary(name), "\($0)"]) }
      #expect(writers.map { $0.wait() } == Array(repeating: 0, count: 8))
      #expect(try temporary.names(name) == (0..<8).map { "\($0)" } + (name == "c" ? ["keep"] : []))
    }
    #expect(try temporary.names() == ["c", "neu"])
  }

  @Test(.enabled(if: getuid() == 0, "only root can become nobody"))
  func withoutRights() throws {
    let temporary = try TemporaryFolder()
    try makeCatalog(temporary)
    chmod(temporary("目录"), 0o755)
    for path in ["目录", "neu"] {
      #expect(Child.probe("nobody", "folder", temporary(path), "new") == Int(EACCES))
    }
    #expect(try temporary.names() == ["目录"])
    #expect(try temporary.text("目录/matters.csv") == "old")
  }

  @Test(.enabled(if: TemporaryFolder.canMount, "file systems cannot be mounted here"))
  func readOnlyFullAndMounted() throws {
    let temporary = try TemporaryFolder()
    try temporary.mount("m", size: "256k")
    try makeCatalog(temporary, "m/c")
    let names = try temporary.names("m/c")
    let big = { (writer: ByteWriter) in try writer.append([UInt8](repeating: 65, count: 1_000_000)) }
    #expect(failure { try replace(temporary("m/c")) { try $0.write("a", big) } } == ENOSPC)
    #expect(failure { try replace(temporary("m/neu")) { try $0.write("a", big) } } == ENOSPC)
    #expect(try temporary.names("m") == ["c"])
    #expect(try temporary.names("m/c") == names)

    // A file system on the folder itself, and on one in it.
    #expect(failure { _ = try FolderReplacement(at: temporary("m")) } == EBUSY)
    try temporary.makeFolder("outer")
    try temporary.put("outer/a", "old")
    try temporary.mount("outer/inner", size: "64k")
    try temporary.put("outer/inner/x", "x")
    #expect(failure { try replace(temporary("outer")) { try $0.write("a") { try $0.append("new") } } } == EXDEV)
    #expect(try temporary.text("outer/inner/x") == "x")
    #expect(try temporary.text("outer/a") == "old")
    #expect(try temporary.names() == ["m", "outer"])

    try temporary.makeReadOnly("m")
    for path in ["m/c", "m/neu"] {
      #expect(failure { try replace(temporary(path)) { try $0.write("a") { try $0.append("new") } } } == EROFS)
    }
    #expect(try temporary.names("m") == ["c"])
    #expect(try temporary.text("m/c/matters.csv") == "old")
  }

  /// A machine that stopped between setting the old folder aside and putting the new one in its place.
  @Test func bringsBackWhatWasSetAside() throws {
    let temporary = try TemporaryFolder()
    let dead = try Child.dead()
    let aside = ".目录.onevisit-aside-\(dead)-0123456789abcdef"
    try makeCatalog(temporary, aside)
    try temporary.makeFolder(".目录.onevisit-\(dead)-0123456789abcdef")
    try replace(temporary("目录")) { folder in
      #expect(folder.existed)
      try folder.write("neu") { try $0.append("neu") }
    }
    #expect(try temporary.names() == ["目录"])
    #expect(try temporary.text("目录/matters.csv") == "old")
    // Where the folder stands, what was set aside is the past.
    try makeCatalog(temporary, aside)
    try replace(temporary("目录")) { _ in }
    #expect(try temporary.names() == ["目录"])
    #expect(try temporary.text("目录/neu") == "neu")
  }
}
