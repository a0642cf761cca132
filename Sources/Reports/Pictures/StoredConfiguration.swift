import Datasets
import Experiments
import RunStorage
import Tracking

/// A run's configuration as its parameters in the store tell it.
///
/// They are written as the experiment file that they stand for, and that is read as any file is.
struct StoredConfiguration {
  private let run: RunRecord

  init(_ run: RunRecord) { self.run = run }

  /// The configuration.
  ///
  /// - Throws: `LabbookError` where the parameters do not make an experiment any more.
  func read(_ library: DataLibrary) throws(LabbookError) -> RunConfiguration {
    let experiment: Experiment
    do throws(Diagnostics) {
      experiment = try Experiment.parse(text, name: "run-\(run.id.short).yaml", library: library)
    } catch {
      throw .failure(
        "the configuration of run \(run.id.short) cannot be read from the store:\n\(error)",
        hint: "draw it from its file: labbook plot FILE")
    }
    guard let sweep = experiment.sweeps.first,
      let member = experiment.members(of: sweep).first
    else { throw .failure("run \(run.id.short) has no configuration in the store") }
    return member.configuration
  }

  /// The experiment file, in YAML's flow style, which is close to JSON.
  var text: String {
    var tree = Branch()
    for (path, value) in run.parameters.sorted(by: { $0.key < $1.key }) {
      tree.insert(value, at: path.split(separator: ".").map(String.init)[...])
    }
    return tree.text + "\n"
  }

  /// A value with what stands below it.
  private struct Branch {
    var value: ParameterValue?
    var children: [(name: String, branch: Branch)] = []

    mutating func insert(_ value: ParameterValue, at path: ArraySlice<String>) {
      guard let name = path.first else {
        self.value = value
        return
      }
      if let place = children.firstIndex(where: { $0.name == name }) {
        children[place].branch.insert(value, at: path.dropFirst())
      } else {
        var branch = Branch()
        branch.insert(value, at: path.dropFirst())
        children.append((name, branch))
      }
    }

    var text: String {
      guard !children.isEmpty else { return (value ?? .off).written }
      let numbers = children.compactMap { Int($0.name) }
      if value == nil, numbers.count == children.count {
        let ordered = zip(numbers, children).sorted { $0.0 < $1.0 }
        return "[" + ordered.map(\.1.branch.text).joined(separator: ", ") + "]"
      }
      var fields = children.map { "\(ParameterValue.json($0.name)): \($0.branch.text)" }
      if let value { fields.insert("\"name\": \(value.written)", at: 0) }
      return "{" + fields.joined(separator: ", ") + "}"
    }
  }
}

extension ParameterValue {
  /// The value as an experiment file says it.
  fileprivate var written: String {
    switch self {
    case .off: "none"
    case .list(let values): "[" + values.map(\.written).joined(separator: ", ") + "]"
    default: json
    }
  }
}
