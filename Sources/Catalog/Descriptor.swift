import AtomicFiles
import FoundationEssentials
import Localization

/// `datapackage.json`: which files the tables stand in, which columns the catalog has described, and how it wants to be
/// checked. See the Data Package specification; keys that OneVisit has no use for are left to other programs.
package struct Descriptor: Sendable {
  package static let fileName = "datapackage.json"

  /// The file of each table that is described.
  var files: [TableKind: String] = [:]
  /// The names and titles of the columns that are described.
  var columns: [TableKind: Set<String>] = [:]
  var settings = Settings()

  /// What is in a folder without a description, and in the catalog that is built in.
  static let standard = Descriptor()

  init() {}

  /// - Throws: `Failure` if the text is no JSON object, with what the decoder says of it.
  init(json: Bytes) throws(Failure) {
    let package: Package
    do {
      package = try JSONDecoder().decode(Package.self, from: Data(json.buffer))
    } catch {
      throw Failure(detail: Failure.describe(error))
    }
    for resource in package.resources ?? [] {
      guard let kind = TableKind.allCases.first(where: { $0.name == resource.name }) else { continue }
      if let path = resource.path {
        // Data Package: a path leads nowhere but into the package's own folder. One file holds one table.
        var name = path
        while name.hasPrefix("./") { name.removeFirst(2) }
        let isOutside =
          name.isEmpty || name.hasPrefix("/") || name.contains("\0") || name.contains("://")
          || name.split(separator: "/", omittingEmptySubsequences: false).contains("..")
        if isOutside || files.values.contains(name) {
          throw Failure(detail: "resources.\(resource.name).path \(path.debugDescription)")
        }
        files[kind] = name
      }
      for field in resource.schema?.fields ?? [] {
        columns[kind, default: []].insert(field.name)
        if let title = field.title { columns[kind, default: []].insert(title) }
      }
    }
    settings.rules = (package.onevisit?.rules ?? [:]).mapValues { $0.settings }
  }

  struct Failure: LocalizedFailure {
    var detail: String

    var explanation: LocalizedText {
      LocalizedText(
        zh: "datapackage.json 不是可读的 JSON:\(detail)。请对照 `onevisit init` 写出的文件修正。",
        en: "datapackage.json is not readable JSON: \(detail). Mend it by the one that `onevisit init` writes.")
    }

    static func describe(_ error: any Error) -> String {
      guard let error = error as? DecodingError else { return "\(error)" }
      func path(_ context: DecodingError.Context) -> String {
        context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
      }
      return switch error {
      case .dataCorrupted(let context): path(context).isEmpty ? "syntax" : path(context)
      case .keyNotFound(let key, let context): "\(path(context)) \(key.stringValue)"
      case .typeMismatch(_, let context), .valueNotFound(_, let context):
        path(context).isEmpty ? "no { } object" : path(context)
      @unknown default: "\(error)"
      }
    }
  }

  private struct Package: Decodable {
    var resources: [Resource]?
    var onevisit: Options?
  }

  private struct Resource: Decodable {
    var name: String
    var path: String?
    var schema: Schema?

    enum CodingKeys: String, CodingKey { case name, path, schema }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      name = try container.decodeIfPresent(String.self, forKey: .name) ?? ""
      // A path may be a list of parts; one that is none of ours need not be understood.
      path = try? container.decodeIfPresent(String.self, forKey: .path)
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

  /// `"off"`, a severity, or an object with `severity` and the rule's own numbers.
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
