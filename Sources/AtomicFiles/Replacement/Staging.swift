import Platform

/// The names of new content beside its target until it replaces the target: `.NAME.onevisit-PID-RANDOM`, hidden, with
/// the id of the process that writes it. Where a file system cannot exchange two folders, the old one is named
/// `.NAME.onevisit-aside-PID-RANDOM` for a moment.
struct StagingName: Hashable {
  let staging: FilePath
  let aside: FilePath

  /// New names for content that is to replace `target`.
  init(for target: FilePath) {
    var generator = SystemRandomNumberGenerator()
    let random = String(generator.next() as UInt64, radix: 16)
    let tail = "\(getpid())-" + String(repeating: "0", count: 16 - random.count) + random
    staging = FilePath(bytes: StagingName.prefix(target) + Array(tail.utf8))
    aside = FilePath(bytes: StagingName.prefix(target) + Array(("aside-" + tail).utf8))
  }

  /// Parses a staging name; `nil` for any other name, which a guard refuses to remove.
  init?(staging name: FilePath) {
    guard let (start, _) = StagingName.owner(name) else { return nil }
    let bytes = Array(name.bytes)
    staging = name
    aside = FilePath(bytes: bytes[..<start] + Array("aside-".utf8) + bytes[start...])
  }

  /// `.NAME.onevisit-`. A name may have 255 bytes in all, so a long target name is shortened.
  private static func prefix(_ target: FilePath) -> [UInt8] {
    var name = Array(target.bytes)
    if name.count > 180 {
      name.removeLast(name.count - 180)
      // Between characters: some file systems refuse names that are not UTF-8.
      while let last = name.last, last & 0xC0 == 0x80 { name.removeLast() }
      if let last = name.last, last >= 0xC0 { name.removeLast() }
    }
    return [UInt8(ascii: ".")] + name + Array(mark)
  }

  private static let mark = ".onevisit-".utf8

  /// Where in a staging name the process id starts, and the id.
  private static func owner(_ name: FilePath) -> (start: Int, process: pid_t)? {
    let bytes = Array(name.bytes)
    let length = mark.count
    guard bytes.first == UInt8(ascii: "."), bytes.count > length + 18 else { return nil }
    let digits = bytes.count - 16
    guard bytes[digits...].allSatisfy({ hexadecimal.contains($0) }), bytes[digits - 1] == UInt8(ascii: "-") else {
      return nil
    }
    var start = digits - 1
    while start > 0, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[start - 1]) { start -= 1 }
    guard start > length, bytes[(start - length)..<start].elementsEqual(mark),
      let process = pid_t(String(decoding: bytes[start..<(digits - 1)], as: UTF8.self)), process > 0
    else { return nil }
    return (start, process)
  }

  private static let hexadecimal = Set("0123456789abcdef".utf8)

  /// Removes what killed processes left in `folder`: staging whose process has ended or that is older than a day.
  /// Staging in use is locked, which holds for processes of other containers too, and is left alone. With `target`
  /// given, an old folder of that name that was set aside and never replaced is restored first.
  ///
  /// What cannot be removed stays, and does not prevent writing.
  static func sweep(_ folder: OpenFile, target: FilePath? = nil) {
    guard let names = try? folder.entries() else { return }
    let asidePrefix = target.map { prefix($0) + Array("aside-".utf8) } ?? []
    for name in names {
      let isAside = !asidePrefix.isEmpty && name.bytes.starts(with: asidePrefix)
      // Without "aside-", it is a staging name like another.
      let plain = isAside ? FilePath(bytes: asidePrefix.dropLast(6) + name.bytes.dropFirst(asidePrefix.count)) : name
      guard let (_, process) = owner(plain), process != getpid() else { continue }
      let dead = kill(process, 0) != 0 && errno == ESRCH
      guard let status = try? folder.status(of: name), status.isFolder || status.isRegular else { continue }
      var now = timespec()
      clock_gettime(CLOCK_REALTIME, &now)
      let old = now.tv_sec - Int(status.st_ctim.tv_sec) > 24 * 60 * 60
      guard dead || old else { continue }
      guard let entry = try? OpenFile.open(in: folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK) else { continue }
      switch entry.lock() {
      case .taken: break
      case .held: continue
      // Without locks only the process id is left as evidence, and on a network it may be that of another machine.
      case .unsupported: if !old { continue }
      }
      if isAside, let target {
        restore(name, target: target, in: folder)
      } else {
        remove(name, in: folder)
      }
    }
  }

  /// Restores an old folder that was set aside if nothing has replaced it; else removes it.
  static func restore(_ aside: FilePath, target: FilePath, in folder: OpenFile) {
    if folder.lacks(aside) { return }
    if folder.lacks(target) {
      // Onto a folder created this moment this fails unless it is empty, and both stay.
      try? folder.rename(aside, to: target)
    } else {
      remove(aside, in: folder)
    }
  }

  /// Removes a file, or a folder with its content, without following symbolic links or entering another file system.
  /// Continues after an entry that cannot be removed.
  /// - Returns: whether everything was removed.
  @discardableResult
  static func remove(_ name: FilePath, in folder: OpenFile) -> Bool {
    do {
      try folder.unlink(name)
      return true
    } catch {
      if error == .noSuchFileOrDirectory { return true }
      // For a folder Linux returns EISDIR, POSIX EPERM.
      guard error == .isDirectory || error == .notPermitted else { return false }
    }
    guard let inner = try? OpenFile.open(in: folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
      let status = try? inner.status(), let outer = try? folder.status(), status.st_dev == outer.st_dev
    else { return false }
    // A folder that was carried over read-only must still be emptied.
    if status.st_mode & 0o700 != 0o700 { fchmod(inner.number, (status.st_mode & 0o7777) | 0o700) }
    for entry in (try? inner.entries()) ?? [] { remove(entry, in: inner) }
    do {
      try folder.unlink(name, flags: AT_REMOVEDIR)
      return true
    } catch {
      return error == .noSuchFileOrDirectory
    }
  }
}
