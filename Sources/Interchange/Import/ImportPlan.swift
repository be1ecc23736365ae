import Catalog
import Localization

/// The options of an import.
package struct ImportOptions: Sendable, Hashable {
  /// Whether to remove matters that the file does not have from those lists of the folder that the file contains. Otherwise
  /// they are kept. If the file is a complete export (`Catalog.isWholeExport`), everything that it does not have is removed,
  /// in every table, and its rows and their order replace those of the folder.
  package var replacing: Bool
  /// Whether to add unknown departments and approvals to the registers, as rows to be completed.
  package var addsUnknown: Bool

  package init(replacing: Bool = false, addsUnknown: Bool = false) {
    self.replacing = replacing
    self.addsUnknown = addsUnknown
  }
}

/// The changes that an import makes to a folder, by matter, and the resulting catalog. `FolderImport` writes it.
package struct ImportPlan: Sendable {
  /// One change in a matter.
  package struct Change: Sendable, Hashable {
    package enum Subject: Sendable, Hashable {
      /// A cell of the matter's own row.
      case field(Column)
      /// An item, by its number as written; a cell of it, or nil for the item as a whole.
      case item(String, Column?)
    }

    package var subject: Subject
    /// Nil for a new item.
    package var before: String?
    /// Nil for a removed item.
    package var after: String?
  }

  /// A matter of the plan.
  package struct Entry: Sendable, Hashable {
    package enum Status: Sendable, Hashable {
      case added, changed, unchanged
      /// The file does not have it, and it is kept.
      case kept
      /// The file does not have it, and it is removed.
      case removed
    }

    package var id: String
    package var name: String
    package var status: Status
    /// First the fields, then the items; empty unless the status is `changed`.
    package var changes: [Change]
    /// The number of its own items after the import.
    package var items: Int
  }

  /// A row of a register (or another small table) that is added, changed or removed.
  package struct RegisterChange: Sendable, Hashable {
    package struct Cell: Sendable, Hashable {
      package var column: String
      package var before: String
      package var after: String
    }

    package var table: TableKind
    /// The row's id.
    package var id: String
    package var isNew: Bool
    /// The file, a complete export, does not have it.
    package var isRemoved = false
    /// The cells that differ; for a new or a removed row, the cells that are not empty.
    package var cells: [Cell]
  }

  /// A row of a register (or another small table) that the file does not have, and that is kept.
  package struct KeptRow: Sendable, Hashable {
    package var table: TableKind
    /// The row's id.
    package var id: String
    /// The text that a person knows the row by; empty if there is none but the id.
    package var name: String
  }

  /// An unregistered name in a matter that the import adds or changes.
  package struct UnknownName: Sendable, Hashable {
    /// `departments` or `approvals`.
    package var table: TableKind
    package var name: String
    /// The most similar registered name.
    package var nearest: String?
    /// The id of the first matter with this name.
    package var matter: String
    /// The id of the new register row, with `ImportOptions.addsUnknown`.
    package var newID: String?
  }

  /// A reason why the plan is not written.
  package enum Obstacle: Sendable, Hashable {
    /// The file cannot be read as a catalog (exit status 2).
    case unreadable
    /// The folder cannot be read as a catalog (exit status 2).
    case unreadableFolder
    /// The list in CSV has no matters.
    case noMatters
    /// The number of problems found while the file was read; they are findings of the file.
    case readingErrors(Int)
    /// The number of findings that `UnmatchedRows` has in the file.
    case unmatchedRows(Int)
    /// The number of unregistered names, without `addsUnknown`.
    case unknownNames(Int)
    /// The columns of the file with values that the folder does not have: `matters.phone`.
    case furtherColumns([String])
    /// A delta needs a folder that holds the edition that it starts from.
    case noEdition(from: String)
    /// The folder is not the edition that the delta starts from.
    case otherEdition(from: String, to: String, found: String)
    /// What the delta gives is not the edition that it names.
    case brokenDelta(to: String, given: String)

    package var explanation: LocalizedText {
      switch self {
      case .unreadable:
        LocalizedText(zh: "没有导入：文件无法作为目录读取。", en: "nothing imported: the file cannot be read as a catalog.")
      case .unreadableFolder:
        LocalizedText(
          zh: "没有导入：目标文件夹中的目录无法读取。请先用 `onevisit validate` 检查并改正。",
          en:
            "nothing imported: the catalog in the folder cannot be read. Check it with `onevisit validate` and fix it first."
        )
      case .noMatters:
        LocalizedText(
          zh: "没有导入：文件只有表头，没有事项。请核对文件是否正确、内容是否已保存。",
          en:
            "nothing imported: the file has a header but no matters. Check that it is the right file and was saved with its rows."
        )
      case .readingErrors(let count):
        LocalizedText(
          zh: "没有导入：文件中有 \(count) 处问题，见上。请改正后重新导入。",
          en:
            "nothing imported: the file has \(count == 1 ? "1 problem" : "\(count) problems"), listed above. Fix \(count == 1 ? "it" : "them") and import again."
        )
      case .unmatchedRows(let count):
        LocalizedText(
          zh: "没有导入：文件中有 \(count) 处编号对不上或重复，见上；照此导入会丢失内容，或把两件事混为一件。请改正后重新导入。",
          en:
            "nothing imported: the file has \(count == 1 ? "1 id that does not fit or occurs twice" : "\(count) ids that do not fit or occur twice"), listed above; the import would lose rows or mix them up. Fix \(count == 1 ? "it" : "them") and import again."
        )
      case .noEdition(let from):
        LocalizedText(
          zh: "没有导入：这是增量，只能应用到它的起始版本 \(from)，而目标文件夹不存在或是空的。请先导入该版本的整份目录。",
          en: "nothing imported: this is a delta and needs the edition \(from), but the folder does not exist or is "
            + "empty. Import that edition as a whole first.")
      case .otherEdition(let from, let to, let found):
        LocalizedText(
          zh: "没有导入：增量从版本 \(from) 出发，到版本 \(to)，而文件夹是版本 \(found)。"
            + "请先应用通往 \(from) 的各个增量，或用 --replace 导入新版的整份 XML。",
          en: "nothing imported: the delta leads from the edition \(from) to \(to), but the folder is the "
            + "edition \(found). Apply the deltas that lead to \(from) first, or import the XML of the whole new edition with --replace."
        )
      case .brokenDelta(let to, let given):
        LocalizedText(
          zh: "没有导入：增量写明得到版本 \(to)，而按它的内容得到的是 \(given)，说明文件被改动或损坏。请重新取得，或重新生成：`onevisit diff 旧版 新版 --format xml`。",
          en: "nothing imported: the delta names the edition \(to), but its content gives \(given): it was edited or "
            + "damaged. Get it again, or make it again with `onevisit diff OLD NEW --format xml`.")
      case .furtherColumns(let columns):
        LocalizedText(
          zh: "没有导入：文件有本目录没有的列：\(columns.joined(separator: "、"))。请先在 datapackage.json 对应的表中写上这些列，并在表中加上。",
          en:
            "nothing imported: the file has columns that the folder does not have: \(columns.joined(separator: ", ")). Describe them in datapackage.json and add them to the tables first."
        )
      case .unknownNames(let count):
        LocalizedText(
          zh: "没有导入：有 \(count) 个名称不在登记表中。请改正，或加 --add-unknown 登记。",
          en:
            "nothing imported: \(count == 1 ? "1 name is" : "\(count) names are") not registered. Correct \(count == 1 ? "it, or register it" : "them, or register them") with --add-unknown."
        )
      }
    }
  }

  /// The folder before the import; for a new one, the registers that it gets, without matters.
  package let folder: Catalog
  /// The folder will be created.
  package let isNew: Bool
  /// The catalog after the import. Its positions point into the file or the folder, depending on the origin of each row.
  package let result: Catalog
  /// In the order of the result; removed matters come last.
  package let entries: [Entry]
  package let registers: [RegisterChange]
  /// The rows of tables that the file has without them.
  package let keptRows: [KeptRow]
  package let unknownNames: [UnknownName]
  package let obstacles: [Obstacle]
  /// Why rows of the file cannot be matched; nil if all can.
  package let unmatched: UnmatchedRows?
  /// What the file says that has no column in its table, such as the notice of the list: for a person to enter.
  package var proposals: [LocalizedText] = []
  /// The plan of a delta, which names what it removes.
  package var isDelta = false

  /// The plan can be written.
  package var isPossible: Bool { obstacles.isEmpty }
  /// The import changes nothing.
  package var isEmpty: Bool { !isNew && changes.isEmpty }

  /// The changes to the rows of the tables; only tables that change.
  let changes: [TableKind: TableChanges]

  init(
    folder: Catalog, isNew: Bool, result: Catalog, entries: [Entry], registers: [RegisterChange],
    keptRows: [KeptRow] = [], unknownNames: [UnknownName], obstacles: [Obstacle], unmatched: UnmatchedRows? = nil,
    changes: [TableKind: TableChanges]
  ) {
    self.folder = folder
    self.isNew = isNew
    self.result = result
    self.entries = entries
    self.registers = registers
    self.keptRows = keptRows
    self.unknownNames = unknownNames
    self.obstacles = obstacles
    self.unmatched = unmatched
    self.changes = changes
  }

  package func count(_ status: Entry.Status) -> Int { entries.lazy.filter { $0.status == status }.count }
}
