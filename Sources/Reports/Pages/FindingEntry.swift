import Catalog
import Localization
import Validator

/// One finding on a page.
struct FindingEntry {
  private let entry: FindingsPageContent.Entry
  private let language: Language
  /// Whether `validate --fix` takes what was checked.
  private let isFixable: Bool

  init(_ entry: FindingsPageContent.Entry, language: Language, isFixable: Bool) {
    self.entry = entry
    self.language = language
    self.isFixable = isFixable
  }

  private var finding: Finding { entry.finding }

  func write(_ frame: PageFrame) throws {
    let html = frame.html
    let name = "entry " + (finding.isWaived ? "waived" : finding.severity.rawValue)
    try html.block("li", ["class": FilterForm.classes(name, entry.values)]) {
      try writePosition(frame)
      try html.block("p", FindingEntry.cut(finding.message[language]))
      if let location = finding.location { try writeExcerpt(location, frame) }
      try writeFix(frame)
      try writeRelated(frame)
    }
  }

  /// Severity, cell, matter and departments.
  private func writePosition(_ frame: PageFrame) throws {
    let html = frame.html
    try html.row("p", ["class": "where"]) {
      if finding.isWaived {
        try html.inline("span", ["class": "tag waived"], frame.localized("已豁免", "waived"))
      } else {
        try FindingsPage.tag(finding.severity, frame)
      }
      if let location = finding.location {
        if let address = location.address(in: language) {
          try html.text(" ")
          try html.inline("b", address)
        } else if let line = location.line {
          try html.text(frame.localized(" 第 \(line) 行", " line \(line)"))
        }
      }
      if let id = finding.item ?? finding.matter, !id.isEmpty {
        try html.text(" · \(id) ")
        if !entry.name.isEmpty { try html.data(FindingEntry.cut(entry.name)) }
      }
      for (index, department) in entry.departments.prefix(6).enumerated() {
        try html.text(index == 0 ? " · " : frame.localized("、", ", "))
        try html.data(department)
      }
      if let cause = finding.cause {
        try html.text(frame.localized(" · 由 \(cause) 引起", " · follows from \(cause)"))
      }
    }
  }

  /// The row's own text with the cell marked.
  private func writeExcerpt(_ location: Location, _ frame: PageFrame) throws {
    guard let text = location.excerpt, !text.isEmpty else { return }
    let excerpt = MarkedExcerpt(text, column: location.column, length: location.length)
    try frame.html.row("pre") {
      try frame.html.text(excerpt.before)
      if !excerpt.marked.isEmpty { try frame.html.inline("mark", excerpt.marked) }
      try frame.html.text(excerpt.after)
    }
  }

  private func writeFix(_ frame: PageFrame) throws {
    if let reason = finding.waiver {
      let text = reason.isEmpty ? frame.localized("（没有写理由）", "(no reason given)") : FindingEntry.cut(reason)
      return try frame.html.block("p", frame.localized("豁免理由：", "Waived: ") + text)
    }
    let fix = finding.fix[language]
    guard !fix.isEmpty else { return }
    try frame.html.row("p", ["class": "fix"]) {
      try frame.html.text(FindingEntry.cut(fix))
      guard isFixable, let correction = finding.correction else { return }
      try frame.html.text(" ")
      let option = correction.isSafe ? "--fix" : "--unsafe-fixes"
      try frame.html.inline("span", ["class": "tag done"], option)
    }
  }

  private func writeRelated(_ frame: PageFrame) throws {
    let related = finding.related.prefix(5).compactMap { other in
      FindingsSummary.position(other, in: language, isCell: true).map { position in
        position + (other.message.map { frame.localized("：", ": ") + FindingEntry.cut($0[language]) } ?? "")
      }
    }
    let total = finding.consequences.reduce(0) { $0 + $1.count }
    guard !related.isEmpty || total > 0 else { return }
    try frame.html.block("ul") {
      for other in related { try frame.html.block("li", frame.localized("另见 ", "see also ") + other) }
      let rest = finding.related.count - related.count
      if rest > 0 {
        try frame.html.block(
          "li", frame.localized("另见其他 \(rest) 处", "and \(FindingsSummary.counted(rest, "other place"))"))
      }
      guard total > 0 else { return }
      let parts = finding.consequences.map { "\($0.rule) \($0.count)" }
      try frame.html.block(
        "li",
        frame.localized(
          "由此引起 \(total) 处：\(parts.joined(separator: "、"))（--show-consequences 可列出）",
          "\(FindingsSummary.counted(total, "finding")) \(total == 1 ? "follows" : "follow") from it: "
            + parts.joined(separator: ", ") + " (--show-consequences lists them)"))
    }
  }

  /// What is far too long for a message is cut.
  static func cut(_ text: String) -> String {
    text.utf8.count > 1000 ? DisplayWidth.truncated(text, to: 1000) : text
  }
}

/// A line of a file with a part of it marked, cut where it is long.
struct MarkedExcerpt: Equatable {
  private(set) var before = ""
  private(set) var marked = ""
  private(set) var after = ""

  /// How many characters are shown before and after the mark, and of the mark.
  private static let around = 120
  private static let within = 300

  /// - Parameters:
  ///   - line: the line's own text.
  ///   - column: the first character that is marked, counting from 1; nil if none is.
  ///   - length: how many characters are marked.
  init(_ line: String, column: Int?, length: Int?) {
    let scalars = line.unicodeScalars
    guard let column, column > 0 else {
      before = MarkedExcerpt.text(scalars[...], limit: MarkedExcerpt.around + MarkedExcerpt.within)
      return
    }
    let start = scalars.index(scalars.startIndex, offsetBy: column - 1, limitedBy: scalars.endIndex) ?? scalars.endIndex
    let end = scalars.index(start, offsetBy: max(length ?? 1, 1), limitedBy: scalars.endIndex) ?? scalars.endIndex
    let first =
      scalars.index(start, offsetBy: -MarkedExcerpt.around, limitedBy: scalars.startIndex) ?? scalars.startIndex
    before = (first > scalars.startIndex ? "…" : "") + String(scalars[first..<start])
    marked = MarkedExcerpt.text(scalars[start..<end], limit: MarkedExcerpt.within)
    after = MarkedExcerpt.text(scalars[end...], limit: MarkedExcerpt.around)
  }

  private static func text(_ scalars: Substring.UnicodeScalarView, limit: Int) -> String {
    guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
      end < scalars.endIndex
    else { return String(scalars) }
    return String(scalars[..<end]) + "…"
  }
}
