import Catalog
import Localization

/// The items of a matter as a chain, with a lane for each department: where the line changes the lane, a case is handed on.
struct ItemChain {
  private struct Stop {
    var number: Int
    var name: String
    /// Indices in `lanes`.
    var lanes: [Int]
    var isAlternative: Bool
  }

  private var lanes: [String] = []
  private var stops: [Stop] = []
  private var left = 0

  /// A chain of more items is not drawn to its end; the table below it has them all.
  private static let mostStops = 30
  private static let mostLanes = 20

  init(_ items: [Item], in catalog: Catalog) {
    for (index, item) in items.enumerated() {
      let names = catalog.shortNames(item.responsible)
      let new = Set(names).subtracting(lanes).count
      if index == ItemChain.mostStops || lanes.count + new > ItemChain.mostLanes {
        left = items.count - index
        break
      }
      var stop = Stop(
        number: index + 1, name: catalog.text(item.name), lanes: [],
        isAlternative: catalog.printedDepartments(item.responsible).choice == .any)
      for name in names where !name.isEmpty {
        let lane = lanes.firstIndex(of: name) ?? lanes.count
        if lane == lanes.count { lanes.append(name) }
        if !stop.lanes.contains(lane) { stop.lanes.append(lane) }
      }
      stops.append(stop)
    }
  }

  var isEmpty: Bool { lanes.isEmpty }

  // MARK: Drawing

  private static let step = 40
  private static let radius = 12
  /// What a phone shows without scrolling. Where names beside the lanes leave no room for the stops, they are above them.
  private static let phoneWidth = 350
  private static let mostMargin = 260

  func write(_ frame: PageFrame) throws {
    let longest = (lanes.map(Picture.width).max() ?? 0) + 20
    let beside = min(ItemChain.mostMargin, longest)
    let isAbove = beside + stops.count * ItemChain.step + 10 > ItemChain.phoneWidth
    let margin = isAbove ? 0 : beside
    let lane = isAbove ? 50 : 34
    let width = max(margin + stops.count * ItemChain.step + 10, isAbove ? min(ItemChain.phoneWidth, longest) : 0)
    let height = lanes.count * lane + 8
    func x(_ stop: Int) -> Int { margin + stop * ItemChain.step + ItemChain.step / 2 }
    func y(_ number: Int) -> Int { number * lane + (isAbove ? 34 : 17) + 4 }
    let picture = Picture(
      id: "chain", width: width, height: height,
      title: frame.localized("关联事项由谁办理", "Who handles which item"), description: description(frame))
    try picture.write(caption: caption(frame), frame) { html in
      for (index, name) in lanes.enumerated() {
        try html.lineShape("grid", from: (margin, y(index)), to: (width, y(index)))
        if !isAbove { try html.label(Picture.fitted(name, to: margin - 14), x: 0, y: y(index) + 5) }
      }
      var points: [String] = []
      for (index, stop) in stops.enumerated() {
        guard let first = stop.lanes.first else { continue }
        points.append("\(x(index)),\(y(first))")
        if let low = stop.lanes.min(), let high = stop.lanes.max(), low < high {
          try html.lineShape("chain", from: (x(index), y(low)), to: (x(index), y(high)))
        }
      }
      if points.count > 1 {
        try html.shape("polyline", ["class": "chain", "points": points.joined(separator: " ")])
      }
      if isAbove {
        for (index, name) in lanes.enumerated() {
          try html.label(Picture.fitted(name, to: width), x: 0, y: y(index) - 17, class: "lane")
        }
      }
      for (index, stop) in stops.enumerated() {
        for lane in stop.lanes {
          try html.block("g") {
            try html.shape(
              "circle",
              [
                "class": stop.isAlternative && stop.lanes.count > 1 ? "stop alternative" : "stop",
                "cx": String(x(index)), "cy": String(y(lane)), "r": String(ItemChain.radius),
              ])
            try html.label(String(stop.number), x: x(index), y: y(lane) + 4, anchor: "middle")
          }
        }
      }
    }
  }

  private func description(_ frame: PageFrame) -> String {
    stops.map { stop in
      let names = stop.lanes.map { lanes[$0] }.joined(
        separator: stop.isAlternative ? frame.localized(" 或 ", " or ") : frame.localized("、", ", "))
      return "\(stop.number) \(stop.name)\(frame.localized("：", ": "))\(names)"
    }.joined(separator: frame.localized("；", "; "))
  }

  private func caption(_ frame: PageFrame) -> String {
    var text = frame.localized("圆圈中的数字是下表的序号。", "The numbers are those of the table below.")
    if stops.contains(where: { $0.isAlternative && $0.lanes.count > 1 }) {
      text += frame.localized("空心圆圈：其中一个部门办理。", " Hollow circles: one of these departments handles the item.")
    }
    if stops.contains(where: { !$0.isAlternative && $0.lanes.count > 1 }) {
      text += frame.localized("一列中有几个实心圆圈：共同办理。", " Several filled circles in a column: handled jointly.")
    }
    if left > 0 {
      text += frame.localized("图中没有最后 \(left) 个。", " The last \(left) are not in the picture.")
    }
    return text
  }
}
