import Datasets
import FileLanguage
import Tracking

/// `data` as it was read: its values are right one by one.
struct DataDraft {
  let source: Chosen
  let common: [String: ParameterValue]
  let split: [String: ParameterValue]
  let node: SpecNode

  /// The configuration under a loss that asks for this kind of target.
  func configuration(_ task: DataConfiguration.Task?) -> DataConfiguration {
    DataConfiguration(source: source, common: common, split: split, lossTask: task)
  }

  /// The place of a setting below `data`, such as `split.val` or `features.1`; where it is not
  /// written that of the source's file, or of the source's name.
  func mark(of setting: String?) -> Mark {
    var place = node
    for part in (setting ?? "").split(separator: ".") {
      let items = place.items ?? []
      let item = Int(part).flatMap { items.indices.contains($0) ? items[$0] : nil }
      guard let below = place.entry(String(part))?.value ?? item else { break }
      place = below
    }
    if place.mark == node.mark {
      return node["path"]?.mark ?? node[DataKeys.all.nameKey]?.mark ?? node.mark
    }
    return place.mark
  }
}

/// Reads `data`.
struct DataReader {
  let problems: SpecProblems
  private var sections: SectionReader { SectionReader(problems: problems) }

  /// Reads the mapping, or a source's bare name.
  func data(_ node: SpecNode) -> DataDraft? {
    let before = problems.list.count
    let source = sections.choice(node, DataKeys.all, of: "data")
    var common: [String: ParameterValue] = [:]
    for setting in DataConfiguration.commonSettings {
      if let value = node[setting.name] {
        common[setting.name] = sections.values.value(value, as: setting.kind, of: setting.name)
      } else {
        common[setting.name] = setting.standard
      }
    }
    let split = split(node["split"])
    guard problems.list.count == before, let source else { return nil }
    return DataDraft(source: source, common: common, split: split, node: node)
  }

  private func split(_ node: SpecNode?) -> [String: ParameterValue] {
    guard case .section(let keys) = DataKeys.split.shape else { return [:] }
    var values: [String: ParameterValue] = [:]
    if let node, !node.isNone { values = sections.section(node, keys, of: "split") ?? [:] }
    for setting in DataConfiguration.splitSettings where values[setting.name] == nil {
      values[setting.name] = setting.standard ?? .off
    }
    return values
  }
}
