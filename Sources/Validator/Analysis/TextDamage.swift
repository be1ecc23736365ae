/// How a text was spoilt on its way through programs and encodings.
enum TextDamage {
  /// `????`: characters that an encoding did not have.
  case questionMarks
  /// `#NAME?`, `#REF!`: a formula's error that was saved in place of the value.
  case formulaError
  /// Chinese text, in GBK or UTF-8, that was read as Latin-1.
  case readAsLatin
  /// Chinese text in UTF-8 that was read as GBK.
  case readAsGBK

  /// - Parameter bytes: UTF-8.
  /// - Returns: nil if the text looks sound.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.first else { return nil }
    if first == UInt8(ascii: "#"), TextDamage.isFormulaError(bytes) {
      self = .formulaError
      return
    }
    var marks = 0
    var latin = 0
    var mistaken = 0
    // A text in traditional characters is none in the wrong encoding.
    var isRare = false
    var characters = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      characters += 1
      if byte < 0x80 {
        if byte == UInt8(ascii: "?") { marks += 1 }
        index += 1
      } else if byte < 0xE0 {
        if byte == 0xC2 || byte == 0xC3 { latin += 1 }
        index += 2
      } else if byte < 0xF0, index + 2 < bytes.count {
        if CharacterSets.readAsGBK.contains(byte, bytes[index + 1], bytes[index + 2]) {
          mistaken += 1
          if !CharacterSets.traditional.contains(byte, bytes[index + 1], bytes[index + 2]) { isRare = true }
        }
        index += 3
      } else {
        index += 4
      }
    }
    if marks >= 2, marks == characters || marks >= 3 {
      self = .questionMarks
    } else if latin >= 2, latin * 2 > characters {
      self = .readAsLatin
    } else if mistaken >= 2, mistaken * 4 >= characters, isRare {
      self = .readAsGBK
    } else {
      return nil
    }
  }

  private static func isFormulaError(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    ["#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!", "#SPILL!"].contains {
      bytes.elementsEqual($0.utf8)
    }
  }
}

/// Sets of Chinese characters, U+4E00 to U+9FFF and what stands around them. Each is made once and lives as long as the
/// program: for an array, the two threads that look at every text would count references all the time.
struct CharacterSets: @unchecked Sendable {
  // Unchecked: never written to after it has been made.
  private let bits: UnsafePointer<UInt64>

  /// - Parameter word: the bits of 64 characters, by index.
  private init(_ word: (Int) -> UInt64) {
    let count = 0x10000 >> 6
    let bits = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    for index in 0..<count { (bits + index).initialize(to: word(index)) }
    self.bits = UnsafePointer(bits)
  }

  private init(_ characters: String) {
    var words = [UInt64](repeating: 0, count: 0x10000 >> 6)
    for scalar in characters.unicodeScalars where scalar.value >= 0x4E00 && scalar.value < 0xA000 {
      words[Int(scalar.value >> 6)] |= 1 << UInt64(scalar.value & 63)
    }
    self.init { words[$0] }
  }

  /// - Parameter words: a bit for each character from U+4E00 on.
  private init(words: [UInt64]) {
    let first = 0x4E00 >> 6
    self.init { words.indices.contains($0 - first) ? words[$0 - first] : 0 }
  }

  private init(_ a: CharacterSets, _ b: CharacterSets) { self.init { a.bits[$0] | b.bits[$0] } }

  /// Whether the set has the character of three bytes in UTF-8.
  @inline(__always)
  func contains(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    contains(UInt32(first & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F))
  }

  @inline(__always)
  func contains(_ scalar: UInt32) -> Bool {
    scalar < 0x10000 && bits[Int(scalar >> 6)] & (1 << UInt64(scalar & 63)) != 0
  }

  /// What two bytes of Chinese text in UTF-8 are in GBK, without the common characters (level 1 of GB 2312): hardly a name
  /// has two of them.
  static let readAsGBK = CharacterSets(words: wordsOfReadAsGBK)

