import AtomicFiles
import FoundationEssentials
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

  /// The standard files and columns, for a folder without `datapackage.json`.
  init() {}

  /// - Throws: `Failure` with the key if the text is not JSON of this form.
  init(json: Bytes) throws(Failure) {
    let package: Package
    do {
      package = try JSONDecoder().decode(Package.self, from: Data(json.buffer))
    } catch {
      throw Failure(location: Failure.location(of: error))
    }
    for resource in package.resources ?? [] {
      guard let kind = TableKind.allCases.first(where: { $0.name == resource.name }) else { continue }
      guard resource.further.isEmpty else {
        throw Failure(
          location: "resources.\(resource.name).path", files: [resource.path ?? ""] + resource.further)
      }
      if let path = resource.path {
        // A path must lead to a file inside the folder (Data Package specification), and one file holds one table.
        var name = path
        while name.hasPrefix("./") { name.removeFirst(2) }
        let isOutside =
          name.isEmpty || name.hasPrefix("/") || name.contains("\0") || name.contains("://")
          || name.split(separator: "/", omittingEmptySubsequences: false).contains("..")
        if isOutside || files.values.contains(name) {
          throw Failure(location: "resources.\(resource.name).path \(path.debugDescription)")
        }
        files[kind] = name
      }
      for field in resource.schema?.fields ?? [] {
        columns[kind, default: []].insert(field.name)
        if let title = field.title { columns[kind, default: []].insert(title) }
        further[kind, default: []].append(.further(field.name, zh: field.title))
      }
    }
    settings.rules = (package.onevisit?.rules ?? [:]).mapValues { $0.settings }
  }

  struct Failure: LocalizedFailure {
    /// The path of the key that is wrong; nil if the text is not JSON.
    var location: String?
    /// The files of a table, if it is in several.
    var files: [String] = []

    var explanation: LocalizedText {
      guard let location else {
        return LocalizedText(
          zh: "datapackage.json 不是有效的 JSON。请对照 `onevisit init` 写出的文件改正。",
          en: "datapackage.json is not valid JSON. Fix it, taking the file that `onevisit init` writes as a model.")
      }
      if !files.isEmpty {
        return LocalizedText(
          zh:
            "datapackage.json 中 \(location) 写了 \(files.count) 个文件（\(files.joined(separator: "、"))），而一张表只能在一个文件里。请把各行合并到一个文件，并只写这一个。",
          en:
            "datapackage.json: \(location) has \(files.count) files (\(files.joined(separator: ", "))), but a table has to be in one file. Put all rows into one file, and name that one."
        )
      }
      return LocalizedText(
        zh: "datapackage.json 中 \(location) 的值不对。请对照 `onevisit init` 写出的文件改正。",
        en:
          "datapackage.json: the value of \(location) is not valid. Fix it, taking the file that `onevisit init` writes as a model."
      )
    }

    /// The path of the key that the decoder rejected; nil if the text as a whole is not a JSON object.
    static func location(of error: any Error) -> String? {
      guard let error = error as? DecodingError else { return nil }
      func path(_ context: DecodingError.Context) -> String {
        context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
      }
      let location: String =
        switch error {
        case .keyNotFound(let key, let context):
          context.codingPath.isEmpty ? key.stringValue : path(context) + "." + key.stringValue
        case .dataCorrupted(let context), .typeMismatch(_, let context), .valueNotFound(_, let context): path(context)
        @unknown default: ""
        }
      return location.isEmpty ? nil : location
    }
  }

  private struct Package: Decodable {
    var resources: [Resource]?
    var onevisit: Options?
  }

  private struct Resource: Decodable {
    var name: String
    var path: String?
    /// The further files of a table that is in several (Data Package specification).
    var further: [String] = []
    var schema: Schema?

    enum CodingKeys: String, CodingKey { case name, path, schema }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      name = try container.decodeIfPresent(String.self, forKey: .name) ?? ""
      if let list = try? container.decodeIfPresent([String].self, forKey: .path) {
        path = list.first
        further = Array(list.dropFirst())
      } else {
        path = try? container.decodeIfPresent(String.self, forKey: .path)
      }
      schema = try? container.decodeIfPresent(Schema.self, forKey: .schema)
    }
  }

  private struct Schema: Decodable {
    var fields: [Field]?
  }

  private struct Field: Decodable {
    var name: String
    var title: String?
  }

  private struct Options: Decodable {
    var rules: [String: RuleOption]?
  }

  /// `"off"`, a severity, or an object with `severity` and the numbers that the rule defines.
  private struct RuleOption: Decodable {
    var settings: Settings.RuleSettings

    struct Key: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      settings = Settings.RuleSettings()
      if let word = try? decoder.singleValueContainer().decode(String.self) {
        settings.isOff = word == "off"
        settings.severity = word == "off" ? nil : word
        return
      }
      let container = try decoder.container(keyedBy: Key.self)
      for key in container.allKeys {
        if key.stringValue == "severity" {
          let word = try container.decode(String.self, forKey: key)
          settings.isOff = word == "off"
          settings.severity = word == "off" ? nil : word
        } else {
          settings.values[key.stringValue] = try container.decode(Int.self, forKey: key)
        }
      }
    }
  }
}
