/// The encodings of a table in CSV.
public enum TextEncoding: String, Sendable, Hashable, CaseIterable {
  /// UTF-8.
  case utf8 = "utf-8"
  /// GB 18030, which a Chinese spreadsheet program saves.
  case gb18030
  /// UTF-16 with a byte order mark.
  case utf16 = "utf-16"

  var core: Core.TextEncoding {
    switch self {
    case .utf8: .utf8
    case .gb18030: .gb18030
    case .utf16: .utf16
    }
  }
}
