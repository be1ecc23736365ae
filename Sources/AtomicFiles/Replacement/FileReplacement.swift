import Localization
import Platform

/// A file replaced as a whole or not at all: until `commit()` returns, the old file is unchanged, and a failure before
/// leaves no other file beside it.
///
/// ```swift
/// try FileReplacement.write(to: "目录.xml") { writer in
///   try writer.append("<serviceCatalog/>\n")
/// }
/// ```
///
/// - A symbolic link is followed: its target is replaced, the link stays.
/// - The new file has the old one's mode, and its owner and access lists where this process may give them. A file
///   without the right to write it is refused, though a rename would do.
/// - Anything but an ordinary file (a pipe, a terminal, /dev/null) is opened and written to; /dev/stdout and /dev/fd/3
///   are this program's own descriptors, which are used as they are and not truncated.
///
/// **How.** The content is written to a file without a name (`O_TMPFILE`), which the system removes if the program is
/// killed. If nothing has the target's name, the file is linked there. To replace an existing file it needs a name
/// between `linkat` and `rename`; a guard process (`StagingGuard`) is started for that time, before the content is
/// flushed, so that both run at once. On file systems without nameless files a named one and the guard are used from
/// the start.
package final class FileReplacement {
  /// The path as it was given.
  package let path: String
  /// Where the content goes.
  package let writer: ByteWriter

  private enum Way {
    /// Not an ordinary file: what is written is written.
    case direct
    case staged(FilePath, in: OpenFile, old: OpenFile?)
  }

  private let way: Way
  private let file: OpenFile
  private var names: StagingName?
  /// Whether the new content has its staging name.
  private var isNamed = false
  private var isOver = false
  private let guardian: Guardian
  private var guarding: StagingGuard?

  /// Prepares the writing; the old file is not touched.
  /// - Throws: `FileFailure`.
  package convenience init(at path: String, progress: WorkProgress? = nil) throws(FileFailure) {
    try self.init(at: path, guardian: .own, progress: progress)
  }

  package init(
    at path: String, guardian: Guardian, nameless: Bool = true, progress: WorkProgress? = nil
  ) throws(FileFailure) {
    self.path = path
    self.guardian = guardian
    do throws(Errno) {
      guard !path.utf8.elementsEqual("/".utf8), path.utf8.last != UInt8(ascii: "/") else { throw .isDirectory }
      switch try ResolvedPath.resolve(path) {
      case .descriptor(let number):
        file = OpenFile(adopting: FileDescriptor(rawValue: try Errno.check { fcntl(number, F_DUPFD_CLOEXEC, 3) }))
        way = .direct

      case .name(let name, let folder):
        let status = try folder.status(of: name)
        if let status, status.isFolder { throw .isDirectory }
        if let status, !status.isRegular {
          file = try .open(in: folder, name, O_WRONLY | O_NOCTTY | O_NOFOLLOW)
          way = .direct
          break
        }
        var old: OpenFile?
        if status != nil {
          try folder.checkAccess(W_OK, name)
          // For its mode and access lists. A file that may not be read may still be replaced.
          old = try? .open(in: folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
          if old == nil, cs_o_path() != 0 { old = try .open(in: folder, name, cs_o_path() | O_NOFOLLOW) }
        }
        StagingName.sweep(folder)
        way = .staged(name, in: folder, old: old)
        // The new content of a private file is never readable by others.
        let mode: mode_t = old == nil ? 0o666 : 0o600
        if nameless, let made = try FileReplacement.nameless(in: folder, mode: mode) {
          file = made
        } else {
          let own = StagingName(for: name)
          names = own
          guarding = .start(executable: guardian.executable, folder: folder, names: own, target: name)
          do throws(Errno) {
            file = try .create(in: folder, own.staging, mode: mode)
          } catch {
            guarding?.release()
            throw error
          }
          isNamed = true
        }
        // Shows sweeps of other processes that this file is in use.
        _ = file.lock()
      }
    } catch {
      throw FileFailure(.write, path, code: error)
    }
    writer = ByteWriter(descriptor: file.number, path: path, progress: progress)
  }

  deinit { abandon() }

  /// Writes a file with `body`, as a whole or, if it throws, not at all.
  package static func write<Result>(
    to path: String, progress: WorkProgress? = nil, _ body: (ByteWriter) throws -> Result
  ) throws -> Result {
    let replacement = try FileReplacement(at: path, progress: progress)
    let result = try body(replacement.writer)
    try replacement.commit()
    return result
  }

  /// Replaces the old file by the new content, flushed to the disk. Nothing may be written afterwards.
  /// - Throws: `FileFailure`, or `ClosedPipe` where the target is a pipe.
  package func commit() throws {
    guard !isOver else { return }
    defer { abandon() }
    try writer.flush()
    guard case .staged(let name, let folder, let old) = way else { return }
    do throws(Errno) {
      if let old { try file.copyMetadata(from: old) }
      if !isNamed, !folder.lacks(name) { startGuard(name, folder) }
      try file.flush()
      if !isNamed {
        do throws(Errno) {
          // Without `names` there was no such file a moment ago.
          if names == nil {
            try file.link(as: name, in: folder)
            try? folder.flush()
            return
          }
        } catch {
          guard error == .fileExists else { throw error }
          startGuard(name, folder)
        }
        guard let names else { return }
        try file.link(as: names.staging, in: folder)
        isNamed = true
      }
      guard let names else { return }
      try folder.rename(names.staging, to: name)
      isNamed = false
      // The new file is in place. A folder that cannot be flushed now must not be reported as a failed write.
      try? folder.flush()
    } catch {
      throw FileFailure(.replace, path, code: error)
    }
  }

  /// Leaves the old file as it is. Also done when a replacement is released without `commit()`.
  package func abandon() {
    guard !isOver else { return }
    isOver = true
    if isNamed, let names, case .staged(_, let folder, _) = way {
      StagingName.remove(names.staging, in: folder)
      isNamed = false
    }
    guarding?.release()
    guarding = nil
  }

  /// A file without a name; `nil` where the file system has none, or where it could not be named later.
  private static func nameless(in folder: OpenFile, mode: mode_t) throws(Errno) -> OpenFile? {
    guard cs_o_tmpfile() != 0, access("/proc/self/fd", F_OK) == 0 else { return nil }
    do {
      return try .open(in: folder, ".", cs_o_tmpfile() | O_WRONLY, mode: mode)
    } catch {
      switch error {
      // Kernels that do not know the flag answer EISDIR or ENOENT.
      case .notSupported, .isDirectory, .noSuchFileOrDirectory, .invalidArgument, .noFunction: return nil
      default: throw error
      }
    }
  }

  private func startGuard(_ name: FilePath, _ folder: OpenFile) {
    let own = StagingName(for: name)
    names = own
    guarding = .start(executable: guardian.executable, folder: folder, names: own, target: name)
  }
}

/// Which program is started as a guard. Tests name another one, since their own cannot be it.
package struct Guardian: Sendable {
  var executable: String?

  /// This program, if it calls `StagingGuard.runIfAsked`.
  package static let own = Guardian(executable: nil)

  /// Another program that calls `StagingGuard.runIfAsked`.
  package static func program(_ path: String) -> Guardian { Guardian(executable: path) }
}
