import Catalog

/// The Chinese characters that show what a matter and an item have in common: few names of matters have
/// them, and the name of an item does. Each has a number from 1 on.
struct TellingCharacters {
  /// By number of a Chinese character (`ChineseCharacters`), its number here; 0 if it is too common to show anything.
  private var numbers = [UInt16](repeating: 0, count: ChineseCharacters.count)
  /// One more than the greatest number.
  private(set) var count = 1
  /// The numbers of the characters of all names of items, one name after the other; each once in a name.
  private(set) var ofItems: [UInt16] = []
  private var bounds: [Int32] = [0]

  /// - Parameters:
  ///   - frequency: how often the names of matters have each Chinese character.
  ///   - limit: characters that they have more often are left out.
  init(_ catalog: Catalog, frequency: [UInt32], limit: UInt32) {
    bounds.reserveCapacity(catalog.distinctCount(.itemName) + 1)
    for name in catalog.names(.itemName) {
      let start = ofItems.count
      catalog.withBytes(name) { bytes in
        ChineseCharacters.forEach(bytes) { character in
          guard frequency[character] > 0, frequency[character] <= limit else { return }
          if numbers[character] == 0 {
            numbers[character] = UInt16(count)
            count += 1
          }
          if !ofItems[start...].contains(numbers[character]) { ofItems.append(numbers[character]) }
        }
      }
      bounds.append(Int32(ofItems.count))
    }
  }

  /// Where those of an item's name are in `ofItems`.
  @inline(__always)
  func range(_ name: TextID) -> Range<Int> { Int(bounds[name.index])..<Int(bounds[name.index + 1]) }

  /// Writes those of a text to `list`, each once, which has to have room for a third of the text's bytes.
  ///
  /// - Returns: where they end.
  @inline(__always)
  func write(
    _ bytes: UnsafeBufferPointer<UInt8>, to list: UnsafeMutableBufferPointer<UInt16>, at start: Int
  ) -> Int {
    var end = start
    numbers.withUnsafeBufferPointer { numbers in
      ChineseCharacters.forEach(bytes) { character in
        let number = numbers[character]
        if number == 0 { return }
        for earlier in start..<end where list[earlier] == number { return }
        list[end] = number
        end += 1
      }
    }
    return end
  }
}

/// How many telling characters the name of each matter of a list shares with its own items, and with those of the next and
/// the previous matter; two at most. One is used for all lists, so that its memory is.
struct SharedCharacters {
  private(set) var own: [UInt8] = []
  private(set) var next: [UInt8] = []
  private(set) var previous: [UInt8] = []
  /// The numbers of the matters in the list.
  private(set) var numbers: [Int32] = []

  private let catalog: Catalog
  private let telling: TellingCharacters
  /// The telling characters of the names, one after the other, and where those of each begin and end.
  private var characters: [UInt16] = []
  private var bounds: [Int32] = []
  /// By character, the last matter, counted through all lists, one of whose items has it.
  private var marks: [UInt32]
  private var round: UInt32 = 0

  init(_ catalog: Catalog, _ telling: TellingCharacters) {
    self.catalog = catalog
    self.telling = telling
    marks = [UInt32](repeating: 0, count: telling.count)
  }

  /// - Parameter order: the matters of a list by number.
  mutating func count(_ order: ArraySlice<Int32>) {
    readNames(order)
    let (matters, items) = (catalog.matters, catalog.items)
    let (bounds, telling) = (bounds, telling)
    var (own, next, previous) = (self.own, self.next, self.previous)
    (self.own, self.next, self.previous) = ([], [], [])
    own.removeAll(keepingCapacity: true)
    own.append(contentsOf: repeatElement(0, count: order.count))
    next.removeAll(keepingCapacity: true)
    next.append(contentsOf: repeatElement(0, count: order.count))
    previous.removeAll(keepingCapacity: true)
    previous.append(contentsOf: repeatElement(0, count: order.count))
    var round = round
    marks.withUnsafeMutableBufferPointer { marks in
      characters.withUnsafeBufferPointer { characters in
        telling.ofItems.withUnsafeBufferPointer { ofItems in
          /// How many characters of a name are marked; two at most.
          func marked(_ place: Int) -> UInt8 {
            var count: UInt8 = 0
            for index in Int(bounds[place])..<Int(bounds[place + 1]) where marks[Int(characters[index])] == round {
              count += 1
              if count == 2 { break }
            }
            return count
          }
          for (place, index) in order.enumerated() {
            let range = matters[Int(index)].items
            if range.isEmpty { continue }
            round += 1
            for item in range {
              for character in telling.range(items[item].name) { marks[Int(ofItems[character])] = round }
            }
            own[place] = marked(place)
            if place > 0 { next[place - 1] = marked(place - 1) }
            if place + 1 < order.count { previous[place + 1] = marked(place + 1) }
          }
        }
      }
    }
    self.round = round
    (self.own, self.next, self.previous) = (own, next, previous)
  }

  private mutating func readNames(_ order: ArraySlice<Int32>) {
    numbers.removeAll(keepingCapacity: true)
    bounds.removeAll(keepingCapacity: true)
    bounds.append(0)
    // A catalog that is read through `self` is copied for each matter.
    let (catalog, telling, matters) = (catalog, telling, catalog.matters)
    var end = 0
    for index in order {
      let matter = matters[Int(index)]
      numbers.append(Int32(truncatingIfNeeded: matter.number ?? 0))
      catalog.withBytes(matter.name) { bytes in
        let most = end + bytes.count / 3
        while characters.count < most {
          characters.append(contentsOf: repeatElement(0, count: max(1024, characters.count)))
        }
        let start = end
        end = characters.withUnsafeMutableBufferPointer { telling.write(bytes, to: $0, at: start) }
      }
      bounds.append(Int32(end))
    }
  }
}
