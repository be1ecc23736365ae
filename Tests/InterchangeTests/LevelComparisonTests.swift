import Catalog
import Testing

@testable import Interchange

/// A county's list beside the city's: what it has not taken up, and what it has of its own.
@Suite struct LevelComparisonTests {
  private static let files: [String: String] = [
    "regions.csv": """
    id,name,level,parent
    city,九江市,city,
    district,濂溪区,county,city
    town,甲镇,township,district
    other,乙县,county,city

    """,
    "lists.csv": """
    id,prefix,notice,annex,title,matters,audiences,deadline_heading,remark_heading,report_window,report_by,deliverables,note,reading,region
    c,1,,,市清单,3,,,,,,,,,city
    d,2,,,区清单,2,,,,,,,,,濂溪区
    t,3,,,镇清单,1,,,,,,,,,town

    """,
    "departments.csv": "id,short,full,general,aliases,kind,region\n",
    "approvals.csv": "id,name,aliases,kind,competent\n",
    "notices.csv": "id,number,title,issuer,issued\n",
    "matters.csv": """
    id,list,number,audience,name,lead,deadline,remark,includes,placeholder,withdrawn,withdrawal_basis
    1-001,c,1,individual,新生儿出生,市卫健委,2022年12月底,,,,,
    1-002,c,2,individual,公民婚育,市民政局,2022年12月底,,,,,
    1-003,c,3,individual,退役,市民政局,2022年12月底,,,,2023-01-05,某通知
    2-001,d,1,individual,新生儿出生“一件事”,区卫健委,2023年6月底,,,,,
    2-002,d,2,individual,茶园托管,区农业农村局,2023年6月底,,,,,
    3-001,t,1,individual,茶园托管,镇政府,2023年6月底,,,,,

    """,
    "items.csv": "matter,number,name,responsible,shared\n",
  ]

  private static let catalog = FolderReader.read(named: "folder", files: files.mapValues { Array($0.utf8) })

  private static func shown(_ comparison: LevelComparison) -> [String] {
    comparison.rows.map { row in
      [row.upper, row.lower].map { $0.map { catalog.id(catalog.matters[$0]) } ?? "-" }.joined(separator: " ")
        + " " + row.status.rawValue
    }
  }

  @Test func eachRegionIsComparedWithTheOneAbove() {
    let all = LevelComparison.all(of: Self.catalog)
    #expect(all.map { "\($0.lower.name) \($0.upper.name)" } == ["濂溪区 九江市", "甲镇 濂溪区"])
    #expect(
      all.map(Self.shown) == [
        ["1-001 2-001 taken-up", "1-002 - not-taken-up", "- 2-002 own"],
        ["2-001 - not-taken-up", "2-002 3-001 taken-up"],
      ])
    #expect(all[0].count(.takenUp) == 1 && all[0].count(.notTakenUp) == 1 && all[0].count(.own) == 1)
  }

  /// A region without lists above is passed over; one without lists of its own is not compared.
  @Test func theNearestRegionWithListsIsMeant() throws {
    var files = Self.files
    files["lists.csv"] = files["lists.csv"]?.replacing("濂溪区\n", with: "\n")
    let catalog = FolderReader.read(named: "folder", files: files.mapValues { Array($0.utf8) })
    #expect(LevelComparison.all(of: catalog).map { "\($0.lower.name) \($0.upper.name)" } == ["甲镇 九江市"])
  }

  @Test(arguments: [
    ("新生儿出生“一件事”", "新生儿出生"), ("新生儿出生一件事一次办", "新生儿出生"), ("新生儿 出生", "新生儿出生"), ("一件事", "一件事"),
    ("开店（餐饮）", "开店(餐饮)"),
  ]) func keysOfNames(_ name: String, _ key: String) {
    #expect(LevelComparison.key(of: name) == key)
  }
}