  /// Traditional forms: the frequent characters of Big5 (level 1) that GB 2312 does not have, without those that the table
  /// of standard characters (通用规范汉字表) admits for names.
  static let traditional = CharacterSets(
    """
    丟並亂亙亞伋伕佇佈佔併佺來侖侶侷係俠倀倆倉個們倖倣倫偉偭偯側偵偺偽傑傖傘備傚傢傭傯傳債傷傾僅僇僎僑僕僥僩僱價儀儂億儅儈儉儐儔儕儘償優儲儳儷儸儻儼兇兌兒兗內兩冊冑冪凍凜凱別刪則剎剛剝剴創剷劃劇劉劊劍劑劻勁動勗務勛勝勞勢勣勦勳勵\
    勸勻匯匱區協卹卻厭厲參叢吋吳吶呂呎員唸問啗啞啟啣喚喪喫喬單喲嗆嗇嗎嗚嗶嘆嘍嘐嘔嘖嘗嘩嘮嘯嘰噓噥噯噴噸噹嚀嚇嚐嚕嚥嚨嚮嚴嚶囀囁囂囈囉囌囑囪國圍園圓圖團執堅堉堊堝堯報場塊塋塒塗塚塢塭塵塹塽墊墜墦墮墳墾壇壎壓壘壙壞壟壢壩壯壺壽夠夢\
    夾奐奧奩奪奭奮妝妳姅姍姦姪娛婁婦媧媼媽嫗嫵嫻嬈嬋嬌嬝嬤嬪嬰嬸孃孫學孿宮寢實寧審寫寬寵寶將專尋對導尷屆屍屘屜屝屢層屨屬岡峴島峽崁崑崗崙崢嵐嶄嶇嶔嶸嶺嶼嶽巉巒巔巖帟帥師帳帶幀幃幗幟幣幫幹幾庫廁廂廄廈廚廝廟廠廢廣廬廳弒弔張強彆彈彊\
    彌彎彙彥彫彿徑從徠復徬徹恆恥悅悵悶悽惇惡惱惻愒愛愜愴愷愾慄慇態慍慘慚慟慣慫慮慶慼慾憂憊憐憑憚憤憫憮憲憶懇應懍懣懲懶懷懸懺懼懾戀戰戲戶抆拋挾捨捫捲掃掄掙掛採揀揚換揮揹搆損搖搗搶搾摑摟摯摻撈撐撓撚撢撥撫撲撳撻撾撿擁擄擇擊擋擔據擠\
    擬擭擰擱擲擴擷擺擻擾攆攏攔攙攜攝攣攤攪攬敔敗敘敵數斂斃斕斬斷昤時晅晉晝晞暈暉暍暘暢暫暱暸曄曆曇曉曖曠曬書會朧朮杗東枓枴柵栘桿梂梔條梟梡梱棄棗棟棧棲棻楊楓楛楨業極榣榦榮槃構槍槓槨槳樁樂樅樑樓標樞樣樸樹樺橈橋機橢橫橾檔檜檢檣檮檯\
    檳檸檻櫂櫃櫓櫚櫛櫝櫥櫬櫺櫻欄權欐欖欽歎歐歜歟歡歲歷歸歿殘殤殮殯殲殺殼毀毆毚毬氈氣氫氬氳氾汍汎汙決沍沒沖沘沬況泜洩洶洸浥浬浹涇涊涼淒淚淨淪淵淺渙減渦測渾湊湣湧湩湯湲準溝溫溼滄滅滌滬滯滲滷滾滿漁漢漣漬漲漸漿潑潔潛潟潠潤潯潰澀澆澗\
    澠澤澦澱澴濁濃濕濘濛濟濤濩濫濬濰濱濺濾瀆瀉瀋瀏瀕瀘瀝瀟瀨瀰瀲瀾灑灘灣灤災炤為烏焜無煆煉煖煙煥煩煬熒熱熾燄燈燉燐燒燙燜營燦燬燭燴燸燻燼燾爍爐爛爭爺爾牆牘牠牴牽犖犛犢犧狀狹狽猙猶獄獅獎獨獰獲獵獷獸獺獻玀玆玥玨珪珮現琍琯琺琿瑣瑤瑩\
    瑪瑯璘璟璣璦環璽璿瓊瓏瓔瓖瓚甌甕產甽畝畢畫異當疇疊疢痙痠痲痳痺瘉瘋瘍瘓瘡瘧瘺療癆癒癘癟癡癢癥癩癬癮癱癲發皚皰皺盃盜盞盡監盤盧盪眾睏睜睞睪瞇瞋瞞瞼矇矓矚矯砠砲硃硯硿碩確碼磚磧磯礎礙礦礪礫礬祐祕祿禍禎禦禪禮禱禿秈稅稈稜稟種稱穀穋\
    穌積穎穠穡穢穩穫窩窪窮窯窺竄竅竇竊競筆筍筧箄箇箋箏箠節範築篛篠篤篩簍簑簞簡簣簫簷簽簾籃籌籐籟籠籣籤籥籬籮籲粵糝糞糢糧糰糾紀紂約紅紆紇紉紋納紐純紕紗紙級紛紜紡紮細紱紲紳紹紼絀終絃組絆結絕絛絞絡絢給絨絰統絲絳絹綁綏綑經綜綞綠綢綬\
    維綰綱網綴綵綸綺綻綽綾綿緇緊緒緘緙線緝緞締緣編緩緬緯緲練緹緻縈縉縊縐縑縛縝縞縣縫縮縯縱縲縴縵縷縹總績縿繃繅繆繈繒織繕繙繚繞繡繩繪繫繭繳繹繼繽續纏纓纔纖纜缽罈罌罰罵罷羅羈羋羨義羶習翹耑聖聞聯聰聲聳聶職聽聾肅脅脈脣脤脩脫脰脹腎腦\
    腫腳腸膚膠膩膽膾膿臉臍臏臘臚臟臢臥臨臺與興舉舊艙艦艱艷芣芻苧茲荊莊莖莢莧華菴萇萊萬萵葉葦葷蒐蒞蒼蓀蓆蓋蓮蔆蔔蔣蔥蔭蕩蕪蕭薊薑薔薦薩薺藍藝藥藪藷藹藺蘆蘇蘊蘋蘗蘚蘭蘿處虛虜號虧蛻蜆蝕蝦蝨蝸螞螢螻蟈蟬蟯蟲蟻蠅蠍蠔蠟蠣蠱蠶蠻術衛衝衹\
    袞裊補裝裡裯製複褕褲褸褻褽襖襠襤襪襬襯襲見規覓視覜覦親覬覲覺覽觀觔觴觸觼訂訃計訊訌討訏訐訑訓訕訖託記訛訝訟訢訣訥訪設許訴訶診註証詁詆詐詔評詖詛詞詠詢詣試詨詩詫詬詭詮詰話該詳詻詼誅誇誌認誑誕誘誚語誠誡誣誤誥誦誧誨說誰課誶誹誼調\
    諂諄談諉請諍諒論諛諜諦諧諫諭諮諱諳諶諷諸諺諼諾謀謁謂謄謊謎謐謗謙講謝謠謨謫謬謹譁譆證譎譏識譙譚譜譟譫譯議譴護譽讀變讒讓讖讚讜谿豈豎豐豔豬豭貍貓貝貞負財貢貧貨販貪貫責貯貲貳貴貶買貸費貼貽貿賀賁賂賃賄賅資賈賊賑賒賓賜賞賠賡賢賣賤\
    賦質賬賭賴賸賺賻購賽贅贈贊贍贏贓贖贗贛趕趙趨跡跦跼踐踡踫踴蹕蹟蹣蹤蹺躂躉躊躋躍躑躓躡躪軀車軋軌軍軏軒軔軛軟軸軻軼軾較載輊輒輓輔輕輛輜輝輞輟輥輦輩輪輯輳輸輻輾輿轂轄轅轉轍轎轔轟轡辦辭辮辯農迆迴逕這連週進遊運過達違遙遜遝遞遠適遲\
    遷選遺遼邁還邇邊邏邐郃郵鄉鄒鄗鄘鄧鄭鄰鄴酈醃醜醞醫醬醱釀釁釅釆釋釐釗釘釙針釣釦釧釩釭釵鈇鈉鈍鈐鈑鈔鈕鈞鈣鈴鈷鈸鈹鈽鈾鈿鉀鉉鉋鉍鉑鉗鉚鉛鉤鉸鉻鉼銀銅銑銓銖銘銜銨銬銲銳銷銻銼鋁鋅鋇鋒鋤鋪鋰鋸鋼錄錐錕錘錙錚錠錡錢錦錨錫錮錯錳錶鍊鍋\
    鍍鍔鍚鍛鍥鍬鍰鍵鎂鎊鎖鎗鎘鎚鎢鎬鎮鎰鎳鏃鏈鏍鏑鏗鏘鏜鏝鏟鏡鏢鏤鏨鏽鐃鐘鐫鐮鐲鐳鐵鐸鐺鑄鑑鑒鑠鑣鑤鑪鑰鑲鑷鑼鑽鑾鑿長門閂閃閉開閎閏閑閒間閔閘閡閣閤閥閨閩閭閱閻闆闈闊闋闌闐闔闕闖關闡闢阬陘陝陣陰陳陸陽隄隊階隕際隨險隱隴隸隻雊雋雖\
    雙雛雜雞離難雲電霑霤霧霽靂靄靈靜靦靨鞏鞦韁韃韆韉韋韌韓韜韹韻響頁頂頃項順須頊頌預頑頒頓頗領頜頡頤頫頭頰頷頸頹頻顆題額顎顏顓願顛類顥顧顫顯顰顱風颯颱颳颶颺颼飄飛飢飩飪飭飯飲飴飼飽飾餃餅餉養餌餒餓餘餚餛餞餡館餵餽餾餿饅饉饑饒饗饜\
    饞馬馭馮馱馳馴駁駐駑駒駕駙駛駝駟駢駭駱駿騁騎騖騙騫騰騵騷騾驀驃驅驍驕驗驚驛驟驢驥驪骯髏髒體髖髮鬆鬍鬚鬢鬥鬧鬨鬱魎魘魚魯魷鮑鮪鮫鮭鮮鯀鯈鯉鯊鯖鯛鯧鯨鯽鰍鰓鰥鰭鰱鰻鰾鱉鱔鱖鱗鱟鱷鱸鳥鳩鳳鳴鳶鴃鴆鴉鴒鴕鴛鴣鴦鴨鴻鴿鵑鵝鵠鵡鵪鵬鵲鶉\
    鶯鶴鶸鷂鷓鷗鷥鷹鷺鸚鸛鸞鹵鹹鹼鹽麗麥麩麵麼黃黌點黨黴黷鼇鼕鼴齊齋齒齜齟齡齣齦齧齪齬齲齷龍龐龔龜
    """)

  /// What a text has to have in order to be examined.
  static let uncommon = CharacterSets(readAsGBK, traditional)

  /// The first character of a text that is in the set.
  func first(in text: String) -> Unicode.Scalar? { text.unicodeScalars.first { contains($0.value) } }
}
