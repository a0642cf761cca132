package import Tracking

/// The weights that a safetensors file holds.
package struct FileInitializer: InitializerKind {
  package static let choice = Choice(
    "file",
    settings: [
      Setting("path", .path, default: nil, "a safetensors file with the network's parameters")
    ],
    "from a safetensors file")

  package let path: String

  package init(_ chosen: Chosen) { path = chosen.text("path") }

  package var origin: WeightOrigin {
    .file(path: path)
  }
}
