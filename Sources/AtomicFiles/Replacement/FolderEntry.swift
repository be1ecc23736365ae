import Platform

/// What identifies one entry of a folder and its content, to detect changes.
struct FolderEntry: Hashable {
  var path: [UInt8]
  var node: UInt64
  var size: Int64
  var changed: Int64

  init(_ path: [UInt8], _ status: inout stat) {
    self.path = path
    node = UInt64(status.st_ino)
    size = status.isFolder ? 0 : Int64(status.st_size)
    changed = status.isFolder ? 0 : cs_changed(&status)
  }

  /// Everything in a folder and the folders in it.
  static func all(in folder: OpenFile, within prefix: [UInt8] = []) throws(Errno) -> [FolderEntry] {
    var seen: [FolderEntry] = []
    for entry in try folder.entries() {
      guard var status = try folder.status(of: entry) else { continue }
      let path = prefix + Array(entry.bytes)
      seen.append(FolderEntry(path, &status))
      if status.isFolder {
        seen += try all(in: try .openFolder(in: folder, entry, follow: false), within: path + [UInt8(ascii: "/")])
      }
    }
    return seen
  }
}
