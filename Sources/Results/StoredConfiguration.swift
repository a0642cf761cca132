package import Datasets
package import Experiments
package import FileLanguage
import NeuralNet
package import RunStorage
package import Runs
package import Tracking

/// A run's configuration as its parameters in the store tell it.
///
/// They are written as the experiment file that they stand for, and that is read as any file is.
package struct StoredConfiguration {
  private let run: RunRecord

  package init(_ run: RunRecord) { self.run = run }

  /// The configuration.
  ///
  /// - Throws: `LabbookError` where the parameters do not make an experiment any more.
  package func read(_ library: DataLibrary) throws(LabbookError) -> RunConfiguration {
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
  package var text: String {
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

    private var isList: Bool { children.allSatisfy { Int($0.name) != nil } }

    var text: String {
      guard !children.isEmpty else { return (value ?? .off).written }
      if isList { return list }
      var fields = self.fields
      // A network written in place has a description for its value, and says what it is below.
      if let value, !children.contains(where: { $0.name == MultilayerPerceptron.choice.name }) {
        fields.insert("\"name\": \(value.written)", at: 0)
      }
      return "{" + fields.joined(separator: ", ") + "}"
    }

    private var fields: [String] {
      children.map { "\(ParameterValue.json($0.name)): \($0.branch.text)" }
    }

    private var list: String {
      let ordered = children.sorted { (Int($0.name) ?? 0) < (Int($1.name) ?? 0) }
      return "[" + ordered.map(\.branch.layer).joined(separator: ", ") + "]"
    }

    /// A layer: its kind is its value or one of its keys.
    private var layer: String {
      guard case .text(let kind)? = value, !children.isEmpty else { return text }
      return "{" + (["\(ParameterValue.json(kind)): {}"] + fields).joined(separator: ", ") + "}"
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
