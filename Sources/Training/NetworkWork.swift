import Datasets
import NeuralNet
import Runs
import Tracking

/// What decides how long an update takes and how much memory: runs that differ elsewhere are alike.
struct NetworkWork: Hashable {
  let data: DataConfiguration
  let layers: [LayerSpec]
  let optimizer: String
  let batch: TrainConfiguration.BatchSize

  init(_ run: NetworkRun) {
    data = run.data
    layers = run.layers
    optimizer = run.train.optimizer.name
    batch = run.train.batchSize
  }
}
