import Growth

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

let usage = """
  usage: catalog-generator --matters N --format folder|csv|xml --out PATH
           [--seed S] [--defects K] [--kinds KIND,KIND] [--without KIND,KIND]
           [--plan FILE.json] [--source CATALOG] [--list-size N]

  Grows the catalog in CATALOG (default: catalog) to N matters. --defects plants K defects of each kind, or of the kinds
  that are named; --plan writes what was planted. The kinds:
    \(DefectKind.allCases.map(\.rawValue).joined(separator: " "))

  """

/// Writes a line to standard error, where everything but the catalog goes.
func say(_ message: String) {
  let bytes = Array((message + "\n").utf8)
  _ = write(2, bytes, bytes.count)
}

func fail(_ message: String) -> Never {
  say("catalog-generator: \(message)")
  exit(64)
}

@main
enum Main {
  static func main() {
    var values: [String: String] = [:]
    var arguments = CommandLine.arguments.dropFirst()
    while let name = arguments.popFirst() {
      if name == "--help" || name == "-h" {
        say(usage)
        return
      }
      guard name.hasPrefix("--"), let value = arguments.popFirst() else { fail("what is \(name)?\n\(usage)") }
      values[String(name.dropFirst(2))] = value
    }
    guard let matters = values["matters"].flatMap({ Int($0) }), let path = values["out"] else { fail("\n" + usage) }
    var options = GrowthOptions(matters: matters)
    if let text = values["format"] {
      guard let format = GrowthOptions.Format(rawValue: text) else { fail("--format takes folder, csv or xml") }
      options.format = format
    }
    if let text = values["seed"] {
      guard let seed = UInt64(text) else { fail("--seed takes a number") }
      options.seed = seed
    }
    if let text = values["defects"] {
      guard let count = Int(text), count >= 0 else { fail("--defects takes a number") }
      options.defects = count
    }
    if let text = values["kinds"] {
      options.kinds = text.split(separator: ",").map { word in
        guard let kind = DefectKind(rawValue: String(word)) else { fail("there is no kind \(word)\n\(usage)") }
        return kind
      }
    }
    if let text = values["list-size"] {
      guard let size = Int(text), size > 0 else { fail("--list-size takes a number") }
      options.listSize = size
    }
    if let text = values["without"] {
      options.kinds.removeAll { text.split(separator: ",").contains($0.rawValue[...]) }
    }
    options.source = values["source"] ?? "catalog"
    do {
      let plan = try Growth(options).write(to: path)
      if let file = values["plan"] { try plan.write(to: file) }
      say(
        "\(path): \(plan.matters) matters, \(plan.items) items, \(plan.approvals) approvals, "
          + "\(plan.departments) departments, \(plan.bytes) bytes")
    } catch {
      say("catalog-generator: \(error)")
      exit(2)
    }
  }
}
