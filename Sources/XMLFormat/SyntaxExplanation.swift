import CLibXML2
import Localization

extension XMLProblem {
  /// Whether the document seems to end before its root element does.
  var isCutShort: Bool {
    guard kind == .syntax else { return false }
    switch xmlParserErrors(UInt32(truncatingIfNeeded: code)) {
    case XML_ERR_TAG_NOT_FINISHED, XML_ERR_LTSLASH_REQUIRED, XML_ERR_GT_REQUIRED, XML_ERR_ATTRIBUTE_NOT_FINISHED,
      XML_ERR_DOCUMENT_END, XML_ERR_COMMENT_NOT_FINISHED, XML_ERR_CDATA_NOT_FINISHED:
      return true
    default: return false
    }
  }

  /// What an error of syntax means and how to correct it, by libxml2's number for it.
  var syntaxExplanation: LocalizedText {
    let name = element.map { "<\($0)>" } ?? ""
    switch xmlParserErrors(UInt32(truncatingIfNeeded: code)) {
    case XML_ERR_DOCUMENT_EMPTY:
      return value == nil
        ? LocalizedText(
          zh: "文件中没有 XML 内容（空文件，或开头不是“<”）。请核对文件。",
          en: "there is no XML in it: it is empty, or does not begin with \"<\". Check that it is the right file.")
        : LocalizedText(zh: "文件是空的。请核对文件。", en: "the file is empty. Check that it is the right file.")
    case XML_ERR_DOCUMENT_END:
      return LocalizedText(
        zh: "根元素结束之后还有内容，可能是几个文件接在了一起。请只保留一个完整的文件。",
        en:
          "something follows the end of the root element; perhaps several documents were joined. Keep one whole document."
      )
    case XML_ERR_TAG_NAME_MISMATCH:
      return LocalizedText(
        zh: "结束标签 </\(value ?? "?")> 与第 \(expected.first ?? "?") 行的 \(name) 不配对。请改正或补上 </\(element ?? "?")>。",
        en:
          "the end tag </\(value ?? "?")> does not match \(name) of line \(expected.first ?? "?"). Correct it, or add "
          + "</\(element ?? "?")>.")
    case XML_ERR_TAG_NOT_FINISHED, XML_ERR_LTSLASH_REQUIRED:
      return LocalizedText(
        zh: "文件到此中断\(name.isEmpty ? "" : "，\(name) 没有结束标签")。文件可能没有传完，请重新取得。",
        en:
          "the document breaks off\(name.isEmpty ? "" : ": \(name) has no end tag"). It may have been cut short; get it "
          + "again.")
    case XML_ERR_INVALID_CHAR, XML_ERR_INVALID_CHARREF:
      return LocalizedText(
        zh: "此处有 XML 不允许的字符（如 NUL 等控制字符）。请删去。",
        en: "there is a character here that XML does not allow, such as NUL or another control character. Remove it.")
    default:
      return markupExplanation
    }
  }

  /// As `syntaxExplanation`, for errors within a tag or a text.
  private var markupExplanation: LocalizedText {
    switch xmlParserErrors(UInt32(truncatingIfNeeded: code)) {
    case XML_ERR_UNDECLARED_ENTITY, XML_WAR_UNDECLARED_ENTITY:
      return LocalizedText(
        zh: "此处引用了未定义的实体\(value.map { " &\($0);" } ?? "")。请直接写出该字符；“&”写作 &amp；。",
        en:
          "an entity\(value.map { ", &\($0);," } ?? "") is not defined. Write the character itself; \"&\" is written &amp;."
      )
    case XML_ERR_NAME_REQUIRED, XML_ERR_ENTITYREF_SEMICOL_MISSING, XML_ERR_ENTITYREF_NO_NAME:
      return LocalizedText(
        zh: "此处的“&”或“<”没有转义，或标签名有误。文字中的“&”写作 &amp;，“<”写作 &lt；。",
        en: "a bare \"&\" or \"<\", or a wrong tag name. In text, \"&\" is written &amp; and \"<\" is written &lt;.")
    case XML_ERR_LT_IN_ATTRIBUTE:
      return LocalizedText(
        zh: "属性值中有“<”，或前面的引号没有闭合。“<”写作 &lt；。",
        en: "\"<\" inside an attribute's value, or a quote left open before it. \"<\" is written &lt;.")
    case XML_ERR_ATTRIBUTE_NOT_STARTED, XML_ERR_ATTRIBUTE_NOT_FINISHED, XML_ERR_ATTRIBUTE_WITHOUT_VALUE,
      XML_ERR_EQUAL_REQUIRED, XML_ERR_SPACE_REQUIRED, XML_ERR_GT_REQUIRED:
      return LocalizedText(
        zh: "标签写法有误：属性须写作 名称=\"值\"，之间留空格，标签以“>”结束。",
        en:
          "the tag is malformed: attributes are written name=\"value\" with blanks between them, and the tag ends with \">\"."
      )
    case XML_ERR_ATTRIBUTE_REDEFINED, XML_NS_ERR_ATTRIBUTE_REDEFINED:
      return LocalizedText(
        zh: "属性\(value.map { " \($0) " } ?? "")写了两次。请删去一个。",
        en: "the attribute\(value.map { " \($0)" } ?? "") is given twice. Remove one.")
    case XML_NS_ERR_UNDEFINED_NAMESPACE:
      return LocalizedText(
        zh: "前缀\(value.map { "“\($0)”" } ?? "")没有用 xmlns 声明。请删去前缀，或加上声明。",
        en:
          "the prefix\(value.map { " \"\($0)\"" } ?? "") is not declared with xmlns. Remove the prefix, or declare it.")
    case XML_ERR_INTERNAL_ERROR:
      return LocalizedText(
        zh: "此处的字节读不成文字：文件可能没有传完，或编码不符。请重新取得，或另存为 UTF-8。",
        en:
          "the bytes here cannot be read as text: the document may have been cut short, or be in another encoding. Get it "
          + "again, or save it as UTF-8.")
    default:
      return LocalizedText(zh: "XML 语法错误：\(detail)", en: "this is not well-formed XML: \(detail)")
    }
  }
}
