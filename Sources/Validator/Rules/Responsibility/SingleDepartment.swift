import Catalog
import Localization

extension Rule {
  static let singleDepartment = Rule(
    id: "single-department", group: .responsibility, severity: .warning,
    title: LocalizedText(
      zh: "一个部门就能办完的“一件事”",
      en: "a matter that one department handles alone"),
    reason: LocalizedText(
      zh: "“一件事一次办”把要跑几个部门的事项并成一次办理；只有一个部门办理的，没有可以合并的部门，也不必牵头。共享的关联事项一并计算，“甲/乙”算一家，牵头部门本身不算。",
      en:
        "The reform combines services of several departments into one visit; if one department handles everything, there is nothing to combine and no need for a lead. Shared items count, “A/B” counts as one department, the lead itself does not count."
    ),
    source: LocalizedText(
      zh: "§二（一）：“同一阶段内需要到2个或2个以上部门办理的多个单一政务服务事项”",
      en: "§二(一): items that involve two or more departments (需要到2个或2个以上部门办理)"),
    fix: LocalizedText(
      zh: "补上由其他部门办理的关联事项；若确实只涉及一个部门，移出清单；若原文如此，登记豁免并说明理由。",
      en:
        "Add the items that other departments handle; remove the matter from the list if there are none; or add a waiver with a reason if the notice says so."
    ),
    triggers: [
      Example(
        matters: ["2-020,second,20,individual,↓生育保险报销,市医保局,2023年12月底"],
        items: ["2-020,1,生产医疗费用报销,医保部门", "2-020,2,生育津贴报销,市医保局"]),
      Example(
        matters: ["2-135,second,135,enterprise,↓企业歇业,市场监管部门/行政审批部门,2023年12月底"],
        items: ["2-135,1,歇业申请,市场监管部门", "2-135,2,歇业备案办理,市场监管部门/行政审批部门"]),
    ],
    passes: [
      Example(
        matters: ["2-033,second,33,enterprise,企业注销,市场监管部门/行政审批部门,2022年12月底"],
        items: ["2-033,1,税务注销,税务部门", "2-033,2,企业注销登记,市场监管部门/行政审批部门"]),
      Example(
        matters: ["2-026,second,26,enterprise,工程建设项目竣工验收,住建部门,2022年12月底"],
        items: ["2-026,1,规划、人防、消防、档案等的联合验收审批,市直相关部门", "2-026,2,竣工验收备案,市直相关部门"]),
      Example(
        matters: ["2-005,second,5,individual,残疾评定,市残联,2022年12月底"], items: ["2-005,1,残疾评定,卫健部门、医院"]),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let byText = context.departments(.responsible)
      let matters = catalog.matters
      let items = catalog.items
      var sharing = SharedItemsCache(catalog)

      /// Adds an item; false if more than one department, or an unknown one, handles the matter.
      @inline(__always)
      func take(_ item: Item, _ sole: inout Int32, _ hasChoice: inout Bool) -> Bool {
        let code = item.isUnknown(.responsible) ? DepartmentsByText.unknown : byText[item.responsible]
        if code == DepartmentsByText.choice {
          hasChoice = true
          return true
        }
        if code < 0 || (sole >= 0 && sole != code) { return false }
        sole = code
        return true
      }

      nextMatter: for index in context.survey.departments.soleDepartments {
        let matter = matters[Int(index)]
        // With "/" beside a department, the other departments are unknown.
        guard matter.placeholder.isEmpty, let shared = sharing.of(matter) else { continue }
        let own = matter.items
        if own.isEmpty, shared.isEmpty { continue }
        var sole = DepartmentsByText.unknown
        var hasChoice = false
        for item in shared { if !take(item, &sole, &hasChoice) { continue nextMatter } }
        for index in own { if !take(items[index], &sole, &hasChoice) { continue nextMatter } }
        let all = shared + items[own]
        if hasChoice {
          // One department is enough if every choice includes it.
          let candidates = sole >= 0 ? [Int(sole)] : byText.departments(all[0].responsible)
          let fits = candidates.contains { one in all.allSatisfy { byText.departments($0.responsible).contains(one) }
          }
          if !fits { continue }
        }
        let who =
          sole >= 0
          ? catalog.departmentName(Int(sole))
          : catalog.departmentNames(byText.departments(all[0].responsible), choice: .any)
        context.report(
          .matter(matter.index), at: catalog.position(matter, .name),
          LocalizedText(
            zh: "\(catalog.label(matter).zh)的 \(all.count) 个关联事项都由\(who)一家办理，而“一件事”应当需要到2个或2个以上部门办理",
            en:
              "one department (\(who)) handles \(all.count == 1 ? "the only item" : "all \(all.count) items") of \(catalog.label(matter).en), but a matter should involve two or more departments"
          ))
      }
    })
}
