import Localization

/// A drawing in a page (SVG 2), with a title and a description for those who do not see it. Its colours are in the style
/// sheet, so that all drawings look alike and print.
struct Picture {
  /// Unique in the page.
  let id: String
  let width: Int
  let height: Int
  let title: String
  /// What the picture shows, in words.
  let description: String

  /// Writes the picture with a caption below it.
  func write(caption: String, _ frame: PageFrame, _ content: (HTMLWriter) throws -> Void) throws {
    try frame.html.block("figure") {
      try frame.scrolled(title) {
        try frame.html.block(
          "svg",
          [
            "role": "img", "aria-labelledby": "\(id)-title \(id)-text", "viewBox": "0 0 \(width) \(height)",
            "width": String(width), "height": String(height),
          ]
        ) {
          try frame.html.block("title", ["id": "\(id)-title"], title)
          try frame.html.block("desc", ["id": "\(id)-text"], description)
          try content(frame.html)
        }
      }
      if !caption.isEmpty { try frame.html.block("figcaption", caption) }
    }
  }

  /// How many points a text takes at the size of the style sheet, a little more rather than less.
  static func width(of text: String) -> Int { DisplayWidth.of(VisibleText.line(text)) * 7 }

  /// A text that has room for so many points.
  static func fitted(_ text: String, to width: Int) -> String {
    DisplayWidth.truncated(VisibleText.line(text), to: max(2, width / 7))
  }
}

extension HTMLWriter {
  /// A shape without content.
  func shape(_ name: StaticString, _ attributes: Attributes) throws { try row(name, attributes) {} }

  /// A text at a point.
  func label(_ text: String, x: Int, y: Int, anchor: String = "start", class name: String? = nil) throws {
    try block("text", ["x": String(x), "y": String(y), "text-anchor": anchor, "class": name], text)
  }

  func lineShape(_ name: String, from: (x: Int, y: Int), to: (x: Int, y: Int)) throws {
    try shape(
      "line",
      ["class": name, "x1": String(from.x), "y1": String(from.y), "x2": String(to.x), "y2": String(to.y)])
  }

  func rectangle(_ name: String, x: Int, y: Int, width: Int, height: Int, opacity: String? = nil) throws {
    try shape(
      "rect",
      [
        "class": name, "x": String(x), "y": String(y), "width": String(width), "height": String(height),
        "rx": "2", "fill-opacity": opacity,
      ])
  }
}
