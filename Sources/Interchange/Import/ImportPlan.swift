import Catalog
import Localization

/// How an import is to be done.
package struct ImportOptions: Sendable, Hashable {
  /// Matters of the lists that the file holds, which the file does not have, are taken out of the folder. Else they
  /// stay.
  package var replacing: Bool
  /// Departments and approvals that no register knows become rows of the registers, to complete.
  package var addsUnknown: Bool

  package init(replacing: Bool = false, addsUnknown: Bool = false) {
    self.replacing = replacing
    self.addsUnknown = addsUnknown
  }
}

/// What an import would change in a folder, matter by matter, and what the folder would then hold.
///
/// Nothing is written by a plan: see `FolderImport`.
package struct ImportPlan: Sendable {
  /// One thing that changes in a matter.
  package struct Change: Sendable, Hashable {
    package enum Subject: Sendable, Hashable {
      /// A cell of the matter's own row.
      case field(Column)
      /// An item, by its number as written; a cell of it, or nil for the item as a whole.
      case item(String, Column?)
    }

    package var subject: Subject
    /// nil for an item that is new.
    package var before: String?
    /// nil for an item that goes.
    package var after: String?
  }

  package struct Entry: Sendable, Hashable {
    package enum Status: Sendable, Hashable {
      case added, changed, unchanged
      /// It is in the folder, not in the file, and stays.
      case kept
      /// It is in the folder, not in the file, and goes.
      case removed
    }

    package var id: String
    package var name: String
    package var status: Status
    /// Field by field, then item by item; empty unless it is changed.
    package var changes: [Change]
    /// How many items of its own it will have.
    package var items: Int
  }

  /// A row of a register (or another small table) that is added or changed.
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
    /// The cells that differ; all that are filled, for a row that is new.
    package var cells: [Cell]
  }

  /// A name that no register knows, in a matter that the import adds or changes.
  package struct UnknownName: Sendable, Hashable {
    /// `departments` or `approvals`.
    package var table: TableKind
    package var name: String
    /// The nearest name that is known.
    package var nearest: String?
    /// The first matter that prints it.
    package var matter: String
    /// The id that it is entered under, with `ImportOptions.addsUnknown`.
    package var newID: String?
  }

  /// Why nothing may be written.
  package enum Obstacle: Sendable, Hashable {
    /// The file could not be read as a catalog: exit status 2.
    case unreadable
    /// The folder could not be read as one: exit status 2.
    case unreadableFolder
    /// A list in CSV without a matter.
    case noMatters
    /// So many things in the file could not be read for certain; they are findings of the file.
    case readingErrors(Int)
    /// Names that no register knows, without `addsUnknown`.
    case unknownNames(Int)

    package var explanation: LocalizedText {
      switch self {
      case .unreadable:
        LocalizedText(zh: "没有导入：文件无法作为目录读取。", en: "nothing imported: the file cannot be read as a catalog.")
      case .unreadableFolder:
        LocalizedText(
          zh: "没有导入：目标文件夹里的目录无法读取，请先用 validate 检查它。",
          en: "nothing imported: the catalog in the folder cannot be read; check it with validate first.")
      case .noMatters:
        LocalizedText(
          zh: "没有导入：文件中没有一件事，只有表头。请检查是否给对了文件，或是否保存了内容。",
          en:
            "nothing imported: the file holds no matter, only its header. Check that it is the file that is meant, and that it was saved with its rows."
        )
      case .readingErrors(let count):
        LocalizedText(
          zh: "没有导入：文件中有 \(count) 处不能确切读取，见上；请修正后重试。",
          en:
            "nothing imported: \(count == 1 ? "one place in the file cannot" : "\(count) places in the file cannot") be read for certain, see above; mend \(count == 1 ? "it" : "them") and run it again."
        )
      case .unknownNames(let count):
        LocalizedText(
          zh: "没有导入：有 \(count) 个名称登记表中没有；请改正，或加 --add-unknown 登记它们。",
          en:
            "nothing imported: \(count == 1 ? "one name is" : "\(count) names are") in no register; correct \(count == 1 ? "it, or enter it" : "them, or enter them") with --add-unknown."
        )
      }
    }
  }

  /// The folder as it is (for a new one: the registers that it gets, and no matter).
  package let folder: Catalog
  /// The folder is made.
  package let isNew: Bool
  /// The folder as it will be; findings in it point into the file and into the folder, wherever a row comes from.
  package let result: Catalog
  /// In the order of the result; matters that go stand last.
  package let entries: [Entry]
  package let registers: [RegisterChange]
  package let unknownNames: [UnknownName]
  package let obstacles: [Obstacle]

  /// The plan may be carried out.
  package var isPossible: Bool { obstacles.isEmpty }
  /// The folder already holds all that the file says.
  package var isEmpty: Bool { !isNew && changes.isEmpty }

  private let changes: [TableKind: TableChanges]

  func rewrites(of kind: TableKind) -> TableChanges? { changes[kind] }

  init(
    folder: Catalog, isNew: Bool, result: Catalog, entries: [Entry], registers: [RegisterChange],
    unknownNames: [UnknownName], obstacles: [Obstacle], changes: [TableKind: TableChanges]
  ) {
    self.folder = folder
    self.isNew = isNew
    self.result = result
    self.entries = entries
    self.registers = registers
    self.unknownNames = unknownNames
    self.obstacles = obstacles
    self.changes = changes
  }

  package func count(_ status: Entry.Status) -> Int { entries.lazy.filter { $0.status == status }.count }
}
