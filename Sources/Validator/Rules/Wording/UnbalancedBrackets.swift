import Catalog
import Localization

extension Rule {
  static let unbalancedBrackets = Rule(
    id: "unbalanced-brackets", group: .wording, severity: .warning,
    title: LocalizedText(
      zh: "括号或引号不配对",
      en: "brackets or quotes that do not match"),
    reason: LocalizedText(
      zh: "括号没有闭合，多半是漏了字或者被截断；按括号拆分部门和事项时也会拆错。",
      en:
        "An unmatched bracket usually means that text is missing or was cut off; and cells are split at the wrong places."
    ),
    source: LocalizedText(
      zh: "GB/T 15834—2011《标点符号用法》4.8、4.9、4.15；§二（五）：“数据统一规范”",
      en: "GB/T 15834—2011, general rules for punctuation, 4.8, 4.9 and 4.15; §二(五): data are uniform"),
    fix: LocalizedText(
      zh: "对照原文补上缺的一半，或删去多余的一半。",
      en: "Compare with the notice: add the missing bracket, or delete the superfluous one."),
    triggers: [
      Example(matters: ["2-053,second,53,enterprise,↓我要开医疗器械企业(眼镜店,市场监管部门,2022年12月底"]),
      Example(
        matters: ["2-008,second,8,individual,养犬,市公安局,2022年12月底"], items: ["2-008,1,↓核发《养犬登记证,公安部门"]),
      Example(
        matters: ["2-008,second,8,individual,养犬,市公安局,2022年12月底"], items: ["2-008,1,↓核发《养犬(登记》证),公安部门"]),
    ],
    passes: [
      Example(
        matters: ["2-053,second,53,enterprise,我要开医疗器械企业(眼镜店),市场监管部门,2022年12月底,1)先办证 2)后开业"],
        items: ["2-053,1,核发《养犬登记证》,公安部门"])
    ],
    check: .text(.nestedBracket) { text in
      guard let fault = BracketPairing.firstFault(in: text) else { return nil }
      return { message(fault, in: text) }
    })

  private static func message(_ fault: BracketPairing.Fault, in text: String) -> LocalizedText {
    switch fault {
    case .unclosed(let bracket, let position):
      LocalizedText(
        zh: "“\(text.quoted)”第 \(position) 个字符“\(bracket)”没有闭合",
        en: "“\(text.quoted)”: “\(bracket)”, character \(position), is never closed")
    case .unopened(let bracket, let position):
      LocalizedText(
        zh: "“\(text.quoted)”第 \(position) 个字符“\(bracket)”没有与之配对的前一半",
        en: "“\(text.quoted)”: “\(bracket)”, character \(position), has no opening bracket")
    case .crossed(let bracket, let position, let open):
      LocalizedText(
        zh: "“\(text.quoted)”第 \(position) 个字符“\(bracket)”与里面还没有闭合的“\(open)”交错",
        en: "“\(text.quoted)”: “\(bracket)”, character \(position), comes before the inner “\(open)” is closed")
    }
  }
}
