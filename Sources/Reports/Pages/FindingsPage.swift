import AtomicFiles
import Catalog
import Localization
import Validator

/// Findings as one HTML page: the verdict, the counts, and the findings by table and by rule with filters.
package struct FindingsPage {
  let validation: Validation
  let language: Language
  let failsOnWarnings: Bool
  let showsWaived: Bool
  let content: FindingsPageContent

  /// How many findings a page lists unless it is asked for more. It then has less than 5 MB, which a phone
  /// opens and a mail carries.
  package static let usualLimit = 3000

  /// - Parameters:
  ///   - catalog: the catalog that was validated.
  ///   - failsOnWarnings: warnings fail the check (`--strict`), so that the verdict agrees with the exit status.
  ///   - showsWaived: waived findings are listed with their reasons, not only counted.
  ///   - showsConsequences: findings that follow from another one are listed too.
  ///   - limit: how many findings are listed at most; the first of each rule.
  ///   - rules: the rule book, for title, reason and source of each rule.
  package init(
    _ validation: Validation, of catalog: Catalog, language: Language, failsOnWarnings: Bool = false,
    showsWaived: Bool = false, showsConsequences: Bool = false, limit: Int = FindingsPage.usualLimit,
    rules: [Rule] = RuleBook.rules
  ) {
    self.validation = validation
    self.language = language
    self.failsOnWarnings = failsOnWarnings
    self.showsWaived = showsWaived
    let findings = validation.shown(withConsequences: showsConsequences).filter { showsWaived || !$0.isWaived }
    content = FindingsPageContent(
      findings, of: validation, in: catalog, language: language, limit: limit, countsWaived: showsWaived, rules: rules)
  }

  package func write(to writer: ByteWriter) throws {
    let frame = PageFrame(to: writer, language: language)
    let name =
      validation.catalog == Catalog.Origin.builtIn.name
      ? frame.localized("程序内置的目录", "the built-in catalog") : validation.catalog
    try frame.write(
      title: frame.localized("目录检查报告", "Catalog check"),
      subtitle: frame.localized("\(name)，截至 \(validation.day)", "\(name), as of \(validation.day)"),
      filters: content.filters.count
    ) {
      let (verdict, mood) = verdict
      try frame.verdict(
        verdict[language], mood,
        [FindingsSummary.line(validation, language: language, namesWaivers: !showsWaived)])
      try frame.counts(counts(frame))
      try writeRules(frame)
      try writeFindings(frame)
    }
  }

  // MARK: The verdict

  /// What the check comes to, from the counts that make the exit status.
  private var verdict: (LocalizedText, PageFrame.Mood) {
    let summary = validation.summary
    let warnings = LocalizedText(
      zh: "\(summary.warnings) 个警告", en: FindingsSummary.counted(summary.warnings, "warning"))
    if validation.isUnreadable {
      return (LocalizedText(zh: "不能作为目录读取", en: "This cannot be read as a catalog"), .bad)
    }
    if summary.errors > 0 {
      let errors = LocalizedText(zh: "\(summary.errors) 个错误", en: FindingsSummary.counted(summary.errors, "error"))
      return (LocalizedText(zh: "检查不通过：\(errors.zh)", en: "The check fails: \(errors.en)"), .bad)
    }
    if summary.warnings > 0 {
      return failsOnWarnings
        ? (
          LocalizedText(
            zh: "检查不通过：\(warnings.zh)（本次检查中警告也算不通过）",
            en: "The check fails: \(warnings.en) (warnings fail this check too)"), .bad
        )
        : (LocalizedText(zh: "检查通过，有 \(warnings.zh)", en: "The check passes, with \(warnings.en)"), .fair)
    }
    if summary.notes > 0 {
      let notes = FindingsSummary.counted(summary.notes, "note")
      return (LocalizedText(zh: "检查通过，有 \(summary.notes) 个提示", en: "The check passes, with \(notes)"), .good)
    }
    return (LocalizedText(zh: "检查通过，没有发现问题", en: "The check passes: nothing found"), .good)
  }

  private func counts(_ frame: PageFrame) -> [(name: String, number: Int)] {
    let summary = validation.summary
    var counts = [
      (frame.localized("错误", "errors"), summary.errors), (frame.localized("警告", "warnings"), summary.warnings),
      (frame.localized("提示", "notes"), summary.notes), (frame.localized("已豁免", "waived"), summary.waived),
    ]
    if summary.consequences > 0 { counts.append((frame.localized("由其他问题引起", "consequences"), summary.consequences)) }
    if summary.fixable > 0 { counts.append((frame.localized("可用 --fix 改正", "fixed by --fix"), summary.fixable)) }
    if let known = validation.known { counts.append((frame.localized("旧版已有", "in the old edition"), known.count)) }
    if validation.isUnreadable { return counts }
    counts.append((frame.localized("件事", "matters"), summary.matters))
    counts.append((frame.localized("关联事项", "items"), summary.items))
    return counts
  }

  // MARK: Rules

  /// How many rules stand before the findings if there are more than one more; the rest is folded, and so are rules of which
  /// every finding is waived.
  private static let shownRules = 5

  /// The rules with open findings first, by severity and then by number.
  private var rankedCounts: [Validation.RuleCount] {
    let ranked = validation.counts.enumerated().sorted { a, b in
      func rank(_ count: Validation.RuleCount, _ index: Int) -> (Int, Severity, Int, Int) {
        (count.open > 0 ? 0 : 1, count.severity, -count.open, index)
      }
      return rank(a.element, a.offset) < rank(b.element, b.offset)
    }
    return ranked.map(\.element)
  }

  private func writeRules(_ frame: PageFrame) throws {
    let counts = rankedCounts
    guard !counts.isEmpty else { return }
    try frame.section(frame.localized("按规则统计", "By rule"), id: "rules") {
      let open = counts.count { $0.open > 0 }
      let isShort = counts.count <= FindingsPage.shownRules + 1
      let shown = isShort ? counts.count : open > FindingsPage.shownRules + 1 ? FindingsPage.shownRules : open
      if shown > 0 { try write(counts[..<shown], isTail: false, frame) }
      guard shown < counts.count else { return }
      let rest = counts.count - shown
      try frame.html.block("details") {
        try frame.html.block(
          "summary", frame.localized("其余 \(rest) 条规则", FindingsSummary.counted(rest, "more rule")))
        try write(counts[shown...], isTail: true, frame)
      }
    }
  }

  private func write(_ counts: ArraySlice<Validation.RuleCount>, isTail: Bool, _ frame: PageFrame) throws {
    let hasWaived = validation.counts.contains { $0.waived > 0 }
    let hasOmitted = content.unlisted > 0
    let rule = PageFrame.Heading(text: frame.localized("规则", "Rule"))
    let severity = PageFrame.Heading(text: frame.localized("级别", "Severity"))
    var countHeadings = [PageFrame.Heading(text: frame.localized("问题", "Findings"), isNumber: true)]
    if hasWaived { countHeadings.append(PageFrame.Heading(text: frame.localized("已豁免", "Waived"), isNumber: true)) }
    if hasOmitted { countHeadings.append(PageFrame.Heading(text: frame.localized("本页列出", "Listed"), isNumber: true)) }
    let caption =
      isTail
      ? frame.localized("其余规则的问题数", "How many findings the other rules have")
      : frame.localized(
        "每条规则发现多少问题，严重的和多的在前", "How many findings each rule has, the gravest and most frequent first")
    try frame.table(caption: caption, isCaptionHidden: isTail, isBrief: true, [rule, severity] + countHeadings) {
      for count in counts {
        try frame.html.row("tr") {
          try frame.html.inline("th", ["scope": "row"]) { try writeName(of: count.rule, frame) }
          try frame.cell(severity) { try FindingsPage.tag(count.severity, frame) }
          var numbers = [count.open]
          if hasWaived { numbers.append(count.waived) }
          if hasOmitted { numbers.append(content.listed[count.rule] ?? 0) }
          for (heading, number) in zip(countHeadings, numbers) { try frame.cell(heading, String(number)) }
        }
      }
    }
  }

  /// The title of a rule, which leads to its findings if the page lists any.
  private func writeName(of rule: String, _ frame: PageFrame) throws {
    let title = content.rules[rule]?.title[language] ?? rule
    if let anchor = content.anchor(of: rule) {
      try frame.html.inline("a", ["href": "#" + anchor], title)
    } else {
      try frame.html.text(title)
    }
    try frame.html.text(" ")
    try frame.html.inline("code", ["class": "soft"], rule)
  }

  static func tag(_ severity: Severity, _ frame: PageFrame) throws {
    try frame.html.inline("span", ["class": "tag " + severity.rawValue], severity.title[frame.html.language])
  }

  // MARK: Findings

  private func writeFindings(_ frame: PageFrame) throws {
    try frame.section(frame.localized("问题", "Findings"), id: "findings") {
      if content.count == 0 {
        return try frame.html.block("p", frame.localized("没有要列出的问题。", "There is nothing to list."))
      }
      if content.unlisted > 0 {
        try frame.html.block(
          "p", ["class": "omitted"],
          frame.localized(
            "本页列出 \(content.count) 处，另有 \(content.unlisted) 处只计数（每条规则列出最前面的一些）；用 --max-findings 0 可全部列出。",
            "This page lists \(content.count); \(content.unlisted) more are only counted (of each rule the first are listed). "
              + "--max-findings 0 lists all."))
      }
      if content.count > 1 { try FilterForm(filters: content.filters, entries: content.count).write(frame) }
      for table in content.tables { try write(table, frame) }
    }
  }

  private func write(_ table: FindingsPageContent.Table, _ frame: PageFrame) throws {
    try frame.html.block("section", ["class": FilterForm.classes("group", table.values)]) {
      try frame.html.row("h3") {
        if let kind = table.kind {
          try frame.html.text(kind.title[language])
          try frame.html.text(" ")
        }
        if let file = table.file {
          try frame.html.inline("code", file + (table.part.map { " " + $0[language] } ?? ""))
        } else {
          try frame.html.text(frame.localized("目录整体", "The catalog as a whole"))
        }
      }
      for group in table.groups { try write(group, frame) }
    }
  }

  private func write(_ group: FindingsPageContent.Group, _ frame: PageFrame) throws {
    let rule = content.rules[group.rule]
    let anchor = content.anchor(of: group.rule) == group.anchor ? group.anchor : nil
    try frame.html.block("section", ["class": FilterForm.classes("group", group.values), "id": anchor]) {
      try frame.html.row("h4") {
        try frame.html.text(rule?.title[language] ?? group.rule)
        try frame.html.text(" ")
        try frame.html.inline("code", ["class": "soft"], group.rule)
        try frame.html.inline(
          "span", ["class": "soft"], frame.localized("　\(group.entries.count) 处", " – \(group.entries.count)"))
      }
      if let rule { try writeReason(of: rule, frame) }
      try frame.html.block("ul", ["class": "entries"]) {
        for entry in group.entries {
          try FindingEntry(entry, language: language, isFixable: validation.isFixable).write(frame)
        }
      }
      if let omitted = content.omitted[group.rule], omitted > 0 {
        try frame.html.block(
          "p", ["class": "omitted"],
          frame.localized("… 这条规则另有 \(omitted) 处未列出", "… and \(omitted) more of this rule"))
      }
    }
  }

  private func writeReason(of rule: Rule, _ frame: PageFrame) throws {
    try frame.html.block("details") {
      try frame.html.block("summary", frame.localized("为什么检查，依据什么", "Why, and by which source"))
      try frame.html.block("p", rule.reason[language])
      try frame.html.block("p", frame.localized("依据：", "Source: ") + rule.source[language])
    }
  }
}
