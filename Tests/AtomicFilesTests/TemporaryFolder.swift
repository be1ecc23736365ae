import Platform
import Testing

@testable import AtomicFiles

/// A folder for one test, removed when it is deallocated.
final class TemporaryFolder {
  let path: String
  private var mounted: [String] = []

  /// The folder for temporary files, mostly on a disk: TMPDIR, else /tmp.
  static let usual: String = {
    guard let path = getenv("TMPDIR").map({ String(cString: $0) }), !path.isEmpty else { return "/tmp" }
    return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }()

  /// - Parameter below: where it is made; /dev/shm is memory.
  init(below: String = TemporaryFolder.usual) throws {
    var generator = SystemRandomNumberGenerator()
    path = below + "/onevisit-test-\(getpid())-\(generator.next() as UInt32)"
    try #require(mkdir(path, 0o755) == 0)
    try #require(chmod(path, 0o755) == 0)
  }

  deinit {
    for mount in mounted.reversed() { _ = Child.run("/usr/bin/umount", [mount]) }
    let start = path.lastIndex(of: "/") ?? path.startIndex
    guard let outer = try? OpenFile.openFolder(in: nil, FilePath(String(path[..<start]))) else { return }
    StagingName.remove(FilePath(String(path[start...].dropFirst())), in: outer)
  }

  func callAsFunction(_ name: String) -> String { path + "/" + name }

  func makeFolder(_ name: String, mode: mode_t = 0o755) throws {
    try #require(mkdir(self(name), mode) == 0)
    try #require(chmod(self(name), mode) == 0)
  }

  func put(_ name: String, _ text: String, mode: mode_t = 0o644) throws {
    let file = try OpenFile.open(in: nil, FilePath(self(name)), O_WRONLY | O_CREAT | O_TRUNC, mode: mode)
    let writer = ByteWriter(descriptor: file.number, path: name)
    try writer.append(text)
    try writer.flush()
    try #require(fchmod(file.number, mode) == 0)
  }

  func text(_ name: String) throws -> String {
    let bytes = try Bytes.read(self(name))
    return bytes.text(0..<bytes.count)
  }

  /// What a folder holds, hidden names included.
  func names(_ name: String = ".") throws -> [String] {
    try OpenFile.openFolder(in: nil, FilePath(self(name))).entries().map(\.string)
  }

  func status(_ name: String) throws -> stat? {
    try OpenFile.openFolder(in: nil, FilePath(path)).status(of: FilePath(name))
  }

  /// What distinguishes one file from another on a disk.
  func node(_ name: String) throws -> UInt64 {
    UInt64(try #require(try status(name)).st_ino)
  }

  func isLink(_ name: String) throws -> Bool {
    try #require(try status(name)).st_mode & S_IFMT == S_IFLNK
  }

  func mode(_ name: String) throws -> mode_t {
    try #require(try status(name)).st_mode & 0o7777
  }

  /// A small file system in memory on a folder of this name.
  func mount(_ name: String, size: String) throws {
    try makeFolder(name)
    try #require(Child.run("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=" + size, "tmpfs", self(name)]) == 0)
    mounted.append(self(name))
  }

  func makeReadOnly(_ name: String) throws {
    try #require(Child.run("/usr/bin/mount", ["-o", "remount,ro", self(name)]) == 0)
  }

  /// Whether tests may mount file systems here.
  static let canMount: Bool = {
    guard getuid() == 0, let temporary = try? TemporaryFolder(),
      mkdir(temporary("m"), 0o755) == 0,
      Child.run("/usr/bin/mount", ["-t", "tmpfs", "tmpfs", temporary("m")]) == 0
    else { return false }
    return Child.run("/usr/bin/umount", [temporary("m")]) == 0
  }()
}

/// The two ends of a pipe that programs started meanwhile do not inherit.
struct Pipe {
  let read: OpenFile
  let write: OpenFile

  init() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    read = OpenFile(adopting: FileDescriptor(rawValue: ends[0]))
    write = OpenFile(adopting: FileDescriptor(rawValue: ends[1]))
  }
}

/// A started program.
struct Child {
  let process: pid_t

  /// - Parameters:
  ///   - output: The descriptor to be its standard output; /dev/null if left out.
  ///   - input: The descriptor to be its standard input; /dev/null if left out.
  init?(_ program: String, _ arguments: [String], output: Int32? = nil, input: Int32? = nil) {
    var actions = posix_spawn_file_actions_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, given) in [(Int32(0), input), (1, output), (2, nil)] {
      if let given {
        posix_spawn_file_actions_adddup2(&actions, given, number)
      } else {
        posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0)
      }
    }
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    guard posix_spawn(&process, program, &actions, nil, &words, nil) == 0 else { return nil }
    self.process = process
  }

  /// Its exit status, or 1000 and the signal that ended it.
  func wait() -> Int {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7f == 0 ? Int(status >> 8) & 0xff : 1000 + Int(status & 0x7f)
  }

  /// Ends it at once, as `kill -9` does.
  func end() -> Int {
    kill(process, SIGKILL)
    return wait()
  }

  static func run(_ program: String, _ arguments: [String]) -> Int {
    Child(program, arguments)?.wait() ?? -1
  }

  /// A process id that was in use and is no longer.
  static func dead() throws -> pid_t {
    let child = try #require(Child("/bin/true", []))
    _ = child.wait()
    return child.process
  }

  /// The program that tests kill; it stands beside the one that runs them.
  static let probe: String = {
    let own = (try? OpenFile.openFolder(in: nil, "/proc/self").linkText("exe")) ?? [0]
    for program in [FilePath(platformString: own).string] + CommandLine.arguments {
      // Run by a helper of the package manager's, the tests are named in its arguments.
      guard let end = program.lastIndex(of: "/") else { continue }
      let beside = program[...end] + "FileFaultProbe"
      if access(String(beside), X_OK) == 0 { return String(beside) }
    }
    return "FileFaultProbe"
  }()

  static func probe(_ arguments: String...) -> Int { run(probe, arguments) }
}

/// The errno of the `FileFailure` that `body` throws; `nil` if it throws none.
func failure(_ body: () throws -> Void) -> Int32? {
  do {
    try body()
    return nil
  } catch let error as FileFailure {
    return error.code.rawValue
  } catch {
    return -1
  }
}
