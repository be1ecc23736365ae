import ArgumentParser

/// The help that the argument parser generates for a command, taken apart.
struct GeneratedHelp {
  enum Section {
    case arguments, options, subcommands

    init?(heading: String) {
      switch heading {
      case "ARGUMENTS:": self = .arguments
      case "OPTIONS:": self = .options
      case "SUBCOMMANDS:": self = .subcommands
      default: return nil
      }
    }
  }

  struct Entry {
    var label: String
    var text: String
  }

  /// Abstract and discussion, a paragraph a line.
  private(set) var overview: [String] = []
  private(set) var usage = ""
  private(set) var sections: [(kind: Section, entries: [Entry])] = []

  /// The column at which the parser begins the text of an entry.
  private static let textColumn = 26

  init(_ path: CommandPath) {
    // So wide that the parser breaks no line.
    let text = RootCommand.helpMessage(for: path.command, columns: 1 << 20)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    while let line = lines.popFirst() {
      if line.hasPrefix("USAGE: ") {
        usage = String(line.dropFirst("USAGE: ".count))
        break
      }
      overview.append(line.hasPrefix("OVERVIEW: ") ? String(line.dropFirst("OVERVIEW: ".count)) : line)
    }
    while overview.last == "" { overview.removeLast() }
    let margin = String(repeating: " ", count: GeneratedHelp.textColumn)
    while let line = lines.popFirst() {
      if let section = Section(heading: line) {
        sections.append((section, []))
        continue
      }
      // The last line is the parser's advice about the help of subcommands.
      guard !sections.isEmpty, line.hasPrefix("  "), !line.hasPrefix("  See '") else { continue }
      let entry: Entry
      if let next = lines.first, next.hasPrefix(margin) {
        lines.removeFirst()
        entry = Entry(label: String(line.dropFirst(2)), text: String(next.dropFirst(GeneratedHelp.textColumn)))
      } else {
        var label = line.prefix(GeneratedHelp.textColumn).dropFirst(2)
        while label.last == " " { label.removeLast() }
        entry = Entry(label: String(label), text: String(line.dropFirst(GeneratedHelp.textColumn)))
      }
      sections[sections.count - 1].entries.append(entry)
    }
  }

  /// The long names of the options that take a value.
  var namesOfOptionsWithValues: Set<String> {
    Set(
      sections.filter { $0.kind == .options }.flatMap(\.entries).filter { $0.label.contains("<") }.flatMap { entry in
        entry.label.split(whereSeparator: { " ,".contains($0) }).map(String.init).filter { $0.hasPrefix("--") }
      })
  }

  /// The long names of the options, as they are typed.
  var optionNames: [String] {
    sections.filter { $0.kind == .options }.flatMap(\.entries).flatMap { entry in
      entry.label.split(whereSeparator: { " ,/".contains($0) }).map(String.init).filter { $0.hasPrefix("--") }
    }
  }
}
