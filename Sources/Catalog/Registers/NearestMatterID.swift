extension Catalog {
  /// The id of an existing matter that is most similar to a wrong id: the corrected id (see `matterID(writtenAs:)`), else
  /// the one with the nearest number among those that one typing mistake separates from it.
  package func nearestMatterID(to id: String) -> String? {
    let text = Catalog.correctedID(id)
    guard !text.isEmpty, text.count <= 24 else { return nil }
    func string(_ scalars: [Unicode.Scalar]) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      return String(view)
    }
    func exists(_ scalars: [Unicode.Scalar]) -> Bool { matter(id: string(scalars)) != nil }
    if exists(text) { return string(text) }

    func number(_ scalars: some Collection<Unicode.Scalar>) -> Int {
      scalars.reduce(0) { sum, scalar in
        scalar.value >= 0x30 && scalar.value <= 0x39 ? min(sum * 10 + Int(scalar.value - 0x30), 1 << 40) : sum
      }
    }
    let wanted = number(text)
    var best: (distance: Int, id: String)?
    func consider(_ candidate: [Unicode.Scalar]) {
      guard candidate != text, exists(candidate) else { return }
      let found = (abs(number(candidate) - wanted), string(candidate))
      if let best, best <= found { return }
      best = found
    }
    let alphabet: [Unicode.Scalar] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "-"]
    for index in text.indices {
      if index + 1 < text.count {
        var swapped = text
        swapped.swapAt(index, index + 1)
        consider(swapped)
      }
      var shorter = text
      shorter.remove(at: index)
      consider(shorter)
      for scalar in alphabet {
        var changed = text
        changed[index] = scalar
        consider(changed)
      }
    }
    for index in 0...text.count {
      for scalar in alphabet {
        var longer = text
        longer.insert(scalar, at: index)
        consider(longer)
      }
    }
    return best?.id
  }

  /// The id of an existing matter written with another hyphen, other leading zeros or full-width digits: `2-37` and
  /// `２－０３７` are `2-037`. Nil if there is no such matter.
  package func matterID(writtenAs id: String) -> String? {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: Catalog.correctedID(id))
    return matter(id: String(view)) == nil ? nil : String(view)
  }

  private static func correctedID(_ id: String) -> [Unicode.Scalar] {
    var text = Register.normalizedKey(id).unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar {
      case "–", "—", "―", "−", "_", "－", ".", "·", "‐", "‑": "-"
      default: scalar
      }
    }
    guard let dash = text.lastIndex(of: "-"), dash + 1 < text.count else { return text }
    while text.count - dash - 1 > 3, text[dash + 1] == "0" { text.remove(at: dash + 1) }
    let missing = 3 - (text.count - dash - 1)
    if missing > 0 { text.insert(contentsOf: [Unicode.Scalar](repeating: "0", count: missing), at: dash + 1) }
    return text
  }
}
