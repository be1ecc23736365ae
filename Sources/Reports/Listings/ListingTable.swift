import AtomicFiles
import Localization

extension Listing {
  /// An aligned table for people: headers in their language, Chinese characters counted as two columns. Where it would be
  /// wider than `style.width`, the widest columns of text are cut.
  /// - Parameter whenEmpty: what is printed if there are no rows.
  package func writeTable(
    language: Language, style: TextStyle = TextStyle(),
    whenEmpty: LocalizedText = LocalizedText(zh: "没有符合条件的内容。", en: "Nothing matches."), to writer: ByteWriter
  ) throws {
    let printer = TextPrinter(to: writer, language: language, style: style)
    let shownColumns = columns.indices.filter { !columns[$0].isForPrograms }
    var widths = shownColumns.map { DisplayWidth.of(columns[$0].title[language]) }
    var isEmpty = true
    // One pass for the widths and one to print: two passes over the rows cost less than keeping a million of them.
    for row in rows {
      isEmpty = false
      for (ordinal, column) in shownColumns.enumerated() where row.indices.contains(column) {
        widths[ordinal] = max(widths[ordinal], DisplayWidth.of(row[column].shown(language)))
      }
    }
    guard !isEmpty else { return try printer.line(whenEmpty[language]) }
    let gap = 2
    if let width = style.width { ListingWidths.fit(&widths, to: width - gap * (widths.count - 1)) }

    try printer.line(.bold(tableLine(shownColumns, widths) { columns[$0].title[language] }))
    try printer.line(.dim(widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")))
    for row in rows {
      try printer.line(tableLine(shownColumns, widths) { row.indices.contains($0) ? row[$0].shown(language) : "" })
    }
  }

  /// A line of the table: the cells of the columns that are shown, cut and padded to their widths.
  private func tableLine(_ shown: [Int], _ widths: [Int], _ cell: (Int) -> String) -> String {
    var line = ""
    for (ordinal, column) in shown.enumerated() {
      let text = DisplayWidth.truncated(cell(column), to: widths[ordinal])
      if ordinal > 0 { line += "  " }
      if columns[column].isNumber {
        line += DisplayWidth.paddedBefore(text, to: widths[ordinal])
      } else {
        line += ordinal == shown.count - 1 ? text : DisplayWidth.padded(text, to: widths[ordinal])
      }
    }
    // Blanks at the end of a line are of no use.
    var end = line.endIndex
    while end > line.startIndex, line[line.index(before: end)] == " " { end = line.index(before: end) }
    return String(line[..<end])
  }
}

/// The widths of columns reduced to what a terminal has.
enum ListingWidths {
  /// No column becomes narrower than this.
  static let minimum = 8

  /// Reduces the widest columns until the sum fits, or until all have the minimum.
  static func fit(_ widths: inout [Int], to total: Int) {
    var excess = widths.reduce(0, +) - total
    while excess > 0, let widest = widths.max(), widest > minimum {
      // The widest ones are reduced together to the width of the next.
      let next = max(minimum, widths.filter { $0 < widest }.max() ?? minimum)
      let indices = widths.indices.filter { widths[$0] == widest }
      let step = min(widest - next, (excess + indices.count - 1) / indices.count)
      for ordinal in indices where excess > 0 {
        let cut = min(step, excess)
        widths[ordinal] -= cut
        excess -= cut
      }
    }
  }
}
