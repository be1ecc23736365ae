import Platform

/// What `commit()` does: it completes the new folder, exchanges the two, and removes the old one.
extension FolderReplacement {
  // MARK: - What is carried over

  /// Carries over what the new folder does not have.
  func carry(from old: OpenFile, to new: OpenFile, within prefix: [UInt8]) throws(Errno) {
    let here = try old.status().st_dev
    for entry in try old.entries() {
      let inner = prefix + Array(entry.bytes)
      if removed.contains(inner) { continue }
      guard let status = try old.status(of: entry) else { continue }
      if status.isFolder {
        // Carrying a mounted file system over would copy all of it, and removing the old folder would empty it.
        guard status.st_dev == here else { throw .improperLink }
        // A folder that this process may not empty would be left behind.
        try old.checkAccess(R_OK | W_OK | X_OK, entry)
        if new.lacks(entry) { try new.makeFolder(entry, mode: 0o700) }
        let from = try OpenFile.openFolder(in: old, entry, follow: false)
        let to = try OpenFile.openFolder(in: new, entry, follow: false)
        try carry(from: from, to: to, within: inner + [UInt8(ascii: "/")])
        try to.copyMetadata(from: from, times: true)
      } else if new.lacks(entry) {
        try carry(entry, status, from: old, to: new)
      }
    }
  }

