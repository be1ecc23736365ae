typealias Text = [UInt8]

/// One department of a cell, by the name that is printed.
struct Party {
  /// Its index in `Registers.departments`; nil if the name is not registered.
  var department: Int?
  var name: Text
}

/// A cell of departments.
final class PartyCell {
  let printed: Text
  let isChoice: Bool
  let parties: [Party]

  init(_ parties: [Party], isChoice: Bool = false) {
    self.parties = parties
    self.isChoice = isChoice
    printed = Text(parties.map(\.name).joined(separator: isChoice ? "/".utf8 : "、".utf8))
  }

}

struct DeadlineText {
  var printed: Text
  /// Empty where the text names no day.
  var due: Text

  init(_ printed: String, due: String = "") {
    self.printed = Text(printed.utf8)
    self.due = Text(due.utf8)
  }
}

struct ItemDraft {
  var number: Int
  var name: Text
  /// Its index in `Registers.approvals`; nil if the name is not registered.
  var approval: Int?
  var responsible: PartyCell
  var isShared = false
}

/// A matter whose shared items others include.
final class Hub {
  let id: Text
  let items: [ItemDraft]

  init(id: Text, items: [ItemDraft]) {
    self.id = id
    self.items = items
  }
}

/// A matter before it is written.
struct MatterDraft {
  /// A defect in the CSV syntax of its row.
  enum Slip { case unclosedQuote, extraCell, badByte }

  var list: Int
  var id: Text
  var number: Text
  var audience: Text
  var name: Text
  var lead: PartyCell
  var deadline: DeadlineText
  var remark: Text = []
  var includes: Text = []
  var hub: Hub?
  var items: [ItemDraft]
  var slip: Slip?
  /// The list as printed, where it is not the matter's own.
  var printedList: Text?
  var placeholder: Text = []
  var withdrawn: Text = []
  /// The row is written twice.
  var isRepeated = false
  /// Items of a matter that does not exist, after its own.
  var orphan: (matter: Text, item: ItemDraft)?

  mutating func renumberItems() {
    for place in items.indices { items[place].number = place + 1 }
  }
}

struct DepartmentDraft {
  var id: Text
  var short: Text
  var full: Text
  var general: Text
  var aliases: Text
  var kind: Text
  var isUsed = false
}

struct ApprovalDraft {
  var id: Text
  var name: Text
  var aliases: Text
  var kind: Text
  /// Its index in `Registers.departments`.
  var competent: Int
  var isUsed = false
}

struct ListDraft {
  var id: Text
  var prefix: Int
  var notice: Text
  var noticeNumber: Text
  var noticeTitle: Text
  var title: Text
  var county: Text
  /// How many matters it has.
  var size: Int
  /// How many its notice announces.
  var announced: Int
}
