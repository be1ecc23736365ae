import Catalog
import Testing

@testable import Validator

@Suite struct WordingRuleTests {
  static let shipped = FolderReader.builtIn()

  /// What the print of the notice itself gives rise to.
  @Test(arguments: [
    ("mixed-brackets", []), ("unbalanced-brackets", []), ("stray-space", []), ("invisible-character", []),
    ("not-nfc", []),
    ("formula-prefix", []), ("loose-separator", []), ("bracketed-name", ["2-091"]),
    ("joined-names", ["2-010.5", "2-028.1"]), ("licence-and-filing", ["2-122.1"]),
    ("similar-name", ["pension-registration-no-hired-workers"]),
  ])
  func shippedCatalog(_ rule: String, _ subjects: [String]) throws {
    #expect(try Findings.subjects(rule, in: Self.shipped) == subjects)
  }

  @Test func shippedVariants() throws {
    let subjects = try Findings.subjects("name-variant", in: Self.shipped)
    let permit = [
      "2-123.2", "2-124.3", "2-125.3", "2-126.4", "2-127.2", "2-128.2", "2-129.2", "2-143.2", "2-160.2", "2-212.3",
      "2-213.3",
      "2-214.2", "2-215.2", "2-217.2", "2-219.3", "2-220.2", "2-221.2", "2-223.2", "2-224.2", "2-226.2", "2-227.2",
      "2-228.2",
    ]
    let others = [
      "1-002.2", "1-002.3", "1-003.1", "1-003.2", "1-003.5", "2-004.1", "2-004.2", "2-009.1", "2-010.1", "2-010.2",
      "2-010.3",
      "2-029.1", "2-029.2", "2-029.4", "2-029.5", "2-029.6", "2-030.1", "2-030.3", "2-074.1", "2-083.1", "2-085.1",
      "2-100.2", "2-101.1", "2-102.2",
      "2-124.1", "2-126.2", "2-161.2", "2-209.1", "2-212.1", "2-213.1",
    ]
    #expect(subjects == (permit + others).sorted())
  }

  // MARK: Characters

  @Test(
    arguments: [
      ("我要开店(甲)", nil), ("我要开店(甲", .unclosed("(", position: 5)), ("我要开店甲)", .unopened(")", position: 6)),
      ("我要开店(甲）", nil), ("“甲《乙”》", .crossed("”", position: 5, open: "《")), ("〔2022〕128号【甲】", nil),
      ("1)甲 2)乙", nil), ("甲; 三)乙", nil), ("甲1)乙", .unopened(")", position: 3)), ("O’Reilly", nil),
      ("‘甲", .unclosed("‘", position: 1)),
    ] as [(String, BracketPairing.Fault?)])
  func brackets(_ text: String, _ fault: BracketPairing.Fault?) {
    #expect(BracketPairing.firstFault(in: text) == fault)
  }

