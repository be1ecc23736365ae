import AtomicFiles
import Localization

/// The content of `datapackage.json`: the files of the tables, the columns described, and the settings of the rules. The
/// format is that of the Data Package specification; other keys are ignored.
package struct Descriptor: Sendable {
  package static let fileName = "datapackage.json"

  /// The file of each table described.
  var files: [TableKind: String] = [:]
  /// The names and titles of the columns described.
  var columns: [TableKind: Set<String>] = [:]
  /// The columns described that the program does not declare, as columns of texts.
  var further: [TableKind: [Column]] = [:]
  var settings = Settings()

  /// Values that are not of the right kind; they are ignored.
  var problems: [Problem] = []

  /// A value of the wrong kind.
  package struct Problem: Sendable {
    /// The path of its key.
    package var location: String
    package var line: Int
    /// What it should be.
    package var expected: LocalizedText
  }

  /// Whether a column is described, by its name or its title.
  package func describes(_ column: String, of table: TableKind) -> Bool { columns[table]?.contains(column) ?? false }

  /// The standard files and columns, for a folder without `datapackage.json`.
  init() {}

  /// - Throws: `Failure` with the line if the text is not a JSON object, or if a path cannot be followed.
  package init(json: Bytes) throws(Failure) {
    let package: JSONValue
    do throws(JSONSyntaxError) {
      package = try JSONValue(json)
    } catch {
      throw Failure(line: error.line, reason: error.isTooDeep ? .tooDeep : .syntax)
    }
    guard package.members != nil else { throw Failure(line: package.line, reason: .noObject) }
    let resources = read(package, "resources", "", Descriptor.list) { $0.array } ?? []
    for (index, resource) in resources.enumerated() {
      try read(resource, "resources[\(index)]")
    }
    let options = read(package, "onevisit", "", Descriptor.object) { $0.members == nil ? nil : $0 }
    let rules = options.flatMap { read($0, "rules", "onevisit.", Descriptor.object) { $0.members } }
    for rule in rules ?? [] { settings.rules[rule.name] = ruleSettings(rule) }
  }

  // MARK: Kinds of values

  private static let list = LocalizedText(zh: "列表（[ … ]）", en: "a list ([ … ])")
  private static let object = LocalizedText(zh: "对象（{ … }）", en: "an object ({ … })")
  private static let text = LocalizedText(zh: "加引号的文字", en: "a text in quotation marks")
  private static let number = LocalizedText(zh: "整数", en: "a whole number")

  private mutating func report(_ location: String, _ value: JSONValue, _ expected: LocalizedText) {
    problems.append(Problem(location: location, line: value.line, expected: expected))
  }

  /// The value of a name; nil if there is none. One of another kind is reported.
  private mutating func read<Value>(
    _ object: JSONValue, _ name: String, _ prefix: @autoclosure () -> String, _ expected: LocalizedText,
    _ convert: (JSONValue) -> Value?
  ) -> Value? {
    guard let member = object.member(name) else { return nil }
    if case .null = member.value.content { return nil }
    guard let value = convert(member.value) else {
      report(prefix() + name, member.value, expected)
      return nil
    }
    return value
  }

  // MARK: Tables

  private mutating func read(_ resource: JSONValue, _ location: String) throws(Failure) {
    guard resource.members != nil else { return report(location, resource, Descriptor.object) }
    guard let name = read(resource, "name", location + ".", Descriptor.text, \.string),
      let kind = TableKind.allCases.first(where: { $0.name == name })
    else { return }
    let prefix = "resources.\(name)."
    if let path = resource.member("path")?.value {
      try read(path, of: kind, prefix + "path")
    }
    guard
      let schema = read(resource, "schema", prefix, Descriptor.object, { $0.members == nil ? nil : $0 }),
      let fields = read(schema, "fields", prefix + "schema.", Descriptor.list, \.array)
    else { return }
    for (index, field) in fields.enumerated() {
      func location() -> String { prefix + "schema.fields[\(index)]" }
      guard field.members != nil else {
        report(location(), field, Descriptor.object)
        continue
      }
      guard let column = read(field, "name", location() + ".", Descriptor.text, \.string) else { continue }
      let title = read(field, "title", location() + ".", Descriptor.text, \.string)
      columns[kind, default: []].insert(column)
      if let title { columns[kind, default: []].insert(title) }
      further[kind, default: []].append(.further(column, zh: title))
    }
  }

  /// A path must lead to a file inside the folder (Data Package specification), and one file holds one table.
  private mutating func read(_ path: JSONValue, of kind: TableKind, _ location: String) throws(Failure) {
    let paths = path.array.map { $0.compactMap(\.string) } ?? [path.string].compactMap { $0 }
    guard let written = paths.first else { return report(location, path, Descriptor.text) }
    guard paths.count == 1 else { throw Failure(line: path.line, reason: .severalFiles(location, paths)) }
    var name = written
    while name.hasPrefix("./") { name.removeFirst(2) }
    let isOutside =
      name.isEmpty || name.hasPrefix("/") || name.contains("\0") || name.contains("://")
      || name.split(separator: "/", omittingEmptySubsequences: false).contains("..")
    if isOutside { throw Failure(line: path.line, reason: .outside(location, written)) }
    if let other = TableKind.described.first(where: { files[$0] == name }) {
      throw Failure(line: path.line, reason: .twice("resources.\(other.name).path", location, written))
    }
    files[kind] = name
  }

  // MARK: Rules

  /// `"off"`, a severity, or an object with `severity` and the numbers that the rule defines.
  private mutating func ruleSettings(_ rule: JSONValue.Member) -> Settings.RuleSettings {
    var settings = Settings.RuleSettings()
    settings.line = rule.line
    func set(_ severity: String) {
      settings.isOff = severity == "off"
      settings.severity = severity == "off" ? nil : severity
    }
    let location = "onevisit.rules.\(rule.name)"
    if let word = rule.value.string {
      set(word)
    } else if let members = rule.value.members {
      for member in members {
        if member.name == "severity" {
          if let word = member.value.string {
            set(word)
          } else {
            report(location + ".severity", member.value, Descriptor.text)
          }
        } else if let number = member.value.integer {
          settings.values[member.name] = number
        } else {
          report(location + "." + member.name, member.value, Descriptor.number)
        }
      }
    } else {
      report(
        location, rule.value,
        LocalizedText(zh: "\"off\"、级别或对象（{ … }）", en: "\"off\", a severity or an object ({ … })"))
    }
    return settings
  }

  package struct Failure: LocalizedFailure {
    /// What is wrong; paths of keys come before what stands there.
    enum Reason: Sendable {
      case syntax, tooDeep, noObject
      case severalFiles(String, [String])
      case outside(String, String)
      case twice(String, String, String)
    }

    var line: Int
    var reason: Reason

    package var explanation: LocalizedText {
      LocalizedText(zh: problem.zh + fix.zh, en: problem.en + " " + fix.en)
    }

    /// What is wrong, without what to do.
    var problem: LocalizedText {
      switch reason {
      case .syntax:
        LocalizedText(
          zh: "datapackage.json 第 \(line) 行起不是有效的 JSON。",
          en: "datapackage.json is not valid JSON from line \(line) on.")
      case .tooDeep:
        LocalizedText(
          zh: "datapackage.json 第 \(line) 行的括号嵌套过深（最多 \(JSONSyntaxError.deepest) 层）。",
          en: "datapackage.json nests too many brackets in line \(line) (\(JSONSyntaxError.deepest) at most).")
      case .noObject:
        LocalizedText(
          zh: "datapackage.json 的内容不是对象：最外层应是 { … }。",
          en: "datapackage.json is no object: on the outside it should have { … }.")
      case .severalFiles(let location, let files):
        LocalizedText(
          zh: "datapackage.json 中 \(location) 写了 \(files.count) 个文件（\(files.joined(separator: "、"))），而一张表只能在一个文件里。",
          en:
            "datapackage.json: \(location) has \(files.count) files (\(files.joined(separator: ", "))), but a table has to "
            + "be in one file.")
      case .outside(let location, let path):
        LocalizedText(
          zh: "datapackage.json 中 \(location) 是“\(path)”，而表格文件必须在这个文件夹之内。",
          en: "datapackage.json: \(location) is “\(path)”, but a table has to be a file inside the folder.")
      case .twice(let first, let second, let path):
        LocalizedText(
          zh: "datapackage.json 中 \(first) 和 \(second) 都是“\(path)”，而一个文件只能是一张表。",
          en: "datapackage.json: \(first) and \(second) are both “\(path)”, but a file holds one table.")
      }
    }

    var fix: LocalizedText {
      switch reason {
      case .syntax, .tooDeep, .noObject:
        LocalizedText(
          zh: "请对照 `onevisit init` 写出的文件改正。",
          en: "Fix it, taking the file that `onevisit init` writes as a model.")
      case .severalFiles:
        LocalizedText(
          zh: "请把各行合并到一个文件，并只写这一个。", en: "Put all rows into one file, and name that one.")
      case .outside:
        LocalizedText(
          zh: "请写文件夹内的文件名，如 matters.csv。", en: "Write the name of a file in the folder, such as matters.csv.")
      case .twice:
        LocalizedText(zh: "请把其中一个改成它自己的文件。", en: "Correct one of them to the file of its own.")
      }
    }
  }
}
