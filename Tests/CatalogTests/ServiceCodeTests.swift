import Testing

@testable import Catalog

/// Codes of departments and service items: forms, check digit, loose forms, damage.
@Suite struct ServiceCodeTests {
  /// Computed by hand from GB 32100-2015; the first is the one that its implementations use as a sample.
  static let codes = [
    "91350100M000100Y43", "11000000MB1234567Q", "11000000MB7654321M", "12000000MB1111111F", "11000000000000001Y",
  ]

  @Test(arguments: codes) func checkDigits(_ code: String) throws {
    #expect(ServiceCode.isCreditCode(code) && ServiceCode.hasRightCheckDigit(code))
    // Another character anywhere is seen, and so is an exchange of two neighbours.
    let characters = Array(code)
    for index in characters.indices {
      for other in "0123456789ABCDEFGHJKLMNPQRTUWXY" where other != characters[index] {
        var changed = characters
        changed[index] = other
        let text = String(changed)
        #expect(!ServiceCode.isCreditCode(text) || !ServiceCode.hasRightCheckDigit(text), "\(text)")
      }
      guard index > 0, characters[index] != characters[index - 1] else { continue }
      var swapped = characters
      swapped.swapAt(index, index - 1)
      let text = String(swapped)
      #expect(!ServiceCode.isCreditCode(text) || !ServiceCode.hasRightCheckDigit(text), "\(text)")
    }
  }

  @Test(arguments: [
    "", "11000000MB1234567", "11000000MB1234567QQ", "11000000MB123456IQ", "1100000AMB1234567Q", "11000000mb1234567q",
    "１１000000MB1234567Q", "11000000MB12345\u{301}7Q",
  ]) func noCreditCodes(_ text: String) {
    #expect(!ServiceCode.isCreditCode(text) && ServiceCode.checkDigit(of: text) == nil)
    #expect(ServiceCode.hasRightCheckDigit(text))
  }

  @Test func taskCodes() {
    let code = "11000000MB1234567Q3000101001000"
    #expect(ServiceCode.isTaskCode(code))
    #expect(ServiceCode.creditCode(ofTask: code) == "11000000MB1234567Q")
    #expect(ServiceCode.catalogCode(ofTask: code) == "000101001000")
    for other in [String(code.dropLast()), code + "0", code.replacing("Q3", with: "QA"), ""] {
      #expect(!ServiceCode.isTaskCode(other) && ServiceCode.creditCode(ofTask: other) == nil)
    }
  }

  @Test(arguments: [
    ("1.23E+11", true), ("1.23457e+11", true), ("3E+30", true), ("１.23E+11", true), ("360400123456789000", true),
    ("3604001234567890000000", true), ("113604000147100000", true), ("360400123456789", false),
    ("360400123456789001", false), ("000000000000000000", false), ("1E5", false), ("E+11", false), ("1.E+11", false),
    ("1.2E+", false), ("A1.2E+11", false), ("", false), ("120000004000000006", false), ("1.2E-11", false),
  ]) func rounded(_ text: String, _ isRounded: Bool) {
    #expect(ServiceCode.isRounded(text) == isRounded, "\(text)")
  }

  private static let loose: [(String, ValueKind, String?)] = [
    ("11000000mb1234567q", .creditCode, "11000000MB1234567Q"),
    ("１１００００００ＭＢ１２３４５６７Ｑ", .creditCode, "11000000MB1234567Q"),
    ("1100 0000 MB12 3456 7Q", .creditCode, "11000000MB1234567Q"),
    ("\u{FEFF}11000000MB1234567\u{200B}Q", .creditCode, "11000000MB1234567Q"),
    ("'000101001000", .catalogCode, "000101001000"), ("100101001000.0", .catalogCode, "100101001000"),
    ("11000000mb1234567q3000101001000", .taskCode, "11000000MB1234567Q3000101001000"), ("暂停", .state, nil),
    ("Suspended", .state, "suspended"), ("in force", .state, nil), ("11000000MB1234567Q", .creditCode, nil),
    ("11000000MB123456IQ", .creditCode, nil), ("101001000", .catalogCode, nil), ("1.23E+11", .catalogCode, nil),
  ]

  @Test(arguments: loose) func looseForms(_ text: String, _ kind: ValueKind, _ normal: String?) {
    #expect(kind.normalForm(of: text, isAccepted: kind.accepts(text)) == normal, "\(text)")
  }

  private static let mistaken: [(String, ValueKind, [String])] = [
    ("101001000", .catalogCode, ["000101001000"]), ("1010", .catalogCode, []), ("10100100O", .catalogCode, []),
    ("11OOOOOOMB1234567Q", .creditCode, ["11000000MB1234567Q"]), ("11000000MB123456IQ", .creditCode, []),
    ("11000000MB1234567Q300010100100001", .taskCode, ["11000000MB1234567Q3000101001000"]),
    ("11000000MB1234567Q30001010010000", .taskCode, []), ("31/1/2023", .text, []),
  ]

  @Test(arguments: mistaken) func likely(_ text: String, _ kind: ValueKind, _ codes: [String]) {
    #expect(kind.likely(text) == codes, "\(text)")
  }
}
