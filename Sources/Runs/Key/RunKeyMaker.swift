import Datasets
import NeuralNet
import Tracking

/// The keys of one run after the other; what a run has in common with the one before is written once.
package struct RunKeyMaker {
  private var data: (of: DataConfiguration, files: FileFingerprints, json: CanonicalJSON)?
  private var model: (layers: [LayerSpec], name: String, json: CanonicalJSON)?

  package init() {}

  /// `RunKey.run` of a configuration with another seed.
  package mutating func run(
    _ configuration: RunConfiguration, seed: Int, _ files: FileFingerprints
  ) -> String {
    SHA256Digest.hex(
      of: RunKey.json(configuration, files, parts(configuration, files), seed: seed).text)
  }

  /// `RunKey.configuration`.
  package mutating func configuration(
    _ configuration: RunConfiguration, _ files: FileFingerprints
  ) -> String {
    let configuration = configuration.with(fold: nil)
    return SHA256Digest.hex(
      of: RunKey.json(configuration, files, parts(configuration, files), seed: nil).text)
  }

  /// `RunKey.lineage`.
  package mutating func lineage(
    _ configuration: RunConfiguration, _ files: FileFingerprints
  ) -> String? {
    guard RunKey.hasLineage(configuration) else { return nil }
    let configuration = configuration.with(fold: nil)
    return SHA256Digest.hex(
      of: RunKey.json(
        configuration, files, parts(configuration, files), seed: nil, hasDuration: false
      ).text)
  }

  private mutating func parts(
    _ configuration: RunConfiguration, _ files: FileFingerprints
  ) -> RunKey.NetworkParts? {
    guard let network = configuration.network else { return nil }
    if data?.of != network.data || data?.files != files {
      let json = CanonicalJSON.written(RunKey.data(network.data, files).text)
      data = (network.data, files, json)
    }
    if model?.layers != network.layers || model?.name != network.modelName {
      model = (network.layers, network.modelName, .written(RunKey.model(network).text))
    }
    guard let data, let model else { return nil }
    return RunKey.NetworkParts(data: data.json, model: model.json)
  }
}
