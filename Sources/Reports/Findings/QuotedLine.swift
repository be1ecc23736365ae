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
    let extent = Extent(line, column: column, length: length, width: width)
    let from = extent.windowStart(width: width)
    let window = Window(line, from: from, width: width, extent)
    text = window.text
    if let start = extent.start {
      let shift = (from > 0 ? 1 : 0) - window.start
      let low = max(0, start + shift)
      let high = min(max(extent.end + shift, low + 1), max(window.used + (window.isCut ? 1 : 0), low + 1))
      mark = low..<high
    }
  }

  /// Where the mark begins and ends, in columns from the line's beginning, and how long the line is. A line is read to its
  /// end only if the mark is there.
  private struct Extent {
    var start: Int?
    var end = 0
    var total: Int
    /// The line does not continue beyond what could be shown.
    var isWhole = true

    init(_ line: String, column: Int?, length: Int?, width: Int) {
      let first = (column ?? 0) - 1
      let last = first + max(length ?? 1, 1)
      var position = 0
      var number = 0
      var isIndent = true
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
      total = max(position, end)
    }

    /// The column at which the part that is shown begins.
    func windowStart(width: Int) -> Int {
      guard !isWhole || total > width, let start else { return 0 }
      // A third of the window before the mark, more if the line ends soon after it.
      var from = max(0, start - width / 3)
      if isWhole { from = min(from, max(0, total - width + 1)) }
      return from <= 1 ? 0 : from
    }
  }

  /// The part of a line that is shown, with an ellipsis where something is cut.
  private struct Window {
    var text = ""
    /// The column of the line at which it begins.
    var start = 0
    /// The columns that it takes, without the ellipsis at its end.
    var used = 0
    var isCut = false

    init(_ line: String, from: Int, width: Int, _ extent: Extent) {
      var position = 0
      var isIndent = true
      for scalar in line.unicodeScalars {
        let wasIndent = isIndent
        let columns = QuotedLine.width(scalar, &isIndent)
        if position < from {
          position += columns
          continue
        }
        if text.isEmpty {
          // A mark that combines with a character that was cut would combine with the ellipsis.
          if from > 0, columns == 0 { continue }
          start = position
          if from > 0 {
            text = "…"
            used = 1
          }
        }
        let isLonger = !extent.isWhole || extent.total - start + (from > 0 ? 1 : 0) > width
        if used + columns > (isLonger ? width - 1 : width) {
          isCut = true
          break
        }
        QuotedLine.append(scalar, isIndent: wasIndent, to: &text)
        used += columns
        position += columns
      }
      if isCut { text += "…" }
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
