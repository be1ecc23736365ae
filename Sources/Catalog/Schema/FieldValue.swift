import Deadlines

/// A value that a field of a row holds: the codec between a cell's text and the model.
package protocol FieldValue: Sendable {
  /// Reads a cell without blanks around it. An empty cell gives the empty value and is valid.
  static func read(_ text: String, as kind: ValueKind) -> (value: Self, isValid: Bool)

  /// The value as formats write it.
  func written(as kind: ValueKind) -> CellValue
}

/// Texts stay as they are written, valid or not.
extension String: FieldValue {
  package static func read(_ text: String, as kind: ValueKind) -> (value: String, isValid: Bool) {
    (text, kind.accepts(text))
  }

  package func written(as kind: ValueKind) -> CellValue { kind.value(of: self) }
}

/// A value that a cell may lack: a number, a day, a level.
package protocol OptionalFieldValue: Sendable {
  /// Nil if the text, which is not empty, is not a valid value.
  static func parse(_ text: String, as kind: ValueKind) -> Self?
  func written(as kind: ValueKind) -> CellValue
}

extension Optional: FieldValue where Wrapped: OptionalFieldValue {
  package static func read(_ text: String, as kind: ValueKind) -> (value: Wrapped?, isValid: Bool) {
    if text.isEmpty { return (nil, true) }
    let value = Wrapped.parse(text, as: kind)
    return (value, value != nil)
  }

  package func written(as kind: ValueKind) -> CellValue { map { $0.written(as: kind) } ?? .empty }
}

/// A number, or the months of a period.
extension Int: OptionalFieldValue {
  package static func parse(_ text: String, as kind: ValueKind) -> Int? {
    switch kind {
    case .period: ValueForm.months(text)
    case .number(let minimum): ValueForm.number(text, from: minimum)
    default: ValueForm.number(text, from: 0)
    }
  }

  package func written(as kind: ValueKind) -> CellValue { kind == .period ? .text("P\(self)M") : .number(self) }
}

extension Day: OptionalFieldValue {
  package static func parse(_ text: String, as kind: ValueKind) -> Day? { Day(iso: text) }
  package func written(as kind: ValueKind) -> CellValue { .text(description) }
}

extension Region.Level: OptionalFieldValue {
  package static func parse(_ text: String, as kind: ValueKind) -> Region.Level? { Region.Level(text) }
  package func written(as kind: ValueKind) -> CellValue { .text(name) }
}

extension Approval.State: OptionalFieldValue {
  package static func parse(_ text: String, as kind: ValueKind) -> Approval.State? { Approval.State(text) }
  package func written(as kind: ValueKind) -> CellValue { .text(name) }
}

/// One of several values in a cell.
package protocol ListFieldValue: Sendable {
  init?(listed text: String)
  var listed: String { get }
}

extension String: ListFieldValue {
  package init?(listed text: String) { self = text }
  package var listed: String { self }
}

extension Progress.Deliverable: ListFieldValue {
  package init?(listed text: String) { self.init(text) }
  package var listed: String { name }
}

extension Array: FieldValue where Element: ListFieldValue {
  package static func read(_ text: String, as kind: ValueKind) -> (value: [Element], isValid: Bool) {
    let words = ValueForm.names(text)
    let values = words.compactMap { Element(listed: $0) }
    return (values, values.count == words.count)
  }

  package func written(as kind: ValueKind) -> CellValue { isEmpty ? .empty : .texts(map(\.listed)) }
}

extension Bool: FieldValue {
  package static func read(_ text: String, as kind: ValueKind) -> (value: Bool, isValid: Bool) {
    let value = ValueForm.flag(text)
    return (value ?? false, value != nil)
  }

  package func written(as kind: ValueKind) -> CellValue { .flag(self) }
}

/// A deadline as printed, and what it means.
package struct PrintedDeadline: FieldValue, Hashable {
  package var text: String
  package var deadline: Deadline

  package init(_ text: String) {
    self.text = text
    deadline = Deadline(printed: text)
  }

  package static func read(_ text: String, as kind: ValueKind) -> (value: PrintedDeadline, isValid: Bool) {
    // A deadline that cannot be read is reported by a rule of its own, with what can be read.
    (PrintedDeadline(text), true)
  }

  package func written(as kind: ValueKind) -> CellValue { text.isEmpty ? .empty : .text(text) }
}
