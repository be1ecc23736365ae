import Localization

/// The approvals that an item's name stands for: one, or a choice between several ("A/B").
package struct PrintedApprovals: Sendable, Hashable {
  package struct Entry: Sendable, Hashable {
    /// As printed.
    package var name: String
    /// Its index in `Catalog.approvals`; nil if the register has no approval of this name.
    package var approval: Int?
    /// Which of the approval's names this is; nil if the approval is unknown.
    package var match: Register.Match?

    init(_ name: String, _ owner: Register.Owner?) {
      self.name = name
      approval = owner?.index
      match = owner?.match
    }
  }

  /// In printed order.
  package var entries: [Entry]
  /// The cell holds "/" alone: the matter has no approval of its own.
  package var isPlaceholder: Bool

  /// Reads an item's name: as one approval if the register has it as a whole, else split at "/" outside brackets.
  package init(printed text: String, in register: Register) {
    if PrintedApprovals.isOneStranger(text, register) {
      entries = [Entry(text, nil)]
      isPlaceholder = false
      return
    }
    let name = text.trimmingBlanks
    if SeparatedParts.isSlash(name) {
      entries = []
      isPlaceholder = true
      return
    }
    isPlaceholder = false
    if let owner = register.owner(of: name) {
      entries = [Entry(name, owner)]
      return
    }
    entries = [Entry(name, nil)]
    let split = SeparatedParts(name[...], isJointSplit: false)
    guard split.hasSlash else { return }
    let owners = split.parts.map { register.owner(of: String($0).trimmingBlanks) }
    // If no part is registered, the slash belongs to one unknown name.
    guard owners.contains(where: { $0 != nil }) else { return }
    entries = zip(split.parts, owners).map { Entry(String($0).trimmingBlanks, $1) }
  }

  /// Whether a text is one name, as it stands, that no approval has: what most of many wrong texts are.
  private static func isOneStranger(_ text: String, _ register: Register) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      // What the register lacks for certain has no blanks.
      !bytes.isEmpty && register.lacks(bytes) && !bytes.contains(UInt8(ascii: "/"))
    }
  }

  /// A name of which the item's row says what approval is meant.
  init(_ text: String, declared approval: Int) {
    entries = [Entry(text.trimmingBlanks, Register.Owner(index: approval, match: .short))]
    isPlaceholder = false
  }

  /// The indices of the known approvals in printed order.
  package var approvals: [Int] { entries.compactMap(\.approval) }
}
