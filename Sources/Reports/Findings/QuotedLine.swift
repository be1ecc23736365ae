import Localization

/// A line of a file as it is shown beneath a finding: safe to print, cut to a window where it is long, and with the
/// columns of the mark beneath it.
struct QuotedLine: Equatable {
  var text: String
  /// The columns that are marked; nil if nothing is.
  var mark: Range<Int>?

  /// The line of `^` that marks the position; nil if nothing is marked.
  var marks: String? {
    mark.map { String(repeating: " ", count: $0.lowerBound) + String(repeating: "^", count: $0.count) }
  }

  /// - Parameters:
  ///   - line: the line's own text.
  ///   - column: the first character that is marked, counting from 1.
  ///   - length: how many characters are marked.
  ///   - width: how many columns may be used.
  init(_ line: String, column: Int?, length: Int?, width: Int) {
    let width = max(width, 20)
    let first = (column ?? 0) - 1
    let last = first + max(length ?? 1, 1)
    // Where the mark begins and ends, in columns from the line's beginning, and whether the line continues beyond what
    // could be shown. A line is read to its end only if the mark is there.
    var position = 0
    var start: Int?
    var end = 0
    var number = 0
    var isIndent = true
    var isWhole = true
    for scalar in line.unicodeScalars {
      if number == first { start = position }
      if let start, number >= first, position > start + width { isWhole = false; break }
      if column == nil, position > width { isWhole = false; break }
      if start != nil, number >= last, position > width * 2 { isWhole = false; break }
      position += QuotedLine.width(scalar, &isIndent)
      if number >= first, number < last { end = position }
      number += 1
    }
    if number == first {
      // Right after the last character, as for a quote that was never closed.
      start = position
      end = position + 1
    }
    let total = max(position, end)
    var from = 0
    if !isWhole || total > width, let start {
      // A third of the window before the mark, more if the line ends soon after it.
      from = max(0, start - width / 3)
      if isWhole { from = min(from, max(0, total - width + 1)) }
      if from <= 1 { from = 0 }
    }

    var shown = ""
    var shownFrom = 0
    var used = 0
    var isCut = false
    position = 0
    isIndent = true
    for scalar in line.unicodeScalars {
      let wasIndent = isIndent
      let columns = QuotedLine.width(scalar, &isIndent)
      if position < from {
        position += columns
        continue
      }
      if shown.isEmpty {
        // A mark that combines with what was cut away would combine with the ellipsis.
        if from > 0, columns == 0 { continue }
        shownFrom = position
        if from > 0 {
          shown = "…"
          used = 1
        }
      }
      let room = !isWhole || total - shownFrom + (from > 0 ? 1 : 0) > width ? width - 1 : width
      if used + columns > room {
        isCut = true
        break
      }
      QuotedLine.append(scalar, isIndent: wasIndent, to: &shown)
      used += columns
      position += columns
    }
    if isCut { shown += "…" }
    text = shown
    if let start {
      let shift = (from > 0 ? 1 : 0) - shownFrom
      let low = max(0, start + shift)
      let high = min(max(end + shift, low + 1), max(used + (isCut ? 1 : 0), low + 1))
      mark = low..<high
    }
  }

  /// The columns of a scalar as it is shown.
  private static func width(_ scalar: Unicode.Scalar, _ isIndent: inout Bool) -> Int {
    if scalar == "\t" { return isIndent ? 2 : 1 }
    if scalar != " " { isIndent = false }
    return VisibleText.isHidden(scalar)
      ? VisibleText.picture(scalar).unicodeScalars.count : DisplayWidth.of(scalar)
  }

  private static func append(_ scalar: Unicode.Scalar, isIndent: Bool, to text: inout String) {
    if scalar == "\t", isIndent {
      text += "  "
    } else if VisibleText.isHidden(scalar) {
      text += VisibleText.picture(scalar)
    } else {
      text.unicodeScalars.append(scalar)
    }
  }
}
