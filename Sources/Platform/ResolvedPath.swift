/// Where a path leads after every symbolic link: an open folder, and a name in it under which something may be or not.
package enum ResolvedPath {
  case name(FilePath, in: OpenFile)
  /// One of this process's own descriptors, named as /dev/stdout or /dev/fd/3 are.
  case descriptor(Int32)

  /// How many links are followed before the path is taken for a circle, as in Linux.
  private static let maximumLinks = 40

  package static func resolve(_ path: String) throws(Errno) -> ResolvedPath {
    guard !path.isEmpty else { throw .noSuchFileOrDirectory }
    guard !path.utf8.contains(0) else { throw .invalidArgument }
    var base: OpenFile?
    var rest = FilePath(text: path)
    for _ in 0..<maximumLinks {
      // The root has no name in a folder.
      guard let last = rest.lastComponent else { throw .resourceBusy }
      guard last.kind == .regular else {
        rest = try real(in: base, rest)
        base = nil
        continue
      }
      let name = FilePath(root: nil, [last])
      let outer = rest.removingLastComponent()
      let folder = try OpenFile.openFolder(in: base, outer.isEmpty ? "." : outer)
      if cs_is_proc(folder.number) != 0, let own = Int32(name.string),
        let here = try? OpenFile.open(in: nil, "/proc/self/fd", O_RDONLY | O_DIRECTORY).status(),
        here.isSame(as: try folder.status())
      {
        return .descriptor(own)
      }
      guard let link = try folder.linkText(name) else { return .name(name, in: folder) }
      rest = link.withUnsafeBufferPointer { $0.baseAddress.map { FilePath(platformString: $0) } ?? "" }
      base = folder
    }
    throw .tooManySymbolicLinkLevels
  }

  /// The path without links and dots, from the root.
  private static func real(in base: OpenFile?, _ path: FilePath) throws(Errno) -> FilePath {
    let whole = base.map { FilePath("/proc/self/fd/\($0.number)").pushing(path) } ?? path
    guard let found = whole.withPlatformString({ realpath($0, nil) }) else { throw .last }
    defer { free(found) }
    return FilePath(platformString: found)
  }
}