  /// Carries over what is not a folder.
  private func carry(
    _ entry: FilePath, _ status: stat, from old: OpenFile, to new: OpenFile
  ) throws(Errno) {
    do throws(Errno) {
      try old.link(entry, as: entry, in: new)
      return
    } catch {
      switch error {
      // No links on this file system, too many links to this file, or a file of another user.
      case .notPermitted, .tooManyLinks, .notSupported, .improperLink, .noFunction, .permissionDenied, .invalidArgument:
        break
      default: throw error
      }
    }
    if status.isRegular {
      // An immutable file can be copied but not removed afterwards.
      do throws(Errno) { try old.checkAccess(W_OK, entry) } catch { if error == .notPermitted { throw error } }
      let from = try OpenFile.open(in: old, entry, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
      let to = try OpenFile.create(in: new, entry, mode: 0o600)
      try copy(from, to)
      try to.copyMetadata(from: from, times: true)
      try to.flush()
    } else if status.isLink {
      guard let text = try old.linkText(entry) else { throw .invalidArgument }
      try new.makeLink(entry, text: text)
    } else {
      // A socket or a device does not belong in a catalog, and only root can create one.
      throw .invalidArgument
    }
  }

  private func copy(_ from: OpenFile, _ to: OpenFile) throws(Errno) {
    let room = UnsafeMutableRawPointer.allocate(byteCount: 256 * 1024, alignment: 16)
    defer { room.deallocate() }
    while true {
      let count = try from.descriptor.readBytes(to: room, count: 256 * 1024)
      if count == 0 { return }
      var done = 0
      while done < count {
        let taken = try to.descriptor.writeBytes(UnsafeRawBufferPointer(start: room + done, count: count - done))
        guard taken > 0 else { throw .ioError }
        done += taken
      }
    }
  }

  /// Flushes the folders themselves to the disk, inner ones first.
  func flushFolders(_ folder: OpenFile) throws(Errno) {
    for entry in try folder.entries() {
      guard let status = try folder.status(of: entry), status.isFolder else { continue }
      try flushFolders(try .openFolder(in: folder, entry, follow: false))
    }
    try folder.flush()
  }

  // MARK: - The exchange

  /// Whether the old folder still has its name and its content.
  func isUnchanged(_ old: OpenFile) throws(Errno) -> Bool {
    guard let now = try outer.status(of: name), now.isSame(as: try old.status()) else { return false }
    return try FolderEntry.all(in: old) == before
  }

  func exchange() throws(Errno) {
    if canExchange {
      do throws(Errno) {
        try outer.rename(names.staging, to: name, .exchange)
        return
      } catch {
        guard error == .invalidArgument || error == .noFunction || error == .notSupported else { throw error }
      }
    }
    // Without an exchange there is no folder of this name for a moment; the lock keeps others from creating it.
    var held: OpenFile?
    for _ in 0..<200 where held == nil {
      held = try lockOuter()
      if held == nil { usleep(50_000) }
    }
    guard let held else { throw .resourceBusy }
    // From a shortened name the folder could not be restored.
    guard names.aside.bytes.count <= 255, names.aside.bytes.count > name.bytes.count + 10 else {
      throw .fileNameTooLong
    }
    try outer.rename(name, to: names.aside)
    // If this fails, `abandon` puts the old folder back.
    try outer.rename(names.staging, to: name)
    withExtendedLifetime(held) {}
  }

  // MARK: - The old folder

  /// Removes the old folder after the exchange. What other programs have put into it since it was compared is kept: it
  /// is carried over to the new folder before it is removed.
  ///
  /// - Throws: `staleNFSFileHandle`, with the folders exchanged back, if a file that this replacement has written anew
  ///   was changed.
  func retire(_ old: OpenFile, replacedBy new: OpenFile) throws(Errno) {
    // Only what has been seen is removed, so that a folder with something new cannot be removed; it is then looked
    // through again.
    for _ in 0..<20 {
      var seen = Set(before)
      do throws(Errno) {
        try keepLate(in: old, &seen, new, within: [])
      } catch .staleNFSFileHandle {
        if canExchange { try outer.rename(names.staging, to: name, .exchange) }
        throw .staleNFSFileHandle
      } catch {
        // The new folder is in place, so that this is no failed write.
        return
      }
      if removeSeen(seen, in: old, within: []) { return }
    }
  }

  /// Carries over what is not in `seen`, and adds it.
  private func keepLate(
    in old: OpenFile, _ seen: inout Set<FolderEntry>, _ new: OpenFile, within prefix: [UInt8]
  ) throws(Errno) {
    for entry in try old.entries() {
      guard var status = try old.status(of: entry) else { continue }
      let path = prefix + Array(entry.bytes)
      let isNew = seen.insert(FolderEntry(path, &status)).inserted
      if status.isFolder {
        if removed.contains(path), !isNew { continue }
        if new.lacks(entry) {
          try new.makeFolder(entry, mode: 0o700)
          try OpenFile.openFolder(in: new, entry, follow: false).copyMetadata(
            from: try .openFolder(in: old, entry, follow: false))
        }
        let from = try OpenFile.openFolder(in: old, entry, follow: false)
        let to = try OpenFile.openFolder(in: new, entry, follow: false)
        try keepLate(in: from, &seen, to, within: path + [UInt8(ascii: "/")])
      } else if isNew {
        // A file that was carried over as a link and is changed in place is the same file in both folders.
        if let carried = try new.status(of: entry), carried.isSame(as: status) { continue }
        if written.contains(path) { throw .staleNFSFileHandle }
        try? new.unlink(entry)
        try carry(entry, status, from: old, to: new)
      }
    }
  }

  /// Removes what was seen.
  /// - Returns: whether nothing is left.
  private func removeSeen(_ seen: Set<FolderEntry>, in folder: OpenFile, within prefix: [UInt8]) -> Bool {
    guard let entries = try? folder.entries() else { return false }
    var isEmpty = true
    for entry in entries {
      guard var status = try? folder.status(of: entry) else { continue }
      let path = prefix + Array(entry.bytes)
      if status.isFolder {
        guard let inner = try? OpenFile.openFolder(in: folder, entry, follow: false) else { return false }
        // A folder that was carried over read-only must still be emptied.
        if status.st_mode & 0o700 != 0o700 { fchmod(inner.number, (status.st_mode & 0o7777) | 0o700) }
        guard removeSeen(seen, in: inner, within: path + [UInt8(ascii: "/")]),
          (try? folder.unlink(entry, flags: AT_REMOVEDIR)) != nil
        else {
          isEmpty = false
          continue
        }
      } else if !seen.contains(FolderEntry(path, &status)) || (try? folder.unlink(entry)) == nil {
        isEmpty = false
      }
    }
    return isEmpty
  }

  /// Names a folder that did not exist.
  func placeNew() throws(Errno) {
    do throws(Errno) {
      try outer.rename(names.staging, to: name, .keepExisting)
    } catch {
      guard error == .invalidArgument || error == .noFunction || error == .notSupported else { throw error }
      guard outer.lacks(name) else { throw .fileExists }
      // Onto a folder created this moment this fails, unless it is empty.
      try outer.rename(names.staging, to: name)
    }
  }
}
