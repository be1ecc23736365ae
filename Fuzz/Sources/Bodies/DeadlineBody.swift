import Catalog
import Deadlines

enum DeadlineBody {
  static func run(_ input: [UInt8]) throws {
    try days(input)
    let text = String(decoding: input, as: UTF8.self)
    let deadline = Deadline(printed: text)
    try expect(deadline == Deadline(printed: text), "the second reading differs")
    _ = deadline.style?.pattern
    try expect(!deadline.meaning.zh.isEmpty && !deadline.meaning.en.isEmpty, "no meaning")
    if let problem = deadline.problem {
      try expect(!problem.explanation.zh.isEmpty && !problem.explanation.en.isEmpty, "no explanation")
      try expect(deadline.due == nil && deadline.recurrence == nil, "a problem and a day")
    }
    if let start = deadline.start, let due = deadline.due { try expect(start <= due, "\(start) after \(due)") }
    var froms = [Day.earliest, Day.latest, Day(iso: "2022-12-30") ?? .earliest, Day(iso: "2024-02-29") ?? .earliest]
    if let due = deadline.due {
      froms += [due, due.adding(days: 1), due.adding(days: -1)]
      try expect(deadline.next(from: due) == due, "due on \(due), but not on that day")
      try expect(Deadline(printed: due.chinese).due == due, "\(due.chinese) is read as another day")
    }
    for from in froms {
      guard let next = deadline.next(from: from) else { continue }
      try expect(next >= from, "\(next) is before \(from)")
      try expect(deadline.next(from: next) == next, "the next day from \(next) is another")
      if let recurrence = deadline.recurrence {
        try expect(next.days(until: from) >= -366, "\(recurrence) has no day between \(from) and \(next)")
      }
    }
  }

  private static func days(_ input: [UInt8]) throws {
    let read = Day(iso: input)
    let fast = input.withUnsafeBufferPointer { Day(iso: $0) }
    try expect(read == fast, "two readers of a day differ")
    if let read { try expect(Array(read.description.utf8) == input, "\(read) is written differently") }
    // A day, and how far to go from it.
    guard input.count >= 8 else { return }
    func number(_ range: Range<Int>) -> Int { range.reduce(0) { $0 << 8 | Int(input[$1]) } }
    let day = Day.earliest.adding(days: number(0..<3))
    let step = Int(Int32(truncatingIfNeeded: number(3..<7)))
    let other = day.adding(days: step)
    try expect(Day(iso: day.description) == day, "\(day) cannot be read back")
    try expect(Day(year: day.year, month: day.month, day: day.day) == day, "parts of \(day)")
    if other != .earliest, other != .latest { try expect(day.days(until: other) == step, "\(day) + \(step)") }
    let months = Int(Int16(truncatingIfNeeded: step))
    let later = day.adding(months: months)
    try expect(months >= 0 ? later >= day : later <= day, "\(day) + \(months) months is \(later)")
    try expect(day.monthEnd >= day && day.monthEnd.month == day.month, "end of \(day)")
    _ = (day.adding(days: .max), day.adding(days: .min), day.adding(months: .max), day.adding(months: .min))
  }
}
