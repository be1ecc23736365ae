import Catalog
import Foundation
import Localization
import Testing
import Validator

/// What a rule quotes from 九府办字〔2022〕128号 is printed there, in the paragraph that it names.
@Suite("Sources of the rules: quotations from the notice")
struct CitationTests {
  @Test(arguments: RuleBook.rules.map(\.id))
  func quotesStandInTheNotice(_ id: String) throws {
    let notice = try OfficialText.notice128()
    let source = try #require(RuleBook.rule(id)).source
    #expect(Citations.problems(source.zh, in: notice) == [])
    #expect(Citations.problems(source.en, in: notice) == [])
  }

  /// Each paragraph that the Chinese text cites comes with its words.
  @Test(arguments: RuleBook.rules.map(\.id))
  func citesParagraphsWithTheirWords(_ id: String) throws {
    let source = try #require(RuleBook.rule(id)).source.zh
    for clause in Citations.clauses(source) where clause.contains("§") {
      #expect(!Citations.quotations(clause).isEmpty, "\(clause)")
    }
  }

  @Test("A wrong word, a wrong paragraph and a wrong annex are found")
  func findsWrongQuotations() throws {
    let notice = try OfficialText.notice128()
    for (source, problems) in [
      ("§二（二）：“通过归并去重、数据共享等方式进行精简、优化”", []),
      ("§三(二): each does its part (各负其责)", ["各负其责 is not in §三(二)"]),
      ("§一（二）4：“各负其责”", []),
      ("§一（二）3：“各负其责”", ["各负其责 is not in §一(二)3"]),
      ("§三（三）：“请……市级牵头部门于节点前完成”", ["市级牵头部门于节点前完成 is not in §三(三)"]),
      ("§三（三）：“请第二批‘一件事一次办’对应市级牵头部门”；“逾期的通报批评”", ["逾期的通报批评 is not in §三(三)"]),
      ("附件2第1项“无雇佣……”；附件1注：“网上可查”", ["网上可查 is not in the annexes"]),
      ("§四（一）：“加强”", ["no paragraph §四(一)"]),
    ] { #expect(Citations.problems(source, in: notice) == problems, "\(source)") }
  }
}

/// The official text, as far as rules cite it: its paragraphs from `Fixtures/jiujiang-128-2022.txt` (a verbatim copy of the
/// body and of the annexes' titles, headings and notes), the rows of the annexes from the catalog.
struct OfficialText {
  /// By `§二(二)` and, for the numbered principles, `§一(二)4`.
  var paragraphs: [String: String] = [:]
  var annexes = ""

  static func notice128() throws -> OfficialText {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/jiujiang-128-2022.txt")
    var text = OfficialText()
    var chapter = ""
    var section = ""
    var number = ""
    var isAnnex = false
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init) {
      if line == "附件1" { isAnnex = true }
      if isAnnex {
        text.annexes += Citations.normal(line) + "\n"
      } else if let match = line.firstMatch(of: /^([一二三])、/) {
        (chapter, section, number) = (String(match.1), "", "")
      } else if let match = line.firstMatch(of: /^\(([一二三四五])\)/) {
        (section, number) = ("§\(chapter)(\(match.1))", "")
      } else if section == "§一(二)", let match = line.firstMatch(of: /^(\d)\s?\./) {
        number = String(match.1)
      }
      guard !section.isEmpty, !isAnnex else { continue }
      text.paragraphs[section, default: ""] += Citations.normal(line)
      if !number.isEmpty { text.paragraphs[section + number, default: ""] += Citations.normal(line) }
    }
    let catalog = Shipped.catalog
    for matter in catalog.matters {
      text.annexes += Citations.normal(catalog.cells(of: matter).joined(separator: "\n"))
    }
    for item in catalog.items { text.annexes += Citations.normal(catalog.cells(of: item).joined(separator: "\n")) }
    return text
  }
}

enum Citations {
  /// Without blanks and line breaks, which are typesetting; punctuation and quotation marks of one form.
  static func normal(_ text: String) -> String {
    let forms: [Character: Character] = ["，": ",", "（": "(", "）": ")", "：": ":", "；": ";", "‘": "“", "’": "”"]
    return String(text.filter { !$0.isWhitespace }.map { forms[$0] ?? $0 })
  }

  /// The parts of a source, separated by semicolons outside quotation marks.
  static func clauses(_ source: String) -> [String] {
    var depth = 0
    return source.split {
      if $0 == "“" { depth += 1 }
      if $0 == "”" { depth -= 1 }
      return depth == 0 && ($0 == "；" || $0 == ";")
    }.map(String.init)
  }

  /// What a clause quotes: Chinese text between “ and ”, or alone in half-width brackets.
  static func quotations(_ clause: String) -> [String] {
    let quoted = clause.matches(of: /“([^”]*)”/).map { String($0.1) }
    let bracketed = clause.matches(of: /\(([^()A-Za-z]{2,})\)/).map { String($0.1) }
    return quoted + bracketed.filter { !$0.contains("“") || $0.contains("一件事") }
  }

  /// The pieces of a quotation between its marks of omission.
  private static func pieces(_ quotation: String) -> [String] {
    quotation.split(separator: "…").map { normal(String($0)) }.filter { !$0.isEmpty }
  }

  static func problems(_ source: String, in notice: OfficialText) -> [String] {
    var problems: [String] = []
    var cited: (name: String, text: String)?
    for clause in clauses(source) {
      if let match = clause.firstMatch(of: /§(.)[（(](.)[）)](\d?)/) {
        let name = "§\(match.1)(\(match.2))\(match.3)"
        guard let text = notice.paragraphs[name] else {
          problems.append("no paragraph \(name)")
          continue
        }
        cited = (name, text)
      } else if clause.contains(/附件|[Aa]nnex/) {
        cited = ("the annexes", notice.annexes)
      } else if clause.contains(/GB|RFC|XML|Unicode|CWE|OWASP|README|Data Package|Table Schema|14号|99号|目录|catalog/) {
        cited = nil
      }
      guard let cited else { continue }
      for piece in quotations(clause).flatMap(pieces) where !cited.text.contains(piece) {
        problems.append("\(piece) is not in \(cited.name)")
      }
    }
    return problems
  }
}
