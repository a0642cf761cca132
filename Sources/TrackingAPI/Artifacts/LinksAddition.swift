import RunStorage
import Web

/// What a run took and made, within its reply: `inputs` and `outputs`.
struct LinksAddition: RunAddition {
  let store: RunStore

  func write(_ run: TrackedRun, to writer: inout JSONWriter) throws {
    let datasets = try store.datasets(of: run.id)
    let models = try store.models(of: run.id)
    writer.name("inputs")
    writer.object { writer in
      writer.name("dataset_inputs")
      writer.list(datasets) { writer, dataset in
        writer.object { Self.write(dataset, to: &$0) }
      }
      writer.name("model_inputs")
      writer.list(models.inputs) { writer, model in
        writer.object { $0.field("model_id", model.model) }
      }
    }
    writer.name("outputs")
    writer.object { writer in
      writer.name("model_outputs")
      writer.list(models.outputs) { writer, model in
        writer.object {
          $0.field("model_id", model.model)
          $0.field("step", model.step)
        }
      }
    }
  }

  private static func write(_ dataset: LoggedDataset, to writer: inout JSONWriter) {
    writer.texts(
      "tags", dataset.tags.sorted { $0.key < $1.key }.map { LoggedText($0.key, $0.value) })
    writer.name("dataset")
    writer.object {
      $0.field("name", dataset.name)
      $0.field("digest", dataset.digest)
      $0.field("source_type", dataset.sourceType)
      $0.field("source", dataset.source)
      if let schema = dataset.schema { $0.field("schema", schema) }
      if let profile = dataset.profile { $0.field("profile", profile) }
    }
  }
}
