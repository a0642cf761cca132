public import Datasets
import Experiments
public import NeuralNet
public import Runs
public import Sweeps
public import Tracking

/// A network of an experiment with a few rows of its training data.
public struct LoadedNetwork {
  /// What it is a network of.
  public let configuration: NetworkRun
  /// Its layers, checked.
  public let graph: Graph
  /// The rows.
  public let rows: NetworkData

  /// `Model wide, spiral, cross-entropy`.
  public var title: String {
    "Model \(configuration.modelName), \(configuration.data.source.name), "
      + (configuration.train.loss?.name ?? "no loss")
  }

  /// Where the weights begin; an experiment that begins with a file's begins with the default here.
  public var initializer: Chosen {
    let chosen = configuration.train.initializer
    return Initializers.path(chosen) == nil ? chosen : Initializers.standard.standard()
  }

  /// The networks of a plan, each once, with at most so many rows.
  public static func all(_ plan: RunPlan, rows: Int, _ library: DataLibrary) throws
    -> [LoadedNetwork]
  {
    try all(plan.runs.compactMap(\.run.configuration.network), rows: rows, library)
  }

  /// The networks of configurations, each once, with at most so many rows.
  package static func all(
    _ configurations: [NetworkRun], rows: Int, _ library: DataLibrary
  ) throws -> [LoadedNetwork] {
    struct Key: Hashable {
      let layers: [LayerSpec]
      let data: DataConfiguration
      let loss: Chosen?
    }
    var seen: Set<Key> = []
    return try configurations.compactMap { configuration in
      // Of folds the first stands for all.
      guard configuration.data.fold ?? 1 == 1 else { return nil }
      let key = Key(
        layers: configuration.layers, data: configuration.data, loss: configuration.train.loss)
      guard seen.insert(key).inserted else { return nil }
      return try load(configuration, rows: rows, library)
    }
  }

  private static func load(
    _ configuration: NetworkRun, rows: Int, _ library: DataLibrary
  ) throws -> LoadedNetwork {
    let data: PreparedData
    do throws(DataError) { data = try library.prepare(configuration.data) } catch {
      throw LabbookError.input(error.text, hint: error.hint)
    }
    let graph: Graph
    do throws(GraphErrors) {
      graph = try Graph(configuration.layers, input: Shape(data.shape.featureShape))
    } catch { throw LabbookError.input("\(error)") }
    let wanted = max(rows, graph.leastBatchRows)
    return LoadedNetwork(
      configuration: configuration.resolved(on: data), graph: graph,
      rows: data.train.networkData.sample(wanted))
  }
}
