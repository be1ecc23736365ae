/// The package of an office file (ECMA-376 part 2): which of its parts is the main one.
enum OfficePackage {
  /// The main part of a Word document, under the name that programs give it.
  static let document = "word/document.xml"

  /// The part that `_rels/.rels` names; nil if it names none.
  static func mainPart(of archive: ZipArchive) throws(WorkbookFailure) -> String? {
    let root = try archive.parse(
      "_rels/.rels", root: "Relationships", namespaces: WorkbookNamespaces.relationships,
      names: RelationshipsPart.names
    ) { RelationshipsPart() }
    return root?.relationships.first { $0.type.hasSuffix("/officeDocument") }
      .map { RelationshipsPart.path($0.target, in: "") }
  }
}
