/// Another program whose standard output is read through a pipe. Its standard input is empty, and what it writes to standard
/// error is dropped.
package final class ChildProcess {
  /// The read end of the pipe.
  package let output: OpenFile
  private let process: pid_t
  private var status: Int32?

  /// Starts a program that is found on the PATH.
  /// - Throws: the error of `posix_spawnp`; `.noSuchFileOrDirectory` if there is no such program.
  package init(_ program: String, _ arguments: [String]) throws(Errno) {
    var ends: (Int32, Int32) = (-1, -1)
    try Errno.check {
      withUnsafeMutablePointer(to: &ends) { pair in
        pair.withMemoryRebound(to: Int32.self, capacity: 2) { pipe($0) }
      }
    }
    output = OpenFile(adopting: FileDescriptor(rawValue: ends.0))
    let input = OpenFile(adopting: FileDescriptor(rawValue: ends.1))
    for end in [ends.0, ends.1] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }

    var actions = posix_spawn_file_actions_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { throw .noMemory }
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, input.number, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)

    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, program, &actions, nil, &words, cs_environment())
    guard code == 0 else { throw Errno(rawValue: code) }
    self.process = process
  }

  deinit { _ = wait() }

  /// Waits for its end.
  /// - Returns: its exit status; 128 and more for one that a signal ended.
  package func wait() -> Int32 {
    if let status { return status }
    // A program that still writes ends with SIGPIPE or an error once nobody reads.
    var ended: Int32 = 0
    while waitpid(process, &ended, 0) < 0 {
      guard errno == EINTR else { return 255 }
    }
    let result = ended & 0x7F == 0 ? (ended >> 8) & 0xFF : 128 + (ended & 0x7F)
    status = result
    return result
  }
}
