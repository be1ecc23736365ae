/// What a name that somebody types means: the entry with that id or name, or the only one that has it as a part.
package enum NameSearch<Entry> {
  case found(Entry)
  /// Several entries have the text as a part of a name: their ids and names.
  case ambiguous([(id: String, name: String)])
  /// None has; the nearest name.
  case unknown(nearest: String?)

  /// How many candidates a message lists.
  package static var listed: Int { 10 }
}

extension Catalog {
  /// The department of that name, whole or in part.
  package func search(department name: String) -> NameSearch<Int> {
    if let owner = departmentRegister.owner(of: name) { return .found(owner.index) }
    let key = Register.normalizedKey(name)
    let names = departmentRegister.names
    var found: [Int] = []
    if !key.isEmpty {
      for entry in names where !found.contains(entry.owner.index) && Register.normalizedKey(entry.name).contains(key) {
        found.append(entry.owner.index)
      }
    }
    if found.count == 1 { return .found(found[0]) }
    if found.isEmpty { return .unknown(nearest: Nearness.nearest(to: name, among: names.map(\.name))) }
    return .ambiguous(found.sorted().map { (departments[$0].id, departments[$0].short) })
  }

  /// The matter of that id or name, whole or in part; an item's id, such as 2-037.8, means its matter.
  package func search(matter name: String) -> NameSearch<Matter> {
    if let matter = matter(id: name) ?? matter(id: String(name.prefix { $0 != "." })) { return .found(matter) }
    let key = Register.normalizedKey(name)
    var whole: [Matter] = []
    var part: [Matter] = []
    // Each distinct name is compared once.
    let matches = names(.matterName).map { text -> Int in
      let other = Register.normalizedKey(self.text(text))
      return key.isEmpty || !other.contains(key) ? 0 : other == key ? 2 : 1
    }
    for matter in matters where matches[matter.name.index] > 0 {
      if matches[matter.name.index] == 2 { whole.append(matter) } else { part.append(matter) }
    }
    let found = whole.isEmpty ? part : whole
    if found.count == 1 { return .found(found[0]) }
    if !found.isEmpty { return .ambiguous(found.map { (id($0), text($0.name)) }) }
    // Any two numbers are near each other: of an id only another spelling is suggested.
    if let id = matterID(writtenAs: name) { return .unknown(nearest: id) }
    let isID = name.utf8.contains { $0 >= 0x30 && $0 <= 0x39 } && name.utf8.allSatisfy { $0 < 0x80 }
    return .unknown(nearest: isID ? nil : NearestName(self.names(.matterName).map { self.text($0) }).nearest(to: name))
  }
}

extension NameSearch {
  /// The candidates as a message lists them.
  package static func listing(_ candidates: [(id: String, name: String)], separator: String) -> String {
    let shown = candidates.prefix(listed).map { $0.name.isEmpty ? $0.id : "\($0.id) \($0.name)" }
    return shown.joined(separator: separator) + (candidates.count > listed ? " …" : "")
  }
}
