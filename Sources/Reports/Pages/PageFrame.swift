import AtomicFiles
import Localization
import PageFiles

/// What all pages have in common: the head with style sheet and script, the landmarks, and parts that several pages use.
struct PageFrame {
  let html: HTMLWriter

  init(to writer: ByteWriter, language: Language) { html = HTMLWriter(to: writer, language: language) }

  private var language: Language { html.language }
  func localized(_ zh: String, _ en: String) -> String { html.localized(zh, en) }

  /// A page from its first to its last byte.
  /// - Parameters:
  ///   - title: the heading of the page, of level 1, and the title of the window.
  ///   - subtitle: a line below it.
  ///   - filters: how many values its filters have together.
  ///   - content: the sections, with headings from level 2.
  func write(title: String, subtitle: String, filters: Int = 0, _ content: () throws -> Void) throws {
    try html.writer.append(literal: "<!DOCTYPE html>\n")
    try html.block("html", ["lang": language == .chinese ? "zh-Hans" : "en"]) {
      try html.block("head") { try writeHead(title, filters: filters) }
      try html.block("body") {
        try html.block("a", ["class": "skip", "href": "#main"], localized("跳到正文", "Skip to the content"))
        try html.block("header") {
          try html.row("h1") { try html.inline("bdi", title) }
          try html.row("p", ["class": "subtitle"]) { try html.text(subtitle) }
        }
        try html.block("main", ["id": "main"], content)
        try html.block("footer") {
          try html.block(
            "p",
            localized(
              "由 OneVisit 生成。本页是一个完整的文件，不从网络加载任何内容。",
              "Made by OneVisit. This page is one whole file and loads nothing from the network."))
        }
        try html.row("script") { try html.writer.append(PageFiles.script) }
      }
    }
  }

  private func writeHead(_ title: String, filters: Int) throws {
    try html.void("meta", ["charset": "utf-8"])
    try html.line()
    // Whatever stood in the page, a browser would load nothing.
    try html.void(
      "meta",
      [
        "http-equiv": "Content-Security-Policy",
        "content": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:",
      ])
    try html.line()
    try html.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
    try html.line()
    try html.void("meta", ["name": "format-detection", "content": "telephone=no"])
    try html.line()
    try html.void("link", ["rel": "icon", "href": "data:,"])
    try html.line()
    try html.block("title", title)
    try html.row("style") {
      try html.writer.append(PageFiles.style)
      for number in 0..<filters { try writeFilter(number) }
    }
  }

  /// The rules of one value of a filter.
  private func writeFilter(_ number: Int) throws {
    let placeholder = Array("NUMBER".utf8)
    var rest = PageFiles.filter[...]
    while let range = rest.firstRange(of: placeholder) {
      try html.writer.append(rest[..<range.lowerBound])
      try html.writer.append(number: number)
      rest = rest[range.upperBound...]
    }
    try html.writer.append(rest)
  }

  // MARK: Parts

  /// A section with a heading of level 2.
  func section(_ heading: String, id: String, class name: String? = nil, _ content: () throws -> Void) throws {
    try html.block("section", ["class": name, "aria-labelledby": id]) {
      try html.row("h2", ["id": id]) { try html.text(heading) }
      try content()
    }
  }

  /// How a verdict is coloured.
  enum Mood: String { case good, fair, bad, plain }

  /// The first thing on a page: what it comes to, in one line, and what else there is to say of it.
  func verdict(_ text: String, _ mood: Mood, _ lines: [String]) throws {
    try html.block("section", ["class": "verdict \(mood.rawValue)", "aria-labelledby": "verdict"]) {
      try html.block("h2", ["id": "verdict"], text)
      for line in lines { try html.row("p") { try html.words(line) } }
    }
  }

  /// Numbers with what they count.
  func counts(_ counts: [(name: String, number: Int)]) throws {
    try html.block("dl", ["class": "counts"]) {
      for count in counts {
        try html.row("div") {
          try html.inline("dt", count.name)
          try html.inline("dd", String(count.number))
        }
      }
    }
  }

  /// What may be wider than a phone: it scrolls by itself, with the keyboard too.
  func scrolled(_ label: String, _ content: () throws -> Void) throws {
    try html.block("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": label], content)
  }

  // MARK: Tables

  /// A heading of a column.
  struct Heading {
    var text: String
    var isNumber = false
  }

  /// A table whose rows become blocks on a phone, each cell with the heading of its column before it.
  /// - Parameters:
  ///   - isCaptionHidden: the caption repeats a heading, and is for screen readers alone.
  ///   - isBrief: the cells after the first are short, and stand side by side.
  func table(
    caption: String, isCaptionHidden: Bool = false, isBrief: Bool = false, _ headings: [Heading],
    _ rows: () throws -> Void
  ) throws {
    try html.block("table", ["class": isBrief ? "cards brief" : "cards"]) {
      try html.block("caption", ["class": isCaptionHidden ? "hidden" : nil], caption)
      try html.block("thead") {
        try html.row("tr") {
          for heading in headings {
            try html.inline("th", ["scope": "col", "class": heading.isNumber ? "number" : nil], heading.text)
          }
        }
      }
      try html.block("tbody") { try rows() }
    }
  }

  /// A cell of such a table. An empty one is left out on a phone, a short one stays on one line.
  func cell(
    _ heading: Heading, isEmpty: Bool = false, isShort: Bool = false, _ content: () throws -> Void
  ) throws {
    try html.inline(
      "td",
      [
        "class": isEmpty ? "empty" : heading.isNumber ? "number" : isShort ? "short" : nil,
        "data-label": heading.text,
      ], content)
  }

  /// A cell with a text of the program.
  func cell(_ heading: Heading, _ text: String) throws {
    try cell(heading, isEmpty: text.isEmpty) { try html.text(text) }
  }
}
