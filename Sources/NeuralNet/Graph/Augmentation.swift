import TensorKernels
public import Tracking

/// How images change in every update, drawn by seed, update and row of the training part.
///
/// Each is moved by -shift to shift pixels along both axes, where pixels that come in repeat the edge
/// (torchvision: `RandomCrop(size, padding=shift, padding_mode="edge")`), and turned left to right half
/// of the time (`RandomHorizontalFlip`). Nothing changes where a network is measured.
public struct Augmentation: Hashable, Sendable {
  /// Whether half of the images are turned left to right.
  public let flip: Bool
  /// The greatest way along each axis, in pixels.
  public let shift: Int

  /// The key of a source of images.
  package static let setting = Setting(
    "augment", .orOff(.mapping(.either([.flag, .integer(0...1000)]))), default: .off,
    "how training images change in every update: {flip: true, shift: 2}")

  /// The entries that the key may have.
  package static let names = ["flip", "shift"]

  /// Makes a change of images.
  public init(flip: Bool, shift: Int) {
    self.flip = flip
    self.shift = shift
  }

  /// Takes the value of the key; `nil` where nothing changes.
  public init?(_ value: ParameterValue?) {
    guard case .mapping(let entries) = value else { return nil }
    let flip = entries["flip"] == .flag(true)
    var shift = 0
    if case .integer(let pixels) = entries["shift"] { shift = pixels }
    guard flip || shift > 0 else { return nil }
    self.init(flip: flip, shift: shift)
  }

  /// Brings a block's rows into a buffer, changed.
  func lower(_ input: Buffer, _ sizes: [Int], _ lowering: inout Lowering) {
    let key = CounterRandom(seed: lowering.seed, purpose: .augmentation).key
    lowering.emit(
      .gatherImages, [input],
      sizes: [lowering.rows] + sizes + [Int(key.0), Int(key.1), flip ? 1 : 0, shift])
  }

  /// The function `augment(x)` of a PyTorch program, with draws of its own.
  package var torch: String {
    let turned =
      flip
      ? "\n    columns = torch.where(torch.rand(n, 1) < 0.5, columns, width - 1 - columns)" : ""
    return """
      def augment(x):
          \"""The same images, changed at random: the edge is repeated where pixels come in.\"""
          n, channels, height, width = x.shape
          rows = torch.arange(height) - torch.randint(-\(shift), \(shift + 1), (n, 1))
          columns = torch.arange(width).expand(n, width)\(turned)
          columns = columns - torch.randint(-\(shift), \(shift + 1), (n, 1))
          rows, columns = rows.clamp(0, height - 1), columns.clamp(0, width - 1)
          places = torch.arange(n)[:, None, None], rows[:, :, None], columns[:, None, :]
          return x.permute(0, 2, 3, 1)[places].permute(0, 3, 1, 2)
      """
  }
}
