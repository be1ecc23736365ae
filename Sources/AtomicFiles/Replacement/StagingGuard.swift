import Platform
import Synchronization

/// A small process that outlives this one if it is killed, and then clears its staging away.
///
/// It runs this same program with the hidden first argument `__sweep`, started before the staging is made, in a session of
/// its own, deaf to every signal that can be blocked. It waits for the end of its standard input. The byte `k` on it says
/// that all is done; an end without it says that this process has died, and the guard removes what stands under the
/// staging name: new content before the exchange, the old content after it — either way the target is whole. Where the old
/// folder had been set aside and nothing stands in its place, it is put back.
///
/// Without a guard (the program does not answer `__sweep`, or no process can be started) everything works the same, but
/// what a killed program leaves stays until the next write beside it.
package final class StagingGuard {
  /// The hidden first argument.
  static let argument = "__sweep"

  /// Whether `runIfAsked` was called, so that starting this program again will not do something quite different.
  private static let answers = Atomic<Bool>(false)
  private let process: pid_t
  private let line: OpenFile

  private init(process: pid_t, line: OpenFile) {
    self.process = process
    self.line = line
  }

  /// To be called first thing in `main`: if this process was started as a guard, does a guard's work and ends. Otherwise
  /// notes that this program can be its own guard, and returns.
  ///
  /// Reads the arguments as the system gave them, since the name of a file need not be UTF-8.
  package static func runIfAsked() {
    let arguments = CommandLine.unsafeArgv
    let given = (0..<Int(CommandLine.argc)).compactMap { arguments[$0].map { FilePath(platformString: $0) } }
    guard given.count > 1, given[1] == FilePath(argument) else {
      answers.store(true, ordering: .relaxed)
      return
    }
    guard given.count == 4 else { exit(64) }
    exit(run(staging: given[2], target: given[3]))
  }

  /// Starts a guard over the staging name in `folder`, or `nil` if that cannot be.
  /// - Parameter executable: The program to run; left out, this one, if it has called `runIfAsked`.
  static func start(executable: String?, folder: OpenFile, names: StagingName, target: FilePath) -> StagingGuard? {
    guard executable != nil || answers.load(ordering: .relaxed) else { return nil }
    let program = executable ?? "/proc/self/exe"

    // Out of the way of 0 to 3, which the file actions give away one after the other.
    var pair: [Int32] = [-1, -1]
    guard cs_socketpair(&pair) == 0 else { return nil }
    let ends = pair.map { OpenFile(adopting: FileDescriptor(rawValue: $0)) }
    guard let line = raised(ends[0]), let input = raised(ends[1]), let place = raised(folder) else { return nil }

    var actions = posix_spawn_file_actions_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.number, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, place.number, folderDescriptor)

    var attributes = posix_spawnattr_t()
    guard posix_spawnattr_init(&attributes) == 0 else { return nil }
    defer { posix_spawnattr_destroy(&attributes) }
    // A service manager sends SIGTERM to every process of a service at once; a guard that died of it would be none.
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK) | cs_spawn_setsid())

    var words: [UnsafeMutablePointer<CChar>?] = [
      strdup("onevisit"), strdup(argument), names.staging.withPlatformString { strdup($0) },
      target.withPlatformString { strdup($0) }, nil,
    ]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    guard posix_spawn(&process, program, &actions, &attributes, &words, cs_environment()) == 0 else { return nil }
    return StagingGuard(process: process, line: line)
  }

  /// Tells the guard that nothing is left to remove, and waits for its end, so that nothing of ours still holds the file
  /// system busy. It mostly has ended at once; one that was started a moment ago must still load. One that hangs is left.
  func release() {
    var done = UInt8(ascii: "k")
    // A guard that somebody has killed must not kill us by SIGPIPE.
    _ = send(line.number, &done, 1, cs_msg_nosignal())
    for _ in 0..<500 {
      if waitpid(process, nil, WNOHANG) != 0 { return }
      usleep(1_000)
    }
  }

  private static let folderDescriptor: Int32 = 3

  /// The same file under a number that no file action touches.
  private static func raised(_ descriptor: OpenFile) -> OpenFile? {
    let number = fcntl(descriptor.number, F_DUPFD_CLOEXEC, 16)
    return number < 0 ? nil : OpenFile(adopting: FileDescriptor(rawValue: number))
  }

  /// A guard's whole life.
  private static func run(staging: FilePath, target: FilePath) -> Int32 {
    cs_close_from(folderDescriptor + 1)
    guard let names = StagingName(staging: staging) else { return 64 }
    let folder = OpenFile(adopting: FileDescriptor(rawValue: folderDescriptor))
    guard let status = try? folder.status(), status.isFolder else { return 64 }
    // So that no file system is kept busy by our standing in it.
    chdir("/")
    var byte: UInt8 = 0
    while (try? FileDescriptor.standardInput.readBytes(to: &byte, count: 1)) == 1 {
      if byte == UInt8(ascii: "k") { return 0 }
    }
    StagingName.restore(names.aside, target: target, in: folder)
    StagingName.remove(names.staging, in: folder)
    return 0
  }
}
