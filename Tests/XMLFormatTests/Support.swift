import AtomicFiles
import Platform
import XMLFormat

/// A format small enough to see at a glance, with all that the catalog's has: sequences, patterns, text, attributes.
enum Sample {
  static let schemaText = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:sample" targetNamespace="urn:sample"
      elementFormDefault="qualified">
    <xs:simpleType name="id">
      <xs:annotation>
        <xs:documentation xml:lang="zh">前缀、连字符和三位数字,如 2-042。</xs:documentation>
        <xs:documentation xml:lang="en">a prefix, a hyphen and three digits, such as 2-042.</xs:documentation>
      </xs:annotation>
      <xs:restriction base="xs:string"><xs:pattern value="[0-9]-[0-9]{3}"/></xs:restriction>
    </xs:simpleType>
    <xs:element name="sample"><xs:complexType><xs:sequence>
      <xs:element name="things"><xs:complexType><xs:sequence>
        <xs:element name="thing" type="thing" minOccurs="0" maxOccurs="unbounded"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="more" minOccurs="0"><xs:complexType><xs:sequence>
        <xs:any minOccurs="0" maxOccurs="0"/>
      </xs:sequence></xs:complexType></xs:element>
    </xs:sequence><xs:attribute name="version" type="xs:string"/></xs:complexType></xs:element>
    <xs:complexType name="thing"><xs:sequence>
      <xs:element name="name" type="xs:string"/>
      <xs:element name="date" type="xs:date" minOccurs="0"/>
      <xs:element name="part" minOccurs="0" maxOccurs="unbounded">
        <xs:complexType><xs:attribute name="ref" type="id" use="required"/></xs:complexType>
      </xs:element>
    </xs:sequence>
    <xs:attribute name="id" type="id" use="required"/>
    <xs:attribute name="note" type="xs:string"/>
    <xs:attribute name="side"><xs:simpleType><xs:restriction base="xs:string">
      <xs:enumeration value="left"/><xs:enumeration value="right"/>
    </xs:restriction></xs:simpleType></xs:attribute>
    </xs:complexType>
    </xs:schema>
    """

  static let names = ["sample", "things", "thing", "name", "date", "part", "id", "note", "side", "ref", "version"]
  static let format = XMLVocabulary(
    namespace: "urn:sample", root: "sample", versions: ["1.0"], names: names,
    repeated: (parent: "things", element: "thing"))

  static let schema = Result { try XMLSchema(Array(schemaText.utf8)) }

  static func reader() throws -> XMLReader { XMLReader(format: format, schema: try schema.get()) }

  /// A document with `things` as what stands between its tags.
  static func document(_ things: String) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sample xmlns=\"urn:sample\" version=\"1.0\"><things>\(things)</things></sample>\n"
  }

  /// Reads a document from memory.
  static func read(_ text: String) throws -> (report: XMLReadingReport, seen: Recorder) {
    try read(Array(text.utf8))
  }

  static func read(_ bytes: [UInt8]) throws -> (report: XMLReadingReport, seen: Recorder) {
    let recorder = Recorder()
    let report = try reader().read(Bytes(bytes), into: recorder)
    return (report, recorder)
  }

  /// The one problem of a document that has one.
  static func problem(_ text: String) throws -> XMLProblem? {
    let report = try read(text).report
    return report.problems.count == 1 ? report.problems.first : nil
  }
}

/// Keeps what a reading delivers, as lines of text.
final class Recorder: XMLHandler {
  var events: [String] = []
  var lines: [Int] = []
  var stopAt: String?
  private(set) var subject: String?

  private func name(_ number: Int) -> String { number < 0 ? "?" : Sample.names[number] }

  func start(_ element: borrowing XMLElement) throws(XMLStop) {
    let attributes = element.attributes.map { " \(name($0.name))=\(String(decoding: $0.value, as: UTF8.self))" }
    events.append("<\(name(element.name))\(attributes.joined())>\(element.isFlawed ? " flawed" : "")")
    lines.append(element.line)
    if name(element.name) == "thing" {
      subject = element.attributes.value(6).map { String(decoding: $0, as: UTF8.self) }
    }
    if name(element.name) == stopAt { throw XMLStop() }
  }

  func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {
    events.append("</\(self.name(name))>\(String(decoding: text, as: UTF8.self))\(isWhole ? "" : " not whole")")
  }
}

/// How many descriptors this process has open, where the system can report.
func openDescriptors() -> Int? {
  guard let folder = opendir("/proc/self/fd") else { return nil }
  defer { closedir(folder) }
  var count = 0
  while readdir(folder) != nil { count += 1 }
  return count
}

/// Writes `bytes` to a new temporary file for as long as `body` runs.
func withFile<Value>(_ bytes: [UInt8], _ body: (String) throws -> Value) throws -> Value {
  var template = Array("\(getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir)/markup-XXXXXX".utf8CString)
  let descriptor = mkstemp(&template)
  let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  defer { unlink(path) }
  var done = 0
  while done < bytes.count {
    let count = bytes[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count <= 0 { break }
    done += count
  }
  close(descriptor)
  return try body(path)
}
