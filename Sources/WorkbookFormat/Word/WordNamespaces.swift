/// The namespaces of WordprocessingML: the transitional one that programs write, and that of the strict variant
/// (ISO/IEC 29500-1).
enum WordNamespaces {
  static let main = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
  ]
  /// Markup compatibility (ECMA-376 part 3): alternatives of which a program takes one.
  static let others = ["mc": "http://schemas.openxmlformats.org/markup-compatibility/2006"]
}
