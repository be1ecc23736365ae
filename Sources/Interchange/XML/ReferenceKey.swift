/// The bytes that separate the parts of a key of references. They are control characters, which XML text cannot contain.
///
/// - Departments: `all` or `any`; then `printed` and the printed text, if there is one; then for each department
///   `department`, its reference, `name`, its name.
///   Where names depend on the region of the list, `region` and its number follow.
/// - Approvals: the item's name, or the approval that its row names; then for each approval `name`, its reference.
enum ReferenceKey {
  static let all: UInt8 = 0x01
  static let any: UInt8 = 0x02
  static let printed: UInt8 = 0x03
  static let department: UInt8 = 0x04
  static let name: UInt8 = 0x05
  static let region: UInt8 = 0x06
}
