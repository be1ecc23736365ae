import AtomicFiles
import Deadlines
import Localization

/// The page that documents the forms of deadline: `docs/deadlines.md` and `docs/deadlines.zh-CN.md`.
package enum DeadlineFormsPage {
  /// Writes the page in one language: an introduction, and a row for each of `Deadline.forms`.
  package static func write(_ language: Language, to writer: ByteWriter) throws {
    try writer.append(introduction[language])
    for form in Deadline.forms {
      let due = form.due?.description ?? ""
      let style = form.deadline.style.map { "`\($0)`" } ?? ""
      let note = form.note?[language] ?? ""
      let cells = [form.example, form.meaning[language], due, form.deadline.kind.rawValue, style, note]
      try writer.append("| \(cells.joined(separator: " | ")) |\n")
    }
  }

  private static let introduction = LocalizedText(
    zh: """
      # 时限写法

      OneVisit 能识别的时限写法。本页由程序生成，请勿手工修改。数字可用半角、全角或中文数字，数字两旁可有空格，整条时限可加括号；\
      “底”“末”“底前”“底以前”含义相同，但算作不同写法（见“写法”一栏）。没有把握的一律不识别，绝不猜测。

      | 原文 | 含义 | 到期日 | 种类 | 写法 | 说明 |
      |---|---|---|---|---|---|

      """,
    en: """
      # Forms of deadline

      The forms of deadline that OneVisit reads. This page is generated; do not edit it. Numbers may be in half-width \
      or full-width digits or in Chinese numerals, with blanks around them, and brackets around the whole. 底, 末, 底前 and \
      底以前 mean the same and are different styles. A text that may mean two things is reported as unreadable, never guessed.

      | Text | Meaning | Due | Kind | Style | Note |
      |---|---|---|---|---|---|

      """)
}
