import Datasets
import NeuralNet
import Tracking

extension NetworkRun {
  /// Writes the place of every file that the run reads anew.
  mutating func relocate(_ locate: (String) -> String) {
    data.source = data.source.relocated(by: Sources.all, locate)
    train.initializer = train.initializer.relocated(by: Initializers.all, locate)
  }
}

extension RunConfiguration {
  /// The same run with the paths of the files that it reads changed, be it to where they lie now.
  ///
  /// The values by which people know the run stay as they were written.
  public func relocated(_ locate: (String) -> String) -> RunConfiguration {
    var copy = self
    switch body {
    case .network(var network):
      network.relocate(locate)
      copy.body = .network(network)
    case .program(var program):
      let folder = program.handling.folder
      // A program without files is found wherever it is looked for from.
      if folder.isEmpty, program.files.isEmpty { return self }
      program.handling.folder = locate(folder.isEmpty ? "." : folder)
      copy.body = .program(program)
    }
    return copy
  }
}

extension Chosen {
  fileprivate func relocated(by choices: [Choice], _ locate: (String) -> String) -> Chosen {
    guard let choice = choices.first(where: { $0.name == name }) else { return self }
    var values = values
    for setting in choice.settings where setting.kind.holdsPath {
      values[setting.name] = values[setting.name].map { Self.relocated($0, locate) }
    }
    return Chosen(name, values)
  }

  private static func relocated(
    _ value: ParameterValue, _ locate: (String) -> String
  ) -> ParameterValue {
    switch value {
    case .text(let path): .text(locate(path))
    case .list(let paths): .list(paths.map { relocated($0, locate) })
    default: value
    }
  }
}
