import AtomicFiles
import Catalog
import Testing

@testable import Interchange

@Suite struct ContentHashTests {
  /// The examples of FIPS 180-4 and what `sha256sum` prints for lengths around a block.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ])
  func knownHashes(_ text: String, _ hash: String) {
    var sha = SHA256()
    sha.update(text.utf8)
    let digest = sha.finish()
    #expect(digest.hexadecimal == hash)
    #expect(digest.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == hash)
    // Fed in pieces of any length.
    var pieces = SHA256()
    var rest = Array(text.utf8)[...]
    var size = 1
    while !rest.isEmpty {
      pieces.update(rest.prefix(size))
      rest = rest.dropFirst(size)
      size = size * 7 % 131 + 1
    }
    #expect(pieces.finish() == digest)
  }

  /// What a catalog says has one hash, whatever file says it.
  @Test func formatDoesNotMatter() throws {
    let temporary = try TemporaryFolder()
    try FileReplacement.write(to: temporary("a.xml")) { writer in
      try ExportRequest(shippedCatalog, as: .xml(isExpanded: false)).write(to: writer)
    }
    let document = CatalogReader.read(temporary("a.xml"))
    #expect(ContentHash.edition(document) == ContentHash.edition(shippedCatalog))
    var files: [String: [UInt8]] = [:]
    for kind in TableKind.allCases {
      guard let bytes = FolderReader.builtInFile(kind.fileName) else { continue }
      files[kind.fileName] = [0xEF, 0xBB, 0xBF] + bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
    }
    #expect(ContentHash.edition(FolderReader.read(named: "c", files: files)) == ContentHash.edition(shippedCatalog))
  }

  /// Any single cell counts, in its matter's hash and in the edition's.
  @Test func everyCellCounts() throws {
    let matters = String(decoding: try #require(FolderReader.builtInFile("matters.csv")), as: UTF8.self)
    for (old, new) in [("我要开办熟食店", "我要开办熟食铺"), ("2-042,second,42", "2-042,second,43")] {
      var files: [String: [UInt8]] = [:]
      for kind in TableKind.allCases { files[kind.fileName] = FolderReader.builtInFile(kind.fileName) }
      files["matters.csv"] = Array(matters.replacing(old, with: new).utf8)
      let changed = FolderReader.read(named: "c", files: files)
      let matter = try #require(changed.matter(id: "2-042"))
      let before = try #require(shippedCatalog.matter(id: "2-042"))
      #expect(ContentHash.matter(matter, of: changed) != ContentHash.matter(before, of: shippedCatalog))
      #expect(ContentHash.edition(changed) != ContentHash.edition(shippedCatalog))
      let other = try #require(changed.matter(id: "2-041")),
        otherBefore = try #require(shippedCatalog.matter(id: "2-041"))
      #expect(ContentHash.matter(other, of: changed) == ContentHash.matter(otherBefore, of: shippedCatalog))
    }
  }
}
