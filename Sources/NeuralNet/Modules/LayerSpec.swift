public import Tracking

/// One layer of a network as a file gives it: its kind with all settings, and how it is wired.
public struct LayerSpec: Hashable, Sendable {
  /// The layer's choice with a value for every setting; widths written `classes` or `features` are
  /// numbers here.
  public var kind: Chosen
  /// The name other layers and the parameters' names may use.
  public var name: String?
  /// The layers it reads, by name; `nil` means the one before.
  public var inputs: [String]?
  /// The named layer whose parameters it uses.
  public var share: String?
  /// A residual's inner layers.
  public var layers: [LayerSpec]

  /// Makes a layer.
  public init(
    _ kind: Chosen, name: String? = nil, inputs: [String]? = nil, share: String? = nil,
    layers: [LayerSpec] = []
  ) {
    self.kind = kind
    self.name = name
    self.inputs = inputs
    self.share = share
    self.layers = layers
  }

  /// The layers it reads or joins, by name; `nil` means the one before.
  public var sourceNames: [String]? {
    inputs
      ?? kind.list("inputs")?.compactMap { if case .text(let name) = $0 { name } else { nil } }
  }
}
