/// The file of this program.
package enum OwnProgram {
  /// Its path from the root, without links; nil if the system does not know it.
  package static var path: String? {
    resolved("/proc/self/exe") ?? CommandLine.arguments.first.flatMap(resolved)
  }

  /// Whether a path leads to it.
  package static func isAt(_ path: String) -> Bool {
    guard let own = self.path else { return false }
    return resolved(path) == own
  }

  private static func resolved(_ path: String) -> String? {
    guard path.contains("/"), let found = FilePath(text: path).withPlatformString({ realpath($0, nil) }) else {
      return nil
    }
    defer { free(found) }
    return PathText.text(UnsafeRawBufferPointer(start: found, count: strlen(found)))
  }
}