  /// A rule is asked only about texts with its traits: those must never leave out one that the rule would report.
  @Test(arguments: 0..<400 as Range<UInt64>)
  func traitsLeaveNothingOut(_ seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func next(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    let pieces = [
      "(", ")", "（", "）", "《", "》", "“", "”", "「", "」", "[", "]", "【", "】", "‘", "’", "〈", "〉", "｛", "｝", "我要", "开",
      "办",
      "甲", "一", "1", " ", "㐀", "申请",
    ]
    for _ in 0..<50 {
      var text = (0..<next(9)).map { _ in pieces[next(pieces.count)] }.joined()
      let (traits, mayBeBracketed) = text.withUTF8 { (TextTraits(of: $0), BracketedNames.mayBeBracketed($0)) }
      if BracketPairing.firstFault(in: text) != nil { #expect(traits.contains(.nestedBracket), "“\(text)”") }
      if text.contains(where: { "(（".contains($0) }), BracketedNames.isBracketed(text) {
        #expect(mayBeBracketed, "“\(text)”")
      }
    }
  }

  @Test(arguments: [
    ("我要开 KTV", "我要开KTV"), (" 营业执照", "营业执照"), ("营业执照　", "营业执照"), ("市场监管部门 / 行政审批部门", "市场监管部门/行政审批部门"),
    ("2022 年12月底", "2022年12月底"), ("20 22年", "2022年"), ("Live  House", "Live House"), ("营业\n执照", "营业执照"),
    ("营业\u{A0}执照", "营业执照"), ("   ", ""),
  ])
  func straySpaces(_ text: String, _ cleaned: String) throws {
    let found = try #require(StraySpaces(text))
    #expect(found.cleaned == cleaned)
  }

  @Test(arguments: ["Live House", "Wi-Fi 6", "WPS, Excel", "营业执照", "我要开KTV", "\t=1"])
  func blanksThatBelong(_ text: String) {
    #expect(StraySpaces(text) == nil)
  }

  /// Whether a text has superfluous spaces is found without making the text that has none.
  @Test func straySpacesAtOnce() {
    let scalars: [Unicode.Scalar] = [
      " ", "\t", "\r", "\n", "\u{A0}", "\u{3000}", "\u{85}", "\u{2028}", "\u{0B}", "a", "1", ",", ";", "/", "é", "业",
      "、",
    ]
    var random = RandomCatalog(11)
    for _ in 0..<20_000 {
      var view = String.UnicodeScalarView()
      for _ in 0..<random.next(7) { view.append(scalars[random.next(scalars.count)]) }
      let text = String(view)
      let found = StraySpaces(text)
      #expect(StraySpaces.areFound(in: text) == (found != nil), "\(view.map(\.value))")
      let isRemovable = !view.contains(where: StraySpaces.isNewline) && found?.cleaned.isEmpty == false
      #expect(StraySpaces.areRemovable(from: text) == isRemovable, "\(view.map(\.value))")
      if isRemovable { #expect(found?.cleaned.unicodeScalars.elementsEqual(view) == false) }
    }
  }

  /// A tab at the start is reported once, by `formula-prefix`.
  @Test func noEchoOfTabs() throws {
    let example = Example(matters: ["2-055,second,55,enterprise,\t我要开书店,市场监管部门,2022年12月底"])
    #expect(try Findings.of("formula-prefix", example).count == 1)
    #expect(try Findings.of("stray-space", example).isEmpty)
    #expect(try Findings.of("invisible-character", example).isEmpty)
  }

  /// Characters that XML does not allow are errors of another rule, reported once.
  @Test(arguments: ["\u{01}", "\u{07}", "\u{1B}", "\u{1F}", "\u{FFFE}", "\u{FFFF}"])
  func notAllowedInXML(_ character: String) throws {
    let example = Example(matters: ["2-055,second,55,enterprise,我要开\(character)书店,市场监管部门,2022年12月底"])
    #expect(try Findings.of("unexportable-text", example).count == 1)
    #expect(try Findings.of("invisible-character", example).isEmpty)
  }

  @Test(arguments: [
    "\u{00AD}", "\u{034F}", "\u{061C}", "\u{115F}", "\u{180E}", "\u{200B}", "\u{200E}", "\u{2028}", "\u{202E}",
    "\u{2060}",
    "\u{2800}", "\u{3164}", "\u{E123}", "\u{FE0F}", "\u{FEFF}", "\u{FFA0}", "\u{FFF9}", "\u{FFFD}",
    "\u{7F}", "\u{85}", "\u{E0041}", "\u{E0100}", "\u{F0000}",
  ])
  func invisible(_ character: String) throws {
    let example = Example(matters: ["2-055,second,55,enterprise,我要开\(character)书店,市场监管部门,2022年12月底"])
    let found = try Findings.of("invisible-character", example)
    #expect(found.count == 1, "\(character.unicodeScalars.map { $0.value })")
    let scalar = try #require(character.unicodeScalars.first)
    #expect(found.first?.message.en.contains("character 4 is \(codePoint(scalar))") == true)
    #expect(try Findings.of("stray-space", example).isEmpty)
  }

  /// Undecoded bytes are reported as such only.
  @Test func noEchoOfEncoding() throws {
    var bytes = Array("id,list,number,audience,name,lead,deadline\n2-055,second,55,enterprise,我要开".utf8)
    bytes += [0xFF] + Array("书店,市场监管部门,2022年12月底\n".utf8)
    // Enough of UTF-8 around it to be taken for UTF-8.
    for number in 100..<160 { bytes += Array("2-\(number),second,\(number),enterprise,我要开花店,市场监管部门,2022年12月底\n".utf8) }
    let example = Example(bytes: ["matters.csv": bytes])
    let catalog = try #require(example.catalog)
    #expect(catalog.issues.contains { if case .encoding = $0.kind { true } else { false } })
    #expect(try Findings.of("invisible-character", in: catalog).isEmpty)
  }

  @Test(
    arguments: [
      ("\u{F900}", "\u{8C48}"), ("\u{FA12}", "\u{6674}"), ("\u{2F800}", "\u{4E3D}"), ("\u{2F00}", "\u{4E00}"),
      ("\u{2FD5}", "\u{9FA0}"), ("\u{2EF3}", "\u{9F9F}"), ("e\u{301}", "\u{E9}"), ("e\u{302}\u{323}", "\u{1EC7}"),
      ("\u{212B}", "\u{C5}"), ("\u{2126}", "\u{3A9}"), ("\u{212A}", "K"), ("か\u{3099}", "が"), ("\u{1100}\u{1161}", "가"),
      ("\u{AC00}\u{11A8}", "각"),
    ] as [(String, Unicode.Scalar)])
  func normalForms(_ written: String, _ normal: Unicode.Scalar) throws {
    let found = try #require(NormalForm.firstFault(in: "甲" + written + "乙"))
    #expect(found.normal == normal)
    #expect(found.position == 2)
  }

  @Test(arguments: ["营业执照", "Café", "\u{FA0E}", "\u{FA29}", "ガレージ", "𠮷", "x\u{302}", "가각", "é", "①㎡"])
  func alreadyNormal(_ text: String) {
    #expect(NormalForm.firstFault(in: text) == nil)
  }

  /// The tables agree with what the standard library knows of canonical equivalence.
  @Test func compatibilityTables() {
    for value in Array(0xF900...0xFAFF) + Array(0x2F800...0x2FA1F) {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let plain = CompatibilityIdeographs.plain(scalar)
      #expect((plain != nil) == scalar.properties.isFullCompositionExclusion, "\(codePoint(scalar))")
      if let plain { #expect(String(plain) == String(scalar), "\(codePoint(scalar))") }
    }
  }

  // MARK: Names

  /// A department renamed in the register, the old name kept as an alias, gives rise to nothing new.
  @Test(arguments: [
    (",市公安局,,公安部门,,", ",市公安分局,,公安部门,市公安局,"), (",市人社局,市人力", ",市人保局,市人力"),
    (",市卫健委,市卫生健康委员会,卫健部门,", ",市卫健委,市卫生健康委员会,卫生部门,卫健部门;"),
  ])
  func renamedDepartment(_ old: String, _ new: String) throws {
    let text = String(decoding: try #require(FolderReader.builtInFile("departments.csv")), as: UTF8.self)
    var edited = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let row = try #require(edited.firstIndex { $0.contains(old) })
    let range = try #require(edited[row].firstRange(of: old))
    edited[row].replaceSubrange(range, with: new)
    if new.hasPrefix(",市人保局") { edited[row] = edited[row].replacing("市人力资源社会保障局", with: "市人力资源社会保障局;市人社局") }
    var files: [String: [UInt8]] = ["departments.csv": Array(edited.joined(separator: "\n").utf8)]
    for name in ["matters.csv", "items.csv", "approvals.csv", "lists.csv", "notices.csv"] {
      files[name] = FolderReader.builtInFile(name)
    }
    let catalog = FolderReader.read(named: "edited", files: files)
    for rule in RuleBook.responsibility + RuleBook.wording where rule.id != "name-variant" {
      let before = try Findings.subjects(rule.id, in: Self.shipped)
      let after = try Findings.subjects(rule.id, in: catalog)
      #expect(before == after, "\(rule.id)")
    }
    let before = Set(try Findings.subjects("name-variant", in: Self.shipped))
    #expect(Set(try Findings.subjects("name-variant", in: catalog)).subtracting(before).isEmpty)
  }

  /// Sorting the rows otherwise gives the same findings.
  @Test func sortedOtherwise() throws {
    var files: [String: [UInt8]] = [:]
    for name in ["matters.csv", "items.csv", "approvals.csv", "departments.csv", "lists.csv", "notices.csv"] {
      var lines = String(decoding: try #require(FolderReader.builtInFile(name)), as: UTF8.self).split(separator: "\n")
      if name != "lists.csv" { lines = lines.prefix(1) + lines.dropFirst().reversed() }
      files[name] = Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
    }
    let catalog = FolderReader.read(named: "reversed", files: files)
    for rule in RuleBook.responsibility + RuleBook.wording {
      let before = try Findings.subjects(rule.id, in: Self.shipped).sorted()
      let after = try Findings.subjects(rule.id, in: catalog).sorted()
      #expect(before == after, "\(rule.id)")
    }
  }

  private func similar(_ names: String...) -> [(String, String)] {
    let entries = names.enumerated().map { (id: "id-\(100 + $0.offset)", names: [$0.element]) }
    return SimilarNames.pairs(entries).map { ($0.first.text, $0.second.text) }
  }

  @Test(arguments: [
    ("林草种子生产经营许可证核发", "林草种子生产经营许可"), ("危险化学品经营许可证(乙种)", "危险化学品经营许可证（乙种）"), ("《食品生产许可证》核发", "食品生产许可"),
    ("互联网上网服务营业场所", "互联网上网服务营业场"), ("道路运输经营证核发办法", "道路运输营经证核发办法"), ("公共场所卫生许可申领", "公共场所卫生许叮申领"), ("排污许可证", "排污许可"),
  ])
  func slips(_ a: String, _ b: String) {
    #expect(similar("别的名称甲乙丙丁", a, b).count == 1)
  }

  @Test(arguments: [
    ("第二类医疗器械经营备案", "第三类医疗器械经营备案"), ("不动产抵押变更登记", "动产抵押变更登记"), ("水表过户", "电表过户"), ("居住证核发", "居住"),
    ("市级文物保护单位审批", "省级文物保护单位审批"), ("出具死亡证明(正常死亡)", "出具死亡证明(非正常死亡)"), ("营业执照", "营业执照"),
  ])
  func differencesOfMeaning(_ a: String, _ b: String) {
    #expect(similar("别的名称甲乙丙丁", a, b).isEmpty)
  }

  @Test func families() {
    #expect(similar("城市供水管网工程验收", "城市供暖管网工程验收", "城市供油管网工程验收").isEmpty)
    // The same difference twice is one of meaning.
    #expect(similar("建设工程规划许可变动", "建设工程规划许可延动", "林木采伐计划许可变动", "林木采伐计划许可延动").isEmpty)
  }
}
