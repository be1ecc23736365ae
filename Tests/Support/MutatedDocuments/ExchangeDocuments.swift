/// Documents of the exchange format to start mutations from.
package enum ExchangeDocuments {
  package static let root = "<serviceCatalog xmlns=\"urn:onevisit:service-catalog:1\" version=\"1.1\">"

  /// Valid documents that have between them every element and every attribute of the schema.
  package static let valid = [
    """
    \(root)<columns><column table="matters" name="stage">阶段</column></columns>
    <notices><notice id="n" issued="2022-12-30"><number>1</number><title>t</title><issuer>i</issuer>
    <extra column="x">y</extra></notice></notices>
    <regions><region id="r" level="city" parent="p"><name>市</name><extra column="x"/></region></regions>
    <audiences><audience id="a"><name>n</name><alias>b</alias><alias>c</alias></audience></audiences>
    <lists><list id="second" prefix="2" notice="n" annex="附件2" matters="50+1" reportWindow="P1M"
    reportBy="2023-01-01" region="r" partial="true"><title>t</title><audience>individual</audience>
    <audience>enterprise</audience><deadlineHeading>d</deadlineHeading><remarkHeading>r</remarkHeading>
    <deliverable>plan</deliverable><deliverable>notice_board</deliverable><note>n</note><reading>r</reading></list></lists>
    <matters/></serviceCatalog>
    """,
    """
    \(root)<departments><department id="d" kind="city-department" region="r"
    creditCode="11360400014790001X"><short>s</short><full>f</full>
    <general>g</general><alias>a</alias><extra column="x">y</extra></department><department id="e"/></departments>
    <approvals><approval id="b" kind="licence" competent="d" code="000123456789"
    taskCode="11360400014790001X3000123456789" localCode="赣-1" version="2" state="in-force" effective="2023-01-01"
    ends="2023-12-31"><name>营业执照</name><alias>a</alias></approval></approvals>
    <matters/>
    <targets><target id="t" notice="n" list="second" audience="individual" count="50+1（企业开办）" after="2022-12-31">
    <deadline due="2022-12-31">2022年底前</deadline><text>x &amp; y</text></target></targets>
    <progress><record matter="2-001" plan="2022-10-01" guide="2022-10-01" form="2022-10-01" materials="2022-10-01"
    singleSubmission="2022-11-01" portal="2022-10-01" app="2022-10-01" summary="2022-10-01" improvement="2022-10-01"
    procedure="2022-10-01" counter="2022-10-01" noticeBoard="2022-10-01" countyRollout="2022-10-01" cases="0"/></progress>
    <waivers><waiver rule="duplicate" subject="2-001" count="2"/><waiver rule="x">因 印发如此</waiver></waivers>
    </serviceCatalog>
    """,
    """
    \(root)<matters>
    <matter id="2-001" list="second" number="1" audience="enterprise" status="withdrawn" withdrawn="2023-01-01"
    hash="\(String(repeating: "0f", count: 32))"><name>我要开饭店</name>
    <lead choice="any" printed="甲/乙"><department ref="d">甲</department><department>乙</department></lead>
    <deadline due="2022-12-31">2022年12月底</deadline><remark>r</remark><includes ref="2-002"/>
    <placeholder choice="all"><department ref="tax">税务部门</department></placeholder>
    <withdrawalBasis>b</withdrawalBasis><stage>s</stage><theme>t</theme><extra column="x">y</extra>
    <item number="1" shared="true" id="i" approval="b" core="false"><name>营业执照</name><approval ref="b"/><approval ref="c"/>
    <responsible choice="all"><department ref="d">甲</department></responsible><extra column="x"> </extra></item>
    <item number="2" sharedFrom="2-037"><name>/</name></item></matter>
    <matter id="A1-0001" list="second" number="999999999"><name> </name></matter>
    </matters></serviceCatalog>
    """,
    """
    \(root)
    <matters>
      <matter id="2-001" list="a" number="1"><name>n</name><item number="1"><name>i</name></item></matter>
      <matter id="2-002" list="a" number="2"><name>n</name><item number="1"><name>i</name></item></matter>
      <matter id="2-003" list="a" number="3"><name>n</name></matter>
    </matters>
    <progress>
    </progress>
    </serviceCatalog>
    """,
    """
    <catalogDelta xmlns="urn:onevisit:service-catalog:1" version="1.1" from="\(String(repeating: "0a", count: 32))"
    to="\(String(repeating: "9f", count: 32))"><changes>
    <added table="matters" id="2-001" at="1" hash="\(String(repeating: "1b", count: 32))"/>
    <changed table="notices" id="n" was="1" at="2" hash="\(String(repeating: "2c", count: 32))"/>
    <withdrawn table="matters" id="2-002" was="3" at="3"/><removed table="lists" id="x" was="4"/>
    <moved table="waivers" id="甲" was="5" at="6"/><added table="targets" id="t" at="1"/></changes>
    <matters><matter id="2-001" list="second" number="1"><name>x</name></matter></matters><targets/></catalogDelta>
    """,
  ]

  /// The names of all elements and attributes that an XSD declares.
  package static func names(of xsd: String) -> [String] {
    var names: [String] = []
    for declaration in xsd.split(separator: "<xs:")
    where declaration.hasPrefix("element") || declaration.hasPrefix("attribute") {
      guard let from = declaration.firstRange(of: "name=\"") else { continue }
      let name = String(declaration[from.upperBound...].prefix { $0 != "\"" })
      if !names.contains(name) { names.append(name) }
    }
    return names
  }
}

/// Random numbers that are the same in every run.
package struct SplitMix: RandomNumberGenerator {
  package var state: UInt64

  package init(state: UInt64) { self.state = state }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
