/// Names of places that differ by more than a typing error: words of a code over Chinese characters of which any two
/// differ in at least three characters. So a generated catalog has as many names as it needs and no two similar ones,
/// unless one is planted.
struct PlaceNames {
  /// The field of the code: a prime. 211³, more than nine million villages.
  static let order = 211
  static let villages = order * order * order

  private let alphabet: [[UInt8]]
  private let factor: Int
  private let shift: Int

  init(seed: UInt64) {
    var seen: Set<Unicode.Scalar> = []
    alphabet = PlaceNames.characters.unicodeScalars.compactMap { scalar in
      // Chinese characters only, without those that names of places and departments end with.
      guard scalar.value >= 0x4E00, scalar.value <= 0x9FFF, !"市县镇村局等及在不无".unicodeScalars.contains(scalar),
        seen.insert(scalar).inserted
      else { return nil }
      return Array(String(Character(scalar)).utf8)
    }
    precondition(alphabet.count >= 4 * PlaceNames.order)
    var random = Random(seed: seed ^ 0x706C_6163_6573)
    // Neighbours in a list are far apart in the code.
    var factor = 1_000_003 + random.below(7_000_000)
    if factor % PlaceNames.order == 0 { factor += 1 }
    self.factor = factor
    shift = random.below(PlaceNames.villages)
  }

  private func character(_ alphabetNumber: Int, _ place: Int) -> [UInt8] {
    alphabet[alphabetNumber * PlaceNames.order + place]
  }

  /// One character, different for every number.
  func character(_ number: Int) -> [UInt8] { character(3, number % PlaceNames.order) }

  /// A county, such as 丰水台县: three characters, each of an alphabet of its own.
  func county(_ index: Int) -> [UInt8] {
    precondition(index < PlaceNames.order)
    return character(1, index) + character(2, (index * 7 + 3) % PlaceNames.order)
      + character(3, (index * 31 + 11) % PlaceNames.order) + Array("县".utf8)
  }

  /// A village of a town, such as 安平镇永和东村: a Reed-Solomon word of five characters for three.
  func village(_ index: Int) -> [UInt8] {
    let q = PlaceNames.order
    let place = (index % PlaceNames.villages * factor + shift) % PlaceNames.villages
    let (a, b, c) = (place % q, place / q % q, place / q / q)
    var out: [UInt8] = []
    out.reserveCapacity(21)
    for x in 0..<5 {
      out += character(x % 4, (a + b * x + c * x * x) % q)
      if x == 1 { out += PlaceNames.town }
    }
    return out + PlaceNames.village
  }

  private static let town = Array("镇".utf8)
  private static let village = Array("村".utf8)

  /// 千字文, by Zhou Xingsi, sixth century: a thousand characters, hardly one of them twice.
  private static let characters = """
    天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光
    果珍李柰菜重芥姜海咸河淡鳞潜羽翔龙师火帝鸟官人皇始制文字乃服衣裳推位让国有虞陶唐吊民伐罪周发殷汤坐朝问道垂拱平章
    爱育黎首臣伏戎羌遐迩一体率宾归王鸣凤在竹白驹食场化被草木赖及万方盖此身发四大五常恭惟鞠养岂敢毁伤女慕贞洁男效才良
    知过必改得能莫忘罔谈彼短靡恃己长信使可覆器欲难量墨悲丝染诗赞羔羊景行维贤克念作圣德建名立形端表正空谷传声虚堂习听
    祸因恶积福缘善庆尺璧非宝寸阴是竞资父事君曰严与敬孝当竭力忠则尽命临深履薄夙兴温凊似兰斯馨如松之盛川流不息渊澄取映
    容止若思言辞安定笃初诚美慎终宜令荣业所基籍甚无竟学优登仕摄职从政存以甘棠去而益咏乐殊贵贱礼别尊卑上和下睦夫唱妇随
    外受傅训入奉母仪诸姑伯叔犹子比儿孔怀兄弟同气连枝交友投分切磨箴规仁慈隐恻造次弗离节义廉退颠沛匪亏性静情逸心动神疲
    守真志满逐物意移坚持雅操好爵自縻都邑华夏东西二京背邙面洛浮渭据泾宫殿盘郁楼观飞惊图写禽兽画彩仙灵丙舍旁启甲帐对楹
    肆筵设席鼓瑟吹笙升阶纳陛弁转疑星右通广内左达承明既集坟典亦聚群英杜稿钟隶漆书壁经府罗将相路侠槐卿户封八县家给千兵
    高冠陪辇驱毂振缨世禄侈富车驾肥轻策功茂实勒碑刻铭磻溪伊尹佐时阿衡奄宅曲阜微旦孰营桓公匡合济弱扶倾绮回汉惠说感武丁
    俊乂密勿多士寔宁晋楚更霸赵魏困横假途灭虢践土会盟何遵约法韩弊烦刑起翦颇牧用军最精宣威沙漠驰誉丹青九州禹迹百郡秦并
    岳宗泰岱禅主云亭雁门紫塞鸡田赤城昆池碣石巨野洞庭旷远绵邈岩岫杳冥治本于农务兹稼穑俶载南亩我艺黍稷税熟贡新劝赏黜陟
    孟轲敦素史鱼秉直庶几中庸劳谦谨敕聆音察理鉴貌辨色贻厥嘉猷勉其祗植省躬讥诫宠增抗极殆辱近耻林皋幸即两疏见机解组谁逼
    索居闲处沉默寂寥求古寻论散虑逍遥欣奏累遣戚谢欢招渠荷的历园莽抽条枇杷晚翠梧桐早凋陈根委翳落叶飘摇游鹍独运凌摩绛霄
    耽读玩市寓目囊箱易輶攸畏属耳垣墙具膳餐饭适口充肠饱饫烹宰饥厌糟糠亲戚故旧老少异粮妾御绩纺侍巾帷房纨扇圆洁银烛炜煌
    昼眠夕寐蓝笋象床弦歌酒宴接杯举觞矫手顿足悦豫且康嫡后嗣续祭祀烝尝稽颡再拜悚惧恐惶笺牒简要顾答审详骸垢想浴执热愿凉
    驴骡犊特骇跃超骧诛斩贼盗捕获叛亡布射僚丸嵇琴阮啸恬笔伦纸钧巧任钓释纷利俗并皆佳妙毛施淑姿工颦妍笑年矢每催曦晖朗曜
    璇玑悬斡晦魄环照指薪修祜永绥吉劭矩步引领俯仰廊庙束带矜庄徘徊瞻眺孤陋寡闻愚蒙等诮谓语助者焉哉乎也
    """
}
