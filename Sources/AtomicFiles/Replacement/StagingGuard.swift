import Platform
import Synchronization

/// A small process that outlives this one if it is killed, and then removes its staging.
///
/// It runs the same program with the hidden first argument `__sweep`, is started before the staging is created, in a
/// session of its own, with every signal blocked that can be. It reads its standard input to the end. The byte `k`
/// means that all is done; an end without it means that this process was killed, and the guard removes what has the
/// staging name: the new content before the exchange, the old content after it; the target is complete either way. If
/// the old folder had been set aside and nothing has replaced it, the guard restores it.
///
/// Without a guard (a program that does not call `runIfAsked`, or no process can be started) everything else works the
/// same, but what a killed program leaves is only removed by the next write beside it (`StagingName.sweep`).
package final class StagingGuard {
  /// The hidden first argument.
  static let argument = "__sweep"

  /// Whether `runIfAsked` was called; only then may this program be started as a guard.
  private static let answers = Atomic<Bool>(false)
  private let process: pid_t
  private let line: OpenFile

  private init(process: pid_t, line: OpenFile) {
    self.process = process
    self.line = line
  }

  /// To be called first in `main`: if this process was started as a guard, does the guard's work and exits. Otherwise
  /// notes that this program can be its own guard, and returns.
  ///
  /// Reads the arguments as bytes, since the name of a file need not be UTF-8.
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

    // Above 3: the file actions assign 0 to 3 one after the other.
    var pair: [Int32] = [-1, -1]
    guard cs_socketpair(&pair) == 0 else { return nil }
    let ends = pair.map { OpenFile(adopting: FileDescriptor(rawValue: $0)) }
    guard let line = raised(ends[0]), let input = raised(ends[1]), let directory = raised(folder) else { return nil }

    var actions = posix_spawn_file_actions_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.number, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, directory.number, folderDescriptor)

    var attributes = posix_spawnattr_t()
    guard posix_spawnattr_init(&attributes) == 0 else { return nil }
    defer { posix_spawnattr_destroy(&attributes) }
    // A service manager sends SIGTERM to every process of a service at once, which must not end the guard.
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

  /// Lets the guard end without removing anything, and waits for it for up to half a second, so that no process of ours
  /// keeps the file system busy.
  func release() {
    var done = UInt8(ascii: "k")
    // No SIGPIPE if the guard has been killed.
    _ = send(line.number, &done, 1, cs_msg_nosignal())
    for _ in 0..<500 {
      if waitpid(process, nil, WNOHANG) != 0 { return }
      usleep(1_000)
    }
  }

  private static let folderDescriptor: Int32 = 3

  /// A duplicate with a number that no file action assigns.
  private static func raised(_ descriptor: OpenFile) -> OpenFile? {
    let number = fcntl(descriptor.number, F_DUPFD_CLOEXEC, 16)
    return number < 0 ? nil : OpenFile(adopting: FileDescriptor(rawValue: number))
  }

  /// The guard's work, from its start to its exit status.
  private static func run(staging: FilePath, target: FilePath) -> Int32 {
    cs_close_from(folderDescriptor + 1)
    guard let names = StagingName(staging: staging) else { return 64 }
    let folder = OpenFile(adopting: FileDescriptor(rawValue: folderDescriptor))
    guard let status = try? folder.status(), status.isFolder else { return 64 }
    // So that no file system is kept busy as the working folder.
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
