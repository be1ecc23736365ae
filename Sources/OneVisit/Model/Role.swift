/// A department's part in a matter.
public enum Role: String, Sendable, Hashable, CaseIterable {
  /// It leads the matter (牵头部门).
  case lead
  /// It is responsible for one of the matter's own items (责任部门).
  case responsible
  /// It is responsible for an item that the matter shares from another.
  case shared

  init(_ core: Core.Role) {
    switch core {
    case .lead: self = .lead
    case .responsible: self = .responsible
    case .shared: self = .shared
    }
  }

  var core: Core.Role {
    switch self {
    case .lead: .lead
    case .responsible: .responsible
    case .shared: .shared
    }
  }
}
