import AtomicFiles
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

  /// By name of an item, where those of its name begin in `ofItems`, and after all where the last end.
  var starts: [Int32] { bounds }

  /// Writes those of the names of matters to `list`, which has to have room for a third of their bytes. One that is repeated in
  /// a name is written again.
  ///
  /// - Parameter end: gets the index after those of each name.
  func write(
    _ names: some Sequence<UnsafeBufferPointer<UInt8>>, to list: UnsafeMutableBufferPointer<UInt16>, end: (Int) -> Void
  ) {
    var index = 0
    numbers.withUnsafeBufferPointer { numbers in
      for name in names {
        ChineseCharacters.forEach(name) { character in
          // Written in any case and kept by moving on: whether a character is telling cannot be foreseen.
          list[index] = numbers[character]
          if numbers[character] != 0 { index += 1 }
        }
        end(index)
      }
    }
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
    let (bounds, starts) = (bounds, telling.starts)
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
          /// How many different characters of a name are marked; two at most.
          @inline(__always)
          func marked(_ place: Int) -> UInt8 {
            var found: UInt16 = 0
            for index in Int(bounds[place])..<Int(bounds[place + 1]) {
              let character = characters[index]
              if marks[Int(character)] != round || character == found { continue }
              if found != 0 { return 2 }
              found = character
            }
            return found == 0 ? 0 : 1
          }
          for (place, index) in order.enumerated() {
            let range = matters[Int(index)].items
            if range.isEmpty { continue }
            round += 1
            for item in range {
              let name = items[item].name.index
              for character in Int(starts[name])..<Int(starts[name + 1]) { marks[Int(ofItems[character])] = round }
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
    let (matters, texts) = (catalog.matters, catalog.texts(.matterName))
    let names = order.lazy.map { texts.bytes(of: matters[Int($0)].name.index) }
    numbers.removeAll(keepingCapacity: true)
    numbers.append(contentsOf: order.lazy.map { Int32(truncatingIfNeeded: matters[Int($0)].number ?? 0) })
    let room = names.reduce(0) { $0 + $1.count / 3 }
    if characters.count < room { characters = [UInt16](repeating: 0, count: room) }
    var bounds = self.bounds
    self.bounds = []
    bounds.removeAll(keepingCapacity: true)
    bounds.append(0)
    characters.withUnsafeMutableBufferPointer { characters in
      telling.write(names, to: characters) { bounds.append(Int32($0)) }
    }
    self.bounds = bounds
  }
}
